"""Discord as a platform of the core: listens, takes what the inbox hands out, acts, and shows cards."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, cast

from bots.card import card_of
from bots.discord.acts import Acts
from bots.discord.answers import COMPONENT, Answers, Interaction
from bots.discord.cards import answer_of, message_of, once_only
from bots.discord.commands import BIND, POLICY, REPORT, STATUS, WHY, Commands
from bots.discord.files import CdnFiles
from bots.discord.identity import PLATFORM, bare, is_webhook, number_of, place_id, room_id, spot_of
from bots.discord.invites import led_to
from bots.discord.listening import Listening
from bots.discord.messages import HAPPENINGS, Reader
from bots.discord.policies import PREFIX, Policies
from bots.discord.profiles import profile_of, profile_parts
from bots.discord.raw import Raw, record, snowflake, text
from bots.discord.rights import Rights
from bots.discord.search import searched
from bots.discord.taps import Taps
from bots.discord.telling import tell
from bots.discord.welcome import welcome
from bots.discord.wire import Wire
from bots.introductions import Introductions, Look
from bots.kit import Kit
from core.case import Case
from core.errors import Gone, NotPermitted, TryLater
from core.model import Action, Attachment, Happening, Message, Place
from core.settings import Discord as Settings

log = logging.getLogger(__name__)

LONGEST_PAUSE_S: Final = 60.0

_ONE: Final = "/channels/{channel_id}/messages/{message_id}"


class Discord:
    """The port `Listener`, over discord.py.

    Args:
        settings: Token and addresses.
        kit: The parts every platform stands on.
    """

    name = PLATFORM

    def __init__(self, settings: Settings, kit: Kit) -> None:
        self._kit = kit
        self._settings = settings
        self._reader = Reader(settings.cdn_base.rstrip("/"))
        self._wire = Wire(settings)
        self._rights = Rights(self._wire)
        self._files = CdnFiles(self._wire, self._reader.cdn_base)
        self._acts = Acts(self._wire, self._rights, kit.clock)
        self._answers = Answers(self._wire)
        self._commands = Commands(kit, self._wire, self._rights)
        self._introductions = Introductions(kit)
        self._taps = Taps(kit, self._rights, self._answers)
        self._policies = self._policies_of(kit)

    async def listen(self, ready: Callable[[str], None]) -> None:
        """Serve until cancelled; see `core.ports.Listener.listen`."""
        told, pause_s = False, 1.0

        def connected(line: str) -> None:
            nonlocal told, pause_s
            pause_s = 1.0
            if not told:
                told = True
                ready(line)

        while True:
            try:
                await self._wire.log_in()
                self._say_what_is_off()
                await Listening(self._kit, self._wire, self._reader, self._answers).run(connected)
            except TryLater as exc:
                pause_s = min(max(exc.after, 2 * pause_s), LONGEST_PAUSE_S)
                why = f"{exc}; address {self._settings.api_base}"
                log.warning("Discord: connecting again", extra={"why": why, "in_s": pause_s})
                await asyncio.sleep(pause_s)

    async def take(self, body: str) -> None:
        """Take one event from the inbox; see `core.ports.Platform.take`."""
        event = record(json.loads(body))
        guild, place, data = text(event.get("guild")), text(event.get("place")), record(event.get("data"))
        kind, above = text(event.get("event")), _texts(event.get("above"))
        if kind == "INTERACTION_CREATE":
            await self._interaction(Interaction.read(data), place, above)
        elif kind == "WELCOME":
            await welcome(self._wire, guild, await self._commands.health(guild))
        elif kind == "GUILD_MEMBER_ADD":
            joined = self._reader.joined(data, guild=guild, place=place)
            await self._receive(joined, record(data.get("user")), data)
        elif kind == "GUILD_MEMBER_UPDATE":
            profile = profile_of(record(data.get("user")), data, Place(id=place_id(guild), name=place))
            await self._receive(profile.message(at=self._kit.clock()), record(data.get("user")), data)
        else:
            message = self._reader.written(data, HAPPENINGS[kind], guild=guild, place=place)
            # What moderators say to one another in their room is no case.
            if message and not await self._kit.desk.places(room_id(snowflake(data.get("channel_id")))):
                author, member = record(data.get("author")), record(data.get("member"))
                await self._receive(_within(message, above), author, member)

    async def perform(self, action: Action, message: Message) -> str:
        """Carry out an action; see `core.ports.Platform.perform`."""
        if action.kind.tells:
            return await tell(self._wire, action, message, self._kit.zone)
        return await self._acts.perform(action, message)

    async def show(self, case: Case, room: str) -> str:
        """Show a case's card, or bring the one it has up to date; see `core.ports.Platform.show`."""
        known = await self._kit.designations.now()
        card = card_of(case, zone=self._kit.zone, now=self._kit.clock(), known=known)
        body = message_of(card, case.id)
        try:
            if case.card and await self._changed(case.card, body):
                return case.card
            # Asked twice with one nonce, Discord shows one message: a worker may die in between.
            once = {} if case.card else once_only(f"{case.id} {spot_of(case.message.id)[1]}")
            return await self._send(bare(room), {**body, **once})
        except Gone as exc:
            raise Gone("the moderators' room is gone: bind another with /bind") from exc
        except NotPermitted as exc:
            raise NotPermitted(
                "the bot cannot write in the moderators' room: "
                "Edit Channel → Permissions, or bind another room with /bind"
            ) from exc

    async def tell(self, room: str, lines: Sequence[str]) -> None:
        """Say something about the bot itself in a room; see `core.ports.Platform.tell`."""
        await self._send(bare(room), answer_of(lines))

    async def moderates(self, account: str, place: str) -> bool:
        """Tell whether an account moderates a server now; see `core.ports.Platform.moderates`."""
        user = number_of(account)
        return bool(user) and (await self._rights.standing(user, bare(place))).moderates

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return a file's content; see `core.ports.Files.fetch`."""
        return await self._files.fetch(attachment)

    async def resolve(self, identifier: str) -> tuple[str, ...]:
        """Return what an invite leads to; see `core.ports.Resolver`."""
        return await led_to(self._wire, identifier)

    async def search(self, place: str, words: str, *, since: datetime) -> tuple[Message, ...]:
        """Return messages of a server with these words; see `core.ports.Searcher`."""
        guild = bare(place)
        found = await searched(self._wire, guild, words, since=since)
        rooms = {snowflake(one.get("channel_id")) for one in found}
        own = {channel for channel in rooms if await self._kit.desk.places(room_id(channel))}
        read = (
            self._reader.written(
                one,
                Happening.POSTED,
                guild=guild,
                place=self._wire.name_of(guild, snowflake(one.get("channel_id"))),
            )
            for one in found
            if snowflake(one.get("channel_id")) not in own
            and snowflake(record(one.get("author")).get("id")) != self._wire.user
        )
        return tuple(message for message in read if message)

    def _policies_of(self, kit: Kit) -> Policies | None:
        if kit.policies is None:
            return None
        return Policies(kit, self._wire, self._rights, self._answers, self._files, kit.policies)

    async def _receive(self, message: Message, user: Raw, member: Raw) -> None:
        """Give the engine a message, and its author's profile where that is news."""
        if is_webhook(message.author.id):
            # No account: whoever posts through it takes a name for each message, and moderators made it.
            await self._kit.engine.receive(message)
            return

        async def look() -> Look:
            return Look(parts=profile_parts(user, member, message.place, self._reader.cdn_base))

        await self._introductions.receive(message, profile_of(user, member, message.place), look)

    async def _changed(self, card: str, body: Raw) -> bool:
        """Bring a card up to date; False if somebody deleted it."""
        channel, message = spot_of(card)
        try:
            await self._wire.call("PATCH", _ONE, {"channel_id": channel, "message_id": message}, body=body)
        except Gone:
            return False
        return True

    async def _send(self, channel: str, body: Raw) -> str:
        path = "/channels/{channel_id}/messages"
        sent = record(await self._wire.call("POST", path, {"channel_id": channel}, body=body))
        return f"{channel}/{snowflake(sent.get('id'))}"

    async def _interaction(self, one: Interaction, place: str, above: tuple[str, ...]) -> None:
        if self._policies and one.name.startswith(PREFIX) and one.kind == COMPONENT:
            await self._policies.tap(one)
        elif one.kind == COMPONENT:
            await self._taps.take(one)
        elif self._policies and one.name == POLICY:
            await self._policies.policy(one)
        elif self._policies and one.name == WHY:
            await self._policies.why(one)
        elif one.name == REPORT:
            await self._report(one, place, above)
        elif one.name == BIND:
            await self._answers.say(one, answer_of(tuple(await self._commands.bind(one))))
        elif one.name == STATUS:
            await self._answers.say(one, answer_of(tuple(await self._commands.status(one))))

    async def _report(self, one: Interaction, place: str, above: tuple[str, ...]) -> None:
        """Bring a message that a member reported before the moderators."""
        thanks = "Thank you. The moderators of this server will look at it."
        if snowflake(record(one.target.get("author")).get("id")) == self._wire.user:
            thanks = "This message is the bot's own. Speak to a moderator if something is wrong with it."
        else:
            reported = self._reader.reported(one.target, guild=one.guild, place=place, reporter=one.who)
            await self._receive(_within(reported, above), record(one.target.get("author")), {})
        await self._answers.say(one, answer_of([thanks]))

    def _say_what_is_off(self) -> None:
        """Tell the operator, once per connection, what the application was not allowed to see."""
        where = "discord.com/developers → your application → Bot → Privileged Gateway Intents"
        if not self._wire.sees_content:
            log.warning(
                "Discord: only reports and mentions: Message Content Intent is off", extra={"mend": where}
            )
        if not self._wire.sees_members:
            log.warning("Discord: joins are not seen: Server Members Intent is off", extra={"mend": where})


def _within(message: Message, above: tuple[str, ...]) -> Message:
    """Return a message whose place knows the channel it stands within."""
    return replace(message, place=replace(message.place, above=above)) if above else message


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(text, cast("list[object]", value))) if isinstance(value, list) else ()
