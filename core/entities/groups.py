"""Listings that are taken for one organisation, and what keeps two of them apart. Pure."""

from collections.abc import Iterable, Sequence

from core.entity import Listing


class Groups:
    """Numbers of listings, put together step by step.

    Args:
        listings: Each by itself, to begin with.
    """

    def __init__(self, listings: Sequence[Listing]) -> None:
        self._above = list(range(len(listings)))
        self._sources = {at: {_source(one)} for at, one in enumerate(listings)}
        self._cited = {at: {one.un_reference} - {""} for at, one in enumerate(listings)}

    def root(self, at: int) -> int:
        """Return the number that stands for a listing's group: the smallest one in it."""
        while self._above[at] != at:
            self._above[at] = at = self._above[self._above[at]]
        return at

    def join(self, one: int, other: int) -> None:
        """Make two groups one."""
        low, high = sorted((self.root(one), self.root(other)))
        if low != high:
            self._above[high] = low
            self._sources[low] |= self._sources.pop(high)
            self._cited[low] |= self._cited.pop(high)

    def contradict(self, roots: Iterable[int]) -> bool:
        """Tell whether groups cannot be one organisation: a list has two of them, or the UN has.

        Of a collection, what comes from different authorities may be one.
        """
        sources: set[str] = set()
        cited: set[str] = set()
        for root in roots:
            if sources & self._sources[root]:
                return True
            sources |= self._sources[root]
            cited |= self._cited[root]
        return len(cited) > 1


def _source(listing: Listing) -> str:
    return " ".join((listing.list_name, *sorted(listing.authorities)))
