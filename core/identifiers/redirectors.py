"""Redirectors that carry their target in the query; those of one service stand in its own file."""

from typing import Final

from core.identifiers import web
from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, words

_GOOGLE: Final = words("com com.pk co.uk co.in com.sa com.tr com.af ae de fr ca com.au")

_TARGETS: Final = {
    **{(f"google.{country}", "url"): ("q", "url") for country in _GOOGLE},
    ("vk.com", "away.php"): ("to",),
    ("l.messenger.com", "l.php"): ("u",),
    ("duckduckgo.com", "l"): ("uddg",),
}
"""The query keys that carry the target, by host and first part of the path."""


def identify(address: Address) -> str | Elsewhere | None:
    """Give the target; any other page of these hosts is a web address."""
    for key in _TARGETS.get((address.host, address.segment(0)), ()):
        if url := address.query.get(key):
            return Elsewhere(url)
    return web.identify(address)


SERVICE: Final = Service(hosts=frozenset(host for host, _ in _TARGETS), identify=identify)
