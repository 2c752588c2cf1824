"""The form of conditions in a policy file: what keys there are, what they take, what they become."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from core.model import Strength, Trust
from core.policy import conditions
from core.policy.circumstances import InLane, InPlace
from core.policy.example_keys import SIGNALS, known_signal
from core.policy.expression import Expression
from core.policy.form import ONE_KEY, Maybe, Name, Strict, one_key
from core.policy.limit_keys import AuthorKeys, CountKeys, CrisisCondition, Happens, HoursKeys, happened
from core.policy.program import LONGEST, WrongExpression, program


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
    hidden: Maybe[bool] = Field(None, description="true or false")
    carried: Maybe[Literal["own", "forwarded", "quoted"]] = Field(
        None, description="own, forwarded or quoted"
    )

    _signal = field_validator("signal")(known_signal)

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
            hidden=self.hidden,
            carried=self.carried,
        )


class GapKeys(BaseModel):
    """What a gap must be."""

    model_config = Strict

    part: Maybe[Name] = Field(None, description="a part of a message, such as attachment")

    def built(self) -> conditions.Condition:
        """Return the condition."""
        return conditions.GapFound(part=self.part)


def _can_be_used(text: str) -> str:
    """Refuse an expression that cannot be used; the error's context tells what and where."""
    try:
        program(text)
    except WrongExpression as wrong:
        told = {"what": wrong.what, "hint": wrong.hint, "remedy": wrong.remedy}
        place = {"at": wrong.at, "width": wrong.width}
        raise PydanticCustomError("expression", "{what}", {**told, **place}) from wrong
    return text


Cel = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST), AfterValidator(_can_be_used)]


class ConditionKeys(BaseModel):
    """A condition: exactly one of its keys."""

    model_config = ONE_KEY

    match: Maybe[MatchKeys] = Field(None, description="a map, such as {signal: link} or {} for any match")
    gap: Maybe[GapKeys] = Field(None, description="a map, such as {part: attachment} or {} for any gap")
    all: Maybe[list["ConditionKeys"]] = Field(None, min_length=1, description="a list of conditions")
    any: Maybe[list["ConditionKeys"]] = Field(None, min_length=1, description="a list of conditions")
    not_: Maybe["ConditionKeys"] = Field(None, alias="not", description="a condition")
    place: Maybe[list[Name]] = Field(
        None, min_length=1, max_length=200, description="a list of places, each by its id or its name"
    )
    lane: Maybe[Name] = Field(None, description="the name of one of the policy's lanes")
    author: Maybe[AuthorKeys] = Field(None, description="a map, such as {joined_within: 3d}")
    happening: Maybe[list[Happens]] = Field(
        None, min_length=1, description="a list, such as [joined, profile]"
    )
    hours: Maybe[HoursKeys] = Field(None, description='hours, such as {from: "22:00", to: "07:00"}')
    crisis: Maybe[CrisisCondition] = Field(None, description="an empty map: {}")
    count: Maybe[CountKeys] = Field(None, description="a map, such as {at_least: 3, within: 10m}")
    cel: Maybe[Cel] = Field(
        None, description="an expression in quotes, 500 characters at most, such as 'found > 2'"
    )

    _one = model_validator(mode="after")(one_key)

    def built(self) -> conditions.Condition:
        """Return the condition."""
        if self.all is not None:
            return conditions.AllOf(tuple(c.built() for c in self.all))
        if self.not_ is not None:
            return conditions.Not(self.not_.built())
        if self.any is not None:
            return conditions.AnyOf(tuple(c.built() for c in self.any))
        if self.cel is not None:
            return Expression(self.cel)
        return self._circumstance()

    def _circumstance(self) -> conditions.Condition:
        if self.place is not None:
            return InPlace(tuple(self.place))
        if self.lane is not None:
            return InLane(self.lane)
        one = self.match or self.gap or self.author or self.hours or self.crisis or self.count
        return one.built() if one else happened(self.happening or [])
