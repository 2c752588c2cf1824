"""`nigehban entity`: official lists of designated organisations in, and who is on them."""

import argparse
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from rich.console import Console

from bots.commands.said import cell, line, plainly, reading, say, table
from bots.designations import designated, designation_lines
from core.entities.directory import Directory
from core.entities.reading import ListFile
from core.entities.recognised import Companion
from core.entities.renewal import Renewal, renew
from core.entity import Designation, Entity
from core.errors import BadInput
from core.keeping import Entities

IMPORT: Final = "nigehban.entity-import/1"
ENTITY: Final = "nigehban.entity/1"

SHOWN: Final = 20
"""Rejected rows, and names, that are spelled out for people; programs get all of them."""

OFAC: Final = "ofac_sdn"

_INDIVIDUAL: Final = "individual"


class EntityCommands:
    """The verbs of `nigehban entity`; each returns its exit code.

    Args:
        store: Where listings are kept.
        at: The present moment: what is gone from a list is gone since today.
    """

    def __init__(self, store: Entities, *, at: datetime) -> None:
        self._store = store
        self._at = at

    async def run(self, given: argparse.Namespace) -> int:
        """Do what the words of the command line say."""
        verbs = {"import": self._import, "list": self._list, "show": self._show}
        return await verbs[given.verb](given)

    async def _import(self, given: argparse.Namespace) -> int:
        renewed: dict[Path, Renewal] = {}
        beside: dict[Path, Companion] = {}
        for path in given.paths:
            file = ListFile(path)
            try:
                with reading(file, "{:,} organisations".format) as step:
                    renewed[path] = await renew(
                        file, self._store, at=self._at, told=given.list, whole=given.whole, progress=step
                    )
            except Companion as error:
                beside[path] = error
            else:
                _told(renewed[path], path, given)
        beside_ofac = {path.parent for path, one in renewed.items() if one.list_name == OFAC}
        for path, belongs in beside.items():
            if path.parent not in beside_ofac:
                raise belongs
            _told(Renewal(notes=(f"{path}: read with sdn.csv",)), path, given)
        return 0

    async def _list(self, given: argparse.Namespace) -> int:
        made = table("organisation", "designated by", "names")
        for one in (await self._directory()).entities:
            if given.format == "ndjson":
                line(_object(one))
            names = 1 + len(one.aliases) + len(one.weak_aliases)
            by = designated(one).removeprefix("designated by ") if one.designations else "nobody any more"
            made.add_row(cell(one.title), cell(by), f"{names}")
        if given.format == "text":
            if made.row_count:
                Console().print(made)
            else:
                say("No official list was taken in yet. Take one in: nigehban entity import FILE")
        return 0

    async def _show(self, given: argparse.Namespace) -> int:
        directory = await self._directory()
        found = directory.found(given.name)
        if not found:
            raise BadInput(f"no designated organisation is called {given.name!r}. See: nigehban entity list")
        if len(found) > 1:
            several = plainly("; ".join(one.title for one in found[:SHOWN]))
            more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            raise BadInput(
                f"{given.name!r} may be {len(found)} organisations: {several}{more}. Name one of them."
            )
        entity = found[0]
        entries = [row for row in await self._store.named() if directory.resolve(row[1]) == entity]
        banks: Counter[str] = Counter()
        for bank, _, count in entries:
            banks[bank] += count
        if given.format == "ndjson":
            line({**_object(entity), "entries": dict(banks)})
        else:
            _shown(entity, banks)
        return 0

    async def _directory(self) -> Directory:
        return Directory(await self._store.listings())


def _object(entity: Entity) -> dict[str, object]:
    """Write an organisation as `nigehban.entity/1`; keys are only ever added.

    `aliases` has every other name, `weak_aliases` those of them that the list calls weak.
    """
    return {
        "schema": ENTITY,
        "name": entity.name,
        "title": entity.title,
        "aliases": [*entity.aliases, *entity.weak_aliases],
        "weak_aliases": list(entity.weak_aliases),
        "designations": [_designation(one) for one in entity.designations],
        "former_designations": [_designation(one) for one in entity.former],
        "not_joined": list(entity.not_joined),
    }


def _designation(one: Designation) -> dict[str, object]:
    listing = one.listing
    line: dict[str, object] = {
        "list": listing.list_name,
        "reference": listing.reference,
        "listed_on": listing.listed_on,
        "name": listing.name,
    }
    more = {
        "un_reference": listing.un_reference,
        "programs": list(listing.programs),
        "authorities": list(listing.authorities),
        "url": listing.url,
        "withdrawn_on": listing.withdrawn_on,
        "joined": one.because,
    }
    return {**line, **{name: value for name, value in more.items() if value}}


def _shown(entity: Entity, banks: Mapping[str, int]) -> None:
    """Tell people everything about one organisation."""
    console = Console()
    console.print(cell(entity.title, "bold"))
    if entity.title != entity.name:
        console.print(cell(f"listed as {entity.name}"))
    for word, names in (("also", entity.aliases), ("weak names", entity.weak_aliases)):
        if names:
            more = f" and {len(names) - SHOWN} more (--format ndjson)" if len(names) > SHOWN else ""
            console.print(cell(f"{word}: {'; '.join(names[:SHOWN])}{more}"))
    for said, one in zip(designation_lines(entity), (*entity.designations, *entity.former), strict=True):
        console.print(cell(said))
        if one.because:
            console.print(cell(f"  joined: {one.because}", "dim"))
    for sentence in entity.not_joined:
        console.print(cell(sentence, "yellow"))
    named = ", ".join(f"{count:,} in {bank}" for bank, count in banks.items()) or "none"
    console.print(cell(f"entries that name it: {named}"))


def _told(renewal: Renewal, path: Path, given: argparse.Namespace) -> None:
    """Say what became of a list."""
    others = dict(renewal.passed_over)
    individuals = others.pop(_INDIVIDUAL, 0)
    counts = {"accepted": renewal.accepted, "duplicates": renewal.duplicates, "withdrawn": renewal.withdrawn}
    if given.format == "ndjson":
        rejected = [{"line": r.line, "text": r.text, "reason": r.reason} for r in renewal.rejected]
        told = {"schema": IMPORT, "file": str(path), "list": renewal.list_name, **counts}
        told |= {"not_withdrawn": renewal.kept, "individuals": individuals, "passed_over": others}
        line(
            {**told, "rejected": rejected, "ambiguous": list(renewal.ambiguous), "notes": list(renewal.notes)}
        )
        return
    passed = {kind: count for kind, count in {_INDIVIDUAL: individuals, **others}.items() if count}
    words = [f"{count:,} {word}" for word, count in counts.items()]
    words += [f"{kind} passed over: {count:,}" for kind, count in passed.items()]
    if renewal.list_name or passed:
        say(f"{path} ({renewal.list_name or 'no organisation'}): {', '.join(words)}")
    for note in renewal.notes:
        say(f"  {note}")
    if renewal.kept:
        say(
            f"  {renewal.kept:,} are missing and stay, because rows could not be read; --whole withdraws them"
        )
    _some(renewal.ambiguous, "such names")
    _some([f"line {r.line} rejected: {r.reason}: {r.text}" for r in renewal.rejected], "rejected")


def _some(lines: Sequence[str], what: str) -> None:
    for sentence in lines[:SHOWN]:
        say(f"  {sentence}")
    if len(lines) > SHOWN:
        say(f"  and {len(lines) - SHOWN:,} more {what}: --format ndjson names all of them")
