"""Telling a member what was decided: in private where Telegram lets a bot, else it waits for them there.

A bot may write only to who has opened a chat with it. To anyone else one line in the group says that a
message waits, with a button that opens that chat, and nothing of what it is about: the others read along.
What waits is kept by the member's number until it is read, for a month at most.
"""

import json
from datetime import timedelta
from html import escape
from typing import Final

from bots.kit import Kit
from bots.member_notices import notice_of, once_of, words_of
from bots.telegram.client import Client
from bots.telegram.errors import Moved
from bots.telegram.identity import USER
from bots.telegram.standing import Me
from bots.wording import quoted
from core.errors import PlatformError, TryLater
from core.model import Account, Action, Message

WHY: Final = "why"
"""The command, in private, that asks for what waits; the button in the group sends it with `/start`."""

KEPT: Final = timedelta(days=30)
MOST: Final = 5
"""Notices that wait for one member; the latest stay."""

_KNOWN: Final = 10_000
_TOLD: Final = "telegram.told/"
_WAITS: Final = "telegram.waits/"


class MemberTelling:
    """Tells members.

    Args:
        client: The Bot API.
        kit: Notes, the time and its zone.
    """

    def __init__(self, *, client: Client, kit: Kit) -> None:
        self._client = client
        self._kit = kit

    async def tell(self, action: Action, message: Message, *, chat_id: int, me: Me) -> str:
        """Tell a message's author; again has the effect once.

        Returns:
            What moderators should know of how, or "".

        Raises:
            TryLater: Telegram is busy.
            PlatformError: They are not told, and why.
        """
        reader = _reader(message.author)
        told = f"{_TOLD}{once_of(action, message)}"
        if await self._kit.notes.note(told) is not None:
            return ""
        lines = escape("\n".join(notice_of(action, message, self._kit.zone)))
        how = ""
        try:
            await self._client.send(reader, lines)
        except TryLater:
            raise
        except PlatformError as exc:
            how, trouble = await self._pointed(message.author, reader, chat_id, me, exc)
            # Only now: the line in the group is not said to whom something waits for already.
            await self._lay(reader, lines)
            if trouble:
                raise PlatformError(f"{trouble}; it waits for them with /{WHY}") from exc
        await self._keep(told, "")
        return how

    async def read(self, user_id: int) -> bool:
        """Give somebody, in their private chat, what waits for them; tells whether anything did."""
        waiting = await self._waiting(user_id)
        for lines in waiting:
            await self._client.send(user_id, lines)
        if waiting:
            await self._kit.notes.forget(_key(user_id), before="", most=0)
        return bool(waiting)

    async def _pointed(
        self, who: Account, reader: int, chat_id: int, me: Me, refused: PlatformError
    ) -> tuple[str, str]:
        """Say in the group that something waits; once, however much comes to wait.

        Returns:
            What moderators should know, and why it could not be said there, or "".
        """
        if "blocked by the user" in str(refused).casefold():
            return "", "the member has blocked me"
        standing = await self._client.standing(chat_id, reader)
        if standing.is_bot:
            return "", "a bot wrote it"
        if not standing.is_present:
            return "", "the member never opened a chat with me and is not in the group"
        if not await self._waiting(reader):
            words = words_of(who)
            name = f'<a href="tg://user?id={reader}">{escape(quoted(who.name))}</a>'
            button = (words.read, f"https://t.me/{me.username}?start={WHY}")
            try:
                await self._client.send(chat_id, words.waits.format(name=name), ((button,),))
            except (Moved, TryLater):
                raise
            except PlatformError:
                return "", "the member never opened a chat with me, and I may not write in the group"
        return "the member is told in the group that a message waits in a private chat with me", ""

    async def _lay(self, user_id: int, lines: str) -> None:
        """Let a notice wait."""
        waiting = await self._waiting(user_id)
        if lines not in waiting:
            await self._keep(_key(user_id), json.dumps([*waiting, lines][-MOST:]))

    async def _waiting(self, user_id: int) -> list[str]:
        kept = await self._kit.notes.note(_key(user_id)) or ""
        written = kept.partition(" ")[2]
        return [str(one) for one in json.loads(written)] if written else []

    async def _keep(self, key: str, value: str) -> None:
        """Keep a note under its time, and forget what is too old."""
        now = self._kit.clock()
        await self._kit.notes.keep(key, f"{now.isoformat()} {value}")
        for prefix in (_TOLD, _WAITS):
            await self._kit.notes.forget(prefix, before=(now - KEPT).isoformat(), most=_KNOWN)


def _key(user_id: int) -> str:
    # Ends with a mark, so that no member's key is the beginning of another's.
    return f"{_WAITS}{user_id}/"


def _reader(author: Account) -> int:
    """Return whom to write to.

    Raises:
        PlatformError: Nobody in particular wrote it.
    """
    if not author.id.startswith(USER):
        raise PlatformError("written by a channel or in the group's name: there is nobody to write to")
    return int(author.id.removeprefix(USER))
