"""Threema ids: eight characters, a star before those of organisations; case does not matter.

Source: threema-ch/threema-android, the handler of its addresses.
"""

import re
from typing import Final

from core.identifiers.forms import Form, hosts, reading
from core.identifiers.service import Service

_ID: Final = re.compile(r"[*A-Z0-9][A-Z0-9]{7}")
_WRITTEN: Final = r"([*A-Za-z0-9][A-Za-z0-9]{7})"
_KINDS: Final = {"threema:user": str.upper}
_FORMS: Final = (
    Form("threema.id", rf"/{_WRITTEN}", "threema:user/{0}"),
    Form("threema:", rf"/(?:add|compose)\?.*?&id={_WRITTEN}", "threema:user/{0}"),
    Form("threema.id", rf"/(?:add|compose)\?.*?&id={_WRITTEN}", "threema:user/{0}"),
)


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a bare id."""
    folded = handle.upper()
    return f"threema:user/{folded}" if _ID.fullmatch(folded) else None


SERVICE: Final = Service(
    names=frozenset({"threema"}),
    kinds=_KINDS,
    hosts=hosts(_FORMS),
    schemes=frozenset({"threema"}),
    identify=reading(_FORMS, _KINDS),
    named=named,
)
