"""Identifiers that do not say where they lead: only somebody's server knows. One table of them.

A short link says nothing at all. An invite's code and an account's name can be compared as they are, but they
are changed within a minute, where the number behind them stays.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Lookup(StrEnum):
    """What can be looked up, most opaque first; the names are those of the setting NIGEHBAN_RESOLVE."""

    SHORT_LINKS = "short-links"
    DISCORD_INVITES = "discord-invites"
    TELEGRAM_NAMES = "telegram-names"

    @property
    def platform(self) -> str:
        """The platform whose own API answers, "" where other servers must be asked."""
        return _PLATFORMS.get(self, "")

    @property
    def kept_s(self) -> float:
        """Seconds that an answer holds: a short link rarely changes, a name may change hands at any time."""
        return 86_400.0 if self is Lookup.SHORT_LINKS else 600.0

    @property
    def is_needed(self) -> bool:
        """Whether nothing can be compared without it."""
        return self is Lookup.SHORT_LINKS


_PLATFORMS: Final[Mapping[Lookup, str]] = {
    Lookup.DISCORD_INVITES: "discord",
    Lookup.TELEGRAM_NAMES: "telegram",
}

_BEGINNINGS: Final = {"discord:invite/": Lookup.DISCORD_INVITES, "telegram:user/": Lookup.TELEGRAM_NAMES}

_WHOLE_HOSTS: Final = (
    "t.co bit.ly bitly.com j.mp tinyurl.com tiny.cc goo.gl is.gd v.gd cutt.ly rb.gy ow.ly buff.ly "
    "shorturl.at t.ly s.id clck.ru u.to bl.ink rebrand.ly dlvr.it trib.al vm.tiktok.com vt.tiktok.com "
    "fb.watch dsc.gg discord.me discord.io discord.li invite.gg jpst.it vk.cc lnkd.in"
)
SHORTENERS: Final[Mapping[str, str]] = {
    **dict.fromkeys(_WHOLE_HOSTS.split(), "/"),
    "tiktok.com": "/t/",
    "m.tiktok.com": "/t/",
    "facebook.com": "/share/",
    "m.facebook.com": "/share/",
}
"""How paths of short links begin, by host without `www.`; everything else there says where it leads.

Left out on purpose: pages that list links (link-in-bio), which lead to many places and to none by themselves.
"""

HOSTS: Final = frozenset(SHORTENERS) | frozenset(f"www.{host}" for host in SHORTENERS)
"""Every server that may be asked where a short link leads."""

_WEB: Final = "web:"


def lookup_of(identifier: str) -> Lookup | None:
    """Say what would have to be looked up for a canonical identifier; None where it says all there is."""
    if identifier.startswith(_WEB):
        host, slash, path = identifier.removeprefix(_WEB).partition("/")
        beginning = SHORTENERS.get(host)
        path = slash + path
        is_short = beginning is not None and path.startswith(beginning) and len(path) > len(beginning)
        return Lookup.SHORT_LINKS if is_short else None
    return next((found for start, found in _BEGINNINGS.items() if identifier.startswith(start)), None)


def bare(identifier: str) -> str:
    """Return what a person calls it: the address of a short link, the code, the name."""
    if identifier.startswith(_WEB):
        return identifier.removeprefix(_WEB)
    return identifier.partition("/")[2]
