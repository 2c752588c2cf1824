"""What only Telegram's raw updates need, beside `bots.raw`: the ids of supergroups and channels."""

from bots.raw import Raw, number, record, records, text, utf16_slice

__all__ = ["Raw", "bare_id", "channel_id", "number", "record", "records", "text", "utf16_slice"]

# Supergroups and channels have ids below this, "-100" and the bare id as it looks in decimal.
_LAST_CHANNEL = -1_000_000_000_000


def bare_id(chat_id: int) -> str:
    """Return a chat's id as links and identifiers spell it: without sign and `-100`."""
    return str(chat_id - _LAST_CHANNEL)[1:] if chat_id < _LAST_CHANNEL else str(abs(chat_id))


def channel_id(bare: str) -> int:
    """Return the Bot API's id of a supergroup or channel from its bare one."""
    return _LAST_CHANNEL - int(bare)
