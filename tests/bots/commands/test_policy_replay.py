"""`policy explain`, `diff` and `backtest` tell what follows, from the same looking as a scan."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bots.commands.policy_backtest import Counting
from bots.commands.policy_replay import replayed
from bots.replay.files import LocalFiles
from core.errors import BadInput
from core.judge import Judge
from core.model import Match, Signal, Trust
from core.policy.loader import bundled, load_policy
from core.policy.policy import Policy
from core.signals.links import Links
from tests import make

POSTS = (
    {"id": "1", "text": "t.me/bluelantern", "date": "2026-03-01T09:00:00Z"},
    {"id": "2", "text": "hello", "date": "2026-03-01T10:00:00Z"},
    {"id": "3", "text": "see t.me/bluelantern", "date": "2026-01-01T09:00:00Z"},
)


@dataclass(frozen=True)
class FakeBanks:
    """Knows one link, from a list that may act."""

    async def match(self, signals: Sequence[Signal]) -> tuple[Match, ...]:
        """Match by equality."""
        known = "telegram:user/bluelantern"
        return tuple(make.match(known, trust=Trust.ACT) for s in signals if s.value == known)


def shipped(name: str) -> Policy:
    """Load a policy that ships."""
    return load_policy(bundled(name))


async def run(
    capsys: pytest.CaptureFixture[str], verb: str, path: Path | None, **words: object
) -> tuple[int, list[dict[str, Any]], str]:
    """Run a verb on a file; returns its code, its lines read as NDJSON, and what it printed."""
    given = argparse.Namespace(verb=verb, paths=[path] if path else [], format="ndjson", text=None, all=False)
    for name, word in words.items():
        setattr(given, name, word)
    chosen = shipped(str(words.get("policy", "strict")))
    judge = Judge(sources=(Links(),), banks=FakeBanks(), policy=chosen)
    code = await replayed(given, judge, LocalFiles(1000), chosen, shipped, at=make.NOON)
    out = capsys.readouterr().out
    return code, [json.loads(row) for row in out.splitlines()] if given.format == "ndjson" else [], out


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """Three messages, two of them with a known link."""
    path = tmp_path / "posts.ndjson"
    path.write_text("".join(json.dumps(post) + "\n" for post in POSTS), encoding="utf-8")
    return path


async def test_a_message_that_was_only_written_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """Every rule with its ground, what was found and in which form, and what a grade less would change."""
    code, rows, _ = await run(capsys, "explain", None, text="t (dot) me/bluelantern")

    (row,) = rows
    assert code == 1
    assert row["does"] == ["report", "delete"]
    assert row["found"][0]["value"] == "telegram:user/bluelantern"
    assert [(rule["rule"], rule["held"]) for rule in row["rules"]] == [
        ("surely listed", True),
        ("known material", True),
    ]
    assert row["notches"] == []


async def test_what_nothing_was_found_in_is_explained_where_asked_for(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An export of a large group tells its finds and counts the rest."""
    _, some, _ = await run(capsys, "explain", posts)
    _, every, _ = await run(capsys, "explain", posts, all=True)
    _, _, told = await run(capsys, "explain", posts, format="text")

    assert (len(some), len(every)) == (2, 3)
    assert "nothing was found in 1 of 3 items" in told
    assert "✔ surely listed (enforce)" in told


async def test_nothing_to_explain_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """The remedy is named."""
    with pytest.raises(BadInput, match="--text"):
        await run(capsys, "explain", None)


async def test_a_diff_names_the_items_that_would_be_decided_differently(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two finds would also be deleted; a policy against itself changes nothing."""
    code, rows, _ = await run(capsys, "diff", posts, policy="default", other="strict")
    same, none, _ = await run(capsys, "diff", posts, policy="strict", other="strict")
    _, _, told = await run(capsys, "diff", posts, policy="default", other="strict", format="text")

    assert [(row["item"], row["before"], row["after"]) for row in rows] == [
        ("1", ["report"], ["report", "delete"]),
        ("3", ["report"], ["report", "delete"]),
    ]
    assert (code, same, none) == (1, 0, [])
    assert "2 of 3 items would be decided differently" in told


@pytest.mark.parametrize(("days", "items", "hits"), [(None, 3, 2), (30, 2, 1), (0, 1, 0), (400, 3, 2)])
async def test_a_backtest_counts_by_rule_action_place_and_hour(
    posts: Path, capsys: pytest.CaptureFixture[str], days: int | None, items: int, hits: int
) -> None:
    """Days are counted back from the newest message, whether it was hit or not."""
    code, rows, _ = await run(capsys, "backtest", posts, days=days)

    (row,) = rows
    assert (row["items"], row["hits"], code) == (items, hits, int(hits > 0))
    assert row["actions"] == ({"report": hits, "delete": hits} if hits else {})
    assert row["places"] == ({"posts.ndjson": hits} if hits else {})
    assert row["hours"]["9"] == hits


async def test_people_see_a_plot_of_the_hours(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The busiest hour has the longest bar, and the last line says how many."""
    _, _, told = await run(capsys, "backtest", posts, days=None, format="text")

    assert f"  09  {'█' * 40} 2\n" in told
    assert told.splitlines()[-1] == "would have hit 2 of 3 items"


def test_a_rule_in_shadow_is_counted_apart(capsys: pytest.CaptureFixture[str]) -> None:
    """What it would have done is a hit, and no action."""
    counting = Counting(programs=True)
    verdict = make.verdict(make.match())
    shadow = "rule links, in shadow, would: delete"
    message = make.message(at=make.NOON + timedelta(hours=1))

    counting.verdict("a", "1", message, type(verdict)(policy="p", notes=(shadow, "other")))
    counting.end()

    row = json.loads(capsys.readouterr().out)
    assert (row["hits"], row["shadow"], row["rules"], row["actions"]) == (1, {shadow: 1}, {}, {})
