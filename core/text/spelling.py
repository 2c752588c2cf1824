"""How a name is spelled, with all that people change in it taken away: what is left is compared.

Two steps beyond the skeleton: digits and signs that stand for letters by habit become those letters, and what
only sets letters apart, or says one twice, goes. What is left is no word any more and is for comparing only.
"""

import re
import unicodedata
from typing import Final

from core.text.confusables import folded

LEET: Final = {"3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g", "@": "a", "$": "s"}
"""What stands for a letter by habit; 0 and 1 look like theirs, so that the skeleton has them already."""

_LEET: Final = str.maketrans(LEET)
_APART: Final = re.compile(r"[^a-z0-9]+")
_REPEATED: Final = re.compile(r"(.)\1+", re.DOTALL)
_WORD: Final = re.compile(r"(?:[^\W_]|[\u0900-\u0dff])+")


def spelled(text: str) -> str:
    """Return the letters and digits of a text, leet undone, each run of one letter as one."""
    return once_each(letters(folded(text).translate(_LEET)))


def spelled_words(text: str) -> list[str]:
    """Return the words of a text, each spelled."""
    return _WORD.findall(once_each(folded(text).translate(_LEET)))


def without_pairs(spelling: str) -> str:
    """Return a spelling with m for rn, which look alike: another one only where it has them."""
    return once_each(spelling.replace("rn", "m"))


def once_each(text: str) -> str:
    """Return a text with each run of one character as one."""
    return _REPEATED.sub(r"\1", text)


def letters(text: str) -> str:
    """Return the letters, digits and vowel signs of a text, without what sets them apart."""
    if text.isascii():
        return _APART.sub("", text.lower())
    return "".join(c for c in text if c.isalnum() or unicodedata.category(c).startswith("M"))
