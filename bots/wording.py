"""How untrusted text, times and numbers are written for people, on every platform.

What a member wrote may try to turn a line around, to ping somebody, or to be tapped; here it is made
harmless before it reaches any card, error or notice.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final

_CONTROLS: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS: Final = "\u200c\u200d"
_ISOLATES: Final = "\u2068\u2069"
_DOT: Final = re.compile(r"(?<=\w)\.(?=\w)")
_COMMAND: Final = re.compile(r"(?<![\w/])/(?=\w)")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_, -]+")
_DAY_HOURS: Final = 24
_LONG_ID: Final = 9


def harmless(text: str, most: int) -> str:
    """Make untrusted text safe to show: one line, no controls, nothing to tap, shortened.

    Direction marks of its own are dropped; it is isolated instead, so that it cannot turn the line around.
    """
    return f"\u2068{_tame(text, most, keep='')}\u2069"


def whole_line(text: str, most: int) -> str:
    """Make a line that an admin wrote, with names of others in it, as harmless.

    It runs in the direction of its own first letter. The names in it stay isolated, and joiners stay, which
    some words of Urdu and Persian are spelt with.
    """
    line = _tame(" ".join(text.split()), most, keep=_JOINERS + _ISOLATES)
    return line + _ISOLATES[1] * max(0, line.count(_ISOLATES[0]) - line.count(_ISOLATES[1]))


def _tame(text: str, most: int, *, keep: str) -> str:
    visible = "".join(c for c in text if c in keep or unicodedata.category(c) not in _CONTROLS)
    visible = " ".join(visible.split())
    if len(visible) > most:
        visible = visible[: most - 1] + "…"
    visible = _DOT.sub("[.]", visible).replace("://", "[:]//").replace("@", "@\u2060")
    return _COMMAND.sub("/\u2060", visible)


def quoted(text: str, most: int = 40) -> str:
    """Return a name between quotation marks, harmless."""
    return f"“{harmless(text, most)}”"


def bare(name: str, most: int = 40) -> str:
    """Return a name without quotation marks: as it is where it is plain Latin words, else harmless."""
    return name if _PLAIN.fullmatch(name) and len(name) <= most else harmless(name, most)


def moment(at: datetime, zone: tzinfo) -> str:
    """Return the local time with its zone named."""
    local = at.astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M} {local.tzname()}"


def age(length: timedelta) -> str:
    """Return a length in whole hours, from a day on in whole days."""
    hours = int(length.total_seconds() // 3600)
    count, unit = (hours // _DAY_HOURS, "day") if hours >= _DAY_HOURS else (max(hours, 0), "hour")
    return counted(count, unit)


def counted(number: int, one: str, many: str = "") -> str:
    """Return a count with its noun: "1 message", "1,204 messages", "2 entries".

    Args:
        number: How many.
        one: The noun of one.
        many: Of none or several, where it takes more than an s.
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def short_id(number: str) -> str:
    """Return a number short enough to compare by eye: its first five and last three digits."""
    return f"{number[:5]}…{number[-3:]}" if len(number) > _LONG_ID else number


def listed(words: Sequence[str]) -> str:
    """Return words as a sentence lists them: "a, b and c"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
