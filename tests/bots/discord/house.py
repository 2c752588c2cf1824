"""A Discord platform with all it stands on, served against the stand-in."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from pydantic import SecretStr

from bots.discord.platform import Discord
from bots.kit import Kit
from core.case import Case
from core.engine import Engine
from core.entities.directory import Designations
from core.errors import TryLater
from core.judge import Judge
from core.policy.loader import bundled, load_policy
from core.ports import Delivery, Item
from core.settings import Discord as Settings
from core.signals.accounts import Accounts
from core.signals.links import Links
from core.worker import Worker
from tests.bots.policies.kites import Policies
from tests.fake_entities import MemoryEntities
from tests.fake_platform import KnownWords, Witness
from tests.fake_policies import MemoryPolicies
from tests.fakes import Learned, MemoryNotes, MemoryStore, nothing
from tests.standins.discord.server import DiscordServer
from tests.standins.discord.state import Channel, Guild, Member, Post

BANNED = "https://t.me/bluelantern"
"""The link that the bank knows."""

MIRROR = "Blue Lantem"
"""A display name that looks like a known account's."""

_KNOWN = "telegram:user/bluelantern"


@dataclass
class MemoryInbox:
    """The part of the port `Inbox` that one process uses, in memory.

    Attributes:
        held: While true, nothing is handed out: the process is killed before it worked anything off.
        refusals: Errors to raise before it takes anything in again.
    """

    waiting: deque[Delivery] = field(default_factory=deque)
    keys: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    refusals: list[TryLater] = field(default_factory=list)
    held: bool = False

    async def put(self, items: Sequence[Item]) -> int:
        """Take items in once."""
        if self.refusals:
            raise self.refusals.pop(0)
        new = [item for item in items if item.key not in self.keys]
        self.keys.update(item.key for item in new)
        self.waiting += [Delivery(id=i.key, platform=i.platform, body=i.body, attempt=1) for i in new]
        return len(new)

    async def claim(self, limit: int, *, wait_s: float) -> tuple[Delivery, ...]:
        """Hand out what waits."""
        if self.held or not self.waiting:
            await asyncio.sleep(0.005)
            return ()
        return tuple(self.waiting.popleft() for _ in range(min(limit, len(self.waiting))))

    async def done(self, deliveries: Sequence[Delivery]) -> None:
        """Forget them."""

    async def failed(self, delivery: Delivery, reason: str, *, after_s: float) -> None:
        """Hand it out again at once."""
        self.problems.append(reason)
        self.waiting.append(replace(delivery, attempt=delivery.attempt + 1))

    async def depth(self) -> int:
        """Count what waits."""
        return len(self.waiting)

    async def close(self) -> None:
        """Nothing to let go of."""


@dataclass
class House:
    """A server with a channel, a hidden room and people, and a bot that watches it.

    Attributes:
        policy: The name of a shipped policy.
    """

    server: DiscordServer
    policy: str = "default"
    store: MemoryStore = field(default_factory=MemoryStore)
    notes: MemoryNotes = field(default_factory=MemoryNotes)
    entities: MemoryEntities = field(default_factory=MemoryEntities)
    inbox: MemoryInbox = field(default_factory=MemoryInbox)
    token: str = ""
    witness: Witness = field(default_factory=Witness)
    policy_store: MemoryPolicies = field(default_factory=MemoryPolicies)
    policies: Policies = field(init=False)

    def __post_init__(self) -> None:
        """Furnish the server and bind the room."""
        self.guild: Guild = self.server.guild("Kite Flyers")
        self.general: Channel = self.server.channel(self.guild, "general")
        role = self.server.moderators(self.guild)
        self.room: Channel = self.server.channel(self.guild, "moderators", only_for=[role])
        self.amina: Member = self.server.member(self.guild, "amina_r", shown="Amina R.")
        self.omar: Member = self.server.member(self.guild, "omar", shown="Omar", roles=[role])
        self.store.rooms[f"discord:{self.guild.id}"] = f"discord:{self.room.id}"
        self.build()

    def build(self) -> None:
        """Build the bot, as a process does at its start."""
        policy = load_policy(bundled(self.policy))
        banks = KnownWords({_KNOWN, MIRROR})
        judge = Judge(sources=[Links(), Accounts(), self.witness], banks=banks, policy=policy)
        platforms: dict[str, Discord] = {}
        self.policies = Policies(self.store, self.notes, platforms, _now, self.policy_store)
        self.engine = Engine(judge=judge, store=self.store, own=Learned(), platforms=platforms, clock=_now)
        kit = Kit(
            engine=self.engine,
            inbox=self.inbox,
            desk=self.store,
            notes=self.notes,
            clock=_now,
            zone=UTC,
            designations=Designations(self.entities),
            policies=self.policies.desk,
        )
        settings = Settings(
            token=SecretStr(self.token or self.server.token),
            api_base=self.server.api_base,
            gateway=self.server.gateway.url,
            cdn_base=self.server.cdn_base,
        )
        self.platform = platforms["discord"] = Discord(settings, kit)
        self.worker = Worker(inbox=self.inbox, platforms=platforms, engine=self.engine, flush=nothing)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[list[str]]:
        """Run the bot; gives what it said when it was ready."""
        self.build()
        said: list[str] = []
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            ear = group.create_task(self.platform.listen(said.append), name="listen")
            group.create_task(self.worker.run(stop), name="worker")
            try:
                await self.server.until(lambda: said and self._caught_up())
                yield said
            finally:
                stop.set()
                ear.cancel()

    def _caught_up(self) -> bool:
        return f"discord:seen:{self.guild.id}" in self.notes.notes

    async def card(self) -> Post:
        """Wait for the one card in the room."""
        (card,) = await self.server.until(lambda: self.server.said(self.room))
        return card

    async def case(self) -> Case:
        """Wait for the one case that is on its card."""
        (case,) = await self.server.until(lambda: [c for c in self.store.cases.values() if c.card])
        return case


def text_of(post: Post) -> str:
    """Return what a card shows, title and lines."""
    return "\n".join(f"{embed.get('title', '')}\n{embed.get('description', '')}" for embed in post.embeds)


def _now() -> datetime:
    return datetime.now(UTC)
