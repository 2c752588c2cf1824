"""The drawing that comes with a card's Details: where in the upload a listed picture lies, and in words.

Nothing of either picture is in it (`core.media.drawing`); a listed one least of all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bots.wording import harmless, quoted
from core.case import Case
from core.media.drawing import MOST, sheet
from core.media.painted import png
from core.model import Match
from core.view import Where

NAME: Final = "where-it-lies.png"
LONGEST: Final = 1000
"""Characters of the caption; Telegram takes 1024 below a picture, Discord as many as its description."""

_OVER: Final = 30
"""Thousandths of a side by which an outline may be off."""

_TOLD: Final = 3
"""Entries that are named for one place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What is sent: one upload, and every place in it where a listed picture lies.

    Attributes:
        places: In the order of their numbers.
        caption: The same in words, for those who cannot see it; harmless.
    """

    places: tuple[Where, ...]
    caption: str

    def png(self) -> bytes:
        """Paint it; not on the event loop."""
        return png(sheet(self.places))


def drawing_of(case: Case) -> Drawing | None:
    """Draw the upload with the surest finding of a case; None where no picture was found by its look."""
    found = [(match.where, match) for match in case.verdict.matches if match.where]
    if not found:
        return None
    (first, surest), part = found[0], found[0][1].signal.part
    here = [(w, m) for w, m in found if m.signal.part == part and w.sides == first.sides]
    order = {where: place for place, where in enumerate(dict.fromkeys(where for where, _ in here))}
    here.sort(key=lambda one: order[one[0]])
    groups = [(w, [m for _, m in same]) for w, same in groupby(here, key=lambda one: one[0])][:MOST]
    upload = harmless(surest.signal.part, 60)
    lines = [f"Where it lies in {upload}; drawn from measures, without any picture."]
    for number, (where, matches) in enumerate(groups, 1):
        lines.append(f"{f'{number}: ' if len(groups) > 1 else ''}{_named(matches)}: {lies(where)}.")
    if more := len(found) - sum(len(matches) for _, matches in groups):
        lines.append(f"{more} more found, not drawn here.")
    return Drawing(places=tuple(where for where, _ in groups), caption=_cut("\n".join(lines)))


def lies(where: Where) -> str:
    """Say in words where a listed picture lies in an upload, and how."""
    across, down = zip(*where.corners, strict=True)
    left, right = (_per_cent(edge) for edge in (min(across), max(across)))
    top, bottom = (_per_cent(edge) for edge in (min(down), max(down)))
    said = f"it lies at {left}–{right} % of the width, {top}–{bottom} % of the height"  # noqa: RUF001 - ranges are written so
    if (left, top, right, bottom) == (0, 0, 100, 100):
        said = "it fills the whole picture"
    if min(*across, *down) < -_OVER or max(*across, *down) > 1000 + _OVER:
        said += " and goes on beyond its edge"
    mirrored = ", mirrored" if where.is_mirrored else ""
    return f"{said}, its top {_towards(where)}{mirrored}"


def _per_cent(edge: int) -> int:
    return round(min(max(edge, 0), 1000) / 10)


def _towards(where: Where) -> str:
    """Say where the top of a listed picture points, as people see the upload."""
    right, down = (step * side for step, side in zip(where.up, where.sides, strict=True))
    if abs(right) > abs(down):
        return "on the right" if right > 0 else "on the left"
    return "at the bottom" if down > 0 else "at the top"


def _named(matches: Sequence[Match]) -> str:
    """Name the entries that were found at one place, each with its list and how far it is off."""
    said = [_entry(match) for match in matches[:_TOLD]]
    if len(matches) > _TOLD:
        said.append(f"{len(matches) - _TOLD} more")
    return "; ".join(said)


def _entry(match: Match) -> str:
    name = match.entry.label or match.entry.ref
    known = f"{quoted(name)} in list" if name else "in list"
    if match.entry.label and match.entry.ref:
        known = f"{quoted(name)}, entry {harmless(match.entry.ref, 40)}, in list"
    far = "by its parts" if match.distance is None else f"{match.distance} of 256 bits differ"
    return f"{known} {harmless(match.bank.name, 40)} ({match.strength}, {far})"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
