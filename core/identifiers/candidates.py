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

_SCHEMES: Final = "|".join(sorted({"https?", "ftp", *(s for service in SERVICES for s in service.schemes)}))
_OPENINGS: Final = "|".join(re.escape(opening) for service in SERVICES for opening in service.openings)
_PARENTS: Final = frozenset(host for service in SERVICES for host in service.parents)

_CANDIDATE: Final = re.compile(
    rf"""(?<![A-Za-z0-9@/\\])(?<![A-Za-z0-9][._-])(?<![A-Za-z0-9]__)
    (?: (?P<address> (?: (?:{_SCHEMES}):[/\\]{{2}} | {_OPENINGS} ) [^\s<>"`]++ )
      | (?P<host> [A-Za-z0-9][A-Za-z0-9_-]*+ (?:\.[A-Za-z0-9_-]++)++ ) (?!@) \.?
        (?P<tail> (?::[0-9]{{1,5}}+)? [/?\#] [^\s<>"`]*+ )?
      | (?P<handle> @[A-Za-z][A-Za-z0-9_]{{3,31}}+ ) (?![A-Za-z0-9_@])
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_SIGN: Final = re.compile(r"[.@:](?=[^\s.])")
_SPACE: Final = re.compile(r"\s")
_ENDING: Final = ".,;:!?…'’”»،؛؟۔*|~"  # noqa: RUF001 - punctuation of several scripts, on purpose
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}
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
    label, _, parent = host.lower().partition(".")
    return label == "www" or parent == "onion" or (parent in _PARENTS and len(label) >= _LEAST_NAME)


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
