"""What one service must say about its addresses and names, so that all of them can be read alike."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote

from core.identifiers.address import Address, Elsewhere

Identify = Callable[[Address], str | Elsewhere | None]
"""Gives the canonical identifier of an address of this service, what it stands for, or None."""

Named = Callable[[str, frozenset[str]], str | None]
"""Gives the canonical identifier of a bare name; also gets the other words of a list's platform column."""

Fold = Callable[[str], str]
"""Brings the value of one kind into its one form: `str.lower` for names, `exact` for codes."""

_ENCODED_AGAIN: Final = re.compile(r"[^/?#%]*%")
_ENCODINGS: Final = 3
"""How often an address inside an address is decoded once more; two are seen, by redirectors in a row."""


def words(listed: str) -> frozenset[str]:
    """Read a table's column of words, set apart by spaces."""
    return frozenset(listed.split())


def no_names(_handle: str, _column: frozenset[str]) -> None:
    """Stand in for the names of a service that has none."""


def nothing_else(_identifier: str) -> tuple[str, ...]:
    """Stand in for what the identifiers of most services say besides themselves."""
    return ()


def exact(value: str) -> str:
    """Keep the case of a value: another case is another code."""
    return value


def carried(url: str) -> Elsewhere | None:
    """Read an address that stood in the query or the path of another one; None where none stood there.

    One that was encoded more than once does not look like an address yet, and is decoded until it does.
    """
    for _ in range(_ENCODINGS):
        if not _ENCODED_AGAIN.match(url):
            break
        url = unquote(url)
    return Elsewhere(url) if url else None


def rest(address: Address, index: int) -> Elsewhere | None:
    """Read an address that begins at a part of the path of another; what follows the path is its own, too."""
    path = address.path.lstrip("/")
    for _ in range(index):
        path = path.partition("/")[2].lstrip("/")
    if not path:
        return None
    query = "&".join(f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in address.query.items())
    fragment = f"#{quote(address.fragment)}" if address.fragment else ""
    return carried(path + ("?" + query if query else "") + fragment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service and how its addresses look.

    Attributes:
        names: What lists call it, lower case, as one word each.
        kinds: What its identifiers begin with (`telegram:user`), each with the one form of its values.
        hosts: Its hosts, without `www.`.
        parents: Hosts all of whose direct sub-domains are its own, too.
        schemes: Schemes of its apps, written with `://`.
        openings: How addresses of those schemes begin where they have no `//` (`tg:join?`).
        anywhere: Reads what is plainly an address of this service on a host that is nobody's.
        companions: Gives what else an identifier says, in other identifiers.
    """

    names: frozenset[str] = frozenset()
    kinds: Mapping[str, Fold] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset()
    openings: tuple[str, ...] = ()
    identify: Identify
    named: Named = no_names
    anywhere: Identify | None = None
    companions: Callable[[str], tuple[str, ...]] = nothing_else
