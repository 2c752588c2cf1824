"""Known accounts in memory: which of them a profile may resemble, found without looking at the rest.

It keeps spellings and hashes, and nothing else about an account: whether one really is alike is weighed on
the entry itself (`core.banks.likeness`), which is read from the store for the few that come out here.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Self

from core.banks.columns import Columns, of_part, under
from core.banks.likeness import PICTURE_BITS, Profile, handle_of
from core.banks.near import Near
from core.banks.pictures import Pictures, hash_bytes
from core.keeping import Change
from core.text.names import SHORTEST, handle_forms, name_spelling, read_handle, read_name

FEW: Final = 200
"""Accounts that are weighed for one profile."""


class KnownAccounts:
    """The spellings and pictures of all active entries that are accounts or have a name."""

    def __init__(self) -> None:
        self._handles = Near()
        self._names = Near()
        self._pictures = Pictures()

    @property
    def nbytes(self) -> int:
        """The memory of its spellings."""
        return self._handles.nbytes + self._names.nbytes

    def columns(self) -> Columns:
        """Return what it consists of; it may be asked beside lookups."""
        return {
            **under("handles", self._handles.columns()),
            **under("names", self._names.columns()),
            **under("pictures", self._pictures.columns()),
        }

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Make one of its columns.

        Raises:
            BadInput: They are not.
        """
        found = cls()
        found._handles = Near.of(of_part("handles", columns))
        found._names = Near.of(of_part("names", columns))
        found._pictures = Pictures.of(of_part("pictures", columns))
        return found

    def apply(self, changes: Sequence[Change]) -> None:
        """Take changes of `link` entries in, the last one of each entry."""
        numbers = [change.entry_id for change in changes]
        for column in (self._handles, self._names, self._pictures):
            column.remove(numbers)
        there = [change for change in changes if change.matchable]
        self._handles.add([(c.entry_id, form) for c in there for form in _forms(handle_of(c.value))])
        named = [(c.entry_id, name_spelling(c.name)) for c in there if c.name]
        self._names.add([(number, name) for number, name in named if len(name) >= SHORTEST])
        pictured = [(c.entry_id, hash_bytes(c.avatar)) for c in there if c.avatar]
        self._pictures.add([(number, hashed) for number, hashed in pictured if hashed])

    def around(self, profile: Profile) -> tuple[int, ...]:
        """Return the numbers of the accounts that a profile may resemble, those with its picture first."""
        found: dict[int, None] = {}
        for avatar in profile.avatars:
            if hashed := hash_bytes(avatar):
                found.update((n, None) for n, _ in self._pictures.within(hashed, PICTURE_BITS)[: FEW // 2])
        handles = [read_handle(text) for text in profile.handles]
        forms = {form for handle in handles if handle.telling for form in handle.forms}
        forms |= {form for text in profile.pointed_at for form in handle_forms(text)}
        name = read_name(profile.name)
        if name.telling:
            found.update(dict.fromkeys(sorted(self._names.around((name.spelling,)))))
            forms.add(name.spelling)
        found.update(dict.fromkeys(sorted(self._handles.around(forms))))
        return tuple(found)[:FEW]

    def named(self, name: str) -> tuple[int, ...]:
        """Return the numbers of the accounts that may have a display name; none where people share it."""
        read = read_name(name)
        return tuple(sorted(self._names.around((read.spelling,))))[:FEW] if read.channel else ()


def _forms(handle: str) -> Iterable[str]:
    return handle_forms(handle) if handle else ()
