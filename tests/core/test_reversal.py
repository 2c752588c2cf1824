"""When a list takes an entry back, what it led to comes before moderators as one case, and can be undone."""

from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from core.banks.own import Own
from core.case import Case, Choice, Decision, State
from core.engine import Engine
from core.errors import PlatformError, TryLater
from core.judge import Judge
from core.model import ActionKind, Bank, EntryState, Happening, Notice, Status, Telling, Trust
from core.reversal import REVERSED, Reversal
from tests import make
from tests.fake_banks import MemoryBanks
from tests.fake_platform import Always, FakePlatform, KnownWords, Words
from tests.fake_subscriptions import MemorySubscriptions
from tests.fakes import MemoryNotes, MemoryStore

LINK = "telegram:user/bluelantern"
OTHER = "telegram:user/redlantern"
BAN = (ActionKind.REPORT, ActionKind.DELETE, ActionKind.BAN)
OMAR = make.account("Omar", number=7)


@dataclass
class House:
    """An engine whose policy bans, and a reversal over the same cases and lists."""

    actions: tuple[ActionKind, ...] = BAN
    banks: MemoryBanks = field(default_factory=MemoryBanks)
    notes: MemoryNotes = field(default_factory=MemoryNotes)
    platform: FakePlatform = field(default_factory=FakePlatform)
    store: MemoryStore = field(default_factory=lambda: MemoryStore(rooms={"fake:room": "fake:moderators"}))

    def __post_init__(self) -> None:
        """Build it."""
        judge = Judge(sources=[Words()], banks=KnownWords({LINK, OTHER}), policy=Always(self.actions))
        self.engine = Engine(
            judge=judge,
            store=self.store,
            own=Own(self.banks, MemorySubscriptions(), _noon),
            platforms={"fake": self.platform},
            clock=_noon,
        )
        self.reversal = Reversal(
            store=self.banks, cases=self.store, notes=self.notes, engine=self.engine, clock=_noon
        )

    async def listed(self, *values: str, bank: str = "community") -> None:
        """List links, on the list that the judge knows."""
        await self.banks.put_bank(Bank(name=bank, trust=Trust.ACT))
        await self.banks.add(bank, [make.entry(value) for value in values])
        await self.reversal.once()

    async def posted(self, text: str, number: int = 1) -> Case:
        """Have somebody post words."""
        author = make.account(f"Member {number}", number=number)
        case = await self.engine.receive(make.message(text, message_id=f"fake:room:{number}", author=author))
        assert case
        return case

    async def taken_back(self, value: str, *, bank: str = "community") -> int:
        """Have the list take an entry back, and follow."""
        await self.banks.add(bank, [replace(make.entry(value), state=EntryState.WITHDRAWN)])
        return await self.reversal.once()

    @property
    def bundles(self) -> list[Case]:
        """The bundles, as last saved."""
        return [case for case in self.store.cases.values() if case.about]

    def say(self, choice: Choice) -> Decision:
        """Give Omar's decision."""
        return Decision(moderator=OMAR, choice=choice, at=make.NOON)

    @property
    def others(self) -> list[Case]:
        """The cases that are no bundles, as last saved."""
        return [case for case in self.store.cases.values() if not case.about]


def _noon() -> datetime:
    return make.NOON


async def test_all_that_an_entry_led_to_is_one_case_for_a_place() -> None:
    """Who did what then is told, and nothing is undone by itself."""
    house = House()
    await house.listed(LINK, OTHER)
    cases = [await house.posted(LINK, 1), await house.posted(LINK, 2), await house.posted(OTHER, 3)]

    bundles = await house.taken_back(LINK)

    (bundle,) = house.bundles
    assert bundles == 1
    assert bundle.about == (cases[0].id, cases[1].id)
    assert bundle.message.happening is Happening.WITHDRAWN
    assert bundle.verdict.matches[0].because == (
        f"the list took it back; in case {cases[0].id} it led to:"
        " delete by policy always, ban by policy always"
    )
    assert len(house.platform.cards) == 4
    assert ActionKind.UNBAN not in [a.kind for a in house.platform.performed]


async def test_one_decision_undoes_all_of_it_and_the_other_leaves_it() -> None:
    """Each case is released in the moderator's name; what was undone teaches that the use was fine."""
    undone, left = House(), House()
    for house, choice in ((undone, Choice.CONFIRM), (left, Choice.DISMISS)):
        await house.listed(LINK)
        await house.posted(LINK, 1)
        confirmed = await house.posted(LINK, 2)
        await house.engine.decide(confirmed.id, house.say(Choice.CONFIRM))
        await house.taken_back(LINK)
        await house.engine.decide(house.bundles[0].id, house.say(choice))

    assert [a.kind for a in undone.platform.performed].count(ActionKind.UNBAN) == 2
    assert {case.state for case in undone.others} == {State.DISMISSED}
    assert {case.history[-1].reason for case in undone.others} == {
        f"taken back by its list, see case {undone.bundles[0].id}"
    }
    assert [a.kind for a in left.platform.performed].count(ActionKind.UNBAN) == 0
    assert {tuple(a.kind for a in case.standing) for case in left.others} == {
        (ActionKind.DELETE, ActionKind.BAN)
    }


async def test_what_another_list_still_knows_stands() -> None:
    """One ground is enough; without the last one it comes up."""
    house = House()
    await house.listed(LINK, OTHER)
    await house.posted(f"{LINK} {OTHER}")

    first = await house.taken_back(LINK)
    second = await house.taken_back(OTHER)

    assert (first, second) == (0, 1)


@pytest.mark.parametrize("actions", [(ActionKind.REPORT,), ()])
async def test_where_nothing_was_done_there_is_nothing_to_undo(actions: tuple[ActionKind, ...]) -> None:
    """A case that was only shown is the moderators' already."""
    house = House(actions=actions)
    await house.listed(LINK)
    await house.engine.receive(make.message(LINK))

    assert await house.taken_back(LINK) == 0


async def test_a_removed_entry_is_taken_back_too_and_a_restart_brings_nothing_twice() -> None:
    """However it went; the same changes followed again give the same case."""
    house = House()
    await house.listed(LINK)
    await house.posted(LINK)

    await house.banks.remove("community", value=LINK)
    first = await house.reversal.once()
    again = await house.reversal.once()
    await house.notes.keep(REVERSED, "0")
    await house.reversal.once()

    assert (first, again) == (1, 0)
    assert len(house.bundles) == 1
    assert [len(shown) for card, shown in house.platform.cards.items() if shown[0].about] == [1]


async def test_what_was_undone_already_is_not_brought_up() -> None:
    """A moderator was faster than the list."""
    house = House()
    await house.listed(LINK)
    case = await house.posted(LINK)
    await house.engine.decide(case.id, house.say(Choice.DISMISS))

    assert await house.taken_back(LINK) == 0


async def test_a_bundle_teaches_nothing_itself() -> None:
    """That everything was undone says something of the cases, and nothing of the bundle."""
    house = House()
    await house.listed(LINK)
    await house.posted(LINK)
    await house.taken_back(LINK)

    await house.engine.decide(house.bundles[0].id, house.say(Choice.CONFIRM))

    assert [e async for e in house.banks.entries("own_confirmed")] == []


async def test_a_busy_platform_is_asked_again() -> None:
    """The bundle is decided; what could not be undone at once follows, and is told only then."""
    house = House()
    await house.listed(LINK)
    await house.posted(LINK)
    await house.taken_back(LINK)
    house.platform.refusals[ActionKind.UNBAN].append(TryLater("busy", after=1))

    await house.engine.decide(house.bundles[0].id, house.say(Choice.CONFIRM))
    before = [a.kind for a in house.platform.performed]
    await house.engine.resume()

    after = [a.kind for a in house.platform.performed][len(before) :]
    assert not {ActionKind.UNBAN, ActionKind.NOTIFY} & set(before)
    assert after == [ActionKind.UNBAN, ActionKind.NOTIFY]


async def test_whoever_it_was_done_to_is_told_once_that_it_was_taken_back() -> None:
    """After the ban is lifted, in every case of the bundle; leaving it as it is tells nobody."""
    undone, left = House(), House()
    for house, choice in ((undone, Choice.CONFIRM), (left, Choice.DISMISS)):
        await house.listed(LINK)
        await house.posted(LINK, 1)
        await house.posted(LINK, 2)
        await house.taken_back(LINK)
        await house.engine.decide(house.bundles[0].id, house.say(choice))
        await house.engine.resume()

    performed = [action for action in undone.platform.performed if action.kind is not ActionKind.REPORT]
    assert [a.kind for a in performed[-4:]] == [ActionKind.UNBAN, ActionKind.NOTIFY] * 2
    assert [a.notice for a in performed if a.notice] == [
        Notice(telling=Telling.REVERSAL, deeds=(ActionKind.DELETE, ActionKind.BAN), by_person=True)
    ] * 2
    assert ActionKind.NOTIFY not in [a.kind for a in left.platform.performed]


async def test_a_warning_is_taken_back_too() -> None:
    """It was the only thing that was done, and it stood."""
    house = House(actions=(ActionKind.REPORT, ActionKind.WARN))
    await house.listed(LINK)
    await house.posted(LINK)

    bundles = await house.taken_back(LINK)
    await house.engine.decide(house.bundles[0].id, house.say(Choice.CONFIRM))

    assert bundles == 1
    assert [a.notice.telling for a in house.platform.performed if a.notice] == [
        Telling.DECISION,
        Telling.REVERSAL,
    ]


async def test_a_member_who_cannot_be_told_is_not_written_to_for_ever() -> None:
    """The notice failed, the case's card says so, and nothing waits."""
    house = House()
    await house.listed(LINK)
    await house.posted(LINK)
    await house.taken_back(LINK)
    house.platform.refusals[ActionKind.NOTIFY].append(PlatformError("nobody can be written to"))

    await house.engine.decide(house.bundles[0].id, house.say(Choice.CONFIRM))

    (case,) = house.others
    assert [a.note for a in case.actions if a.status is Status.FAILED] == ["nobody can be written to"]
    assert await house.engine.resume() == 0
