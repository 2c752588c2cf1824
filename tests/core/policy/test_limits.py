"""Bounds only take away; stages, ladders and sentences do what their words say."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.brakes.quotas import NOUNS
from core.model import INVERSES, Action, ActionKind, Message, Place, Shadow, Trust
from core.policy.conditions import MatchFound
from core.policy.limit_keys import QuotasKeys
from core.policy.limits import QUOTAS, Hours, Lane, Limits, Quiet, Quota, in_place
from core.policy.loader import read_policy
from core.policy.policy import Policy, Rule, Stage, Steps
from tests import make

REPORT, DELETE, MUTE, BAN = ActionKind.REPORT, ActionKind.DELETE, ActionKind.MUTE, ActionKind.BAN
KNOWN = make.match(trust=Trust.ACT)
NOONTIDE = Hours(start_min=11 * 60, end_min=13 * 60)
ROLED = replace(make.message(), author=replace(make.account(), roles=("Newsroom",)))


def rule(*kinds: ActionKind, stage: Stage = Stage.ENFORCE) -> Rule:
    """Give a rule for any match."""
    return Rule(name="known", when=MatchFound(), do=tuple(Action(kind=k) for k in kinds), stage=stage)


@pytest.mark.parametrize(
    ("limits", "message", "expected", "noted"),
    [
        (Limits(), make.message(), [REPORT, DELETE, BAN], 0),
        (Limits(lanes=(Lane(name="desk", places=("fake:room",)),)), make.message(), [REPORT], 1),
        (
            Limits(lanes=(Lane(name="desk", places=("fake:other",)),)),
            make.message(),
            [REPORT, DELETE, BAN],
            0,
        ),
        (Limits(exempt=frozenset({"newsroom"})), ROLED, [REPORT], 1),
        (Limits(exempt=frozenset({"news"})), ROLED, [REPORT, DELETE, BAN], 0),
        (Limits(quiet=Quiet(hours=NOONTIDE)), make.message(), [REPORT], 1),
        (Limits(quiet=Quiet(hours=NOONTIDE, most=DELETE)), make.message(), [REPORT, DELETE], 1),
        (
            Limits(quiet=Quiet(hours=Hours(start_min=0, end_min=60))),
            make.message(),
            [REPORT, DELETE, BAN],
            0,
        ),
    ],
)
def test_a_bound_turns_what_it_forbids_into_a_report(
    limits: Limits, message: Message, expected: list[ActionKind], noted: int
) -> None:
    """Lanes, exempt roles and quiet hours leave a report to people, and say so."""
    verdict = Policy(name="p", rules=(rule(DELETE, BAN, REPORT),), limits=limits).judge(message, (KNOWN,), ())

    assert [a.kind for a in verdict.actions] == expected
    assert len(verdict.notes) == noted
    assert verdict.rules == ("known",)


def test_a_bound_says_nothing_where_nothing_was_forbidden() -> None:
    """A rule that only reports is not remarked upon in a lane, and one that records stays silent there."""
    lanes = Limits(lanes=(Lane(name="desk", places=("fake:room",)),))

    reported = Policy(name="p", rules=(rule(REPORT),), limits=lanes).judge(make.message(), (KNOWN,), ())
    recorded = Policy(name="p", rules=(rule(),), limits=lanes).judge(make.message(), (KNOWN,), ())

    assert (reported.notes, recorded.notes, recorded.actions) == ((), (), ())


@pytest.mark.parametrize(
    ("stage", "expected", "rules", "notes"),
    [
        (Stage.DRAFT, [], (), ()),
        (Stage.SHADOW, [], (), ("rule known, in shadow, would: delete",)),
        (Stage.NOTIFY, [REPORT], ("known",), ()),
        (Stage.ENFORCE, [DELETE], ("known",), ()),
    ],
)
def test_a_rule_does_what_its_stage_allows(
    stage: Stage, expected: list[ActionKind], rules: tuple[str, ...], notes: tuple[str, ...]
) -> None:
    """A draft is not looked at, a shadow is noted, a notice reports, the rest does what it says."""
    verdict = Policy(name="p", rules=(rule(DELETE, stage=stage),)).judge(make.message(), (KNOWN,), ())

    assert [a.kind for a in verdict.actions] == expected
    assert (verdict.rules, verdict.notes) == (rules, notes)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        ((), [REPORT]),
        ((5,), [DELETE]),
        ((5, 9), [BAN]),
        ((5, 9, 10), [BAN]),
        ((5, 11), [DELETE]),
        ((11,), [REPORT]),
    ],
)
def test_a_ladder_climbs_with_earlier_finds_within_its_time(
    minutes: tuple[int, ...], expected: list[ActionKind]
) -> None:
    """First, second, third and further finds; what is longer ago does not count."""
    steps = Steps(within_s=600, second=(Action(kind=DELETE),), third=(Action(kind=BAN),))
    policy = Policy(name="p", rules=(replace(rule(REPORT), ladder=steps),))
    earlier = [make.NOON - timedelta(minutes=m) for m in minutes]

    verdict = policy.judge(make.message(), (KNOWN,), (), earlier)

    assert [a.kind for a in verdict.actions] == expected


def test_a_ladder_without_a_third_step_stays_on_the_second() -> None:
    """What the file leaves out goes on as before."""
    steps = Steps(within_s=600, second=(Action(kind=DELETE),))

    assert [steps.after(count, (Action(kind=REPORT),))[0].kind for count in (0, 1, 2, 9)] == [
        REPORT,
        DELETE,
        DELETE,
        DELETE,
    ]


def test_every_action_that_takes_something_has_a_quota() -> None:
    """All but reports and what gives back; of members the smaller one; files name each, words tell it."""
    named = {quota.kind: quota for quota in QUOTAS}

    assert set(named) == set(ActionKind) - {REPORT} - set(INVERSES.values())
    assert {kind for kind, quota in named.items() if quota.hour == 60} == {
        ActionKind.NOTIFY,
        ActionKind.WARN,
        DELETE,
    }
    assert set(named) == set(QuotasKeys.model_fields) == set(NOUNS)
    assert all(quota.hour < quota.day for quota in QUOTAS)


@pytest.mark.parametrize(
    ("extends", "quotas", "expected"),
    [
        ("", "", {}),
        ("", "quotas: {}", {}),
        ("", "quotas: {ban: {hour: 5, day: 20}}", {BAN: (5, 20)}),
        ("extends: house.yaml", "", {DELETE: (30, 100), BAN: (2, 4)}),
        ("extends: house.yaml", "quotas: {ban: {hour: 5, day: 5}}", {DELETE: (30, 100), BAN: (5, 5)}),
    ],
)
def test_a_file_changes_the_quotas_that_it_names(
    extends: str, quotas: str, expected: dict[ActionKind, tuple[int, int]]
) -> None:
    """Action by action, over those of the policy it extends, and over those of the language."""
    house = b"version: 1\nquotas: {delete: {hour: 30, day: 100}, ban: {hour: 2, day: 4}}\nrules: []"
    text = f"version: 1\n{extends}\n{quotas}\nrules: []"

    policy = read_policy(text.encode(), name="p", where="p", beside=lambda _: house)

    changed = {Quota(kind=kind, hour=hour, day=day) for kind, (hour, day) in expected.items()}
    assert set(policy.limits.quotas) - set(QUOTAS) == changed
    assert [quota.kind for quota in policy.limits.quotas] == [quota.kind for quota in QUOTAS]


def test_a_rule_in_shadow_leaves_what_it_would_have_done() -> None:
    """Its name and the kinds, each once; of a rule that would only record, nothing to do."""
    rules = (
        replace(rule(DELETE, BAN, stage=Stage.SHADOW), name="hard"),
        replace(rule(stage=Stage.SHADOW), name="soft"),
        replace(rule(REPORT), name="real"),
    )

    verdict = Policy(name="p", rules=rules).judge(make.message(), (KNOWN,), ())

    assert verdict.shadows == (Shadow(rule="hard", does=(DELETE, BAN)), Shadow(rule="soft"))
    assert verdict.rules == ("real",)


KARACHI, BERLIN, NEW_YORK = (ZoneInfo(name) for name in ("Asia/Karachi", "Europe/Berlin", "America/New_York"))
NIGHT = (22 * 60, 7 * 60)


@pytest.mark.parametrize(
    ("zone", "span", "first", "after"),
    [
        (KARACHI, NIGHT, "2026-03-28T17:00", "2026-03-29T02:00"),
        (KARACHI, NIGHT, "2026-10-24T17:00", "2026-10-25T02:00"),
        # The clocks go forward at 01:00 UTC, and back at 01:00 UTC.
        (BERLIN, NIGHT, "2026-03-28T21:00", "2026-03-29T05:00"),
        (BERLIN, NIGHT, "2026-10-24T20:00", "2026-10-25T06:00"),
        (BERLIN, (60, 150), "2026-03-29T00:00", "2026-03-29T01:00"),  # half past two never comes: until three
        (
            BERLIN,
            (150, 240),
            "2026-03-29T01:00",
            "2026-03-29T02:00",
        ),  # nor does it begin anything: from three
        # At two in the night: 07:00 UTC in spring, 06:00 UTC in autumn.
        (NEW_YORK, NIGHT, "2026-03-08T03:00", "2026-03-08T11:00"),
        (NEW_YORK, NIGHT, "2026-11-01T02:00", "2026-11-01T12:00"),
        (NEW_YORK, (60, 120), "2026-11-01T05:00", "2026-11-01T07:00"),  # the hour from one comes twice
    ],
)
def test_quiet_hours_are_those_of_the_wall_clock(
    zone: ZoneInfo, span: tuple[int, int], first: str, after: str
) -> None:
    """Also in the nights when the clocks are changed: as long as people there sleep by them."""
    hours = Hours(start_min=span[0], end_min=span[1], zone=zone)
    begins, ends = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (first, after))
    around = [begins + timedelta(minutes=n) for n in range(-60, (ends - begins) // timedelta(minutes=1) + 60)]

    quiet = [at for at in around if hours.hold(at)]

    assert quiet == [at for at in around if begins <= at < ends]
    assert quiet == [at for at in around if hours.hold(at.astimezone(zone))]


def test_hours_that_never_come_are_not_quiet() -> None:
    """In the night when the clocks go from two to three; in autumn the same hour comes twice."""
    hours = Hours(start_min=120, end_min=180, zone=BERLIN)
    spring, autumn = (datetime(2026, *day, tzinfo=UTC) for day in ((3, 29), (10, 25)))

    minutes = [sum(hours.hold(day + timedelta(minutes=n)) for n in range(1440)) for day in (spring, autumn)]

    assert minutes == [0, 120]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("fake:desk", True),
        ("kite flyers #Desk", True),
        ("Kite Flyers #desk / aside", True),
        ("Kite Flyers", False),
        ("fake:des", False),
    ],
)
def test_a_lane_that_is_named_by_a_channel_holds_in_its_threads(named: str, *, expected: bool) -> None:
    """By the channel's id and by its name; what only begins alike is another place."""
    above = ("fake:desk", "Kite Flyers #desk")
    place = Place(id="fake:room", name="Kite Flyers #desk / aside", above=above)
    message = replace(make.message(message_id="fake:thread/1"), place=place)

    assert in_place(message, [named]) is expected
