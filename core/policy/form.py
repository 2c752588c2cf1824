"""What the keys of a policy file are made of: names, times, dates, and that no key is left empty."""

from datetime import datetime
from typing import Annotated, Final, TypeVar

from pydantic import AfterValidator, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

_SECONDS: Final = {"m": 60, "h": 3600, "d": 86400, "w": 604800}
LONGEST_S: Final = 366 * 86400
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
    """Read a date with a time and a zone; raises ValueError for any other text."""
    at = datetime.fromisoformat(written)
    if at.tzinfo is None:
        raise ValueError(written)
    return at


def _is_moment(written: str) -> str:
    try:
        moment(written)
    except ValueError:
        raise PydanticCustomError("moment", "no date with a time and a zone") from None
    return written


T = TypeVar("T")
Maybe = Annotated[T | None, BeforeValidator(_given)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^\S(.*\S)?$")]
Time = Annotated[str, StringConstraints(pattern=TIME), AfterValidator(_not_too_long)]
Moment = Annotated[str, StringConstraints(max_length=40), AfterValidator(_is_moment)]
Strict = ConfigDict(extra="forbid", strict=True, frozen=True)
