"""A condition in CEL, for what no other key can say: one expression about the facts, true or false.

It looks at no match, so it is a circumstance: no ground for more than a report. It is total: where it cannot
be worked out it does not hold, and says why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from core.model import Account, Bank, Entry, Gap, Happening, Match, Message, Place, Signal, Strength, Trust
from core.policy.conditions import AllOf, AnyOf, Condition, Facts, Finding, Not
from core.policy.faults import quoted
from core.policy.program import Program, WrongExpression, program
from core.policy.variables import VARIABLES, Value


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression holds.

    Raises:
        WrongExpression: On being made of a text that is not such an expression.
    """

    text: str
    _program: Program = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make it ready, once for every message."""
        object.__setattr__(self, "_program", program(self.text))

    def __call__(self, facts: Facts) -> Iterator[Finding]:
        """Yield one finding, which rests on no match."""
        if self._program.asked(self._values(facts)) is True:
            yield Finding(f"it is so that {quoted(self.text)}")

    @property
    def may_fail(self) -> bool:
        """It counts together, so that for some message there may be no such number."""
        return self._program.counts

    def trouble(self, facts: Facts) -> str:
        """Say that it could not be worked out, and why, or ""; what is only not known is no trouble."""
        values = self._values(facts)
        said = self._program.asked(values)
        failed = isinstance(said, str) and len(values) == len(self._program.names)
        return f"its expression cannot be worked out: {said}" if failed else ""

    def _values(self, facts: Facts) -> Mapping[str, Value]:
        values = {name: VARIABLES[name].of(facts) for name in self._program.names}
        return {name: value for name, value in values.items() if value is not None}


def tried(text: str) -> Expression:
    """Make an expression, and try it on a message of every kind.

    Raises:
        WrongExpression: It cannot be used, or cannot be worked out for one of them.
    """
    expression = Expression(text)
    for facts in SAMPLES:
        if why := expression.trouble(facts):
            what = f"{why} (where the message was {facts.message.happening})"
            raise WrongExpression(what, width=len(text))
    return expression


def expressions(condition: Condition) -> Iterator[Expression]:
    """Yield the expressions in a condition."""
    if isinstance(condition, Expression):
        yield condition
    elif isinstance(condition, Not):
        yield from expressions(condition.condition)
    elif isinstance(condition, AllOf | AnyOf):
        for inner in condition.conditions:
            yield from expressions(inner)


_AT: Final = datetime(2026, 1, 5, 12, tzinfo=UTC)


def _sample(happening: Happening, since: datetime | None, *matches: Match) -> Facts:
    author = Account(id="sample:id/1", name="Amina R.", since=since, roles=("Newcomer",))
    message = Message(
        id="sample:place/1",
        place=Place(id="sample:place", name="Kite Flyers"),
        author=author,
        at=_AT,
        happening=happening,
    )
    gaps = (Gap(part="attachment[0]", reason="too large"),) if matches else ()
    return Facts(message=message, matches=matches, gaps=gaps)


def _match(kind: str, strength: Strength, *, hidden: bool) -> Match:
    return Match(
        signal=Signal(kind=kind, value="example", part="text", hidden=hidden),
        bank=Bank(name="example", trust=Trust.ACT),
        entry=Entry(kind=kind, value="example", label="example", entity="Blue Lantern Front"),
        strength=strength,
        because="the sample says so",
    )


_FINDS: Final = (_match("link", Strength.SAME, hidden=False), _match("pdq", Strength.WEAK, hidden=True))
SAMPLES: Final = tuple(
    _sample(happening, since, *matches)
    for happening in Happening
    for since in (None, _AT - timedelta(days=3))
    for matches in ((), _FINDS)
)
"""Messages of every kind, with finds and without, by authors who are known and who are not."""
