"""Canonical identifiers: one string `service:kind/value` for every way to write the same link or name.

Stable ids beat names, names beat opaque codes; names fold case, invite codes never do. Each service is one
file with a table of its hosts and paths; a new one is added to the imports and to `SERVICES` here, and
nowhere else. Only plain spellings are read here: whoever wants to undo a disguise does it before.
"""

import re
from typing import Final

from core.identifiers import (
    archives,
    bitchute,
    bluesky,
    discord,
    facebook,
    filehosts,
    instagram,
    ipfs,
    line,
    mastodon,
    matrix,
    odnoklassniki,
    odysee,
    pastes,
    redirectors,
    rocketchat,
    rumble,
    session,
    signal,
    simplex,
    soundcloud,
    telegram,
    threema,
    tiktok,
    viber,
    vk,
    web,
    whatsapp,
    x,
    xmpp,
    youtube,
)
from core.identifiers.address import Address, Elsewhere, parse
from core.identifiers.service import Fold, Identify, Named, Service, nothing_else

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
        rocketchat,
        simplex,
        threema,
        session,
        bluesky,
        mastodon,
        vk,
        odnoklassniki,
        viber,
        line,
        xmpp,
        odysee,
        rumble,
        bitchute,
        soundcloud,
        ipfs,
        archives,
        pastes,
        filehosts,
        redirectors,
    )
)
"""Every service that is known by name; whatever else has a host is `web:`."""

_HOSTS: Final[dict[str, Identify]] = {host: s.identify for s in SERVICES for host in s.hosts}
_PARENTS: Final[dict[str, Identify]] = {host: s.identify for s in SERVICES for host in s.parents}
_SCHEMES: Final[dict[str, Identify]] = {scheme: s.identify for s in SERVICES for scheme in s.schemes}
_NAMES: Final[dict[str, Named]] = {name: s.named for s in SERVICES for name in s.names}
_KINDS: Final[dict[str, Fold]] = {kind: fold for s in SERVICES for kind, fold in s.kinds.items()}
_ANYWHERE: Final = tuple(s.anywhere for s in SERVICES if s.anywhere)
_COMPANIONS: Final = tuple(s.companions for s in SERVICES if s.companions is not nothing_else)

_HOPS: Final = 5
"""How many redirectors inside each other are unwrapped; people use one, sometimes two."""

_WRAPPING: Final = " \t\r\n\ufeff\u200e\u200f<>\"'`"
_LOOKS_LIKE_ADDRESS: Final = re.compile(r"[a-z][a-z0-9.-]*:|.*/", re.IGNORECASE)
_WRITTEN: Final = re.compile(r"([a-z]+:[a-z]+)/(\S+)", re.IGNORECASE)
_WRITTEN_WEB: Final = re.compile(r"web:([^\s/]+\.[^\s/]+/\S*)", re.IGNORECASE)


def canonical(url: str) -> str | None:
    """Give the canonical identifier of an address, with or without its scheme.

    Args:
        url: One address and nothing else around it.

    Returns:
        `service:kind/value`, `web:host/path` for any other host, or None where the address names nobody
        and nothing (a login page, a post without its account, `mailto:`) or is none at all.
    """
    for _ in range(_HOPS + 1):
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


def written(text: str) -> str | None:
    """Give the canonical identifier that is written as one (`telegram:user/Name`), or None.

    A service's kinds say which of their values lose their case. One of `web:` is read as the address that it
    is: whoever wrote it may not have known its service, or may have taken another of its hosts.
    """
    if page := _WRITTEN_WEB.fullmatch(text):
        return canonical("https://" + page[1]) or "web:" + page[1]
    found = _WRITTEN.fullmatch(text)
    fold = _KINDS.get(found[1].lower()) if found else None
    return f"{found[1].lower()}/{fold(found[2])}" if found and fold else None


def companions(identifier: str) -> tuple[str, ...]:
    """Give what else an identifier says: the chat that an old invitation contains, the item of a file.

    Whoever knows a companion knows the identifier; the opposite does not hold.
    """
    return tuple(also for read in _COMPANIONS for also in read(identifier))


def _identifier(scheme: str, host: str) -> Identify:
    return _SCHEMES.get(scheme) or _HOSTS.get(host) or _PARENTS.get(host.partition(".")[2]) or _unclaimed


def _unclaimed(address: Address) -> str | Elsewhere | None:
    """Read an address on a host that is nobody's: some forms are plain wherever they stand."""
    return next((found for read in _ANYWHERE if (found := read(address))), None) or web.identify(address)
