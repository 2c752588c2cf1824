"""`scan` and `signals`: the lines are a contract, the order is the input's, and nothing found is lost."""

import asyncio
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.console import Console

from bots.commands.lines import Lines
from bots.commands.looking import AT_ONCE, Pair, Printer, in_order, scan, signals
from bots.commands.tables import Tables
from bots.replay.files import LocalFiles
from bots.replay.inputs import sources
from core.errors import BadInput, CannotLook, TryLater
from core.judge import Judge
from core.model import (
    Action,
    ActionKind,
    Attachment,
    Bank,
    Entry,
    Gap,
    Match,
    Message,
    Signal,
    Strength,
    Verdict,
)
from core.ports import Files
from core.signals.links import Links

KNOWN = {
    "telegram:user/lantern_same": Strength.SAME,
    "telegram:user/lantern_weak": Strength.WEAK,
}


@dataclass(frozen=True)
class FakeBanks:
    """Knows the links of `KNOWN`; asked for `telegram:user/busy`, it is busy."""

    async def match(self, found: Sequence[Signal]) -> tuple[Match, ...]:
        """Match by equality."""
        if any(s.value == "telegram:user/busy" for s in found):
            raise TryLater("the database is busy", after=1.0)
        return tuple(
            Match(
                signal=s,
                bank=Bank(name="community"),
                entry=Entry(kind="link", value=s.value, ref="r1", label="group"),
                strength=KNOWN[s.value],
                because="the text links to it",
            )
            for s in found
            if s.value in KNOWN
        )


@dataclass(frozen=True)
class FakePolicy:
    """Reports every match."""

    def judge(self, message: Message, matches: Sequence[Match], gaps: Sequence[Gap]) -> Verdict:
        """Report, if there is anything."""
        actions = (Action(kind=ActionKind.REPORT),) if matches else ()
        return Verdict(policy="fake", matches=tuple(matches), gaps=tuple(gaps), actions=actions)


@dataclass(frozen=True)
class Opened:
    """A source that fetches every attachment and takes its length for a hash; an empty file takes longest."""

    name: str = "opened"

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
        """Fetch, yielding to others first as often as the file is short."""
        found: list[Signal | Gap] = []
        for part in message.parts:
            if isinstance(part, Attachment):
                try:
                    content = await files.fetch(part)
                except CannotLook as exc:
                    found.append(Gap(part=part.path, reason=str(exc)))
                    continue
                for _ in range(10 - len(content)):
                    await asyncio.sleep(0)
                found.append(Signal(kind="sha256", value=str(len(content)), part=part.path, quality=7))
        return found


def judge() -> Judge:
    """A judge over links and files."""
    return Judge(sources=(Links(), Opened()), banks=FakeBanks(), policy=FakePolicy())


async def run(command: str, paths: Sequence[Path], printer: Printer) -> int:
    """Run a command over paths."""
    what = scan if command == "scan" else signals
    return await what(paths, judge=judge(), files=LocalFiles(1000), printer=printer)


async def lines(command: str, *paths: Path, every: bool = False) -> tuple[int, list[dict[str, object]]]:
    """Run a command and read its lines."""
    out = io.StringIO()
    code = await run(command, paths, Lines(file=out, every=every))
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def written(path: Path, *texts: str) -> Path:
    """Write a list of messages m1, m2, … with these texts."""
    rows = [
        {"id": f"m{place}", "platform": "telegram", "text": text} for place, text in enumerate(texts, start=1)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


async def test_a_scan_line_holds_what_the_contract_names(tmp_path: Path) -> None:
    """Others rely on the keys; `message` was added."""
    path = written(tmp_path / "list.ndjson", "see t.me/lantern_same", "hello")

    code, found = await lines("scan", path)

    assert code == 1
    assert found == [
        {
            "schema": "nigehban.scan/1",
            "source": "list.ndjson",
            "item": "m1",
            "message": "telegram:list.ndjson/m1",
            "outcome": "review",
            "matches": [
                {
                    "signal": "link",
                    "value": "telegram:user/lantern_same",
                    "bank": "community",
                    "ref": "r1",
                    "label": "group",
                    "strength": "same",
                    "distance": None,
                    "part": "text",
                    "because": "the text links to it",
                }
            ],
            "gaps": [],
        }
    ]


async def test_a_signals_line_holds_what_the_contract_names(tmp_path: Path) -> None:
    """Every item has a line; quality and hidden only where they say something."""
    (tmp_path / "a.bin").write_bytes(b"12")
    (tmp_path / "b.bin").symlink_to("/nowhere")

    code, found = await lines("signals", tmp_path)

    assert code == 0
    assert found == [
        {
            "schema": "nigehban.signals/1",
            "source": tmp_path.name,
            "item": "a.bin",
            "signals": [{"kind": "sha256", "value": "2", "part": "attachment[0]", "quality": 7}],
            "gaps": [],
        },
        {
            "schema": "nigehban.signals/1",
            "source": tmp_path.name,
            "item": "b.bin",
            "signals": [],
            "gaps": [{"part": "attachment[0]", "reason": "the path leads out of its folder"}],
        },
    ]


@pytest.mark.parametrize(
    ("text", "code", "outcome"),
    [("hello", 0, "allow"), ("t.me/lantern_weak", 0, "review"), ("t.me/lantern_same", 1, "review")],
)
async def test_only_what_is_surely_the_same_counts_as_flagged(
    tmp_path: Path, text: str, code: int, outcome: str
) -> None:
    """A weak match is for the moderator's eyes: it is shown, and the exit code stays 0."""
    got, found = await lines("scan", written(tmp_path / "list.ndjson", text), every=True)

    assert (got, [line["outcome"] for line in found]) == (code, [outcome])


async def test_what_the_reader_could_not_read_is_never_allowed(tmp_path: Path) -> None:
    """A gap of the reader counts like one of a source."""
    path = tmp_path / "list.ndjson"
    path.write_text('{"id": "m1", "text": {}}\n')

    code, found = await lines("scan", path)

    assert (code, found[0]["outcome"]) == (0, "review")
    assert found[0]["gaps"] == [{"part": "text", "reason": "not readable: text expected, an object found"}]


async def test_items_are_printed_in_the_order_they_came(tmp_path: Path) -> None:
    """The ones that take longest come first here, and are still printed first."""
    for place in range(30):
        (tmp_path / f"{place:02}.bin").write_bytes(bytes(place % 9))

    _, found = await lines("signals", tmp_path)

    assert [line["item"] for line in found] == [f"{place:02}.bin" for place in range(30)]


@pytest.mark.parametrize(("most_bytes", "at_once"), [(1_000, AT_ONCE), (250, 3)])
async def test_never_more_than_a_few_items_are_in_hand(tmp_path: Path, most_bytes: int, at_once: int) -> None:
    """A large export is not read faster than it is looked at, and large files not together."""
    for place in range(40):
        (tmp_path / f"{place}.bin").write_bytes(bytes(100))
    items = ((source, reading) for source in sources([tmp_path]) for reading in source)
    in_hand, most = 0, 0
    shown: list[str] = []

    async def look(pair: Pair) -> str:
        nonlocal in_hand, most
        in_hand += 1
        most = max(most, in_hand)
        await asyncio.sleep(0)
        in_hand -= 1
        return pair[1].item

    await in_order(items, look, lambda _, item: shown.append(item), most_bytes=most_bytes)

    assert len(shown) == 40
    assert most == at_once


async def test_what_came_before_the_damage_is_printed(tmp_path: Path) -> None:
    """A list that breaks in its third line gives two lines, then the refusal."""
    path = written(tmp_path / "list.ndjson", "t.me/lantern_same", "hello")
    path.write_text(path.read_text() + "{broken")
    out = io.StringIO()

    with pytest.raises(BadInput, match=r"list\.ndjson: line 3: not JSON"):
        await run("scan", [path], Lines(file=out, every=True))

    assert [json.loads(line)["item"] for line in out.getvalue().splitlines()] == ["m1", "m2"]


async def test_trouble_with_the_database_stops_the_scan_with_its_own_error(tmp_path: Path) -> None:
    """Not as a group of exceptions, and not as silence."""
    path = written(tmp_path / "list.ndjson", "hello", "t.me/busy", *["hello"] * 20)

    with pytest.raises(TryLater, match="the database is busy"):
        await lines("scan", path)


async def test_people_get_a_table_and_a_closing_line(tmp_path: Path) -> None:
    """Matches as rows, gaps counted by reason, controls of a terminal taken out."""
    (tmp_path / "data").mkdir()
    written(tmp_path / "list.ndjson", "t.me/lantern_same and t.me/lantern_weak", "hello")
    for name in ("a", "b\x1b[31m"):
        (tmp_path / "data" / name).symlink_to("/nowhere")
    out = io.StringIO()
    printer = Tables(console=Console(file=out, width=140))

    code = await run("scan", [tmp_path / "list.ndjson", tmp_path / "data"], printer)

    shown = out.getvalue()
    assert code == 1
    assert "m1   │ review" in shown
    assert "│ same │ the text links to it" in shown
    assert "│ weak │ the text links to it" in shown
    assert shown.count("│ link in text · list community r1 “group”") == 2
    assert "m2" not in shown
    assert "Not looked at, 2 times: the path leads out of its folder" in shown
    assert shown.splitlines()[-1] == "4 items looked at, 1 flagged."


async def test_reasons_that_differ_in_numbers_are_counted_as_one(tmp_path: Path) -> None:
    """A hundred videos over the limit are one line, with an example."""
    for name, megabytes in (("a", 3), ("b", 2), ("c", 2)):
        (tmp_path / name).write_bytes(bytes(megabytes * 1_000_000))
    out = io.StringIO()

    await run("signals", [tmp_path], Tables(console=Console(file=out, width=120)))

    assert "Not looked at, 3 times: 3 MB (over the 0 MB limit), and the like" in out.getvalue()


async def test_people_see_signals_as_a_table_too(tmp_path: Path) -> None:
    """Each with its part."""
    out = io.StringIO()
    path = written(tmp_path / "list.ndjson", "t.me/lantern_same", "hello")

    await run("signals", [path], Tables(console=Console(file=out, width=120)))

    assert "m1   │ link │ telegram:user/lantern_same │ text" in out.getvalue()
    assert out.getvalue().splitlines()[-1] == "2 items looked at, 1 with signals."
