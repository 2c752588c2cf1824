"""Where a text may hold an address or a handle: the step before `canonical` and `named`.

Found are plain spellings only: addresses with a scheme, addresses without one whose host could be a host, and
`@name`. What is not an address on closer look (a version, a price, an e-mail address, a file's name) is left
out. Every position of the text is read a bounded number of times: no quantifier gives anything back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from core.identifiers import SERVICES
from core.text.lookalikes import has_lookalike

_SCHEMES: Final = "|".join(sorted({"https?", "ftp", *(s for service in SERVICES for s in service.schemes)}))
_OPENINGS: Final = "|".join(re.escape(opening) for service in SERVICES for opening in service.openings)
_PARENTS: Final = frozenset(host for service in SERVICES for host in service.parents)
_DOMAIN: Final = r"(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|edu|gov|info|io|co|uk|pk|social)\b"
"""What makes `@name` the end of an e-mail address, however it begins, or a name of another service."""
_SERVER: Final = r"(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}\b"
"""What follows the name of an account on Matrix, behind a colon."""

_CANDIDATE: Final = re.compile(
    rf"""(?<![A-Za-z0-9@/\\])(?<![A-Za-z0-9][._-])(?<![A-Za-z0-9]__)(?:(?<!%)|(?![2-57][0-9A-F]))
    (?: (?P<address> (?: (?:{_SCHEMES}):[/\\]{{2}} | {_OPENINGS} ) [^\s<>"`]++ )
      | (?P<host> [A-Za-z0-9][A-Za-z0-9_-]*+ (?:\.[A-Za-z0-9_-]++)++ ) (?!@) \.?
        (?P<tail> (?::[0-9]{{1,5}}+)? [/?\#] [^\s<>"`]*+ )?
      | (?P<handle> @(?!{_DOMAIN})[A-Za-z][A-Za-z0-9_]{{3,31}}+ ) (?![A-Za-z0-9_@]|:{_SERVER})
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_SIGN: Final = re.compile(r"[.@:](?=[^\s.])")
_SPACE: Final = re.compile(r"\s")
_ENDING: Final = ".,;:!?…'’”»،؛؟۔*|~"  # noqa: RUF001 - punctuation of several scripts, on purpose
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
_MARKED: Final = re.compile(r"(?<=[A-Za-z0-9])(?:[*`]{1,3}|~~|\|\|)\Z")
_OTHER_SCRIPT: Final = re.compile(r"(?:(?<=[A-Za-z0-9])[^\W\d_]{1,5}|(?<!\w)[^\W\d_]{1,2})\Z")
_BEFORE: Final = 8
"""Characters before a name that tell whether it begins there."""

_TOP_LEVEL: Final = re.compile(r"[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{2,59}", re.IGNORECASE)
_SCRIPTS: Final = frozenset({"php", "html", "htm", "asp", "aspx", "jsp"})
"""What a page's name ends with, and no host's."""

_LEAST_NAME: Final = 5
"""A shorter label before a bare `t.me` is more often code (`self.t.me`) than somebody's name."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text to look at; a handle begins with `@`, an address never does."""

    text: str
    start: int


def candidates(text: str) -> Iterator[Candidate]:
    """Find what may be an address or a handle, in order of appearance."""
    for start, end in _stretches(text):
        for found in _CANDIDATE.finditer(text, start, end):
            if found["host"] and not _plausible(found["host"], found["tail"]):
                continue
            if found["host"] and _names_below(found["host"]) and _goes_on(text, *found.span("host")):
                continue
            address = found["handle"] or _unmarked(trimmed(found[0]), text, found.start())
            yield Candidate(address, found.start())


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Give the words that have an address's sign inside; the search proper is too slow for all the others."""
    end = 0
    while sign := _SIGN.search(text, end):
        start = max(text.rfind(space, end, sign.start()) for space in " \n\t") + 1
        space = _SPACE.search(text, sign.end())
        yield max(start, end), (space.start() if space else len(text))
        if space is None:
            return
        end = space.end()


def _plausible(host: str, tail: str | None) -> bool:
    """Tell whether a host without a scheme is meant as one."""
    top = host[host.rindex(".") + 1 :]
    if not _TOP_LEVEL.fullmatch(top) or top.lower() in _SCRIPTS:
        return False
    if tail:
        return True
    return host[:4].lower() == "www." or _names_below(host)


def _names_below(host: str) -> bool:
    """Tell whether the first label of a host names somebody or something by itself."""
    label, _, parent = host.lower().partition(".")
    return parent == "onion" or (parent in _PARENTS and len(label) >= _LEAST_NAME)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Tell whether a name is the rest of a word whose beginning is marked up, or looks like ASCII and is not.

    Another reading shows it whole. Longer words of another script before it are words of their own.
    """
    if marked := _MARKED.search(text, max(start - _BEFORE, 0), start):
        return not text.startswith(marked[0], end)
    before = _OTHER_SCRIPT.search(text, max(start - _BEFORE, 0), start)
    return before is not None and has_lookalike(before[0])


def _unmarked(address: str, text: str, start: int) -> str:
    """Drop the underscores that set an address in italics: as many behind it as stand before it."""
    for length in (2, 1):
        if text.endswith("_" * length, 0, start) and address.endswith("_" * length):
            return address[:-length]
    return address


def trimmed(address: str) -> str:
    """Drop the sentence's punctuation, and brackets that were opened before the address."""
    opened = {bracket: address.count(bracket) for bracket in _BRACKETS.values()}
    closed = {bracket: address.count(bracket) for bracket in _BRACKETS}
    end = len(address)
    while end:
        last = address[end - 1]
        if last in _BRACKETS and closed[last] > opened[_BRACKETS[last]]:
            closed[last] -= 1
        elif last not in _ENDING:
            break
        end -= 1
    return address[:end]
