"""From listings to organisations: which entries of several lists are the same one, and why. Pure.

Two things join: the UN's reference, which other lists cite, and a name that two lists have. A name joins
nothing where it would make one organisation of two that a list, or the UN's references, keep apart; that is
told. Names are weighed: names of the whole before aliases, many shared names before few. What is weighed
alike is decided together, and where it contradicts itself none of it counts; so the order of imports changes
nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from core.entities.groups import Groups
from core.entities.names import forms, key
from core.entities.shared import BY_EAR, FEW, NAME, Known, Tie, Ties, known, ties
from core.entity import LISTS, Designation, Entity, Listing

_TOLD: Final = 20
"""Sentences on names that joined nothing, for one organisation."""

_PLACES: Final = {name: place for place, name in enumerate(LISTS)}


@dataclass(slots=True)
class _Found:
    """Which listings are one, and what was found on the way.

    Attributes:
        taken: Pairs of groups that a shared name joined, with how much they share.
        apart: Names that joined nothing, by the listings that have them.
    """

    listings: Sequence[Listing]
    names: Sequence[Known]
    groups: Groups
    cited: Groups
    taken: list[tuple[tuple[int, int], Tie, int]] = field(default_factory=list)
    apart: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)


def joined(listings: Iterable[Listing]) -> tuple[Entity, ...]:
    """Return the organisations behind listings, by name; the order of the listings has no say.

    A listing that is withdrawn joins nobody to anybody: it is put to the one organisation it belongs to, or
    stands beside the others that are withdrawn.
    """
    ranked = sorted(listings, key=_order)
    found = _join([one for one in ranked if not one.withdrawn_on])
    former, rest = _placed([one for one in ranked if one.withdrawn_on], found)
    entities = _entities(found, former)
    gone = _entities(_join(rest), {})
    return tuple(sorted((*entities, *gone), key=lambda e: (e.name.casefold(), e.name, _order(_first(e)))))


def _order(listing: Listing) -> tuple[int, str, str]:
    return _PLACES.get(listing.list_name, len(_PLACES)), listing.key, listing.name


def _first(entity: Entity) -> Listing:
    return (*entity.designations, *entity.former)[0].listing


def _join(listings: Sequence[Listing]) -> _Found:
    """Put listings together: first by the UN's references, then by names, the surest first."""
    cited, groups = Groups(listings), Groups(listings)
    first: dict[str, int] = {}
    for at, one in enumerate(listings):
        if one.un_reference:
            before = first.setdefault(one.un_reference, at)
            cited.join(before, at)
            groups.join(before, at)
    found = _Found(listings, [known(one) for one in listings], groups, cited)
    shared = ties(found.names, cited)
    found.apart += [(name, roots) for name, roots in shared.ambiguous]
    for _, pairs in shared.levels():
        _level(pairs, shared, found)
    return found


def _level(pairs: Sequence[tuple[int, int]], shared: Ties, found: _Found) -> None:
    """Join what is shared alike much, all of it at once; what contradicts itself is told and left apart."""
    near: dict[int, set[int]] = defaultdict(set)
    edges = [(p, (found.groups.root(p[0]), found.groups.root(p[1]))) for p in pairs]
    for _, (one, other) in edges:
        if one != other:
            near[one].add(other)
            near[other].add(one)
    refused: set[int] = set()
    for component in _components(near):
        if found.groups.contradict(sorted(component)):
            refused |= component
    for pair, (one, other) in edges:
        best = max(
            shared.pairs[pair].values(), key=lambda tie: (tie.weight, -tie.first, -tie.second, tie.name)
        )
        if one == other or one not in refused:
            found.taken.append((pair, best, len(shared.pairs[pair])))
        else:
            found.apart.append((best.name, pair))
    for _, (one, other) in edges:
        if one != other and one not in refused:
            found.groups.join(one, other)


def _components(near: Mapping[int, set[int]]) -> list[set[int]]:
    """Return the sets of groups that hang together."""
    found: list[set[int]] = []
    seen: set[int] = set()
    for start in sorted(near):
        if start in seen:
            continue
        component, waiting = set[int](), [start]
        while waiting:
            one = waiting.pop()
            if one not in component:
                component.add(one)
                waiting += near[one]
        seen |= component
        found.append(component)
    return found


def _placed(
    withdrawn: Sequence[Listing], found: _Found
) -> tuple[dict[int, list[Designation]], list[Listing]]:
    """Put each withdrawn listing to the one group that it belongs to; return also those without one."""
    by_reference: dict[str, int] = {}
    by_name: dict[str, set[int]] = defaultdict(set)
    for at, one in enumerate(found.listings):
        root = found.groups.root(at)
        if one.un_reference:
            by_reference[one.un_reference] = root
        for name in found.names[at].strong:
            by_name[name].add(root)
    placed: dict[int, list[Designation]] = defaultdict(list)
    rest: list[Listing] = []
    for one in withdrawn:
        if one.un_reference in by_reference:
            because = f"same UN reference {one.un_reference}"
            placed[by_reference[one.un_reference]].append(Designation(listing=one, because=because))
            continue
        hits = {name: by_name[name] for name in known(one).strong if name in by_name}
        roots = set().union(*hits.values())
        if len(roots) == 1:
            placed[roots.pop()].append(Designation(listing=one, because="it has a name that this one has"))
        else:
            rest.append(one)
    return placed, rest


def _entities(found: _Found, former: Mapping[int, Sequence[Designation]]) -> list[Entity]:
    members: dict[int, list[int]] = defaultdict(list)
    for at in range(len(found.listings)):
        members[found.groups.root(at)].append(at)
    because = _reasons(found)
    apart = _apart(found, {root: found.listings[root] for root in members})
    entities = []
    for root, numbers in members.items():
        all_of_it = [
            Designation(listing=found.listings[at], because=because.get(at, "") if at != root else "")
            for at in numbers
        ]
        current = tuple(d for d in all_of_it if not d.listing.withdrawn_on)
        gone = (*(d for d in all_of_it if d.listing.withdrawn_on), *former.get(root, ()))
        entities.append(_entity(current, gone, tuple(dict.fromkeys(apart.get(root, ())))[:_TOLD]))
    return entities


def _reasons(found: _Found) -> dict[int, str]:
    """Say of each listing why it is with the others: it cites what they cite, or shares most with one."""
    reasons: dict[int, str] = {}
    for at, one in enumerate(found.listings):
        if found.cited.root(at) != at:
            reasons[at] = f"same UN reference {one.un_reference}"
    best: dict[int, tuple[int, int, int, str]] = {}
    for pair, tie, count in found.taken:
        lists = [found.listings[at].list_name for at in (tie.first, tie.second)]
        said = (tie.weight, count, -min(pair), _sentence(tie, count, *lists))
        for root in pair:
            best[root] = max(best.get(root, (0, 0, 0, "")), said)
    return {root: said for root, (_, _, _, said) in best.items()} | reasons


def _sentence(tie: Tie, count: int, one: str, other: str) -> str:
    more = f" and {count - 1} more" if count > 1 else ""
    if tie.weight == BY_EAR:
        return f"abbreviation “{tie.name}” on both, {one} and {other}, and names that differ in vowels only"
    what = "name" if tie.weight == 2 * NAME else "listed alias"
    return f"{what} “{tie.name}”{more} on both, {one} and {other}"


def _apart(found: _Found, roots: Mapping[int, Listing]) -> dict[int, list[str]]:
    """Say of each organisation which names it shares with others without being joined by them."""
    told: dict[int, list[str]] = defaultdict(list)
    for name, holders in sorted(found.apart):
        mine = sorted({found.groups.root(at) for at in holders})
        for root in mine:
            others = [f"{roots[o].name} ({roots[o].list_name})" for o in mine if o != root]
            if others and len(told[root]) < 2 * _TOLD:
                rest = f" and {len(others) - FEW} more" if len(others) > FEW else ""
                told[root].append(
                    f"“{name}” is also a name of {', '.join(others[:FEW])}{rest}: not joined by it"
                )
    return told


def _entity(
    current: tuple[Designation, ...], former: tuple[Designation, ...], apart: tuple[str, ...]
) -> Entity:
    listings = [d.listing for d in (*current, *former)]
    name = listings[0].name
    seen = {name.casefold()}
    aliases: list[str] = []
    for one in (n for listing in listings for n in _all_names(listing)):
        if one.casefold() not in seen:
            seen.add(one.casefold())
            aliases.append(one)
    weak = {w.casefold(): w for listing in reversed(listings) for w in listing.weak_aliases}
    return Entity(
        name=name,
        title=_title(name, [n for listing in listings for n in listing.names]),
        aliases=tuple(aliases),
        weak_aliases=tuple(w for folded, w in weak.items() if folded not in seen),
        designations=current,
        former=former,
        not_joined=apart,
    )


def _all_names(listing: Listing) -> list[str]:
    """Return a listing's names, each with the abbreviations that it gives for itself."""
    return [one for name in listing.names for one in (name, *forms(name).abbreviations)]


def _title(name: str, names: Iterable[str]) -> str:
    """Return how a list writes the same name without shouting, or the name."""
    if not name.isupper():
        return name
    return next((one for one in names if not one.isupper() and key(one) == key(name)), name)
