"""Telegram's errors are translated once, into what the caller does next."""

from datetime import timedelta

import pytest
from telegram import error as tg

from bots.telegram.errors import Moved, RightMissing, Unchanged, translated
from core.errors import BadInput, Gone, NigehbanError, NotPermitted, PlatformError, TryLater

TABLE: list[tuple[tg.TelegramError, type[NigehbanError]]] = [
    (tg.TimedOut(), TryLater),
    (tg.NetworkError("httpx.ConnectError"), TryLater),
    (tg.Conflict("terminated by other getupdates request"), TryLater),
    (tg.ChatMigrated(-1005), Moved),
    (tg.InvalidToken("Unauthorized"), BadInput),
    (tg.Forbidden("bot was kicked from the supergroup chat"), NotPermitted),
    (tg.BadRequest("Not enough rights to restrict/unrestrict chat member"), RightMissing),
    (tg.BadRequest("Chat_admin_required"), RightMissing),
    (tg.BadRequest("Message to delete not found"), Gone),
    (tg.BadRequest("Participant_id_invalid"), Gone),
    (tg.BadRequest("Message is not modified: specified new message content"), Unchanged),
    (tg.BadRequest("Message is too long"), PlatformError),
    (tg.TelegramError("something new"), PlatformError),
]


@pytest.mark.parametrize(("foreign", "ours"), TABLE, ids=lambda value: str(value)[:40])
def test_each_error_becomes_exactly_one_of_ours(foreign: tg.TelegramError, ours: type[NigehbanError]) -> None:
    """A BadRequest is a NetworkError to the library, and is never taken for a passing one."""
    with pytest.raises(NigehbanError) as translation, translated():
        raise foreign

    assert type(translation.value) is ours
    assert translation.value.__cause__ is foreign


def test_a_flood_says_how_long_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pause that Telegram asks for is passed on in seconds."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")

    with pytest.raises(TryLater) as busy, translated():
        raise tg.RetryAfter(timedelta(seconds=7))

    assert busy.value.after == 7.0


@pytest.mark.parametrize(
    "foreign",
    [
        tg.InvalidToken("The token `123:secret` was rejected by the server."),
        tg.NetworkError("cannot reach http://127.0.0.1/bot123:secret/getMe"),
    ],
)
def test_no_message_passes_the_token_on(foreign: tg.TelegramError) -> None:
    """Where the library may quote an address or a token, its words are not used."""
    with pytest.raises(NigehbanError) as translation, translated():
        raise foreign

    assert "secret" not in str(translation.value)
