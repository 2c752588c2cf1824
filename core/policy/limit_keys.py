"""The form of what surrounds rules: conditions on circumstances, and the bounds of a whole policy."""

from datetime import UTC
from typing import Annotated, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from core.model import ActionKind, Happening
from core.policy import circumstances, conditions
from core.policy.form import Maybe, Moment, Name, Strict, Time, moment, seconds
from core.policy.limits import Crisis, Hours, Lane, Limits, Quiet, Quota

HAPPENINGS: Final = ("posted", "edited", "joined", "profile", "reported")
MOSTS: Final = ("report", "delete", "no_media", "mute")
LONGEST_CRISIS_S: Final = 31 * 86400
"""What lasts longer is no crisis but a policy."""

Happens = Literal["posted", "edited", "joined", "profile", "reported"]


def _is_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise PydanticCustomError("zone", "no such zone") from None
    return name


Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_is_zone)]


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


class HoursKeys(BaseModel):
    """A span of every day."""

    model_config = Strict

    from_: Clock = Field(alias="from", description='a time of day in quotes, such as "22:00"')
    to: Clock = Field(description='a time of day in quotes, such as "07:00"')
    zone: Zone = Field("UTC", description="a time zone, such as Asia/Karachi")

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.from_ == self.to:
            raise PydanticCustomError("empty_span", "a span of no length")
        return self

    @property
    def hours(self) -> Hours:
        """The value."""
        zone = UTC if self.zone == "UTC" else ZoneInfo(self.zone)  # messages are in it: nothing to convert
        return Hours(start_min=_minutes(self.from_), end_min=_minutes(self.to), zone=zone)

    def built(self) -> conditions.Condition:
        """Return the condition."""
        return circumstances.AtHours(self.hours)


class AuthorKeys(BaseModel):
    """Who the author must be; every key that is given must fit."""

    model_config = Strict

    joined_within: Maybe[Time] = Field(None, description="a time from 1m to 366d, such as 3d")
    created_within: Maybe[Time] = Field(None, description="a time from 1m to 366d, such as 30d")
    role: Maybe[Name] = Field(None, description="a role, by its name or id")

    def built(self) -> conditions.Condition:
        """Return the condition."""
        return circumstances.ByAuthor(
            newcomer_s=seconds(self.joined_within) if self.joined_within else None,
            created_s=seconds(self.created_within) if self.created_within else None,
            role=self.role,
        )


class CountKeys(BaseModel):
    """How often the author had finds here."""

    model_config = Strict

    at_least: int = Field(ge=2, le=50, description="a number of finds, 2 to 50")
    within: Time = Field(description="a time from 1m to 366d, such as 10m")

    def built(self) -> conditions.Condition:
        """Return the condition."""
        return circumstances.Counted(at_least=self.at_least, within_s=seconds(self.within))


class CrisisCondition(BaseModel):
    """That the policy's crisis lasts; it takes no keys."""

    model_config = Strict

    def built(self) -> conditions.Condition:
        """Return the condition."""
        return circumstances.InCrisis()


def happened(words: list[Happens]) -> conditions.Condition:
    """Return the condition of what happened."""
    return circumstances.Happened(tuple(Happening(word) for word in words))


class LaneKeys(BaseModel):
    """Places that only report."""

    model_config = Strict

    name: Name = Field(description="a name of 1 to 80 characters")
    places: list[Name] = Field(
        min_length=1, max_length=200, description="a list of places, each by its id or its name"
    )


class QuietKeys(HoursKeys):
    """Hours in which less is done."""

    most: Literal["report", "delete", "no_media", "mute"] = Field(
        "report", description="report, delete, no_media or mute"
    )

    @property
    def quiet(self) -> Quiet:
        """The value."""
        return Quiet(hours=self.hours, most=ActionKind(self.most))


class CrisisKeys(BaseModel):
    """A time with an end."""

    model_config = Strict

    from_: Moment = Field(
        alias="from", description="a date with time and zone, such as 2026-03-01T08:00+05:00"
    )
    until: Moment = Field(description="a later date, 31 days at most, such as 2026-03-08T08:00+05:00")

    @model_validator(mode="after")
    def _ends(self) -> Self:
        length = (moment(self.until) - moment(self.from_)).total_seconds()
        if not 0 < length <= LONGEST_CRISIS_S:
            raise PydanticCustomError("span", "a crisis ends after it starts, within 31 days")
        return self

    @property
    def crisis(self) -> Crisis:
        """The value."""
        return Crisis(start=moment(self.from_), until=moment(self.until))


class QuotaKeys(BaseModel):
    """How often a policy may do one thing in one place; what is beyond is only reported."""

    model_config = Strict

    hour: int = Field(ge=1, le=10_000, description="a number within 60 minutes, 1 to 10000")
    day: int = Field(
        ge=1,
        le=100_000,
        description="a number within 24 hours, 1 to 100000, no smaller than `hour`",
    )

    @model_validator(mode="after")
    def _holds(self) -> Self:
        if self.day < self.hour:
            raise PydanticCustomError("span", "a day's quota is not smaller than an hour's")
        return self


_QUOTA: Final = "a quota, such as {hour: 30, day: 100}"


class QuotasKeys(BaseModel):
    """How often a policy may do each thing in one place."""

    model_config = Strict

    notify: Maybe[QuotaKeys] = Field(None, description=_QUOTA)
    warn: Maybe[QuotaKeys] = Field(None, description=_QUOTA)
    delete: Maybe[QuotaKeys] = Field(None, description=_QUOTA)
    no_media: Maybe[QuotaKeys] = Field(None, description=_QUOTA)
    mute: Maybe[QuotaKeys] = Field(None, description=_QUOTA)
    kick: Maybe[QuotaKeys] = Field(None, description=_QUOTA)
    ban: Maybe[QuotaKeys] = Field(None, description=_QUOTA)

    def over(self, base: tuple[Quota, ...]) -> tuple[Quota, ...]:
        """Return quotas with those that the file names in the place of others."""
        named: dict[str, QuotaKeys | None] = {name: getattr(self, name) for name in type(self).model_fields}
        return tuple(
            Quota(kind=quota.kind, hour=own.hour, day=own.day) if (own := named.get(quota.kind)) else quota
            for quota in base
        )


def limits(  # noqa: PLR0913 - one for each key
    base: Limits,
    *,
    exempt: list[str] | None,
    lanes: list[LaneKeys] | None,
    quiet: QuietKeys | None,
    crisis: CrisisKeys | None,
    quotas: QuotasKeys | None,
) -> Limits:
    """Return the bounds of a file; one that it does not name is the one of the policy it extends."""
    return Limits(
        exempt=base.exempt if exempt is None else frozenset(role.casefold() for role in exempt),
        lanes=base.lanes
        if lanes is None
        else tuple(Lane(name=lane.name, places=tuple(lane.places)) for lane in lanes),
        quiet=quiet.quiet if quiet else base.quiet,
        crisis=crisis.crisis if crisis else base.crisis,
        quotas=quotas.over(base.quotas) if quotas else base.quotas,
    )
