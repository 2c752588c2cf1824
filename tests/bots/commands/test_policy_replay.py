"""`policy explain`, `diff` and `backtest` tell what follows, from the same looking as a scan."""

import argparse
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest

from bots.arguments import parser
from bots.commands.policy_backtest import NOTHING as STORES_NOTHING
from bots.commands.policy_replay import InOrder, replayed
from bots.replay.files import LocalFiles
from core.case import Choice, Decision, decided
from core.errors import BadInput
from core.history import History, Past
from core.judge import Judge
from core.model import Action, ActionKind, Match, Signal, Trust
from core.policy.conditions import MatchFound
from core.policy.loader import bundled, load_policy
from core.policy.policy import Policy, Rule, Steps
from core.signals.links import Links
from tests import make
from tests.fake_banks import MemoryBanks
from tests.fake_prints import MemoryPrints
from tests.fakes import MemoryStore

POSTS = (
    {"id": "1", "text": "t.me/bluelantern", "date": "2026-03-01T09:00:00Z"},
    {"id": "2", "text": "hello", "date": "2026-03-01T10:00:00Z"},
    {"id": "3", "text": "see t.me/bluelantern", "date": "2026-01-01T09:00:00Z"},
)


NOTHING: dict[str, object] = {"text": None, "case": None, "all": False, "days": None, "place": None}
"""The words of a command line that says nothing more."""

"""Keys of what stands inside an explanation."""

LADDER = Policy(
    name="ladder",
    rules=(
        Rule(
            name="links",
            when=MatchFound(),
            do=(Action(kind=ActionKind.REPORT),),
            ladder=Steps(within_s=30 * 86400, second=(Action(kind=ActionKind.DELETE),)),
        ),
    ),
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
    capsys: pytest.CaptureFixture[str],
    verb: str,
    path: Path | None,
    store: MemoryStore | None = None,
    **words: object,
) -> tuple[int, list[dict[str, Any]], str]:
    """Run a verb on a file; returns its code, its lines read as NDJSON, and what it printed."""
    given = argparse.Namespace(verb=verb, paths=[path] if path else [], format="ndjson", **NOTHING)
    for name, word in words.items():
        setattr(given, name, word)
    named = words.get("policy", "strict")
    chosen = named if isinstance(named, Policy) else shipped(str(named))
    judge = Judge(sources=(Links(),), banks=FakeBanks(), policy=chosen)
    history = History(
        cases=store or MemoryStore(),
        prints=MemoryPrints(),
        banks=FakeBanks(),
        lists=MemoryBanks(),
        salted=lambda one: one,
    )
    code = await replayed(
        given, judge, LocalFiles(1000), chosen, shipped, history=history, at=make.NOON, zone=UTC
    )
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
    """Two finds would also be deleted, the older one first; a policy against itself changes nothing."""
    code, rows, _ = await run(capsys, "diff", posts, policy="default", other="strict")
    same, none, _ = await run(capsys, "diff", posts, policy="strict", other="strict")
    _, _, told = await run(capsys, "diff", posts, policy="default", other="strict", format="text")

    assert [(row["item"], row["before"], row["after"]) for row in rows] == [
        ("3", ["report"], ["report", "delete"]),
        ("1", ["report"], ["report", "delete"]),
    ]
    assert (code, same, none) == (1, 0, [])
    assert "2 of 3 items would be decided differently" in told


async def test_a_diff_over_several_exports_names_the_export_of_each_item(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Message 1 of which of them? With one export, its number says it alone."""
    both = [posts, posts.with_name("other.ndjson")]
    os.link(*both)

    _, _, told = await run(capsys, "diff", None, policy="default", other="strict", format="text", paths=both)
    _, _, alone = await run(capsys, "diff", posts, policy="default", other="strict", format="text")

    assert {row.partition(":")[0] for row in told.splitlines() if "known" in row} == {
        "posts.ndjson 1",
        "posts.ndjson 3",
        "other.ndjson 1",
        "other.ndjson 3",
    }
    assert alone.startswith("3: ")


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


def authored(*posts: tuple[int, str]) -> str:
    """Give lines of an export: each a day and who posted a known link on it."""
    return "".join(
        json.dumps(
            {
                "id": str(n),
                "text": "t.me/bluelantern",
                "date": f"2026-02-{day:02}T09:00:00Z",
                "handle": f"user{who}",
            }
        )
        + "\n"
        for n, (day, who) in enumerate(posts, 1)
    )


@pytest.mark.parametrize("newest_first", [False, True])
async def test_ladders_climb_over_an_export_in_order_of_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, newest_first: bool
) -> None:
    """Each author by their own finds, and each policy of a diff by itself; whatever the order of the file."""
    path = tmp_path / "posts.ndjson"
    posts = [(1, "7"), (2, "8"), (3, "7"), (4, "8")]
    path.write_text(authored(*(posts[::-1] if newest_first else posts)), encoding="utf-8")

    _, (row,), _ = await run(capsys, "backtest", path, policy=LADDER)
    _, changed, _ = await run(capsys, "diff", path, policy=LADDER, other="default")
    _, explained, _ = await run(capsys, "explain", path, policy=LADDER)

    assert row["actions"] == {"report": 2, "delete": 2}
    assert [(one["before"], one["after"]) for one in changed] == [(["delete"], ["report"])] * 2
    assert [one["does"] for one in explained] == [["report"], ["report"], ["delete"], ["delete"]]
    assert [one["earlier"] for one in explained] == [0, 0, 1, 1]


def test_of_more_than_can_wait_the_oldest_goes_on() -> None:
    """What is held is bounded; what comes in order stays in order."""
    told = Told()
    printer = InOrder(replay=told, most=2)

    for day in (4, 3, 1, 2, 5):
        at = make.NOON + timedelta(days=day)
        printer.verdict("s", str(day), make.message(at=at), make.verdict())
    before = list(told.items)
    printer.end()

    assert before == ["1", "2", "3"]
    assert told.items == ["1", "2", "3", "4", "5", "end"]


async def test_one_place_of_exports_can_be_looked_at(posts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By its id; another one's items are not counted."""
    _, (here,), _ = await run(capsys, "backtest", posts, place="replay:posts.ndjson")
    _, (nowhere,), _ = await run(capsys, "backtest", posts, place="telegram:-1")

    assert (here["items"], nowhere["items"]) == (3, 0)


async def test_without_a_path_what_is_stored_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """With what was dismissed; days are counted back from now."""
    store = await stored()

    code, (row,), _ = await run(capsys, "backtest", None, store, days=30)
    _, (recent,), _ = await run(capsys, "backtest", None, store, days=1)
    _, (elsewhere,), _ = await run(capsys, "backtest", None, store, place="fake:other")
    _, _, told = await run(capsys, "backtest", None, store, format="text")

    assert (code, row["items"], row["hits"], row["dismissed"]) == (1, 3, 3, 1)
    assert (row["days"], row["places"]) == (
        {"2026-02-19": 1, "2026-02-24": 1, "2026-03-01": 1},
        {"Kite Flyers": 3},
    )
    assert (recent["items"], elsewhere["items"]) == (1, 0)
    assert told.splitlines()[-1] == ("3 messages are stored: would have hit 3 messages, 1 of them dismissed")


async def test_an_empty_store_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing was hit, because nothing is known."""
    code, _, told = await run(capsys, "backtest", None, format="text")

    assert (code, told) == (0, f"{STORES_NOTHING}\n")


async def test_two_policies_over_an_empty_store_say_so(capsys: pytest.CaptureFixture[str]) -> None:
    """`0 of 0` would read as if both were the same."""
    code, _, told = await run(capsys, "diff", None, format="text", policy="default", other="strict")

    assert (code, told) == (0, f"{STORES_NOTHING}\n")


async def test_without_an_export_a_diff_goes_through_what_is_stored(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A message is named by its case; days and exports do not go together."""
    store = await stored()

    code, rows, _ = await run(capsys, "diff", None, store, policy="default", other="strict", days=7)

    assert code == 1
    assert [(row["source"], row["item"], row["after"]) for row in rows] == [
        ("store", "002", ["report", "delete"]),
        ("store", "003", ["report", "delete"]),
    ]
    with pytest.raises(BadInput, match="--on"):
        await run(capsys, "diff", Path("x"), policy="default", other="strict", days=7)


async def test_a_stored_case_is_explained_with_the_earlier_finds_of_its_author(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What came after it, and others, do not count."""
    store = await stored()

    _, (first,), _ = await run(capsys, "explain", None, store, policy=LADDER, case="001")
    _, (last,), _ = await run(capsys, "explain", None, store, policy=LADDER, case="003")
    _, _, told = await run(capsys, "explain", None, store, policy=LADDER, case="003", format="text")

    assert (first["source"], first["item"], first["does"], first["earlier"]) == (
        "store",
        "001",
        ["report"],
        0,
    )
    assert (last["does"], last["earlier"]) == (["delete"], 1)
    assert "  1 earlier find of this author here\n" in told


async def test_a_case_that_is_none_and_too_many_words_are_refused(
    posts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, with the remedy."""
    with pytest.raises(BadInput, match="no case '7K3'"):
        await run(capsys, "explain", None, case="7K3")
    with pytest.raises(BadInput, match="Leave out the paths"):
        await run(capsys, "explain", posts, case="7K3")


@pytest.mark.parametrize("days", ["x", "-1", "1.5", "٣", "100000", ""])
def test_days_are_a_number_of_days(days: str) -> None:
    """Anything else is refused where it is read, with an example."""
    assert parser().parse_args(["policy", "backtest", "--days", "30"]).days == 30
    with pytest.raises(BadInput, match="such as 30"):
        parser().parse_args(["policy", "backtest", f"--days={days}"])


async def stored() -> MemoryStore:
    """Keep three cases: two of one author with another one's between, which was dismissed."""
    store = MemoryStore()
    amina, omar = make.account(), make.account("Omar", number=7)
    for number, author, days_ago in ((1, amina, 10), (2, omar, 5), (3, amina, 0)):
        at = make.NOON - timedelta(days=days_ago)
        message = make.message(message_id=f"fake:room:{number}", author=author, at=at)
        await store.open(message, make.verdict(make.match(trust=Trust.ACT)), at=at)
    dismiss = Decision(moderator=omar, choice=Choice.DISMISS, at=make.NOON)
    await store.save(decided(store.cases["002"], dismiss))
    return store


@dataclass
class Told:
    """Writes down what it is handed."""

    items: list[str] = field(default_factory=list)
    code: int = 0

    def past(self, source: str, item: str, past: Past) -> None:
        """Write an item down."""
        self.items.append(item)

    def end(self) -> None:
        """Write the end down."""
        self.items.append("end")
