"""Known clips, recognised by what their frames show: whole, in part, or inside a longer video.

A known clip has every frame, an upload some. Each frame of the upload is compared with all known ones; where
one is within 31 bits, both are showing the same. Two shares say how much that means: how much of the known
clip is there, and how much of the upload it is. One of them is high where a clip was copied, where a piece
was cut out of it, and where it stands inside something longer. Both are low where two videos merely have
something in common, such as a title or a station's sign.

A frame never decides alone, and frames that many different clips show are not counted: they are what a
publisher puts before everything. Copies keep the order of what they show; pictures that only resemble each
other come in any order.
"""

import logging
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from core.banks.columns import Columns, column_in, number_in, of_part, single, under
from core.banks.pictures import Pictures, hash_bytes
from core.errors import BadInput
from core.media.clip import NOTHING, Clip, read

log = logging.getLogger(__name__)

HIGH: Final = 0.6
"""A share from which on a clip is surely the known one, or a part of it, or holds it."""

NEARLY_ALL: Final = 0.9
FEWEST: Final = 3
"""Different frames that must agree, for a clip to be surely recognised."""

COMMON: Final = 5
"""A frame that so many other clips show as well says nothing about any of them."""

_LOW: Final = 0.15
_MOST_COMPARED: Final = 160
"""Hashes of one upload that are compared: those of some hundred frames."""

_SPAN_MS: Final = 10_000
"""The longest time that one frame of an upload stands for: encoders put key frames so far apart."""

_ORDERED: Final = 0.6
_SLACK_MS: Final = 300

_FLIP: Final = bytes.fromhex("55" * 32)
"""What mirroring changes: the bits of every second frequency along a row."""

Times = NDArray[np.int64]


class Passage(NamedTuple):
    """A known clip of which something was recognised in an upload.

    Attributes:
        number: Of the known clip.
        known: The share of the known clip that is in the upload, 0-1.
        upload: The share of the upload that is the known clip, 0-1.
        frames: Different frames that agree and are shown by few other clips.
        bits: That differ, in the middle one of the frames.
        from_ms: When the first of them is shown, in the upload.
        in_order: Whether they come in the known clip's order.
        mirrored: Whether they are mirrored.
    """

    number: int
    known: float
    upload: float
    frames: int
    bits: int
    from_ms: int
    in_order: bool
    mirrored: bool = False

    @property
    def sure(self) -> bool:
        """Whether it is surely the known clip, a part of it, or something that holds it."""
        return self.in_order and self.frames >= FEWEST and max(self.known, self.upload) >= HIGH

    @property
    def whole(self) -> bool:
        """Whether it is the known clip and nothing else."""
        return self.sure and min(self.known, self.upload) >= NEARLY_ALL


class _Known(NamedTuple):
    """A known clip; its hashes have numbers from `first` on."""

    first: int
    length_ms: int
    at_ms: Times


class _Agreement(NamedTuple):
    """A frame of the upload agrees with one of a known clip."""

    at: int
    known_at: int
    bits: int


class Clips:
    """Known clips by number."""

    def __init__(self) -> None:
        self._pictures = Pictures()
        self._clips: dict[int, _Known] = {}
        self._firsts: list[int] = []
        self._numbers: list[int] = []
        self._next = 0

    def __len__(self) -> int:
        return len(self._clips)

    def columns(self) -> Columns:
        """Return what it consists of, without what was removed; it may be asked beside lookups."""
        known = sorted(self._clips.items(), key=lambda pair: pair[1].first)
        times = [clip.at_ms for _, clip in known]
        placed = [(n, clip.first, clip.length_ms, len(clip.at_ms)) for n, clip in known]
        return {
            "clips": np.array(placed, np.int64).reshape(-1, 4),
            "times": np.concatenate([np.zeros(0, np.int64), *times]),
            "next": single(self._next),
            **under("pictures", self._pictures.columns()),
        }

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Make one of its columns.

        Raises:
            BadInput: They are not.
        """
        clips, times = column_in(columns, "clips", np.int64), column_in(columns, "times", np.int64)
        if clips.shape[1:] != (4,) or int(clips[:, 3].sum()) != times.size:
            raise BadInput("a snapshot's clips are not whole")
        found = cls()
        found._pictures = Pictures.of(of_part("pictures", columns))
        found._next = number_in(columns, "next")
        ends = clips[:, 3].cumsum().tolist()
        for (known_as, first, length_ms, count), end in zip(clips.tolist(), ends, strict=True):
            found._clips[known_as] = _Known(first, length_ms, times[end - count : end])
            found._firsts.append(first)
            found._numbers.append(known_as)
        return found

    def put(self, number: int, text: str) -> None:
        """Add a clip, or replace it."""
        found = read(text)
        if found is None:
            # One bad entry, written past the importer, must not keep the others from being known.
            log.error("clip in a bank is none", extra={"entry": number})
            return
        self.remove([number])
        first = self._next
        self._next += len(found.hashes)
        self._clips[number] = _Known(first, found.length_ms, found.at_ms)
        self._firsts.append(first)
        self._numbers.append(number)
        self._pictures.add([(first + place, hashed) for place, hashed, _ in _telling(found)])

    def remove(self, numbers: Collection[int]) -> None:
        """Forget clips; those that are not here are no mistake."""
        for number in numbers:
            if known := self._clips.pop(number, None):
                self._pictures.remove(range(known.first, known.first + len(known.at_ms)))

    def recognised(self, text: str) -> list[Passage]:
        """Return the known clips of which an upload shows something, the surest first."""
        seen = read(text) if self._clips and text else None
        if seen is None:
            return []
        found = self._passages(seen, mirrored=False)
        if not any(passage.sure for passage in found):
            known = {passage.number for passage in found}
            mirrored = (one for one in self._passages(seen, mirrored=True) if one.sure)
            found = [*(one for one in mirrored if one.number not in known), *found]
        return sorted(found, key=lambda one: (not one.sure, -max(one.known, one.upload), one.number))

    def _passages(self, seen: Clip, *, mirrored: bool) -> list[Passage]:
        times = np.unique(seen.at_ms)
        by_clip: dict[int, list[_Agreement]] = defaultdict(list)
        for place, wanted, _ in _thinned(list(_telling(seen, mirrored=mirrored))):
            at = int(np.searchsorted(times, seen.at_ms[place]))
            for hash_number, bits in self._pictures.within(wanted):
                number = self._numbers[bisect_right(self._firsts, hash_number) - 1]
                known = self._clips[number]
                known_at = int(known.at_ms[hash_number - known.first])
                by_clip[number].append(_Agreement(at, known_at, bits))
        shown_by = Counter(at for found in by_clip.values() for at in {one.at for one in found})
        spans = np.minimum(np.diff(times, append=max(seen.length_ms, times[-1])), _SPAN_MS)
        found = (
            self._passage(number, agreements, times, spans, shown_by)._replace(mirrored=mirrored)
            for number, agreements in by_clip.items()
        )
        return [one for one in found if one.frames > 1 or max(one.known, one.upload) >= _LOW]

    def _passage(
        self,
        number: int,
        agreements: Sequence[_Agreement],
        times: Times,
        spans: Times,
        shown_by: Mapping[int, int],
    ) -> Passage:
        known = self._clips[number]
        nearest = {one.at: one for one in sorted(agreements, key=lambda one: -one.bits)}
        ats = sorted(nearest)
        telling = [at for at in ats if shown_by[at] <= COMMON]
        covered = _union(
            [
                *((one.known_at, one.known_at + int(spans[one.at])) for one in agreements),
                *((one.known_at, _until(known, one.known_at)) for one in agreements),
            ],
            known.length_ms,
        )
        total = int(spans.sum())
        return Passage(
            number=number,
            known=covered / max(known.length_ms, 1),
            upload=int(spans[ats].sum()) / total if total else len(ats) / len(times),
            frames=len(telling),
            bits=int(np.median([nearest[at].bits for at in ats])),
            from_ms=int(times[ats[0]]),
            in_order=_in_order([[o.known_at for o in agreements if o.at == at] for at in ats]),
        )


def frames(text: str) -> list[tuple[int, bytes, str]]:
    """Give the frames of an upload that are compared: when each is shown in ms, its hash as bytes and hex."""
    found = read(text) if text else None
    if found is None:
        return []
    return [
        (int(found.at_ms[place]), hashed, value) for place, hashed, value in _thinned(list(_telling(found)))
    ]


def _telling(clip: Clip, *, mirrored: bool = False) -> Iterator[tuple[int, bytes, str]]:
    """Give place, bytes and hex digits of every hash that says something."""
    for place, row in enumerate(clip.hashes):
        raw = row.tobytes()
        if raw == NOTHING:
            continue
        if mirrored:
            raw = bytes(a ^ b for a, b in zip(raw, _FLIP, strict=True))
        if (hashed := hash_bytes(raw.hex())) is not None:
            yield place, hashed, raw.hex()


def _thinned(
    found: Sequence[tuple[int, bytes, str]],
) -> Sequence[tuple[int, bytes, str]]:
    """Leave out some where there are many, evenly."""
    step = -(-len(found) // _MOST_COMPARED) if found else 1
    return found[::step]


def _until(known: _Known, at_ms: int) -> int:
    """Say until when a known frame is shown: until the next one."""
    later = int(np.searchsorted(known.at_ms, at_ms, side="right"))
    return int(known.at_ms[later]) if later < len(known.at_ms) else known.length_ms


def _union(spans: Sequence[tuple[int, int]], length_ms: int) -> int:
    """Give how many milliseconds spans cover together, within a clip's length."""
    covered, end = 0, 0
    for first, last in sorted(spans):
        covered += max(min(last, length_ms) - max(first, end), 0)
        end = max(end, min(last, length_ms))
    return covered


def _in_order(places: Sequence[Sequence[int]]) -> bool:
    """Tell whether most frames can be found in the known clip one after the other, give or take a moment.

    Args:
        places: For each frame of the upload, in its order, where the known clip shows the same.
    """
    forward, reached = 0, min(places[0])
    for known in places[1:]:
        ahead = [at for at in known if at >= reached - _SLACK_MS]
        forward += bool(ahead)
        # A clip that is played again, or cut anew, jumps back: from there on it goes forward again.
        reached = max(min(ahead), reached) if ahead else min(known)
    return forward >= _ORDERED * (len(places) - 1)
