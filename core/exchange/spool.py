"""What an exchange gave, laid aside on the disk before anything of it is stored: one update a line.

So an update can be counted and held as a whole, however large it is, and taken in later without asking its
server again. The file is for its owner only: it holds what a list holds.
"""

import json
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Final, TextIO

from core.errors import BadInput, StoreError
from core.model import Entry, EntryState, Sharing
from core.ports import Accepted, Rejected, Update, Withdrawn

_TIMES: Final = frozenset({"added_at", "first_seen", "last_seen", "expires_at"})
_DEFAULTS: Final = Entry(kind="", value="")
_NAMES: Final = tuple(field.name for field in fields(Entry))


class Spool:
    """The port `Exchange` over what was laid aside; its checkpoints are those of the exchange it came from.

    Args:
        path: The file.
        name: What entries name as their source.
    """

    def __init__(self, path: Path, *, name: str) -> None:
        self.name = name
        self.path = path

    async def fetch(self, since: str | None) -> AsyncIterator[Update]:  # noqa: ARG002 - it holds what came after it
        """Iterate over everything that was laid aside.

        Raises:
            BadInput: The file is not what was written.
        """
        try:
            with self.path.open(encoding="utf-8") as file:
                next(file, "")
                for line in file:
                    yield _update(line)
        except (OSError, ValueError, KeyError, TypeError) as exc:
            raise BadInput(f"what waits for {self.name} cannot be read. Fetch it again") from exc

    def note(self) -> dict[str, object]:
        """Return what was noted with the updates.

        Raises:
            BadInput: The file is not what was written.
        """
        try:
            with self.path.open(encoding="utf-8") as file:
                found = json.loads(file.readline())
        except (OSError, ValueError) as exc:
            raise BadInput(f"what waits for {self.name} cannot be read. Fetch it again") from exc
        return dict(found)


class Writer:
    """Lays updates aside."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, update: Update) -> None:
        """Lay one update aside."""
        if isinstance(update, Rejected):
            line: list[object] = ["!", update.checkpoint, update.line, update.text, update.reason]
        else:
            mark = "+" if isinstance(update, Accepted) else "-"
            line = [mark, update.checkpoint, [_packed(entry) for entry in update.entries]]
        self._file.write(json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n")


@contextmanager
def laid_aside(path: Path, note: Mapping[str, object]) -> Iterator[Writer]:
    """Lend a writer of a new file, with a note in front.

    Raises:
        StoreError: It cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(json.dumps(note) + "\n")
            yield Writer(file)
    except OSError as exc:
        raise StoreError(
            f"{path}: it cannot be written ({exc.strerror}). Free some space, or mend the folder."
        ) from exc


def _packed(entry: Entry) -> dict[str, object]:
    packed = {name: getattr(entry, name) for name in _NAMES}
    said = {name: value for name, value in packed.items() if value != getattr(_DEFAULTS, name)}
    return {name: v.isoformat() if isinstance(v, datetime) else v for name, v in said.items()}


def _update(line: str) -> Update:
    mark, checkpoint, *rest = json.loads(line)
    if mark == "!":
        number, text, reason = rest
        return Rejected(line=number, text=text, reason=reason, checkpoint=checkpoint)
    entries = tuple(_entry(packed) for packed in rest[0])
    if mark == "-":
        return Withdrawn(entries=entries, checkpoint=checkpoint)
    return Accepted(entries=entries, checkpoint=checkpoint)


def _entry(packed: dict[str, object]) -> Entry:
    for name in _TIMES & packed.keys():
        packed[name] = datetime.fromisoformat(str(packed[name]))
    if "state" in packed:
        packed["state"] = EntryState(str(packed["state"]))
    if "sharing" in packed:
        packed["sharing"] = Sharing(str(packed["sharing"]))
    if "extra" in packed:
        packed["extra"] = tuple((name, value) for name, value in packed["extra"])  # type: ignore[attr-defined]  # as it was written
    return Entry(**packed)  # type: ignore[arg-type]  # each name has its field's type
