"""XMPP: rooms and accounts are written alike, `name@host`, and are one kind.

Source: RFC 7622 (what a name may be), XEP-0147 (`?join`).
"""

import re
from typing import Final

from core.identifiers.address import Address
from core.identifiers.service import Service, words

_JID: Final = re.compile(r"[a-z0-9._+~-]{1,100}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}")


def identify(address: Address) -> str | None:
    """Read `xmpp:…` and the pages that show such an address to a browser."""
    if address.scheme == "xmpp":
        return _who(address.segment(0))
    if address.segment(0) in {"i", "j"}:
        return _who(address.segment(1))
    return _who(re.split(r"[?/]", address.fragment, maxsplit=1)[0])


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a full name."""
    return _who(handle)


def _who(text: str) -> str | None:
    folded = text.lower()
    return f"xmpp:jid/{folded}" if _JID.fullmatch(folded) else None


SERVICE: Final = Service(
    names=frozenset({"xmpp", "jabber"}),
    kinds={"xmpp:jid": str.lower},
    hosts=words("xmpp.link join.jabber.network conversations.im"),
    schemes=frozenset({"xmpp"}),
    openings=("xmpp:",),
    identify=identify,
    named=named,
)
