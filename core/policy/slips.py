"""What was probably typed where a file is no YAML: the parser knows where it stopped, not what a person did.

Each slip is one of a few that people make who do not write YAML: a tab, a dash or a colon of a phone's
keyboard, a space that is none, a bracket or a quote that is left open, a line that begins too far right.
Only a file that was refused already is looked at, so nothing that can be read is ever found fault with.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from core.policy.faults import Spot

_LOOKED_AT: Final = 8
"""Lines before the place where the parser stopped among which the one before it is looked for."""

_LONGEST: Final = 500
"""Characters of a line that are looked at."""

_KEY: Final = re.compile(r"( *)((?:- +)*)([A-Za-z_]+):(?: |$)")
_UNSEEN: Final = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SPACES: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_QUOTES: Final = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\uff02\uff07"
_COLON: Final = re.compile("^ *(?:- +)?[A-Za-z_]+ *([\uff1a\ufe55\ufe13\ua789\u2236\u02d0])")
_BULLET: Final = re.compile("^ *([\u2010-\u2015\u2212\u2022\u00b7\u25cf*+])\\s")
_NO_SPACE: Final = re.compile(r"^ *(?:- +)?([A-Za-z_]+:)[^\s:/]")
_NO_DASH_SPACE: Final = re.compile(r"^ *(-)[A-Za-z_]+:")
_TAB: Final = re.compile(r"(\t)")
_FENCE: Final = re.compile(r"^ *(`{3,}|~{3,})")
_RESERVED: Final = re.compile(r"(?:^|[:,\[{-]) *([@`%][^\s,\]}]*)")
_SECOND_COLON: Final = re.compile(r"^ *(?:- +)?([A-Za-z_]+): +[^\s\"'\[{|>#][^#]*?(:)(?: |$)")
_APOSTROPHE: Final = re.compile(r"[:,\[{] *'(?:[^']|'')*(')\w")


@dataclass(frozen=True, slots=True)
class Slip:
    """What was probably typed, and what to type instead."""

    spot: Spot
    what: str
    hint: str


@dataclass(frozen=True, slots=True)
class _Sign:
    """An expression whose last group is the slip, and its words."""

    form: re.Pattern[str]
    what: str
    hint: str


_SIGNS: Final = (
    _Sign(_FENCE, "a fence of a code block", "leave this line out, and the one that closes it"),
    _Sign(_TAB, "a tab", "use spaces"),
    _Sign(_SPACES, "a space that YAML does not know", "type a plain space"),
    _Sign(_UNSEEN, "a character that cannot be seen", "take it out, or type the line anew"),
    _Sign(_COLON, "a colon of another script", "type : and a space"),
    _Sign(_BULLET, "a sign that is no hyphen", "type - and a space"),
    _Sign(_NO_DASH_SPACE, "no space after the hyphen", "type - and a space"),
    _Sign(_NO_SPACE, "no space after the colon", "type : and a space"),
    _Sign(_APOSTROPHE, "a quote that ends too soon", "use \" around a text that has ' in it"),
    _Sign(_SECOND_COLON, "a colon within a text", 'put the text into quotes: "…"'),
    _Sign(_RESERVED, "a sign that no text begins with", 'put the text into quotes: "…"'),
)


def slip(text: str, spot: Spot, opened: Spot | None = None) -> Slip | None:
    """Return what was probably typed where the parser stopped, or nothing.

    Args:
        text: The file.
        spot: Where the parser stopped.
        opened: Where that began what it was reading: a bracket, a quote.
    """
    lines = text.splitlines()
    last = min(spot.line, len(lines) - 1)
    above = range(last - 1, max(-1, last - _LOOKED_AT), -1)
    before = next((number for number in above if lines[number].partition("#")[0].strip()), None)
    near = (last,) if before is None else (last, before)
    found = next((one for number in near if lines for one in _on(number, lines[number])), None)
    left_open = _left_open(lines, opened) or _left_open(lines, _last_open(lines, spot))
    return found or left_open or _uneven(lines, spot.line)


def unseen(key: str, spot: Spot) -> Slip | None:
    """Return the space or the unseen character in a key that cannot be read because of it, or nothing."""
    for sign in _SIGNS:
        if sign.form in (_SPACES, _UNSEEN) and (seen := sign.form.search(key)):
            return Slip(
                Spot(line=spot.line, column=spot.column + seen.start()), _named(sign, seen), sign.hint
            )
    return None


def legible(key: str) -> str | None:
    """Return a key without what cannot be seen; nothing where it begins with a space that does not indent."""
    return None if _SPACES.match(key) else _UNSEEN.sub("", _SPACES.sub("", key)) or None


def unquoted(text: str) -> str:
    """Return a text without the quotes that phones and word processors put around it, if it has both."""
    framed = len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES
    return text[1:-1] if framed else text


def _on(number: int, line: str) -> Iterator[Slip]:
    """Yield the slips on one line; what is in quotes, or a comment, is text and may hold anything."""
    shown = _without_quoted(line[:_LONGEST])
    for sign in _SIGNS:
        if seen := sign.form.search(line[:_LONGEST] if sign.form is _APOSTROPHE else shown):
            group = seen.re.groups
            spot = Spot(
                line=number, column=seen.start(group), width=max(1, seen.end(group) - seen.start(group))
            )
            yield Slip(spot, _named(sign, seen), sign.hint)


def _named(sign: _Sign, seen: re.Match[str]) -> str:
    """Name a character that nobody can see by its number, so that it can be searched for."""
    return f"{sign.what} (U+{ord(seen[0]):04X})" if sign.form in (_SPACES, _UNSEEN) else sign.what


def _without_quoted(line: str) -> str:
    """Return a line with what is in quotes, and a comment, put out by as many letters."""
    quoted = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|(?:^|(?<= ))#.*")
    return quoted.sub(lambda text: "x" * len(text[0]), line)


def _left_open(lines: Sequence[str], opened: Spot | None) -> Slip | None:
    """Return the bracket or the quote that the parser was within."""
    if opened is None or opened.line >= len(lines):
        return None
    sign = lines[opened.line][opened.column : opened.column + 1]
    closing = {"{": "}", "[": "]", '"': '"', "'": "'"}.get(sign)
    return Slip(opened, f"nothing closes this {sign}", f"close it with {closing}") if closing else None


def _last_open(lines: Sequence[str], spot: Spot) -> Spot | None:
    """Return the last bracket that is open where the text ends, if that is where the parser stopped."""
    if spot.line < len(lines) - 1:
        return None
    opened: list[Spot] = []
    for number, line in enumerate(lines):
        for column, sign in enumerate(_without_quoted(line[:_LONGEST])):
            if sign in "{[":
                opened.append(Spot(line=number, column=column))
            elif sign in "}]" and opened:
                opened.pop()
    return opened[-1] if opened else None


def _uneven(lines: Sequence[str], number: int) -> Slip | None:
    """Return a line whose key stands under no key above it, though nearly."""
    here = _KEY.match(lines[number][:_LONGEST]) if number < len(lines) else None
    above = (_KEY.match(line[:_LONGEST]) for line in reversed(lines[max(0, number - _LOOKED_AT) : number]))
    key = next((one for one in above if one), None)
    if here is None or key is None or here.start(3) == key.start(3):
        return None
    spot = Spot(line=number, column=here.start(3), width=len(here[3]))
    return Slip(
        spot, "this line begins under no other", f'begin it under "{key[3]}", in column {key.start(3) + 1}'
    )
