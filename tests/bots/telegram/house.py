"""A whole bot in one process: real adapter and engine, the stand-in Telegram, all else in memory."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from pydantic import SecretStr

from bots.kit import Kit
from bots.telegram.pace import Limit, Pace
from bots.telegram.platform import Telegram
from core.case import Case
from core.engine import Engine
from core.entities.directory import Designations
from core.history import History
from core.judge import Judge
from core.model import ActionKind
from core.ports import Delivery, Item
from core.settings import Telegram as TelegramSettings
from core.signals.accounts import Accounts
from core.signals.links import Links
from tests.bots.policies.kites import Policies
from tests.fake_banks import MemoryBanks
from tests.fake_entities import MemoryEntities
from tests.fake_platform import Always, KnownWords, Witness
from tests.fake_prints import MemoryPrints
from tests.fakes import Learned, MemoryNotes, MemoryStore
from tests.standins.telegram.stage import TelegramStandIn
from tests.standins.telegram.world import Chat, Message, User

KNOWN = "telegram:user/bluelantern"
MIRROR = "Blue Lantem"
"""A display name that looks like a known account's."""

BAD_LINK = "https://t.me/BlueLantern"
FAST = (Limit(calls=1000, per_s=1.0),)


@dataclass
class Tray:
    """An inbox that keeps what is put until a test works it off; an error laid in it is raised once."""

    items: dict[str, Item] = field(default_factory=dict)
    unread: list[Item] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    touched: asyncio.Event = field(default_factory=asyncio.Event)

    async def put(self, items: Sequence[Item]) -> int:
        """Take in what is new."""
        self.touched.set()
        if self.errors:
            raise self.errors.pop(0)
        new = [item for item in items if item.key not in self.items]
        self.items |= {item.key: item for item in new}
        self.unread += new
        return len(new)

    async def claim(self, limit: int, *, wait_s: float) -> tuple[Delivery, ...]:
        """Nobody claims here: tests take from `unread`."""
        return ()

    async def done(self, deliveries: Sequence[Delivery]) -> None:
        """Nothing is claimed."""

    async def failed(self, delivery: Delivery, reason: str, *, after_s: float) -> None:
        """Nothing is claimed."""

    async def depth(self) -> int:
        """How many wait."""
        return len(self.unread)

    async def close(self) -> None:
        """Nothing to close."""


@dataclass
class House:
    """A group with a member and a moderator, a moderators' room that is bound to it, and the bot in both."""

    telegram: TelegramStandIn
    group: Chat
    room: Chat
    member: User
    moderator: User
    store: MemoryStore = field(default_factory=MemoryStore)
    notes: MemoryNotes = field(default_factory=MemoryNotes)
    entities: MemoryEntities = field(default_factory=MemoryEntities)
    tray: Tray = field(default_factory=Tray)
    policy: Always = field(default_factory=Always)
    witness: Witness = field(default_factory=Witness)
    now: datetime = datetime(2026, 3, 1, 12, tzinfo=UTC)
    ready: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        platforms: dict[str, Telegram] = {}
        sources = (Links(), Accounts(), self.witness)
        banks = KnownWords({KNOWN, MIRROR})
        judge = Judge(sources=sources, banks=banks, policy=self.policy)
        self.engine = Engine(
            judge=judge, store=self.store, own=Learned(), platforms=platforms, clock=lambda: self.now
        )
        history = History(
            cases=self.store, prints=MemoryPrints(), banks=banks, lists=MemoryBanks(), salted=str
        )
        self.policies = Policies(self.store, self.notes, platforms, lambda: self.now, history=history)
        self.platform = self.new_platform()
        platforms["telegram"] = self.platform

    def new_platform(self, *, token: str = "", pace: Pace | None = None) -> Telegram:
        """Give an adapter as the composition root would."""
        kit = Kit(
            engine=self.engine,
            inbox=self.tray,
            desk=self.store,
            notes=self.notes,
            clock=lambda: self.now,
            zone=UTC,
            designations=Designations(self.entities),
            policies=self.policies.desk,
        )
        settings = TelegramSettings(
            token=SecretStr(token or self.telegram.token),
            base_url=self.telegram.base_url,
            base_file_url=self.telegram.base_file_url,
        )
        return Telegram(settings, kit, pace=pace or Pace(overall=FAST, per_chat=FAST))

    @property
    def place(self) -> str:
        """The group's id as the core knows it."""
        return f"telegram:{self.group.id}"

    @property
    def card(self) -> Message:
        """The one card in the room."""
        (card,) = [m for m in self.telegram.said(self.room) if m.buttons]
        return card

    @property
    def case(self) -> Case:
        """The one case."""
        (case,) = self.store.cases.values()
        return case

    def done(self) -> list[ActionKind]:
        """Actions that went through, in order, cards left out."""
        return [a.kind for a in self.case.actions if a.status == "done" and a.kind is not ActionKind.REPORT]

    async def heard(self) -> None:
        """Wait until the inbox has everything that happened so far."""
        feed = self.telegram.world.feed
        await self.telegram.api.wait_until(lambda: not feed.pending and feed.is_being_read)

    async def work(self) -> None:
        """Take everything that happened so far, in order."""
        await self.heard()
        while self.tray.unread:
            await self.platform.take(self.tray.unread.pop(0).body)

    async def found(self) -> Message:
        """Let the member post the banned link; returns the post once its card stands in the room."""
        post = self.telegram.post(self.group, self.member, f"look: {BAD_LINK}")
        await self.work()
        return post

    async def tap(self, label: str, user: User | None = None) -> str:
        """Tap a button of the card; returns what the tapper was told."""
        query = self.telegram.tap(self.card, label, user or self.moderator)
        await self.work()
        return query.answers[-1] if query.answers else ""


def built(telegram: TelegramStandIn) -> House:
    """Build the group, the room and the people, with the room bound."""
    group, room = telegram.group("Kite Flyers"), telegram.group("Moderators")
    house = House(
        telegram=telegram,
        group=group,
        room=room,
        member=telegram.member(group, telegram.user("Amina", "Amina_R")),
        moderator=telegram.admin(group, "Omar"),
    )
    telegram.admin(room, house.moderator)
    telegram.add_bot(group)
    telegram.add_bot(room, rights=None)
    telegram.world.feed.pending.clear()
    house.store.rooms[house.place] = f"telegram:{room.id}"
    return house


@asynccontextmanager
async def listening(house: House, platform: Telegram | None = None) -> AsyncIterator[None]:
    """Let a platform listen for as long as the block runs."""
    one = platform or house.platform
    async with asyncio.TaskGroup() as group:
        ears = group.create_task(one.listen(house.ready.append), name="listen")
        await house.telegram.api.wait_until(lambda: bool(house.ready) or ears.done())
        yield
        ears.cancel()
