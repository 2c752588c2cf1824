"""Letters of other alphabets that are drawn like an ASCII letter, one for one, each with its case.

Unlike a skeleton this keeps i, l and 1 apart: a link must lead to the very name that its reader takes it for.
Arabic script is left out: its letters resemble none of ASCII to those who read it.
"""

import re
import unicodedata
from functools import cache
from typing import Final

from core.text.confusables import lookalikes

_ACCENTED: Final = (range(0x00C0, 0x0250), range(0x1E00, 0x1F00))
_ABOVE: Final = re.compile("[\U00010000-\U0010ffff]+")
_TABLE_ENDS: Final = 0xFFFF
_LIKE_I: Final = re.compile(r"\bI\b|IOTA|DOTLESS I|SYMBOL LETTER I\b")


@cache
def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for number in (n for block in _ACCENTED for n in block):
        base = unicodedata.normalize("NFKD", chr(number))[0]
        if base.isascii() and base.isalpha():
            table[number] = base
    for number, letter in lookalikes().items():
        if len(letter) == 1:
            table.setdefault(number, _with_case(chr(number), letter))
    return table


def _with_case(odd: str, letter: str) -> str:
    """Give the ASCII character that an odd one is drawn like, out of the class it belongs to."""
    name = unicodedata.name(odd, "")
    if letter == "l" and _LIKE_I.search(name):
        letter = "i"
    if "DIGIT" in name:
        letter = {"l": "1", "o": "0"}.get(letter, letter)
    return letter.upper() if unicodedata.category(odd) == "Lu" else letter


@cache
def _pattern() -> re.Pattern[str]:
    # `re` looks a class up to U+FFFF up in a table, and goes through any other one by one.
    return re.compile(f"[{''.join(re.escape(chr(n)) for n in sorted(_table()) if n <= _TABLE_ENDS)}]")


def has_lookalike(text: str) -> bool:
    """Tell whether a text holds a letter that looks like one of ASCII."""
    if text.isascii():
        return False
    if _pattern().search(text):
        return True
    return any(ord(c) in _table() for run in _ABOVE.findall(text) for c in run)


def in_ascii(text: str) -> str:
    """Give a text with every such letter replaced, of the same length."""
    return text.translate(_table())


def is_prose(run: str) -> bool:
    """Tell whether a run of letters outside ASCII is a word of its own: not all of it looks like ASCII."""
    return any(ord(letter) not in _table() for letter in run)
