"""Check requests, answers and updates against the machine-readable Bot API description.

The description is data beside the checkout (`<checkout>/../shared/specs`), not part of it: in a
plain clone it is absent, nothing is checked, and the test run's header says so. What is found
wrong is returned as sentences, never raised: the server collects them and the fixture fails the test.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast

JsonObject: TypeAlias = dict[str, object]

PATH = Path(__file__).parents[4] / "shared" / "specs" / "telegram-bot-api.json"
ABSENT = f"Telegram Bot API description not found ({PATH.name}): exchanges are not validated"

_ALWAYS = re.compile(r'(?:always ["“](\w+)["”]|must be (\w+))$')
_ARRAY = "Array of "
_SCALARS: Mapping[str, tuple[type, ...]] = {
    "Integer": (int,),
    "String": (str,),
    "Boolean": (bool,),
    "Float": (int, float),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a type or parameter of a method; `always` is its only allowed value, if it has one."""

    name: str
    types: tuple[str, ...]
    is_required: bool
    always: str | None

    @classmethod
    def read(cls, raw: JsonObject) -> "Field":
        """Read one field as the description spells it."""
        always = _ALWAYS.search(str(raw["description"]))
        return cls(
            name=str(raw["name"]),
            types=tuple(cast("list[str]", raw["types"])),
            is_required=bool(raw["required"]),
            always=(always[1] or always[2]) if always else None,
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """A type: its fields, or the types it can be one of. For a method: parameters and what it returns."""

    fields: Mapping[str, Field]
    one_of: tuple[str, ...]

    @classmethod
    def read(cls, raw: JsonObject, one_of: str) -> "Shape":
        """Read a type (`one_of` is "subtypes") or a method ("returns")."""
        fields = [Field.read(f) for f in cast("list[JsonObject]", raw.get("fields") or [])]
        return cls(fields={f.name: f for f in fields}, one_of=tuple(cast("list[str]", raw.get(one_of) or [])))


class Spec:
    """The description of the API, asked once per exchange."""

    def __init__(self, methods: Mapping[str, Shape], types: Mapping[str, Shape]) -> None:
        self._methods = methods
        self._types = types

    @classmethod
    def load(cls) -> "Spec | None":
        """Read the description; `None` where it is not there."""
        if not PATH.is_file():
            return None
        raw = json.loads(PATH.read_text(encoding="utf-8"))
        return cls(
            methods={name: Shape.read(m, "returns") for name, m in raw["methods"].items()},
            types={name: Shape.read(t, "subtypes") for name, t in raw["types"].items()},
        )

    def request(self, method: str, params: Mapping[str, str], files: Collection[str]) -> Iterator[str]:
        """Say what is wrong with a call: `params` as they came in the form, `files` the uploads' names."""
        shape = self._methods.get(method)
        if shape is None:
            yield f"{method}: no such method"
            return
        for name in set(params) - set(shape.fields):
            yield f"{method}: unknown parameter {name}"
        for field in shape.fields.values():
            if field.name in params:
                yield from self._parameter(f"{method}.{field.name}", params[field.name], field.types)
            elif field.is_required and field.name not in files:
                yield f"{method}: required parameter {field.name} is missing"

    def result(self, method: str, value: object) -> Iterator[str]:
        """Say what is wrong with an answer's `result`."""
        yield from self._any_of(f"answer of {method}", value, self._methods[method].one_of, frozenset())

    def update(self, value: JsonObject, newer: frozenset[str]) -> Iterator[str]:
        """Say what is wrong with an update; fields named in `newer` may be unknown to the description."""
        yield from self._value("update", value, "Update", newer)

    def _parameter(self, where: str, raw: str, types: Sequence[str]) -> Iterator[str]:
        """A form field is a string: parse it as the type asks, then check it."""
        if "String" in types or "InputFile" in types:
            return
        try:
            value = json.loads(raw)
        except ValueError:
            yield f"{where}: {raw[:40]!r} is neither JSON nor {' or '.join(types)}"
            return
        yield from self._any_of(where, value, types, frozenset())

    def _any_of(
        self, where: str, value: object, types: Sequence[str], newer: frozenset[str]
    ) -> Iterator[str]:
        """Nothing, if one of the types fits; else the complaints of the type that came nearest."""
        complaints = [list(self._value(where, value, t, newer)) for t in types]
        yield from min(complaints, key=len, default=[])

    def _value(self, where: str, value: object, type_name: str, newer: frozenset[str]) -> Iterator[str]:
        if type_name.startswith(_ARRAY):
            if not isinstance(value, list):
                yield f"{where}: {type_name} expected, {value!r:.60} came"
                return
            for n, item in enumerate(value):
                yield from self._value(f"{where}[{n}]", item, type_name.removeprefix(_ARRAY), newer)
        elif type_name in _SCALARS:
            fits = isinstance(value, _SCALARS[type_name]) and (
                type_name == "Boolean" or not isinstance(value, bool)
            )
            if not fits:
                yield f"{where}: {type_name} expected, {value!r:.60} came"
        elif self._types[type_name].one_of:
            yield from self._any_of(where, value, self._choices(value, type_name), newer)
        elif not isinstance(value, dict):
            yield f"{where}: {type_name} expected, {value!r:.60} came"
        else:
            yield from self._object(where, value, type_name, newer)

    def _choices(self, value: object, type_name: str) -> Sequence[str]:
        """Of the types it can be, those whose constant field (type, status) agrees with the value."""
        choices = self._types[type_name].one_of
        if not isinstance(value, dict):
            return choices
        agreeing = [c for c in choices if c in self._types and self._agrees(value, c)]
        return agreeing or choices

    def _agrees(self, value: JsonObject, type_name: str) -> bool:
        fixed = [f for f in self._types[type_name].fields.values() if f.always]
        return bool(fixed) and all(value.get(f.name) == f.always for f in fixed)

    def _object(self, where: str, value: JsonObject, type_name: str, newer: frozenset[str]) -> Iterator[str]:
        fields = self._types[type_name].fields
        for name, item in value.items():
            if name in newer:
                continue
            if name not in fields:
                yield f"{where}: {type_name} has no field {name}"
                continue
            yield from self._any_of(f"{where}.{name}", item, fields[name].types, newer)
            if fields[name].always and item != fields[name].always:
                yield f"{where}.{name}: {fields[name].always!r} expected, {item!r:.60} came"
        for field in fields.values():
            if field.is_required and field.name not in value:
                yield f"{where}: {type_name} needs {field.name}"
