"""Log lines for operators: constant event text, then the facts, one line each, on standard error.

Never message text, names or tokens: the loggers of the core put only ids and counts into `extra`. The
client libraries' own loggers are held at warning: at info they print addresses that contain tokens.
"""

import logging
import sys
from typing import Final

_ORDINARY: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_TALKATIVE: Final = ("httpx", "httpcore", "discord", "aiohttp", "alembic", "sqlalchemy", "PIL", "telegram")


class _Line(logging.Formatter):
    """`time level event key=value …`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line, followed by its trace where it has one."""
        facts = "".join(f" {k}={v}" for k, v in vars(record).items() if k not in _ORDINARY)
        line = f"{self.formatTime(record)} {record.levelname.lower()} {record.getMessage()}{facts}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def log_to_stderr(level: str) -> None:
    """Send our log lines of this level and above to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
