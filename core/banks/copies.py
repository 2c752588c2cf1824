"""How much of a known statement stands in a text, and how much of the text is made of it.

Runs that both have are put together to stretches: the next run follows within a short way in both texts. What
lies between two runs of a stretch was edited, and counts as copied; a run on its own is chance, and does not.
Stretches may come in any order, so paragraphs that changed places are still there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.banks.sketch import RUN, Sketch

Span = tuple[int, int]
"""From a letter up to, and not with, another one."""

REPEATS: Final = 4
"""Places in a text where one run of a statement is looked for; repeated more often, it counts four times."""

WAY: Final = 96
"""Letters between two runs of a stretch, at most: a line of edited words. More, where few runs are kept."""

WAY_PER_RATE: Final = 12

STRETCH: Final = 24
"""Letters a stretch has at least: four words in a row stand in many texts."""

_OPEN: Final = 32
"""Stretches that may still go on; a copy has one, a copy in pieces a few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What a text has of a statement.

    Attributes:
        known: The spans of the statement that are there, in its letters.
        text: The spans of the text that they take, in the text's letters.
        of_known: Their share of the statement, 0 to 1.
        of_text: Their share of the text.
    """

    known: tuple[Span, ...]
    text: tuple[Span, ...]
    of_known: float
    of_text: float

    @property
    def longest(self) -> int:
        """Letters of the longest span of the statement."""
        return max((end - start for start, end in self.known), default=0)


@dataclass(slots=True)
class _Stretch:
    """Runs that follow one another: first and last place in the statement and in the text."""

    known: list[int]
    text: list[int]

    def drift(self, known: int, text: int, way: int) -> int | None:
        """Say by how many letters the two ways to the next run differ; None where it does not go on there."""
        in_known, in_text = known - self.known[1], text - self.text[1]
        if not (0 < in_known <= way and 0 < in_text <= way):
            return None
        drift = abs(in_known - in_text)
        return drift if drift <= RUN + min(in_known, in_text) // 2 else None


def overlap(text: Sketch, known: Sketch) -> Overlap:
    """Compare a text with a known statement; `text` has all its runs."""
    way = max(WAY, WAY_PER_RATE * known.rate)
    stretches = [
        s
        for s in _stretches(_shared(text.sampled(known.rate), known), way)
        if s.known[0] != s.known[1] and s.known[1] - s.known[0] + RUN >= STRETCH
    ]
    in_known = joined((s.known[0], s.known[1] + RUN) for s in stretches)
    in_text = joined((s.text[0], s.text[1] + RUN) for s in stretches)
    return Overlap(
        known=in_known,
        text=in_text,
        of_known=length(in_known) / max(known.letters, 1),
        of_text=length(in_text) / max(text.letters, 1),
    )


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, with those that touch made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def length(spans: Iterable[Span]) -> int:
    """Count the letters of spans that do not overlap."""
    return sum(end - start for start, end in spans)


def _shared(text: Sketch, known: Sketch) -> Iterator[Span]:
    """Give the places of each run that both have, in the statement and in the text, in its order."""
    order = np.argsort(text.hashes, kind="stable")
    hashes, places = text.hashes[order], text.places[order]
    first = np.searchsorted(hashes, known.hashes, "left")
    last = np.minimum(np.searchsorted(hashes, known.hashes, "right"), first + REPEATS)
    for at in np.flatnonzero(last > first):
        for one in places[first[at] : last[at]]:
            yield int(known.places[at]), int(one)


def _stretches(shared: Iterable[Span], way: int) -> list[_Stretch]:
    """Put runs together, each to the stretch that it follows most closely."""
    found: list[_Stretch] = []
    going: list[_Stretch] = []
    for known, text in shared:
        going = [s for s in going if known - s.known[1] <= way][-_OPEN:]
        drifts = [
            (drift, at) for at, s in enumerate(going) if (drift := s.drift(known, text, way)) is not None
        ]
        if drifts:
            best = going[min(drifts)[1]]
            best.known[1], best.text[1] = known, text
        else:
            found.append(_Stretch([known, known], [text, text]))
            going.append(found[-1])
    return found
