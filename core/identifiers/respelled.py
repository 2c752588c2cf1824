"""Addresses of known services that are spelled out, set apart or broken up: `t dot me slash name`.

Anchored at the hosts of services that lists name: whatever stands between the labels of such a host, and
between it and what follows, may be written in any of the ways people use; anything else is no disguise but
prose. Every look around is bounded, so that a text is read in linear time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from core.identifiers.service import words

DOT_WORDS: Final = words(
    "dot d0t daat nuqta punto ponto punkt point nokta titik точка тчк дот ڈاٹ ڈوٹ نقطہ پوائنٹ نقطة نقطه نکته "
    "دوت دات ټکی ټکي ډاټ डॉट बिंदु ডট ডোট বিন্দু"
)
SLASH_WORDS: Final = words(
    "slash backslash barra schrägstrich taksim слэш слеш سلیش سلاش سليش سلېش اسلش شرطة स्लैश স্ল্যাশ"
) | {"شرطة مائلة"}
UNDERSCORE_WORDS: Final = words("underscore under_score انڈرسکور")
"""What people write or say for signs, lower case, in the languages of the groups this is made for."""

_SAID: Final = tuple(w for w in SLASH_WORDS if not any(o in w for o in SLASH_WORDS - {w}))
_SHARED: Final = ("ش", "ш", "")
"""A letter that all words of a script have: where it is not, none of them has to be looked for."""

_ALL_SAID: Final = tuple(
    (letter, tuple(w for w in _SAID if next(one for one in _SHARED if one in w) == letter))
    for letter in _SHARED
)
_SLASHES_SAID: Final = (_ALL_SAID, (("", tuple(word for word in _SAID if word.isascii())),))
"""Words to look for in a text that is not, and in one that is, ASCII."""

_LOOSE: Final = r"[^\w/\\.,@]{0,5}"
"""Spaces, brackets, markup, emoji: what may stand around a dot."""

_DOT_SIGN: Final = (
    r"(?:[.\u00b7\u2022\u2026\u2219\u2027\u2e31\u2e33\u30fb\u0660\u06d4\u06f0\u060c\ua78f]|,(?!\s)|(?<=\s),)"
)
"""A comma with a space only behind it is a comma."""

SAID_DOT: Final = rf"{_LOOSE}(?:{_DOT_SIGN}{{1,3}}|(?:{'|'.join(sorted(DOT_WORDS))})){_LOOSE}"
DOT: Final = rf"(?:{SAID_DOT}|[ _-]?)"
"""A dot in any way it is written, and one that may be left out."""

_BEFORE: Final = r"(?<![a-z0-9_@.\\'\u2019-].)(?<![^/:]/.)"
_LONGEST_FIRST: Final = sorted(SLASH_WORDS, key=lambda word: (-len(word), word))
_JOIN: Final = re.compile(
    rf"[^\w/\\.,@+#]{{0,6}}(?P<sign>[/\\]{{1,3}}|(?:forward )?(?:{'|'.join(_LONGEST_FIRST)})(?!\w))"
    r"(?P<after>[^\w/\\.,@+#]{0,6})"
)
_SEGMENT: Final = re.compile(
    rf"""(?:@|\+\s?|plus\s)?[A-Za-z0-9_]
    (?: [A-Za-z0-9_%=-]
      | [*~|`\\]{{1,4}}(?=[A-Za-z0-9_])
      | \.(?=[A-Za-z0-9_])
      | \s{{0,2}}[_](?:\s{{1,2}}(?=[A-Za-z0-9]))?
      | \s(?:{"|".join(sorted(UNDERSCORE_WORDS))})\s(?=[A-Za-z0-9])
    ){{0,80}}""",
    re.VERBOSE,
)
_HASH: Final = re.compile(rf"#(?={_JOIN.pattern})")
"""A part of a path by itself, where the signs around it are spelled out."""

_ENDS_HOST: Final = re.compile(rf"{SAID_DOT}(?:com|org|net|gg|tv)(?![a-z0-9_])")
"""What follows the first word of another host: `x . com / twitter . com` is a list."""

_QUERY: Final = re.compile(r"[?#][A-Za-z0-9_%=&.,:;/?#@+!~-]{3,300}")
"""What stands behind a path, or in its place (`matrix.to/#/…`); it holds no name that is set apart."""

_MARKUP: Final = re.compile(r"[*~|`\\\s]")
_SPELLED_UNDERSCORE: Final = re.compile(rf"\s(?:{'|'.join(sorted(UNDERSCORE_WORDS))})\s", re.IGNORECASE)
_TELLING: Final = re.compile(r"[0-9_+]")
_LINE_ENDS: Final = re.compile(r"\s*(?:\n|\Z)")
_SEGMENTS: Final = 3
_LONG_NAME: Final = 8
"""A word of this length behind `t.me /`, at the end of a line, is more likely a name than prose."""

_SHORTER: Final = {r"\.gg": "discord.gg"}
"""Beginnings of hosts that everybody knows how to complete."""


@dataclass(frozen=True, slots=True)
class Respelled:
    """An address that was put together, and the stretch of the text it was put together from."""

    address: str
    start: int
    end: int


class Speller:
    """Finds respelled addresses.

    Args:
        hosts: The hosts to look for, lower case.
    """

    def __init__(self, hosts: Iterable[str]) -> None:
        self._pattern, self._hosts = _pattern(hosts)

    def __call__(self, text: str, plain_slashes: int = 0) -> Iterator[Respelled]:
        """Give what may be an address, in order; plainly written ones are among them.

        Args:
            text: Any text.
            plain_slashes: How many slashes of it are known to stand in plain addresses: where there are no
                others and no word for one, nothing is spelled out.
        """
        low = lowered(text)
        if text.count("/") <= plain_slashes and "\\" not in text and not said_slash(low):
            return
        for found in self._pattern.finditer(low):
            host = self._hosts[(found.lastindex or 1) - 1]
            yield from behind(text, low, found.start(), found.end(), host)


def lowered(text: str) -> str:
    """Give a text in lower case, of the same length."""
    low = text.lower()
    if len(low) != len(text):
        # A capital letter of two small ones would shift everything behind it.
        low = "".join(c.lower() if c.isascii() else c for c in text)
    return low


def said_slash(low: str) -> bool:
    """Tell whether a text in lower case holds a word for a slash."""
    for letter, said in _SLASHES_SAID[low.isascii()]:
        if letter in low:
            for word in said:
                if word in low:
                    return True
    return False


def behind(text: str, low: str, start: int, end: int, host: str) -> Iterator[Respelled]:
    """Read what follows a host, signs and segments; the shortest address that may be meant comes first.

    Args:
        text: Any text.
        low: The same in lower case, of the same length.
        start: Where in it the host's spelling begins.
        end: Behind the spelling.
        host: The host that is spelled.
    """
    spelling = low[start:end]
    plain = spelling == host
    dotted = re.search(_DOT_SIGN, spelling) or any(word in spelling for word in DOT_WORDS)
    address, meant = host, not plain
    for _ in range(_SEGMENTS):
        join = _JOIN.match(low, end)
        if join is None or not (dotted or join[0] == "/"):
            return
        segment = _SEGMENT.match(text, join.end()) or _HASH.match(low, join.end())
        query = _QUERY.match(text, segment.end() if segment else join.end())
        if segment is None:
            if query:
                yield Respelled(f"{address}/{query[0]}", start, query.end())
            return
        if _ENDS_HOST.match(low, segment.end()):
            return
        word = _plainly(segment[0])
        meant = meant or (query is not None and "=" in query[0]) or _meant(text, join, segment)
        if meant:
            yield Respelled(f"{address}/{word}", start, segment.end())
        if meant and query:
            yield Respelled(f"{address}/{word}{query[0]}", start, query.end())
        dot = segment.start() + segment[0].find(".")
        if meant and "." in word and not (plain and " " in join[0]) and not _ENDS_HOST.match(low, dot):
            # Some names hold a dot; more often it ends a sentence without a space behind it.
            yield Respelled(f"{address}/{word.partition('.')[0]}", start, dot)
        address, end = f"{address}/{word}", segment.end()


def _meant(text: str, join: re.Match[str], segment: re.Match[str]) -> bool:
    """Tell whether a word set apart from a plain host belongs to it; `t.me/ join us` is a sentence."""
    if not any(space in join[0] for space in " \n\t") or _TELLING.search(segment[0]):
        return True
    ends = _LINE_ENDS.match(text, segment.end()) is not None
    return ends and ("\n" in join[0] or len(segment[0]) >= _LONG_NAME)


def _plainly(segment: str) -> str:
    named = _SPELLED_UNDERSCORE.sub("_", segment)
    if named[:5].lower() == "plus ":
        named = f"+{named[5:]}"
    return _MARKUP.sub("", named)


def _pattern(hosts: Iterable[str]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """Build one expression for all hosts, a group each, that tells them apart by their first letter at once.

    A branch that begins with a letter is tried only where that letter stands.
    """
    by_letter: dict[str, list[str]] = {}
    for host in sorted(hosts, key=lambda h: (-len(h), h)):
        by_letter.setdefault(host[0], []).append(host)
    order = sorted(by_letter)
    branches = [f"{letter}{_BEFORE}(?:{'|'.join(map(_spelled, by_letter[letter]))})" for letter in order]
    branches += [f"{sign[:2]}{_BEFORE}({sign[2:]})" for sign in _SHORTER]
    pattern = re.compile(f"(?:{'|'.join(branches)})(?![a-z0-9])")
    return pattern, (*(host for letter in order for host in by_letter[letter]), *_SHORTER.values())


def _spelled(host: str) -> str:
    """Write a host without its first letter, as an expression for all its spellings."""
    labels = [re.escape(label) for label in host.split(".")]
    return f"({DOT.join((labels[0][1:], *labels[1:]))})"
