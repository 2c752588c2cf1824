"""Discord's errors in ours, once, at the door.

`RateLimited` is no `HTTPException`, and a 429 that reaches us as one did not come from Discord's own
servers: it is the ban of the network before them, which lasts much longer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import aiohttp
import discord

from core.errors import Gone, NotPermitted, PlatformError, TryLater

SOON_S: Final = 2.0
"""Until a server that failed is asked again."""

BLOCKED_S: Final = 300.0
"""Until Discord is asked again after its network refused us altogether."""

_REFUSED: Final = 401
_TOO_MANY: Final = 429


@contextmanager
def translating() -> Iterator[None]:
    """Raise whatever discord.py and the network raise inside as errors of ours."""
    try:
        yield
    except discord.RateLimited as exc:
        raise TryLater("Discord asks to wait", after=exc.retry_after) from exc
    except discord.HTTPException as exc:
        raise _translated(exc) from exc
    except (aiohttp.ClientError, OSError, TimeoutError) as exc:
        raise TryLater(f"Discord is out of reach ({type(exc).__name__})", after=SOON_S) from exc


def _translated(exc: discord.HTTPException) -> PlatformError:
    said = exc.text.partition("\n")[0] or f"answer {exc.status}"
    if isinstance(exc, discord.NotFound):
        return Gone(said)
    if isinstance(exc, discord.Forbidden):
        return NotPermitted(said)
    if isinstance(exc, discord.DiscordServerError):
        return TryLater(f"Discord fails ({exc.status})", after=SOON_S)
    if exc.status == _TOO_MANY:
        return TryLater("Discord's network refuses this address for a while", after=BLOCKED_S)
    if exc.status == _REFUSED:
        return NotPermitted("Discord no longer accepts the token NIGEHBAN_DISCORD__TOKEN")
    return PlatformError(f"Discord refused: {said} (code {exc.code})")
