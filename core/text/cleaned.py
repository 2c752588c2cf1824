"""Text without its disguises, and where each character of it stood: the first step of reading links.

Removed is what the eye cannot see (zero-width and bidi characters, fillers, stray control characters, marks
heaped on a letter); styled and full-width characters become plain ones; HTML's character references become
the characters, and a masked link (`[label](target)`) becomes its label. Nothing here is ever shown in place
of the original: `place` leads back to it.
"""

import html
import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from dataclasses import dataclass
from typing import Final

INVISIBLE: Final = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
INVISIBLE_ABOVE: Final = "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
"""As ranges of a character class, below and above U+FFFF: `re` looks up one class in a table and goes through
the other one by one. Source: Unicode, DerivedCoreProperties.txt, Default_Ignorable_Code_Point, with the
control and format characters and the fillers that chat programs show as nothing."""

MARKS: Final = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20e2\u20e4-\u20ff\ufe20-\ufe2f"
"""Combining marks of no one script; those of Arabic are letters to its readers, and stay."""

_STYLED: Final = (
    *(range(0x00A0, 0x0180), range(0x02B0, 0x0300), range(0x1D2C, 0x1DC0), range(0x2000, 0x20A0)),
    *(range(0x2100, 0x2190), range(0x2460, 0x2500), range(0x3000, 0x3040), range(0xFE10, 0xFE70)),
    *(range(0xFF01, 0xFFF0), range(0x1D400, 0x1D800), range(0x1F100, 0x1F150), range(0x1FBF0, 0x1FBFA)),
)
"""Blocks in which Unicode keeps styled forms of ASCII characters."""

_NOT_STYLE: Final = frozenset(
    "\u2026\u00b2\u00b3\u00b9\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u00aa\u00ba"
)
"""Ellipsis, powers and footnotes: they follow a word without belonging to it."""

_PLAIN_FORMS: Final = {
    **dict.fromkeys("\u2024\u3002\uff61\ufe52", "."),
    **dict.fromkeys("\u2044\u2215\u27cb\u29f8\u2571\u2cc6", "/"),
    **dict.fromkeys("\u2236\ua789\u02d0\u05c3", ":"),
    **dict.fromkeys("\u2010\u2011\u2212", "-"),
    **dict.fromkeys("\u2795\u271a\u271b\u271c", "+"),
    **dict.fromkeys("\u20e3\u2800\u3000", " "),
    "\u29f5": "\\",
    "\u29f9": "\\",
}
"""Signs that are drawn like another one; the keycap (U+20E3) parts a list's number from what follows."""

_FEW_MARKS: Final = 4
"""More than these on one letter are decoration. Composing many of them would take quadratic time."""

_TABLE_ENDS: Final = 0xFFFF
_UNESCAPES: Final = 3
"""How often a reference may be a reference to a reference (`&amp;#46;`)."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text made from another one.

    Attributes:
        text: The text.
        cuts: Positions in `text` from which on the distance to the original changes, ascending, from 0.
        shifts: The distance at each of these.
    """

    text: str
    cuts: Sequence[int] = (0,)
    shifts: Sequence[int] = (0,)

    def place(self, at: int) -> int:
        """Say where in the original the character at a position stood."""
        return at + self.shifts[bisect_right(self.cuts, at) - 1]

    def end(self, at: int) -> int:
        """Say where in the original the stretch that ends before a position ends."""
        return self.place(at - 1) + 1 if at else 0

    def with_replaced(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str]) -> "Cleaned":
        """Replace every match, remembering where everything stood; the same object where there is none."""
        pieces: list[str] = []
        cuts, shifts = array("q"), array("q")
        end = length = 0
        for found in pattern.finditer(self.text):
            self._keep(end, found.start(), length, cuts, shifts)
            piece = new(found)
            pieces += (self.text[end : found.start()], piece)
            length += found.start() - end
            if piece:
                # All of a replacement stands where the first character of what it replaces stood.
                for at in range(len(piece)):
                    cuts.append(length + at)
                    shifts.append(self.place(found.start()) - length - at)
            length += len(piece)
            end = found.end()
        if not pieces:
            return self
        self._keep(end, len(self.text) + 1, length, cuts, shifts)
        pieces.append(self.text[end:])
        return Cleaned("".join(pieces), cuts, shifts)

    def _keep(
        self, start: int, end: int, length: int, cuts: MutableSequence[int], shifts: MutableSequence[int]
    ) -> None:
        """Carry over how a stretch that stays leads back, now that it begins at `length`."""
        if start == end:
            return
        first = bisect_right(self.cuts, start) - 1
        for index in range(first, len(self.cuts)):
            at = max(self.cuts[index], start)
            if at >= end:
                break
            cuts.append(length + at - start)
            shifts.append(self.shifts[index] + start - length)


def cleaned(text: str) -> Cleaned:
    """Take the disguises off a text; most texts have none, and come back as they are."""
    found = Cleaned(text)
    if "&" in text:
        found = _unescaped(found)
    if "](" in text:
        found = found.with_replaced(_MASK, lambda mask: mask["label"])
    if "\\" in text:
        found = found.with_replaced(_ESCAPE, lambda _: "")
    return uncovered(found)


def uncovered(found: Cleaned) -> Cleaned:
    """Take off what hides and dresses single characters."""
    text = found.text
    if _ODD.search(text) or (not text.isascii() and _ABOVE.search(text) and _ODD_ABOVE.search(text)):
        found = found.with_replaced(_HEAPED, _composed)
        found = found.with_replaced(_ODD, _plain)
        found = found.with_replaced(_ODD_ABOVE, _plain)
    return found


def masked_targets(text: str) -> Iterator[tuple[str, int]]:
    """Give the target of each masked link and where it stands; a label is in the cleaned text."""
    if "](" in text:
        for found in _MASK.finditer(text):
            yield found["target"], found.start("target")


def _unescaped(text: Cleaned) -> Cleaned:
    for _ in range(_UNESCAPES):
        once = text.with_replaced(_REFERENCE, lambda reference: html.unescape(reference[0]))
        if once is text or once.text == text.text:
            break
        text = once
    return text


def _composed(heap: re.Match[str]) -> str:
    """Let a letter have the marks that make it another letter, and no more."""
    letter = heap[0][0]
    if len(heap[0]) <= _FEW_MARKS + 1:
        composed = unicodedata.normalize("NFC", heap[0])
        if len(composed) == 1:
            return composed
    return letter


def _plain(odd: re.Match[str]) -> str:
    """Give the plain form: ASCII, nothing where the eye sees nothing, itself where it only looks odd."""
    return _FORMS.get(ord(odd[0]), odd[0] if _SHOWN.match(odd[0]) else "")


def _plain_forms() -> dict[int, str]:
    plain = {ord(odd): form for odd, form in _PLAIN_FORMS.items()}
    for number in (n for block in _STYLED for n in block):
        odd = chr(number)
        form = unicodedata.normalize("NFKC", odd)
        if form != odd and len(form) == 1 and form.isascii() and odd not in _NOT_STYLE:
            plain.setdefault(number, form)
    return plain


_ESCAPE: Final = re.compile(r"\\(?=[_*~|`.\[\]()#>-])")
_REFERENCE: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_MASK: Final = re.compile(
    r"\[(?P<label>[^\[\]\n]{0,500}+)\]\([ \t]{0,9}+<?(?P<target>[^\s<>()]{1,2000}+)>?[^()\n]{0,200}+\)"
)
_HEAPED: Final = re.compile(f"[^{MARKS}\n][{MARKS}]++")
_FORMS: Final = _plain_forms()
_DRESSED: Final = re.escape("".join(chr(n) for n in _FORMS if n <= _TABLE_ENDS))
ODD: Final = f"{INVISIBLE}{MARKS}{_DRESSED}"
"""All characters up to U+FFFF that cleaning touches, as ranges of a character class."""

_ODD: Final = re.compile(f"[{ODD}]")
_ABOVE: Final = re.compile("[\U00010000-\U0010ffff]")
_DRESSED_ABOVE: Final = "\U0001d400-\U0001d7ff\U0001f100-\U0001f14f\U0001fbf0-\U0001fbf9"
_SHOWN: Final = re.compile(f"[{_DRESSED_ABOVE}]")
_ODD_ABOVE: Final = re.compile(f"[{INVISIBLE_ABOVE}{_DRESSED_ABOVE}]")
