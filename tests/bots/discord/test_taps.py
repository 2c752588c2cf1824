"""Buttons do what they say, once, for those who may; and what stands in the way is named on the card."""

import asyncio
import io
from dataclasses import replace

import pytest
from PIL import Image

from core.case import State
from core.model import ActionKind, Status
from core.view import Where
from tests.bots.discord.house import BANNED, House, text_of
from tests.bots.lanterns import LISTINGS
from tests.standins.discord.front import Failure
from tests.standins.discord.permissions import mask
from tests.standins.discord.state import Post


async def found(house: House) -> tuple[Post, Post]:
    """Let a member post the banned link; gives the post and its card."""
    post = await house.server.post(house.general, house.amina, content=BANNED)
    return post, await house.card()


async def decided(house: House, card: Post, word: str) -> None:
    """Wait until the card tells of a decision."""
    await house.server.until(lambda: word in text_of(card))


async def test_delete_deletes_and_the_card_says_who(house: House) -> None:
    """The message goes, the member stays; evidence and reasons stay on the card, and Undo is left."""
    async with house.served():
        post, card = await found(house)
        await house.server.press(card, "Delete", house.omar)
        await decided(house, card, "Deleted by")

    assert post.is_deleted
    assert house.guild.bans == {}
    assert "Omar" in text_of(card)
    assert "🔴 Link on a list" in text_of(card)
    assert [b["label"] for b in card.buttons] == ["Undo", "Details"]


async def test_delete_and_ban_bans_too_and_undo_unbans(house: House) -> None:
    """Only the judged message is deleted; the ban is undone, the deletion cannot be."""
    async with house.served():
        other = await house.server.post(house.general, house.amina, content="an ordinary word")
        post, card = await found(house)
        await house.server.press(card, "Delete and ban", house.omar)
        await decided(house, card, "Deleted and banned by")
        banned = dict(house.guild.bans)
        await house.server.press(card, "Undo", house.omar)
        await decided(house, card, "Undone by")

    assert house.amina.user.id in banned
    assert "Nigehban" in str(banned[house.amina.user.id])
    assert post.is_deleted
    assert not other.is_deleted
    assert house.guild.bans == {}
    assert "cannot be brought back" in text_of(card)


async def test_dismiss_leaves_everything_as_it_is(house: House) -> None:
    """Nothing is deleted; the case is closed."""
    async with house.served():
        post, card = await found(house)
        await house.server.press(card, "Dismiss", house.omar)
        await decided(house, card, "Dismissed by")

    assert not post.is_deleted
    assert [case.state for case in house.store.cases.values()] == [State.DISMISSED]


async def test_details_are_for_one_pair_of_eyes(house: House) -> None:
    """The full account is ephemeral and changes nothing."""
    async with house.served():
        _, card = await found(house)
        before = text_of(card)
        tap = await house.server.press(card, "Details", house.omar)
        await house.server.until(lambda: tap.follow_ups)

    assert tap.is_private
    assert "seen in text" in text_of(tap.follow_ups[0])
    assert text_of(card) == before


async def test_card_and_details_say_who_designated_the_organisation(house: House) -> None:
    """What was imported while the bot runs stands on the next card, with every list under Details."""
    await house.entities.put(LISTINGS)

    async with house.served():
        _, card = await found(house)
        tap = await house.server.press(card, "Details", house.omar)
        await house.server.until(lambda: tap.follow_ups)

    assert "designated by UN (QDe.999), US, UK" in text_of(card)
    assert "reference 7001" in text_of(tap.follow_ups[0])


def picture_found(house: House) -> None:
    """Let the case be about a picture that lies in the upload's left half."""
    corners = ((0, 0), (500, 0), (500, 1000), (0, 1000))
    (case,) = house.store.cases.values()
    match = replace(case.verdict.matches[0], where=Where(sides=(4, 3), corners=corners))
    house.store.cases[case.id] = replace(case, verdict=replace(case.verdict, matches=(match,)))


async def test_a_drawing_that_is_refused_leaves_the_text(house: House) -> None:
    """Where the bot may not send files, Details are what they were."""
    async with house.served():
        _, card = await found(house)
        picture_found(house)
        house.server.fail_next(Failure("POST", "/webhooks/*", 403, code=50013))
        tap = await house.server.press(card, "Details", house.omar)
        await house.server.until(lambda: tap.follow_ups)

    (answer,) = tap.follow_ups
    assert answer.files == []
    assert "it lies at 0–50 % of the width" in text_of(answer)


async def test_details_of_a_picture_show_a_drawing(house: House) -> None:
    """Inside the private answer, with the same in words for those who cannot see it."""
    async with house.served():
        _, card = await found(house)
        picture_found(house)
        tap = await house.server.press(card, "Details", house.omar)
        await house.server.until(lambda: tap.follow_ups)

    (answer,) = tap.follow_ups
    (drawing,) = answer.files
    assert tap.is_private
    assert "it lies at 0–50 % of the width" in text_of(answer)
    assert "it lies at 0–50 % of the width" in drawing.description
    assert answer.embeds[0]["image"] == {"url": f"attachment://{drawing.name}"}
    with Image.open(io.BytesIO(drawing.body)) as picture:
        assert (picture.format, drawing.content_type) == ("PNG", "image/png")


async def test_many_taps_at_once_decide_once(house: House) -> None:
    """Two moderators and a nervous finger: one deletion, and the others are told."""
    async with house.served():
        _, card = await found(house)
        taps = [await house.server.press(card, "Delete", house.omar) for _ in range(3)]
        await decided(house, card, "Deleted by")
        await house.server.until(lambda: sum(bool(tap.follow_ups) for tap in taps) == 2)

    assert len(house.server.calls("DELETE")) == 1
    assert text_of(card).count("Deleted by") == 1


async def test_a_tap_delivered_twice_decides_once(house: House) -> None:
    """The same interaction from the inbox again changes nothing and tells nobody off."""
    async with house.served():
        _, card = await found(house)
        tap = await house.server.press(card, "Dismiss", house.omar)
        await decided(house, card, "Dismissed by")
        (delivery,) = [key for key in house.inbox.keys if "interaction" in key]
        house.inbox.keys.discard(delivery)
        frame = next(
            f
            for s in house.server.gateway.sessions.values()
            for f in s.sent
            if f["t"] == "INTERACTION_CREATE"
        )
        await house.server.gateway.emit("INTERACTION_CREATE", 0, lambda _: frame["d"])  # type: ignore[arg-type,return-value]  # as it was sent
        await house.server.until(lambda: delivery in house.inbox.keys and not house.inbox.waiting)

    assert tap.follow_ups == []
    (case,) = house.store.cases.values()
    assert len(case.history) == 1


async def test_a_strangers_tap_changes_nothing(house: House) -> None:
    """Neither a member without rights nor somebody who is not in the server decides; they are told so."""
    elsewhere = house.server.guild("Elsewhere")
    outsider = house.server.member(elsewhere, "outsider")

    async with house.served():
        post, card = await found(house)
        first = await house.server.press(card, "Delete", house.amina)
        second = await house.server.press(card, "Delete", outsider)
        await house.server.until(lambda: first.follow_ups and second.follow_ups)

    assert "Only moderators" in text_of(first.follow_ups[0])
    assert "not a member" in text_of(second.follow_ups[0])
    assert not post.is_deleted
    assert [case.history for case in house.store.cases.values()] == [()]


async def test_a_right_that_was_taken_away_counts_at_once(house: House) -> None:
    """Who lost the role an instant ago decides nothing; who may not ban, bans nobody."""
    keeper = house.server.role(house.guild, "Keeper", may=["manage_messages"], position=2)
    halima = house.server.member(house.guild, "halima", roles=[keeper])

    async with house.served():
        post, card = await found(house)
        ban = await house.server.press(card, "Delete and ban", halima)
        await house.server.until(lambda: ban.follow_ups)
        house.omar.roles.clear()
        late = await house.server.press(card, "Delete", house.omar)
        await house.server.until(lambda: late.follow_ups)

    assert "Ban Members" in text_of(ban.follow_ups[0])
    assert "Only moderators" in text_of(late.follow_ups[0])
    assert not post.is_deleted


async def test_buttons_work_after_a_restart(house: House) -> None:
    """A card of the last process is decided by this one."""
    async with house.served():
        post, card = await found(house)

    async with house.served():
        await house.server.press(card, "Delete", house.omar)
        await decided(house, card, "Deleted by")

    assert post.is_deleted


async def test_a_tap_taken_in_before_the_process_died_is_carried_out(house: House) -> None:
    """The tap was acknowledged, so it must not be lost."""
    async with house.served():
        post, card = await found(house)
        house.inbox.held = True
        tap = await house.server.press(card, "Delete", house.omar)
        await house.server.until(lambda: tap.answered)
    house.inbox.held = False

    async with house.served():
        await decided(house, card, "Deleted by")

    assert post.is_deleted


@pytest.mark.parametrize(
    ("obstacle", "line"),
    [
        ("permission", "the bot lacks “Ban Members”"),
        ("role", "has a role as high as the bot's"),
        ("owner", "owns the server"),
    ],
)
async def test_what_stands_in_the_way_is_named_on_the_card(house: House, obstacle: str, line: str) -> None:
    """A ban that Discord refuses leaves a line that says which switch mends it."""
    bots_role = house.guild.members[house.server.world.bot.id].roles[0]
    if obstacle == "permission":
        bots_role.permissions = mask(["manage_messages", "moderate_members"])
    elif obstacle == "role":
        house.amina.roles.append(house.server.role(house.guild, "High", position=20))
    author = house.guild.members[house.guild.owner_id] if obstacle == "owner" else house.amina

    async with house.served():
        post = await house.server.post(house.general, author, content=BANNED)
        card = await house.card()
        await house.server.press(card, "Delete and ban", house.omar)
        await decided(house, card, line)

    assert post.is_deleted
    assert house.guild.bans == {}


async def test_deleting_without_the_right_says_which(house: House) -> None:
    """The same for a message."""
    house.guild.members[house.server.world.bot.id].roles[0].permissions = mask(["ban_members"])

    async with house.served():
        post, card = await found(house)
        await house.server.press(card, "Delete", house.omar)
        await decided(house, card, "the bot lacks “Manage Messages”")

    assert not post.is_deleted


async def test_a_message_that_is_gone_already_counts_as_deleted(house: House) -> None:
    """There is nothing left to do, and no trouble to tell of."""
    async with house.served():
        post, card = await found(house)
        await house.server.delete(post)
        await house.server.press(card, "Delete", house.omar)
        await decided(house, card, "Deleted by")

    (case,) = house.store.cases.values()
    assert [(a.kind, a.status) for a in case.actions if a.kind is ActionKind.DELETE] == [
        (ActionKind.DELETE, Status.DONE)
    ]


async def test_a_busy_discord_is_asked_again(house: House) -> None:
    """A failing server delays the deletion; it is not forgotten."""
    async with house.served():
        post, card = await found(house)
        house.server.fail_next(Failure("DELETE", "/channels/*/messages/*", 503))
        await house.server.press(card, "Delete", house.omar)
        while not post.is_deleted:
            await house.engine.resume()  # as the worker does every few seconds
            await asyncio.sleep(0)
        await decided(house, card, "Deleted by")

    assert len(house.server.calls("DELETE")) == 2


async def test_a_deleted_card_is_shown_anew(house: House) -> None:
    """Somebody deleted the card while its buttons were pressed: the decision is shown on a new one."""
    async with house.served():
        _, card = await found(house)
        await house.server.press(card, "Dismiss", house.omar)
        await house.server.delete(card)
        await house.server.until(
            lambda: any("Dismissed" in text_of(p) for p in house.server.said(house.room))
        )

    assert len(house.server.said(house.room)) == 1


async def test_a_policy_may_act_and_a_moderators_own_link_is_only_reported(house: House) -> None:
    """`moderates` asks for the present rights."""
    place = f"discord:{house.guild.id}"

    async with house.served():
        assert await house.platform.moderates(f"discord:user/{house.omar.user.id}", place)
        assert await house.platform.moderates(f"discord:user/{house.guild.owner_id}", place)
        assert not await house.platform.moderates(f"discord:user/{house.amina.user.id}", place)
        assert not await house.platform.moderates("discord:webhook/5", place)
