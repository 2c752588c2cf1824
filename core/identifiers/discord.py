"""Discord: invite codes, servers by their number, accounts by theirs. Codes are case-sensitive."""

import re
from typing import Final

from core.identifiers.address import Address
from core.identifiers.service import Service

_CODE: Final = re.compile(r"[A-Za-z0-9-]{2,32}")
_SNOWFLAKE: Final = re.compile(r"[0-9]{15,20}")
_INVITES: Final = frozenset({"invite", "friend-invite"})
_GUILDS: Final = frozenset({"channels", "events", "guilds"})


def identify(address: Address) -> str | None:
    """Read an address of the site, the app or the short host."""
    first, second = address.segment(0), address.segment(1)
    if address.host == "discord.gg":
        return _invite(second if first in _INVITES else first)
    if first in _INVITES:
        return _invite(second)
    if first in _GUILDS:
        return f"discord:guild/{second}" if _SNOWFLAKE.fullmatch(second) else None
    return _user(second) if first == "users" else None


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read an account's number, bare or as a mention; names can be changed and identify nobody."""
    return _user(handle.lstrip("<@!").rstrip(">"))


def _invite(code: str) -> str | None:
    return f"discord:invite/{code}" if _CODE.fullmatch(code) else None


def _user(number: str) -> str | None:
    return f"discord:user/{number}" if _SNOWFLAKE.fullmatch(number) else None


SERVICE: Final = Service(
    names=frozenset({"discord"}),
    hosts=frozenset(
        {"discord.gg"}
        | {
            f"{build}{site}"
            for build in ("", "ptb.", "canary.")
            for site in ("discord.com", "discordapp.com")
        }
    ),
    schemes=frozenset({"discord"}),
    identify=identify,
    named=named,
)
