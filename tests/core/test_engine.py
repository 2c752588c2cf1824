"""The engine saves before it acts, acts once, and goes on where it was."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from core.case import Choice, Decision, State
from core.engine import Engine
from core.errors import BadInput, Gone, NotPermitted, TryLater, WrongChoice
from core.judge import Judge
from core.model import Account, ActionKind, Status
from tests import make
from tests.fake_platform import Always, FakePlatform, KnownWords, Words
from tests.fakes import Learned, MemoryStore

OMAR = make.account("Omar", number=7)
BANNED = "telegram:user/bluelantern"


@dataclass
class House:
    """An engine with all it stands on."""

    platform: FakePlatform = field(default_factory=FakePlatform)
    store: MemoryStore = field(default_factory=lambda: MemoryStore(rooms={"fake:room": "fake:moderators"}))
    learned: Learned = field(default_factory=Learned)
    actions: tuple[ActionKind, ...] = (ActionKind.REPORT,)
    now: datetime = make.NOON

    def __post_init__(self) -> None:
        """Build the engine."""
        judge = Judge(sources=[Words()], banks=KnownWords({BANNED, "other"}), policy=Always(self.actions))
        self.engine = Engine(
            judge=judge,
            store=self.store,
            own=self.learned,
            platforms={"fake": self.platform},
            clock=lambda: self.now,
        )


def say(choice: Choice, *actions: ActionKind) -> Decision:
    """Give Omar's decision."""
    return Decision(moderator=OMAR, choice=choice, at=make.NOON, actions=actions)


async def test_an_ordinary_message_leaves_no_trace() -> None:
    """No case, no card, nothing performed."""
    house = House()

    assert await house.engine.receive(make.message("the kites fly high")) is None
    assert house.store.cases == {}
    assert house.platform.cards == {}


async def test_a_match_becomes_one_case_and_one_card_however_often_it_arrives() -> None:
    """The same message twice gives the same case and no second card."""
    house = House()

    first = await house.engine.receive(make.message(f"join {BANNED}"))
    second = await house.engine.receive(make.message(f"join {BANNED}"))

    assert first
    assert second
    assert first.id == second.id
    assert [len(shown) for shown in house.platform.cards.values()] == [1]


async def test_the_same_message_twice_at_once_acts_once() -> None:
    """Two deliveries of one message at the same time give one deletion and one card."""
    house = House(actions=(ActionKind.DELETE, ActionKind.REPORT))

    async with asyncio.TaskGroup() as group:
        for _ in range(5):
            group.create_task(house.engine.receive(make.message(BANNED)))

    assert [a.kind for a in house.platform.performed] == [ActionKind.DELETE]
    assert [len(shown) for shown in house.platform.cards.values()] == [1]


async def test_actions_come_before_the_card_so_that_it_tells_what_was_done() -> None:
    """The first card already knows that the message was deleted."""
    house = House(actions=(ActionKind.REPORT, ActionKind.DELETE))

    await house.engine.receive(make.message(BANNED))

    (shown,) = house.platform.cards.values()
    assert [a.status for a in shown[0].actions if a.kind is ActionKind.DELETE] == [Status.DONE]


async def test_an_edit_that_adds_something_brings_the_card_up_to_date() -> None:
    """A second match on the same message joins its case."""
    house = House()
    await house.engine.receive(make.message(BANNED))

    case = await house.engine.receive(make.message(f"{BANNED} other"))

    assert case
    assert len(case.verdict.matches) == 2
    assert [len(shown) for shown in house.platform.cards.values()] == [2]


async def test_an_edit_after_the_decision_opens_a_case_of_its_own() -> None:
    """What was dismissed stays dismissed; what came later is looked at anew."""
    house = House()
    first = await house.engine.receive(make.message(BANNED))
    assert first
    await house.engine.decide(first.id, say(Choice.DISMISS))

    second = await house.engine.receive(make.message(f"{BANNED} other"))

    assert second
    assert second.id != first.id
    assert second.state is State.OPEN


async def test_a_moderators_own_message_is_only_reported() -> None:
    """A policy that deletes does not delete what a moderator posted."""
    house = House(actions=(ActionKind.DELETE, ActionKind.REPORT))
    author = make.account("Omar", number=7)
    house.platform.moderators.add(author.id)

    await house.engine.receive(make.message(BANNED, author=author))

    assert house.platform.performed == []
    assert len(house.platform.cards) == 1


async def test_nobody_is_asked_for_rights_where_nothing_would_be_done() -> None:
    """Who wrote it matters to what acts only; nobody asks about every report."""

    class Unasked(FakePlatform):
        async def moderates(self, account: str, place: str) -> bool:
            """Refuse to be asked."""
            raise AssertionError(account)

    house = House(platform=Unasked())

    await house.engine.receive(make.message(BANNED))

    assert len(house.platform.cards) == 1


async def test_a_decision_is_carried_out_and_shown_on_the_card() -> None:
    """Delete and ban happen once each, and the card tells who decided."""
    house = House()
    case = await house.engine.receive(make.message(BANNED))
    assert case

    await house.engine.decide(case.id, say(Choice.CONFIRM, ActionKind.DELETE, ActionKind.BAN))

    (shown,) = house.platform.cards.values()
    assert [a.kind for a in house.platform.performed] == [ActionKind.DELETE, ActionKind.BAN]
    assert shown[-1].state is State.CONFIRMED
    assert shown[-1].history[-1].moderator == OMAR


async def test_a_second_tap_changes_nothing() -> None:
    """The table refuses it, and nothing is performed again."""
    house = House()
    case = await house.engine.receive(make.message(BANNED))
    assert case
    await house.engine.decide(case.id, say(Choice.CONFIRM, ActionKind.BAN))

    with pytest.raises(WrongChoice):
        await house.engine.decide(case.id, say(Choice.CONFIRM, ActionKind.BAN))

    assert [a.kind for a in house.platform.performed] == [ActionKind.BAN]


async def test_ten_taps_at_once_are_one_decision() -> None:
    """One of them is taken, nine are refused, one ban is performed."""
    house = House()
    case = await house.engine.receive(make.message(BANNED))
    assert case
    refused = 0

    async def tap() -> None:
        nonlocal refused
        try:
            await house.engine.decide(case.id, say(Choice.CONFIRM, ActionKind.BAN))
        except WrongChoice:
            refused += 1

    async with asyncio.TaskGroup() as group:
        for _ in range(10):
            group.create_task(tap())

    assert refused == 9
    assert [a.kind for a in house.platform.performed] == [ActionKind.BAN]


async def test_undoing_gives_back_what_can_be_given_back() -> None:
    """The ban is lifted; the card has the whole course."""
    house = House()
    case = await house.engine.receive(make.message(BANNED))
    assert case
    await house.engine.decide(case.id, say(Choice.CONFIRM, ActionKind.DELETE, ActionKind.BAN))

    after = await house.engine.decide(case.id, say(Choice.UNDO))

    assert [a.kind for a in house.platform.performed][-1] is ActionKind.UNBAN
    assert after.state is State.OPEN


async def test_a_missing_right_stands_on_the_card() -> None:
    """The refusal is kept in the platform's words, and the rest is still done."""
    house = House()
    house.platform.refusals[ActionKind.DELETE].append(NotPermitted("the bot may not delete messages here"))
    case = await house.engine.receive(make.message(BANNED))
    assert case

    after = await house.engine.decide(case.id, say(Choice.CONFIRM, ActionKind.DELETE, ActionKind.BAN))

    delete, ban = (a for a in after.actions if a.kind in (ActionKind.DELETE, ActionKind.BAN))
    assert (delete.status, delete.note) == (Status.FAILED, "the bot may not delete messages here")
    assert ban.status is Status.DONE


async def test_a_message_that_is_gone_already_counts_as_deleted() -> None:
    """Its author was faster: there is nothing left to do, and nothing failed."""
    house = House()
    house.platform.refusals[ActionKind.DELETE].append(Gone("the message was deleted already"))
    case = await house.engine.receive(make.message(BANNED))
    assert case

    after = await house.engine.decide(case.id, say(Choice.CONFIRM, ActionKind.DELETE))

    (delete,) = (a for a in after.actions if a.kind is ActionKind.DELETE)
    assert (delete.status, delete.note) == (Status.DONE, "the message was deleted already")


async def test_a_busy_platform_is_asked_again_and_the_card_tells_the_end() -> None:
    """The decision is saved at once; the ban follows with `resume`, once, and the card is shown again."""
    house = House()
    case = await house.engine.receive(make.message(BANNED))
    assert case
    house.platform.refusals[ActionKind.BAN].append(TryLater("slow down", after=3))

    with pytest.raises(TryLater, match="slow down"):
        await house.engine.decide(case.id, say(Choice.CONFIRM, ActionKind.BAN))
    left = await house.engine.resume()

    (shown,) = house.platform.cards.values()
    assert left == 0
    assert [a.kind for a in house.platform.performed] == [ActionKind.BAN]
    assert [[a.status for a in c.actions if a.kind is ActionKind.BAN] for c in shown[-2:]] == [
        [Status.PROPOSED],
        [Status.DONE],
    ]


async def test_a_case_waits_for_its_room_and_is_shown_once_one_is_bound() -> None:
    """Nothing found before the binding is lost."""
    house = House()
    house.store.rooms.clear()
    await house.engine.receive(make.message(BANNED))
    assert house.platform.cards == {}

    await house.store.bind("fake:room", "fake:moderators")
    await house.engine.resume()

    assert len(house.platform.cards) == 1


async def test_a_room_that_refuses_the_card_fails_it_once_and_says_so() -> None:
    """The card is not tried for ever; the case is kept with the reason."""
    house = House()
    house.platform.refusals[ActionKind.REPORT].append(NotPermitted("the bot may not write there"))

    case = await house.engine.receive(make.message(BANNED))

    assert case
    assert [(a.status, a.note) for a in case.actions] == [(Status.FAILED, "the bot may not write there")]
    assert await house.engine.resume() == 0


async def test_what_another_worker_is_at_is_left_to_it_until_its_lease_ends() -> None:
    """Nothing is performed twice by two workers; a dead worker's case is taken over."""
    house = House()
    case = await house.store.open(make.message(BANNED), make.verdict(), at=make.NOON)
    other = house.store.beside("other")
    assert await other.lease(case.id, now=make.NOON, until=make.NOON + timedelta(seconds=60))

    await house.engine.resume()
    before = len(house.platform.cards)
    house.now = make.NOON + timedelta(seconds=61)
    await house.engine.resume()

    assert (before, len(house.platform.cards)) == (0, 1)


async def test_a_decision_on_no_case_is_refused_in_words() -> None:
    """A case number that does not exist is the caller's mistake."""
    with pytest.raises(BadInput, match="there is no case ZZZ"):
        await House().engine.decide("ZZZ", say(Choice.DISMISS))


async def test_what_is_decided_is_learned_from_the_saved_case_and_once_more_after_a_crash() -> None:
    """Nothing is learned before a decision; whoever was too late teaches nothing."""
    house = House()
    case = await house.engine.receive(make.message(BANNED))
    assert case
    before = list(house.learned.told)

    house.platform.refusals[ActionKind.REPORT].append(TryLater("busy", after=1))
    with pytest.raises(TryLater):
        await house.engine.decide(case.id, say(Choice.CONFIRM))
    with pytest.raises(WrongChoice):
        await house.engine.decide(case.id, say(Choice.DISMISS))
    await house.engine.resume()
    await house.engine.decide(case.id, say(Choice.UNDO))

    assert before == []
    assert [state for _, state in house.learned.told] == [State.CONFIRMED, State.CONFIRMED, State.OPEN]


async def test_warnings_are_counted_in_the_notice() -> None:
    """Each message of the same member warns once more; another member's first warning is their first."""
    house = House(actions=(ActionKind.WARN, ActionKind.REPORT))
    authors = [make.account(), make.account(), make.account("Bilal", number=8), Account()]
    for number, author in enumerate(authors):
        await house.engine.receive(make.message(BANNED, message_id=f"fake:room:{number}", author=author))

    assert [a.notice.warnings for a in house.platform.performed if a.notice] == [1, 2, 1, 1]
