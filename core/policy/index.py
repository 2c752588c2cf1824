"""Which rules of a policy can hold for what was found, without asking each: a message mostly has nothing.

Every rule is filed under one thing without which it cannot hold: an organisation, a label, a list, a hidden
part, a kind of signal, any match or any gap. What needs no such thing is always asked. Filing only leaves
out rules that would not have held, so it changes no verdict.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from core.policy.conditions import AllOf, AnyOf, Condition, Facts, GapFound, MatchFound

_KEYS: Final = ("entity", "label", "bank", "hidden", "signal", "match", "gap", "always")
"""What a rule may be filed under, the rarest first."""

Needs = frozenset[tuple[str, str]]
"""Key and value: one of them must be there."""

_ALWAYS: Final[Needs] = frozenset({("always", "")})

Filed = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Places of rules by what they need."""

    entity: Filed
    label: Filed
    bank: Filed
    signal: Filed
    hidden: tuple[int, ...]
    match: tuple[int, ...]
    gap: tuple[int, ...]
    always: tuple[int, ...]

    def asked(self, facts: Facts) -> Sequence[int]:
        """Return the places of the rules that may hold, in the order of the file."""
        if not facts.matches:
            return sorted({*self.always, *self.gap}) if facts.gaps and self.gap else self.always
        found = {*self.always, *self.match}
        if facts.gaps:
            found.update(self.gap)
        for match in facts.matches:
            if match.signal.hidden:
                found.update(self.hidden)
            if self.bank and (some := self.bank.get(match.bank.name)):
                found.update(some)
            if self.signal and (some := self.signal.get(match.signal.subject)):
                found.update(some)
            if self.label and (some := self.label.get(match.entry.label.casefold())):
                found.update(some)
            if self.entity and (some := self.entity.get(match.entry.entity.casefold())):
                found.update(some)
        return sorted(found)


def index(conditions: Sequence[Condition]) -> Index:
    """File conditions by their places."""
    filed: dict[str, dict[str, list[int]]] = {key: defaultdict(list) for key in _KEYS}
    for place, condition in enumerate(conditions):
        for key, value in needs(condition):
            filed[key][value].append(place)
    done = {key: {value: tuple(some) for value, some in filed[key].items()} for key in _KEYS}
    return Index(
        entity=done["entity"],
        label=done["label"],
        bank=done["bank"],
        signal=done["signal"],
        hidden=done["hidden"].get("", ()),
        match=done["match"].get("", ()),
        gap=done["gap"].get("", ()),
        always=done["always"].get("", ()),
    )


def needs(condition: Condition) -> Needs:
    """Return what must be there for a condition to hold: one of these at least."""
    if isinstance(condition, MatchFound):
        return frozenset({next(_needed(condition))})
    if isinstance(condition, GapFound):
        return frozenset({("gap", "")})
    if isinstance(condition, AllOf):
        return min((needs(inner) for inner in condition.conditions), key=_rareness, default=_ALWAYS)
    if isinstance(condition, AnyOf):
        together = frozenset[tuple[str, str]]().union(*(needs(inner) for inner in condition.conditions))
        return _ALWAYS if together & _ALWAYS else together
    return _ALWAYS


def _needed(match: MatchFound) -> Iterator[tuple[str, str]]:
    for key, value in (("entity", match.entity), ("label", match.label)):
        if value is not None:
            yield key, value.casefold()
    if match.bank is not None:
        yield "bank", match.bank
    if match.hidden:
        yield "hidden", ""
    if match.signal is not None:
        yield "signal", match.signal
    yield "match", ""


def _rareness(some: Needs) -> int:
    return max(_KEYS.index(key) for key, _ in some)
