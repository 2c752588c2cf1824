"""The skeleton of a text: two texts that look alike to a reader have the same one.

It is for comparing and never for showing: letters that only a close look tells apart share one (i, l, 1 and I
become `l`; o and 0 become `o`; m and rn become `m`). Latin, Cyrillic, Greek and many styled alphabets fold to
ASCII; Arabic and Urdu letters that keyboards exchange fold among themselves; what the eye does not see
(joiners, marks, tatweel, variation selectors) goes. Digits that stand for letters by habit (4 for a, 3 for e)
are none of its business: they do not look like them.

Source of the table: Unicode Technical Standard #39, "Confusable Detection"; see `confusables.txt`.
"""

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

MAX_CHARACTERS: Final = 10_000
"""What is longer is cut: no name and no address is."""

_LINES: Final = Path(__file__).with_name("confusables.txt")

_CLASSES: Final = {"i": "l", "1": "l", "0": "o"}
"""Characters of ASCII that share one place in the skeleton; `m` is written for rn, once all is folded."""

_FILLERS: Final = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Characters that count as letters, symbols or marks and show nothing."""

_LETTERS: Final = frozenset({0, 6, 7, 8, 9})
"""Combining classes of what is no mark, or no mere one."""

_EXCHANGED: Final = {
    "\u06cc": "\u064a\u0649\u06cd\u06d0\u06d2\u06d3",  # yeh, and the yeh that Urdu ends words with
    "\u06a9": "\u0643\u06aa\u06ab\u06ac",  # kaf
    "\u06af": "\u06b0",  # gaf
    "\u0647": "\u0629\u06be\u06c1\u06c3\u06d5",  # heh, teh marbuta
    "\u0627": "\u0671\u0672\u0673",  # alef
    "\u0648": "\u06c4\u06c5\u06c6\u06c7\u06c8\u06c9\u06cb",  # waw
    "\u0646": "\u06ba",  # noon
    "": "\u0621\u0640",  # hamza, tatweel
}
"""Letters of Arabic script that keyboards of its languages exchange, by the one they become.

Letters with a hamza or madda come apart in NFKD, and lose it with the other marks.
"""


class _Table(dict[int, str]):
    """What each character becomes; one that no line of the table names is looked up when it first comes."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        digit = unicodedata.digit(character, None)
        if digit is not None:
            character = str(digit)
        self[code] = "" if _unseen(character) else _CLASSES.get(character, character)
        return self[code]


def skeleton(text: str) -> str:
    """Return what a text looks like, in as few characters as possible; the same again gives the same.

    Spaces and punctuation stay. A text without any visible character gives "".
    """
    return folded(text).replace("rn", "m")


def folded(text: str) -> str:
    """Return the skeleton with rn left as it is: one letter for each, for whoever counts edits."""
    text = text[:MAX_CHARACTERS]
    if text.isascii():
        return text.lower().translate(_ascii())
    # Before decomposition too: it makes an s of the Greek sigma that looks like a c.
    shown = _decomposed(text.translate(_table())).casefold()
    return _decomposed(shown)


@cache
def lookalikes() -> Mapping[int, str]:
    """Return which letters of ASCII, by their classes, a character outside it looks like."""
    found: dict[int, str] = {}
    for line in _LINES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            letters, *codes = line.split()
            found.update((int(code, 16), letters) for code in codes)
    return found


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFKD", text).translate(_table())


def _unseen(character: str) -> bool:
    """Tell whether the eye does not see a character, or sees it only as a mark on another one.

    Marks of classes 0 and 6 to 9 are letters to the readers of India's scripts and of Japanese; they stay.
    """
    return (
        unicodedata.category(character) in {"Cf", "Me"}
        or character in _FILLERS
        or unicodedata.combining(character) not in _LETTERS
        or unicodedata.name(character, "").startswith(("VARIATION SELECTOR", "MONGOLIAN FREE"))
    )


@cache
def _ascii() -> dict[int, str]:
    return {ord(letter): shared for letter, shared in _CLASSES.items()}


@cache
def _table() -> _Table:
    """Read the table, at the first text that is not ASCII."""
    table = _Table({ord("I"): "l", **lookalikes()})
    for letter, exchanged in _EXCHANGED.items():
        table.update((ord(other), letter) for other in exchanged)
    return table
