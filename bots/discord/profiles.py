"""How members show themselves: name and handle, pictures, and the tag of another server beside the name.

Every event that brings a member brings all of it. Only the history, and a message that is reported, leave out
what belongs to this server (the name and the picture here). A bot is never told what stands in a bio.
"""

import re
from collections.abc import Iterator
from typing import Final

from bots.discord.identity import account_of, bare
from bots.discord.media import Media
from bots.discord.raw import Raw, record, snowflake, text
from core.model import Link, Part, Place, Text
from core.newcomers import Profile

_HASH: Final = re.compile(r"[0-9a-z_]{1,64}")
_SIZE: Final = "png?size=512"
"""More pixels than a fingerprint needs, in a form that every picture can be had in."""


def profile_of(user: Raw, member: Raw, place: Place) -> Profile:
    """Return how somebody shows themselves in a server.

    Args:
        user: The account.
        member: The membership beside it; empty where an event leaves it out.
        place: The server.
    """
    looks = (_hash(member), _hash(user), _tag_of(user))
    return Profile(
        place=place, account=account_of(user, member), looks=" ".join(looks), is_whole=bool(member)
    )


def profile_parts(user: Raw, member: Raw, place: Place, cdn_base: str) -> tuple[Part, ...]:
    """Return what can be seen of it beside the names; who has no picture has no part for it."""
    return tuple(_parts(user, member, place, Media(cdn_base, "", "")))


def _parts(user: Raw, member: Raw, place: Place, media: Media) -> Iterator[Part]:
    number, here, anywhere = snowflake(user.get("id")), _hash(member), _hash(user)
    if here:
        # This is the one that is shown here; the other still stands in the account's own profile.
        folder = f"guilds/{bare(place.id)}/users/{number}/avatars"
        yield media.picture(f"{folder}/{here}.{_SIZE}", "avatar")
    if anywhere:
        path = "avatar.account" if here else "avatar"
        yield media.picture(f"avatars/{number}/{anywhere}.{_SIZE}", path)
    if server := _tag_of(user):
        yield Link(url=f"https://discord.com/channels/{server}", path="tag", hidden=True)
        if worn := text(record(user.get("primary_guild")).get("tag")):
            yield Text(text=worn, path="tag")


def _hash(who: Raw) -> str:
    """Return the name of an account's or member's picture, "" for one of Discord's own."""
    written = text(who.get("avatar"))
    return written if _HASH.fullmatch(written) else ""


def _tag_of(user: Raw) -> str:
    """Return the server whose tag an account wears, "" if it wears none."""
    worn = record(user.get("primary_guild"))
    return snowflake(worn.get("identity_guild_id")) if worn.get("identity_enabled") is True else ""
