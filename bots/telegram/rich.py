"""Rich text: nested runs of formatting, flattened to what the eye reads, with the links it carries.

A word can be cut by formatting anywhere (`t.me/ex` + bold `ample`), so the runs of one text are joined
before anything is looked for. Links, and accounts that are mentioned without their name, ride along.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bots.telegram.identity import account_of
from bots.telegram.raw import Raw, record, text
from core.model import Account, Link, Mention, Part, Text

_READABLE = ("text", "alternative_text", "expression")


@dataclass(slots=True)
class _Flat:
    """What was read so far of one rich text."""

    runs: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)

    def read(self, value: object) -> None:
        """Read a string, a list of runs, or one formatted run."""
        if isinstance(value, str):
            self.runs.append(text(value))
        elif isinstance(value, list):
            for run in value:
                self.read(run)
        elif isinstance(value, dict):
            self._read_run(value)

    def _read_run(self, run: Raw) -> None:
        for key in _READABLE:
            self.read(run.get(key))
        if url := text(run.get("url")):
            self.urls.append(url)
        if who := record(run.get("user")):
            self.accounts.append(account_of(who))


def rich_parts(value: object, path: str) -> Iterator[Part]:
    """Yield the parts of one rich text, all with the same path prefix."""
    flat = _Flat()
    flat.read(value)
    whole = "".join(flat.runs)
    if whole.strip():
        yield Text(text=whole, path=path)
    for place, url in enumerate(flat.urls):
        yield Link(url=url, path=f"{path}.url[{place}]", hidden=url not in whole)
    for place, who in enumerate(flat.accounts):
        yield Mention(account=who, path=f"{path}.mention[{place}]", hidden=True)
