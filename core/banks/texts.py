"""Texts against what is known: statements by equality and likeness, phrases and expressions.

Finding is done in memory and says only which entries to look at; what a match is, is settled with the
entries at hand. A copy is told from a quotation by shares: most of a known statement, or a text that consists
of known statements and little else, is a copy; a part of one that stands among other people's words is a
quotation, which a moderator may see and which nothing is done about.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np

from core.banks.columns import Columns, column_in, of_part, under
from core.banks.copies import Overlap, joined, length, overlap
from core.banks.phrases import Phrases
from core.banks.sketch import Fingerprint, Sketch, known, sketch
from core.banks.statements import Statements
from core.errors import BadInput
from core.keeping import Change
from core.model import Bank, Entry, Match, Signal, Strength
from core.text.prose import digest, heard, words

KINDS: Final = frozenset({"text", "phrase", "expression"})
"""Kinds of entry that texts meet."""

COPIED: Final = 0.55
"""Share of a statement that makes a text a copy of it, whatever stands around it.

Measured on statements of 5 to 20 sentences: quotations of one and two sentences reach 0.44, copies of which
three words in ten were changed have 0.63 at least.
"""

WHOLE: Final = 0.85
"""Share from which on even a statement that stands in quotation marks, among other words, is a copy."""

MADE_OF: Final = 0.6
"""Share of a text that must be known statements for a part of one to be a copy: nobody speaks but they."""

PART: Final = 0.25
PART_LETTERS: Final = 200
"""What such a part must be: so much of the statement, or so many letters (a paragraph of a long one)."""

LIKE_FROM: Final = 55
"""Characters of a folded text from which on likeness is asked for: 60 as it was written."""

MENTION: Final = 30
"""Letters in one piece below which nothing is said: names and formulae recur."""

_DIGEST_BYTES: Final = 32

Known = tuple[Bank, Entry]

_QUOTED: Final = re.compile('["“”„«]([^"“”„«»]+)["“”»]')
_SPOKEN: Final = 0.8
_WORD_FOR_WORD: Final = "the same statement, word for word"


class KnownTexts:
    """What is known of texts, by the numbers of entries."""

    def __init__(self) -> None:
        self._digests: dict[str, tuple[int, ...]] = {}
        self._digest_of: dict[int, str] = {}
        self._statements = Statements()
        self._phrases = Phrases()

    def __len__(self) -> int:
        return len(self._digest_of) + len(self._phrases)

    def columns(self) -> Columns:
        """Return what it consists of; it may be asked beside lookups."""
        digests = np.frombuffer(bytes.fromhex("".join(self._digest_of.values())), np.uint8)
        return {
            "numbers": np.array(list(self._digest_of), np.int64),
            "digests": digests.reshape(-1, _DIGEST_BYTES),
            **under("statements", self._statements.columns()),
            **under("phrases", self._phrases.columns()),
        }

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Make one of its columns.

        Raises:
            BadInput: They are not.
        """
        numbers, digests = column_in(columns, "numbers", np.int64), column_in(columns, "digests", np.uint8)
        if digests.shape != (len(numbers), _DIGEST_BYTES):
            raise BadInput("a snapshot's digests are not whole")
        found, told, width = cls(), digests.tobytes().hex(), 2 * _DIGEST_BYTES
        parted, known_as = [told[at : at + width] for at in range(0, len(told), width)], numbers.tolist()
        found._digest_of = dict(zip(known_as, parted, strict=True))
        found._digests = dict(zip(parted, zip(known_as), strict=True))
        if len(found._digests) < len(parted):  # some statement is on several lists
            found._digests = {}
            for number, one in found._digest_of.items():
                found._digests[one] = (*found._digests.get(one, ()), number)
        found._statements = Statements.of(of_part("statements", columns))
        found._phrases = Phrases.of(of_part("phrases", columns))
        return found

    def apply(self, changes: Iterable[Change]) -> None:
        """Take changes in, one for each entry."""
        sketches: dict[int, Sketch] = {}
        gone: list[int] = []
        for change in changes:
            if change.kind == "text":
                self._forget(change.entry_id)
                if change.matchable:
                    sketches[change.entry_id] = self._learn(change)
                else:
                    gone.append(change.entry_id)
            elif change.kind in KINDS and change.matchable:
                self._phrases.put(change.kind, change.entry_id, change.value)
            elif change.kind in KINDS:
                self._phrases.remove(change.kind, change.entry_id)
        self._statements.remove(gone)
        self._statements.add(sketches)

    def near(self, signal: Signal) -> tuple[int, ...]:
        """Return the numbers of entries that a text may be, or hold; where nothing is known, at no cost.

        Of a text that is only remembered the value is the digest of its words, and equality the only answer.
        """
        if not self._digest_of and not self._phrases:
            return ()
        if not signal.text:
            return self._digests.get(signal.value, ())
        text = heard(signal.text)
        if not self._digest_of:
            return self._phrases.found(text)
        compared = words(text)
        same = self._digests.get(digest(compared), ())
        likely = self._statements.near(sketch(compared)) if len(text) >= LIKE_FROM else ()
        return tuple(dict.fromkeys((*same, *likely, *self._phrases.found(text))))

    def matches(self, signal: Signal, entries: Sequence[Known]) -> Iterator[Match]:
        """Give the matches of a text with the entries that it may be, or hold."""
        statements = [one for one in entries if one[1].kind == "text"]
        if statements:
            yield from self._statement_matches(signal, statements)
        for bank, entry in entries:
            if entry.kind != "text":
                because = f"the {entry.kind} stands in the text; a reason to look, and no more"
                found = replace(signal, kind="phrase", value=entry.value, text="")
                yield Match(signal=found, bank=bank, entry=entry, strength=Strength.WEAK, because=because)

    def _statement_matches(self, signal: Signal, entries: Sequence[Known]) -> Iterator[Match]:
        if not signal.text:
            yield from (_remembered(signal, bank, entry) for bank, entry in entries)
            return
        plain = heard(signal.text)
        compared = words(plain)
        text, quoted = sketch(compared), sketch(words(" ".join(_QUOTED.findall(plain))))
        found = [_likely(digest(compared), text, quoted, bank, entry) for bank, entry in entries]
        found = [
            one for one in found if one.same or not self._statements.only_formulae(text, one.kept.sketch)
        ]
        made_of = length(joined(span for one in found for span in one.overlap.text)) / max(text.letters, 1)
        copies = [one for one in found if one.strength(made_of) not in {None, Strength.WEAK}]
        copied = joined(span for one in copies for span in one.overlap.text)
        for one in found:
            strength = one.strength(made_of)
            # What a copy of one statement shares with another one is no quotation of that other one.
            if strength is None or (strength is Strength.WEAK and _within(one.overlap.text, copied)):
                continue
            yield one.match(signal, strength)

    def _learn(self, change: Change) -> Sketch:
        kept = known(change.value)
        self._digests[kept.digest] = (*self._digests.get(kept.digest, ()), change.entry_id)
        self._digest_of[change.entry_id] = kept.digest
        return kept.sketch

    def _forget(self, number: int) -> None:
        known_as = self._digest_of.pop(number, None)
        if known_as is not None:
            left = tuple(n for n in self._digests.pop(known_as) if n != number)
            if left:
                self._digests[known_as] = left


@dataclass(frozen=True, slots=True)
class _Likely:
    """A statement that a text may be, or hold; `quoted` is the share of it in quotation marks."""

    bank: Bank
    entry: Entry
    kept: Fingerprint
    overlap: Overlap
    quoted: float
    same: bool

    def strength(self, made_of: float) -> Strength | None:
        """Say how sure it is; `made_of` is the share of the text that is any known statement."""
        if self.same:
            return Strength.SAME
        if self.overlap.longest < MENTION:
            return None
        share = self.overlap.of_known
        if made_of >= MADE_OF and (share >= PART or length(self.overlap.known) >= PART_LETTERS):
            return Strength.STRONG
        spoken = share < WHOLE and self.quoted >= _SPOKEN * share
        return Strength.STRONG if share >= COPIED and not spoken else Strength.WEAK

    def match(self, signal: Signal, strength: Strength) -> Match:
        """Return the match; neither it nor what it names holds the text.

        Its value is the statement and not the text: an edit that leaves it the same copy finds nothing new.
        """
        value = self.kept.digest if strength is not Strength.WEAK else f"quoted {self.kept.digest}"
        return Match(
            signal=replace(signal, value=value, text=""),
            bank=self.bank,
            entry=replace(self.entry, value=str(self.kept)),
            strength=strength,
            because=self._because(strength),
        )

    def _because(self, strength: Strength) -> str:
        of_known, of_text = _percent(self.overlap.of_known), _percent(self.overlap.of_text)
        if strength is Strength.SAME:
            return _WORD_FOR_WORD
        if strength is Strength.WEAK:
            return f"quotes {of_known} of a known statement, which is {of_text} of this text"
        if self.overlap.of_known >= COPIED:
            return f"a copy of a known statement: {of_known} of it, which is {of_text} of this text"
        return f"a part of a known statement: {of_known} of it, which is {of_text} of this text"


def _likely(digest: str, text: Sketch, quoted: Sketch, bank: Bank, entry: Entry) -> _Likely:
    """Compare a text, and what of it stands in quotation marks, with a statement."""
    kept = known(entry.value)
    return _Likely(
        bank,
        entry,
        kept,
        overlap(text, kept.sketch),
        overlap(quoted, kept.sketch).of_known,
        same=kept.digest == digest,
    )


def _remembered(signal: Signal, bank: Bank, entry: Entry) -> Match:
    """Return the match of a text of which only the digest of its words is known."""
    return Match(
        signal=signal,
        bank=bank,
        entry=replace(entry, value=str(known(entry.value))),
        strength=Strength.SAME,
        because=_WORD_FOR_WORD,
    )


def _within(spans: Collection[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    """Tell whether nearly all of the spans lies in the others."""
    both = length(joined((*spans, *others)))
    return both - length(others) <= length(spans) // 10


def _percent(share: float) -> str:
    return f"{min(100, round(100 * share))} %"
