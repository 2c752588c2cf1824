"""`policy hits` tells what rules matched, for people and for programs."""

import argparse
import json
from datetime import UTC, timedelta
from typing import Any

import pytest

from bots.arguments import parser
from bots.commands.policy_hits import run
from core.errors import BadInput
from core.keeping import Hit
from tests import make
from tests.fake_brakes import MemoryHits


def hit(number: int, *, rule: str = "links", stage: str = "shadow", days: int = 0, does: str = "") -> Hit:
    """Give a hit so many days before noon."""
    return Hit(
        place="fake:room",
        policy="strict",
        rule=rule,
        stage=stage,
        message_id=f"fake:room:{number}",
        at=make.NOON - timedelta(days=days),
        url="" if number == 3 else f"https://chat.example/{number}",
        does=tuple(does.split()),
    )


HITS = (
    hit(1, does="report delete"),
    hit(2, days=1),
    hit(3, rule="files", stage="enforce", does="report"),
    hit(4, rule="files", stage="enforce", days=9),
)


def words(*given: str) -> argparse.Namespace:
    """Read the words of the command line."""
    return parser().parse_args(["policy", "hits", *given])


@pytest.fixture
async def hits() -> MemoryHits:
    """Two rules with two hits each, one of them long ago."""
    kept = MemoryHits()
    await kept.record(HITS)
    return kept


async def told(hits: MemoryHits, capsys: pytest.CaptureFixture[str], *given: str) -> str:
    """Run the command; returns what it printed."""
    assert await run(words(*given), hits, zone=UTC, at=make.NOON) == 0
    return capsys.readouterr().out


async def rows(hits: MemoryHits, capsys: pytest.CaptureFixture[str], *given: str) -> list[dict[str, Any]]:
    """Run the command for programs; returns its lines."""
    return [json.loads(one) for one in (await told(hits, capsys, *given, "--format", "ndjson")).splitlines()]


async def test_programs_get_a_line_for_each_rule(
    hits: MemoryHits, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the count of each day that has any; what is older than the days asked for is left out."""
    links, files = await rows(hits, capsys)

    assert links == {
        "schema": "nigehban.hits/1",
        "place": "fake:room",
        "policy": "strict",
        "rule": "links",
        "stage": "shadow",
        "messages": 2,
        "last": "2026-03-01T12:00:00+00:00",
        "days": {"2026-02-28": 1, "2026-03-01": 1},
    }
    assert (files["rule"], files["messages"]) == ("files", 1)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ((), [("links", 2), ("files", 1)]),
        (("--days", "10"), [("files", 2), ("links", 2)]),
        (("--days", "1"), [("files", 1), ("links", 1)]),
        (("--stage", "shadow"), [("links", 2)]),
        (("--place", "fake:other"), []),
        (("--place", "fake:room", "--stage", "enforce"), [("files", 1)]),
    ],
)
async def test_only_what_is_asked_for_is_counted(
    hits: MemoryHits,
    capsys: pytest.CaptureFixture[str],
    given: tuple[str, ...],
    expected: list[tuple[str, int]],
) -> None:
    """By days, place and stage; the busiest rule first, then by name."""
    assert [(row["rule"], row["messages"]) for row in await rows(hits, capsys, *given)] == expected


async def test_the_messages_of_a_rule_are_named(hits: MemoryHits, capsys: pytest.CaptureFixture[str]) -> None:
    """Newest first, with what it would have done; nothing of what was written."""
    first, second = await rows(hits, capsys, "--rule", "links")

    assert first == {
        "schema": "nigehban.hit/1",
        "place": "fake:room",
        "policy": "strict",
        "rule": "links",
        "stage": "shadow",
        "at": "2026-03-01T12:00:00+00:00",
        "message": "fake:room:1",
        "url": "https://chat.example/1",
        "does": ["report", "delete"],
    }
    assert (second["message"], second["does"]) == ("fake:room:2", [])


async def test_people_get_a_table_with_a_bar_for_each_day(
    hits: MemoryHits, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And with --rule the messages under it: by link, or by id where there is none."""
    monkeypatch.setenv("COLUMNS", "160")

    every = await told(hits, capsys)
    links = await told(hits, capsys, "--rule", "links")
    files = await told(hits, capsys, "--rule", "files")

    assert "·····██" in every
    assert "2026-03-01 12:00 UTC" in every
    assert "would: report, delete" in links
    assert "would: record" in links
    assert "https://chat.example/1" in links
    assert "would" not in files
    assert "fake:room:3" in files


async def test_more_messages_than_people_read_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """Fifty are named, and the rest is told how to get."""
    hits = MemoryHits()
    await hits.record([hit(number) for number in range(60)])

    assert "and 10 more (--format ndjson names up to 10,000)" in await told(hits, capsys, "--rule", "links")


@pytest.mark.parametrize("words", [("--rule", "lnks"), ("--place", "fake:nowhere"), ("--stage", "notify")])
async def test_who_asks_for_what_is_not_there_is_told_what_is(
    hits: MemoryHits, capsys: pytest.CaptureFixture[str], words: tuple[str, str]
) -> None:
    """A misspelt name must not look as if nothing had been matched."""
    said = await told(hits, capsys, *words)

    assert said.startswith("nothing of that in 7 days. What matched: ")
    assert "“links” (shadow) in fake:room" in said


async def test_nothing_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    """A new home has no hits, and programs get no line."""
    assert await told(MemoryHits(), capsys, "--days", "3") == "no rule matched anything in 3 days\n"
    assert await rows(MemoryHits(), capsys, "--rule", "links") == []


@pytest.mark.parametrize("days", ["0", "-1", "366"])
async def test_days_that_nobody_keeps_are_refused(days: str) -> None:
    """One line that says what is expected."""
    with pytest.raises(BadInput, match="expected 1 to 365"):
        await run(words(f"--days={days}"), MemoryHits(), zone=UTC, at=make.NOON)
