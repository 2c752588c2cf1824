"""What is stored comes in order of time, each message once, with what was recognised in it, or is now."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

import pytest

from core.banks.banks import Banks
from core.case import Case, Choice, Decision, State, decided
from core.history import EVER, Before, History, Past
from core.keeping import Print, Sighting
from core.model import Account, Bank, Entry, Gap, Happening, Match, Place, Signal, Strength, Trust
from core.recall import salted
from core.text.prose import digest, folded, words
from tests import make
from tests.fake_banks import MemoryBanks
from tests.fake_prints import MemoryPrints
from tests.fakes import MemoryStore

LINK = "telegram:user/bluelantern"
PICTURE = "0f" * 32
SALT = partial(salted, "00" * 16)
OMAR = make.account("Omar", number=7)


@dataclass
class Counted:
    """Banks that count how often, and of how many signals, they are asked."""

    banks: Banks
    asked: list[int] = field(default_factory=list)

    async def match(self, signals: Sequence[Signal]) -> tuple[Match, ...]:
        """Pass the question on."""
        self.asked.append(len(signals))
        return await self.banks.match(signals)


@dataclass
class Stored:
    """A store in memory, and its history."""

    cases: MemoryStore = field(default_factory=MemoryStore)
    prints: MemoryPrints = field(default_factory=MemoryPrints)
    banks: MemoryBanks = field(default_factory=MemoryBanks)
    only: tuple[str, ...] | None = None

    async def history(self) -> History:
        """Give its history, with the banks as they are now."""
        self.known = Counted(Banks(self.banks, clock=lambda: make.NOON))
        await self.known.banks.start()
        return History(
            cases=self.cases,
            prints=self.prints,
            banks=self.known,
            lists=self.banks,
            salted=SALT,
            only=self.only,
        )

    async def case(
        self, number: int, *matches: Match, hours_ago: int = 0, gaps: tuple[Gap, ...] = ()
    ) -> Case:
        """Keep a message that became a case."""
        at = make.NOON - timedelta(hours=hours_ago)
        message = make.message(message_id=f"fake:room:{number}", at=at)
        return await self.cases.open(message, make.verdict(*matches, gaps=gaps), at=make.NOON)

    async def seen(
        self,
        number: int,
        *prints: Print,
        hours_ago: int = 0,
        place: str = "fake:room",
        forwarded: bool = False,
    ) -> None:
        """Remember a message."""
        one = Sighting(
            message_id=f"fake:room:{number}",
            place=place,
            author=SALT(make.account().id),
            at=make.NOON - timedelta(hours=hours_ago),
            url="https://chat.example/1",
            place_name="Kite Flyers",
            forwarded=forwarded,
            prints=frozenset(prints),
        )
        await self.prints.record([one])

    async def past(self, *, hours: int = 1000, place: str | None = None) -> list[Past]:
        """Go through all of it."""
        since = make.NOON - timedelta(hours=hours)
        return [one async for one in (await self.history()).since(since, place=place)]


async def test_messages_come_by_their_time_and_each_once() -> None:
    """Cases and what is remembered beside them, whatever the order in which they were kept."""
    stored = Stored()
    for number in (7 * n % 41 for n in range(1, 41)):
        await stored.seen(number, Print("link", f"fake:user/{number}"), hours_ago=number)
        if number % 3 == 0:
            await stored.case(number, hours_ago=number)

    found = await stored.past(hours=30)

    assert [one.message.id for one in found] == [f"fake:room:{n}" for n in range(30, 0, -1)]
    assert [bool(one.cases) for one in found] == [n % 3 == 0 for n in range(30, 0, -1)]


async def test_a_case_is_what_was_recognised_then_under_the_terms_of_now() -> None:
    """A list that may act leads to what it would lead to today; its entry need not be there any more."""
    stored, gap = Stored(), Gap(part="text", reason="odd")
    await stored.case(1, make.match(), gaps=(gap,))
    (before,) = await stored.past()
    await stored.banks.put_bank(Bank(name="community", trust=Trust.ACT))

    (past,) = await stored.past()

    assert before.matches == (make.match(),)
    assert past.matches == (make.match(trust=Trust.ACT),)
    assert (past.gaps, past.message) == ((gap,), make.message().bare())
    assert past.who == SALT(make.account().id)


async def test_the_cases_of_a_message_are_one_message() -> None:
    """All that was found in it, once; the last decision says whether it was dismissed, and by whom."""
    stored = Stored()
    other = make.match("fake:user/other")
    first = await stored.case(1, make.match())
    said = partial(Decision, at=make.NOON)
    await stored.cases.save(decided(first, said(moderator=OMAR, choice=Choice.DISMISS)))
    dismissed = await stored.past()
    second = await stored.case(1, make.match(), other)
    reopened = await stored.past()
    await stored.cases.save(decided(second, said(moderator=OMAR, choice=Choice.CONFIRM)))
    confirmed = await stored.past()

    assert [(one.dismissed, one.dismissed_by) for one in dismissed] == [(True, OMAR)]
    assert [(one.dismissed, one.matches) for one in reopened] == [(True, (make.match(), other))]
    assert [(one.dismissed, one.dismissed_by) for one in confirmed] == [(False, None)]


def test_who_dismissed_it_is_told_whatever_is_under_way_since() -> None:
    """A later case that somebody else holds is no dismissal; of an old one it may not be known who did."""
    said = partial(Decision, at=make.NOON)
    first = decided(make.case(), said(moderator=OMAR, choice=Choice.DISMISS))
    held = decided(make.case(case_id="8K4"), said(moderator=make.account("Dina"), choice=Choice.HOLD))
    unknown = make.case(state=State.DISMISSED)

    assert Past(message=first.message, cases=(first, held)).dismissed_by == OMAR
    assert Past(message=first.message, cases=(first, unknown)).dismissed_by == OMAR
    assert (Past(message=first.message, cases=(unknown,)).dismissed_by, unknown.history) == (None, ())


@pytest.mark.parametrize(
    ("state", "choice"), [(State.CONFIRMED, Choice.OVERTURN), (State.OPEN, Choice.DISMISS)]
)
async def test_a_granted_appeal_dismisses_as_well(state: State, choice: Choice) -> None:
    """The one who granted it is the one who dismissed it."""
    case = make.case(state=state)
    case = decided(case, Decision(moderator=OMAR, choice=choice, at=make.NOON))

    assert Past(message=case.message, cases=(case,)).dismissed_by == OMAR


@pytest.mark.parametrize(
    ("prints", "known"),
    [
        ((Print("link", LINK),), Entry(kind="link", value=LINK)),
        ((Print("sha256", "ab" * 32), Print("link", "fake:a")), Entry(kind="sha256", value="ab" * 32)),
        ((Print("pdq", "0f" * 31 + "0c"),), Entry(kind="pdq", value=PICTURE)),
        (
            (Print("text", digest(words(folded("The lantern is lit tonight. " * 4)))),),
            Entry(kind="text", value="The lantern is lit tonight. " * 4),
        ),
    ],
)
async def test_what_is_remembered_meets_the_banks_as_they_are_now(
    prints: tuple[Print, ...], known: Entry
) -> None:
    """A list that came later knows the message; its place, time and address are there, and no name."""
    stored = Stored()
    await stored.seen(1, *prints)
    await stored.seen(2, Print("link", "fake:user/other"), Print("pdq", "f0" * 32))
    before = await stored.past()
    await stored.banks.add("late", [known])

    one, other = await stored.past()

    assert [past.matches for past in before] == [(), ()]
    assert [match.entry.kind for match in one.matches] == [known.kind]
    assert {match.signal.part for match in one.matches} == {"earlier"}
    assert (one.message.author, one.message.place) == (Account(), Place(id="fake:room", name="Kite Flyers"))
    assert one.who == SALT(make.account().id)
    assert other.matches == ()


async def test_a_page_that_meets_nothing_is_one_question() -> None:
    """Each print is asked about once, and a message that meets something once more by itself."""
    stored = Stored()
    for number in range(1, 6):
        await stored.seen(number, Print("link", LINK if number == 3 else "fake:user/same"))
    await stored.banks.add("late", [Entry(kind="link", value=LINK)])
    history = await stored.history()

    found = [one async for one in history.since(EVER)]

    assert stored.known.asked == [2, 1]
    assert [len(one.matches) for one in found] == [0, 0, 1, 0, 0]


@pytest.mark.parametrize("forwarded", [True, False])
async def test_what_was_passed_on_is_not_its_senders_word(*, forwarded: bool) -> None:
    """A rule for own words is tried on a forward as it was judged."""
    stored = Stored()
    await stored.seen(1, Print("link", LINK), forwarded=forwarded)

    (past,) = await stored.past()

    assert past.message.forwarded is forwarded


async def test_one_place_alone_can_be_gone_through() -> None:
    """By its id, cases and what is remembered."""
    stored = Stored()
    await stored.case(1)
    await stored.seen(2, Print("link", "fake:a"), place="fake:other")
    await stored.seen(3, Print("link", "fake:a"))

    assert [one.message.id for one in await stored.past(place="fake:other")] == ["fake:room:2"]
    assert [one.message.id for one in await stored.past(place="fake:room")] == ["fake:room:1", "fake:room:3"]
    assert await stored.past(place="fake:nowhere") == []


async def test_what_says_nothing_about_a_message_is_left_out() -> None:
    """An account that only showed itself, and a card about what a list took back."""
    stored = Stored()
    await stored.seen(1)
    withdrawn = make.message(message_id="fake:bundle", happening=Happening.WITHDRAWN)
    await stored.cases.open(withdrawn, make.verdict(), at=make.NOON, about=("001",))

    assert await stored.past() == []


async def test_only_the_named_banks_count() -> None:
    """A match of another list is left out of its case; the case is there all the same."""
    stored = Stored(only=("mine",))
    await stored.case(1, make.match(), make.match("fake:user/other", bank="mine"))

    (past,) = await stored.past()

    assert [match.bank.name for match in past.matches] == ["mine"]


async def test_a_case_is_found_by_its_id() -> None:
    """By itself; what is no id finds nothing."""
    stored = Stored()
    case = await stored.case(1)
    history = await stored.history()

    found = await history.case(case.id)

    assert found is not None
    assert (found.cases, found.matches) == ((case,), case.verdict.matches)
    assert await history.case("nothing") is None


async def test_an_author_without_a_number_is_told_apart_by_the_public_name() -> None:
    """Some platforms give a name and no number; a number, where there is one, is who it is."""
    stored = Stored()
    whos = (("salted number", "salted name"), ("", "salted name"), ("", ""))
    for number, (author, handle) in enumerate(whos):
        at = make.NOON - timedelta(hours=9 - number)
        one = Sighting(
            message_id=f"fake:room:{number}",
            place="fake:room",
            author=author,
            handle=handle,
            at=at,
            prints=frozenset({Print("link", LINK)}),
        )
        await stored.prints.record([one])

    assert [past.who for past in await stored.past()] == ["salted number", "salted name", ""]


@dataclass
class Author:
    """Cases of several authors in two places, and what is known of one of them before a case."""

    stored: Stored = field(default_factory=Stored)

    async def case(
        self, number: int, match: Match, *, who: int = 1, place: str = "fake:room", hours_ago: int = 0
    ) -> Case:
        """Keep a message that became a case."""
        message = replace(
            make.message(message_id=f"{place}:{number}", at=make.NOON - timedelta(hours=hours_ago)),
            author=make.account(number=who),
            place=make.place(place_id=place),
        )
        return await self.stored.cases.open(message, make.verdict(match), at=make.NOON)

    async def before(self, case: Case, *, most: int | None = None) -> Before:
        """Give what is known."""
        history = await self.stored.history()
        past = await history.case(case.id)
        assert past is not None
        return await history.before(past, most=most)


async def test_an_author_s_earlier_finds_in_the_place_are_counted() -> None:
    """Not those of others, of elsewhere, of weak matches or of later; each message once, oldest first."""
    author, found = Author(), make.match()
    weak = replace(found, strength=Strength.WEAK)
    await author.case(1, found, hours_ago=9)
    await author.case(2, found, hours_ago=8, who=2)
    await author.case(3, found, hours_ago=7, place="fake:other")
    await author.case(4, weak, hours_ago=6)
    await author.case(5, found, hours_ago=5)
    case = await author.case(6, found, hours_ago=4)
    await author.case(7, found, hours_ago=3)

    before = await author.before(case)

    assert before.earlier == tuple(make.NOON - timedelta(hours=hours) for hours in (9, 5))
    assert (before.since, before.message) == (None, case.message)


@pytest.mark.parametrize(
    ("most", "hours", "since"), [(None, (5, 4, 2), None), (4, (5, 4, 2), None), (3, (4, 2), 4), (1, (2,), 2)]
)
async def test_the_latest_cases_are_looked_at_and_where_it_ended_is_told(
    most: int | None, hours: tuple[int, ...], since: int | None
) -> None:
    """A place with very many must not make anybody wait; where all were looked at, nothing was left out."""
    author, found = Author(), make.match()
    for number, hours_ago in enumerate((5, 4, 3, 2)):
        await author.case(number, found, hours_ago=hours_ago, who=2 if hours_ago == 3 else 1)
    case = await author.case(9, found)

    before = await author.before(case, most=most)

    assert before.earlier == tuple(make.NOON - timedelta(hours=one) for one in hours)
    assert before.since == (None if since is None else make.NOON - timedelta(hours=since))


async def test_when_an_author_came_in_is_known_from_the_case_of_it() -> None:
    """As the policy knew it: some platforms tell it with the joining only."""
    author = Author()
    joined = await author.case(1, make.match(), hours_ago=5)
    message = replace(joined.message, happening=Happening.JOINED)
    author.stored.cases.cases[joined.id] = replace(joined, message=message)
    case = await author.case(2, make.match())

    before = await author.before(case)

    assert before.message.author.since == make.NOON - timedelta(hours=5)


async def test_of_nobody_and_of_long_ago_nothing_counts() -> None:
    """Who has no identifier is not the others who have none; no rule counts further back than a year."""
    author = Author()
    await author.case(1, make.match(), hours_ago=24 * 367)
    case = await author.case(2, make.match())
    anonymous = [replace(one.message, author=Account(name="?")) for one in (case, case)]
    ids = []
    for n, message in enumerate(anonymous):
        kept = replace(message, id=f"fake:room:9{n}")
        ids.append(await author.stored.cases.open(kept, make.verdict(make.match()), at=make.NOON))

    assert (await author.before(case)).earlier == ()
    assert (await author.before(ids[1])).earlier == ()
