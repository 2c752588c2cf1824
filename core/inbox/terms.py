"""What both engines of the inbox agree on, so that either can take the other's place."""

from datetime import UTC, datetime, timedelta
from typing import Final

LEASE_S: Final = 300.0
"""How long a delivery is its worker's alone: well over the longest a message may take, downloads included."""

ATTEMPTS: Final = 5
"""How often an item is handed out before it is laid among the dead."""

KEPT_S: Final = 24 * 3600.0
"""How long a key is known after `done`; Telegram keeps an update for 24 hours at most."""

DEAD_S: Final = 7 * 24 * 3600.0
"""How long what was given up is kept with its body: time to find out why, and no member's words for ever."""

LOOK_EVERY_S: Final = 1.0
"""How often a busy worker looks for what others left behind."""

SECOND: Final = 1_000_000
"""Times are kept as whole microseconds since 1970."""

WORKER_DIED: Final = "its worker died"
"""Why an item was given up that took its worker with it, as often as it was handed out."""

_LETTERS: Final = 200

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def now_utc() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def micros(at: datetime) -> int:
    """Return a time with a zone as whole microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def moment(at: int) -> datetime:
    """Return the time that whole microseconds since 1970 stand for."""
    return _EPOCH + at * _MICROSECOND


def clean(text: str) -> str:
    """Replace half characters, which no database can hold, by `?`."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def brief(why: str) -> str:
    """Return a reason as it is kept of what was given up: one line, and not a long one."""
    line = " ".join(clean(why).replace("\x00", " ").split())
    return line if len(line) <= _LETTERS else f"{line[:_LETTERS]}…"
