"""Members are judged by their profile: when they join, when they change, and when they first write."""

import json
from collections.abc import Callable
from typing import cast

import pytest

from bots.discord.profiles import profile_of, profile_parts
from core.model import Account, Attachment, Happening, Link, Message, Text
from tests import make
from tests.bots.discord.house import BANNED, MIRROR, House, text_of

CDN = "https://cdn.example"
HERE = make.place(place_id="discord:7000000000000000")
USER: dict[str, object] = {"id": "5190041234567890", "username": "Amina_R", "global_name": "Amina R."}


async def test_who_looks_like_a_known_account_is_shown_at_the_first_message(house: House) -> None:
    """One card with both accounts, a link to the message, and a ban but no deletion to decide on."""
    mirror = house.server.member(house.guild, "bluelantem", shown=MIRROR)

    async with house.served():
        post = await house.server.post(house.general, mirror, content="good morning")
        card = await house.card()

    text = text_of(card)
    assert "🟡 Looks like a known account" in text
    assert "Known: " in text
    assert f"/{post.id})" in text
    assert [b["label"] for b in card.buttons] == ["Ban", "Dismiss", "Details"]
    (case,) = house.store.cases.values()
    assert case.message.happening is Happening.PROFILE


async def test_a_member_is_judged_once_and_again_when_they_change(house: House) -> None:
    """Messages in several channels are one account's; another name here makes them news."""
    other = house.server.channel(house.guild, "other")

    async with house.served():
        for channel in (house.general, other, house.general):
            await house.server.post(channel, house.amina, content="hello")
        await house.server.until(lambda: len(house.witness.seen) == 4)
        first = len(house.witness.shown())
        await house.server.acts.changed_profile(house.amina, nick=MIRROR)
        await house.server.post(house.general, house.amina, content="hello")
        card = await house.card()
        await house.server.until(lambda: len(house.witness.seen) == 6)

    assert (first, len(house.witness.shown())) == (1, 2)
    assert MIRROR in text_of(card)


async def test_a_change_is_judged_without_a_message(house: House) -> None:
    """Discord tells of names and pictures; a change of roles alone brings nothing in."""
    async with house.served():
        await house.server.acts.changed_profile(house.amina, shown="Amina the kite flyer")
        await house.server.until(lambda: len(house.witness.shown()) == 1)
        await house.server.acts.changed_member(house.amina, house.omar.user, None, "roles")
        await house.server.acts.changed_profile(house.amina, shown=MIRROR)
        await house.card()

    assert [m.author.name for m in house.witness.shown()] == ["Amina the kite flyer", MIRROR]


async def test_a_restart_does_not_bring_everybody_again(house: House) -> None:
    """Another process knows who was judged, also from the history, which leaves the name here out."""
    await house.server.acts.changed_profile(house.amina, nick="Amina here", picture_here=b"here")
    async with house.served():
        await house.server.post(house.general, house.amina, content="hello")
        await house.server.until(house.witness.shown)
    await house.server.post(house.general, house.amina, content="while away")

    async with house.served():
        await house.server.post(house.general, house.amina, content="hello again")
        await house.server.until(lambda: len(house.witness.seen) == 4)

    assert [m.author.name for m in house.witness.shown()] == ["Amina here"]


async def test_who_wrote_only_while_nobody_listened_is_judged_too(house: House) -> None:
    """By what the history tells of them."""
    async with house.served():
        await house.server.post(house.general, house.amina, content="hello")
        await house.server.until(house.witness.shown)
    mirror = house.server.member(house.guild, "bluelantem", shown=MIRROR)
    await house.server.post(house.general, mirror, content="while away")

    async with house.served():
        card = await house.card()

    assert "🟡 Looks like a known account" in text_of(card)


async def test_pictures_are_fetched_from_discords_file_server(house: House) -> None:
    """The one that is shown here and the one of the account; the tag of another server is a link to it."""
    lanterns = house.server.guild("Lanterns")
    await house.server.acts.changed_profile(
        house.amina, picture=b"anywhere", picture_here=b"here", wears=lanterns
    )

    async with house.served():
        await house.server.post(house.general, house.amina, content="hello")
        await house.server.until(lambda: len(house.witness.looked_at) == 2)

    assert house.witness.looked_at == {"avatar": b"here", "avatar.account": b"anywhere"}
    (shown,) = house.witness.shown()
    tag = f"https://discord.com/channels/{lanterns.id}"
    assert shown.parts[2:] == (Link(url=tag, path="tag", hidden=True), Text(text="Lant", path="tag"))


async def test_who_joins_is_judged_with_their_picture(house: House) -> None:
    """The join is what is judged; the first words bring nothing new. Who has no picture has no gap."""
    async with house.served():
        mirror = await house.server.join(house.guild, "bluelantem", shown=MIRROR)
        await house.card()
        await house.server.post(house.general, mirror, content="hello")
        await house.server.until(lambda: len(house.witness.seen) == 2)

    assert [m.happening for m in house.witness.seen] == [Happening.JOINED, Happening.POSTED]
    assert house.witness.looked_at == {}


async def test_a_picture_that_is_gone_is_a_gap(house: House) -> None:
    """It was changed between the event and our looking: the next event has the new one."""
    await house.server.acts.changed_profile(house.amina, picture=b"soon gone")
    house.server.world.pictures.clear()

    async with house.served():
        await house.server.post(house.general, house.amina, content="hello")
        await house.server.until(lambda: house.witness.looked_at)

    assert house.witness.looked_at == {"avatar": "the file is no longer there"}


async def test_a_moderator_without_messages_may_ban_and_undo(house: House) -> None:
    """There is no message, so the right to manage messages is not asked for."""
    role = house.server.role(house.guild, "Door", may=["ban_members", "view_channel"], position=4)
    door = house.server.member(house.guild, "door", roles=[role])
    mirror = house.server.member(house.guild, "bluelantem", shown=MIRROR)

    async with house.served():
        await house.server.post(house.general, mirror, content="hello")
        card = await house.card()
        await house.server.press(card, "Ban", door)
        await house.server.until(lambda: "Banned by" in text_of(card))
        banned = dict(house.guild.bans)
        await house.server.press(card, "Undo", door)
        await house.server.until(lambda: "Undone by" in text_of(card))

    assert mirror.user.id in banned
    assert house.guild.bans == {}
    assert "cannot be brought back" not in text_of(card)


async def test_dismissing_a_likeness_takes_any_moderator(house: House) -> None:
    """And an ordinary member still may not."""
    role = house.server.role(house.guild, "Calm", may=["moderate_members", "view_channel"], position=4)
    calm = house.server.member(house.guild, "calm", roles=[role])
    mirror = house.server.member(house.guild, "bluelantem", shown=MIRROR)

    async with house.served():
        await house.server.post(house.general, mirror, content="hello")
        card = await house.card()
        refused = await house.server.press(card, "Dismiss", house.amina)
        await house.server.until(lambda: refused.follow_ups)
        await house.server.press(card, "Dismiss", calm)
        await house.server.until(lambda: "Dismissed by" in text_of(card))

    assert "Only moderators" in text_of(refused.follow_ups[0])
    assert house.guild.bans == {}


async def test_a_link_and_a_likeness_are_two_cards(house: House) -> None:
    """The message is judged first, and can be deleted; the other is about the account."""
    mirror = house.server.member(house.guild, "bluelantem", shown=MIRROR)

    async with house.served():
        await house.server.post(house.general, mirror, content=BANNED)
        await house.server.until(lambda: len(house.server.said(house.room)) == 2)

    titles = [text_of(post).partition(" · ")[0] for post in house.server.said(house.room)]
    assert titles == ["🔴 Link on a list", "🟡 Looks like a known account"]


async def test_the_author_of_a_reported_message_is_judged(house: House) -> None:
    """Without the content intent a report may be the first that is seen of somebody."""
    house.server.world.privileged.clear()
    mirror = house.server.member(house.guild, "bluelantem", shown=MIRROR)

    async with house.served():
        unseen = await house.server.post(house.general, mirror, content="hello")
        await house.server.context_menu(unseen, "Report to moderators", house.omar)
        await house.server.until(lambda: len(house.server.said(house.room)) == 2)

    assert [m.author.name for m in house.witness.shown()] == [MIRROR]


async def test_a_webhook_has_no_profile(house: House) -> None:
    """Its name is whatever its owner wrote for this message."""
    hook = {"id": "77", "username": MIRROR, "avatar": "ab"}
    data = {"id": "9" * 18, "channel_id": "8", "webhook_id": "77", "author": hook, "content": "hello"}
    event = {"event": "MESSAGE_CREATE", "guild": str(house.guild.id), "place": "", "data": data}

    async with house.served():
        await house.platform.take(json.dumps(event))

    assert [m.author.id for m in house.witness.seen] == ["discord:webhook/77"]


@pytest.mark.parametrize(
    ("user", "member", "paths"),
    [
        ({}, {}, []),
        ({"avatar": None}, {"avatar": None}, []),
        ({"avatar": "ab12"}, {}, ["avatars/5190041234567890/ab12.png"]),
        (
            {"avatar": "ab12"},
            {"avatar": "a_cd34"},
            [
                "guilds/7000000000000000/users/5190041234567890/avatars/a_cd34.png",
                "avatars/5190041234567890/ab12.png",
            ],
        ),
        ({"avatar": "../../secret"}, {"avatar": "x?y"}, []),
        ({"avatar": 7}, {"avatar": ["ab12"]}, []),
        ({"avatar": "f" * 65}, {}, []),
    ],
)
def test_pictures_have_fixed_places(
    user: dict[str, object], member: dict[str, object], paths: list[str]
) -> None:
    """What is no name of a picture makes no address."""
    parts = profile_parts(USER | user, member, HERE, CDN)

    refs = [json.loads(part.ref) for part in parts if isinstance(part, Attachment)]
    assert refs == [[f"{CDN}/{path}?size=512", "", "", ""] for path in paths]


@pytest.mark.parametrize(
    ("worn", "count"),
    [
        ({"identity_guild_id": "7000000000000009", "identity_enabled": True, "tag": "LANT"}, 2),
        ({"identity_guild_id": "7000000000000009", "identity_enabled": True, "tag": None}, 1),
        ({"identity_guild_id": "7000000000000009", "identity_enabled": False, "tag": "LANT"}, 0),
        ({"identity_guild_id": None, "identity_enabled": None, "tag": None}, 0),
        (None, 0),
    ],
)
def test_a_tag_counts_while_it_is_worn(worn: object, count: int) -> None:
    """One that is switched off is not seen by anybody."""
    assert len(profile_parts(USER | {"primary_guild": worn}, {}, HERE, CDN)) == count


CHANGES: dict[str, Callable[[dict[str, object], dict[str, object]], object]] = {
    "nick": lambda _, member: member.update(nick="Amina here"),
    "picture here": lambda _, member: member.update(avatar="cd34"),
    "picture": lambda user, _: user.update(avatar="cd34"),
    "name": lambda user, _: user.update(global_name="A."),
    "handle": lambda user, _: user.update(username="amina"),
    "tag": lambda user, _: user.update(primary_guild={"identity_guild_id": "9", "identity_enabled": True}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_each_piece_of_a_profile_makes_it_another(
    change: Callable[[dict[str, object], dict[str, object]], object],
) -> None:
    """Roles and timeouts are no piece of it; without a membership it is not the whole."""
    user, member = dict(USER), cast("dict[str, object]", {"roles": ["1"]})
    before = profile_of(user, {"roles": []}, HERE)
    same = profile_of(user, member, HERE)

    change(user, member)
    after = profile_of(user, member, HERE)

    assert before.digest == same.digest != after.digest
    assert after.is_whole
    assert not profile_of(user, {}, HERE).is_whole


def test_the_account_is_the_messages_author() -> None:
    """So that its message and its profile are the same account's."""
    shown: Message = profile_of(USER, {"nick": "Amina here"}, HERE).message(at=make.NOON)

    assert shown.author == Account(
        id="discord:user/5190041234567890", name="Amina here", handle="discord:user/amina_r"
    )
