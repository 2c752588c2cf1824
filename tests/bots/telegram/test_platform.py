"""From a post to a card in the moderators' room, over the client library and real sockets."""

import json

import pytest

from core.errors import CannotLook
from core.model import Attachment
from tests.bots.telegram.house import BAD_LINK, House

HARMLESS = {"bold", "text_link"}


async def test_a_banned_link_becomes_one_card(house: House) -> None:
    """The card says what, who, where, which entry and why, and leads to the message."""
    post = await house.found()

    lines = house.card.text.split("\n")
    assert lines[0] == f"🔴 Link on a list · case {house.case.id}"
    assert "Amina" in lines[1]
    assert "519" in lines[1]
    assert lines[2].startswith("in \u2068Kite Flyers\u2069 · ")
    assert "lantern channel" in lines[3]
    assert list(house.card.buttons) == ["Delete", "Delete and ban", "Dismiss", "Details"]
    (link,) = [e["url"] for e in house.card.entities if e["type"] == "text_link"]
    assert link == f"https://t.me/c/{str(house.group.id)[4:]}/{post.id}"


async def test_a_card_cannot_be_tapped_into_the_material(house: House) -> None:
    """No live address, name or command, no preview, and short enough for a phone without scrolling."""
    house.telegram.world.users[
        house.member.id
    ].first_name = "see https://bad.example @lantern /start <b>&amp;"
    await house.found()

    (sent,) = house.telegram.api.called("sendMessage")
    assert {e["type"] for e in house.card.entities} <= HARMLESS
    assert json.loads(sent.params["link_preview_options"]) == {"is_disabled": True}
    assert len(house.card.text) < 1000


async def test_an_ordinary_post_is_left_alone(house: House) -> None:
    """Nothing is said about a message in which nothing is known."""
    house.telegram.post(house.group, house.member, "the wind is good today: https://kites.example")
    await house.work()

    assert house.telegram.said(house.room) == ()


async def test_an_edit_that_adds_the_link_is_caught(house: House) -> None:
    """What is not there at first is found when it comes."""
    post = house.telegram.post(house.group, house.member, "look")
    await house.work()
    house.telegram.edit(post, f"look: {BAD_LINK}")
    await house.work()

    assert house.card.text.startswith("🔴 Link on a list")


@pytest.mark.parametrize(
    "attached",
    [
        {"quote": {"text": "t.me/bluelantern", "position": 0}},
        {"link_preview_options": {"url": BAD_LINK}},
        {"reply_markup": {"inline_keyboard": [[{"text": "go", "url": BAD_LINK}]]}},
        {"rich_message": {"blocks": [{"type": "paragraph", "text": {"type": "bold", "text": BAD_LINK}}]}},
        {
            "forward_origin": {
                "type": "channel",
                "date": 1,
                "message_id": 4,
                "chat": {"id": -1005, "type": "channel", "title": "x", "username": "BlueLantern"},
            }
        },
    ],
)
async def test_the_link_is_found_wherever_it_hides(house: House, attached: dict[str, object]) -> None:
    """A post whose text is innocent is looked at in all its parts."""
    house.telegram.post(house.group, house.member, "look", attached=attached)
    await house.work()

    assert house.card.text.startswith("🔴")


async def test_an_account_on_a_list_is_seen_joining(house: House) -> None:
    """Both ways in which Telegram tells of a join give one card, which offers no deletion."""
    house.telegram.member(house.group, house.telegram.user("Lantern", "BlueLantern"))
    await house.work()

    assert house.card.text.startswith("🔴")
    assert list(house.card.buttons) == ["Ban", "Dismiss", "Details"]


async def test_an_update_that_arrives_twice_gives_one_card(house: House) -> None:
    """Whatever is delivered again has its effect once."""
    await house.found()
    for item in house.tray.items.values():
        await house.platform.take(item.body)

    assert len(house.telegram.said(house.room)) == 1
    assert len(house.store.cases) == 1


async def test_what_moderators_say_in_their_room_is_not_judged(house: House) -> None:
    """Evidence may be talked about where the cards are, also where the bot can read it."""
    house.telegram.world.has_privacy = False
    house.telegram.post(house.room, house.moderator, f"is {BAD_LINK} theirs?")
    await house.heard()
    assert len(house.tray.unread) == 1
    await house.work()

    assert house.store.cases == {}


async def test_a_card_that_somebody_deleted_is_shown_anew(house: House) -> None:
    """A case is not lost with its card."""
    await house.found()
    del house.room.messages[house.card.id]
    moderator = house.case.message.author
    assert moderator.id == f"telegram:id/{house.member.id}"

    shown = await house.platform.show(house.case, f"telegram:{house.room.id}")

    assert shown == f"telegram:{house.room.id}/{house.card.id}"


async def test_an_unchanged_card_is_left_as_it_is(house: House) -> None:
    """Showing twice what is shown already is no error."""
    await house.found()
    before = house.card.body

    shown = await house.platform.show(house.case, f"telegram:{house.room.id}")

    assert (shown, house.card.body) == (house.case.card, before)


async def test_a_basic_group_that_grows_keeps_its_room(house: House) -> None:
    """After the migration to a supergroup new finds go to the same room, and old cases still act."""
    small = house.telegram.group("Small", kind="group")
    house.telegram.admin(small, house.moderator)
    house.telegram.member(small, house.member)
    house.telegram.add_bot(small)
    house.store.rooms[f"telegram:{small.id}"] = f"telegram:{house.room.id}"
    house.telegram.post(small, house.member, BAD_LINK)
    await house.work()
    moved = house.telegram.migrate(small)
    await house.work()

    card = house.card
    told = await house.tap("Delete and ban")
    house.telegram.post(moved, house.member, BAD_LINK)
    await house.work()

    assert house.store.rooms[f"telegram:{moved.id}"] == f"telegram:{house.room.id}"
    assert told == "Decided: ban."
    assert "banned by \u2068Omar\u2069" in card.text
    assert moved.members[house.member.id].status == "kicked"
    assert len(house.store.cases) == 2


async def test_a_moderators_room_that_grows_gets_the_next_card(house: House) -> None:
    """When the room itself becomes a supergroup, cards follow it."""
    room = house.telegram.group("Small room", kind="group")
    house.telegram.add_bot(room, rights=None)
    house.store.rooms[house.place] = f"telegram:{room.id}"
    await house.work()
    moved = house.telegram.migrate(room)
    await house.work()

    await house.found()

    assert house.telegram.said(moved)[-1].text.startswith("🔴")


async def test_files_come_through_and_refusals_are_gaps(house: House) -> None:
    """A document's bytes arrive whole; what Telegram does not give out is said in a moderator's words."""
    world = house.telegram.world
    small = world.store("documents", b"pattern").id
    large = world.store("documents", b"", size=20_000_001).id

    said = [await _fetched(house, ref) for ref in (small, large, "unknown", "")]

    assert said == [
        b"pattern",
        "file over the 20 MB limit",
        "Telegram does not give the file out",
        "paid media: only who pays for it sees it",
    ]


async def test_a_file_whose_link_is_out_of_date_is_a_gap(house: House) -> None:
    """The library calls a 404 for a file a wrong token; it is not."""
    stored = house.telegram.world.store("documents", b"pattern")
    house.telegram.api.lost_files.add(stored.path)

    assert await _fetched(house, stored.id) == "the file is no longer there"


async def _fetched(house: House, ref: str) -> bytes | str:
    try:
        return await house.platform.fetch(Attachment(ref=ref, path="attachment[0]"))
    except CannotLook as exc:
        return str(exc)
