"""Which updates are messages to be judged, by whom, and where."""

from datetime import UTC, datetime

import pytest

from bots.telegram.messages import messages_of
from core.model import Account, Happening

PRIVATE_GROUP = {"id": -1001234500009, "type": "supergroup", "title": "Kite Flyers"}
PUBLIC_GROUP = PRIVATE_GROUP | {"username": "kite_flyers"}
SMALL_GROUP = {"id": -4500009, "type": "group", "title": "Small"}
CHANNEL = {"id": -1001234500001, "type": "channel", "title": "Lantern News", "username": "lantern_news"}
AMINA = {"id": 51900412, "is_bot": False, "first_name": "Amina", "last_name": "R."}
BOT = {"id": 8, "is_bot": True, "first_name": "Some bot"}
STAND_INS = {
    name: {"id": number, "is_bot": number != 777000, "first_name": name}
    for name, number in (("Telegram", 777000), ("Group", 1087968824), ("Channel", 136817688))
}
TEN = int(datetime(2026, 3, 1, 10, tzinfo=UTC).timestamp())


def message(**fields: object) -> dict[str, object]:
    """Give a text by Amina in a private supergroup."""
    return {
        "message_id": 45,
        "date": TEN,
        "chat": PRIVATE_GROUP,
        "from": AMINA,
        "text": "hello",
    } | fields


def test_a_post_says_who_where_and_when() -> None:
    """A message has the ids that everything later goes by, and a link for the moderators."""
    (seen,) = messages_of({"update_id": 1, "message": message()})

    assert (seen.id, seen.place.id, seen.place.name) == (
        "telegram:-1001234500009/45",
        "telegram:-1001234500009",
        "Kite Flyers",
    )
    assert seen.author == Account(id="telegram:id/51900412", name="Amina R.")
    assert (seen.at, seen.happening) == (datetime(2026, 3, 1, 10, tzinfo=UTC), Happening.POSTED)


def test_pictures_of_an_album_are_known_for_what_was_sent_as_one() -> None:
    """They come as messages of their own; also what a case keeps of one tells it."""
    (alone,) = messages_of({"update_id": 1, "message": message()})
    (one,) = messages_of({"update_id": 1, "message": message(media_group_id="13579")})

    assert (alone.album, one.album, one.bare().album) == ("", "13579", "13579")


def test_a_forward_is_known_for_one_without_its_parts() -> None:
    """Whose words they are is kept when the words are not."""
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "Amina"}
    (own,) = messages_of({"update_id": 1, "message": message()})
    (forward,) = messages_of({"update_id": 1, "message": message(forward_origin=origin)})

    assert (own.bare().forwarded, forward.bare().forwarded) == (False, True)


@pytest.mark.parametrize(
    ("chat", "url"),
    [
        (PRIVATE_GROUP, "https://t.me/c/1234500009/45"),
        (PUBLIC_GROUP, "https://t.me/kite_flyers/45"),
        (SMALL_GROUP, ""),
    ],
)
def test_the_link_fits_the_kind_of_group(chat: dict[str, object], url: str) -> None:
    """A public group's messages have addresses by name, a private one's by number, a small one's none."""
    (seen,) = messages_of({"update_id": 1, "message": message(chat=chat)})

    assert seen.url == url


def test_an_edit_is_the_same_message_later() -> None:
    """An edit has the message's id and its own time."""
    edited = message(text="now with a link", edit_date=TEN + 60)

    (seen,) = messages_of({"update_id": 2, "edited_message": edited})

    assert (seen.id, seen.happening) == ("telegram:-1001234500009/45", Happening.EDITED)
    assert seen.at == datetime(2026, 3, 1, 10, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stand_in", "speaker"),
    [("Telegram", CHANNEL), ("Group", PRIVATE_GROUP), ("Channel", CHANNEL)],
)
def test_a_chat_that_speaks_is_the_author(stand_in: str, speaker: dict[str, object]) -> None:
    """Telegram's stand-in users are never taken for a person."""
    posted = message(sender_chat=speaker) | {"from": STAND_INS[stand_in]}

    (seen,) = messages_of({"update_id": 1, "message": posted})

    bare = str(speaker["id"]).removeprefix("-100")
    assert (seen.author.id, seen.author.name) == (f"telegram:chat/{bare}", speaker["title"])


def test_each_who_joins_is_a_message_of_their_own() -> None:
    """Both ways in which Telegram tells of a join give the same id; bots are not judged for joining."""
    bilal = {"id": 77, "is_bot": False, "first_name": "Bilal"}
    told = message(new_chat_members=[AMINA, BOT, bilal])
    told.pop("text")
    change = {
        "chat": PRIVATE_GROUP,
        "from": bilal,
        "date": TEN + 2,
        "old_chat_member": {"status": "left", "user": bilal},
        "new_chat_member": {"status": "member", "user": bilal},
    }

    seen = messages_of({"update_id": 1, "message": told})
    (again,) = messages_of({"update_id": 2, "chat_member": change})

    assert [m.author.name for m in seen] == ["Amina R.", "Bilal"]
    assert {m.happening for m in seen} == {Happening.JOINED}
    assert again.id == seen[1].id == "telegram:-1001234500009/joined-77-20260301"


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ({"status": "left"}, {"status": "restricted", "is_member": True}, 1),
        ({"status": "restricted", "is_member": False}, {"status": "restricted", "is_member": True}, 1),
        ({"status": "left"}, {"status": "restricted", "is_member": False}, 0),
        ({"status": "member"}, {"status": "administrator"}, 0),
        ({"status": "member"}, {"status": "kicked"}, 0),
    ],
)
def test_only_coming_in_is_a_join(old: dict[str, object], new: dict[str, object], count: int) -> None:
    """A restricted account may be in or out; whoever was in before does not join."""
    change = {
        "chat": PRIVATE_GROUP,
        "date": TEN,
        "old_chat_member": old | {"user": AMINA},
        "new_chat_member": new | {"user": AMINA},
    }

    assert len(messages_of({"update_id": 1, "chat_member": change})) == count


@pytest.mark.parametrize(
    ("old", "new", "who", "count"),
    [
        ({"status": "member"}, {"status": "restricted", "is_member": True}, AMINA, 1),
        ({"status": "restricted", "is_member": True}, {"status": "member"}, AMINA, 1),
        ({"status": "administrator"}, {"status": "member"}, AMINA, 1),
        ({"status": "member"}, {"status": "administrator"}, AMINA, 0),
        ({"status": "member"}, {"status": "left"}, AMINA, 0),
        ({"status": "left"}, {"status": "member"}, AMINA, 0),
        ({"status": "member"}, {"status": "restricted", "is_member": True}, BOT, 0),
    ],
)
def test_a_change_of_rights_shows_a_members_present_name(
    old: dict[str, object], new: dict[str, object], who: dict[str, object], count: int
) -> None:
    """Of who was in and stays in; not of bots, and not of who was made an administrator."""
    change = {
        "chat": PRIVATE_GROUP,
        "date": TEN,
        "old_chat_member": old | {"user": who},
        "new_chat_member": new | {"user": who},
    }

    seen = messages_of({"update_id": 1, "chat_member": change})

    shown = [m for m in seen if m.happening is Happening.PROFILE]
    assert [m.author.name for m in shown] == ["Amina R."] * count
    assert all(m.id.startswith("telegram:-1001234500009/profile-51900412-") for m in shown)


def test_who_asks_to_join_is_judged_with_the_bio() -> None:
    """A join request shows what its author says about themselves."""
    request = {"chat": PRIVATE_GROUP, "from": AMINA, "user_chat_id": 1, "date": TEN, "bio": "see @lantern"}

    (seen,) = messages_of({"update_id": 1, "chat_join_request": request})

    assert [part.path for part in seen.parts] == ["bio"]
    assert (seen.author.name, seen.happening) == ("Amina R.", Happening.JOINED)


@pytest.mark.parametrize(
    "update",
    [
        {"message": message(chat={"id": 5, "type": "private", "first_name": "Amina"})},
        {"channel_post": message(chat=CHANNEL)},
        {"callback_query": {"id": "1", "data": "x", "message": message()}},
        {"my_chat_member": {"chat": PRIVATE_GROUP, "date": TEN}},
        {"message": {"message_id": 1, "date": TEN, "chat": PRIVATE_GROUP, "left_chat_member": AMINA}},
        {"hologram": {"chat": PRIVATE_GROUP}},
        {},
    ],
)
def test_everything_else_is_no_message(update: dict[str, object]) -> None:
    """Private chats, channels, taps, the bot's own membership and farewells are not judged."""
    assert messages_of({"update_id": 1} | update) == ()
