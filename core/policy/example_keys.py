"""The form of examples and of the sentence of a rule: what an admin writes down beside it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    StringConstraints,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError

from core.model import (
    SUBJECTS,
    Account,
    Bank,
    Entry,
    Gap,
    Happening,
    Match,
    Message,
    Place,
    Sentence,
    Signal,
    Strength,
    Trust,
)
from core.policy.conditions import Facts
from core.policy.examples import Example
from core.policy.form import Maybe, Moment, Name, Strict, Time, moment, seconds
from core.policy.limit_keys import Happens
from core.policy.sentences import wrong_placeholders

SIGNALS: Final = ("link", "account", "file", "image", "video", "text", "phrase", "likeness")
"""What conditions may name as `signal`."""

_KINDS: Final = {subject: kind for kind, subject in reversed(list(SUBJECTS.items()))} | {"account": "account"}
_WHEN: Final = datetime(2026, 1, 5, 12, tzinfo=UTC)


def known_signal(signal: str | None) -> str | None:
    """Refuse a signal that nothing gives."""
    if signal not in SIGNALS:
        raise PydanticCustomError("unknown_signal", "unknown signal")
    return signal


class FindKeys(BaseModel):
    """One find of an example; what is left out is a sure link of a list that may act."""

    model_config = Strict

    signal: str = Field("link", description="a kind of signal")
    bank: Name = Field("example", description="the name of a bank")
    label: Name = Field("example", description="a label, as the list gives it")
    entity: Maybe[Name] = Field(None, description="an organisation, as the list names it")
    strength: Literal["weak", "strong", "same"] = Field("same", description="weak, strong or same")
    distance: Maybe[int] = Field(None, ge=0, le=256, description="a whole number of bits, 0 to 256")
    trust: Literal["trial", "flag", "act", "promoted"] = Field(
        "act", description="trial, flag or act (or promoted, the older word for act)"
    )
    part: Name = Field("text", description="a part of a message, such as text or attachment[0]")
    hidden: bool = Field(default=False, description="true or false")

    _signal = field_validator("signal")(known_signal)

    def match(self) -> Match:
        """Return the match."""
        kind = _KINDS.get(self.signal, self.signal)
        return Match(
            signal=Signal(kind=kind, value="example", part=self.part, hidden=self.hidden),
            bank=Bank(name=self.bank, trust=Trust(self.trust)),
            entry=Entry(kind=kind, value="example", label=self.label, entity=self.entity or ""),
            strength=Strength(self.strength),
            distance=self.distance,
            because="the example says so",
        )


class SituationKeys(BaseModel):
    """A situation: what was found, and around it."""

    model_config = Strict

    finds: list[FindKeys] = Field(
        default_factory=list, max_length=20, description="a list of finds, such as [{signal: link}]"
    )
    gaps: list[Name] = Field(default_factory=list, max_length=20, description="a list of parts")
    place: Name = Field("example:place", description="a place, by its id or its name")
    roles: list[Name] = Field(default_factory=list, max_length=20, description="a list of roles")
    joined: Maybe[Time] = Field(None, description="how long ago the author joined, such as 2d")
    created: Maybe[Time] = Field(None, description="how long ago the account was made, such as 2d")
    happening: Happens = Field("posted", description="posted, edited, joined, profile or reported")
    at: Maybe[Moment] = Field(None, description="a date with time and zone, such as 2026-03-01T08:00+05:00")
    forwarded: bool = Field(default=False, description="true or false")
    earlier: int = Field(0, ge=0, le=50, description="a number of finds of this author just before, 0 to 50")

    def example(self, *, must_match: bool) -> Example:
        """Return the example."""
        at = moment(self.at) if self.at else _WHEN
        since = at - timedelta(seconds=seconds(self.joined)) if self.joined else None
        created = at - timedelta(seconds=seconds(self.created)) if self.created else None
        message = Message(
            id="example:place/1",
            place=Place(id=self.place, name=self.place),
            author=Account(id="example:id/1", since=since, created=created, roles=tuple(self.roles)),
            at=at,
            happening=Happening(self.happening),
            forwarded=self.forwarded,
        )
        facts = Facts(
            message=message,
            matches=tuple(find.match() for find in self.finds),
            gaps=tuple(Gap(part=part, reason="the example says so") for part in self.gaps),
            earlier=(at,) * self.earlier,
        )
        return Example(must_match=must_match, facts=facts, around=tuple(self._around()))

    def _around(self) -> Iterator[str]:
        """Yield in words what the file says of the circumstances, so that two examples can be told apart."""
        written = self.model_fields_set
        if self.forwarded:
            yield "forwarded"
        if self.joined:
            yield f"joined {self.joined} ago"
        yield from (f"role {role}" for role in self.roles)
        if "happening" in written:
            yield self.happening
        if "place" in written:
            yield f"in {self.place}"
        if self.at:
            yield f"at {self.at}"
        if self.earlier:
            yield f"{self.earlier} before it"


class ExamplesKeys(BaseModel):
    """What a rule must match, and what it must not."""

    model_config = Strict

    must_match: list[SituationKeys] = Field(
        default_factory=list, max_length=50, description="a list of situations, such as [{finds: [{}]}]"
    )
    must_not_match: list[SituationKeys] = Field(
        default_factory=list, max_length=50, description="a list of situations, such as [{finds: []}]"
    )

    def built(self) -> tuple[Example, ...]:
        """Return the examples."""
        return (
            *(one.example(must_match=True) for one in self.must_match),
            *(one.example(must_match=False) for one in self.must_not_match),
        )


def _in_english(value: object) -> object:
    return {"en": value} if isinstance(value, str) else value


def _known_placeholders(text: str) -> str:
    if any(True for _ in wrong_placeholders(text)):
        raise PydanticCustomError("placeholder", "an unknown placeholder")
    return text


_Words = Annotated[str, StringConstraints(min_length=1, max_length=400), AfterValidator(_known_placeholders)]
_Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$")]
_TEXT: Final = {"type": "string", "minLength": 1, "maxLength": 400}
Because = Annotated[
    dict[_Language, _Words],
    BeforeValidator(_in_english),
    WithJsonSchema({"anyOf": [_TEXT, {"type": "object", "additionalProperties": _TEXT}]}),
]


def sentences(because: dict[str, str] | None) -> tuple[Sentence, ...]:
    """Return the sentences in the order of the file."""
    return tuple(Sentence(language, text) for language, text in (because or {}).items())
