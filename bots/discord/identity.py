"""How Discord's things are named in the core: accounts, servers as places, messages, moderators' rooms.

account  discord:user/<id>               (a webhook: discord:webhook/<id>)
place    discord:<server id>
message  discord:<channel id>/<message id>
room     discord:<channel id>
"""

from typing import Final

from bots.discord.raw import Raw, minted, moment, record, snowflake, text
from core.model import Account

PLATFORM: Final = "discord"
_USER: Final = "discord:user/"
_WEBHOOK: Final = "discord:webhook/"
_MOST_ROLES: Final = 250
"""A server has no more."""


def account_of(user: Raw, member: Raw) -> Account:
    """Return a user as an account; a membership, if it came along, tells the name here and since when."""
    handle = text(user.get("username")).lower()
    number = snowflake(user.get("id"))
    name = text(member.get("nick")) or text(user.get("global_name")) or text(user.get("username"))
    return Account(
        id=f"{_USER}{number}" if number else "",
        name=name,
        handle=f"{_USER}{handle}" if handle else "",
        since=moment(member.get("joined_at")),
        created=minted(number) if number else None,
        roles=_roles(member.get("roles")),
        # A history, a search and a menu bring messages without their author's membership.
        roles_unknown=not isinstance(member.get("roles"), list),
    )


def _roles(ids: object) -> tuple[str, ...]:
    """Return the ids of a member's roles; events do not bring the names."""
    some = ids[:_MOST_ROLES] if isinstance(ids, list) else ()
    return tuple(number for one in some if (number := snowflake(one)))


def author_of(message: Raw) -> Account:
    """Return who a message is by; a webhook is no user, and its name is whatever its owner wrote."""
    author = record(message.get("author"))
    webhook = snowflake(message.get("webhook_id"))
    if webhook and webhook == snowflake(author.get("id")):
        return Account(id=f"{_WEBHOOK}{webhook}", name=text(author.get("username")))
    return account_of(author, record(message.get("member")))


def is_webhook(account: str) -> bool:
    """Tell whether an account is a webhook, which can be neither banned nor muted."""
    return account.startswith(_WEBHOOK)


def number_of(account: str) -> str:
    """Return the number in an account's identifier, "" if there is none."""
    return snowflake(account.rpartition("/")[2])


def place_id(guild: str) -> str:
    """Name a server as a place."""
    return f"{PLATFORM}:{guild}"


def room_id(channel: str) -> str:
    """Name a channel as a moderators' room."""
    return f"{PLATFORM}:{channel}"


def bare(id_: str) -> str:
    """Return the server's id of a place, or the channel's of a room."""
    return id_.partition(":")[2].partition("/")[0]


def message_id(channel: str, message: str) -> str:
    """Name a message."""
    return f"{PLATFORM}:{channel}/{message}"


def spot_of(id_: str) -> tuple[str, str]:
    """Return the channel and the message of a message's or card's id, "" for the latter if there is none."""
    channel, _, message = id_.rpartition(":")[2].partition("/")
    return channel, snowflake(message)


def address_of(guild: str, channel: str, message: str) -> str:
    """Return the link that opens a message."""
    return f"https://discord.com/channels/{guild}/{channel}/{message}"
