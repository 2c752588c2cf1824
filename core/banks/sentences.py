"""How sure a match is, and the one sentence that says why, for a moderator who wants to check it."""

from collections.abc import Sequence
from typing import Final

from core.banks.altered import WEIGHT_LIMIT
from core.banks.clips import NEARLY_ALL, Passage
from core.banks.index import Hit, Still
from core.banks.parts import Part
from core.banks.pictures import LIMIT, Sight
from core.media.clip import told
from core.model import Ladder, Signal, Strength
from core.view import How

SAME_BITS: Final = 10
"""Up to here two pictures are the same one, stored differently."""

DIGEST_NAMES: Final = {"sha256": "SHA-256", "sha1": "SHA-1", "md5": "MD5"}


def strength(hit: Hit, ladder: Ladder) -> Strength:
    """Say how sure a hit is. What stands inside another picture has a setting, and is not the same thing.

    A bank's ladder may be narrower than what is found at all: what lies beyond it is weak.
    """
    if isinstance(hit.sight, Part | Passage):
        if isinstance(hit.sight, Passage) and hit.sight.whole and hit.sight.bits <= SAME_BITS:
            return Strength.SAME
        return Strength.STRONG if hit.sight.sure else Strength.WEAK
    if hit.distance is None:
        return Strength.SAME
    if ladder.strong < LIMIT and hit.distance > ladder.strong:
        return Strength.WEAK
    whole = hit.sight is None or (isinstance(hit.sight, Sight) and hit.sight.view.how is How.WHOLE)
    return Strength.SAME if whole and hit.distance <= ladder.same else Strength.STRONG


def because(signal: Signal, hit: Hit) -> str:
    """Say why a signal met an entry."""
    match signal.kind:
        case "pdq" | "video":
            return _of_what_is_seen(hit)
        case "link":
            return f"links to {signal.value}, which is on the list"
        case "account" if signal.part.endswith("author"):
            return f"sent by {signal.value}, which is on the list"
        case "account":
            return f"names the account {signal.value}, which is on the list"
        case kind if kind in DIGEST_NAMES:
            return f"the same file ({DIGEST_NAMES[kind]})"
    return f"the same {signal.subject}, exactly"


def _of_what_is_seen(hit: Hit) -> str:
    match hit.sight:
        case Passage():
            return _of_clip(hit.sight)
        case Still(at_ms=at_ms):
            return f"frame at {told(at_ms / 1000)}: {_of_picture(hit)}"
        case Part():
            return _of_part(hit.sight)
    return _of_picture(hit)


def _of_picture(hit: Hit) -> str:
    bits, sight = hit.distance or 0, hit.sight if isinstance(hit.sight, Sight) else None
    said = ["same picture", *(_seen(sight) if sight else ())]
    if bits > SAME_BITS:
        said.append("altered")
    differ = {0: "all 256 bits equal", 1: "1 of 256 bits differs"}
    said.append(differ.get(bits, f"{bits} of 256 bits differ"))
    if sight and bits > LIMIT:
        said[-1] += f", mostly unsure ones (weight {sight.weight:.2f}, limit {WEIGHT_LIMIT:.2f})"
    return ", ".join(said)


def _of_clip(passage: Passage) -> str:
    """Say how much of the known clip there is, and how much of the video that is."""
    known, upload = round(passage.known * 100), round(passage.upload * 100)
    if passage.whole:
        said = "the same clip"
    elif not passage.sure:
        said = "something of the clip"
    elif passage.known >= NEARLY_ALL:
        said = "the clip, inside a longer video"
    else:
        said = "a part of the clip"
    if passage.mirrored:
        said += ", mirrored"
    agree = f"{passage.frames} different frames agree"
    started = f", from {told(passage.from_ms / 1000)} on" if passage.from_ms else ""
    order = "" if passage.in_order else ", not in its order"
    return f"{said}: {known} % of its frames, {upload} % of this video's{started} ({agree}{order})"


def _of_part(part: Part) -> str:
    mirrored = ", mirrored" if part.mirrored else ""
    there = f"{part.places} places agree, {part.again} of {part.expected} features are where they should be"
    return f"a part of the picture{mirrored}, at {_at(part.box)}: {there}"


def _seen(sight: Sight) -> list[str]:
    """Say in which view it was recognised, and what had been done to it as a whole."""
    where: str = sight.view.how
    if sight.view.how is How.INSIDE:
        where += f" ({_at([edge / 1000 for edge in sight.view.box])})"
    return [said for said in (where, sight.turn.name) if said]


def _at(box: Sequence[float]) -> str:
    left, top, right, bottom = (round(edge * 100) for edge in box)
    return f"{left}–{right} % of its width, {top}–{bottom} % of its height"  # noqa: RUF001 - ranges are written so
