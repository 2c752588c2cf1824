"""Designated organisations by name: what an entry's `entity` means.

Entries keep the name that their list gave, and are never rewritten: which organisation it means is looked up
when somebody is to see it. So either side can be imported anew, in any order, and there is nothing to mend. A
name that two organisations have means neither.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from core.entities.joined import joined
from core.entities.names import consonants, forms, key
from core.entity import Entity, Listing
from core.keeping import Entities


class Directory:
    """The organisations behind some listings, put together when first asked for.

    Args:
        listings: In any order.
    """

    def __init__(self, listings: Sequence[Listing] = ()) -> None:
        self._listings = tuple(listings)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """All organisations, by name."""
        return joined(self._listings)

    def resolve(self, text: str) -> Entity | None:
        """Return the one organisation that a name means, or None where it means none or several.

        Names of low quality mean nobody. "Lantern Front (LF)" is looked for as it stands, then without what
        is in brackets; what is in brackets alone counts only where the names differ in vowels only.
        """
        found = self.bearing(text)
        return found[0] if len(found) == 1 else None

    def bearing(self, text: str) -> tuple[Entity, ...]:
        """Return every organisation that has a name; of those, the ones that are designated now."""
        if not self._listings or not text:
            return ()
        written = forms(text)
        for name in (text, *written.whole):
            if hits := self._hits([name]):
                return hits
        heard = consonants(text)
        near = self._hits(written.abbreviations) if heard else ()
        return tuple(one for one in near if heard in self._heard[id(one)])

    def found(self, text: str) -> tuple[Entity, ...]:
        """Return the organisations that a person may mean by a name, a reference, or a part of a name."""
        wanted = text.strip().casefold()
        by_reference = tuple(
            one
            for one in self.entities
            if any(
                wanted in (d.listing.reference.casefold(), d.listing.un_reference.casefold())
                for d in (*one.designations, *one.former)
            )
        )
        if by_reference or not key(text):
            return by_reference if wanted else ()
        if exact := self.bearing(text):
            return exact
        part = key(text)
        return tuple(
            one for one in self.entities if any(part in key(n) for n in (*_names(one), *one.weak_aliases))
        )

    def _hits(self, names: Iterable[str]) -> tuple[Entity, ...]:
        found = {id(one): one for name in names for one in self._by_key.get(key(name), ())}
        now = tuple(one for one in found.values() if one.designations)
        return now or tuple(found.values())

    @cached_property
    def _by_key(self) -> dict[str, tuple[Entity, ...]]:
        found: dict[str, dict[int, Entity]] = defaultdict(dict)
        for one in self.entities:
            for name in _names(one):
                written = forms(name)
                for form in {name, *written.whole, *written.parts, *written.abbreviations}:
                    found[key(form)][id(one)] = one
        found.pop("", None)
        return {name: tuple(bearers.values()) for name, bearers in found.items()}

    @cached_property
    def _heard(self) -> dict[int, frozenset[str]]:
        return {id(one): frozenset(consonants(name) for name in _names(one)) for one in self.entities}


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, *entity.aliases)


NOBODY = Directory()
"""Where no list was imported."""


class Designations:
    """The directory as it is now, read again when lists have changed.

    Args:
        store: Where listings are kept; None where none are.
    """

    def __init__(self, store: Entities | None = None) -> None:
        self._store = store
        self._revision = 0
        self._directory = NOBODY

    async def now(self) -> Directory:
        """Return the present directory.

        Raises:
            StoreError: The listings cannot be read.
        """
        if self._store is None:
            return NOBODY
        revision = await self._store.revision()
        if revision != self._revision:
            listings = await self._store.listings()
            # Large lists take a second to be put together: not on the loop that the platforms wait for.
            directory = await asyncio.to_thread(_ready, listings)
            self._revision, self._directory = revision, directory
        return self._directory


def _ready(listings: Sequence[Listing]) -> Directory:
    directory = Directory(listings)
    directory.resolve("?")
    return directory
