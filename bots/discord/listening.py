"""Listening: what Discord tells goes into the inbox, and what it told while nobody listened is read back.

One note per server remembers the last message taken in. It moves only while nothing of that server's
history is still to be read, so that a process that dies half-way reads it again. Reading starts a little
before the note, because messages of different channels do not arrive in the order of their ids; what was
taken in already is recognised by its key.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Iterable
from typing import Final

from bots.discord.answers import Answers, Interaction
from bots.discord.commands import registrations
from bots.discord.history import History, last_message
from bots.discord.identity import PLATFORM, place_id
from bots.discord.messages import HAPPENINGS, Reader, digest
from bots.discord.profiles import profile_of
from bots.discord.raw import Raw, first_after, record, records, snowflake, text
from bots.discord.welcome import invitation
from bots.discord.wire import Wire, event_of
from bots.kit import Kit
from core.errors import NigehbanError, TryLater
from core.model import Place
from core.ports import Item

log = logging.getLogger(__name__)

QUEUE: Final = 1000
"""Frames that may wait for the inbox; more make the library wait."""

BATCH: Final = 100
_AGAIN_S: Final = 2.0
_ABOUT_MEMBERS: Final = frozenset({"GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE"})


class Listening:
    """One connection's worth of listening."""

    def __init__(self, kit: Kit, wire: Wire, reader: Reader, answers: Answers) -> None:
        self._kit = kit
        self._wire = wire
        self._reader = reader
        self._answers = answers
        self._history = History(wire)
        self._frames: asyncio.Queue[str] = asyncio.Queue(QUEUE)
        self._behind: set[str] = set()
        self._seen: dict[str, int] = {}

    async def run(self, ready: Callable[[str], None]) -> None:
        """Listen until the connection is gone; `ready` is called once it stands.

        Raises:
            BadInput: The token is wrong.
            TryLater: Discord is out of reach.
        """
        refused: Exception | None = None
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pump(group, ready), name="discord events to inbox")
                await self._wire.listen(self._frames.put)
                raise TryLater("the connection was closed", after=1.0)
        except* NigehbanError as problems:
            refused = problems.exceptions[0]
        # Raised out here: Python before 3.11.4 (Debian 12 has 3.11.2) puts what `except*` raises in a group.
        if refused is not None:
            raise refused

    async def _pump(self, group: asyncio.TaskGroup, ready: Callable[[str], None]) -> None:
        """Bring frames into the inbox, in order, as many at once as have come."""
        while True:
            frames = [await self._frames.get()]
            while len(frames) < BATCH and not self._frames.empty():
                frames.append(self._frames.get_nowait())
            events = [record(json.loads(frame)) for frame in frames]
            items = [item for event in events for item in self._items(event)]
            await self._put(items)
            for event in events:
                await self._follow(event, group, ready)
            await self._remember()

    async def _follow(self, frame: Raw, group: asyncio.TaskGroup, ready: Callable[[str], None]) -> None:
        """Do what must be done at once, now that the event is safe."""
        event, data = event_of(frame), record(frame.get("d"))
        match event:
            case "READY":
                # Until a server's own event has come, its history is not known to be read.
                self._behind.update(snowflake(one.get("id")) for one in records(data.get("guilds")))
                line = self._served(is_alone=not self._behind)
                group.create_task(self._begin(ready, line), name="register commands")
            case "INTERACTION_CREATE":
                tap = Interaction.read(data)
                group.create_task(self._answers.acknowledge(tap), name=f"acknowledge {tap.id}")
            case "GUILD_CREATE":
                guild = snowflake(data.get("id"))
                self._behind.add(guild)
                group.create_task(self._catch_up(guild, data), name=f"catch up {guild}")

    def _served(self, *, is_alone: bool) -> str:
        """Say what is served, where that is less than all, and how to invite a bot that is in no server."""
        less = [] if self._wire.sees_content else ["only reports and mentions"]
        less += [f"in no server yet, invite it: {invitation(self._wire.application)}"] if is_alone else []
        return f"{PLATFORM} @{self._wire.handle}" + (f" ({'; '.join(less)})" if less else "")

    def _items(self, frame: Raw) -> tuple[Item, ...]:
        """Return what an event puts into the inbox: nothing, or one item."""
        try:
            return tuple(self._read(frame))
        except (ValueError, LookupError, TypeError, OverflowError):
            # One event in a shape nobody foresaw must not end the listening to all the others.
            log.exception("event not read", extra={"event": event_of(frame)})
            return ()

    def _read(self, frame: Raw) -> Iterable[Item]:
        event, data = event_of(frame), record(frame.get("d"))
        guild = snowflake(data.get("guild_id"))
        if not guild:
            return
        if event in HAPPENINGS:
            self._note(guild, snowflake(data.get("id")))
            yield from self._written(event, guild, data)
        elif event == "INTERACTION_CREATE":
            yield self._item(f"interaction:{snowflake(data.get('id'))}", event, guild, data)
        elif event in _ABOUT_MEMBERS and not record(data.get("user")).get("bot"):
            user = record(data.get("user"))
            if event == "GUILD_MEMBER_ADD":
                key = f"joined:{guild}/{snowflake(user.get('id'))}/{text(data.get('joined_at'))}"
            else:
                # Roles and timeouts come as the same event: what is not in the profile brings nothing in.
                profile = profile_of(user, data, Place(id=place_id(guild)))
                key = f"profile:{guild}/{snowflake(user.get('id'))}/{profile.digest}"
            yield self._item(key, event, guild, data)

    def _written(self, event: str, guild: str, data: Raw) -> Iterable[Item]:
        """Return a message that is to be judged: not our own, and not without anything to look at."""
        if snowflake(record(data.get("author")).get("id")) == self._wire.user:
            return
        message = self._reader.written(data, HAPPENINGS[event], guild=guild, place="")
        if message:
            yield self._item(f"{message.id}:{digest(message)}", event, guild, data)

    def _item(self, key: str, event: str, guild: str, data: Raw) -> Item:
        channel = snowflake(data.get("channel_id"))
        place, above = self._wire.name_of(guild, channel), self._wire.above(guild, channel)
        body = json.dumps({"event": event, "guild": guild, "place": place, "above": above, "data": data})
        return Item(key=f"{PLATFORM}:{key.removeprefix(f'{PLATFORM}:')}", platform=PLATFORM, body=body)

    async def _put(self, items: list[Item]) -> None:
        """Put items in, however long the inbox is out of reach."""
        while items:
            try:
                await self._kit.inbox.put(items)
            except NigehbanError as exc:
                log.warning("inbox out of reach", extra={"why": str(exc), "items": len(items)})
                await asyncio.sleep(exc.after if isinstance(exc, TryLater) else _AGAIN_S)
            else:
                return

    async def _begin(self, ready: Callable[[str], None], line: str) -> None:
        """Register the commands and say what is served; without commands, cards and taps still work."""
        try:
            ids = {"application_id": self._wire.application}
            path = "/applications/{application_id}/commands"
            await self._wire.call("PUT", path, ids, body=registrations())
        except NigehbanError as exc:
            log.warning("commands not registered", extra={"why": str(exc)})
        ready(line)

    async def _catch_up(self, guild: str, data: Raw) -> None:
        """Read a server's history until that succeeds; its note stands still meanwhile."""
        while True:
            try:
                await self._read_back(guild, data)
            except NigehbanError as exc:
                log.warning("history not read yet", extra={"guild": guild, "why": str(exc)})
                await asyncio.sleep(exc.after if isinstance(exc, TryLater) else _AGAIN_S)
            else:
                break
        self._behind.discard(guild)
        await self._remember()

    async def _read_back(self, guild: str, data: Raw) -> None:
        """Read what was written in a server since its note, or start its note."""
        key = f"{PLATFORM}:seen:{guild}"
        noted = await self._kit.notes.note(key)
        if noted is None:
            self._note(guild, str(max(last_message(data), first_after(self._kit.clock()))))
            await self._put([self._item(f"welcome:{guild}", "WELCOME", guild, {})])
        else:
            count = 0
            async for page in self._history.since(int(noted), data):
                items = [i for one in page for i in self._written("MESSAGE_CREATE", guild, one)]
                await self._put(items)
                count += len(items)
            self._note(guild, str(max(int(noted), last_message(data))))
            log.info("caught up", extra={"guild": guild, "messages": count})

    def _note(self, guild: str, message: str) -> None:
        self._seen[guild] = max(self._seen.get(guild, 0), int(message or 0))

    async def _remember(self) -> None:
        """Write down how far each server was read, except where history is still being read."""
        for guild in [guild for guild in self._seen if guild not in self._behind]:
            try:
                await self._kit.notes.keep(f"{PLATFORM}:seen:{guild}", str(self._seen.pop(guild)))
            except NigehbanError as exc:
                # The next message writes it; until then a restart would only read a little more.
                log.warning("note not kept", extra={"guild": guild, "why": str(exc)})
