"""One record of somebody's document, and how its values are read: plainly, or refused with a reason.

A record comes from JSON or from a row of a table, so the same value may be `true`, `"true"` or `1`. Whoever
wrote it is not trusted: what has another type than it should counts as missing, or is refused.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple, Self

from core.errors import BadInput
from core.model import EntryState, Sharing

_SHOWN: Final = 40
_MILLISECONDS: Final = 100_000_000_000
"""A number of seconds beyond this (the year 5138) is meant as milliseconds."""

_NUMBER: Final = re.compile(r"\d{1,15}(\.\d{1,9})?")
_YES: Final = frozenset({"true", "1", "yes"})
_NO: Final = frozenset({"false", "0", "no", ""})

_KINDS: Final[Mapping[str, str]] = {
    "pdq": "pdq",
    "imagepdq": "pdq",
    "md5": "md5",
    "videomd5": "md5",
    "imagemd5": "md5",
    "photomd5": "md5",
    "sha1": "sha1",
    "sha256": "sha256",
    "videosha256": "sha256",
    "url": "url",
    "uri": "url",
    "link": "url",
    "domain": "url",
    "hostname": "url",
    "text": "text",
    "rawtext": "text",
    "textstring": "text",
}
"""What formats call the kinds of value that are compared here, without marks and a leading `hash`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What a record says about one item.

    Attributes:
        keys: The ways in which it is recognised: a field of `core.exchange.columns` and its value.
        fields: What else is known, by the same names; what no field takes has a `+` before its name.
    """

    keys: Sequence[tuple[str, str]] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


class Record(dict[str, object]):
    """A record as it was read; a reader of a format asks it for what it needs."""

    def text(self, *names: str) -> str:
        """Return the first of these values that is a text or a whole number, or ""."""
        for name in names:
            value = self.get(name)
            if isinstance(value, str) and (plain := value.strip()):
                return plain
            if isinstance(value, int) and not isinstance(value, bool):
                return str(value)
        return ""

    def needed(self, *names: str) -> str:
        """Return the first of these values that is a text.

        Raises:
            BadInput: There is none.
        """
        found = self.text(*names)
        if not found:
            raise BadInput(f"{names[0]} is missing, or is no text")
        return found

    def flag(self, name: str) -> bool:
        """Return whether something is so; what is not said is not so.

        Raises:
            BadInput: The value is neither true nor false.
        """
        value = self.get(name)
        said = "" if value is None else str(value).strip().casefold()
        if said not in _YES | _NO:
            raise BadInput(f"{name} must be true or false, not {said[:_SHOWN]}")
        return said in _YES

    def moment(self, *names: str) -> str:
        """Return the first of these times that is given, for `datetime.fromisoformat`, or "".

        Numbers are seconds or milliseconds since 1970; 0 is how many programs write that there is no time.

        Raises:
            BadInput: It is no time, or one beyond the year 9999.
        """
        for name in names:
            value = self.get(name)
            if value is None or value == "" or isinstance(value, bool):
                continue
            said = str(value).strip()
            if not _NUMBER.fullmatch(said):
                if isinstance(value, str):
                    return said
                raise BadInput(f"{name} must be a time, not {said[:_SHOWN]}")
            seconds = float(said)
            if seconds == 0:
                continue
            try:
                return datetime.fromtimestamp(
                    seconds / 1000 if seconds > _MILLISECONDS else seconds, UTC
                ).isoformat()
            except (ValueError, OverflowError, OSError):
                raise BadInput(f"{name} must be a time, not {said[:_SHOWN]}") from None
        return ""

    def words(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list: a list, Graph's `{"data": [{"text": …}]}`, or words between commas."""
        value = self.get(name)
        if isinstance(value, str):
            value = value.split(",")
        listed = _listed(value)
        found = (one if isinstance(one, str) else type(self)(one).text("text", "name") for one in listed)
        return tuple(plain for one in found if (plain := one.strip()))

    def records(self, name: str) -> tuple[Self, ...]:
        """Return the records inside a record, as a list or as Graph's `{"data": […]}`."""
        return tuple(type(self)(one) for one in _listed(self.get(name)) if isinstance(one, dict))

    def inner(self, name: str) -> Self:
        """Return the record inside a record, empty where there is none."""
        value = self.get(name)
        return type(self)(value if isinstance(value, dict) else {})


def _nothing(_key: str) -> Record:
    return Record()


class Position(NamedTuple):
    """Where a record stands in its document, and what the document says elsewhere about a key."""

    path: str = ""
    around: Callable[[str], Record] = _nothing


Read = Callable[[Record, Position], Item | None]
"""Makes an item of a record; None where it is none, but speaks of others. Raises BadInput with the reason."""


def kind_of(name: str) -> str:
    """Return the field for a kind of value, whatever a format calls it.

    Raises:
        BadInput: Values of this kind are not compared here.
    """
    plain = re.sub(r"[^a-z0-9]", "", name.casefold())
    found = _KINDS.get(plain) or _KINDS.get(plain.removeprefix("hash"))
    if not found:
        raise BadInput(
            f"{name[:_SHOWN] or 'a value without a kind'} is not compared here:"
            " only MD5, SHA-1, SHA-256, PDQ, addresses and texts are"
        )
    return found


def words_of(records: Iterable[Record], name: str) -> tuple[str, ...]:
    """Return the texts that several records have in a list of this name, each once."""
    return tuple(dict.fromkeys(word for record in records for word in record.words(name)))


def strictest(limits: Iterable[str]) -> str:
    """Return the strictest of some sharing limits (`TLP:AMBER`, `amber`), or "".

    A limit that is not known is taken for the strictest: whoever set one meant something by it.
    """
    found = [_limit(limit) for limit in limits if limit]
    return max(found, key=lambda sharing: sharing.rank, default="")


def state(*, withdrawn: bool, disputed: bool = False) -> str:
    """Return the state for the field of that name; "" is active."""
    if withdrawn:
        return EntryState.WITHDRAWN
    return EntryState.DISPUTED if disputed else ""


def _listed(value: object) -> Iterable[str | Mapping[str, object]]:
    if isinstance(value, dict):
        value = value.get("data")
    return [one for one in value if isinstance(one, str | dict)] if isinstance(value, list) else []


def _limit(limit: str) -> Sharing:
    plain = limit.strip().casefold().removeprefix("tlp:").replace("_", "+")
    try:
        return Sharing("clear" if plain == "white" else plain)
    except ValueError:
        return Sharing.RED
