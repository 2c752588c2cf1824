"""`nigehban policy history|restore`: which policies were in force where, and putting one in force again.

A running bot follows within a second, and tells the rooms.
"""

import argparse
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Final

from rich.console import Console

from bots.commands.said import line, plainly, say, table
from bots.policies.news import changes
from bots.policies.record import PAST
from bots.wording import moment
from core.errors import BadInput
from core.keeping import EVERYWHERE, PolicyStore, Version
from core.policy.loader import policy_of
from core.policy.policy import Policy

HOW: Final = "restored from the command line"
_SPELT_WITH: Final = "\n\t\u200c\u200d"
"""Beside letters: ends of lines, tabs, and the joiners of Urdu and Persian."""

_EVERYWHERE: Final = "everywhere"


async def history(given: argparse.Namespace, store: PolicyStore, zone: tzinfo, _at: datetime) -> int:
    """Print the versions of a place, newest first, or the text of one.

    Raises:
        BadInput: There is no such version.
    """
    if given.show is not None:
        for name, text in (await _known(given.show, store)).files:
            say(f"# {name}")
            sys.stdout.write(_as_written(text.removesuffix("\n")) + "\n")
        return 0
    places = [given.place] if given.place else [one.place for one in await store.in_force()]
    kept = [await store.history(place, limit=given.most + 1) for place in places]
    versions = [one for of_place in kept for one in of_place[: given.most]]
    if given.format == "ndjson":
        for one in versions:
            line({"schema": "nigehban.policyversion/1", **_values(one)})
    elif versions:
        house = await store.history(EVERYWHERE, limit=PAST)
        _show(versions, [*house, *(one for of_place in kept for one in of_place)], zone)
    elif given.place:
        say(f"{given.place} never had a policy of its own; without --place, all are listed")
    else:
        say("no policy was in force yet: it begins with the first nigehban run")
    return 0


async def restore(given: argparse.Namespace, store: PolicyStore, _zone: tzinfo, at: datetime) -> int:
    """Put a version in force again.

    Raises:
        BadInput: There is no such version, or it cannot be read any more.
    """
    version = await _known(given.number, store)
    house = next((one.files for one in await store.in_force() if one.place == EVERYWHERE), ())
    if version.files:
        policy_of(version.files, house=() if version.place == EVERYWHERE else house)
    put = await store.put(replace(version, by="", how=HOW, at=at, live=True, origin=None))
    where = put.place or _EVERYWHERE
    say(f"✔ {plainly(put.name)} of version {version.number} is in force {where}, as version {put.number}")
    return 0


KEPT: Final[Mapping[str, Callable[[argparse.Namespace, PolicyStore, tzinfo, datetime], Awaitable[int]]]] = {
    "history": history,
    "restore": restore,
}
"""The verbs on what is kept; each takes the words, the store, the zone of times and the present moment."""


def _as_written(text: str) -> str:
    """Return a file as it can be written again: only what steers a terminal goes."""
    return "".join(c for c in text if c.isprintable() or c in _SPELT_WITH)


async def _known(number: int, store: PolicyStore) -> Version:
    if version := await store.version(number):
        return version
    raise BadInput(f"there is no version {number}. nigehban policy history lists them.")


def _values(one: Version) -> dict[str, object]:
    return {
        "version": one.number,
        "place": one.place or None,
        "policy": one.name,
        "files": [name for name, _ in one.files],
        "by": one.by,
        "how": one.how,
        "at": one.at.isoformat(),
    }


def _show(versions: Sequence[Version], known: Sequence[Version], zone: tzinfo) -> None:
    shown = table("version", "place", "policy", "since", "how", "what changed")
    shown.columns[1].no_wrap = True  # an id in two pieces cannot be copied
    for one in versions:
        shown.add_row(
            str(one.number),
            plainly(one.place or _EVERYWHERE),
            plainly(one.name if one.files else "(given back)"),
            moment(one.at, zone),
            plainly(f"{one.how} by {one.by}" if one.by else one.how),
            plainly(" ".join(_changes(one, known))),
        )
    Console(markup=False).print(shown)


def _changes(one: Version, known: Sequence[Version]) -> Iterator[str]:
    """Yield what a version changed, after the place's version before it, else after the house's."""
    house = _latest(one, known, EVERYWHERE)
    before = _latest(one, known, one.place) or house
    old, new = _read(before, house), _read(one, house)
    if old and new:
        yield from changes(old, new)


def _latest(one: Version, known: Sequence[Version], place: str) -> Version | None:
    """Return the latest version of a place before another version."""
    earlier = (before for before in known if before.place == place and before.number < one.number)
    return max(earlier, key=lambda before: before.number, default=None)


def _read(version: Version | None, house: Version | None) -> Policy | None:
    """Return the policy of a version, the house's where it gave a place back; None if it cannot be read."""
    everywhere = house.files if house else ()
    files = version.files if version and version.files else everywhere
    try:
        return policy_of(files, house=everywhere if version and version.place else ()) if files else None
    except BadInput:
        return None
