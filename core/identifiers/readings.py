"""The ways to read a text: plainly, and through each disguise that may lie over it.

Every reading remembers where its characters stood. A disguise is looked for only where a text has its signs;
most texts have none.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from core.identifiers import SERVICES
from core.identifiers.respelled import DOT_WORDS, said_slash
from core.identifiers.set_apart import may_be_set_apart
from core.text.cleaned import ODD, Cleaned, cleaned, uncovered
from core.text.lookalikes import has_lookalike, in_ascii

_DECODINGS: Final = 5
"""How often something may be percent-encoded inside itself."""

_APPS: Final = sorted(scheme for service in SERVICES for scheme in service.schemes)
_DEFANGED: Final = re.compile(
    rf"""\s{{0,2}} [\[({{<]{{1,2}} \s{{0,2}}
        (?: (?P<sign>[.:/@+]) | (?P<dot>{"|".join(sorted(DOT_WORDS))}) | (?P<at>at) | (?P<slash>slash) )
        \s{{0,2}} [\])}}>]{{1,2}} \s{{0,2}}
    | (?P<half> [\[({{]\.(?=[a-z]) | (?<=[a-z])\.[\])}}](?=[a-z]) )
    | (?<![a-z0-9]) (?!https?://) (?P<scheme> h(?:tt|xx|\*\*|\+\+|__)p s?
        | (?: {"|".join(map(re.escape, _APPS))} )(?= \s? [\[(]?[:;]) )
        \s? [\[(]?[:;]?[\])]? \s? [/\\]{{1,3}} [\])]? \s?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TELLING: Final = re.compile(rf"[{ODD}&\[({{</\\%@.:](?:(?<![.:])|(?=[^\s.]))")
_ABOVE: Final = re.compile("[\U00010000-\U0010ffff]")
_OF_A_HOST: Final = re.compile(r"[^\x00-@\[-`{-\x7f\u0600-\u06ff]")
"""A letter that may be part of a host's name, as it is or by its looks: not one of Arabic script."""
_BRACKET: Final = re.compile(r"[\[({<]")
_BROKEN: Final = re.compile(r"http(?!s?://)")
_OPENINGS: Final = ("xxp", "**p", "++p", "__p", " :")
"""What a defanged or broken address shows beside brackets."""

_ENCODED: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SINGLES: Final = re.compile(r" \S \S \S")
_SPACED: Final = re.compile(r"(?<![\w@])@?[\w@./:+?=&#%-](?!\w)(?: [\w@./:+?=&#%-](?!\w)){4,}+", re.ASCII)
_PICTURES: Final = re.compile("[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff]")
_EMOJI: Final = re.compile(rf"(?<=[\w./@+]){_PICTURES.pattern}+(?=[\w./@+])")
_MARKUP: Final = re.compile(
    r"(?<=\w)(?:[*`~]{2,3}|\|\|)(?=\w)|(?<=[./+@])(?:[*`~]{1,3}|\|\|)(?=\w)"
    r"|(?<=\w)(?:[*`~]{1,3}|\|\|)(?=[./])|(?<![\w./])(?<![a-z0-9][*~`|])(?<![a-z0-9][*~`|]{2})__?(?=[a-z0-9])|(?<=[a-z0-9])__?(?=[\s/]|\Z)",
    re.IGNORECASE,
)
"""What sets some letters of a word in bold, italics, code, or hides them: the word is read in one."""

_TAG: Final = re.compile(r"</?(?:[bisu]|em|del|ins|code|strong|span|tg-spoiler)>", re.IGNORECASE)
_BBCODE: Final = re.compile(
    r"""(?P<apart> \[/?(?:url|link|img|media|email)\b=?["']? | ["']?\](?=[^\[\]\n]{0,200}+\[/(?:url|link)\]) )
    | \[/?(?:[bisu]|code|quote|spoiler|(?:size|color|font)(?:=[^\[\]\n]{1,40}+)?)\]""",
    re.VERBOSE | re.IGNORECASE,
)
"""Markup of forums: what stands around an address, and what sets letters of a word in bold."""

_OVERRIDDEN: Final = re.compile("\u202e([^\u202c\u2069\n]*)")


def may_hold_address(text: str) -> bool:
    """Tell whether any reading of a text could hold an address or a handle; most prose could not."""
    if _TELLING.search(text):
        return True
    if not text.isascii():
        if _OF_A_HOST.search(text) is None:
            return False
        if _ABOVE.search(text):
            return True
    low = text.lower()
    return said_slash(low) or may_be_set_apart(low)


def plain_reading(text: str) -> Cleaned:
    """Read a text without what hides its characters, and with `[.]` and `hxxp` as everybody reads them."""
    plain = cleaned(text)
    if "</" in plain.text:
        plain = plain.with_replaced(_TAG, lambda _: "")
    if "[/" in plain.text:
        plain = plain.with_replaced(_BBCODE, lambda tag: " " if tag["apart"] else "")
    if _BRACKET.search(plain.text) or _may_be_defanged(plain.text):
        plain = plain.with_replaced(_DEFANGED, _refanged)
    return plain


def _may_be_defanged(text: str) -> bool:
    if not ("/" in text or "\\" in text):
        return False
    low = text.lower()
    return any(sign in low for sign in _OPENINGS) or _BROKEN.search(low) is not None


def disguised_readings(text: str, plain: Cleaned) -> Iterator[Cleaned]:
    """Give the readings that a text has signs of.

    Args:
        text: As it was sent.
        plain: Its plain reading.
    """
    if has_lookalike(plain.text):
        yield Cleaned(in_ascii(plain.text), plain.cuts, plain.shifts)
    if _may_be_marked(plain.text) and (joined := plain.with_replaced(_MARKUP, lambda _: "")) is not plain:
        yield joined
    if "%" in plain.text and _ENCODED.search(plain.text):
        yield _decoded(plain)
    if _SINGLES.search(plain.text) and (joined := plain.with_replaced(_SPACED, _parts_joined)) is not plain:
        yield joined
    if not plain.text.isascii() and _PICTURES.search(plain.text):
        joined = plain.with_replaced(_EMOJI, _parts_joined)
        if joined is not plain:
            yield joined
    if "\u202e" in text:
        yield uncovered(Cleaned(text).with_replaced(_OVERRIDDEN, lambda seen: seen[1][::-1]))


def _may_be_marked(text: str) -> bool:
    return "*" in text or "`" in text or "__" in text or "~~" in text or "||" in text


def _refanged(found: re.Match[str]) -> str:
    if scheme := found["scheme"]:
        if scheme.lower() in _APPS:
            return f"{scheme}://"
        return "https://" if scheme[-1] in "sS" else "http://"
    if found["dot"] or found["half"]:
        return "."
    return found["sign"] or ("@" if found["at"] else "/")


def _decoded(text: Cleaned) -> Cleaned:
    for _ in range(_DECODINGS):
        once = text.with_replaced(_ENCODED, lambda encoded: unquote(encoded[0]))
        if once is text or once.text == text.text:
            break
        text = once
    return uncovered(text)


def _parts_joined(parts: re.Match[str]) -> str:
    """Drop spaces and emoji."""
    return "".join(c for c in parts[0] if c.isascii() and c != " ")
