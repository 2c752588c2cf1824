"""Signal: group links, accounts by their number or by a link, sticker packs.

What stands behind `#` in a group's link is its key and never leaves the phone. A call's link is nobody's.
Source: signalapp/Signal-Desktop, ts/util/signalRoutes.ts.
"""

import re
from typing import Final
from urllib.parse import parse_qs

from core.identifiers.address import Address
from core.identifiers.service import Service, exact

_CODE: Final = re.compile(r"[A-Za-z0-9_-]{20,200}={0,2}")
_NUMBER: Final = re.compile(r"(?:\+|00)?([1-9][0-9]{6,14})")
_PACK: Final = re.compile(r"[0-9a-f]{32}")


def identify(address: Address) -> str | None:
    """Read `signal.group/#…`, `signal.me/#p/…`, `signal.me/#eu/…`, `signal.art/…`, and their app forms."""
    match address.host:
        case "signal.group" | "joingroup":
            return _group(address.fragment)
        case "signal.me":
            kind, _, who = address.fragment.partition("/")
            return _number(who) if kind == "p" else _account(who) if kind == "eu" else None
        case "signal.art" | "addstickers":
            given = parse_qs(address.fragment).get("pack_id", [address.query.get("pack_id", "")])
            return _pack(given[0])
    return None


def named(handle: str, column: frozenset[str]) -> str | None:
    """Read an account's number; a group's code where the list says that it is one."""
    number = re.sub(r"[ ().-]", "", handle)
    return _group(handle) if column & {"group", "groups"} else _number(number)


def _group(code: str) -> str | None:
    return f"signal:group/{code}" if _CODE.fullmatch(code) else None


def _account(code: str) -> str | None:
    return f"signal:user/{code}" if _CODE.fullmatch(code) else None


def _number(text: str) -> str | None:
    found = _NUMBER.fullmatch(text.strip())
    return f"signal:number/{found[1]}" if found else None


def _pack(number: str) -> str | None:
    folded = number.lower()
    return f"signal:stickers/{folded}" if _PACK.fullmatch(folded) else None


SERVICE: Final = Service(
    names=frozenset({"signal"}),
    kinds={
        "signal:group": exact,
        "signal:user": exact,
        "signal:number": exact,
        "signal:stickers": str.lower,
    },
    hosts=frozenset({"signal.group", "signal.me", "signal.art", "signal.link"}),
    schemes=frozenset({"sgnl"}),
    identify=identify,
    named=named,
)
