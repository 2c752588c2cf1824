# ruff: noqa: RUF001 - letters that look like others are the subject
"""The words of a text as they are compared: without case, marks, invisible characters and look-alikes.

`folded` keeps punctuation, for expressions; `words` keeps letters and digits only, one space between words,
for phrases and for texts as a whole. Both are for comparing and never for display. They take time in
proportion to the text: marks are taken out before Unicode's decomposition sorts them, which for a hundred
thousand marks on one letter takes Python eight seconds.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from core.text.arabic import SAME

UNSEEN: Final = frozenset({"Mn", "Mc", "Me", "Cf"})
"""General categories of marks and of what has no shape of its own."""

BLOCKS: Final = (
    *((0x0080, 0x3100), (0xA600, 0xAC00), (0xFB1E, 0xFB1F), (0xFE00, 0xFE30), (0xFEFF, 0xFF00)),
    *((0xFFF9, 0xFFFC), (0x10100, 0x12000), (0x13430, 0x13460), (0x16100, 0x17000), (0x1BC90, 0x1BCB0)),
    *((0x1CF00, 0x1D250), (0x1DA00, 0x1DAB0), (0x1E000, 0x1EA00), (0xE0000, 0xE0200)),
)
"""Where they stand: looking through all planes would cost every start a third of a second."""

_FILLERS: Final = "\u0640\u115f\u1160\u2800\u3164\uffa0"
"""Tatweel, and letters and signs that are drawn as nothing."""

_ZEROS: Final = (
    *(0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6),
    *(0xD66, 0xDE6, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0x1810),
)
"""The zero of each script whose digits Unicode's decomposition leaves alone; one to nine follow it."""

_LOOK_ALIKES: Final[Mapping[str, str]] = {
    "АВЕЅІЈКМНОРСТУХԌԚԜҺӀ": "abesijkmhopctyxgqwhl",
    "авеѕіјкмнорстухԁԛԝһӏүѵ": "abesijkmhopctyxdqwhlyv",
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ": "abezhikmnoptyx",
    "αβεικνορτυχϲϳ": "abeikvoptuxcj",
    "ԱՕօոսհցյ": "uoonuhgj",
    "ıłøđħɑɡɩɾʋʙᴀᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ": "ilodhagirvbacdefghijklmnoprstuvwyz",
}
"""Letters that are drawn like Latin ones, capitals and small ones apart: a capital Eta is an h."""


def _unseen() -> Iterator[str]:
    for first, end in BLOCKS:
        yield from (c for c in map(chr, range(first, end)) if unicodedata.category(c) in UNSEEN)
    yield from _FILLERS


def _ranges(characters: Iterator[str]) -> str:
    """Write characters as the inside of a character class."""
    found: list[list[int]] = []
    for code in sorted({ord(c) for c in characters}):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found)


def _table() -> dict[int, str]:
    table = {ord(letter): same for letter, same in SAME.items()}
    for letters, latin in _LOOK_ALIKES.items():
        table |= {ord(letter): one for letter, one in zip(letters, latin, strict=True)}
    for zero in _ZEROS:
        table |= {zero + digit: str(digit) for digit in range(10)}
    for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6):  # boxed, round and flag letters
        table |= {first + at: chr(ord("a") + at) for at in range(26)}
    return table


_REMEMBERED: Final = 40
"""Letters of a word that is remembered; longer ones are not said twice."""

_LAST: Final = "\uffff"
# Two classes: one that reaches beyond the first plane is looked through range by range, 20 times slower.
_UNSEEN: Final = re.compile(f"[{_ranges(c for c in _unseen() if c <= _LAST)}]+")
_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]+")
_UNSEEN_BEYOND: Final = re.compile(f"[{_ranges(c for c in _unseen() if c > _LAST)}]+")
_TABLE: Final = _table()
_LEET: Final = re.compile(r"[013457@$]+(?=[a-z])")
_DIGIT: Final = re.compile(r"[013457@$]")
_DRESSED: Final = re.compile(r"[A-Za-z][013457@$]|[013457@$][A-Za-z]")
_MANY_DRESSED: Final = 5
"""Words with such digits, at least: fewer are the names of things (`mp3`, `G7`)."""

_APART: Final = {code: " " for code in range(128) if not chr(code).isalnum()}
_MEANT: Final = str.maketrans("013457@$", "oieastas")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.|t\.me/)\S*")
_WORD: Final = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return a text with its letters folded: case, marks, the script's variants, look-alikes, digits.

    White space becomes single spaces.
    """
    if text.isascii():
        plain = " ".join(text.lower().split())
        return _LEET.sub(_meant, plain) if _DIGIT.search(plain) else plain
    return " ".join(
        [_remembered(one) if len(one) <= _REMEMBERED else _folded(one) for one in text.split()]
    ).strip()


def heard(text: str) -> str:
    """Return a text folded, as whoever reads it aloud would say it.

    Where digits stand for letters in many of its words (`7h3 k1t3s`), all of those in words with a letter do.
    """
    if _DIGIT.search(text) and text.isascii():
        said = text.split()
        dressed = sum(_DRESSED.search(word) is not None for word in said)
        if dressed >= _MANY_DRESSED and dressed * 3 >= len(said):
            text = " ".join(_bare(word) for word in said)
    return folded(text)


def words(text: str) -> str:
    """Return the words of a folded text, one space between them; an address is none of them."""
    if text.isascii() and not _ADDRESS.search(text):
        return " ".join(text.translate(_APART).split())
    said = [_words_remembered(one) if len(one) <= _REMEMBERED else _words(one) for one in text.split()]
    return " ".join(filter(None, said))


def _folded(text: str) -> str:
    if not text.isascii():
        seen = _seen(text)
        plain = unicodedata.normalize("NFKD", seen)
        if plain != seen:
            plain = _seen(plain)
        text = plain.translate(_TABLE)
    return _LEET.sub(_meant, text.casefold())


def _words(text: str) -> str:
    return " ".join(_WORD.findall(_ADDRESS.sub(" ", text)))


# People say most words again and again: looking one up costs a hundredth of folding it.
_remembered = lru_cache(maxsize=1 << 14)(_folded)
_words_remembered = lru_cache(maxsize=1 << 14)(_words)


def _bare(word: str) -> str:
    return word.translate(_MEANT) if _DRESSED.search(word) else word


def verbatim(text: str) -> str:
    """Return a digest of a text as it is written: 32 hex digits, at little cost.

    It only names the text: two spellings of the same words have two.
    """
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def digest(text: str) -> str:
    """Return the SHA-256 of words, in hex: what a text is called where it must not be kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _seen(text: str) -> str:
    """Take out marks and what has no shape."""
    text = _UNSEEN.sub("", text)
    return _BEYOND.sub(lambda found: _UNSEEN_BEYOND.sub("", found[0]), text)


def _meant(digits: re.Match[str]) -> str:
    """Read digits as letters where they stand between Latin ones: h3llo."""
    before = digits.string[digits.start() - 1 : digits.start()]
    return digits[0].translate(_MEANT) if before.isascii() and before.isalpha() else digits[0]
