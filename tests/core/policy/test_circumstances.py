"""Conditions on circumstances: what each holds for, and what only looks like it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from core.model import Account, ActionKind, Happening, Match, Mention, Place, Text, Trust, is_forward
from core.policy.circumstances import AtHours, ByAuthor, Counted, Happened, InCrisis, InLane, InPlace
from core.policy.conditions import Condition, Facts, MatchFound
from core.policy.limits import Crisis, Hours, Lane, Limits
from core.policy.loader import read_policy
from tests import make

NIGHT = Hours(start_min=22 * 60, end_min=7 * 60)
DAY = timedelta(days=1)


def facts(**changes: object) -> Facts:
    """Give the facts of a message at noon, changed in these fields."""
    return Facts(message=replace(make.message("hello"), **changes))  # type: ignore[arg-type]  # a test's fields


def at(hour: int, minute: int = 0) -> Facts:
    """Give the facts of a message at this time of day."""
    return facts(at=datetime(2026, 3, 1, hour, minute, tzinfo=UTC))


def joined(ago: timedelta | None, *roles: str) -> Facts:
    """Give the facts of a message whose author joined so long ago."""
    since = None if ago is None else make.NOON - ago
    return facts(author=Account(id="fake:id/1", since=since, roles=roles))


def made(ago: timedelta | None) -> Facts:
    """Give the facts of a message whose author's account was made so long ago."""
    return facts(author=Account(id="fake:id/1", created=None if ago is None else make.NOON - ago))


def in_lane(name: str, place: str) -> Facts:
    """Give the facts of a message under a policy with one lane."""
    return replace(facts(), limits=Limits(lanes=(Lane(name=name, places=(place,)),)))


def earlier(*minutes: int) -> Facts:
    """Give the facts of a message whose author had finds so many minutes before."""
    return Facts(message=make.message(), earlier=tuple(make.NOON - timedelta(minutes=m) for m in minutes))


@pytest.mark.parametrize(
    ("condition", "hit", "near_miss"),
    [
        (InPlace(("fake:room",)), facts(), facts(place=Place(id="fake:room2"))),
        (InPlace(("KITE flyers",)), facts(), facts(place=Place(id="fake:9", name="Kite Flyers 2"))),
        (InPlace(("discord:7",)), facts(id="discord:7/1"), facts(id="discord:77/1")),
        (InPlace(("fake:a", "fake:room", "fake:b")), facts(), facts(place=Place(id="fake:c"))),
        (ByAuthor(newcomer_s=86400), joined(DAY), joined(DAY + timedelta(seconds=1))),
        (ByAuthor(newcomer_s=86400), joined(timedelta()), joined(None)),
        (ByAuthor(role="Helper"), joined(DAY, "helper"), joined(DAY, "helpers")),
        (ByAuthor(newcomer_s=86400, role="a"), joined(DAY, "b", "a"), joined(2 * DAY, "a")),
        (ByAuthor(created_s=86400), made(DAY), made(DAY + timedelta(seconds=1))),
        (ByAuthor(created_s=86400), made(timedelta()), made(None)),
        (InLane("desk"), in_lane("desk", "fake:room"), in_lane("desk", "fake:else")),
        (InLane("desk"), in_lane("desk", "Kite Flyers"), in_lane("Desk", "fake:room")),
        (InLane("desk"), in_lane("desk", "fake:room"), facts()),
        (Happened((Happening.JOINED,)), facts(happening=Happening.JOINED), facts()),
        (AtHours(NIGHT), at(22), at(21, 59)),
        (AtHours(NIGHT), at(6, 59), at(7)),
        (AtHours(Hours(start_min=60, end_min=120)), at(1), at(2)),
        (AtHours(Hours(start_min=0, end_min=60, zone=timezone(5 * timedelta(hours=1)))), at(19), at(0)),
        (Counted(at_least=3, within_s=600), earlier(1, 10), earlier(1, 11)),
        (Counted(at_least=2, within_s=600), earlier(0), earlier(-1)),
    ],
)
def test_a_circumstance_holds_for_its_message_and_not_for_a_near_miss(
    condition: Condition, hit: Facts, near_miss: Facts
) -> None:
    """Each circumstance names one fact of a message, and its border belongs to one side."""
    assert len(list(condition(hit))) == 1
    assert not list(condition(near_miss))


@pytest.mark.parametrize("when", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_earlier_finds_are_counted_at_either_end_of_the_calendar(when: datetime) -> None:
    """A message may say any time of itself."""
    found = Facts(message=make.message(at=when), earlier=(when,))

    assert found.earlier_within(366 * 86400) == 1
    assert list(Counted(at_least=2, within_s=366 * 86400)(found))


def test_a_crisis_ends_by_itself() -> None:
    """It holds from its start up to its end, to the second, and never without a crisis."""
    crisis, second = Crisis(start=make.NOON, until=make.NOON + DAY), timedelta(seconds=1)

    def holds(when: datetime) -> bool:
        return bool(list(InCrisis()(replace(facts(at=when), limits=Limits(crisis=crisis)))))

    assert (holds(make.NOON - second), holds(make.NOON)) == (False, True)
    assert (holds(make.NOON + DAY - second), holds(make.NOON + DAY)) == (True, False)
    assert holds((make.NOON + DAY - second).astimezone(timezone(-8 * timedelta(hours=1))))
    assert not list(InCrisis()(facts()))


def standing(part: str, *, hidden: bool = False) -> Match:
    """Give a match in a part."""
    match = make.match()
    return replace(match, signal=replace(match.signal, part=part, hidden=hidden))


FORWARD = Mention(account=make.account(), path="forward.origin")


@pytest.mark.parametrize(
    ("part", "forwarded", "expected"),
    [
        ("text", False, "own"),
        ("text", True, "forwarded"),
        ("forward.text", False, "forwarded"),
        ("quote.text", False, "quoted"),
        ("reply.origin", False, "quoted"),
        ("quote[0]", True, "quoted"),
        ("forwarded", False, "own"),
    ],
)
def test_a_match_is_told_by_whose_words_it_stands_in(part: str, expected: str, *, forwarded: bool) -> None:
    """Own words, a forward's, or those of an answered message."""
    message = make.message(parts=(FORWARD,) if forwarded else ())
    found = Facts(message=message, matches=(standing(part),))

    holding = [c for c in ("own", "forwarded", "quoted") if list(MatchFound(carried=c)(found))]

    assert holding == [expected]


def test_a_kept_message_is_still_known_for_a_forward() -> None:
    """A case keeps no parts; what is asked of it later must not take a forward for its sender's own words."""
    kept = Facts(message=make.message(parts=(FORWARD,)).bare())

    assert kept.message.parts == ()
    assert kept.carried(make.match()) == "forwarded"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("forward", True),
        ("forward.origin", True),
        ("forwarded", False),
        ("text", False),
        ("quote.forward", False),
    ],
)
def test_a_forward_is_a_message_with_a_part_in_forward(path: str, *, expected: bool) -> None:
    """The first step of a path counts, whole."""
    assert is_forward((Text(text="x", path="text"), Text(text="x", path=path))) is expected


def test_what_the_eye_cannot_see_can_be_asked_for() -> None:
    """`hidden: true` fits a hidden part only, `hidden: false` the others, and neither key fits both."""
    found = Facts(message=make.message(), matches=(standing("a", hidden=True), standing("b")))

    assert [f.match.signal.part for f in MatchFound(hidden=True)(found) if f.match] == ["a"]
    assert [f.match.signal.part for f in MatchFound(hidden=False)(found) if f.match] == ["b"]
    assert len(list(MatchFound()(found))) == 2


UNKNOWN = """
version: 1
{bounds}
rules:
  - {{name: a, when: {{all: [match: {{}}, {guard}]}}, do: [report, delete]}}
"""


@pytest.mark.parametrize(
    ("bounds", "guard", "acts"),
    [
        ("exempt: ['7']", "{happening: [posted]}", False),
        ("", "{not: {author: {role: '7'}}}", False),
        ("", "{not: {any: [{author: {role: '7'}}]}}", False),
        ("", "{cel: '!(\"7\" in author.roles)'}", False),
        ("", "{happening: [posted]}", True),
        ("", "{not: {author: {joined_within: 1d}}}", True),
    ],
)
def test_whose_roles_are_not_known_is_not_acted_upon_by_who_spares_some(
    bounds: str, guard: str, *, acts: bool
) -> None:
    """A history brings messages without roles: who is spared in them cannot be told, so people decide."""
    text = UNKNOWN.format(bounds=bounds, guard=guard)
    policy = read_policy(text.encode(), name="p", where="p")
    message, sure = make.message(), make.match(trust=Trust.ACT)
    hidden = replace(message, author=replace(message.author, roles_unknown=True))

    told, untold = (policy.judge(one, (sure,), ()).actions for one in (message, hidden))

    assert (told[-1].kind, untold[-1].kind if untold else None) == (
        ActionKind.DELETE,
        ActionKind.DELETE if acts else (None if "cel" in guard else ActionKind.REPORT),
    )
