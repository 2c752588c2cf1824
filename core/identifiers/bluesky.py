"""Bluesky accounts: by their permanent id (`did:plc:…`) where it is written, else by their name, a host."""

import re
from typing import Final

from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, carried, words

_NAME: Final = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}")
_DID: Final = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]{3,200})")
_REDIRECTOR: Final = "go.bsky.app"
_NAMES: Final = "bsky.social"
_LISTED: Final = words("profile starter-pack start")


def identify(address: Address) -> str | Elsewhere | None:
    """Read an account's page, one of its posts, its own host or its id."""
    if address.host == _REDIRECTOR:
        return carried(address.query.get("u", ""))
    if address.scheme == "did":
        return _who("did:" + address.path.partition("/")[0])
    if address.scheme == "at" or address.host.endswith("." + _NAMES):
        return _who(address.host)
    return _who(address.segment(1)) if address.segment(0) in _LISTED else None


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a name, with or without its `@`; one without a host belongs to the service's own."""
    name = handle.removeprefix("@")
    return _who(name if "." in name else f"{name}.{_NAMES}")


def _who(text: str) -> str | None:
    folded = text.removeprefix("@").lower()
    if _DID.fullmatch(folded):
        return f"bluesky:id/{folded}"
    return f"bluesky:user/{folded}" if _NAME.fullmatch(folded) else None


SERVICE: Final = Service(
    names=frozenset({"bluesky", "bsky"}),
    kinds={"bluesky:user": str.lower, "bluesky:id": str.lower},
    hosts=words("bsky.app main.bsky.dev fxbsky.app vxbsky.app bskx.app bskyx.app") | {_REDIRECTOR},
    parents=frozenset({_NAMES}),
    schemes=frozenset({"at", "did"}),
    openings=("did:plc:",),
    identify=identify,
    named=named,
)
