"""Telegram as the core sees it: the update loop, and the ports `Platform` and `Listener`.

The loop only puts raw updates into the inbox; the offset, which tells Telegram to forget them, moves after
that. It is kept nowhere: a new process asks for whatever was not confirmed, and the inbox takes an update it
has already only once. So a kill at any moment loses nothing and doubles nothing.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from html import escape
from typing import Final, TypeVar

from bots.card import card_of
from bots.introductions import Introductions
from bots.kit import Kit
from bots.telegram.actions import carry_out
from bots.telegram.client import Client
from bots.telegram.errors import Moved, Unchanged
from bots.telegram.identity import CHAT, PLATFORM, USER, chat_id_of, message_number_of
from bots.telegram.markup import html_of, rows_of
from bots.telegram.messages import messages_of
from bots.telegram.names import Names
from bots.telegram.pace import Pace
from bots.telegram.parts import UNSEEABLE
from bots.telegram.policies import takes
from bots.telegram.policy_files import PolicyFiles, is_policy_file, is_policy_tap
from bots.telegram.profiles import UNSHOWN, look_at, profile_of
from bots.telegram.raw import Raw, bare_id, number, record, records
from bots.telegram.setup import COMMANDS, Setup, command_of
from bots.telegram.standing import Me
from bots.telegram.taps import Taps
from bots.telegram.telling import MemberTelling
from bots.telegram.whereabouts import Whereabouts
from core.case import Case
from core.errors import CannotLook, Gone, PlatformError, TryLater
from core.model import Action, Attachment, Message
from core.ports import Item
from core.settings import Telegram as TelegramSettings

log = logging.getLogger(__name__)

T = TypeVar("T")

LONGEST_PAUSE_S: Final = 60.0
ROOMS_KNOWN_FOR: Final = timedelta(seconds=30)
"""How long it may take until a chat that another process bound as a room is no longer watched."""


class Telegram:
    """The platform `telegram`.

    Args:
        settings: Token and addresses.
        kit: The parts it stands on.
        pace: How fast it may call.
    """

    name = PLATFORM

    def __init__(self, settings: TelegramSettings, kit: Kit, *, pace: Pace | None = None) -> None:
        self._kit = kit
        self._client = Client(
            token=settings.token.get_secret_value(),
            base_url=settings.base_url,
            base_file_url=settings.base_file_url,
            pace=pace or Pace(),
        )
        self._whereabouts = Whereabouts(desk=kit.desk, notes=kit.notes)
        self._names = Names(self._client)
        self._telling = MemberTelling(client=self._client, kit=kit)
        self._introductions = Introductions(kit)
        self._taps = Taps(client=self._client, kit=kit, whereabouts=self._whereabouts)
        self._policy = _policy_of(self._client, kit, self._whereabouts)
        self._me: Me | None = None
        self._rooms: dict[str, tuple[bool, datetime]] = {}

    async def listen(self, ready: Callable[[str], None]) -> None:
        """Connect, say so, and put what happens into the inbox until cancelled.

        Raises:
            BadInput: The token is wrong.
        """
        try:
            self._me = await _patiently(self._client.start)
            await _patiently(lambda: self._client.offer_commands(COMMANDS))
            ready(f"telegram @{self._me.username}")
            await self._read(self._me)
        finally:
            await self._client.stop()

    async def take(self, body: str) -> None:
        """Take one update out of the inbox; again has the effect once."""
        update = record(json.loads(body))
        if query := record(update.get("callback_query")):
            taps = self._policy if self._policy and is_policy_tap(query) else self._taps
            await taps.tap(query)
            return
        message = record(update.get("message"))
        if new := number(message.get("migrate_to_chat_id")):
            old = number(record(message.get("chat")).get("id")) or 0
            await self._whereabouts.moved(old, new)
            if self._kit.policies:
                await self._kit.policies.moved(f"{PLATFORM}:{old}", f"{PLATFORM}:{new}")
        await self._set_up(update, message)
        for happened in messages_of(update):
            if not await self._is_room(happened.place.id):
                await self._receive(happened)

    async def perform(self, action: Action, message: Message) -> str:
        """Carry out an action; see the port."""
        chat_id = await self._whereabouts.chat_id(message.place.id)
        try:
            if action.kind.tells:
                return await self._telling.tell(action, message, chat_id=chat_id, me=self._known())
            return await carry_out(self._client, action, message, chat_id=chat_id, now=self._kit.clock())
        except Moved as exc:
            await self._whereabouts.moved(chat_id, exc.chat_id)
            raise TryLater(str(exc), after=1.0) from exc

    async def show(self, case: Case, room: str) -> str:
        """Show a case's card or bring it up to date; one that somebody deleted is shown anew."""
        known = await self._kit.designations.now()
        card = card_of(case, zone=self._kit.zone, now=self._kit.clock(), known=known)
        html, rows = html_of(card), rows_of(case.id, card.buttons)
        shown = message_number_of(case.card) if case.card else None
        if shown is not None:
            try:
                await self._client.edit(chat_id_of(case.card), shown, html, rows)
            except Unchanged:
                return case.card
            except Gone:
                log.info("card shown anew", extra={"case": case.id})
            else:
                return case.card
        chat_id = await self._whereabouts.chat_id(room)
        try:
            sent = await self._client.send(chat_id, html, rows)
        except Moved as exc:
            await self._whereabouts.moved(chat_id, exc.chat_id)
            raise TryLater(str(exc), after=1.0) from exc
        return f"{PLATFORM}:{chat_id}/{sent}"

    async def tell(self, room: str, lines: Sequence[str]) -> None:
        """Say something about the bot itself in a room."""
        chat_id = await self._whereabouts.chat_id(room)
        try:
            await self._client.send(chat_id, "\n".join(map(escape, lines)))
        except Moved as exc:
            await self._whereabouts.moved(chat_id, exc.chat_id)
            raise TryLater(str(exc), after=1.0) from exc

    async def moderates(self, account: str, place: str) -> bool:
        """Tell whether an account may moderate a group now: a person, the group itself, or its channel."""
        chat_id = await self._whereabouts.chat_id(place)
        try:
            if account.startswith(USER):
                return (await self._client.standing(chat_id, int(account.removeprefix(USER)))).moderates
            if account == f"{CHAT}{bare_id(chat_id)}":
                return True
            linked = (await self._client.chat(chat_id)).linked_id
        except TryLater:
            raise
        except PlatformError as exc:
            log.warning("rights cannot be asked for", extra={"place": place, "why": str(exc)})
            return False
        return linked is not None and account == f"{CHAT}{bare_id(linked)}"

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return a file's content; its size was checked by who asks."""
        if attachment.ref == UNSEEABLE:
            raise CannotLook("paid media: only who pays for it sees it")
        if attachment.ref == UNSHOWN:
            raise CannotLook("picture and bio of the account: Telegram did not show them")
        return await self._client.download(attachment.ref)

    async def resolve(self, identifier: str) -> tuple[str, ...]:
        """Return what stays behind a public name; see `core.ports.Resolver`."""
        return await self._names.resolve(identifier)

    async def _receive(self, happened: Message) -> None:
        profile = profile_of(happened)
        if profile is None:
            await self._kit.engine.receive(happened)
        else:
            look = partial(look_at, self._client, happened.author)
            await self._introductions.receive(happened, profile, look)

    async def _read(self, me: Me) -> None:
        """Read updates for ever; what is read is confirmed only once the inbox has it."""
        last: int | None = None
        while True:
            confirmed = last
            updates = await _patiently(lambda: self._client.updates(confirmed))  # noqa: B023  # awaited at once
            items = tuple(_items(updates, me))
            if items:
                await _patiently(lambda: self._kit.inbox.put(items))  # noqa: B023  # awaited at once
            last = max((n for u in updates if (n := number(u.get("update_id"))) is not None), default=last)

    async def _set_up(self, update: Raw, message: Raw) -> None:
        me = self._known()
        setup = Setup(client=self._client, kit=self._kit, me=me, telling=self._telling)
        try:
            if change := record(update.get("my_chat_member")):
                await setup.membership(change)
            elif any(e.get("type") == "bot_command" for e in records(message.get("entities"))):
                command = command_of(message, me.username)
                if command is not None and self._policy and takes(command):
                    await self._policy.policies.command(command)
                elif command is not None:
                    await setup.command(command)
                    self._rooms.clear()
            elif self._policy and is_policy_file(message):
                await self._policy.sent(message)
        except TryLater:
            raise
        except PlatformError as exc:
            # A group that we may not write in is still watched; a command there goes without an answer.
            log.warning("set-up step not answered", extra={"why": str(exc)})

    def _known(self) -> Me:
        if self._me is None:
            raise TryLater("Telegram is not connected yet", after=1.0)
        return self._me

    async def _is_room(self, place: str) -> bool:
        """Tell whether a chat is only a moderators' room: what is said there is not judged."""
        known, until = self._rooms.get(place, (False, self._kit.clock()))
        now = self._kit.clock()
        if until > now:
            return known
        serves = bool(await self._kit.desk.places(place))
        known = serves and await self._kit.desk.room(place) is None
        self._rooms[place] = (known, now + ROOMS_KNOWN_FOR)
        return known


def _policy_of(client: Client, kit: Kit, whereabouts: Whereabouts) -> PolicyFiles | None:
    desk = kit.policies
    return PolicyFiles(client=client, kit=kit, whereabouts=whereabouts, desk=desk) if desk else None


def _items(updates: tuple[Raw, ...], me: Me) -> Iterator[Item]:
    for update in updates:
        key = f"{PLATFORM}:{me.id}:{update.get('update_id')}"
        yield Item(key=key, platform=PLATFORM, body=json.dumps(update, separators=(",", ":")))


async def _patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask until there is an answer, pausing longer each time it fails, up to a minute."""
    failures = 0
    while True:
        try:
            return await ask()
        except TryLater as exc:
            failures += 1
            pause_s = min(exc.after * 2.0 ** (failures - 1), LONGEST_PAUSE_S)
            log.warning("telegram", extra={"why": str(exc), "again_in_s": pause_s})
            await asyncio.sleep(pause_s)
