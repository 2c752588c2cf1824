"""Canonical identifiers: one string `service:kind/value` for every way to write the same link or name.

Stable ids beat names, names beat opaque codes; names fold case, invite codes never do. Each service is one
file with a table of its hosts and paths; a new one is added to `SERVICES` and nowhere else. Only plain
spellings are read here: whoever wants to undo a disguise does it before, on the text.
"""

import re
from typing import Final

from core.identifiers import (
    discord,
    facebook,
    instagram,
    matrix,
    redirectors,
    signal,
    telegram,
    tiktok,
    web,
    whatsapp,
    x,
    youtube,
)
from core.identifiers.address import Elsewhere, parse
from core.identifiers.service import Identify, Named, Service

SERVICES: Final[tuple[Service, ...]] = tuple(
    module.SERVICE
    for module in (
        telegram,
        discord,
        whatsapp,
        x,
        facebook,
        instagram,
        tiktok,
        youtube,
        matrix,
        signal,
        redirectors,
    )
)
"""Every service that is known by name; whatever else has a host is `web:`."""

_HOSTS: Final[dict[str, Identify]] = {host: s.identify for s in SERVICES for host in s.hosts}
_PARENTS: Final[dict[str, Identify]] = {host: s.identify for s in SERVICES for host in s.parents}
_SCHEMES: Final[dict[str, Identify]] = {scheme: s.identify for s in SERVICES for scheme in s.schemes}
_NAMES: Final[dict[str, Named]] = {name: s.named for s in SERVICES for name in s.names}

_HOPS: Final = 5
"""How many redirectors inside each other are unwrapped; people use one, sometimes two."""

_WRAPPING: Final = " \t\r\n\ufeff\u200e\u200f<>\"'`"
_LOOKS_LIKE_ADDRESS: Final = re.compile(r"[a-z][a-z0-9.-]*:|.*/", re.IGNORECASE)


def canonical(url: str) -> str | None:
    """Give the canonical identifier of an address, with or without its scheme.

    Args:
        url: One address and nothing else around it.

    Returns:
        `service:kind/value`, `web:host/path` for any other host, or None where the address names nobody
        and nothing (a login page, a post without its account, `mailto:`) or is none at all.
    """
    for _ in range(_HOPS):
        address = parse(url, _SCHEMES)
        if address is None:
            return None
        found = _identifier(address.scheme, address.host)(address)
        if not isinstance(found, Elsewhere):
            return found
        url = found.url
    return None


def named(platform: str, handle: str) -> str | None:
    """Give the canonical identifier of a name with its platform, as lists write them.

    Args:
        platform: A list's word for it ("X (Twitter)", "fb", "WhatsApp channel"), in any case.
        handle: "@name", "name", a number; an address is read as one, whatever the platform.
    """
    text = handle.strip(_WRAPPING)
    if _LOOKS_LIKE_ADDRESS.match(text):
        return canonical(text)
    column = re.findall(r"[a-z]+", platform.lower())
    read = next((_NAMES[word] for word in column if word in _NAMES), None)
    if read is None:
        return None
    found = read(text, frozenset(column))
    if found is None and "." in text:
        # "name.t.me" is an address without a slash; an unknown host is more likely a name gone wrong.
        address = canonical(text)
        return address if address and not address.startswith("web:") else None
    return found


def _identifier(scheme: str, host: str) -> Identify:
    return _SCHEMES.get(scheme) or _HOSTS.get(host) or _PARENTS.get(host.partition(".")[2]) or web.identify
