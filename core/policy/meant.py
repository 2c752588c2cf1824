"""What somebody probably meant by a value that is refused: the words after the carets.

A guess is only ever told, never taken: nothing of it changes what a file means.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, get_args
from zoneinfo import available_timezones

from core.policy import limit_keys, schema
from core.policy.document import Value
from core.policy.example_keys import SIGNALS
from core.policy.faults import nearest
from core.policy.form import LONGEST_S
from core.policy.slips import unquoted

ACTIONS: Final = ("do", "second", "third")
TIMES: Final = ("for", "within", "joined_within", "created_within", "joined", "created")
_NUMBERS: Final = ("version", "max", "sources", "at_least", "hour", "day", "earlier", "distance")
_SWITCHES: Final = ("hidden", "forwarded")

_KEYED: Final = {"mute": "mute: {for: 1h}", "no_media": "no_media: {for: 1d}"}
_ACTION_WORDS: Final = (*get_args(schema.Word), *_KEYED)
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "do": _ACTION_WORDS,
    "strength": ("weak", "strong", "same"),
    "trust": ("trial", "flag", "act", "promoted"),
    "second": _ACTION_WORDS,
    "third": _ACTION_WORDS,
    "stage": ("draft", "shadow", "notify", "enforce"),
    "carried": ("own", "forwarded", "quoted"),
    "happening": limit_keys.HAPPENINGS,
    "most": limit_keys.MOSTS,
}
_LISTS: Final[Mapping[str, str]] = {
    "rules": 'begin each rule with "- "',
    **dict.fromkeys(
        ("finds", "lanes", "groups", "all", "any", "must_match", "must_not_match"),
        "put it into brackets: [{…}]",
    ),
}
"""What to do where a map stands and a list is due."""

_LISTED: Final = ("exempt", "place", "places", "roles", "gaps", "happening")
_LONGEST: Final = 80
"""Characters of a value that are looked at."""

_YES: Final = frozenset({"yes", "y", "on", "1", "true"})
_NO: Final = frozenset({"no", "n", "off", "0", "false"})
_MINUTES: Final = {"m": 1, "h": 60, "d": 1440, "w": 10080}
_UNITS: Final[Mapping[str, int]] = {
    **_MINUTES,
    **dict.fromkeys(("min", "mins", "minute", "minutes", "منٹ"), 1),
    **dict.fromkeys(("hr", "hrs", "hour", "hours", "گھنٹہ", "گھنٹے"), 60),
    **dict.fromkeys(("day", "days", "دن"), 1440),
    **dict.fromkeys(("week", "weeks", "ہفتہ", "ہفتے"), 10080),
}
_LENGTHS: Final = re.compile(r"(\d{1,6}) *([^\W\d_]{1,8})[ ,]*(?:and +)?")
_BETWEEN: Final = re.compile("[,;\u060c\u061b\uff0c]")


def meant(key: str, value: Value, *, in_list: bool) -> str:
    """Say what somebody who wrote this value under this key may have meant, or nothing."""
    if isinstance(value, list | dict):
        return _of_collection(key, value, in_list=in_list)
    if isinstance(value, int) and key in TIMES and not isinstance(value, bool) and value > 0:
        return f"with a unit: {value}m, {value}h or {value}d"
    if not isinstance(value, str):
        return ""
    plain = unquoted(value)
    if plain != value:
        return f'use plain quotes: "{plain[:_LONGEST]}"'
    return _of_text(key, value[:_LONGEST], in_list=in_list)


def length(written: str) -> str:
    """Return a length of time as a policy spells it: `36h` for "1 day, 12 hours"; "" for what is none."""
    text, minutes, at = _western(written).strip().lower(), 0, 0
    while at < len(text):
        found = _LENGTHS.match(text, at)
        if found is None or found[2] not in _UNITS:
            return ""
        minutes += int(found[1]) * _UNITS[found[2]]
        at = found.end()
    if not 0 < minutes * 60 <= LONGEST_S:
        return ""
    unit = next(unit for unit in ("d", "h", "m") if minutes % _MINUTES[unit] == 0)
    return f"{minutes // _MINUTES[unit]}{unit}"


def _of_collection(key: str, value: list[Value] | dict[str, Value], *, in_list: bool) -> str:
    if isinstance(value, list) and key in {"when", "not"}:
        return "did you mean {all: […]}?" if value else ""
    return _LISTS.get(key, "") if isinstance(value, dict) and not in_list else ""


def _of_text(key: str, value: str, *, in_list: bool) -> str:
    if key in ACTIONS:
        return _of_action(value, in_list=in_list)
    if key in _LISTED and not in_list:
        return f'did you mean ["{value}"]?' if value.isprintable() and '"' not in value else ""
    if spelt := _spelt(key, value):
        return f"did you mean {spelt}?"
    word = nearest(value, SIGNALS if key == "signal" else _WORDS.get(key, ()))
    return f'did you mean "{word}"?' if word else ""


def _spelt(key: str, value: str) -> str:
    """Return a time, a number, a yes or no, or a time zone as a policy spells it, or nothing."""
    if key in TIMES:
        return length(value)
    if key in _KEYED:
        time = length(value)
        return f"{{for: {time}}}" if time else ""
    if key in _NUMBERS and (digits := _western(value)).isascii() and digits.isdecimal():
        return f"{digits[:6]}, without quotes" if digits == value else digits[:6]
    if key in _SWITCHES and value.lower() in _YES | _NO:
        return str(value.lower() in _YES).lower()
    zone = _zones().get(value.strip().lower().replace(" ", "_"), "") if key == "zone" else ""
    return f'"{zone}"' if zone else ""


def _of_action(value: str, *, in_list: bool) -> str:
    """Return the actions that are meant; several may have been written as one text."""
    words = [nearest(word.strip(), _ACTION_WORDS) for word in _BETWEEN.split(value)]
    if not all(words):
        return ""
    if in_list and len(words) == 1 and words[0] not in _KEYED:
        return f'did you mean "{words[0]}"?'
    told = ", ".join(_KEYED.get(word, word) for word in words)
    return f"did you mean {told}?" if in_list else f"did you mean [{told}]?"


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    """Return time zones by the city or country that they are called after, in small letters."""
    by_continent = sorted(available_timezones(), key=lambda zone: ("/" in zone, zone))
    return {name: zone for zone in by_continent for name in (zone.lower(), zone.rpartition("/")[2].lower())}


def _western(text: str) -> str:
    """Return a text with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(c, c)) for c in text)
