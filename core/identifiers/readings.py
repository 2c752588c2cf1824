"""The ways to read a text: plainly, and through each disguise that may lie over it.

Every reading remembers where its characters stood. A disguise is looked for only where a text has its signs;
most texts have none.
"""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from core.identifiers import SERVICES
from core.identifiers.respelled import DOT_WORDS
from core.text.cleaned import Cleaned, cleaned, uncovered
from core.text.lookalikes import has_lookalike, in_ascii

_DECODINGS: Final = 5
"""How often something may be percent-encoded inside itself."""

_APPS: Final = sorted(scheme for service in SERVICES for scheme in service.schemes)
_DEFANGED: Final = re.compile(
    rf"""\s{{0,2}} [\[({{<]{{1,2}} \s{{0,2}}
        (?: (?P<sign>[.:/@]) | (?P<dot>{"|".join(sorted(DOT_WORDS))}) | (?P<at>at) | (?P<slash>slash) )
        \s{{0,2}} [\])}}>]{{1,2}} \s{{0,2}}
    | (?P<half> [\[({{]\.(?=[a-z]) | (?<=[a-z])\.[\])}}](?=[a-z]) )
    | (?<![a-z0-9]) (?!https?://) (?P<scheme> h(?:tt|xx|\*\*|\+\+|__)p s? | {"|".join(_APPS)} )
        \s? [\[(]?[:;]?[\])]? \s? [/\\]{{1,3}} \s?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SIGNED: Final = re.compile(r"[\[({</\\]")
_OPENING: Final = re.compile(
    rf"[\[({{<]|h(?:xx|\*\*|\+\+|__)p|https?(?!://|s://)[\s\[(:;/\\]|(?:{'|'.join(_APPS)})\s?[\[(]?:[\s\])]",
    re.IGNORECASE,
)
_ENCODED: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SINGLES: Final = re.compile(r" \S \S \S|[ \u00a0]\S[ \u00a0]\S[ \u00a0]\S")
_SPACED: Final = re.compile(r"(?<![\w@])[\w@./:+](?!\w)(?:[ \u00a0][\w@./:+](?!\w)){4,}+", re.ASCII)
_PICTURES: Final = re.compile("[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff]")
_EMOJI: Final = re.compile(rf"(?<=[\w./@+]){_PICTURES.pattern}+(?=[\w./@+])")
_OVERRIDDEN: Final = re.compile("\u202e([^\u202c\u2069\n]*)")


def plain_reading(text: str) -> Cleaned:
    """Read a text without what hides its characters, and with `[.]` and `hxxp` as everybody reads them."""
    plain = cleaned(text)
    if _SIGNED.search(plain.text) and _OPENING.search(plain.text):
        plain = plain.with_replaced(_DEFANGED, _refanged)
    return plain


def disguised_readings(text: str, plain: Cleaned) -> Iterator[Cleaned]:
    """Give the readings that a text has signs of.

    Args:
        text: As it was sent.
        plain: Its plain reading.
    """
    if has_lookalike(plain.text):
        yield Cleaned(in_ascii(plain.text), plain.cuts, plain.shifts)
    if "%" in plain.text and _ENCODED.search(plain.text):
        yield _decoded(plain)
    for sign, disguise in ((_SINGLES, _SPACED), (_PICTURES, _EMOJI)):
        if sign.search(plain.text) and (joined := plain.with_replaced(disguise, _parts_joined)) is not plain:
            yield joined
    if "\u202e" in text:
        yield uncovered(Cleaned(text).with_replaced(_OVERRIDDEN, lambda seen: seen[1][::-1]))


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
