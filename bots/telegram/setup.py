"""Set-up as an administrator does it: being added, saying what is missing, binding a room by a code.

No id is ever typed. A code is given out in one chat and entered in the other; which of the two becomes the
moderators' room is the one that can be one. Whoever enters it must moderate the group: a code that ordinary
members saw in their group is of no use to them.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

from bots.kit import Kit
from bots.telegram import notices
from bots.telegram.client import Client
from bots.telegram.help_words import help_of
from bots.telegram.identity import account_of, chat_id_of, place_of
from bots.telegram.raw import Raw, number, record, records, text, utf16_slice
from bots.telegram.rooms import refusal
from bots.telegram.standing import Me
from bots.telegram.telling import WHY, MemberTelling

POLICY: Final = "policy"
COMMANDS: Final = {
    "bind": "Show a group's cards in this moderators' room",
    "status": "What I may do here, and what is missing",
    POLICY: "Which policy holds here, and what changed last",
    WHY: "Why a case was judged as it was: /why and its id",
}
_OWN: Final = ("bind", "status")
_HELP: Final = "help"
_START: Final = "start"
_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH: Final = 8
_NOT_IN: Final = frozenset({"left", "kicked"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A command sent to the bot.

    Attributes:
        user_id: Who sent it; None for an administrator who posts as the group.
        language: The tag of their language, where it is known.
        is_addressed: It names the bot, so that it is meant for no other one.
    """

    name: str
    argument: str
    chat_id: int
    message_number: int
    user_id: int | None
    is_private: bool
    language: str = ""
    is_addressed: bool = False


def command_of(message: Raw, username: str) -> Command | None:
    """Read a command from a message; None if it has none, or one for another bot."""
    first = next((e for e in records(message.get("entities")) if e.get("type") == "bot_command"), {})
    whole = text(message.get("text"))
    if number(first.get("offset")) != 0:
        return None
    spelled = utf16_slice(whole, 0, number(first.get("length")) or 0)
    name, _, addressee = spelled.removeprefix("/").partition("@")
    if addressee and addressee.casefold() != username.casefold():
        return None
    chat, speaker = record(message.get("chat")), record(message.get("sender_chat"))
    if speaker and speaker.get("id") != chat.get("id"):
        return None
    return Command(
        name=name.casefold(),
        argument=whole[len(spelled) :].strip().upper(),
        chat_id=number(chat.get("id")) or 0,
        message_number=number(message.get("message_id")) or 0,
        user_id=None if speaker else number(record(message.get("from")).get("id")),
        is_private=chat.get("type") == "private",
        language="" if speaker else account_of(record(message.get("from"))).language,
        is_addressed=bool(addressee),
    )


class Setup:
    """Takes the steps of the set-up.

    Args:
        client: The Bot API.
        kit: The parts the platform stands on.
        me: The bot itself.
        telling: Keeps the notices that wait for somebody to open a chat.
    """

    def __init__(self, *, client: Client, kit: Kit, me: Me, telling: MemberTelling) -> None:
        self._client = client
        self._kit = kit
        self._me = me
        self._telling = telling

    async def membership(self, change: Raw) -> None:
        """Greet a group the bot came to, or say what changed for it there; the same is never said twice."""
        chat = record(change.get("chat"))
        new = record(change.get("new_chat_member"))
        if chat.get("type") not in {"group", "supergroup"} or new.get("status") in _NOT_IN:
            return
        place = place_of(chat).id
        if await self._kit.desk.places(place):
            return
        said = await self._status(chat_id_of(place))
        note, digest = f"telegram.said/{place}", sha256(said.encode()).hexdigest()
        if await self._kit.notes.note(note) == digest:
            return
        await self._client.send(chat_id_of(place), said)
        await self._kit.notes.keep(note, digest)

    async def command(self, command: Command) -> None:
        """Carry out a command, once: its message's number is remembered until the chat's next one."""
        note = f"telegram.command/{command.chat_id}"
        if await self._kit.notes.note(note) == str(command.message_number):
            return
        if command.is_private and command.name in {_START, WHY} and await self._telling.read(command.chat_id):
            await self._kit.notes.keep(note, str(command.message_number))
            return
        said = await self._answer(command)
        if said:
            is_start = command.is_private and command.name == _START
            buttons = ((("Add me to a group", notices.adding_link(self._me)),),) if is_start else ()
            await self._client.send(command.chat_id, said, buttons, reply_to=command.message_number)
        await self._kit.notes.keep(note, str(command.message_number))

    async def _answer(self, command: Command) -> str:
        if command.name == _START and command.is_private:
            return notices.introduction(self._me)
        if command.name == WHY and command.is_private:
            return notices.NOTHING_WAITS
        if command.name not in _OWN:
            return await self._help(command)
        if command.name == "bind" and command.argument:
            return await self._redeem(command)
        if not await self._is_administrator(command):
            return notices.ONLY_ADMINISTRATORS
        return await (self._offer(command) if command.name == "bind" else self._status(command.chat_id))

    async def _help(self, command: Command) -> str:
        """Say what counts here, where no ordinary member reads along; else nothing.

        In a room a command may be another bot's. One that starts the bot came with adding it.
        """
        if not command.is_private:
            is_meant = command.name == _HELP or (command.is_addressed and command.name != _START)
            if not is_meant or not await self._kit.desk.places(_side(command.chat_id)):
                return ""
        policies = self._kit.policies is not None
        return help_of(command.language, is_private=command.is_private, policies=policies)

    async def _offer(self, command: Command) -> str:
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
        until = self._kit.clock() + timedelta(minutes=notices.CODE_MINUTES)
        await self._kit.desk.offer(_side(command.chat_id), code=code, until=until)
        return notices.code_given(self._me, code)

    async def _redeem(self, command: Command) -> str:
        """Bind the chat a code is from and the chat it was entered in."""
        if not await self._is_administrator(command):
            return notices.ONLY_ADMINISTRATORS
        desk, here = self._kit.desk, command.chat_id
        side = await desk.redeem(command.argument, now=self._kit.clock())
        if side is None:
            return notices.CODE_UNKNOWN
        there = chat_id_of(side)
        reason = await refusal(self._client, room=there, group=here) if not command.is_private else ""
        room, group = there, here
        if reason or command.is_private:
            swapped = await refusal(self._client, room=here, group=there) if there < 0 else reason
            if swapped:
                return notices.refused(reason or swapped)
            room, group = here, there
        if not await self._may_bind(command, group=group):
            return notices.ONLY_MODERATORS
        await desk.bind(_side(group), _side(room))
        title = (await self._client.chat(group)).title
        if room != here:
            await self._client.send(room, notices.bound_here(title))
            return notices.BOUND_THERE
        await self._client.send(group, notices.BOUND_THERE)
        return notices.bound_here(title)

    async def _may_bind(self, command: Command, *, group: int) -> bool:
        """Whoever posts as the group is its administrator; anyone else must moderate it."""
        if command.user_id is None:
            return command.chat_id == group
        return (await self._client.standing(group, command.user_id)).moderates

    async def _is_administrator(self, command: Command) -> bool:
        if command.is_private or command.user_id is None:
            return True
        return (await self._client.standing(command.chat_id, command.user_id)).is_admin

    async def _status(self, chat_id: int) -> str:
        places = await self._kit.desk.places(_side(chat_id))
        if places:
            groups = [chat_id_of(place) for place in places]
            known = [
                ((await self._client.chat(one)).title, await self._client.my_standing(one)) for one in groups
            ]
            return notices.room_status(self._me, tuple(known))
        if chat_id > 0:
            return notices.introduction(self._me)
        is_bound = await self._kit.desk.room(_side(chat_id)) is not None
        return notices.status(self._me, await self._client.my_standing(chat_id), is_bound=is_bound)


def _side(chat_id: int) -> str:
    return f"telegram:{chat_id}"
