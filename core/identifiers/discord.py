"""Discord: invite codes, servers by their number, accounts by theirs. Codes are case-sensitive.

Gateways that keep their own names for invitations (`dsc.gg`, `discord.me`, `discord.li`, `discord.io`,
`invite.gg`) say nothing offline and stay web addresses; listings that show a server's number give the number.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from core.identifiers.address import Address, Elsewhere
from core.identifiers.forms import Form, hosts, reading
from core.identifiers.service import Service, exact

_CODE: Final = re.compile(r"[A-Za-z0-9-]{2,32}")
_SNOWFLAKE: Final = re.compile(r"[0-9]{15,20}")
_SLUG: Final = re.compile(r"(?:[^/]{0,100}-)?([0-9]{15,20})")
_VERSION: Final = re.compile(r"v[0-9]{1,3}")
_SHORT: Final = "discord.gg"
_TEMPLATES: Final = "discord.new"
_SITES: Final = frozenset(
    build + site for build in ("", "ptb.", "canary.") for site in ("discord.com", "discordapp.com")
)

_OTHERS: Final = (
    *(
        Form("cdn.discordapp.com media.discordapp.net", written, becomes)
        for written, becomes in (
            (r"/(?:icons|banners|splashes|discovery-splashes)/([0-9]{15,20})/.+", "discord:guild/{0}"),
            (r"/guilds/[0-9]{15,20}/users/([0-9]{15,20})/.+", "discord:user/{0}"),
            (r"/avatars/([0-9]{15,20})/.+", "discord:user/{0}"),
            (
                r"/attachments/([0-9]{15,20}/[0-9]{15,20}/[\w.-]{1,250})",
                "web:cdn.discordapp.com/attachments/{0}",
            ),
        )
    ),
    Form("disboard.org", r"/(?:[a-z-]{2,6}/)?server/(?:join/)?([0-9]{15,20})", "discord:guild/{0}"),
    Form(
        "top.gg discords.com", r"/(?:[a-z-]{2,6}/)?(?:discord/)?servers/([0-9]{15,20})", "discord:guild/{0}"
    ),
    Form("discordservers.com", r"/(?:server|join|bump)/([0-9]{15,20})", "discord:guild/{0}"),
)
"""Pictures of servers and accounts carry their numbers, and so do some listings."""

_other: Final = reading(_OTHERS)


def identify(address: Address) -> str | Elsewhere | None:
    """Read an address of the site, the app, the short hosts, the picture hosts or a listing."""
    if address.host in _OTHER_HOSTS:
        return _other(address)
    parts = _parts(address)
    if address.host == _SHORT:
        parts = parts if parts[:1] and parts[0] in _INVITES else ("invite", *parts)
    elif address.host == _TEMPLATES:
        parts = ("template", *parts)
    read = _PATHS.get(parts[0] if parts else "")
    return read(parts[1:], address) if read else None


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read an account's number, bare or as a mention; names can be changed and identify nobody."""
    return _user(handle.lstrip("<@!").rstrip(">"))


def _parts(address: Address) -> tuple[str, ...]:
    """Return the parts of the path; the app writes its first one as a host, the interface has a prefix."""
    parts = address.segments
    if parts[:1] in {("login",), ("register",)}:
        # Whoever is not signed in yet is sent on to where they wanted to go.
        parts = tuple(filter(None, address.query.get("redirect_to", "").partition("?")[0].split("/")))
    if parts[:1] == ("app",):
        parts = parts[1:]
    if address.scheme == "discord" and address.host not in {"", "-"} | _SITES:
        parts = (address.host, *parts)
    if parts[:1] == ("api",):
        parts = parts[2 if _VERSION.fullmatch(address.segment(1)) else 1 :]
    return parts


def _invitation(parts: tuple[str, ...], address: Address) -> str | None:
    """Read a code; Discord lets a word stand before it, and takes one that stands behind `#`."""
    codes = [part for part in (*parts[1::-1], address.fragment) if _CODE.fullmatch(part)]
    return f"discord:invite/{codes[0]}" if codes else None


def _template(parts: tuple[str, ...], _address: Address) -> str | None:
    return f"discord:template/{parts[0]}" if parts and _CODE.fullmatch(parts[0]) else None


def _first_guild(parts: tuple[str, ...], _address: Address) -> str | None:
    found = _SLUG.fullmatch(parts[0]) if parts else None
    return f"discord:guild/{found[1]}" if found else None


def _guild_key(key: str) -> Callable[[tuple[str, ...], Address], str | None]:
    return lambda _, address: _guild(address.query.get(key, ""))


def _guild(number: str) -> str | None:
    return f"discord:guild/{number}" if _SNOWFLAKE.fullmatch(number) else None


def _user(number: str) -> str | None:
    return f"discord:user/{number}" if _SNOWFLAKE.fullmatch(number) else None


_INVITES: Final = frozenset({"invite", "invites", "friend-invite"})

_PATHS: Final[Mapping[str, Callable[[tuple[str, ...], Address], str | None]]] = {
    **dict.fromkeys(_INVITES, _invitation),
    **dict.fromkeys(("channels", "events", "guilds", "servers"), _first_guild),
    "template": _template,
    "users": lambda parts, _: _user(parts[0]) if parts else None,
    "widget": _guild_key("id"),
    "oauth2": _guild_key("guild_id"),
}
"""What the first part of a path says about the parts behind it and the query."""

_OTHER_HOSTS: Final = hosts(_OTHERS)

SERVICE: Final = Service(
    names=frozenset({"discord"}),
    kinds={
        "discord:invite": exact,
        "discord:template": exact,
        "discord:guild": exact,
        "discord:user": exact,
        "discord:webhook": exact,
    },
    hosts=_SITES | {_SHORT, _TEMPLATES} | _OTHER_HOSTS,
    schemes=frozenset({"discord"}),
    identify=identify,
    named=named,
)
