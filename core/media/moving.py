"""Moving pictures as clips: what is hashed of each frame. Child process only.

Of a copy, what was put around it does not move: bars, a blurred copy, the edge of an app. So the rectangles
that may hold a picture are looked for in a few frames that lie far apart, and those that stand where they
stood in most of them are hashed beside the whole frame.
"""

import math
import time
from collections.abc import Callable, Generator, Iterable, Sequence
from typing import Final

import numpy as np
from PIL import Image

from core.media.box import Box, boxes, overlap
from core.media.clip import NOTHING, Strip, told
from core.media.decode import Refused
from core.media.frames import Depth
from core.media.pdq import Bytes, Luma, coefficients, quality, sampled, written
from core.media.views import SIDE, certain, small
from core.view import MIN_QUALITY

MOST_SAMPLED: Final = 600
"""Frames of an upload that are looked at."""

BUDGET_S: Final = {Depth.GLANCE: 5.0, Depth.INSIDE: 2.0, Depth.EVERY_FRAME: 100.0}
"""Processor time for the frames of one file: below what is allowed for it, so that what was seen counts."""

_HELD_BYTES: Final = 64_000_000
_LOOKED_AT: Final = 9
_MOST_BOXES: Final = 2
_STEADY: Final = 0.9
_MOSTLY: Final = 0.6
_FEWEST_FRAMES: Final = 2
_SMALLEST: Final = 32

Frames = Iterable[tuple[float, Bytes]]


def _hashes(grey: Bytes, around: Sequence[Box]) -> list[bytes]:
    """Give the hash of a small frame, and of each rectangle in it; `NOTHING` where one says too little."""
    height, width = grey.shape
    pieces = [grey]
    for box in around:
        top, bottom = round(box.top * height), round(box.bottom * height)
        pieces.append(grey[top:bottom, round(box.left * width) : round(box.right * width)])
    return [_hash(piece) for piece in pieces]


def _hash(grey: Bytes) -> bytes:
    height, width = grey.shape
    if min(height, width) < _SMALLEST:
        return NOTHING
    points = sampled(Luma(pixels=grey, width=width, height=height))
    found = coefficients(points)
    if quality(points) < MIN_QUALITY or not certain(found):
        return NOTHING
    return bytes.fromhex(written(found))


def steady(greys: Sequence[Bytes]) -> tuple[Box, ...]:
    """Find the rectangles that stand at one place in most of the frames, the likeliest first."""
    telling = [grey for grey in greys if _hash(grey) != NOTHING]
    chosen = (
        [telling[at] for at in np.linspace(0, len(telling) - 1, _LOOKED_AT).astype(int)] if telling else []
    )
    found = [boxes(grey) for grey in chosen]
    counted: list[tuple[int, Box]] = []
    for at, these in enumerate(found):
        for box in these:
            if any(overlap(box, other) >= _STEADY for _, other in counted):
                continue
            places = [near for others in found[at:] for near in _nearest(box, others)]
            if len(places) >= max(_FEWEST_FRAMES, _MOSTLY * len(found)):
                # A dark edge of one frame makes its rectangle too small: most of them are right.
                counted.append((len(places), Box(*np.median(np.array(places), axis=0).tolist())))
    ranked = sorted(counted, key=lambda one: -one[0])
    return tuple(box for _, box in ranked[:_MOST_BOXES])


def _nearest(box: Box, others: Sequence[Box]) -> list[Box]:
    close = [(overlap(box, other), other) for other in others]
    best = max(close, default=(0.0, box))
    return [best[1]] if best[0] >= _STEADY else []


def clip(frames: Frames, around: Sequence[Box], length_s: float) -> tuple[str, str]:
    """Give the clip of small frames, "" where none says anything, and what of it is missing, or ""."""
    strip = Strip()
    for at_s, grey in frames:
        strip.add(at_s, _hashes(grey, around))
        if strip.full:
            return strip.written(
                at_s
            ), f"frames after {told(at_s)}, because more are unlike each other than are kept"
    return strip.written(length_s), ""


class Rushes:
    """The frames of an animation, kept small while others look at them too.

    Args:
        depth: How much is to be looked at.
        spent: What tells how much processor time has been used, in seconds.
    """

    def __init__(self, depth: Depth, *, spent: Callable[[], float] = time.process_time) -> None:
        self._kept: list[tuple[float, Bytes]] = []
        self._spent = spent
        self._end_s = spent() + BUDGET_S[depth]
        self._most = math.inf if depth is Depth.EVERY_FRAME else MOST_SAMPLED
        self._held = 0
        self.unwatched = ""

    def passing(
        self, first: tuple[float, Luma], later: Iterable[tuple[float, Luma]]
    ) -> Generator[tuple[float, Bytes], None, None]:
        """Give every picture on, with its second; a still one costs nothing."""
        yield first[0], first[1].pixels
        for at_s, picture in later:
            if not self._kept:
                self._keep(*first)
            self._keep(at_s, picture)
            yield at_s, picture.pixels

    def watch(self, rest: Iterable[tuple[float, Bytes]]) -> None:
        """See the rest through, as far as time and memory allow."""
        try:
            for _ in rest:
                if self.unwatched:
                    return
        except Refused as exc:
            self.unwatched = str(exc)

    def clip(self) -> str:
        """Give the clip of what passed, "" for a still picture."""
        if not self._kept:
            return ""
        around = steady([grey for _, grey in self._kept])
        # The last frame is shown for about as long as the others are.
        last_s = self._kept[-1][0]
        found, missing = clip(self._kept, around, last_s + last_s / (len(self._kept) - 1))
        self.unwatched = self.unwatched or missing
        return found

    def _keep(self, at_s: float, picture: Luma) -> None:
        if self._spent() > self._end_s or len(self._kept) >= self._most or self._held > _HELD_BYTES:
            self.unwatched = self.unwatched or f"animation of which only the first {told(at_s)} was looked at"
            return
        grey = np.asarray(small(picture))
        self._held += grey.nbytes
        self._kept.append((at_s, grey))


def shrunk(grey: Bytes) -> Bytes:
    """Give a frame whose longer side is `SIDE` at most."""
    shrink = SIDE / max(grey.shape)
    if shrink >= 1:
        return grey
    height, width = (max(round(side * shrink), 1) for side in grey.shape)
    return np.asarray(Image.fromarray(grey).resize((width, height), Image.Resampling.BOX))
