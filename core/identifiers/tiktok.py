"""TikTok accounts; short links (`vm.`, `vt.`, `/t/`) say nothing offline and stay web addresses.

A film's number without its account (`/v/`, `/embed/`, `/player/`) names nobody.
"""

import re
from typing import Final

from core.identifiers import web
from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, carried

_NAME: Final = re.compile(r"[a-z0-9._]{2,24}")


def identify(address: Address) -> str | Elsewhere | None:
    """Read the account out of a profile's or a video's address, or the target of the link redirector."""
    first = address.segment(0)
    if first == "link":
        return carried(address.query.get("target", ""))
    if first == "embed" and address.segment(1).startswith("@"):
        return _user(address.segment(1)[1:])
    if first == "t":
        return web.identify(address)
    return _user(first[1:]) if first.startswith("@") else None


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a name, with or without its `@`."""
    return _user(handle.removeprefix("@"))


def _user(name: str) -> str | None:
    folded = name.lower()
    return f"tiktok:user/{folded}" if _NAME.fullmatch(folded) else None


SERVICE: Final = Service(
    names=frozenset({"tiktok", "tt"}),
    kinds={"tiktok:user": str.lower},
    hosts=frozenset(
        {
            *("tiktok.com", "m.tiktok.com", "lite.tiktok.com", "us.tiktok.com", "vxtiktok.com"),
            *("tnktok.com", "tfxktok.com", "tiktxk.com", "proxitok.pabloferreiro.es"),
        }
    ),
    identify=identify,
    named=named,
)
