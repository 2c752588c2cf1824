"""Counts and ladders see what the author did before, here, and each message once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.model import Account, Action, ActionKind, Happening, Match, Message, Strength, Trust
from core.policy.circumstances import ByAuthor
from core.policy.conditions import MatchFound
from core.policy.policy import Policy, Rule, Steps
from core.tally import FINDS, Tallied
from tests import make

KNOWN = make.match(trust=Trust.ACT)
WEAK = make.match(trust=Trust.ACT, strength=Strength.WEAK)
STEPS = Steps(
    within_s=3600,
    second=(Action(kind=ActionKind.DELETE),),
    third=(Action(kind=ActionKind.BAN),),
)
LADDER = Policy(
    name="p", rules=(Rule(name="r", when=MatchFound(), do=(Action(kind=ActionKind.REPORT),), ladder=STEPS),)
)
OMAR = make.account("Omar", number=7)


def post(number: int, *, author: Account | None = None, minutes: int = 0) -> Message:
    """Give a message of its own number."""
    at = make.NOON + timedelta(minutes=minutes)
    return make.message(message_id=f"fake:room:{number}", author=author, at=at)


def climbed(*events: tuple[Message, Match], authors: int = 100) -> list[str]:
    """Judge messages in this order; returns what each leads to."""
    tallied = Tallied(LADDER, authors=authors)
    return [tallied.judge(message, (match,), ()).actions[0].kind for message, match in events]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([(post(1), KNOWN), (post(2), KNOWN), (post(3), KNOWN)], ["report", "delete", "ban"]),
        ([(post(1), KNOWN), (post(1), KNOWN)], ["report", "report"]),
        ([(post(1), KNOWN), (post(2), KNOWN), (post(1), KNOWN)], ["report", "delete", "delete"]),
        ([(post(1), KNOWN), (post(2, author=OMAR), KNOWN)], ["report", "report"]),
        ([(post(1), WEAK), (post(2), KNOWN)], ["report", "report"]),
        ([(post(1), KNOWN), (post(2, minutes=60), KNOWN)], ["report", "delete"]),
        ([(post(1), KNOWN), (post(2, minutes=61), KNOWN)], ["report", "report"]),
        ([(post(1, author=Account()), KNOWN), (post(2, author=Account()), KNOWN)], ["report", "report"]),
    ],
)
def test_a_ladder_climbs_by_the_authors_own_sure_finds(
    events: list[tuple[Message, Match]], expected: list[str]
) -> None:
    """Others, weak matches, deliveries of the same message and nameless authors do not count."""
    assert climbed(*events) == expected


def test_an_album_is_one_find() -> None:
    """Three listed pictures that somebody sends at once are the first time, and not the third."""
    album = [(replace(post(number), album="77"), KNOWN) for number in (1, 2, 3)]
    other = [(replace(post(number, minutes=1), album="78"), KNOWN) for number in (4, 5)]

    assert climbed(*album) == ["report"] * 3
    assert climbed(*album, *other, (post(6, minutes=2), KNOWN)) == [
        *["report"] * 3,
        "delete",
        "delete",
        "ban",
    ]


def test_who_an_author_is_can_be_said_from_outside() -> None:
    """Of a message of before only that is known; "" is nobody, whatever the message says."""
    tallied = Tallied(LADDER)
    does = [
        tallied.judge(post(number, author=author), (KNOWN,), (), who=who).actions[0].kind
        for number, author, who in (
            (1, OMAR, "salted"),
            (2, Account(), "salted"),
            (3, OMAR, None),
            (4, OMAR, ""),
            (5, OMAR, None),
        )
    ]

    assert does == ["report", "delete", "report", "report", "delete"]


def test_earlier_finds_are_told_without_a_verdict() -> None:
    """With the message's own left out, and taken in for those that follow."""
    tallied = Tallied(LADDER)

    told = [tallied.before(post(number, minutes=number), (KNOWN,))[1] for number in (1, 2, 2)]

    minutes = [[int((at - make.NOON).total_seconds()) // 60 for at in earlier] for earlier in told]
    assert minutes == [[], [1], [1]]


def test_what_is_remembered_is_bounded() -> None:
    """Of more accounts than are remembered the one found longest ago is forgotten; finds likewise."""
    one, two = (post(1), KNOWN), (post(2, author=OMAR), KNOWN)
    assert climbed(one, two, (post(3), KNOWN), authors=1) == ["report"] * 3

    tallied = Tallied(LADDER)
    for number in range(3 * FINDS):
        tallied.judge(post(number), (KNOWN,), ())
    assert len(next(iter(tallied._tally._found.values()))) == FINDS


def test_who_came_in_is_a_newcomer_where_messages_do_not_tell_since_when() -> None:
    """The joining is remembered for messages that follow, of this account and in this place."""
    newcomers = Rule(name="new", when=ByAuthor(newcomer_s=3600))
    tallied = Tallied(Policy(name="p", rules=(newcomers,)))
    joined = make.message(message_id="fake:room:j", happening=Happening.JOINED)

    before = tallied.judge(post(1), (), ())
    tallied.judge(joined, (), ())
    soon, later = (tallied.judge(post(2, minutes=m), (), ()) for m in (60, 61))
    other = tallied.judge(post(3, author=OMAR), (), ())

    assert [v.rules for v in (before, soon, later, other)] == [(), ("new",), (), ()]
