"""The form of a policy file, version 1: what keys there are, what they take, what they become.

pydantic reads the plain values; what leaves this file are the core's own conditions and rules. Each field's
description is a noun phrase: it follows "expected" in a message, and an editor shows it.
"""

import json
from typing import Annotated, Final, Literal, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    JsonValue,
    StringConstraints,
    Tag,
    model_validator,
)

from core.model import Action, ActionKind
from core.policy.condition_keys import ConditionKeys
from core.policy.example_keys import Because, ExamplesKeys, sentences
from core.policy.form import ONE_KEY, Maybe, Name, Strict, Time, one_key, seconds
from core.policy.limit_keys import CrisisKeys, LaneKeys, QuietKeys, QuotasKeys, limits
from core.policy.limits import Limits
from core.policy.policy import Rule, Stage, Steps

TAKEN_UP: Final = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,60}(\.ya?ml)?$"
"""The form of the name of a policy that another one takes up."""


def _alone(value: object) -> object:
    return [value] if isinstance(value, str) else value


_Taken = Annotated[str, StringConstraints(pattern=TAKEN_UP)]
Extends = Annotated[list[_Taken], BeforeValidator(_alone, json_schema_input_type=_Taken | list[_Taken])]


class MuteKeys(BaseModel):
    """For how long a member is muted."""

    model_config = Strict

    for_: Time = Field(alias="for", description="a time from 1m to 366d, such as 30m, 12h or 7d")

    @property
    def for_s(self) -> int:
        """The time in seconds."""
        return seconds(self.for_)


class NoMediaKeys(MuteKeys):
    """For how long a member may write, and send no media."""


class KeyedAction(BaseModel):
    """An action that takes a key of its own: exactly one of these."""

    model_config = ONE_KEY

    mute: Maybe[MuteKeys] = Field(None, description="a time, such as {for: 1h}")
    no_media: Maybe[NoMediaKeys] = Field(None, description="a time, such as {for: 1d}")

    _one = model_validator(mode="after")(one_key)

    def built(self) -> Action:
        """Return the action."""
        lasting = {ActionKind.MUTE: self.mute, ActionKind.NO_MEDIA: self.no_media}
        return next(Action(kind=kind, for_s=keys.for_s) for kind, keys in lasting.items() if keys)


Word = Literal["report", "notify", "warn", "delete", "kick", "ban"]
"""The actions that take no key."""


def _form(action: object) -> str:
    """Tell which form somebody meant, so that the message is about that one."""
    if isinstance(action, dict):
        return "word" if set(get_args(Word)) & action.keys() else "keys"
    return "keys" if isinstance(action, KeyedAction) else "word"


ActionForm = Annotated[
    Annotated[Word, Tag("word")] | Annotated[KeyedAction, Tag("keys")],
    Discriminator(_form),
]


def _actions(do: list[str | KeyedAction]) -> tuple[Action, ...]:
    return tuple(Action(kind=ActionKind(a)) if isinstance(a, str) else a.built() for a in do)


class LadderKeys(BaseModel):
    """What follows instead of `do` when it is not the author's first find here."""

    model_config = Strict

    within: Time = Field(description="a time from 1m to 366d, such as 30d")
    second: list[ActionForm] = Field(description="a list of actions, such as [report, delete]")
    third: Maybe[list[ActionForm]] = Field(None, description="a list of actions, such as [report, ban]")

    def built(self) -> Steps:
        """Return the steps."""
        return Steps(
            within_s=seconds(self.within),
            second=_actions([*self.second]),
            third=None if self.third is None else _actions([*self.third]),
        )


class RuleKeys(BaseModel):
    """A rule: when something holds, do something."""

    model_config = Strict

    id: Maybe[str] = Field(
        None,
        pattern=r"^[a-z0-9][a-z0-9-]{0,39}$",
        description="a short name of small letters, digits and hyphens",
    )
    name: Name = Field(description="a name of 1 to 80 characters")
    when: ConditionKeys = Field(description="a condition, such as {match: {signal: link}}")
    do: list[ActionForm] = Field(
        description="a list of actions, such as [report, delete], or [] to record only"
    )
    stage: Literal["draft", "shadow", "notify", "enforce"] = Field(
        "enforce", description="draft, shadow, notify or enforce"
    )
    ladder: Maybe[LadderKeys] = Field(None, description="a map, such as {within: 30d, second: [delete]}")
    because: Maybe[Because] = Field(
        None,
        description="a sentence, or a map of language and sentence; "
        "in braces only {place}, {signal}, {label}, {entity} and {part}",
    )
    examples: Maybe[ExamplesKeys] = Field(
        None, description="a map, such as {must_match: [{finds: [{signal: link}]}]}"
    )

    def built(self) -> Rule:
        """Return the rule."""
        return Rule(
            name=self.name,
            when=self.when.built(),
            do=_actions([*self.do]),
            id=self.id or "",
            stage=Stage(self.stage),
            ladder=self.ladder.built() if self.ladder else None,
            because=sentences(self.because),
            examples=self.examples.built() if self.examples else (),
        )


class GroupKeys(BaseModel):
    """Places in which another policy holds."""

    model_config = Strict

    places: list[Name] = Field(
        min_length=1, max_length=200, description="a list of places, each by its id or its name"
    )
    policy: str = Field(pattern=TAKEN_UP, description="a policy that ships, or a file in the same folder")


class PolicyKeys(BaseModel):
    """A policy file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, title="Nigehban policy")

    version: Literal[1] = Field(description="the number 1, the version of the language")
    extends: Extends = Field(
        default_factory=list,
        max_length=10,
        description="a policy that ships, such as default, or a file in the same folder, such as house.yaml; "
        "or a list of them",
    )
    rules: list[RuleKeys] = Field(max_length=500, description="a list of rules, 500 at most")
    groups: list[GroupKeys] = Field(
        [],
        max_length=50,
        description="a list of maps, such as [{places: [Newsroom], policy: newsroom}]",
    )
    exempt: Maybe[list[Name]] = Field(
        None, max_length=50, description="a list of roles, such as [newsroom, helper]"
    )
    lanes: Maybe[list[LaneKeys]] = Field(
        None, max_length=50, description="a list of lanes, such as [{name: newsroom, places: [Desk]}]"
    )
    quiet: Maybe[QuietKeys] = Field(None, description='hours, such as {from: "22:00", to: "07:00"}')
    crisis: Maybe[CrisisKeys] = Field(None, description="a time, such as {from: …, until: …}")
    quotas: Maybe[QuotasKeys] = Field(
        None, description="a map of actions and quotas, such as {delete: {hour: 30, day: 100}}"
    )

    def limits(self, base: Limits) -> Limits:
        """Return the bounds, laid over those of the policy that is extended."""
        return limits(
            base,
            exempt=self.exempt,
            lanes=self.lanes,
            quiet=self.quiet,
            crisis=self.crisis,
            quotas=self.quotas,
        )


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
