"""`/policy` and `/why` with a case: what holds, and why something was judged as it was.

In a group, which ordinary members read, only the name of what holds is told; rules and cases are for its
moderators' room, and for a private chat with one of them.
"""

from typing import Final

from bots.kit import Kit
from bots.policies import words as policy_words
from bots.policies.desk import ENDS, PolicyDesk
from bots.policies.words import Said
from bots.telegram import notices
from bots.telegram.actions import BAN_RIGHT, DELETE_RIGHT
from bots.telegram.client import Client
from bots.telegram.identity import PLATFORM
from bots.telegram.policy_answers import PolicyAnswers
from bots.telegram.setup import POLICY, Command
from bots.telegram.telling import WHY
from bots.telegram.whereabouts import Whereabouts
from core.case import Case
from core.errors import PlatformError, TryLater

_SEND_ONE: Final = (
    f"⚪ Send me a policy file here ({', '.join(ENDS)}) for a group in which you have the rights "
    f"“{DELETE_RIGHT}” and “{BAN_RIGHT}”. I check it and say what it would change; "
    "nothing changes before you tap."
)
_HOW: Final = "To change it, send me a policy file in a private chat."
_IN_THE_ROOM: Final = "⚪ Cases are explained in the moderators' room, or in a private chat with me."
_NO_ID: Final = "⚪ Send /why and the case's id, as its card has it."
_NO_CASE: Final = "✘ There is no such case here."
_NOT_HIDDEN: Final = (
    "✘ Ask in your own name: whether somebody who posts as the room moderates the group cannot be known."
)


def takes(command: Command) -> bool:
    """Tell whether a command is about policies; `/why` alone asks in private for a notice that waits."""
    return command.name == POLICY or (
        command.name == WHY and bool(command.argument or not command.is_private)
    )


class Policies:
    """Answers the commands.

    Args:
        client: The Bot API.
        kit: The parts the platform stands on.
        whereabouts: Where a group is now.
        desk: Knows what holds.
    """

    def __init__(self, *, client: Client, kit: Kit, whereabouts: Whereabouts, desk: PolicyDesk) -> None:
        self._client = client
        self._kit = kit
        self._whereabouts = whereabouts
        self._desk = desk
        self._answers = PolicyAnswers(client=client, kit=kit, whereabouts=whereabouts)

    async def command(self, command: Command) -> None:
        """Answer a command, once."""
        if await self._answers.is_new(command.chat_id, command.message_number):
            said = await (self._why(command) if command.name == WHY else self._policy(command))
            if said is None:
                return
            await self._answers.say(command.chat_id, said, reply_to=command.message_number)

    async def of_room(self, room: str) -> Said | None:
        """Say what holds in each group whose cards come to a room; None where it is no room."""
        places = await self._kit.desk.places(room)
        if not places:
            return None
        present = dict.fromkeys([f"{PLATFORM}:{await self._whereabouts.chat_id(one)}" for one in places])
        told = [await self._desk.shown(await self._answers.place(one)) for one in present]
        head = Said.of("⚪ What holds in the groups whose cards come here:")
        return policy_words.joined([head, *told, Said.of(_HOW)])

    async def _policy(self, command: Command) -> Said:
        here = f"{PLATFORM}:{command.chat_id}"
        if not await self._is_administrator(command):
            return Said.of(notices.ONLY_ADMINISTRATORS)
        if said := await self.of_room(here):
            return said
        if command.is_private:
            return Said.of(_SEND_ONE)
        return await self._desk.shown_to_all(await self._answers.place(here))

    async def _why(self, command: Command) -> Said | None:
        """Explain a case to a moderator of its group, where its cards come to, or in private.

        In a group the command alone is none of ours: another bot may have it.
        """
        places = await self._kit.desk.places(f"{PLATFORM}:{command.chat_id}")
        if not (places or command.is_private):
            return Said.of(_IN_THE_ROOM) if command.argument else None
        if command.user_id is None:
            return Said.of(_NOT_HIDDEN)
        if not command.argument:
            return Said.of(_NO_ID)
        case = await self._kit.desk.get(command.argument.split()[0])
        # What is not there, and what is none of theirs, is told in the same words.
        if (
            case is None
            or not (command.is_private or case.message.place.id in places)
            or not await self._moderates(case, command.user_id)
        ):
            return Said.of(_NO_CASE)
        return Said.of(*await self._desk.why(case, await self._kit.designations.now()))

    async def _moderates(self, case: Case, user_id: int) -> bool:
        if not case.message.place.id.startswith(f"{PLATFORM}:"):
            return False
        chat_id = await self._whereabouts.chat_id(case.message.place.id)
        try:
            return (await self._client.standing(chat_id, user_id)).moderates
        except TryLater:
            raise
        except PlatformError:
            return False

    async def _is_administrator(self, command: Command) -> bool:
        if command.is_private or command.user_id is None:
            return True
        return (await self._client.standing(command.chat_id, command.user_id)).is_admin
