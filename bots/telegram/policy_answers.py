"""How answers about policies are given on Telegram: written, changed after a tap, and given once."""

import logging
from html import escape
from typing import Final

from bots.kit import Kit
from bots.policies import words as policy_words
from bots.policies.words import Said
from bots.telegram.client import Client, Rows
from bots.telegram.markup import TEXT_LIMIT
from bots.telegram.whereabouts import Whereabouts
from core.errors import PlatformError, TryLater
from core.model import Place

log = logging.getLogger(__name__)

_NOT_SEEN: Final = "a group that I do not see any more"


class PolicyAnswers:
    """Gives answers.

    Args:
        client: The Bot API.
        kit: Notes of what was answered.
        whereabouts: Where a group is now.
    """

    def __init__(self, *, client: Client, kit: Kit, whereabouts: Whereabouts) -> None:
        self._client = client
        self._kit = kit
        self._whereabouts = whereabouts

    async def place(self, place: str) -> Place:
        """Return a place with the name that its members see now."""
        try:
            title = (await self._client.chat(await self._whereabouts.chat_id(place))).title
        except TryLater:
            raise
        except PlatformError:
            title = _NOT_SEEN
        return Place(id=place, name=title)

    async def is_new(self, chat_id: int, message_number: int) -> bool:
        """Tell whether a message was not answered yet, among the latest of its chat."""
        return await self._kit.notes.note(f"telegram.command/{chat_id}") != str(message_number)

    async def say(self, chat_id: int, said: Said, *, reply_to: int) -> None:
        """Answer a message, in as many as it takes; then it counts as answered."""
        for page in policy_words.pages(said, TEXT_LIMIT - len(said.block)):
            await self._client.send(chat_id, _html(page), _rows(page), reply_to=reply_to)
        await self._kit.notes.keep(f"telegram.command/{chat_id}", str(reply_to))

    async def change(self, chat_id: int, message_number: int, said: Said) -> None:
        """Put another answer in the place of one, as far as a message holds it; a deleted one stays away."""
        first, *rest = policy_words.pages(said, TEXT_LIMIT - len(said.block))
        shown = _html(first) + ("\n… /policy tells the rest" if rest else "")
        try:
            await self._client.edit(chat_id, message_number, shown, _rows(said))
        except TryLater:
            raise
        except PlatformError as exc:
            # It had its effect, and the tapper is told so; only the old words stay.
            log.info("answer not changed", extra={"why": str(exc)})


def _html(said: Said) -> str:
    lines = "\n".join(map(escape, said.lines))
    return f"{lines}\n<pre>{escape(said.block)}</pre>" if said.block else lines


def _rows(said: Said) -> Rows:
    return tuple(((button.label, button.press),) for button in said.buttons)
