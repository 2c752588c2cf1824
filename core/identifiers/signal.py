"""Signal group links; what stands behind `#` is the group's key and never leaves the phone."""

import re
from typing import Final

from core.identifiers.address import Address
from core.identifiers.service import Service

_GROUP: Final = re.compile(r"[A-Za-z0-9_-]{20,200}={0,2}")


def identify(address: Address) -> str | None:
    """Read `signal.group/#…` and its app form."""
    return f"signal:group/{address.fragment}" if _GROUP.fullmatch(address.fragment) else None


SERVICE: Final = Service(
    hosts=frozenset({"signal.group"}),
    schemes=frozenset({"sgnl"}),
    identify=identify,
)
