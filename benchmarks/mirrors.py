"""The search for mirror accounts beside rapidfuzz over the whole list: the same finds, in the same run.

100,000 invented accounts are known. Each candidate imitates one of them, or none. rapidfuzz compares the
spellings of its handle and of its name with every known spelling (OSA distance, at most one edit), in its two
ways; ours asks its index, and compares the few that come out. Both start from spellings, so that what is
measured is the search. Ours is measured whole, too: from the profile to the sentence for a moderator.
"""

import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist, extract
from rich.console import Console
from rich.table import Table

from core.banks.known_accounts import KnownAccounts
from core.banks.likeness import Profile, handle_of
from core.banks.mirrors import mirrors
from core.banks.near import Near
from core.keeping import Change
from core.model import Bank, Entry, Signal
from core.text.names import handle_forms, name_spelling, read_handle, read_name

KNOWN: Final = 100_000
CANDIDATES: Final = 60
ROUNDS: Final = 5
AIM: Final = 50

_SYLLABLES: Final = (
    "ba",
    "be",
    "bi",
    "bo",
    "da",
    "de",
    "di",
    "do",
    "fa",
    "fe",
    "ka",
    "ke",
    "ki",
    "ko",
    "la",
    "le",
    "lo",
    "ma",
    "me",
    "mo",
    "na",
    "ne",
    "no",
    "pa",
    "pe",
    "ra",
    "re",
    "ro",
    "sa",
    "se",
    "shar",
    "zqo",
    "vel",
    "wiz",
    "yom",
    "tuv",
    "xan",
    "qar",
    "bul",
    "kef",
    "dre",
    "mish",
    "lor",
    "nim",
    "gar",
    "hol",
    "ter",
    "ven",
    "dul",
    "pos",
)
_KINDS: Final = ("news", "media", "voice", "press", "studio")


@dataclass(frozen=True, slots=True)
class Search:
    """The columns that both contenders search."""

    forms: Sequence[str]
    numbers: Sequence[int]
    near: Near

    @classmethod
    def over(cls, spellings: Sequence[tuple[int, str]]) -> "Search":
        """Build both."""
        near = Near()
        for start in range(0, len(spellings), 5000):
            near.add(spellings[start : start + 5000])
        return cls([text for _, text in spellings], [number for number, _ in spellings], near)

    def ours(self, asked: Sequence[str], of: "dict[int, list[str]]") -> set[int]:
        """Ask the index, and compare the few."""
        return {
            number
            for number in self.near.around(asked)
            if any(OSA.distance(a, b, score_cutoff=1) <= 1 for a in asked for b in of[number])
        }

    def by_cdist(self, asked: Sequence[str]) -> set[int]:
        """Compare with all of them at once."""
        distances = cdist(asked, self.forms, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8, workers=1)
        return {self.numbers[at] for at in np.flatnonzero((distances <= 1).any(axis=0)).tolist()}

    def by_extract(self, asked: Sequence[str]) -> set[int]:
        """Compare with one after the other."""
        found = (extract(one, self.forms, scorer=OSA.distance, score_cutoff=1, limit=None) for one in asked)
        return {self.numbers[at] for hits in found for _, _, at in hits}


def main() -> None:
    """Build, measure in turns, and print the tables."""
    console = Console()
    chance = random.Random(7)  # noqa: S311  # invented names, the same ones every time
    entries = [_account(chance) for _ in range(KNOWN)]
    known, built_s, per_account = _built(entries)
    profiles = [_profile(chance, entries) for _ in range(CANDIDATES)]
    handles = Search.over([(n, f) for n, e in enumerate(entries) for f in handle_forms(handle_of(e.value))])
    names = Search.over([(n, name_spelling(e.name)) for n, e in enumerate(entries)])
    asked = [(read_handle(p.handles[0]).forms, (read_name(p.name).spelling,)) for p in profiles]
    forms = _by_number(handles), _by_number(names)

    def ours() -> list[set[int]]:
        return [handles.ours(h, forms[0]) | names.ours(n, forms[1]) for h, n in asked]

    def by_cdist() -> list[set[int]]:
        return [handles.by_cdist(h) | names.by_cdist(n) for h, n in asked]

    def by_extract() -> list[set[int]]:
        return [handles.by_extract(h) | names.by_extract(n) for h, n in asked]

    def whole() -> list[set[int]]:
        return [set(_named(known, entries, profile)) for profile in profiles]

    contenders = {"rapidfuzz cdist": by_cdist, "rapidfuzz extract": by_extract, "nigehban, search": ours}
    contenders["nigehban, profile to sentence"] = whole
    figures = _measured(contenders, console)
    console.print(_table(figures))
    same = ours() == by_cdist() == by_extract()
    console.print(f"The same finds: {'yes' if same else 'NO'}. The aim is a ratio of {AIM} or more.")
    console.print(f"Built in {built_s:.1f} s; {per_account:.0f} bytes of memory for each known account.")


def _measured(
    contenders: dict[str, Callable[[], list[set[int]]]], console: Console
) -> dict[str, list[float]]:
    figures: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(1, ROUNDS + 1):
        for name, run in contenders.items():
            read_handle.cache_clear()
            read_name.cache_clear()
            start = time.process_time()
            run()
            figures[name].append((time.process_time() - start) / CANDIDATES * 1e6)
        console.print(f"round {number} of {ROUNDS} done", style="dim")
    return figures


def _table(figures: dict[str, list[float]]) -> Table:
    title = f"One candidate among {KNOWN:,} known accounts, CPU time, median of {ROUNDS} interleaved rounds"
    table = Table(title=title)
    for head in ("search", "µs per candidate", "min to max", "times as quick as the quicker rapidfuzz"):
        table.add_column(head, justify="left" if head == "search" else "right")
    peer = min(statistics.median(f) for name, f in figures.items() if name.startswith("rapidfuzz"))
    for name, found in figures.items():
        middle = statistics.median(found)
        spread = f"{min(found):,.0f} to {max(found):,.0f}"
        table.add_row(name, f"{middle:,.0f}", spread, f"{peer / middle:.1f}")
    return table


def _account(chance: random.Random) -> Entry:
    word = "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(3, 5)))
    kind = chance.choice(_KINDS)
    handle = chance.choice(
        (f"{word}{kind}", f"{word}_{kind}", f"{kind}_{word}", f"{word}{kind}{chance.randint(1, 99)}")
    )
    service = chance.choice(("telegram:user", "x:user", "facebook:page", "instagram:user"))
    avatar = f"{chance.getrandbits(256):064x}" if chance.random() < 0.5 else ""  # noqa: PLR2004  # half of them
    return Entry(
        kind="link", value=f"{service}/{handle}", name=f"{word.title()} {kind.title()}", avatar=avatar
    )


def _profile(chance: random.Random, entries: Sequence[Entry]) -> Profile:
    """Imitate a known account by one of the usual edits, or none."""
    of = chance.choice(entries)
    handle = handle_of(of.value)
    at = chance.randrange(1, len(handle) - 1)
    edited = (
        f"{handle}_backup",
        f"the_{handle}",
        handle[:at] + handle[at + 1] + handle[at] + handle[at + 2 :],
        handle[:at] + handle[at] + handle[at:],
        handle.replace("e", "3").replace("o", "0"),
        handle[:at] + handle[at + 1 :],
        handle_of(_account(chance).value),
    )
    name = chance.choice((of.name, of.name, _account(chance).name))
    return Profile(identifiers=(f"telegram:user/{chance.choice(edited)}",), name=name)


def _changes(entries: Sequence[Entry]) -> Iterator[Change]:
    for number, entry in enumerate(entries):
        yield Change(
            revision=number + 1,
            entry_id=number,
            kind="link",
            value=entry.value,
            matchable=True,
            name=entry.name,
            avatar=entry.avatar,
        )


def _built(entries: Sequence[Entry]) -> tuple[KnownAccounts, float, float]:
    """Build the index; returns it with its CPU seconds and its bytes for each account."""
    changes = list(_changes(entries))
    start = time.process_time()
    _filled(changes)
    seconds = time.process_time() - start
    tracemalloc.start()
    known = _filled(changes)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return known, seconds, held / len(entries)


def _filled(changes: Sequence[Change]) -> KnownAccounts:
    known = KnownAccounts()
    for begin in range(0, len(changes), 5000):
        known.apply(changes[begin : begin + 5000])
    return known


def _by_number(search: Search) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for number, form in zip(search.numbers, search.forms, strict=True):
        found.setdefault(number, []).append(form)
    return found


def _named(known: KnownAccounts, entries: Sequence[Entry], profile: Profile) -> Iterator[int]:
    shown = Signal(kind="profile", value=profile.name, part="author")
    around = [(Bank(name="known"), entries[number]) for number in known.around(profile)]
    yield from (id(match.entry) for match in mirrors(shown, profile, around))
