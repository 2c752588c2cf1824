"""Mastodon and what speaks its language: accounts are `name@host`, wherever they are seen.

`https://host/@name` is written by many sites that are no Mastodon. It is taken for one where the host is
known or says so, or where what follows is only Mastodon's: a post's long number, or a second `@`. The rest
stays web.
"""

import re
from typing import Final

from core.identifiers import web
from core.identifiers.address import Address
from core.identifiers.service import Service, words

_WHO: Final = re.compile(
    r"@([a-z0-9_]{1,30}(?:[.-][a-z0-9_]{1,30}){0,3})(?:@([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}))?"
)
_POST: Final = re.compile(r"1[0-9]{16,17}")
_LABELS: Final = words("mastodon mstdn masto mas")
_HOSTS: Final = words(
    "mastodon.social mastodon.online mastodon.world mastodon.xyz mastodon.cloud mstdn.social mstdn.jp "
    "mas.to masto.ai masto.nu fosstodon.org hachyderm.io infosec.exchange mastodonapp.uk mastodon.uno "
    "techhub.social universeodon.com toot.community piaille.fr pawoo.net chaos.social social.vivaldi.net "
    "kolektiva.social ioc.exchange journa.host newsie.social c.im mindly.social aus.social noc.social "
    "social.tchncs.de troet.cafe"
)


def identify(address: Address) -> str | None:
    """Read an account's page or post on a host that is known; another page is a web address."""
    path = address.segments[1:] if address.segment(0) == "web" else address.segments
    name = "@" + path[1] if path[:1] == ("users",) and len(path) > 1 else path[0] if path else ""
    return _who(name, address.host) or web.identify(address)


def anywhere(address: Address) -> str | None:
    """Read an account of a host that says what it is, or in a form that nobody else writes."""
    name = address.segment(0)
    plain = (
        name.count("@") > 1 or _POST.fullmatch(address.segment(1)) or _LABELS & set(address.host.split("."))
    )
    return _who(name, address.host) if plain else None


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read `@name@host`; a name without its host may be anybody's."""
    return _who("@" + handle.removeprefix("@"), "")


def _who(name: str, host: str) -> str | None:
    found = _WHO.fullmatch(name.lower())
    at = (found[2] or host) if found else ""
    return f"mastodon:user/{found[1]}@{at}" if found and at else None


SERVICE: Final = Service(
    names=frozenset({"mastodon", "fediverse"}),
    kinds={"mastodon:user": str.lower},
    hosts=_HOSTS,
    identify=identify,
    named=named,
    anywhere=anywhere,
)
