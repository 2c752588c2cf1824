"""The order of things: what was written first, then who wrote it; and nothing of either is lost."""

from dataclasses import dataclass, field, replace
from datetime import UTC

import pytest

from bots.introductions import Introductions, Look
from bots.kit import Kit
from core.engine import Engine
from core.errors import TryLater
from core.judge import Judge
from core.model import Attachment, Happening, Message, Text
from core.newcomers import Profile
from core.signals.accounts import Accounts
from tests import make
from tests.bots.telegram.house import Tray
from tests.fake_platform import Always, FakePlatform, KnownWords, Witness
from tests.fakes import Learned, MemoryNotes, MemoryStore

BIO = Text(text="kites", path="bio")
HELLO = make.message("hello")
JOINED = make.message(message_id="fake:room/joined-1", happening=Happening.JOINED)


@dataclass
class Desk:
    """Introductions with all they stand on, and what a profile shows.

    Attributes:
        looks: What each look gives, the last one again and again; an error is raised.
    """

    words: set[str] = field(default_factory=set)
    looks: list[Look | Exception] = field(default_factory=lambda: [Look(parts=(BIO,))])
    looked: int = 0

    def __post_init__(self) -> None:
        self.witness = Witness()
        self.store = MemoryStore()
        platforms = {"fake": FakePlatform()}
        judge = Judge(sources=[Accounts(), self.witness], banks=KnownWords(self.words), policy=Always())
        engine = Engine(
            judge=judge, store=self.store, own=Learned(), platforms=platforms, clock=lambda: make.NOON
        )
        self.kit = Kit(
            engine=engine,
            inbox=Tray(),
            desk=self.store,
            notes=MemoryNotes(),
            clock=lambda: make.NOON,
            zone=UTC,
        )
        self.introductions = Introductions(self.kit)

    def forget(self) -> None:
        """Lose every note, and begin anew."""
        self.introductions = Introductions(replace(self.kit, notes=MemoryNotes()))

    async def look(self) -> Look:
        """Give the next look."""
        self.looked += 1
        look = self.looks.pop(0) if len(self.looks) > 1 else self.looks[0]
        if isinstance(look, Exception):
            raise look
        return look

    async def receive(self, message: Message) -> None:
        """Receive a message of an account that shows itself as it does there."""
        profile = Profile(place=message.place, account=message.author)
        await self.introductions.receive(message, profile, self.look)

    @property
    def seen(self) -> list[Happening]:
        """What was judged, in order."""
        return [message.happening for message in self.witness.seen]


@pytest.mark.parametrize("happening", [Happening.POSTED, Happening.EDITED, Happening.REPORTED])
async def test_what_is_written_is_judged_before_its_author(happening: Happening) -> None:
    """The profile comes with what the look saw, in its place and at its time, and only once."""
    desk = Desk()

    await desk.receive(replace(HELLO, happening=happening))
    await desk.receive(replace(HELLO, happening=happening))

    assert desk.seen == [happening, Happening.PROFILE, happening]
    shown = desk.witness.seen[1]
    assert (shown.author, shown.place, shown.at) == (HELLO.author, HELLO.place, HELLO.at)
    assert (shown.parts, shown.url, desk.looked) == ((BIO,), HELLO.url, 1)


@pytest.mark.parametrize("problem", [TryLater("busy", after=1.0), LookupError("a shape nobody foresaw")])
async def test_a_profile_that_fails_keeps_no_message_back(problem: Exception) -> None:
    """The message was judged when the profile fails; it is delivered again, and then both are done."""
    desk = Desk(looks=[problem, Look()])

    with pytest.raises(type(problem)):
        await desk.receive(HELLO)
    await desk.receive(HELLO)
    await desk.receive(HELLO)

    posted = Happening.POSTED
    assert desk.seen == [posted, posted, Happening.PROFILE, posted]


async def test_a_join_is_judged_as_one_message_with_what_the_look_saw() -> None:
    """A part that came with the join is not doubled; the first words bring nothing new."""
    desk = Desk(looks=[Look(parts=(BIO, Attachment(ref="none", path="avatar")))])

    await desk.receive(replace(JOINED, parts=(BIO,)))
    await desk.receive(HELLO)

    assert desk.seen == [Happening.JOINED, Happening.POSTED]
    assert [part.path for part in desk.witness.seen[0].parts] == ["bio", "avatar"]


async def test_every_join_is_judged() -> None:
    """Whoever leaves and comes back is looked at again, by lists that may have grown."""
    desk = Desk()

    await desk.receive(JOINED)
    await desk.receive(JOINED)

    assert desk.seen == [Happening.JOINED, Happening.JOINED]


async def test_a_profile_that_was_not_shown_yet_stays_news() -> None:
    """After a join and after a message alike."""
    desk = Desk(looks=[Look(is_final=False), Look(is_final=False), Look()])

    for message in (JOINED, HELLO, HELLO, HELLO):
        await desk.receive(message)

    posted, shown = Happening.POSTED, Happening.PROFILE
    assert desk.seen == [Happening.JOINED, posted, shown, posted, shown, posted]


async def test_a_profile_alone_is_judged_if_it_is_news() -> None:
    """A platform's own word of a change."""
    desk = Desk()
    shown = Profile(place=HELLO.place, account=HELLO.author).message(at=make.NOON)

    await desk.receive(shown)
    await desk.receive(shown)

    assert desk.seen == [Happening.PROFILE]
    assert desk.witness.seen[0].id == shown.id


async def test_a_listed_author_is_not_shown_twice() -> None:
    """The message's case names the account already; a likeness to itself is no second case."""
    desk = Desk(words={HELLO.author.handle, HELLO.author.name})

    await desk.receive(HELLO)

    assert desk.seen == [Happening.POSTED]
    assert len(desk.store.cases) == 1


async def test_a_likeness_opens_one_case_however_often_it_is_judged() -> None:
    """Also when a process died between the judging and the note."""
    desk = Desk(words={HELLO.author.name})

    await desk.receive(HELLO)
    desk.forget()
    await desk.receive(HELLO)

    assert desk.seen == [Happening.POSTED, Happening.PROFILE] * 2
    assert len(desk.store.cases) == 1
