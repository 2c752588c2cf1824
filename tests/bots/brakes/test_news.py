"""What moderators are told of brakes: in whole sentences, once, and only in their own room."""

from datetime import timedelta, timezone

from bots.brakes.news import BrakeNews
from core.announcing import Announcer
from core.brakes.quotas import DAY, HOUR
from core.brakes.watch import Silence, Surge
from core.keeping import Allowance, Full, Which
from core.model import ActionKind
from tests import make
from tests.fake_platform import FakePlatform
from tests.fakes import MemoryNotes, MemoryRooms

KARACHI = timezone(timedelta(hours=5), "PKT")
DELETIONS = Allowance(kind=ActionKind.DELETE, most=30, within=HOUR)
WARNINGS = Allowance(kind=ActionKind.WARN, most=30, within=HOUR)
BANS = Allowance(kind=ActionKind.BAN, most=60, within=DAY)
LINKS = Which(place="fake:room", policy="strict", rule="links @all")
LINKS_NAMED = "Rule “\u2068links @\u2060all\u2069” of policy “\u2068strict\u2069”"
SURGE = Surge(which=LINKS, hour=make.NOON, messages=44, usually=9, days=14, touches=True)


def news(*more: str) -> tuple[BrakeNews, FakePlatform]:
    """Give what tells, and the platform on which it does; the room also has the places named."""
    rooms = MemoryRooms(rooms=dict.fromkeys(("fake:room", *more), "fake:moderators"))
    rooms.rooms["fake:elsewhere"] = "fake:others"
    platform = FakePlatform()
    announce = Announcer(rooms, MemoryNotes(), {"fake": platform}, lambda: make.NOON)
    return BrakeNews(announce, rooms, zone=KARACHI), platform


async def test_a_quota_that_is_used_up_is_told_with_when_it_ends_and_how() -> None:
    """Which policy, which action, how many in which time, since now, until when, and what to do."""
    brakes, platform = news()

    await brakes.braked(make.message(), "strict", Full(allowance=DELETIONS, until=make.NOON + HOUR))

    ((room, lines),) = platform.told
    assert room == "fake:moderators"
    assert lines[0].startswith("⚪ Brake: policy “\u2068strict\u2069” has come to 30 deletions an hour in ")
    assert lines[0].endswith(" in “\u2068Kite Flyers\u2069”, its quota.")
    assert lines[1:] == (
        (
            "All that it finds in this whole group or server is only reported until 2026-03-01 18:00 PKT; "
            "then it acts again by itself."
        ),
        "If it was right, raise the quota in the policy file (quotas, delete, hour).",
        "If it was not, undo it on the cards and set the rule to stage: shadow.",
        "/policy shows what holds here.",
    )


async def test_a_brake_is_told_once_for_each_quota_and_time() -> None:
    """While the same hour (or day) lasts nothing is said again; another action or a later hour is another."""
    brakes, platform = news()
    soon, later = make.NOON + timedelta(minutes=5), make.NOON + timedelta(minutes=61)

    for full in (
        Full(allowance=DELETIONS, until=soon),
        Full(allowance=DELETIONS, until=soon + timedelta(minutes=9)),
        Full(allowance=DELETIONS, until=later),
        Full(allowance=WARNINGS, until=soon),
        Full(allowance=BANS, until=soon),
        Full(allowance=BANS, until=later),
    ):
        await brakes.braked(make.message(), "strict", full)

    assert [lines[0].partition("come to ")[2].partition(" in ")[0] for _, lines in platform.told] == [
        "30 deletions an hour",
        "30 deletions an hour",
        "30 warnings an hour",
        "60 bans a day",
    ]


async def test_a_surge_is_told_with_what_was_usual() -> None:
    """The rule's name is made harmless; the place is left out where the room has one only."""
    brakes, platform = news()

    await brakes.surged(SURGE)
    await brakes.surged(SURGE)

    ((_, lines),) = platform.told
    assert lines[:2] == (
        f"⚪ {LINKS_NAMED} matched 44 messages this hour.",
        "In the 14 days before, mostly not more than 9 an hour.",
    )
    assert "cards" in lines[2]


async def test_a_surge_in_shadow_touched_nobody() -> None:
    """And a room that has several places is told which one it is."""
    brakes, platform = news("fake:second")

    await brakes.surged(Surge(which=LINKS, hour=make.NOON, messages=44, usually=0, days=1, touches=False))

    ((_, lines),) = platform.told
    assert " in \u2068fake:room\u2069 matched" in lines[0]
    assert lines[1:3] == (
        "In the day before, mostly not more than 0 an hour.",
        "It is in shadow: nobody was touched.",
    )


async def test_a_silence_is_told_once_a_day() -> None:
    """With how busy the rule was."""
    brakes, platform = news()

    for hours in (0, 5, 24):
        await brakes.silent(Silence(which=LINKS, at=make.NOON + timedelta(hours=hours), least=12))

    assert len(platform.told) == 2
    assert platform.told[0][1][0].endswith(" has matched nothing for 24 hours.")
    assert platform.told[0][1][1] == "On each of the 14 days before, at least 12 messages."
