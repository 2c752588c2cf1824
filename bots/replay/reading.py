"""What a reader makes of one item of an input, and the inputs as a row of sources."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import BadInput
from core.model import Gap, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One item: the message it stands for, and what of it could not be read.

    Attributes:
        item: A message id, a path, or the `id` of a line.
        taken_bytes: How far the reader has come in its source, for a progress bar.
    """

    item: str
    message: Message
    gaps: tuple[Gap, ...] = ()
    taken_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One export, list or set of files.

    Attributes:
        name: What output lines call it: the name of the path that was given, and what follows below it.
        shown: What refusals call it: as the person wrote it.
        read: Reads its items in order.
    """

    name: str
    shown: str
    size_bytes: int
    read: Callable[[], Iterator[Reading]]

    def __iter__(self) -> Iterator[Reading]:
        """Read the items; raises BadInput where it cannot go on."""
        try:
            yield from self.read()
        except OSError as exc:
            why = (exc.strerror or "unreadable").lower()
            raise BadInput(f"cannot read {self.shown}: {why}. Check the file and its permissions.") from exc


def opening(path: Path) -> str:
    """Return how a file goes on after the brace of a JSON object; "" if it does not begin with one."""
    try:
        with path.open("rb") as file:
            head = file.read(4096).decode("utf-8-sig", "replace").lstrip()
    except OSError:
        # Whoever reads it in earnest says why it cannot be read.
        return ""
    return head[1:].lstrip() if head.startswith("{") else ""
