"""Discord's permission arithmetic: role permissions, channel overwrites, and who outranks whom.

The numbers are the bit positions of the API reference, "Permissions". Kept apart from discord.py on purpose:
a stand-in that borrows the client's own table could not notice the client getting it wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.standins.discord.state import Channel, Guild, Member, User

BITS = {
    "kick_members": 1,
    "ban_members": 2,
    "administrator": 3,
    "manage_channels": 4,
    "manage_guild": 5,
    "add_reactions": 6,
    "view_audit_log": 7,
    "view_channel": 10,
    "send_messages": 11,
    "manage_messages": 13,
    "embed_links": 14,
    "attach_files": 15,
    "read_message_history": 16,
    "mention_everyone": 17,
    "manage_roles": 28,
    "use_application_commands": 31,
    "moderate_members": 40,
}

EVERYONE = (
    "view_channel",
    "send_messages",
    "embed_links",
    "attach_files",
    "read_message_history",
    "add_reactions",
    "use_application_commands",
)
"""What a fresh server lets everybody do."""

MODERATOR = ("manage_messages", "kick_members", "ban_members", "moderate_members", "view_audit_log")
"""What the bot asks for, and what moderators usually hold."""

_ALL = sum(1 << bit for bit in BITS.values())


def mask(names: Iterable[str]) -> int:
    """Return the bit field of some permission names."""
    return sum(1 << BITS[name] for name in set(names))


def held(guild: Guild, user: User, channel: Channel | None = None) -> int:
    """Return the permissions a user has in a guild, or in one of its channels; 0 for a stranger."""
    member = guild.members.get(user.id)
    if member is None:
        return 0
    base = guild.everyone.permissions
    for role in member.roles:
        base |= role.permissions
    if guild.owner_id == user.id or base & mask(["administrator"]):
        return _ALL
    return base if channel is None else _with_overwrites(base, guild, member, channel)


def _with_overwrites(base: int, guild: Guild, member: Member, channel: Channel) -> int:
    """Apply a channel's overwrites in Discord's order: everyone, then roles together, then the member."""
    roles = {role.id for role in member.roles}
    steps = (
        [o for o in channel.overwrites if o.target == guild.id],
        [o for o in channel.overwrites if o.target in roles],
        [o for o in channel.overwrites if o.target == member.user.id],
    )
    for step in steps:
        for overwrite in step:
            base &= ~overwrite.deny
        for overwrite in step:
            base |= overwrite.allow
    # Who cannot see a channel can do nothing in it.
    return base if base & mask(["view_channel"]) else 0


def may(guild: Guild, user: User, permission: str, channel: Channel | None = None) -> bool:
    """Tell whether a user holds one permission."""
    return bool(held(guild, user, channel) & mask([permission]))


def outranks(guild: Guild, actor: User, target: User) -> bool:
    """Tell whether the actor's highest role is above the target's; owners are above everybody."""
    if target.id == guild.owner_id:
        return False
    if actor.id == guild.owner_id or target.id not in guild.members:
        return True
    return guild.members[actor.id].top > guild.members[target.id].top
