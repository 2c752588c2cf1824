"""Each button does what it says, once, for those who may, and the card tells what became of it."""

import asyncio
from dataclasses import replace
from typing import cast

import pytest

from core.case import State
from core.model import ActionKind
from core.view import Where
from tests.bots.lanterns import LISTINGS
from tests.bots.telegram.house import BAD_LINK, House

DELETE, BAN, UNBAN = ActionKind.DELETE, ActionKind.BAN, ActionKind.UNBAN


async def test_delete_takes_the_message_away(house: House) -> None:
    """The message is gone, its author stays, and the card says who decided and when."""
    post = await house.found()

    told = await house.tap("Delete")

    assert (told, house.done(), post.is_there) == ("Decided: delete.", [DELETE], False)
    assert house.group.members[house.member.id].status == "member"
    assert "✔ Deleted by \u2068Omar\u2069 · 2026-03-01 12:00 UTC" in house.card.text
    assert list(house.card.buttons) == ["Undo", "Details"]


async def test_delete_and_ban_does_both(house: House) -> None:
    """The message is gone and its author with it."""
    post = await house.found()

    told = await house.tap("Delete and ban")

    assert (told, house.done(), post.is_there) == ("Decided: ban.", [DELETE, BAN], False)
    assert house.group.members[house.member.id].status == "kicked"


async def test_dismiss_leaves_everything_as_it_is(house: House) -> None:
    """Nothing is done to message or author."""
    post = await house.found()

    told = await house.tap("Dismiss")

    assert (told, house.done(), post.is_there) == ("Dismissed.", [], True)
    assert "✔ Dismissed by \u2068Omar\u2069" in house.card.text


async def test_undo_lets_the_author_back_in(house: House) -> None:
    """A ban is lifted; the card says that a deleted message cannot come back, and offers the choice again."""
    await house.found()
    await house.tap("Delete and ban")

    told = await house.tap("Undo")

    assert (told, house.done()) == ("Undone, as far as it can be.", [DELETE, BAN, UNBAN])
    assert house.group.members[house.member.id].status == "left"
    assert "The deleted message cannot be brought back." in house.card.text
    assert "Dismiss" in house.card.buttons


async def test_details_say_everything_once(house: House) -> None:
    """Details answer the card, decide nothing, and come again only when there is something new."""
    await house.found()

    told = [await house.tap("Details"), await house.tap("Details")]

    details = [m for m in house.telegram.said(house.room) if not m.buttons]
    assert (told, len(details)) == (["", "The details stand below the card."], 1)
    assert details[0].body["reply_to_message"] == house.card.body
    assert "seen in text" in details[0].text
    assert house.case.state is State.OPEN


async def test_card_and_details_say_who_designated_the_organisation(house: House) -> None:
    """What was imported while the bot runs stands on the next card, with every list under Details."""
    await house.entities.put(LISTINGS)

    await house.found()
    await house.tap("Details")

    assert "designated by UN (QDe.999), US, UK" in house.card.text
    (details,) = [m for m in house.telegram.said(house.room) if not m.buttons]
    assert "designated: US, list ofac_sdn, reference 7001" in details.text


def picture_found(house: House) -> None:
    """Let the case be about a picture that lies in the upload's left half."""
    case = house.case
    corners = ((0, 0), (500, 0), (500, 1000), (0, 1000))
    match = replace(case.verdict.matches[0], where=Where(sides=(4, 3), corners=corners))
    house.store.cases[case.id] = replace(case, verdict=replace(case.verdict, matches=(match,)))


async def test_details_of_a_picture_come_with_a_drawing(house: House) -> None:
    """After the text, as an answer to the card, with the same in words; once, as the text."""
    await house.found()
    picture_found(house)

    await house.tap("Details")
    await house.tap("Details")

    text, drawing = [m for m in house.telegram.said(house.room) if not m.buttons]
    assert "seen in text" in text.text
    assert drawing.body["reply_to_message"] == house.card.body
    assert "it lies at 0–50 % of the width" in str(drawing.body["caption"])
    assert "caption_entities" not in drawing.body
    largest = cast("list[dict[str, object]]", drawing.body["photo"])[-1]
    assert (largest["width"], largest["height"]) == (640, 480)


@pytest.mark.parametrize("code", [400, 502])
async def test_a_drawing_that_is_refused_leaves_the_text(house: House, code: int) -> None:
    """A room without pictures, or a failing server: the text is sent once and tells the same."""
    await house.found()
    picture_found(house)
    house.telegram.api.fail_next("sendPhoto", code=code)

    told = [await house.tap("Details"), await house.tap("Details")]

    (text,) = [m for m in house.telegram.said(house.room) if not m.buttons]
    assert "it lies at 0–50 % of the width" in text.text
    assert told == ["", "The details stand below the card."]


async def test_ten_taps_are_one_decision(house: House) -> None:
    """However often, and whatever is tapped next on a stale card: the first decision stands."""
    await house.found()
    stale = house.card.buttons
    for label in ["Delete"] * 5 + ["Dismiss"] * 5:
        house.telegram.tap_data(house.card, str(stale[label]["callback_data"]), house.moderator)

    await house.work()

    assert house.done() == [DELETE]
    assert len(house.case.history) == 1
    assert len(house.telegram.api.called("deleteMessage")) == 1


async def test_taps_at_the_same_moment_are_one_decision(house: House) -> None:
    """Workers that take several taps at once decide and act once."""
    await house.found()
    for _ in range(4):
        house.telegram.tap(house.card, "Delete and ban", house.moderator)
    await house.heard()

    async with asyncio.TaskGroup() as tasks:
        for item in house.tray.unread:
            tasks.create_task(house.platform.take(item.body), name=item.key)

    assert house.done() == [DELETE, BAN]
    assert len(house.telegram.api.called("banChatMember")) == 1


@pytest.mark.parametrize("label", ["Delete", "Delete and ban", "Dismiss", "Details"])
async def test_a_strangers_tap_changes_nothing(house: House, label: str) -> None:
    """Who cannot moderate the group cannot decide about it, wherever they stand in the room."""
    post = await house.found()
    stranger = house.telegram.admin(house.room, "Zed")
    before = house.card.text

    told = await house.tap(label, stranger)

    assert told.startswith("Nothing was done: you lack the right ")
    assert (house.case.state, house.done(), post.is_there) == (State.OPEN, [], True)
    assert (house.card.text, len(house.telegram.said(house.room))) == (before, 1)


async def test_the_rights_of_this_moment_count(house: House) -> None:
    """A moderator who was demoted after the card was shown decides nothing any more."""
    await house.found()
    house.telegram.demote(house.group, house.moderator)

    told = await house.tap("Delete")

    assert told.startswith("Nothing was done")
    assert house.done() == []


@pytest.mark.parametrize(
    ("rights", "label", "lacks"),
    [
        ({"can_delete_messages"}, "Delete and ban", "Ban users"),
        ({"can_restrict_members"}, "Delete", "Delete messages"),
        ({"can_invite_users"}, "Dismiss", "Delete messages” or “Ban users"),
    ],
)
async def test_nobody_does_through_the_bot_what_they_may_not_do_themselves(
    house: House, rights: set[str], label: str, lacks: str
) -> None:
    """Each button asks for the right that its deed needs, and says which is missing."""
    await house.found()
    half = house.telegram.admin(house.group, "Half", rights)

    told = await house.tap(label, half)

    assert told == f"Nothing was done: you lack the right “{lacks}” in the group."
    assert house.done() == []


async def test_an_administrator_who_posts_anonymously_decides(house: House) -> None:
    """Telegram names the person behind a tap, and their rights count."""
    await house.found()
    hidden = house.telegram.admin(house.group, "Hidden", is_anonymous=True)

    assert await house.tap("Delete", hidden) == "Decided: delete."


async def test_what_the_bot_may_not_do_stands_on_the_card(house: House) -> None:
    """A missing right is named with the taps that give it, and the tapper is told at once."""
    post = await house.found()
    house.telegram.admin(house.group, house.telegram.bot, {"can_invite_users"})

    told = await house.tap("Delete and ban")

    assert told == "Decided, but not all of it could be carried out: see the card."
    assert post.is_there
    for deed, right in (("Delete", "Delete messages"), ("Ban", "Ban users")):
        line = f"✘ {deed} not carried out: \u2068I lack the right “{right}”: group → Administrators"
        assert line in house.card.text


async def test_a_tap_that_is_too_old_to_be_answered_counts(house: House) -> None:
    """After a long standstill Telegram takes no answer; the decision is carried out all the same."""
    await house.found()
    house.telegram.tap(house.card, "Delete", house.moderator).is_too_old = True

    await house.work()

    assert house.done() == [DELETE]


async def test_a_busy_telegram_is_asked_again(house: House) -> None:
    """A deletion that must wait is decided, said to be under way, and carried out on the next look."""
    post = await house.found()
    house.telegram.api.fail_next("deleteMessage", code=502)

    told = await house.tap("Delete")
    await house.engine.resume()

    assert told == "Decided. Telegram is busy: it will be carried out shortly."
    assert (house.done(), post.is_there) == ([DELETE], False)
    assert "being carried out" not in house.card.text


@pytest.mark.parametrize("data", ["delete.NOPE", "explode.001", "nonsense", "."])
async def test_a_button_of_another_time_is_answered(house: House, data: str) -> None:
    """A case that is not there, and words nobody knows, are told apart from a decision."""
    await house.found()
    query = house.telegram.tap_data(house.card, data, house.moderator)

    await house.work()

    assert query.answers == ["This card is from another time: there is no such case."]
    assert house.case.history == ()


async def test_a_case_of_another_group_is_no_business_of_this_one(house: House) -> None:
    """A forged tap counts by the rights in the group that the case is about."""
    await house.found()
    elsewhere = house.telegram.group("Elsewhere")
    zed = house.telegram.admin(elsewhere, "Zed")
    query = house.telegram.tap_data(house.card, "ban.001", zed)

    await house.work()

    assert query.answers[0].startswith("Nothing was done")
    assert house.done() == []


async def test_a_find_after_the_decision_is_a_case_of_its_own(house: House) -> None:
    """Dismissing one message says nothing about the next."""
    await house.found()
    await house.tap("Dismiss")

    house.telegram.post(house.group, house.member, f"again: {BAD_LINK}")
    await house.work()

    assert [case.state for case in house.store.cases.values()] == [State.DISMISSED, State.OPEN]
