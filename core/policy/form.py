"""What the keys of a policy file are made of: names, times, dates, and that no key is left empty."""

import unicodedata
from datetime import datetime
from typing import Annotated, Final, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

_SECONDS: Final = {"m": 60, "h": 3600, "d": 86400, "w": 604800}
LONGEST_S: Final = 366 * 86400
_YEARS: Final = (2000, 2099)
_STEERING: Final = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Ends of lines and turns of direction; joiners and marks stay, which words of Urdu are spelt with."""
TIME: Final = r"^[1-9][0-9]{0,5}[mhdw]$"
"""The form of a length of time: `30m`, `12h`, `7d`, `2w`."""


def _given(value: object) -> object:
    """Refuse a key without a value: left out and empty must not mean the same by accident."""
    if value is None:
        raise PydanticCustomError("nothing", "nothing")
    return value


def seconds(time: str) -> int:
    """Return a length of time in seconds."""
    return int(time[:-1]) * _SECONDS[time[-1]]


def _not_too_long(time: str) -> str:
    if seconds(time) > LONGEST_S:
        raise PydanticCustomError("too_long", "longer than 366 days")
    return time


def moment(written: str) -> datetime:
    """Read a date of this century with a time and a zone; raises ValueError for any other text."""
    at = datetime.fromisoformat(written)
    # At either end of the calendar, a zone or a length of time would lead out of it.
    if at.tzinfo is None or not _YEARS[0] <= at.year <= _YEARS[1]:
        raise ValueError(written)
    return at


def _is_moment(written: str) -> str:
    try:
        moment(written)
    except ValueError:
        raise PydanticCustomError("moment", "no date with a time and a zone") from None
    return written


def _plain(name: str) -> str:
    """Refuse what would steer a terminal or turn a line around, wherever the name is shown."""
    if any(c in _STEERING or unicodedata.category(c) == "Cc" for c in name):
        raise PydanticCustomError("plain", "a control character")
    return name


T = TypeVar("T")
Maybe = Annotated[T | None, BeforeValidator(_given)]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=80, pattern=r"^\S(.*\S)?$"), AfterValidator(_plain)
]
Time = Annotated[str, StringConstraints(pattern=TIME), AfterValidator(_not_too_long)]
Moment = Annotated[str, StringConstraints(max_length=40), AfterValidator(_is_moment)]
Strict = ConfigDict(extra="forbid", strict=True, frozen=True)
ONE_KEY = ConfigDict(
    extra="forbid", strict=True, frozen=True, json_schema_extra={"minProperties": 1, "maxProperties": 1}
)
"""Of a map that has exactly one of its keys, which `one_key` checks."""

M = TypeVar("M", bound=BaseModel)


def one_key(keys: M) -> M:
    """Refuse a map with more keys than one, or with none."""
    if len(keys.model_fields_set) != 1:
        given = ", ".join(f.rstrip("_") for f in type(keys).model_fields if f in keys.model_fields_set)
        raise PydanticCustomError("one_key", "{given}", {"given": given})
    return keys
