"""What an expression may ask about: each name with its type, and how it is taken from the facts.

No text of a message is among it: no policy file becomes a word filter by it. Names and labels are folded to
small letters, as conditions compare them, and cut, so that no list and no member makes an expression slow.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from typing import Final

from core.model import Strength
from core.policy.conditions import Around, Facts

Value = bool | int | str | list[str]

MOST: Final = 100
LONGEST: Final = 200
"""Of a list, how many texts are looked at; of a text, how many characters."""


class Kind(StrEnum):
    """The types of variables, in an admin's words."""

    NUMBER = "a number"
    TEXT = "a text"
    TEXTS = "a list of texts"
    TRUTH = "true or false"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """Something to ask about.

    Attributes:
        about: What it is, as the reference says it.
        of: Takes it from facts; None where it is not known.
    """

    kind: Kind
    about: str
    of: Callable[[Facts], Value | None]


def _text(text: str) -> str:
    # Half a character, which no text in UTF-8 can hold, becomes a question mark.
    return text[:LONGEST].encode("utf-8", "replace").decode()


def _texts(texts: Iterable[str]) -> list[str]:
    return [_text(text) for text in list(dict.fromkeys(text.casefold() for text in texts if text))[:MOST]]


def _days(facts: Facts) -> int | None:
    since = facts.message.author.since
    return None if since is None else max((facts.message.at - since).days, 0)


def _agreeing(facts: Facts) -> int:
    around = Around(facts)
    return max((around.agreeing(match) for match in facts.matches), default=0)


VARIABLES: Final[Mapping[str, Variable]] = {
    "message.happening": Variable(
        kind=Kind.TEXT,
        about="posted, edited, joined, profile or reported",
        of=lambda facts: str(facts.message.happening),
    ),
    "message.forwarded": Variable(
        kind=Kind.TRUTH, about="it is a forward", of=lambda facts: facts.message.forwarded
    ),
    "message.hour": Variable(
        kind=Kind.NUMBER,
        about="the hour of the day in UTC, 0 to 23",
        of=lambda facts: facts.message.at.astimezone(UTC).hour,
    ),
    "message.weekday": Variable(
        kind=Kind.NUMBER,
        about="the day of the week in UTC, 1 for Monday to 7 for Sunday",
        of=lambda facts: facts.message.at.astimezone(UTC).isoweekday(),
    ),
    "place.id": Variable(
        kind=Kind.TEXT, about="the id of the place", of=lambda facts: _text(facts.message.place.id)
    ),
    "place.name": Variable(
        kind=Kind.TEXT,
        about="its name, in small letters",
        of=lambda facts: _text(facts.message.place.name.casefold()),
    ),
    "author.roles": Variable(
        kind=Kind.TEXTS,
        about="names and ids of roles, in small letters",
        of=lambda facts: None if facts.message.author.roles_unknown else _texts(facts.message.author.roles),
    ),
    "author.known": Variable(
        kind=Kind.TRUTH,
        about="the platform tells since when the author is here",
        of=lambda facts: facts.message.author.since is not None,
    ),
    "author.days": Variable(
        kind=Kind.NUMBER, about="for how many whole days; unknown where it does not tell", of=_days
    ),
    "found": Variable(
        kind=Kind.NUMBER, about="how many matches there are", of=lambda facts: len(facts.matches)
    ),
    "sure": Variable(
        kind=Kind.NUMBER,
        about="how many of them are strong or same",
        of=lambda facts: sum(match.strength is not Strength.WEAK for match in facts.matches),
    ),
    "hidden": Variable(
        kind=Kind.NUMBER,
        about="how many of them the eye cannot see",
        of=lambda facts: sum(match.signal.hidden for match in facts.matches),
    ),
    "sources": Variable(
        kind=Kind.NUMBER, about="how many independent lists agree on one part, at most", of=_agreeing
    ),
    "kinds": Variable(
        kind=Kind.TEXTS,
        about="kinds of signals that matched, such as link or image",
        of=lambda facts: _texts(match.signal.subject for match in facts.matches),
    ),
    "labels": Variable(
        kind=Kind.TEXTS,
        about="their labels, in small letters",
        of=lambda facts: _texts(match.entry.label for match in facts.matches),
    ),
    "entities": Variable(
        kind=Kind.TEXTS,
        about="their organisations, in small letters",
        of=lambda facts: _texts(match.entry.entity for match in facts.matches),
    ),
    "banks": Variable(
        kind=Kind.TEXTS,
        about="names of the lists that know them, in small letters",
        of=lambda facts: _texts(match.bank.name for match in facts.matches),
    ),
    "gaps": Variable(
        kind=Kind.NUMBER, about="how many parts could not be looked at", of=lambda facts: len(facts.gaps)
    ),
}
"""By name, in the order of the reference."""
