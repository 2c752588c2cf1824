"""What moderators decide is known from then on, and a dismissal never opens a door for somebody else."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.banks.banks import Banks
from core.banks.own import CONFIRMED, DISMISSED, Own
from core.case import Case, Choice, Decision, State, decided, opened
from core.model import Account, Bank, EntryState, Judgement, Match, Signal, Strength, Trust
from tests import make
from tests.fake_banks import MemoryBanks
from tests.fake_subscriptions import MemorySubscriptions

HASH = "0f" * 32
NEAR = f"{int(HASH, 16) ^ ((1 << 20) - 1):064x}"
"""20 bits from it: surely the same picture, altered; or another one that looks like it."""

LINK = Signal(kind="link", value="telegram:user/bluelantern", part="text")
SAME = Signal(kind="pdq", value=HASH, part="attachment[0]", quality=100)
LIKE = Signal(kind="pdq", value=NEAR, part="attachment[0]", quality=100)
FILE = Signal(kind="sha256", value="ab" * 32, part="attachment[0]")


class House:
    """A promoted list over a store, and what learns."""

    def __init__(self) -> None:
        """Build it."""
        self.store = MemoryBanks()
        self.banks = Banks(self.store, clock=lambda: make.NOON)
        self.said = MemorySubscriptions()
        self.own = Own(self.store, self.said, lambda: make.NOON)

    async def listed(self) -> None:
        """Put one of each kind on the list."""
        await self.store.put_bank(Bank(name="community", trust=Trust.ACT))
        entries = [make.entry(), make.entry(HASH, kind="pdq"), make.entry("ab" * 32, kind="sha256")]
        await self.store.add("community", entries)

    async def matches(self, *signals: Signal) -> tuple[Match, ...]:
        """Match signals against all that is known now."""
        await self.banks.refresh()
        return await self.banks.match(signals)

    async def decide(self, matches: Sequence[Match], *choices: Choice, author: Account | None = None) -> Case:
        """Have a case of these matches decided, and learn after each decision."""
        verdict = make.verdict(*matches)
        case = replace(opened("7K3", make.message(author=author), verdict, at=make.NOON), state=State.OPEN)
        for choice in choices:
            case = decided(
                case, Decision(moderator=make.account("Omar"), choice=choice, at=make.NOON, reason="seen")
            )
            await self.own.learn(case)
            await self.own.learn(case)
        return case


def told(matches: Sequence[Match]) -> set[tuple[str, Trust, Strength]]:
    """Say by which bank, with which trust, how surely."""
    return {(m.bank.name, m.bank.trust, m.strength) for m in matches}


@pytest.mark.parametrize("signal", [LINK, SAME, FILE], ids=lambda s: s.kind)
async def test_what_was_fine_here_is_shown_again_and_not_acted_upon(signal: Signal) -> None:
    """The item is the listed one: who posts it next is still shown, and nothing happens by itself."""
    house = House()
    await house.listed()

    await house.decide(await house.matches(signal), Choice.DISMISS)
    again = await house.matches(signal)

    assert told(again) == {("community", Trust.FLAG, Strength.SAME)}
    assert all(match.because.endswith("; dismissed here before") for match in again)


async def test_what_was_told_apart_is_no_match_again() -> None:
    """A picture that only looks like a listed one is known as itself, also when it is stored anew."""
    house = House()
    await house.listed()
    found = await house.matches(LIKE)

    await house.decide(found, Choice.DISMISS)
    stored_anew = replace(LIKE, value=f"{int(NEAR, 16) ^ (7 << 100):064x}")
    farther = replace(LIKE, value=f"{int(HASH, 16) ^ (((1 << 20) - 1) << 200):064x}")

    assert told(found) == {("community", Trust.ACT, Strength.STRONG)}
    assert await house.matches(LIKE) == ()
    assert await house.matches(stored_anew) == ()
    assert told(await house.matches(farther)) == {("community", Trust.ACT, Strength.STRONG)}
    assert told(await house.matches(SAME)) == {("community", Trust.ACT, Strength.SAME)}


async def test_an_undone_dismissal_is_forgotten() -> None:
    """After the undo everything is as it was, and the two banks are empty."""
    house = House()
    await house.listed()

    await house.decide(await house.matches(LINK), Choice.DISMISS, Choice.UNDO)

    assert told(await house.matches(LINK)) == {("community", Trust.ACT, Strength.SAME)}
    assert [e async for e in house.store.entries(DISMISSED)] == []


async def test_what_was_confirmed_is_known_when_its_list_takes_it_back() -> None:
    """This community's word stands above a list's, and a policy may act on it."""
    house = House()
    await house.listed()
    found = await house.matches(LINK, SAME, FILE)

    await house.decide(found, Choice.CONFIRM)
    await house.store.remove("community", value=LINK.value)
    await house.store.add("community", [make.entry(HASH, kind="pdq", ref="x")])

    assert told(await house.matches(LINK)) == {(CONFIRMED, Trust.ACT, Strength.SAME)}
    (entry,) = [m.entry for m in await house.matches(LINK)]
    assert (entry.ref, entry.label, entry.reason, entry.state) == (
        "case 7K3",
        "confirmed",
        "seen",
        EntryState.ACTIVE,
    )


async def test_dismissed_here_stands_above_confirmed_here() -> None:
    """An appeal that was granted takes the confirmation back and says so of every list."""
    house = House()
    await house.listed()

    await house.decide(await house.matches(LINK), Choice.CONFIRM, Choice.OVERTURN)

    assert told(await house.matches(LINK)) == {("community", Trust.FLAG, Strength.SAME)}


async def test_a_confirmed_mirror_is_a_known_account() -> None:
    """Both of its identifiers; its display name says nothing about the next one who bears it."""
    house = House()
    mirror = make.account("Blue Lantern", number=77)
    likeness = replace(make.match("Blue Lantern", kind="profile", strength=Strength.STRONG))

    await house.decide([likeness], Choice.CONFIRM, author=mirror)
    sent = Signal(kind="account", value=mirror.id, part="author")

    assert told(await house.matches(sent)) == {(CONFIRMED, Trust.ACT, Strength.SAME)}
    assert {e.value async for e in house.store.entries(CONFIRMED)} == {mirror.id, mirror.handle}


async def test_a_dismissed_likeness_is_about_the_account_and_not_about_its_name() -> None:
    """The same member is not shown again; somebody else of the same name is."""
    house = House()
    member, other = make.account("Blue Lantern", number=77), make.account("Blue Lantern", number=78)
    known = replace(make.entry("telegram:user/bluelantern"), name="Blue Lantern", avatar=HASH)
    await house.store.add("community", [known])

    def shown(account: Account) -> tuple[Signal, ...]:
        return (
            Signal(kind="profile", value=account.name, part="author.name"),
            Signal(kind="account", value=account.id, part="author"),
            Signal(kind="pdq", value=HASH, part="avatar", quality=100),
        )

    found = [m for m in await house.matches(*shown(member)) if m.signal.kind == "profile"]
    await house.decide(found, Choice.DISMISS, author=member)

    assert found
    assert [m for m in await house.matches(*shown(member)) if m.signal.kind == "profile"] == []
    assert [m for m in await house.matches(*shown(other)) if m.signal.kind == "profile"]


async def test_a_picture_that_says_nothing_is_not_learned() -> None:
    """A flat picture's hash is met by every other flat picture."""
    house = House()
    flat = replace(make.match(HASH, kind="pdq"), signal=replace(SAME, quality=10))

    await house.decide([flat], Choice.CONFIRM)

    assert await house.store.bank(CONFIRMED) is None


async def test_how_far_own_decisions_are_trusted_is_the_admins_to_say() -> None:
    """The bank is made once; whoever trusts it less is not overruled by the next decision."""
    house = House()
    await house.listed()
    await house.decide(await house.matches(LINK), Choice.CONFIRM)
    await house.store.put_bank(Bank(name=CONFIRMED, trust=Trust.FLAG))

    await house.decide(await house.matches(FILE), Choice.CONFIRM)

    made = await house.store.bank(CONFIRMED)
    assert made
    assert made.trust is Trust.FLAG


@pytest.mark.parametrize(
    ("signal", "choice", "judgement"),
    [
        (LINK, Choice.CONFIRM, Judgement.CONFIRMED),
        (LIKE, Choice.CONFIRM, Judgement.CONFIRMED),
        (LINK, Choice.DISMISS, Judgement.DISPUTED),
        (LIKE, Choice.DISMISS, Judgement.FALSE_POSITIVE),
    ],
)
async def test_what_is_decided_is_an_opinion_about_the_lists_entry(
    signal: Signal, choice: Choice, judgement: Judgement
) -> None:
    """Kept with its reason, sent by nobody, and taken back with the decision."""
    house = House()
    await house.listed()
    found = await house.matches(signal)

    await house.decide(found, choice)
    (opinion,) = await house.said.opinions("community")
    await house.decide(found, choice, Choice.UNDO)

    assert (opinion.judgement, opinion.reason, opinion.by) == (judgement, "seen", "Omar")
    assert (opinion.kind, opinion.value) == (found[0].entry.kind, found[0].entry.value)
    assert opinion.sent_at is None
    assert await house.said.opinions("community") == ()


async def test_about_what_was_decided_here_there_is_no_opinion() -> None:
    """The community's own banks have nobody to tell."""
    house = House()
    await house.listed()
    await house.decide(await house.matches(LINK), Choice.CONFIRM)
    await house.store.remove("community", value=LINK.value)

    await house.decide(await house.matches(LINK), Choice.CONFIRM)

    assert await house.said.opinions(CONFIRMED) == ()
