"""The core's values as JSON text and back, exactly.

The text is read as strictly as if a stranger had written it: a value that does not fit its field is an
error, never a guess. New fields with a default can be added to the values; old texts stay readable.
"""

import json
from typing import Final, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from core.case import Case
from core.entity import Listing
from core.errors import StoreError

T = TypeVar("T")


class Codec(Generic[T]):
    """Writes and reads one type of value.

    Args:
        kind: The type.
        name: How errors call it.
    """

    def __init__(self, kind: type[T], name: str) -> None:
        self._adapter = TypeAdapter(kind)
        self._name = name

    def encode(self, value: T) -> str:
        """Write a value; half a character in a stranger's name, which no text can hold, becomes `?`."""
        try:
            return self._adapter.dump_json(value).decode()
        except PydanticSerializationError:
            text = json.dumps(self._adapter.dump_python(value, mode="json"), ensure_ascii=False)
            return text.encode("utf-8", "replace").decode()

    def decode(self, text: str) -> T:
        """Read a value.

        Raises:
            StoreError: The text is not what `encode` writes.
        """
        try:
            return self._adapter.validate_json(text, strict=True)
        except ValidationError as exc:
            first = exc.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(step) for step in first["loc"])
            raise StoreError(
                f"a stored {self._name} cannot be read: {where or 'all of it'}: {first['msg']}."
                " Restore a backup, or run the version that wrote it."
            ) from exc


CASE: Final = Codec(Case, "case")

LISTING: Final = Codec(Listing, "listing")
