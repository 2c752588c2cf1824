"""SoundCloud accounts; a recording counts as its account, which its address names."""

import re
from typing import Final

from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, carried, words

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{2,24}")
_RESERVED: Final = words(
    "charts discover download feed firstparty for-artists go help imprint jobs login messages mobile "
    "notifications pages people player popular press search settings signin stations stream tags "
    "terms-of-use tracks upload you"
)
_PLAYER: Final = "w.soundcloud.com"
_REDIRECTORS: Final = frozenset({"exit.sc", "gate.sc"})


def identify(address: Address) -> str | Elsewhere | None:
    """Read the account out of a page's address, or what the player or the redirectors carry."""
    if address.host == _PLAYER or address.host in _REDIRECTORS:
        return carried(address.query.get("url", ""))
    return _user(address.segment(0))


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a name, with or without its `@`."""
    return _user(handle.removeprefix("@"))


def _user(name: str) -> str | None:
    folded = name.lower()
    return f"soundcloud:user/{folded}" if folded not in _RESERVED and _NAME.fullmatch(folded) else None


SERVICE: Final = Service(
    names=frozenset({"soundcloud"}),
    kinds={"soundcloud:user": str.lower},
    hosts=frozenset({"soundcloud.com", "m.soundcloud.com", _PLAYER}) | _REDIRECTORS,
    identify=identify,
    named=named,
)
