"""How much a profile resembles a known account: grounds with weights, added up, each of them said.

No single ground suffices but the same picture: names are shared, handles meet by chance, and whoever warns of
an account links to it. Words by which an account says that it is *about* somebody turn a likeness down, and a
name that is put together from what many have says nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import OSA

from core.banks.pictures import LIMIT, hash_bytes
from core.model import Entry, Strength
from core.text.names import Handle, Name, read_handle, read_name
from core.text.spelling import letters, once_each

STRONG: Final = 100
WEAK: Final = 60
"""From these sums on, with two grounds at least (or the same picture), a likeness is told."""

PICTURE_BITS: Final = 64
"""Up to here pictures are alike: a quarter of the bits, where unrelated ones differ in half.

Beyond the 31 bits of "same" this is a ground beside others and never one alone.
"""

_ALIKE_BITS: Final = 48
_EDITED: Final = 8
"""Letters of a spelling from which on one edit still leaves it recognisable."""

_NAMED: Final = frozenset({"user", "page"})
"""Kinds of identifier whose value is a public name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An account that shows itself.

    Attributes:
        identifiers: Its own canonical identifiers.
        name: Its display name, or "".
        avatars: PDQ hashes of its picture.
        linked: Canonical identifiers that its bio links to.
        pointed_at: Names in its bio that may be an account's, without their platform.
        replaces: It says that it replaces another account.
    """

    identifiers: tuple[str, ...] = ()
    name: str = ""
    avatars: tuple[str, ...] = ()
    linked: frozenset[str] = frozenset()
    pointed_at: tuple[str, ...] = ()
    replaces: bool = False

    @property
    def handles(self) -> tuple[str, ...]:
        """Its public names."""
        return tuple(filter(None, map(handle_of, self.identifiers)))


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that two accounts have in common: how much it weighs, and how a moderator reads it."""

    weight: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What a profile and a known account have in common.

    Attributes:
        distance: In bits of 256, where the pictures are alike.
    """

    grounds: tuple[Ground, ...]
    strength: Strength
    distance: int | None = None

    @property
    def weight(self) -> int:
        """The sum of the grounds."""
        return sum(ground.weight for ground in self.grounds)


def handle_of(identifier: str) -> str:
    """Return the public name in a canonical identifier, or "" where it holds a number or a code."""
    service, _, rest = identifier.partition(":")
    kind, _, value = rest.partition("/")
    if kind not in _NAMED or value.isdigit():
        return ""
    return value.lstrip("@").partition(":")[0] if service == "matrix" else value


def likeness(profile: Profile, entry: Entry, *, shared: frozenset[str] = frozenset()) -> Likeness | None:
    """Weigh a profile against a known account; None where there is too little.

    Args:
        profile: Who shows itself.
        entry: The known account.
        shared: Grounds that do not count in full (`name`, `picture`): accounts of several organisations have
            the same.
    """
    names = read_name(profile.name), read_name(entry.name)
    handles = [read_handle(handle) for handle in profile.handles]
    known = read_handle(handle_of(entry.value))
    bits = bits_between(profile.avatars, entry.avatar)
    grounds = [
        *_of_handles(handles, known),
        *_of_names(*names, known, common="name" in shared),
        *_of_picture(bits, common="picture" in shared),
    ]
    if not grounds:
        return None
    grounds += _of_the_rest(profile, entry, handles, names)
    strength = _strength(grounds)
    if strength is None:
        return None
    if _speaks_about(handles, names, known):
        strength = Strength.WEAK
        if len(grounds) == 1:
            return None
    return Likeness(grounds=tuple(grounds), strength=strength, distance=bits)


def _of_handles(handles: Sequence[Handle], known: Handle) -> Iterator[Ground]:
    """Give the heaviest ground among the profile's handles."""
    found = [ground for mine in handles for ground in _of_handle(mine, known)]
    if found:
        yield max(found, key=lambda ground: ground.weight)


def _of_handle(mine: Handle, known: Handle) -> Iterator[Ground]:
    if not (mine.telling and known.telling):
        return
    if mine.text == known.text:
        yield Ground(70, "same handle on another platform")
    elif mine.whole & known.whole:
        yield Ground(70, _respelled(mine.text, known.text))
    elif not set(mine.forms).isdisjoint(known.forms):
        yield Ground(65, _added(mine, known))
    elif said := next(filter(None, (_edited(a, b) for a in mine.forms for b in known.forms)), ""):
        yield Ground(55, f"handle {said}")
    elif _contains(mine, known):
        yield Ground(50, "handle has the known one in it")


def _contains(mine: Handle, known: Handle) -> bool:
    """Tell whether all of a known handle stands in another one, what imitators add left out.

    With the same name that is a mirror, whatever its owner put before or behind it.
    """
    kept = min(known.forms, key=len, default="")
    return len(kept) >= _EDITED and any(kept in whole for whole in mine.whole)


def _respelled(mine: str, known: str) -> str:
    mine, known = letters(mine), letters(known)
    if mine == known:
        return "handle differs only in what sets its letters apart"
    if once_each(mine) == once_each(known):
        return "handle says a letter twice, or once instead of twice"
    return "handle differs only in characters that stand for the same letters"


def _added(mine: Handle, known: Handle) -> str:
    more, fewer = sorted(mine.added - known.added), sorted(known.added - mine.added)
    if words_added := [word for word in more if not word.isdigit()]:
        return f"handle adds {' and '.join(words_added)}"
    if words_gone := [word for word in fewer if not word.isdigit()]:
        return f"handle leaves out {' and '.join(words_gone)}"
    return "handle differs only in digits at its ends"


def _edited(mine: str, known: str) -> str:
    """Say how two spellings differ by one edit, or "" where it is more, or where they are short."""
    if min(len(mine), len(known)) < _EDITED or OSA.distance(mine, known, score_cutoff=1) != 1:
        return ""
    swapped = len(mine) == len(known) and sorted(mine) == sorted(known)
    return "swaps two letters" if swapped else "differs by one letter"


def _of_names(mine: Name, known: Name, handle: Handle, *, common: bool) -> Iterator[Ground]:
    if not mine.telling:
        return
    if mine.spelling == known.spelling:
        yield Ground(35 if common else 75 if mine.channel else 50, "same display name")
        if mine.foreign and not known.foreign:
            yield Ground(50, "letters of another alphabet stand in it for the known ones")
    elif known.telling and (said := _edited(mine.spelling, known.spelling)):
        yield Ground(30, f"display name {said}")
    elif mine.spelling in handle.forms:
        yield Ground(40, "display name repeats the handle")


def bits_between(avatars: Sequence[str], avatar: str) -> int | None:
    """Return how far the nearest of some pictures is from another one, or None where none is alike."""
    known = hash_bytes(avatar)
    if known is None:
        return None
    there = int.from_bytes(known, "big")
    shown = [int.from_bytes(mine, "big") for mine in map(hash_bytes, avatars) if mine is not None]
    bits = min(((mine ^ there).bit_count() for mine in shown), default=None)
    return bits if bits is not None and bits <= PICTURE_BITS else None


def _of_picture(bits: int | None, *, common: bool) -> Iterator[Ground]:
    if bits is None:
        return
    weight = 100 if bits <= LIMIT else 80 if bits <= _ALIKE_BITS else 60
    yield Ground(min(weight, 50) if common else weight, f"picture at {bits} of 256 bits")


def _of_the_rest(
    profile: Profile, entry: Entry, handles: Sequence[Handle], names: tuple[Name, Name]
) -> Iterator[Ground]:
    """Give what makes another ground weigh more, and is none by itself."""
    known = read_handle(handle_of(entry.value))
    if entry.value in profile.linked:
        yield Ground(40, "its bio links to it")
    elif known.telling and any(read_handle(text).whole & known.whole for text in profile.pointed_at):
        yield Ground(40, "its bio names it")
    again = names[0].again or any(handle.again for handle in handles)
    if profile.replaces or (again and not (names[1].again or known.again)):
        yield Ground(25, "it says that it replaces another account")
    if any(handle.automatic for handle in handles):
        yield Ground(25, "its own handle says nothing")


def _strength(grounds: Sequence[Ground]) -> Strength | None:
    weight = sum(ground.weight for ground in grounds)
    if len(grounds) == 1:
        return Strength.STRONG if weight >= STRONG else None
    if weight >= STRONG:
        return Strength.STRONG
    return Strength.WEAK if weight >= WEAK else None


def _speaks_about(handles: Sequence[Handle], names: tuple[Name, Name], known: Handle) -> bool:
    """Tell whether a profile says that it is about somebody, in a word that the known account has not."""
    said = names[0].about.union(*(handle.about for handle in handles))
    return bool(said - names[1].about - known.about)
