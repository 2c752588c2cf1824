"""Accounts that resemble known ones, as matches: a profile among signals, and the origin of a forward.

An account that is itself on a list is no mirror: that is a match of its own.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from core.banks.likeness import Likeness, Profile, bits_between, likeness
from core.banks.pictures import LIMIT
from core.model import Bank, Entry, Match, Signal, Strength
from core.text.names import read_name
from core.view import MIN_QUALITY

TOLD: Final = 3
"""Known accounts that one profile is told to resemble, the likest first."""

_MANY: Final = 5
"""Organisations whose accounts share a name or a picture: from so many on, it is nobody's own."""

_OWN: Final = frozenset({"author", "url"})
"""Parts whose identifiers are the profile's own: what its platform says, and the address it is found at."""


def profile_in(signals: Sequence[Signal]) -> tuple[Signal, Profile] | None:
    """Return the signal that shows a profile, and all that the others say of it; None where none is shown."""
    shown = next((signal for signal in signals if signal.kind == "profile"), None)
    if shown is None:
        return None
    own = [s.value for s in signals if s.kind in {"account", "link"} and s.part in _OWN]
    return shown, Profile(
        identifiers=tuple(dict.fromkeys(own)),
        name=shown.value,
        avatars=tuple(s.value for s in signals if s.kind == "pdq" and _within(s.part, "avatar") and _rich(s)),
        linked=frozenset(s.value for s in signals if s.kind == "link" and _within(s.part, "bio")),
        pointed_at=tuple(s.value for s in signals if s.kind == "handle"),
        replaces=any(s.kind == "claim" for s in signals),
    )


def _within(part: str, beginning: str) -> bool:
    return part == beginning or part.startswith((f"{beginning}.", f"{beginning}["))


def _rich(picture: Signal) -> bool:
    return picture.quality is None or picture.quality >= MIN_QUALITY


def mirrors(shown: Signal, profile: Profile, known: Iterable[tuple[Bank, Entry]]) -> tuple[Match, ...]:
    """Return the known accounts that a profile resembles, the likest first.

    Args:
        shown: The signal that shows the profile.
        profile: What is known of it.
        known: The entries that it may resemble, and those that its own identifiers met.
    """
    found = [(bank, entry) for bank, entry in known if entry.kind == "link"]
    if any(entry.value in profile.identifiers for _, entry in found):
        return ()
    shared = _shared(profile, [entry for _, entry in found])
    alike = [
        (likeness_, bank, entry)
        for bank, entry in found
        if (likeness_ := likeness(profile, entry, shared=shared)) is not None
    ]
    here = {identifier.partition(":")[0] for identifier in profile.identifiers}
    alike.sort(key=lambda one: (-one[0].strength.rank, -one[0].weight, _service(one[2]) not in here))
    told = list(dict.fromkeys(entry.value for _, _, entry in alike))[:TOLD]
    return tuple(_match(shown, bank, entry, one) for one, bank, entry in alike if entry.value in told)


def namesakes(origin: Signal, known: Iterable[tuple[Bank, Entry]]) -> tuple[Match, ...]:
    """Return the listed accounts whose display name is that of a forward's origin.

    That is a reason to look and no more, however distinct the name is: anybody can take it.
    """
    spelling = read_name(origin.value).spelling
    alike = [(bank, entry) for bank, entry in known if read_name(entry.name).spelling == spelling]
    if len({entry.entity for _, entry in alike if entry.entity}) >= _MANY:
        return ()
    told = list(dict.fromkeys(entry.value for _, entry in alike))[:TOLD]
    return tuple(
        Match(
            signal=origin,
            bank=bank,
            entry=entry,
            strength=Strength.WEAK,
            because=f"forwarded from the display name of {entry.value}; a name alone proves nothing",
        )
        for bank, entry in alike
        if entry.value in told
    )


def _service(entry: Entry) -> str:
    return entry.value.partition(":")[0]


def _shared(profile: Profile, entries: Sequence[Entry]) -> frozenset[str]:
    """Return what of the profile so many organisations have that it says little about any one."""
    spelling = read_name(profile.name).spelling
    named = {e.entity for e in entries if e.entity and e.name and read_name(e.name).spelling == spelling}
    pictured = {e.entity for e in entries if e.entity and _has_picture(e, profile)}
    return frozenset(
        what for what, entities in (("name", named), ("picture", pictured)) if len(entities) >= _MANY
    )


def _has_picture(entry: Entry, profile: Profile) -> bool:
    bits = bits_between(profile.avatars, entry.avatar)
    return bits is not None and bits <= LIMIT


def _match(shown: Signal, bank: Bank, entry: Entry, likeness_: Likeness) -> Match:
    grounds = ", ".join(ground.says for ground in likeness_.grounds)
    return Match(
        signal=shown,
        bank=bank,
        entry=entry,
        strength=likeness_.strength,
        distance=likeness_.distance,
        because=f"imitates {entry.value}: {grounds}",
    )
