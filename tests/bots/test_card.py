"""A card says what was seen, how sure, and what can be done; it is short, harmless, and only grows."""

from dataclasses import replace
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.card import LIMIT, Press, card_of, decision_of
from bots.details import details_of
from core.case import CLOSED, Case, Choice, decided, opened, settled
from core.model import ActionKind, Gap, Happening, Place, Status, Strength, Trust
from tests import make

OMAR = make.account("Omar", number=7)


def fresh(**changes: object) -> Case:
    """Give a case as the default policy opens it, with changes to its message."""
    author = replace(make.account(), since=make.NOON - timedelta(days=3))
    message = replace(make.message(author=author), **changes)  # type: ignore[arg-type]  # each test names real fields
    return opened("7K3", message, make.verdict(), at=make.NOON)


def lines(case: Case) -> tuple[str, ...]:
    """Give the card's lines in UTC, an hour after noon, without the marks that isolate names."""
    card = card_of(case, zone=UTC, now=make.NOON + timedelta(hours=1))
    return tuple(line.translate({0x2068: None, 0x2069: None, 0x2060: None}) for line in card.lines)


def labels(case: Case) -> list[str]:
    """Give the labels of the card's buttons."""
    return [button.label for button in card_of(case, zone=UTC, now=make.NOON).buttons]


def test_a_card_says_what_who_where_which_entry_and_what_was_done() -> None:
    """The whole card of a first find, line by line."""
    assert lines(fresh()) == (
        "🔴 Link on a list · case 7K3",
        "“Amina R.” (@aminar, id 51900412), member for 3 days",
        "in Kite Flyers · 2026-03-01 12:00 UTC · message ↗",
        "Matches “lantern channel” in list community (on trial)",
        "  the text links to it · entity: Blue Lantern Front",
        "Policy default: report only. Nothing has been done.",
    )
    assert labels(fresh()) == ["Delete", "Delete and ban", "Dismiss", "Details"]


def test_a_card_says_what_a_quota_held_back() -> None:
    """Under what the policy did, which is nothing but the report."""
    braked = "the quota of 30 deletions an hour is used up; it would have: delete"
    held = replace(fresh(), verdict=replace(make.verdict(), braked=braked))

    assert lines(held)[-2:] == (
        "Policy default: report only. Nothing has been done.",
        "Held back: the quota of 30 deletions an hour is used up; it would have: delete.",
    )


def test_times_are_the_rooms_with_the_zone_named() -> None:
    """Noon in UTC is five in the afternoon in Karachi."""
    card = card_of(fresh(), zone=ZoneInfo("Asia/Karachi"), now=make.NOON)

    assert "2026-03-01 17:00 PKT" in card.where


def test_the_first_word_tells_the_weight() -> None:
    """Red for the same or surely the same, yellow for a likeness, blue for a report, white for a gap."""
    weak = replace(fresh(), verdict=make.verdict(make.match(strength=Strength.WEAK)))
    reported = fresh(happening=Happening.REPORTED)
    unseen = replace(make.verdict(gaps=(Gap(part="a", reason="video 34 MB"),)), matches=())

    assert lines(weak)[0] == "🟡 Perhaps: Link on a list · case 7K3"
    assert lines(reported)[0] == "🔵 Reported by a member: Link on a list · case 7K3"
    assert lines(replace(fresh(), verdict=unseen))[0] == "⚪ Not fully looked at · case 7K3"


def test_gaps_stand_on_the_card() -> None:
    """What was not looked at is said, with the reason."""
    verdict = make.verdict(gaps=(Gap(part="attachment[0]", reason="video 34 MB (over the 20 MB limit)"),))

    assert "Not looked at: video 34 MB (over the 20 MB limit)" in lines(replace(fresh(), verdict=verdict))


def test_a_decision_adds_lines_and_takes_none_away() -> None:
    """After the decision: the same findings, who decided and when, and Undo in place of the choices."""
    case = replace(fresh(), card="message 9")
    decision = decision_of(case, Press.BAN, moderator=OMAR, at=make.NOON, reason="known propaganda")
    assert decision

    after = decided(case, decision)
    done = settled(settled(after, 1, status=Status.DONE), 2, status=Status.DONE)

    assert lines(done)[:5] == lines(case)[:5]
    assert lines(done)[-1] == "✔ Deleted and banned by Omar · 2026-03-01 12:00 UTC · reason: known propaganda"
    assert labels(done) == ["Undo", "Details"]


def test_what_could_not_be_done_is_said_with_the_platforms_reason() -> None:
    """The ban failed: the card does not claim it, and says what is missing."""
    case = fresh()
    decision = decision_of(case, Press.BAN, moderator=OMAR, at=make.NOON)
    assert decision

    after = decided(case, decision)
    after = settled(after, 1, status=Status.DONE)
    after = settled(after, 2, status=Status.FAILED, note="the bot may not ban here: give it “Ban users”")

    assert lines(after)[-2:] == (
        "✔ Deleted by Omar · 2026-03-01 12:00 UTC",
        "✘ Ban not carried out: the bot may not ban here: give it “Ban users”",
    )


@pytest.mark.parametrize(
    ("status", "note", "line"),
    [
        (
            Status.FAILED,
            "they take no messages",
            "✘ The member was not told: they take no messages",
        ),
        (Status.DONE, "it waits in private", "… it waits in private"),
        (Status.PROPOSED, "", "… Warn is being carried out"),
        (Status.DONE, "", "Policy default: warned."),
    ],
)
def test_whether_the_member_was_told_stands_on_the_card(status: Status, note: str, line: str) -> None:
    """Who could not be told is not believed to know; how they were told is said where it matters."""
    verdict = make.verdict(actions=(ActionKind.WARN, ActionKind.REPORT))

    case = settled(opened("7K3", make.message(), verdict, at=make.NOON), 0, status=status, note=note)

    assert lines(case)[-1] == line


@pytest.mark.parametrize(
    ("status", "note", "line"),
    [
        (Status.PROPOSED, "", "… Holding media is being carried out"),
        (Status.FAILED, "mute them instead", "✘ Holding media not carried out: mute them instead"),
        (Status.DONE, "", "Policy default: kept from sending media."),
    ],
)
def test_a_hold_on_media_is_told_in_words(status: Status, note: str, line: str) -> None:
    """What a policy file calls it is no word that moderators read."""
    verdict = make.verdict(actions=(ActionKind.NO_MEDIA, ActionKind.REPORT))

    case = settled(opened("7K3", make.message(), verdict, at=make.NOON), 0, status=status, note=note)

    assert line in [shown.replace("\u2068", "").replace("\u2069", "") for shown in lines(case)]
    assert "no_media" not in "".join(lines(case))


def test_undo_says_that_a_deleted_message_is_gone() -> None:
    """Nobody is left to believe that an undo brings it back."""
    case = fresh()
    decision = decision_of(case, Press.DELETE, moderator=OMAR, at=make.NOON)
    assert decision
    deleted = settled(decided(case, decision), 1, status=Status.DONE)
    undo = decision_of(deleted, Press.UNDO, moderator=OMAR, at=make.NOON)
    assert undo

    after = decided(deleted, undo)

    assert lines(after)[-2:] == (
        "↺ Undone by Omar · 2026-03-01 12:00 UTC",
        "The deleted message cannot be brought back.",
    )
    assert labels(after) == ["Confirm", "Confirm and ban", "Dismiss", "Details"]


def test_what_the_policy_did_by_itself_is_said_as_its_doing() -> None:
    """A deletion by policy has the policy's name on it."""
    verdict = make.verdict(actions=(ActionKind.DELETE, ActionKind.REPORT))
    case = settled(opened("7K3", make.message(), verdict, at=make.NOON), 0, status=Status.DONE)

    assert lines(case)[-1] == "Policy default: deleted."


def test_a_joining_account_can_be_banned_and_there_is_nothing_to_delete() -> None:
    """A join has no message to take away."""
    case = fresh(happening=Happening.JOINED)
    decision = decision_of(case, Press.BAN, moderator=OMAR, at=make.NOON)

    assert labels(case) == ["Ban", "Dismiss", "Details"]
    assert decision
    assert decision.actions == (ActionKind.BAN,)


def test_details_decide_nothing_and_tell_the_whole_path() -> None:
    """Part, form, list, entry, entity, rule: all of it."""
    case = fresh()

    assert decision_of(case, Press.DETAILS, moderator=OMAR, at=make.NOON) is None
    told = "\n".join(details_of(case, zone=UTC)).translate({0x2068: None, 0x2069: None})
    for fact in ("seen in text", "link telegram:user/bluelantern", "list community (trial)", "entry r1"):
        assert fact in told
    assert "rules that fired: known-links" in told


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("default", "default"),
        ("high-risk-event", "high-risk-event"),
        ("kites.example", "\u2068kites[.]example\u2069"),
        ("پتنگ kites", "\u2068پتنگ kites\u2069"),
        ("@everyone", "\u2068@\u2060everyone\u2069"),
    ],
)
def test_the_name_of_a_policy_turns_no_line_and_pings_nobody(name: str, shown: str) -> None:
    """It is a file's name, which whoever sent the file chose; one of plain letters stands as it is."""
    case = replace(fresh(), verdict=replace(make.verdict(), policy=name, rules=(name,)))
    card = card_of(case, zone=UTC, now=make.NOON)

    assert card.lines[-1] == f"Policy {shown}: report only. Nothing has been done."
    assert f"Policy {shown}; rules that fired: {shown}" in "\n".join(details_of(case, zone=UTC))


def test_names_cannot_ping_link_or_turn_the_line_around() -> None:
    """Mentions, addresses and direction marks in a name come out harmless."""
    author = replace(make.account("\u202e@everyone see https://bad.example\n🔴 fake line"), handle="")

    who = card_of(fresh(author=author), zone=UTC, now=make.NOON).who

    assert "\n" not in who
    assert "\u202e" not in who
    assert "@everyone" not in who
    assert "https://" not in who
    assert "bad.example" not in who
    assert who.startswith("“\u2068")


def test_a_promoted_list_is_not_called_a_trial() -> None:
    """The card tells how far the list is trusted."""
    case = replace(fresh(), verdict=make.verdict(make.match(trust=Trust.ACT)))

    assert lines(case)[3] == "Matches “lantern channel” in list community"


@given(
    name=st.text(max_size=300),
    place=st.text(max_size=300),
    reason=st.text(max_size=300),
    matches=st.integers(1, 30),
    rounds=st.integers(0, 12),
)
def test_a_card_is_never_longer_than_a_phone_shows(
    name: str, place: str, reason: str, matches: int, rounds: int
) -> None:
    """Whatever members, lists and moderators write, and however often they change their mind."""
    found = (make.match(f"telegram:user/{name[:40]}{i}", bank=f"{reason[:80]}{i}") for i in range(matches))
    gaps = tuple(Gap(part="a", reason=f"{reason}{i}") for i in range(matches))
    case = replace(
        fresh(author=replace(make.account(), name=name), place=Place(id="fake:room", name=place)),
        verdict=make.verdict(*found, gaps=gaps),
    )
    for _ in range(rounds):
        press = Press.UNDO if case.state in CLOSED else Press.BAN
        decision = decision_of(case, press, moderator=replace(OMAR, name=name), at=make.NOON, reason=reason)
        assert decision
        case = decided(case, decision)

    card = card_of(case, zone=UTC, now=make.NOON)

    assert sum(len(line) + 1 for line in card.lines) <= LIMIT
    assert all("\n" not in line for line in card.lines)


def test_a_bundle_says_what_rests_on_it_and_offers_to_undo_all_of_it() -> None:
    """Nobody wrote anything, so no author is named and nobody can be banned for it."""
    match = make.match()
    message = make.message(happening=Happening.WITHDRAWN)
    case = replace(fresh(), message=message, verdict=make.verdict(match), about=("7K3", "AH4"))

    card = card_of(case, zone=UTC, now=make.NOON)
    undo = decision_of(case, Press.UNDO, moderator=make.account("Omar"), at=make.NOON)
    assert undo
    after = card_of(decided(case, undo), zone=UTC, now=make.NOON)

    assert card.title == f"↺ Taken back by its list · case {case.id}"
    assert card.who == "2 cases rest on it: 7K3 and AH4"
    assert [button.label for button in card.buttons] == ["Undo all of it", "Leave as it is", "Details"]
    assert (undo.choice, undo.actions) == (Choice.CONFIRM, ())
    assert any(line.startswith("✔ All of it undone by") for line in after.body)
    assert [button.label for button in after.buttons] == ["Details"]


def test_a_late_find_says_that_it_is_one() -> None:
    """The message is old, and the list is new."""
    match = make.match()
    late = replace(match, signal=replace(match.signal, part="earlier"))

    lines = card_of(replace(fresh(), verdict=make.verdict(late)), zone=UTC, now=make.NOON).lines
    plain = card_of(replace(fresh(), verdict=make.verdict(match)), zone=UTC, now=make.NOON).lines

    assert "Found late: it was posted before the list knew it." in lines
    assert "Found late: it was posted before the list knew it." not in plain


def test_details_tell_what_the_policy_has_to_say() -> None:
    """Why a rule is there, and what a bound took away; what others wrote is made harmless."""
    verdict = replace(
        make.verdict(), notes=("rule a: <b>found</b> in @kites", "quiet hours: no more than report")
    )

    told = "\n".join(details_of(replace(make.case(), verdict=verdict), zone=UTC))

    assert "quiet hours: no more than report" in told
    assert "@kites" not in told
