"""Which conditions on a match may fit one, without asking each: of a long policy only a few are about it.

Every condition is filed under the rarest thing it asks for: an organisation, a label, a list, a hidden part,
a kind of signal, or any match. What is found there is remembered by all that a list says of a match, because
lists are full of entries that are alike in it. What only this match can answer (its distance, its part, who
agrees, whose words it stands in) is left open here, so nothing that fits is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from core.model import Match
from core.policy.conditions import MatchFound

REMEMBERED: Final = 8_192
"""Kinds of match that are remembered, some 3 MB; then all are forgotten, and asked for anew."""

_KEYS: Final = ("entity", "label", "bank", "hidden", "signal", "match")
"""What a condition may be filed under, the rarest first."""

_Key = tuple[str, str]
_Known = tuple[str, str, str, str, str, str, bool]


class Index:
    """Conditions on a match, each called by its place.

    Args:
        conditions: Of a policy, each once.
        remembered: How many kinds of match are remembered.
    """

    def __init__(self, conditions: Sequence[MatchFound], *, remembered: int = REMEMBERED) -> None:
        self._conditions = tuple(conditions)
        self._remembered = remembered
        self._may_fit: dict[_Known, tuple[int, ...]] = {}
        filed: dict[_Key, list[int]] = defaultdict(list)
        for place, condition in enumerate(conditions):
            filed[filed_under(condition)].append(place)
        self._filed = {key: tuple(places) for key, places in filed.items()}

    def may_fit(self, matches: Iterable[Match]) -> dict[int, list[Match]]:
        """Return the matches that may fit a condition, by its place; others have none."""
        found: dict[int, list[Match]] = {}
        for match in matches:
            signal, bank, entry = match.signal, match.bank, match.entry
            known = (
                bank.name,
                entry.label,
                entry.entity,
                signal.kind,
                match.strength,
                bank.trust,
                signal.hidden,
            )
            places = self._may_fit.get(known)
            if places is None:
                places = self._remember(known, self._looked_up(match))
            for place in places:
                had = found.get(place)
                if had is None:
                    found[place] = [match]
                else:
                    had.append(match)
        return found

    def _remember(self, known: _Known, places: tuple[int, ...]) -> tuple[int, ...]:
        if len(self._may_fit) >= self._remembered:
            self._may_fit.clear()
        self._may_fit[known] = places
        return places

    def _looked_up(self, match: Match) -> tuple[int, ...]:
        asked: set[int] = set()
        for key in _found_under(match):
            asked.update(self._filed.get(key, ()))
        return tuple(place for place in sorted(asked) if self._conditions[place].fits_kind(match))


def filed_under(condition: MatchFound) -> _Key:
    """Return the rarest thing without which a condition on a match does not hold, and its value."""
    if condition.entity is not None:
        return "entity", condition.entity.casefold()
    if condition.label is not None:
        return "label", condition.label.casefold()
    if condition.bank is not None:
        return "bank", condition.bank
    if condition.hidden:
        return "hidden", ""
    if condition.signal is not None:
        return "signal", condition.signal
    return "match", ""


def rareness(condition: MatchFound) -> int:
    """Return how rare what a condition asks for is: 0 for the rarest."""
    return _KEYS.index(filed_under(condition)[0])


def _found_under(match: Match) -> tuple[_Key, ...]:
    found: tuple[_Key, ...] = (
        ("entity", match.entry.entity.casefold()),
        ("label", match.entry.label.casefold()),
        ("bank", match.bank.name),
        ("signal", match.signal.subject),
        ("match", ""),
    )
    return (*found, ("hidden", "")) if match.signal.hidden else found
