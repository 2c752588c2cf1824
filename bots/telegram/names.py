"""Public names: the number of the chat that has a name now, which stays when the name changes hands.

Telegram tells a bot about groups and channels by their name, and hardly ever about people.
"""

import asyncio
from typing import Final

from bots.telegram.client import Client
from bots.telegram.identity import CHAT, USER
from bots.telegram.raw import bare_id
from core.errors import CannotLook, Gone, PlatformError, TryLater
from core.fetch.rate import Rate

NAME: Final = "telegram:user/"


class Names:
    """Asks Telegram for names.

    Args:
        client: The bot.
        rate: How often: names are cheap to invent, and Telegram makes a bot that asks for many wait long.
    """

    def __init__(self, client: Client, rate: Rate | None = None) -> None:
        self._client = client
        self._rate = rate or Rate(burst=20, every_s=1.0, patience_s=5.0)

    async def resolve(self, identifier: str) -> tuple[str, ...]:
        """Return the identifier that stays; nothing for a name that Telegram does not give out.

        Raises:
            CannotLook: Telegram refuses.
            TryLater: Telegram is busy or out of reach, or was asked too often.
        """
        await asyncio.sleep(self._rate.wait_s(NAME, now=asyncio.get_running_loop().time()))
        try:
            found = await self._client.id_of(identifier.removeprefix(NAME))
        except Gone:
            return ()
        except TryLater:
            raise
        except PlatformError as exc:
            raise CannotLook("Telegram does not say which chat it is") from exc
        return (f"{USER}{found}" if found > 0 else f"{CHAT}{bare_id(found)}",)
