"""The form of a policy file, version 1: what keys there are, what they take, what they become.

pydantic reads the plain values; what leaves this file are the core's own conditions and rules. Each field's
description is a noun phrase: it follows "expected" in a message, and an editor shows it.
"""

import json
from typing import Annotated, Final, Literal, Self, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    StringConstraints,
    Tag,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from core.model import Action, ActionKind, Strength, Trust
from core.policy import conditions
from core.policy.policy import Rule

SIGNALS: Final = ("link", "account", "file", "image", "video", "text", "phrase", "likeness")
"""What the built-in signals are called; an extension's are added when a file is loaded."""

_SECONDS: Final = {"m": 60, "h": 3600, "d": 86400, "w": 604800}
_LONGEST_S: Final = 366 * 86400


def _given(value: object) -> object:
    """Refuse a key without a value: left out and empty must not mean the same by accident."""
    if value is None:
        raise PydanticCustomError("nothing", "nothing")
    return value


T = TypeVar("T")
Maybe = Annotated[T | None, BeforeValidator(_given)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=r"^\S(.*\S)?$")]
Strict = ConfigDict(extra="forbid", strict=True, frozen=True)


class DistanceKeys(BaseModel):
    """How far a picture may be from the listed one."""

    model_config = Strict

    max: int = Field(ge=0, le=31, description="a whole number of bits, 0 to 31")


class MatchKeys(BaseModel):
    """What a match must be; every key that is given must fit the same match."""

    model_config = Strict

    signal: Maybe[str] = Field(None, description="a kind of signal", examples=list(SIGNALS))
    bank: Maybe[Name] = Field(None, description="the name of a bank")
    label: Maybe[Name] = Field(None, description="a label, as the list gives it")
    entity: Maybe[Name] = Field(None, description="an organisation, as the list names it")
    strength: Maybe[Literal["weak", "strong", "same"]] = Field(None, description="weak, strong or same")
    distance: Maybe[DistanceKeys] = Field(None, description="a limit, such as {max: 20}")
    trust: Maybe[Literal["trial", "flag", "act", "promoted"]] = Field(
        None, description="trial, flag or act (or promoted, the older word for act)"
    )
    part: Maybe[Name] = Field(None, description="a part of a message, such as text or attachment")
    sources: Maybe[int] = Field(None, ge=1, le=20, description="a number of independent lists, 1 to 20")

    @field_validator("signal")
    @classmethod
    def _known(cls, signal: str | None, info: ValidationInfo) -> str | None:
        if signal not in (info.context or SIGNALS):
            raise PydanticCustomError("unknown_signal", "unknown signal")
        return signal

    def built(self) -> conditions.Condition:
        """Return the condition."""
        return conditions.MatchFound(
            signal=self.signal,
            bank=self.bank,
            label=self.label,
            entity=self.entity,
            strength=Strength(self.strength) if self.strength else None,
            max_distance=self.distance.max if self.distance else None,
            trust=Trust(self.trust) if self.trust else None,
            part=self.part,
            sources=self.sources,
        )


class GapKeys(BaseModel):
    """What a gap must be."""

    model_config = Strict

    part: Maybe[Name] = Field(None, description="a part of a message, such as attachment")

    def built(self) -> conditions.Condition:
        """Return the condition."""
        return conditions.GapFound(part=self.part)


class ConditionKeys(BaseModel):
    """A condition: exactly one of its keys."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, json_schema_extra={"minProperties": 1, "maxProperties": 1}
    )

    match: Maybe[MatchKeys] = Field(None, description="a map, such as {signal: link} or {} for any match")
    gap: Maybe[GapKeys] = Field(None, description="a map, such as {part: attachment} or {} for any gap")
    all: Maybe[list["ConditionKeys"]] = Field(None, min_length=1, description="a list of conditions")
    any: Maybe[list["ConditionKeys"]] = Field(None, min_length=1, description="a list of conditions")
    not_: Maybe["ConditionKeys"] = Field(None, alias="not", description="a condition")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) != 1:
            given = ", ".join(f.rstrip("_") for f in type(self).model_fields if f in self.model_fields_set)
            raise PydanticCustomError("one_key", "{given}", {"given": given})
        return self

    def built(self) -> conditions.Condition:
        """Return the condition."""
        if self.all is not None:
            return conditions.AllOf(tuple(c.built() for c in self.all))
        if self.not_ is not None:
            return conditions.Not(self.not_.built())
        one = self.match or self.gap
        return one.built() if one else conditions.AnyOf(tuple(c.built() for c in self.any or ()))


class MuteKeys(BaseModel):
    """For how long a member is muted."""

    model_config = Strict

    for_: str = Field(
        alias="for",
        pattern=r"^[1-9][0-9]{0,5}[mhdw]$",
        description="a time from 1m to 366d, such as 30m, 12h or 7d",
    )

    @field_validator("for_")
    @classmethod
    def _not_too_long(cls, time: str) -> str:
        if _seconds(time) > _LONGEST_S:
            raise PydanticCustomError("too_long", "longer than 366 days")
        return time

    @property
    def for_s(self) -> int:
        """The time in seconds."""
        return _seconds(self.for_)


def _seconds(time: str) -> int:
    return int(time[:-1]) * _SECONDS[time[-1]]


class MuteAction(BaseModel):
    """An action that takes a key of its own."""

    model_config = Strict

    mute: MuteKeys = Field(description="a time, such as {for: 1h}")

    def built(self) -> Action:
        """Return the action."""
        return Action(kind=ActionKind.MUTE, for_s=self.mute.for_s)


Word = Literal["report", "notify", "warn", "delete", "kick", "ban"]
"""The actions that take no key."""


def _form(action: object) -> str:
    """Tell which form somebody meant, so that the message is about that one."""
    if isinstance(action, dict):
        return "word" if set(get_args(Word)) & action.keys() else "keys"
    return "keys" if isinstance(action, MuteAction) else "word"


ActionForm = Annotated[
    Annotated[Word, Tag("word")] | Annotated[MuteAction, Tag("keys")],
    Discriminator(_form),
]


class RuleKeys(BaseModel):
    """A rule: when something holds, do something."""

    model_config = Strict

    name: Name = Field(description="a name of 1 to 80 characters")
    when: ConditionKeys = Field(description="a condition, such as {match: {signal: link}}")
    do: list[ActionForm] = Field(
        description="a list of actions, such as [report, delete], or [] to record only"
    )

    def built(self) -> Rule:
        """Return the rule."""
        actions = (Action(kind=ActionKind(a)) if isinstance(a, str) else a.built() for a in self.do)
        return Rule(name=self.name, when=self.when.built(), do=tuple(actions))


class PolicyKeys(BaseModel):
    """A policy file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, title="Nigehban policy")

    version: Literal[1] = Field(description="the number 1, the version of the language")
    rules: list[RuleKeys] = Field(description="a list of rules")


def policy_schema() -> str:
    """Return the JSON Schema of a policy file, for editors, as `policies/policy.schema.json` holds it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **PolicyKeys.model_json_schema()}
    return json.dumps(_without_null(schema), indent=2, ensure_ascii=False) + "\n"


def _without_null(schema: JsonValue) -> JsonValue:
    """Drop what pydantic says about None: a key may be left out, but not left empty."""
    if isinstance(schema, list):
        return [_without_null(s) for s in schema if s != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {k: _without_null(v) for k, v in schema.items() if (k, v) != ("default", None)}
    match kept.get("anyOf"):
        case [dict() as only]:
            del kept["anyOf"]
            kept = only | kept
    return kept
