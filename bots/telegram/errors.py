"""The door for Telegram's errors: each becomes one of ours, which tells the caller what to do next.

The token is part of every address, so nothing that may quote an address or a token is passed on.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from telegram import error as tg

from core.errors import BadInput, Gone, NotPermitted, PlatformError, TryLater

UNKNOWN_BOT: Final = (
    "NIGEHBAN_TELEGRAM__TOKEN is refused by Telegram (or NIGEHBAN_TELEGRAM__BASE_URL is no Bot API server). "
    "Copy the token again from @BotFather."
)
AGAIN_S: Final = 1.0
"""Seconds to wait where Telegram does not say how long."""

_GONE: Final = ("not found", "message_id_invalid", "user_not_participant", "participant_id_invalid")
_NO_RIGHT: Final = ("not enough rights", "chat_admin_required", "need administrator rights", "have no rights")


class Moved(Gone):
    """The group became a supergroup, which has another id.

    Attributes:
        chat_id: The new one.
    """

    def __init__(self, chat_id: int) -> None:
        super().__init__("the group became a supergroup and has a new id")
        self.chat_id = chat_id


class RightMissing(NotPermitted):
    """The bot is in the chat, but lacks an administrator's right."""


class Unchanged(PlatformError):
    """An edit that would change nothing: what was wanted is already there."""


@contextmanager
def translated() -> Iterator[None]:
    """Raise Telegram's errors as ours.

    Raises:
        TryLater: Telegram is busy or out of reach.
        NotPermitted: The bot was removed or blocked; `RightMissing` if it lacks a right.
        Gone: The message, member or chat does not exist; `Moved` if the chat has a new id.
        BadInput: The token is wrong.
        PlatformError: Refused for good.
    """
    try:
        yield
    except tg.RetryAfter as exc:
        wait = exc.retry_after
        after = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        raise TryLater(f"Telegram asks to wait {after:.0f} s", after=after) from exc
    except tg.ChatMigrated as exc:
        raise Moved(exc.new_chat_id) from exc
    except tg.InvalidToken as exc:
        raise BadInput(UNKNOWN_BOT) from exc
    except tg.Conflict as exc:
        raise TryLater("another program reads Telegram with the same token", after=AGAIN_S) from exc
    except tg.Forbidden as exc:
        raise NotPermitted(_words(exc)) from exc
    except tg.BadRequest as exc:
        # BadRequest subclasses NetworkError: caught below, it would be retried for ever although it
        # can never succeed.
        raise _refusal(exc) from exc
    except tg.NetworkError as exc:
        raise TryLater("Telegram is out of reach", after=AGAIN_S) from exc
    except tg.TelegramError as exc:
        raise PlatformError(_words(exc)) from exc


def _refusal(exc: tg.BadRequest) -> PlatformError:
    words = _words(exc)
    folded = words.casefold()
    if "message is not modified" in folded:
        return Unchanged(words)
    if any(phrase in folded for phrase in _GONE):
        return Gone(words)
    if any(phrase in folded for phrase in _NO_RIGHT):
        return RightMissing(words)
    return PlatformError(words)


def _words(exc: tg.TelegramError) -> str:
    """Return Telegram's own words; the library has cut the prefix and changed the case."""
    return f"Telegram says: {exc.message}"
