"""One JSON object of an input, read field by field.

Exports come from many versions of many programs. A field of an unexpected form must neither stop a scan of
a hundred thousand messages nor vanish: it reads as absent, and is noted as a gap.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from bots.raw import clean
from core.model import Gap

_YEARS: Final = range(1970, 3000)
"""At either end of the calendar, a zone or a length of time that a policy names would lead out of it."""


class Fields:
    """Typed access to the fields of one JSON object.

    Args:
        value: What was decoded; anything but an object reads as one without fields, and is a gap.
        path: Where it stood, for the gaps.
        gaps: Where surprises are noted; children share it.
    """

    def __init__(self, value: object, *, path: str = "", gaps: list[Gap] | None = None) -> None:
        self._gaps: list[Gap] = [] if gaps is None else gaps
        self._path = path
        self._fields: Mapping[str, object] = {}
        if isinstance(value, dict):
            self._fields = value
        else:
            self._note(path or "message", value, "an object")

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What was not in the expected form so far."""
        return tuple(self._gaps)

    def has(self, key: str) -> bool:
        """Tell whether the field is there and not null."""
        return self._fields.get(key) is not None

    def text(self, key: str) -> str:
        """Return a text, "" if it is absent; a number reads as its digits."""
        value = self._fields.get(key)
        if isinstance(value, str):
            return clean(value)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if value is not None:
            self._note(self._at(key), value, "text")
        return ""

    def count(self, key: str) -> int | None:
        """Return a whole number, also where it is written as text; None if it is absent."""
        value = self._fields.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:  # noqa: PLR2004  # 64 bits
            return int(value)
        if value is not None:
            self._note(self._at(key), value, "a whole number")
        return None

    def time(self, *keys: str) -> datetime | None:
        """Return the first of these that is a time: Unix seconds, or ISO 8601 (UTC if it names no zone)."""
        for key in keys:
            value = self.text(key)
            if not value:
                continue
            try:
                if value.lstrip("-").isdigit():
                    at = datetime.fromtimestamp(int(value), UTC)
                else:
                    at = datetime.fromisoformat(value)
                if at.year in _YEARS:
                    return at if at.tzinfo else at.replace(tzinfo=UTC)
            except (ValueError, OverflowError, OSError):
                pass
            self._note(self._at(key), value, "a time")
        return None

    def child(self, key: str) -> "Fields | None":
        """Return an object inside this one, or None if it is absent."""
        value = self._fields.get(key)
        return None if value is None else Fields(value, path=self._at(key), gaps=self._gaps)

    def children(self, key: str) -> Iterator["Fields"]:
        """Iterate over an array of objects."""
        for place, value in enumerate(self.values(key)):
            yield Fields(value, path=f"{self._at(key)}[{place}]", gaps=self._gaps)

    def values(self, key: str) -> Sequence[object]:
        """Return an array as it is, empty if it is absent."""
        value = self._fields.get(key)
        if isinstance(value, list):
            return value
        if value is not None:
            self._note(self._at(key), value, "a list")
        return ()

    def raw(self, key: str) -> object:
        """Return a field that may have several forms."""
        return self._fields.get(key)

    def note(self, key: str, expected: str) -> None:
        """Note that a field read with `raw` has none of its known forms."""
        self._note(self._at(key), self._fields.get(key), expected)

    def _at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def _note(self, where: str, value: object, expected: str) -> None:
        found = _KINDS.get(type(value), "something else")
        self._gaps.append(Gap(part=where, reason=f"not readable: {expected} expected, {found} found"))


_KINDS: Mapping[type, str] = {
    str: "text",
    int: "a number",
    float: "a number",
    bool: "yes or no",
    list: "a list",
    dict: "an object",
    type(None): "nothing",
}
