"""Who may read a room: what Telegram can truly tell a bot, and no more.

Telegram gives no list of a group's members, only their number and the administrators. So a room passes if it
is private and every member is accounted for: an administrator of the room, an administrator of the group it
is to serve, or the bot itself. One member more than that could be anybody, and the room is refused.
"""

from bots.telegram import notices
from bots.telegram.client import Client


async def refusal(client: Client, *, room: int, group: int) -> str:
    """Say why a chat cannot be the moderators' room of a group, or "" if it can.

    Raises:
        PlatformError: Telegram does not answer for one of the two.
    """
    if room == group:
        return notices.ITSELF
    chat = await client.chat(room)
    if chat.is_private:
        moderates = (await client.standing(group, room)).moderates
        return "" if moderates else notices.NOT_A_MODERATOR
    if chat.username:
        return notices.PUBLIC
    extra = await _unaccounted(client, room=room, group=group)
    return notices.strangers(extra, (await client.chat(group)).title) if extra > 0 else ""


async def _unaccounted(client: Client, *, room: int, group: int) -> int:
    """Count the members of a room that are administrators neither there nor in the group."""
    known = {one.user_id for one in await client.administrators(room)}
    known.add((await client.my_standing(room)).user_id)
    for one in await client.administrators(group):
        if one.user_id not in known and (await client.standing(room, one.user_id)).is_present:
            known.add(one.user_id)
    return await client.member_count(room) - len(known)
