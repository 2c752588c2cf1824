"""A real process before a Telegram: a group, a room bound to it, people, and a list in the home."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from core.model import Bank, Entry, Trust
from core.store.banks import SqlBanks
from core.store.rooms import SqlRooms
from tests.e2e.process import Process, running
from tests.standins.telegram.stage import TelegramStandIn
from tests.standins.telegram.world import Chat, Message, User
from tests.stores import opened_store


@dataclass
class Scene:
    """A group, a room bound to it, people, and a home in which a list knows the banned channel."""

    telegram: TelegramStandIn
    home: Path
    group: Chat
    room: Chat
    amina: User
    omar: User

    def settings(self, **others: str) -> dict[str, str]:
        """Give the settings of a process over this Telegram, and others by their last words."""
        return {
            "NIGEHBAN_TELEGRAM__TOKEN": self.telegram.token,
            "NIGEHBAN_TELEGRAM__BASE_URL": self.telegram.base_url,
            "NIGEHBAN_TELEGRAM__BASE_FILE_URL": self.telegram.base_file_url,
            "NIGEHBAN_LOG_LEVEL": "info",
            **{f"NIGEHBAN_{name.upper()}": value for name, value in others.items()},
        }

    def process(self, *words: str, **others: str) -> AbstractAsyncContextManager[Process]:
        """Give a process over this home and Telegram, with other settings by their last words."""
        return running(self.home, self.settings(**others), *words)

    @property
    def cards(self) -> list[Message]:
        """The cards in the room, oldest first."""
        return [m for m in self.telegram.said(self.room) if m.buttons]

    async def said(self, chat: Chat, words: str) -> str:
        """Wait until the bot says something with these words; returns the whole of it."""
        await self.telegram.api.wait_until(lambda: bool(self._with(chat, words)), 20)
        return self._with(chat, words)[0]

    def _with(self, chat: Chat, words: str) -> list[str]:
        return [m.text for m in self.telegram.said(chat) if words in m.text]

    async def cards_to_come(self, count: int) -> list[Message]:
        """Wait until there are so many cards."""
        await self.telegram.api.wait_until(lambda: len(self.cards) >= count, 20)
        return self.cards

    async def tapped(self, label: str, user: User, *, card: Message | None = None) -> str:
        """Tap a button; returns what the tapper is told."""
        query = self.telegram.tap(card or self.cards[0], label, user)
        await self.telegram.api.wait_until(lambda: bool(query.answers), 20)
        return query.answers[0]


async def promote(home: Path) -> None:
    """Let the list act."""
    async with opened_store(home) as database:
        await SqlBanks(database).put_bank(Bank(name="community", trust=Trust.ACT))


async def scene_of(telegram: TelegramStandIn, home: Path) -> Scene:
    """Give a home in which a list is known and the room is bound, and the bot in group and room."""
    group, room = telegram.group("Kite Flyers"), telegram.group("Moderators")
    amina, omar = telegram.member(group, "Amina"), telegram.admin(group, "Omar")
    telegram.admin(room, omar)
    telegram.add_bot(group)
    telegram.add_bot(room, rights=None)
    telegram.world.feed.pending.clear()
    async with opened_store(home) as database:
        known = Entry(kind="link", value="telegram:user/bluelantern", ref="r1", label="lantern channel")
        await SqlBanks(database).add("community", [known])
        await SqlRooms(database).bind(f"telegram:{group.id}", f"telegram:{room.id}")
    return Scene(telegram=telegram, home=home, group=group, room=room, amina=amina, omar=omar)
