"""What the bot says about itself is said once in each room."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.announcing import PATIENCE, REMEMBERED, Announcer
from core.errors import NotPermitted, TryLater
from core.model import ActionKind
from core.ports import Platform
from tests import make
from tests.fake_platform import FakePlatform
from tests.fakes import MemoryNotes, MemoryStore

ROOMS = {"fake:kites": "fake:desk", "fake:lanterns": "fake:desk", "fake:papers": "fake:other"}


@dataclass
class Scene:
    """Three places with two rooms."""

    platform: FakePlatform = field(default_factory=FakePlatform)
    notes: MemoryNotes = field(default_factory=MemoryNotes)
    now: datetime = make.NOON

    def announcer(self) -> Announcer:
        """Give one worker's announcer."""
        rooms = MemoryStore(rooms=dict(ROOMS))
        return Announcer(rooms, self.notes, {"fake": self.platform}, lambda: self.now)


async def test_every_room_is_told_once_whoever_says_it() -> None:
    """Two workers say the same thing; a room that serves two places hears it once."""
    scene = Scene()

    said = [await scene.announcer()("policy/7", ["changed", "see"]) for _ in range(2)]

    assert said == [2, 0]
    assert sorted(scene.platform.told) == [
        ("fake:desk", ("changed", "see")),
        ("fake:other", ("changed", "see")),
    ]


async def test_other_news_is_told_and_places_narrow_who_hears_it() -> None:
    """The key tells news apart; a place without a room, or of another platform, is passed over."""
    scene = Scene()
    announce = scene.announcer()
    await announce("policy/7", ["changed"], places=["fake:papers", "fake:nowhere", "irc:kites"])
    await announce("policy/8", ["again"], places=["fake:papers"])

    assert scene.platform.told == [("fake:other", ("changed",)), ("fake:other", ("again",))]


async def test_what_a_busy_platform_does_not_take_is_said_later() -> None:
    """The others hear it now; the room that did not, once it can, and for an hour at most."""
    scene = Scene()
    scene.platform.refusals[ActionKind.NOTIFY] += [TryLater("busy", after=1.0)] * 2
    announce = scene.announcer()

    first = await announce("policy/7", ["changed"], places=["fake:kites"])
    await announce.again()
    silent = list(scene.platform.told)
    await announce.again()
    await announce.again()

    assert (first, silent) == (0, [])
    assert scene.platform.told == [("fake:desk", ("changed",))]

    scene.platform.refusals[ActionKind.NOTIFY] += [TryLater("busy", after=1.0)]
    await announce("policy/8", ["too late"])
    scene.now += PATIENCE + timedelta(minutes=1)
    await announce.again()

    assert [lines for _, lines in scene.platform.told if lines == ("too late",)] == [("too late",)]


async def test_a_room_that_may_not_be_written_in_is_given_up() -> None:
    """Nobody mends it by asking again; the other room hears it."""
    scene = Scene()
    scene.platform.refusals[ActionKind.NOTIFY].append(NotPermitted("no"))
    announce = scene.announcer()

    said = await announce("policy/7", ["changed"])
    await announce.again()

    assert said == 1
    assert len(scene.platform.told) == 1


async def test_what_is_said_before_a_platform_is_there_waits_for_it() -> None:
    """A process learns at its start that its file is broken; it is connected only later."""
    scene = Scene()
    platforms = dict[str, Platform]()
    rooms = MemoryStore(rooms=dict(ROOMS))
    announce = Announcer(rooms, scene.notes, platforms, lambda: scene.now)

    early = await announce("refused/x", ["broken"])
    platforms["fake"] = scene.platform
    await announce.again()

    assert early == 0
    assert len(scene.platform.told) == 2


async def test_what_was_said_long_ago_is_forgotten() -> None:
    """Notes do not pile up: those older than two months go when something new is said."""
    scene = Scene()
    await scene.announcer()("policy/7", ["changed"])
    scene.now += REMEMBERED + timedelta(days=1)

    await scene.announcer()("policy/8", ["changed"])

    assert sorted(scene.notes.notes) == ["announced/fake:desk/policy/8/", "announced/fake:other/policy/8/"]


async def test_what_waits_takes_nothing_back_that_begins_alike() -> None:
    """That the first news could not be said yet does not have the tenth said twice."""
    scene = Scene()
    places = ["fake:kites"]
    await scene.announcer()("policy/10", ["tenth"], places=places)
    scene.platform.refusals[ActionKind.NOTIFY] += [TryLater("busy", after=1.0)]
    await scene.announcer()("policy/1", ["first"], places=places)

    await scene.announcer()("policy/10", ["tenth"], places=places)

    assert scene.platform.told == [("fake:desk", ("tenth",))]
