"""The names of organisations as they are compared.

A name's key is its letters in order, folded as texts are (`core.text.prose`): case, marks, punctuation and
spaces go, and of Arabic letters that keyboards exchange one stands for all. A transliteration is another
name: two spellings meet only where a list has both. Names that a list puts into one cell ("Al Lantern (AL)",
"Lantern / LNT") are taken apart, because the list itself says that each is a name.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.text.prose import folded, words

SHORT: Final = 5
"""Letters of a name that many may share; in scripts that leave vowels out they are fewer."""

_SHORT_ELSEWHERE: Final = 3
_ENOUGH: Final = 6
"""Consonants that must agree before two spellings are taken for one name."""

_LONGEST: Final = 500
_ABBREVIATION: Final = 10
_KNOWN_AS: Final = re.compile(
    r"\b(?:also known as|formerly known as|a\.k\.a\.|aka|f\.k\.a\.)\s", re.IGNORECASE
)
_COMPOUND: Final = re.compile(r"[(/]|known as|k\.a\.|aka\s", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\(([^()\s]{2,20})\)")
_VOWELS: Final = str.maketrans("", "", "aeiouy")
_REPEATED: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Forms:
    """What a written name says.

    Attributes:
        whole: The names it may stand for as a whole: as written, and without what explains it.
        parts: Further names inside of it.
        abbreviations: Those it gives for itself.
    """

    whole: tuple[str, ...]
    parts: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()


def key(name: str) -> str:
    """Return what a name is compared by, or "" where it has no letters."""
    return _letters(name[:_LONGEST]).replace(" ", "")


def is_short(name_key: str) -> bool:
    """Tell whether a key is so short that different organisations may well share it."""
    return len(name_key) <= (SHORT if name_key.isascii() else _SHORT_ELSEWHERE)


@lru_cache(maxsize=1 << 12)
def forms(name: str) -> Forms:
    """Take a written name apart."""
    name = name[:_LONGEST]
    if not _COMPOUND.search(name):
        return Forms(whole=(name,))
    head, *others = (part.strip(" ,;:-") for part in _KNOWN_AS.split(name))
    parts = [part.strip() for other in others for part in re.split("[,;]", other)]
    lead, abbreviations = _without_abbreviation(head)
    first, *rest = (part.strip() for part in lead.split("/"))
    whole = [name, head, lead, first]
    parts += rest
    for part in (*rest, *parts):
        inner, short = _without_abbreviation(part)
        parts.append(inner)
        abbreviations += short
    short_ones = [p for p in (*whole[1:], *parts) if p and is_short(key(p)) and p != name]
    kept = {*short_ones, *abbreviations}
    return Forms(
        whole=tuple(dict.fromkeys(w for w in whole if w and w not in kept)),
        parts=tuple(dict.fromkeys(p for p in parts if p and p not in kept and p not in whole)),
        abbreviations=tuple(dict.fromkeys((*abbreviations, *short_ones))),
    )


def consonants(name: str) -> str:
    """Return what is left of a name in Latin letters as the ear has it, or "" where that is too little.

    "Tehrik-e Taliban" and "Tehreek-i-Taliban" have the same: vowels, doubled letters and words of vowels go.
    """
    whole = forms(name).whole
    spelled = _letters(whole[-1] if whole else name)
    if not spelled.isascii():
        return ""
    left = [_REPEATED.sub(r"\1", bare) for word in spelled.split() if (bare := word.translate(_VOWELS))]
    return " ".join(left) if len(left) > 1 and sum(map(len, left)) >= _ENOUGH else ""


@lru_cache(maxsize=1 << 14)
def _letters(name: str) -> str:
    """Return a name's words, folded."""
    return words(folded(name))


def _without_abbreviation(name: str) -> tuple[str, list[str]]:
    """Split "Lantern Front (LF)" in two, where what is in brackets abbreviates what stands before it."""
    found = _BRACKET.search(name)
    if found is None:
        return name, []
    before = name[: found.start()].strip(" ,;-")
    return (before, [found[1]]) if _abbreviates(found[1], before) else (name, [])


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of one stand in the other in their order, the first one first."""
    letters, source = key(short), key(long)
    if not 1 < len(letters) <= _ABBREVIATION or len(letters) >= len(source) or letters[0] != source[0]:
        return False
    rest = iter(source)
    return all(letter in rest for letter in letters)
