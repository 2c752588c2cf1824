"""What two listings, or two groups of them, have in common by name, and how much that says. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from core.entities.groups import Groups
from core.entities.names import consonants, forms, is_short, key
from core.entity import Listing

NAME: Final = 2
ALIAS: Final = 1
"""What a name is to a listing: the name of the whole, or one of several."""

BY_EAR: Final = 1
"""How much an abbreviation says that two share whose full names differ in vowels only; two names say more."""

SHORTEST: Final = 4
"""Letters of a name of the whole that joins although it is short."""

FEW: Final = 3
"""Others that a sentence names."""


@dataclass(frozen=True, slots=True)
class Known:
    """A listing's names by what they are compared by.

    Attributes:
        strong: By key, what the name is to the listing and how it is written.
        short: Names so short that others may have them, by key.
        heard: Its long names as the ear has them, where it has short ones: they count with those only.
    """

    strong: Mapping[str, tuple[int, str]]
    short: Mapping[str, str]
    heard: frozenset[str]


def known(listing: Listing) -> Known:
    """Read the names of a listing."""
    strong: dict[str, tuple[int, str]] = {}
    short: dict[str, str] = {}
    long: list[str] = []
    for name in listing.names:
        found = forms(name)
        whole = NAME if name == listing.name else ALIAS
        for rank, written in ((whole, found.whole), (ALIAS, found.parts)):
            for one in written:
                _note(one, rank, strong, short)
                long.append(one)
        for one in found.abbreviations:
            short.setdefault(key(one), one)
    heard = {consonants(name) for name in long} if short else set()
    return Known(strong=strong, short=short, heard=frozenset(heard - {""}))


def _note(name: str, rank: int, strong: dict[str, tuple[int, str]], short: dict[str, str]) -> None:
    found = key(name)
    if not found:
        return
    if is_short(found):
        short.setdefault(found, name)
        if rank == ALIAS or len(found) < SHORTEST:
            return
    if strong.get(found, (0, ""))[0] < rank:
        strong[found] = (rank, name)


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """A name that two groups share: how much it says, which listings have it, how it is written."""

    weight: int
    first: int
    second: int
    name: str


@dataclass(slots=True)
class Ties:
    """All that groups share, pair by pair, and the names that say nothing because too many have them."""

    pairs: dict[tuple[int, int], dict[str, Tie]] = field(default_factory=lambda: defaultdict(dict))
    ambiguous: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)

    def levels(self) -> Iterator[tuple[tuple[int, int], list[tuple[int, int]]]]:
        """Give the pairs by how much they share, most first; what differs by less than twice is alike."""
        found: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for pair, ties in self.pairs.items():
            found[max(ties.values()).weight, len(ties).bit_length()].append(pair)
        yield from sorted(found.items(), reverse=True)


def ties(names: Sequence[Known], groups: Groups) -> Ties:
    """Find what groups have in common.

    Args:
        names: Of every listing.
        groups: The listings that are known to be one.
    """
    found = Ties()
    strong: dict[str, _Holders] = defaultdict(dict)
    by_ear: dict[tuple[str, str], _Holders] = defaultdict(dict)
    short: dict[str, _Holders] = defaultdict(dict)
    for at, one in enumerate(names):
        root = groups.root(at)
        for name, (rank, written) in one.strong.items():
            if strong[name].get(root, (0, 0, ""))[0] < rank:
                strong[name][root] = (rank, at, written)
        for name, written in one.short.items():
            short[name].setdefault(root, (BY_EAR, at, written))
            for heard in one.heard:
                by_ear[name, heard].setdefault(root, (BY_EAR, at, written))
    for holders in strong.values():
        _tie(holders, found, groups)
    for holders in by_ear.values():
        _tie(holders, found, groups, weight=BY_EAR)
    found.ambiguous += [(name, roots) for name, roots in _lone(short, strong, found)]
    return found


_Holders = dict[int, tuple[int, int, str]]
"""What a name is to each group that has it, by which listing, and how it is written."""


def _lone(
    short: Mapping[str, _Holders], strong: Mapping[str, _Holders], found: Ties
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Give the abbreviations that tie somebody who has them to nobody."""
    for name, holders in short.items():
        lone = [root for root in holders if not _tied(root, holders, found)] if len(holders) > 1 else []
        if lone and name not in strong:
            yield holders[min(lone)][2], tuple(sorted(holders))


def _tie(holders: _Holders, found: Ties, groups: Groups, *, weight: int = 0) -> None:
    """Tie all groups that have a name, unless they cannot be one."""
    if len(holders) < 2:  # noqa: PLR2004 - nobody shares it
        return
    roots = sorted(holders)
    if groups.contradict(roots):
        found.ambiguous.append((holders[roots[0]][2], tuple(roots)))
        return
    for first, second in combinations(roots, 2):
        (one, at, written), (other, beside, _) = holders[first], holders[second]
        found.pairs[first, second].setdefault(written, Tie(weight or one + other, at, beside, written))


def _tied(root: int, others: Iterable[int], found: Ties) -> bool:
    return any((min(root, o), max(root, o)) in found.pairs for o in others if o != root)
