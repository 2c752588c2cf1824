"""The shape of a service's cases: what its addresses and names give, and what only looks like one of them."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The cases of one service.

    Attributes:
        addresses: Each with the identifier that it gives.
        others: What only looks like an address of the service, and what it gives instead.
        nobody: Addresses that give nothing.
        names: What lists write in their column for the platform, the name, and the identifier.
        no_names: The same two columns, where they name nobody.
        companions: Identifiers, and what else each of them says.
    """

    addresses: Sequence[tuple[str, str]]
    others: Sequence[tuple[str, str]] = ()
    nobody: Sequence[str] = ()
    names: Sequence[tuple[str, str, str]] = ()
    no_names: Sequence[tuple[str, str]] = ()
    companions: Sequence[tuple[str, tuple[str, ...]]] = ()
