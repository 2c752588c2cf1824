"""Reading texts and looking identifiers up, beside what the client library's own parsing costs.

The same messages, English, Urdu and Arabic mixed, 20 to 4,000 characters, are parsed by python-telegram-bot's
`Update.de_json` and read by us: normalised, every link and handle taken through all disguises, the accounts
and the text itself taken, and all of it looked up among a thousand and among a million known identifiers.
"""

import random
import statistics
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from rich.console import Console
from rich.table import Table
from telegram import Update

from benchmarks.memory import resident
from benchmarks.rounds import interleaved
from benchmarks.updates import lengthy
from bots.telegram.messages import messages_of
from core.banks.index import Index
from core.identifiers.candidates import candidates
from core.identifiers.found import found_in
from core.identifiers.readings import disguised_readings, may_hold_address, plain_reading
from core.keeping import Change
from core.model import Attachment, Gap, Message, Signal, Text
from core.ports import SignalSource
from core.signals.accounts import Accounts
from core.signals.links import Links
from core.signals.texts import Texts

COUNT: Final = 3_000
ROUNDS: Final = 7
FEW, MANY = 1_000, 1_000_000
AIM: Final = 0.25
GROWTH: Final = 1.1
BYTES: Final = 200

_KINDS: Final = (
    "telegram:user/listed_",
    "telegram:invite/AAAAAE",
    "x:user/l",
    "facebook:page/listed.",
    "telegram:chat/",
)
_NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
_SOURCES: Final[tuple[SignalSource, ...]] = (Links(), Accounts(), Texts())


class _NoFiles:
    """Text messages have no files."""

    async def fetch(self, attachment: Attachment) -> bytes:
        """Refuse."""
        raise LookupError(attachment.path)


_NO_FILES: Final = _NoFiles()


def main() -> None:
    """Measure and print."""
    console = Console()
    raw = lengthy(COUNT)
    messages = [message for update in raw for message in messages_of(update)]
    few, _ = _index(FEW)
    many, bytes_each = _index(MANY)
    contenders: Mapping[str, Callable[[], None]] = {
        "python-telegram-bot, Update.de_json": lambda: _parse(raw),
        f"nigehban, {FEW:,} identifiers": lambda: _read(messages, few),
        f"nigehban, {MANY:,} identifiers": lambda: _read(messages, many),
    }
    spent = interleaved(contenders, rounds=ROUNDS)
    floor, small, large = (statistics.median(found) for found in spent.values())
    table = Table(title=f"{COUNT:,} messages, CPU time, median of {ROUNDS} interleaved rounds")
    for head in ("who", "µs per message", "min to max", "ratio"):
        table.add_column(head, justify="left" if head == "who" else "right")
    for name, found in spent.items():
        each = [micros / COUNT * 1e6 for micros in (statistics.median(found), min(found), max(found))]
        ratio = statistics.median(found) / floor
        table.add_row(name, f"{each[0]:.1f}", f"{each[1]:.1f} to {each[2]:.1f}", f"{ratio:.2f}")
    console.print(table)
    console.print(f"{large / floor:.2f} of the parsing (aim: {AIM:g} or less)")
    console.print(f"{large / small:.2f} times the cost at {FEW:,} identifiers (aim: {GROWTH:g} or less)")
    console.print(f"{bytes_each:.0f} bytes of memory for an identifier (aim: {BYTES} or less)")
    console.print(_stages(messages, many))


def _stages(messages: Sequence[Message], index: Index) -> Table:
    """Show where our time goes, each stage alone."""
    texts = [part.text for message in messages for part in message.parts if isinstance(part, Text)]
    signals = [list(_signals(message, _SOURCES)) for message in messages]
    stages: Mapping[str, Callable[[], None]] = {
        "quick look whether there is any address": lambda: _each(texts, may_hold_address),
        "plain reading": lambda: _each(texts, plain_reading),
        "candidates in it": lambda: _each(texts, candidates),
        "signs of other disguises": lambda: _each(
            texts, lambda text: disguised_readings(text, plain_reading(text))
        ),
        "all identifiers of the text": lambda: _each(texts, lambda text: found_in(text, "telegram")),
        **{f"signals: {source.name}": partial(_all_signals, messages, source) for source in _SOURCES},
        "lookup of all of them": lambda: _each(
            signals, lambda found: [index.hits(one, now=_NOW) for one in found]
        ),
    }
    table = Table(title="Where the time goes, each stage alone on every text; signals hold those above")
    table.add_column("stage", no_wrap=True)
    table.add_column("µs per message", justify="right")
    for name, spent in interleaved(stages, rounds=ROUNDS).items():
        table.add_row(name, f"{statistics.median(spent) / COUNT * 1e6:.1f}")
    return table


def _each(values: Iterable[Any], run: Callable[[Any], Iterable[object] | object]) -> None:
    for value in values:
        found = run(value)
        if isinstance(found, Iterable):
            for _ in found:
                pass


def _all_signals(messages: Sequence[Message], source: SignalSource) -> None:
    _each(messages, lambda message: _signals(message, (source,)))


def _parse(raw: Sequence[dict[str, Any]]) -> None:
    for update in raw:
        Update.de_json(update, None)


def _read(messages: Sequence[Message], index: Index) -> None:
    for message in messages:
        for signal in _signals(message, _SOURCES):
            index.hits(signal, now=_NOW)


def _signals(message: Message, sources: Sequence[SignalSource]) -> Iterator[Signal]:
    for source in sources:
        for found in _now(source.signals(message, _NO_FILES)):
            if isinstance(found, Signal):
                yield found


def _now(waiting: Coroutine[Any, Any, Iterable[Signal | Gap]]) -> Iterable[Signal | Gap]:
    """Run what waits for nothing."""
    try:
        waiting.send(None)
    except StopIteration as done:
        found: Iterable[Signal | Gap] = done.value
        return found
    raise RuntimeError("a source of text signals waited for something")


def _index(count: int) -> tuple[Index, float]:
    """Make an index of that many identifiers; returns it with the bytes of memory for each."""
    before = resident()
    index = Index()
    for start in range(0, count, 5_000):
        index.apply(
            [
                Change(
                    revision=number + 1,
                    entry_id=number + 1,
                    kind="link",
                    value=_identifier(number),
                    matchable=True,
                )
                for number in range(start, min(start + 5_000, count))
            ]
        )
    return index, (resident() - before) / count


def _identifier(number: int) -> str:
    """Make an identifier: three in five are accounts that could be imitated, the others codes and numbers."""
    code = random.Random(number).randrange(10**11)  # noqa: S311  # repeatable, not secret
    kind = _KINDS[number % len(_KINDS)]
    return f"{kind}{code}"
