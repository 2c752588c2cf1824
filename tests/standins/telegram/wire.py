"""What crosses the wire: a call's parameters as typed values, and refusals in the real API's words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from tests.standins.telegram.spec import JsonObject


class Refusal(Exception):
    """The API says no: `{"ok": false, "error_code": …, "description": …, "parameters": …}`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> JsonObject:
        """Spell the answer's JSON."""
        body: JsonObject = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = dict(self.parameters)
        return body


def bad_request(reason: str, **parameters: int) -> Refusal:
    """A 400: the call can never succeed as it is."""
    return Refusal(400, f"Bad Request: {reason}", **parameters)


def forbidden(reason: str) -> Refusal:
    """A 403: the bot may not talk there."""
    return Refusal(403, f"Forbidden: {reason}")


def too_many(retry_after: int) -> Refusal:
    """A 429 with the pause the API asks for, in seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


@dataclass(frozen=True, slots=True)
class Params:
    """The parameters of one call: form fields (objects as JSON inside them) and uploaded files."""

    form: Mapping[str, str]
    files: Mapping[str, bytes] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A string, "" if absent."""
        return self.form.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number, `default` if absent.

        Raises:
            Refusal: It is not a number.
        """
        try:
            return int(self.form.get(name, default))
        except ValueError:
            raise bad_request(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        """A boolean, false if absent."""
        return self.form.get(name, "").lower() in {"true", "1"}

    def array(self, name: str) -> list[object]:
        """A JSON array, empty if absent."""
        return cast("list[object]", self._json(name, list) or [])

    def record(self, name: str) -> JsonObject | None:
        """A JSON object, `None` if absent."""
        return cast("JsonObject | None", self._json(name, dict))

    def _json(self, name: str, kind: type[object]) -> object:
        raw = self.form.get(name)
        if not raw:
            return None
        try:
            value: object = json.loads(raw)
        except ValueError:
            value = None
        if not isinstance(value, kind):
            raise bad_request(f"can't parse {name} JSON object")
        return value
