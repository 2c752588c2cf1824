"""What one service must say about its addresses and names, so that all of them can be read alike."""

from collections.abc import Callable
from dataclasses import dataclass

from core.identifiers.address import Address, Elsewhere

Identify = Callable[[Address], str | Elsewhere | None]
"""Gives the canonical identifier of an address of this service, what it stands for, or None."""

Named = Callable[[str, frozenset[str]], str | None]
"""Gives the canonical identifier of a bare name; also gets the other words of a list's platform column."""


def words(listed: str) -> frozenset[str]:
    """Read a table's column of words, set apart by spaces."""
    return frozenset(listed.split())


def no_names(_handle: str, _column: frozenset[str]) -> None:
    """Stand in for the names of a service that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service and how its addresses look.

    Attributes:
        names: What lists call it, lower case, as one word each.
        hosts: Its hosts, without `www.`.
        parents: Hosts all of whose direct sub-domains are its own, too.
        schemes: Schemes of its apps, written with `://`.
        openings: How addresses of those schemes begin where they have no `//` (`tg:join?`).
    """

    names: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    parents: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset()
    openings: tuple[str, ...] = ()
    identify: Identify
    named: Named = no_names
