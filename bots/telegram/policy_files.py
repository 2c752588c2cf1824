"""A policy file sent in private, and the buttons under the answers: make it live, leave it, roll it back.

A file counts where its sender is an administrator of a watched group with both rights, to delete and to ban;
the rights are asked for again at every tap. Nothing of a file is kept but what became a proposal; while a
group is being chosen, it is Telegram that keeps the file, and we its number.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bots.kit import Kit
from bots.policies import words as policy_words
from bots.policies.desk import ENDS, GONE, LEFT, PolicyDesk, oversized
from bots.policies.words import Button, Said, Step
from bots.telegram.actions import BAN_RIGHT, DELETE_RIGHT
from bots.telegram.client import Client
from bots.telegram.identity import PLATFORM, account_of, chat_id_of
from bots.telegram.policies import Policies
from bots.telegram.policy_answers import PolicyAnswers
from bots.telegram.raw import Raw, number, record, records, text
from bots.telegram.whereabouts import Whereabouts
from bots.wording import quoted
from core.errors import CannotLook, PlatformError, TryLater
from core.model import Account, Place

_KEPT: Final = timedelta(minutes=30)
"""How long a file waits for the choice of a group."""

_REFUSED_FOR: Final = timedelta(minutes=10)
"""How long a refusal stands before groups are asked about somebody again: a stranger could keep us busy."""

_MOST: Final = 100
"""Groups that are asked whether somebody moderates them; a message has room for so many buttons."""

_NOTES: Final = "telegram.policy/"
_KNOWN: Final = 1_000

NOT_YOURS: Final = (
    "✘ I take a policy file only from administrators of a group that I watch, "
    f"with the rights “{DELETE_RIGHT}” and “{BAN_RIGHT}” there. Were you given them just now? "
    "Then send it again in ten minutes."
)
_NO_FILE: Final = f"✘ I read only policy files here. Their names end with {', '.join(ENDS)}."
_NOT_ALL: Final = f"I watch more than {_MOST} groups, and asked only {_MOST} of them."
CHOSEN: Final = "This choice was made already, or is older than half an hour. Send the file again."
NOT_A_BUTTON: Final = "This answer is from another time. Send the file, or /policy, again."
_MOVED: Final = "Nothing was done: the group has another number since. Send the file again."


def is_policy_file(message: Raw) -> bool:
    """Tell whether a message is a file that somebody sent in private, where only policies are expected.

    A picture of a policy counts as one, so that it is said that it cannot be read.
    """
    sent = (record(message.get("document")), *records(message.get("photo")))
    return record(message.get("chat")).get("type") == "private" and any(sent)


def is_policy_tap(query: Raw) -> bool:
    """Tell whether a tap is on one of the buttons here."""
    return text(query.get("data")).startswith(f"{policy_words.PREFIX}:")


class PolicyFiles:
    """Takes files and taps.

    Args:
        client: The Bot API.
        kit: The parts the platform stands on.
        whereabouts: Where a group is now.
        desk: Where policies are proposed, made live and rolled back.
    """

    def __init__(self, *, client: Client, kit: Kit, whereabouts: Whereabouts, desk: PolicyDesk) -> None:
        self._client = client
        self._kit = kit
        self._whereabouts = whereabouts
        self._desk = desk
        self.policies = Policies(client=client, kit=kit, whereabouts=whereabouts, desk=desk)
        self._answers = PolicyAnswers(client=client, kit=kit, whereabouts=whereabouts)

    async def sent(self, message: Raw) -> None:
        """Take a file, once."""
        chat_id = number(record(message.get("chat")).get("id")) or 0
        sent = number(message.get("message_id")) or 0
        if await self._answers.is_new(chat_id, sent):
            said = await self._received(record(message.get("document")), record(message.get("from")), sent)
            await self._answers.say(chat_id, said, reply_to=sent)

    async def tap(self, query: Raw) -> None:
        """Take a tap.

        Raises:
            TryLater: The tapper's rights could not be asked for; nothing was done.
        """
        read = policy_words.pressed(text(query.get("data")))
        if read is None or not _stands_there(query):
            await self._tell(query, NOT_A_BUTTON)
            return
        step, numbers = read
        if step is Step.LEAVE:
            said: Said | str = Said.of(LEFT)
        elif step is Step.FOR:
            said = await self._chosen(numbers, record(query.get("from")))
        else:
            said = await self._decided(step, numbers, record(query.get("from")))
        if isinstance(said, str):
            await self._tell(query, said)
            return
        await self._show(query, step, said)
        if step is Step.FOR:
            # Only now: a tap that has to be taken again, because Telegram was busy, finds the file once more.
            await self._kit.notes.keep(_waiting(record(query.get("from")), numbers[0]), "")

    async def _received(self, document: Raw, sender: Raw, sent: int) -> Said:
        name, file_id = text(document.get("file_name")), text(document.get("file_id"))
        if not name.casefold().endswith(ENDS):
            return Said.of(_NO_FILE)
        if too_large := oversized(name, number(document.get("file_size"))):
            return too_large
        now, user_id = self._kit.clock(), number(sender.get("id")) or 0
        refused = f"{_NOTES}{user_id}/refused"
        since = await self._kit.notes.note(refused) or ""
        # What a clock noted that was far ahead would keep somebody out until that time comes.
        if (now - _REFUSED_FOR).isoformat() < since <= now.isoformat():
            return Said.of(NOT_YOURS)
        watched = await self._kit.desk.watched(PLATFORM)
        groups = await self._groups(watched[:_MOST], user_id)
        if not groups:
            await self._keep(refused, now.isoformat())
            return Said.of(NOT_YOURS, *([_NOT_ALL] if len(watched) > _MOST else []))
        if len(groups) == 1:
            return await self._propose(groups[0], name, file_id, account_of(sender))
        await self._keep(_waiting(sender, sent), f"{now.isoformat()} {json.dumps([file_id, name])}")
        choices = [
            Button(label=quoted(one.name), step=Step.FOR, numbers=(sent, chat_id_of(one.id)))
            for one in groups
        ]
        return policy_words.under(Said.of(f"⚪ For which group is {quoted(name)}?"), *choices)

    async def _groups(self, watched: Sequence[str], user_id: int) -> Sequence[Place]:
        """Return those of some groups in which somebody may put a policy."""
        found: dict[int, Place] = {}
        for place in watched:
            chat_id = await self._whereabouts.chat_id(place)
            if chat_id not in found and not await self._lacking(chat_id, user_id):
                found[chat_id] = await self._answers.place(f"{PLATFORM}:{chat_id}")
        return tuple(found.values())

    async def _chosen(self, numbers: Sequence[int], tapper: Raw) -> Said | str:
        """Take the choice of a group for a file that waits; it waits for one choice."""
        sent, chat_id = (*numbers, 0)[:2]
        since, _, waiting = (await self._kit.notes.note(_waiting(tapper, sent)) or "").partition(" ")
        if not waiting or since < (self._kit.clock() - _KEPT).isoformat():
            return CHOSEN
        if lacking := await self._lacking(chat_id, number(tapper.get("id")) or 0):
            return lacking
        file_id, name = map(str, json.loads(waiting))
        place = await self._answers.place(f"{PLATFORM}:{chat_id}")
        return await self._propose(place, name, file_id, account_of(tapper))

    async def _propose(self, place: Place, name: str, file_id: str, by: Account) -> Said:
        try:
            raw = await self._client.download(file_id)
        except CannotLook as exc:
            return Said.of(f"✘ {quoted(name)} cannot be fetched: {exc}. Send it again.")
        return await self._desk.propose(place, name, raw, by)

    async def _decided(self, step: Step, numbers: Sequence[int], tapper: Raw) -> Said | str:
        """Make a proposal live or roll a version back, for who may do so now."""
        about = await (self._desk.proposal if step is Step.LIVE else self._desk.live)(numbers[0])
        if about is None or not about.place.startswith(f"{PLATFORM}:"):
            return GONE
        chat_id = await self._whereabouts.chat_id(about.place)
        if chat_id != chat_id_of(about.place):
            return _MOVED
        if lacking := await self._lacking(chat_id, number(tapper.get("id")) or 0):
            return lacking
        place, who = await self._answers.place(about.place), account_of(tapper)
        if step is Step.BACK:
            return await self._desk.roll_back(about, place, who)
        return await self._desk.make_live(about, place, who, seen=(*numbers, 0)[1])

    async def _lacking(self, chat_id: int, user_id: int) -> str:
        """Say what somebody lacks to change a group's policy, or ""."""
        try:
            standing = await self._client.standing(chat_id, user_id)
        except TryLater:
            raise
        except PlatformError as exc:
            return f"Nothing was done: your rights in the group cannot be checked. {exc}"
        has = {DELETE_RIGHT: standing.may_delete, BAN_RIGHT: standing.may_restrict}
        missing = [f"“{right}”" for right, is_there in has.items() if not is_there]
        return f"Nothing was done: you lack {' and '.join(missing)} in the group." if missing else ""

    async def _show(self, query: Raw, step: Step, said: Said) -> None:
        """Put what came of a tap in the place of the answer; in a room, what holds now in its groups."""
        shown = record(query.get("message"))
        chat_id = number(record(shown.get("chat")).get("id")) or 0
        now = await self.policies.of_room(f"{PLATFORM}:{chat_id}") if step is Step.BACK else None
        await self._answers.change(chat_id, number(shown.get("message_id")) or 0, now or said)
        await self._tell(query, said.lines[0])

    async def _tell(self, query: Raw, words: str) -> None:
        """Answer the tap; one that is too old to be answered had its effect all the same."""
        try:
            await self._client.answer(text(query.get("id")), words)
        except PlatformError:
            return

    async def _keep(self, note: str, value: str) -> None:
        """Keep a note that begins with its time, and forget what is too old."""
        await self._kit.notes.keep(note, value)
        before = (self._kit.clock() - _KEPT).isoformat()
        await self._kit.notes.forget(_NOTES, before=before, most=_KNOWN)


def _waiting(sender: Raw, sent: int) -> str:
    """Return the note of the file that waits in a message of somebody."""
    return f"{_NOTES}{number(sender.get('id')) or 0}/{sent}"


def _stands_there(query: Raw) -> bool:
    """Tell whether the message has that button: a made-up tap must not change another one, such as a card."""
    markup = record(record(query.get("message")).get("reply_markup"))
    rows = markup.get("inline_keyboard")
    buttons = (button for row in (rows if isinstance(rows, list) else ()) for button in records(row))
    return any(button.get("callback_data") == query.get("data") for button in buttons)
