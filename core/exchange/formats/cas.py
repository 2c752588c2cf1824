"""Combot Anti-Spam's export: one Telegram user id a line, and nothing that says so.

A number alone names nobody, so a list of numbers is read as this one only where its file's name says "cas",
or a comment in its first lines does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Final

from core.exchange.lines import Line
from core.exchange.row import Row

_NAMED: Final = re.compile(r"(?<![a-z])cas(?![a-z])", re.IGNORECASE)
_USER: Final = re.compile(r"[1-9]\d{4,15}")
_HEADS: Final = frozenset({"id", "user_id", "userid", "telegram_id"})
_MOST: Final = 0.8


def is_export(sample: Sequence[str], name: str) -> bool:
    """Tell whether the first lines of a file of this name are such a list."""
    lines = [line.strip() for line in sample if line.strip()]
    ids = [line for line in lines if not line.startswith("#")]
    named = _NAMED.search(PurePath(name).stem) or any(_NAMED.search(c) for c in lines if c.startswith("#"))
    return bool(named and ids) and sum(map(_is_user, ids)) >= _MOST * len(ids)


def rows(lines: Iterable[Line]) -> Iterator[Row]:
    """Give a row for every id."""
    for line in lines:
        plain = line.text.strip()
        if not plain or plain.startswith("#") or (plain.casefold() in _HEADS and line.number == 1):
            continue
        wrong = "" if _is_user(plain) else "not a Telegram user id"
        yield Row(line=line.number, text=line.text, wrong=wrong, fields={"canonical": f"telegram:id/{plain}"})


def _is_user(text: str) -> bool:
    return _USER.fullmatch(text) is not None
