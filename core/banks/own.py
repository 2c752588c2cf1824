"""What this community said itself, as two banks of its own: what was confirmed here, what was dismissed.

What was confirmed is known from then on, whatever its list becomes, and a policy may act on it. A dismissal
says one of two things, and which one is told by the match. Where something was only like a listed item, it
was told apart from it: the same thing is no match again. Where it was that item itself, its use here was
fine: the item may be shown to moderators again, and nothing is done about it without them. So a journalist's
post that was let stand does not open the door for whoever posts the same thing later.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from core.banks.index import Hit
from core.banks.sentences import SAME_BITS
from core.case import Case, State
from core.keeping import BankStore, Subscriptions
from core.model import Bank, Entry, Judgement, Match, Opinion, Signal, Strength, Trust
from core.view import MIN_QUALITY

CONFIRMED: Final = "own_confirmed"
DISMISSED: Final = "own_dismissed"

SEEN: Final = "seen"
"""A kind of entry that is met by one signal exactly, of whatever kind; `own_dismissed` has it."""

BEFORE: Final = "dismissed here before"
"""How the sentence of a match ends that is only shown, because the same was dismissed here."""

_MEETS_ITSELF: Final = frozenset({"link", "account", "sha256", "sha1", "md5", "pdq"})
"""Kinds of signal whose value would find the same thing again in a list."""

_DECIDED: Final = "decision"


class Own:
    """Learns from what moderators decide; the same decision twice is learned once.

    Args:
        store: Where banks are kept.
        opinions: Where it is kept what is said about the entries of lists; nothing is sent from here.
        clock: The present moment, noted on what is learned.
    """

    def __init__(self, store: BankStore, opinions: Subscriptions, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._opinions = opinions
        self._clock = clock

    async def learn(self, case: Case) -> None:
        """Make the two banks say what the case's state says.

        Raises:
            StoreError: It could not be saved.
        """
        for name, state, entries in (
            (CONFIRMED, State.CONFIRMED, _confirmed(case)),
            (DISMISSED, State.DISMISSED, _dismissed(case)),
        ):
            if case.state is state:
                await self._add(name, [self._marked(case, entry) for entry in entries])
            else:
                await self._store.remove(name, ref=_ref(case))
        for match in case.verdict.matches:
            if match.bank.name not in {CONFIRMED, DISMISSED}:
                await self._say(case, match)

    async def _say(self, case: Case, match: Match) -> None:
        """Keep what the case says about an entry of a list, or take it back."""
        kind, value = match.entry.kind, match.entry.value
        judgement = _JUDGED.get((case.state, match.strength is Strength.SAME))
        if judgement is None:
            await self._opinions.unsay(match.bank.name, kind=kind, value=value)
            return
        last = case.history[-1]
        opinion = Opinion(
            bank=match.bank.name,
            kind=kind,
            value=value,
            judgement=judgement,
            reason=last.reason,
            by=last.moderator.name,
            at=last.at,
        )
        await self._opinions.say(opinion)

    async def _add(self, name: str, entries: Sequence[Entry]) -> None:
        if entries and await self._store.bank(name) is None:
            trust = Trust.ACT if name == CONFIRMED else Trust.FLAG
            await self._store.put_bank(
                Bank(name=name, trust=trust, added_by=_DECIDED, added_at=self._clock())
            )
        if entries:
            await self._store.add(name, entries)

    def _marked(self, case: Case, entry: Entry) -> Entry:
        last = case.history[-1]
        return replace(
            entry,
            ref=_ref(case),
            label=str(case.state),
            reason=last.reason,
            source=_DECIDED,
            added_by=last.moderator.name,
            added_at=self._clock(),
        )


_JUDGED: Final[Mapping[tuple[State, bool], Judgement]] = {
    (State.CONFIRMED, True): Judgement.CONFIRMED,
    (State.CONFIRMED, False): Judgement.CONFIRMED,
    (State.DISMISSED, True): Judgement.DISPUTED,
    (State.DISMISSED, False): Judgement.FALSE_POSITIVE,
}
"""What a state says about an entry, by whether the item itself was found: to let one use of it stand disputes
the entry, and to tell something else apart from it is a false find."""


def _ref(case: Case) -> str:
    return f"case {case.id}"


def _confirmed(case: Case) -> Iterator[Entry]:
    """Give what a confirmed case lets us know; of a mirror, the account that it is."""
    for match in case.verdict.matches:
        signal = match.signal
        if signal.subject == "likeness":
            for value in case.message.author.identifiers:
                yield Entry(
                    kind="link", value=value, name=case.message.author.name, entity=match.entry.entity
                )
        elif signal.kind in _MEETS_ITSELF and _says_enough(signal):
            kind = "link" if signal.kind == "account" else signal.kind
            yield Entry(kind=kind, value=signal.value, entity=match.entry.entity)


def _dismissed(case: Case) -> Iterator[Entry]:
    """Give what a dismissed case lets us know: exactly what was seen, and of a picture also how it looks."""
    for match in case.verdict.matches:
        signal = match.signal
        if signal.kind == "pdq" and _says_enough(signal):
            yield Entry(kind="pdq", value=signal.value)
        for value in _seen_values(signal, case.message.author.identifiers):
            yield Entry(kind=SEEN, value=value)


def _says_enough(signal: Signal) -> bool:
    return signal.quality is None or signal.quality >= MIN_QUALITY


def _seen_values(signal: Signal, accounts: Iterable[str]) -> Iterator[str]:
    """Give what stands for exactly this signal; a profile is its account, for names are shared."""
    for value in accounts if signal.kind == "profile" else (signal.value,):
        yield f"{signal.kind} {value}"


def asked(signals: Iterable[Signal], every: Sequence[Signal]) -> dict[Signal, list[Signal]]:
    """Return, for each signal that met something, the signals that ask whether it was dismissed here."""
    accounts = [s.value for s in every if s.kind == "account" and s.part == "author"]
    return {
        signal: [Signal(kind=SEEN, value=value, part=signal.part) for value in _seen_values(signal, accounts)]
        for signal in signals
    }


def dismissed(
    hits: Iterable[tuple[Signal, Hit]],
    asking: Mapping[Signal, Sequence[Signal]],
    known: Mapping[int, tuple[Bank, Entry]],
) -> frozenset[tuple[str, str]]:
    """Return the kind and value of each signal that was dismissed here, as itself or as it looks.

    Args:
        hits: What the signals, and those that ask, met.
        asking: From `asked`.
        known: The entries that were met.
    """
    said: set[tuple[str, str]] = set()
    about = {(one.kind, one.value): signal for signal, ones in asking.items() for one in ones}
    for signal, hit in hits:
        bank, entry = known.get(hit.entry_id, (None, None))
        if bank is None or entry is None or bank.name != DISMISSED:
            continue
        if entry.kind == SEEN and entry.value == signal.value:
            seen = about[signal.kind, signal.value]
            said.add((seen.kind, seen.value))
        elif hit.distance is not None and hit.distance <= SAME_BITS:
            said.add((signal.kind, signal.value))
    return frozenset(said)


def as_said_here(matches: Iterable[Match], said: Collection[tuple[str, str]]) -> Iterator[Match]:
    """Leave out what was told apart here; let what was fine here only be shown."""
    for match in matches:
        if match.bank.name == DISMISSED:
            continue
        if (match.signal.kind, match.signal.value) not in said:
            yield match
        elif match.strength is Strength.SAME:
            bank = match.bank
            trust = Trust.FLAG if bank.trust is Trust.ACT else bank.trust
            because = f"{match.because}; {BEFORE}"
            yield replace(match, bank=replace(bank, trust=trust), because=because)
