"""Accounts are judged by their profile: when they join, when they change, and when they first write."""

import pytest

from bots.telegram.profiles import profile_of
from core.model import Account, Happening, Mention, Text
from tests import make
from tests.bots.telegram.house import BAD_LINK, MIRROR, House, built, listening
from tests.core.media.pictures import encoded, photograph
from tests.standins.telegram.stage import TelegramStandIn
from tests.standins.telegram.world import Member

PICTURE = encoded(photograph(64, 64))


async def test_who_looks_like_a_known_account_is_shown_at_the_first_message(house: House) -> None:
    """One card with both accounts, a link to the message, and a ban but no deletion to decide on."""
    house.member.first_name, house.member.username = MIRROR, "bluelantem"

    post = house.telegram.post(house.group, house.member, "good morning")
    await house.work()

    assert house.card.text.startswith("🟡 Looks like a known account")
    assert "Known: " in house.card.text
    assert list(house.card.buttons) == ["Ban", "Dismiss", "Details"]
    assert house.case.message.happening is Happening.PROFILE
    assert house.case.message.url.endswith(f"/{post.id}")


async def test_a_member_is_judged_once_and_again_when_they_change(house: House) -> None:
    """A change is seen with the next message, for Telegram tells of none; nothing is asked in between."""
    asked = house.telegram.api.called
    for number in range(3):
        house.telegram.post(house.group, house.member, f"hello {number}")
    await house.work()
    first = (len(house.witness.shown()), len(asked("getChat")))

    house.member.first_name = MIRROR
    post = house.telegram.post(house.group, house.member, "hello again")
    house.telegram.edit(post, "hello once more")
    await house.work()

    assert first == (1, 1)
    assert (len(house.witness.shown()), len(asked("getChat"))) == (2, 2)
    assert house.case.message.author.name == MIRROR


async def test_a_restart_does_not_bring_everybody_again(telegram: TelegramStandIn) -> None:
    """Another process knows who was judged from the notes."""
    house = built(telegram)
    async with listening(house):
        telegram.post(house.group, house.member, "hello")
        await house.work()
    house.ready.clear()
    house.platform = house.new_platform()

    async with listening(house):
        telegram.post(house.group, house.member, "hello again")
        await house.work()

    assert len(house.witness.shown()) == 1


async def test_everything_that_a_profile_shows_is_looked_at(house: House) -> None:
    """Picture, bio, further handles and the channel in the profile; the picture is Telegram's copy."""
    channel = house.telegram.group("Lantern News", kind="channel", username="Lantern_News")
    house.telegram.show(house.member, bio="see @kites", picture=PICTURE, channel=channel, also="Amina_2")

    house.telegram.post(house.group, house.member, "hello")
    await house.work()

    (shown,) = house.witness.shown()
    bare = str(channel.id).removeprefix("-100")
    assert shown.parts[1:] == (
        Text(text="see @kites", path="bio"),
        Mention(
            account=Account(
                id=f"telegram:chat/{bare}", name="Lantern News", handle="telegram:user/lantern_news"
            ),
            path="channel",
        ),
        Mention(account=Account(handle="telegram:user/amina_2"), path="author"),
    )
    stored = [f.content for f in house.telegram.world.files.values()]
    assert house.witness.looked_at["avatar"] == stored[-1]


async def test_a_profile_without_a_picture_leaves_no_gap(house: House) -> None:
    """Nothing to look at is not the same as not looking."""
    house.telegram.post(house.group, house.member, "hello")
    await house.work()

    assert [m.parts for m in house.witness.shown()] == [()]
    assert house.witness.looked_at == {}


async def test_a_profile_that_telegram_does_not_show_is_a_gap(house: House) -> None:
    """Names are judged all the same; it is not asked for again with every message."""
    house.telegram.api.fail_next("getChat", code=400, description="Bad Request: chat not found", times=5)

    for number in range(2):
        house.telegram.post(house.group, house.member, f"hello {number}")
    await house.work()

    assert house.witness.looked_at == {"avatar": "picture and bio of the account: Telegram did not show them"}
    assert len(house.telegram.api.called("getChat")) == 1


@pytest.mark.parametrize("fault", [{"code": 429, "retry_after": 1}, {"code": 0}, {"code": 502}])
async def test_a_profile_that_telegram_is_too_busy_for_is_asked_for_again(
    house: House, fault: dict[str, int]
) -> None:
    """The message is judged at once; the next one of the same account asks anew."""
    house.telegram.show(house.member, picture=PICTURE)
    house.telegram.api.fail_next("getChat", **fault)  # type: ignore[arg-type]  # codes and seconds

    house.telegram.post(house.group, house.member, BAD_LINK)
    await house.work()
    at_first = house.witness.looked_at["avatar"]
    house.telegram.post(house.group, house.member, "hello")
    await house.work()

    assert house.card.text.startswith("🔴")
    assert at_first == "picture and bio of the account: Telegram did not show them"
    assert isinstance(house.witness.looked_at["avatar"], bytes)


async def test_who_joins_is_judged_with_picture_and_bio(house: House) -> None:
    """The join is the message that is judged; the first words of somebody who joined bring nothing new."""
    new = house.telegram.user(MIRROR, "bluelantem")
    house.telegram.show(new, bio="kites", picture=PICTURE)

    house.telegram.member(house.group, new)
    house.telegram.post(house.group, new, "hello")
    await house.work()

    assert house.case.message.happening is Happening.JOINED
    assert [part.path for part in house.witness.seen[0].parts] == ["avatar", "bio"]
    assert isinstance(house.witness.looked_at["avatar"], bytes)
    assert house.witness.shown() == []


async def test_a_bio_that_came_with_the_request_to_join_is_not_doubled(house: House) -> None:
    """It is asked for again, because the picture comes with it."""
    new = house.telegram.user("Zahra")
    house.telegram.show(new, bio="kites", picture=PICTURE)
    request = {"chat": house.group.json(), "from": new.json(), "user_chat_id": new.id, "bio": "kites"}

    house.telegram.world.feed.put("chat_join_request", request | {"date": 1_772_366_400})
    await house.work()

    assert [part.path for part in house.witness.seen[0].parts] == ["bio", "avatar"]


async def test_a_change_of_rights_shows_how_a_member_calls_themselves_now(house: House) -> None:
    """Whoever never writes is seen then."""
    house.member.first_name = MIRROR

    silent = Member(user=house.member, status="restricted")
    house.telegram.world.change_member(house.group, silent, house.moderator)
    await house.work()

    assert house.case.message.happening is Happening.PROFILE
    assert house.case.message.author.name == MIRROR


async def test_a_channel_that_speaks_is_judged_like_any_account(house: House) -> None:
    """It can be a mirror, too: its picture and description are looked at, and it can be banned."""
    channel = house.telegram.group(MIRROR, kind="channel", username="bluelantem")

    house.telegram.post(house.group, None, "hello", sender_chat=channel)
    await house.work()
    told = await house.tap("Ban")

    assert house.telegram.api.called("getChat")[0].params["chat_id"] == str(channel.id)
    assert house.case.message.author.id.startswith("telegram:chat/")
    assert told == "Decided: ban."
    assert channel.id in house.group.banned_senders


async def test_the_group_itself_has_no_profile_to_judge(house: House) -> None:
    """In its name speak its anonymous administrators."""
    house.telegram.post(house.group, None, "hello", sender_chat=house.group)
    await house.work()

    assert house.witness.shown() == []
    assert not house.telegram.api.called("getChat")


@pytest.mark.parametrize(
    ("author", "has_profile"),
    [
        (Account(id="telegram:id/5", name="Amina"), True),
        (Account(id="telegram:chat/77", name="A channel"), True),
        (Account(id="telegram:chat/1234500009", name="The group"), False),
        (Account(name="hidden"), False),
    ],
)
def test_who_has_a_profile(author: Account, has_profile: bool) -> None:  # noqa: FBT001  # a column of the table
    """Users and channels have; the group itself and whoever Telegram hides have not."""
    message = make.message("hello", author=author)
    place = make.place(place_id="telegram:-1001234500009")

    found = profile_of(type(message)(id=message.id, place=place, author=author, at=message.at))

    assert (found is not None) is has_profile


async def test_what_moderators_say_in_their_room_shows_nobody(house: House) -> None:
    """Who speaks there is not judged, and neither is their profile."""
    house.telegram.post(house.room, house.moderator, "hello")
    await house.work()

    assert house.witness.seen == []


async def test_a_listed_account_makes_one_card(telegram: TelegramStandIn) -> None:
    """Its message says already that its author is on a list; the profile would only say it again."""
    house = built(telegram)
    house.member.username = "BlueLantern"

    async with listening(house):
        telegram.post(house.group, house.member, "hello")
        await house.work()

    assert house.case.message.happening is Happening.POSTED
    assert house.witness.shown() == []


async def test_a_moderator_with_the_right_to_ban_may_ban_from_the_card(house: House) -> None:
    """There is no message, so the right to delete is not asked for; undoing lets the account back in."""
    banner = house.telegram.admin(house.group, "Bano", {"can_restrict_members"})
    house.member.first_name = MIRROR
    house.telegram.post(house.group, house.member, "hello")
    await house.work()

    told = await house.tap("Ban", banner)
    banned = house.group.members[house.member.id].status
    undone = await house.tap("Undo", banner)

    assert (told, banned) == ("Decided: ban.", "kicked")
    assert undone == "Undone, as far as it can be."
    assert house.group.members[house.member.id].status == "left"
