"""Services that a table describes: each row is one form of an address, and the identifier it becomes.

A row's expression reads what follows the host, decoded and without empty parts, as one line of text:
`/part/part?&key=value&key#fragment`, where a key without a value has no `=`. It must match from the beginning
and end at the end of a part, a value or the text. For the address of an app, the host is the first part:
`viber://chat?number=…` is read as `/chat?&number=…`. The first row that fits counts.
"""

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final, NamedTuple

from core.identifiers import web
from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Fold, Identify, exact

_LONGEST: Final = 4096
"""Characters of an address that rows look at; no form that is known is longer."""


class Form(NamedTuple):
    """One form of an address.

    Attributes:
        where: Hosts, or schemes with their colon, set apart by spaces.
        written: A regular expression for what follows; see above.
        becomes: The identifier, with `{0}` for the first group of the expression.
    """

    where: str
    written: str
    becomes: str


_Rows = Mapping[str, tuple[tuple[re.Pattern[str], str], ...]]


def hosts(forms: Iterable[Form]) -> frozenset[str]:
    """Return the hosts that a table speaks of."""
    return frozenset(place for form in forms for place in form.where.split() if not place.endswith(":"))


def reading(
    forms: Iterable[Form], kinds: Mapping[str, Fold] | None = None, otherwise: Identify = web.identify
) -> Identify:
    """Return what reads the addresses of a table.

    Args:
        forms: The table.
        kinds: How the values of its kinds are folded.
        otherwise: Reads the addresses that no row fits.
    """
    rows: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {}
    for form in forms:
        row = re.compile(form.written + r"(?=[/?&#]|$)", re.ASCII), form.becomes
        for place in form.where.split():
            rows[place] = (*rows.get(place, ()), row)
    return partial(_read, rows, kinds or {}, otherwise)


def text(address: Address) -> str:
    """Write what follows an address's host the way rows read it."""
    app = address.host if address.scheme + ":" not in _WEB else ""
    path = "/".join(("", *((app,) if app else ()), *address.segments))
    query = "".join(f"&{key}={value}" if value else f"&{key}" for key, value in address.query.items())
    return f"{path or '/'}?{query}#{address.fragment}"[:_LONGEST]


_WEB: Final = frozenset({"http:", "https:", "ftp:", "ws:", "wss:"})


def _read(
    rows: _Rows, kinds: Mapping[str, Fold], otherwise: Identify, address: Address
) -> str | Elsewhere | None:
    seen = text(address)
    for written, becomes in rows.get(address.scheme + ":") or rows.get(address.host, ()):
        if found := written.match(seen):
            prefix, _, value = becomes.format(*found.groups()).partition("/")
            return f"{prefix}/{kinds.get(prefix, exact)(value)}"
    return otherwise(address)
