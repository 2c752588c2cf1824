"""How the stand-in writes accounts, members, roles, channels and servers as Discord's JSON.

Ids and permissions are strings; what is not there is left out, except where Discord says null.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.standins.discord.permissions import held
from tests.standins.discord.state import time_of

if TYPE_CHECKING:
    from datetime import datetime

    from tests.standins.discord.state import (
        Channel,
        Guild,
        Json,
        Member,
        Role,
        User,
    )


def moment(at: datetime | None) -> str | None:
    """Write a time as Discord does: ISO 8601 with the offset spelled out."""
    return at.isoformat() if at else None


def user_json(user: User) -> Json:
    """Write an account as strangers see it."""
    return {
        "id": str(user.id),
        "username": user.name,
        "global_name": user.shown,
        "discriminator": "0",
        "avatar": user.picture,
        "public_flags": 0,
        "flags": 0,
        "primary_guild": _tag_json(user.wears) if user.wears else None,
        "bot": user.bot,
    }


def _tag_json(worn: Guild) -> Json:
    """Write the server whose tag an account wears."""
    return {
        "identity_guild_id": str(worn.id),
        "identity_enabled": True,
        "tag": worn.name[:4],
        "badge": "0" * 32,
    }


def own_user_json(user: User) -> Json:
    """Write the bot's account as it sees itself."""
    return user_json(user) | {"mfa_enabled": False, "locale": "en-US", "verified": True, "email": None}


def member_json(member: Member, *, with_user: bool = True) -> Json:
    """Write a membership; the member beside a message leaves the account out."""
    body: Json = {
        "avatar": member.picture,
        "banner": None,
        "communication_disabled_until": moment(member.silenced_until),
        "flags": 0,
        "joined_at": moment(member.joined_at),
        "nick": member.nick,
        "pending": False,
        "premium_since": None,
        "roles": [str(role.id) for role in member.roles],
        "mute": False,
        "deaf": False,
    }
    return body | ({"user": user_json(member.user)} if with_user else {})


def role_json(role: Role) -> Json:
    """Write a role."""
    return {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(role.permissions),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": role.managed,
        "mentionable": False,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def channel_json(channel: Channel) -> Json:
    """Write a channel, a thread, or a private conversation."""
    last = str(max(channel.posts)) if channel.posts else None
    if channel.recipient is not None:
        recipient = user_json(channel.recipient)
        return {
            "id": str(channel.id),
            "type": 1,
            "last_message_id": last,
            "flags": 0,
            "recipients": [recipient],
        }
    shared: Json = {
        "id": str(channel.id),
        "guild_id": str(channel.home.id),
        "name": channel.name,
        "last_message_id": last,
        "flags": 0,
        "rate_limit_per_user": 0,
    }
    if channel.parent is not None:
        return shared | _thread_json(channel, channel.parent)
    return shared | {
        "type": 0,
        "position": 0,
        "topic": None,
        "parent_id": None,
        "nsfw": False,
        "permission_overwrites": [
            {"id": str(o.target), "type": o.kind, "allow": str(o.allow), "deny": str(o.deny)}
            for o in channel.overwrites
        ],
    }


def _thread_json(thread: Channel, parent: Channel) -> Json:
    """Write what only a thread has."""
    return {
        "type": 11,
        "parent_id": str(parent.id),
        "owner_id": str(thread.home.owner_id),
        "message_count": len(thread.posts),
        "total_message_sent": len(thread.posts),
        "member_count": 1,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": moment(time_of(thread.id)),
            "auto_archive_duration": 1440,
            "locked": False,
            "create_timestamp": moment(time_of(thread.id)),
        },
    }


def guild_json(guild: Guild) -> Json:
    """Write a server as REST and GUILD_CREATE have it in common."""
    nothing = ("icon", "description", "splash", "discovery_splash", "banner", "application_id")
    no_channel = ("afk_channel_id", "system_channel_id", "rules_channel_id", "safety_alerts_channel_id")
    zero = ("system_channel_flags", "verification_level", "default_message_notifications", "mfa_level")
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner_id),
        **dict.fromkeys((*nothing, *no_channel, "public_updates_channel_id"), None),
        **dict.fromkeys((*zero, "explicit_content_filter", "premium_tier", "nsfw_level"), 0),
        "features": [],
        "afk_timeout": 300,
        "preferred_locale": "en-US",
        "premium_progress_bar_enabled": False,
        "premium_subscription_count": 0,
        "vanity_url_code": None,
        "max_presences": None,
        "max_members": 500_000,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "emojis": [],
        "stickers": [],
        "roles": [role_json(role) for role in guild.roles],
        "incidents_data": None,
        "widget_enabled": False,
        "widget_channel_id": None,
    }


def guild_rest_json(guild: Guild) -> Json:
    """Write a server as `GET /guilds/{id}` answers it."""
    return guild_json(guild) | {"region": "deprecated", "nsfw": False, "home_header": None}


def guild_create_json(guild: Guild, viewer: User, members: list[Member]) -> Json:
    """Write a server as GUILD_CREATE brings it, with the members the intents allow."""
    channels = [c for c in guild.channels.values() if held(guild, viewer, c.ruled_by)]
    return guild_json(guild) | {
        "joined_at": moment(guild.members[viewer.id].joined_at),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_json(member) for member in members],
        "channels": [channel_json(c) for c in channels if c.parent is None],
        "threads": [channel_json(c) for c in channels if c.parent is not None],
        "hub_type": None,
        **{key: [] for key in ("presences", "voice_states", "stage_instances", "guild_scheduled_events")},
        "soundboard_sounds": [],
    }
