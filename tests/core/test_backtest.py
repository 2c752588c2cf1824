"""A backtest counts what would have been hit, and what of it people dismissed; ladders climb as live."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.backtest import Counts, Hit, backtest, hit_of, said
from core.case import Choice, Decision, decided
from core.history import EVER, History, Past
from core.keeping import Print, Sighting
from core.model import Account, Action, ActionKind, Happening, Match, Sentence, Signal, Trust
from core.policy.conditions import MatchFound
from core.policy.policy import Policy, Rule, Stage, Steps
from tests import make
from tests.fake_banks import MemoryBanks
from tests.fake_prints import MemoryPrints
from tests.fakes import MemoryStore

KNOWN = make.match(trust=Trust.ACT)
OMAR, SARA = make.account("Omar", number=7), make.account("Sara", number=8)
REPORT, DELETE, BAN = (Action(kind=kind) for kind in (ActionKind.REPORT, ActionKind.DELETE, ActionKind.BAN))
LADDER = Steps(within_s=86400, second=(DELETE,), third=(BAN,))
POLICY = Policy(
    name="p", rules=(Rule(name="links", when=MatchFound(signal="link"), do=(REPORT,), ladder=LADDER),)
)


@dataclass(frozen=True)
class OneLink:
    """Knows one link."""

    async def match(self, signals: Sequence[Signal]) -> tuple[Match, ...]:
        """Match by equality, with the signal as it came."""
        return tuple(replace(KNOWN, signal=s) for s in signals if s.value == KNOWN.entry.value)


def identity(identifier: str) -> str:
    """Salt nothing, so that a test can read it."""
    return identifier


async def stored(*messages: tuple[int, Account], cases: int) -> tuple[History, MemoryStore]:
    """Keep messages with a known link, an hour apart; so many became cases, the rest is remembered."""
    store, prints = MemoryStore(), MemoryPrints()
    for n, (number, author) in enumerate(messages):
        at = make.NOON + timedelta(hours=n)
        message = make.message(message_id=f"fake:room:{number}", author=author, at=at)
        if n < cases:
            await store.open(message, make.verdict(KNOWN), at=at)
        else:
            seen = frozenset({Print("link", KNOWN.entry.value)})
            await prints.record(
                [Sighting(message_id=message.id, place="fake:room", author=author.id, at=at, prints=seen)]
            )
    return History(cases=store, prints=prints, banks=OneLink(), lists=MemoryBanks(), salted=identity), store


async def dismiss(store: MemoryStore, case_id: str, who: Account) -> None:
    """Dismiss a case."""
    decision = Decision(moderator=who, choice=Choice.DISMISS, at=make.NOON)
    await store.save(decided(store.cases[case_id], decision))


async def test_ladders_climb_over_cases_and_what_is_remembered() -> None:
    """An author is the same one in both; others start at the first step."""
    amina = make.account()
    history, _ = await stored((1, amina), (2, OMAR), (3, amina), (4, amina), cases=3)

    counts = await backtest(POLICY, history, since=EVER)
    later = await backtest(POLICY, history, since=make.NOON + timedelta(hours=2))

    assert (counts.items, counts.hits) == (4, 4)
    assert counts.actions == {"report": 2, "delete": 1, "ban": 1}
    assert later.actions == {"report": 1, "delete": 1}


async def test_hits_are_counted_by_rule_place_hour_and_day() -> None:
    """Hours and days are those of the zone; a place has its name, where one is known."""
    history, _ = await stored((1, OMAR), (2, SARA), cases=1)

    counts = await backtest(POLICY, history, since=EVER, zone=ZoneInfo("Pacific/Auckland"))
    nowhere = await backtest(POLICY, history, since=EVER, place="fake:other")

    assert (counts.rules, counts.places) == ({"links": 2}, {"Kite Flyers": 2})
    assert (counts.hours, counts.days) == ({1: 1, 2: 1}, {"2026-03-02": 2})
    assert (nowhere.items, nowhere.hits) == (0, 0)


async def test_what_people_dismissed_is_counted_where_it_would_be_hit() -> None:
    """By who dismissed it; a policy that would let it be counts nothing of it."""
    history, store = await stored((1, OMAR), (2, OMAR), (3, OMAR), cases=3)
    await dismiss(store, "001", SARA)
    await dismiss(store, "003", make.account())

    counts = await backtest(POLICY, history, since=EVER)
    none = await backtest(Policy(name="q"), history, since=EVER)

    assert (counts.hits, counts.dismissed) == (3, 2)
    assert (counts.dismissed_by(SARA), counts.dismissed_by(OMAR), counts.dismissed_by(Account())) == (1, 0, 0)
    assert (none.items, none.hits, none.dismissed) == (3, 0, 0)


async def test_it_is_told_how_far_it_is() -> None:
    """Now and then, with the time of a message."""
    history, _ = await stored(*((n, OMAR) for n in range(1001)), cases=0)
    told: list[datetime] = []

    await backtest(POLICY, history, since=EVER, progress=told.append)

    assert told == [make.NOON + timedelta(hours=499), make.NOON + timedelta(hours=999)]


def test_a_rule_in_shadow_hits_and_does_nothing() -> None:
    """What it would do is counted apart; a message for which no rule holds is no hit."""
    shadow = Policy(name="p", rules=(Rule(name="r", when=MatchFound(), do=(DELETE,), stage=Stage.SHADOW),))
    past = Past(message=make.message(), matches=(KNOWN,))

    hit = hit_of(past, shadow.judge(past.message, past.matches, ()))

    assert hit is not None
    assert (hit.rules, hit.does, hit.shadows) == ((), (), ("rule r, in shadow, would: delete",))
    assert hit_of(past, shadow.judge(past.message, (), ())) is None


def test_a_note_that_reads_like_a_rule_in_shadow_is_none() -> None:
    """What an admin wrote as the reason of a rule is not taken for what another rule would do."""
    because = (Sentence("en", "as before, in shadow, would: ban"),)
    policy = Policy(name="p", rules=(Rule(name="r", when=MatchFound(), do=(REPORT,), because=because),))
    past = Past(message=make.message(), matches=(KNOWN,))

    hit = hit_of(past, policy.judge(past.message, past.matches, ()))

    assert hit is not None
    assert (hit.rules, hit.shadows) == (("r",), ())


@pytest.mark.parametrize(("matches", "rules"), [((), None), ((KNOWN,), ("links",))])
def test_a_members_report_is_no_hit_of_a_policy(
    matches: tuple[Match, ...], rules: tuple[str, ...] | None
) -> None:
    """Whatever the policy, it comes before people; what the policy's own rules hold for is one."""
    message = make.message(happening=Happening.REPORTED, reporter=SARA)

    hit = hit_of(Past(message=message), POLICY.judge(message, matches, ()))

    assert (hit.rules if hit else None) == rules


def counts(hits: int, *dismissed: Account) -> Counts:
    """Count so many hits, of which these people dismissed one each."""
    made = Counts(items=hits)
    who = [one.identifiers or (one.name,) for one in dismissed]
    for n in range(hits):
        made.add(
            Hit(
                at=make.NOON,
                place=("fake:room", "fake:room"),
                rules=("r",),
                shadows=(),
                does=("report",),
                dismissed_by=who[n] if n < len(who) else None,
            )
        )
    return made


@pytest.mark.parametrize(
    ("hits", "dismissed", "asking", "sentence"),
    [
        (0, (), SARA, "would have hit no message"),
        (1, (), SARA, "would have hit 1 message, not dismissed by anybody"),
        (1, (SARA,), SARA, "would have hit 1 message, dismissed by you"),
        (1, (OMAR,), SARA, "would have hit 1 message, dismissed by somebody else"),
        (1, (OMAR,), None, "would have hit 1 message, dismissed"),
        (3, (), None, "would have hit 3 messages, none of them dismissed"),
        (3, (SARA,), SARA, "would have hit 3 messages, 1 of them dismissed by you"),
        (3, (OMAR,), SARA, "would have hit 3 messages, 1 of them dismissed by somebody else"),
        (3, (OMAR, OMAR), SARA, "would have hit 3 messages, 2 of them dismissed by others"),
        (3, (SARA, OMAR), SARA, "would have hit 3 messages, 2 of them dismissed, 1 by you"),
        (3, (SARA, SARA), None, "would have hit 3 messages, 2 of them dismissed"),
        (
            3,
            (Account(name="Sara"),),
            Account(name="Sara"),
            "would have hit 3 messages, 1 of them dismissed by somebody else",
        ),
        (1234, (), None, "would have hit 1,234 messages, none of them dismissed"),
    ],
)
def test_one_sentence_says_what_would_have_been_hit(
    hits: int, dismissed: tuple[Account, ...], asking: Account | None, sentence: str
) -> None:
    """Singular and plural, by whom, and nothing plainly; a name alone makes nobody the one who asks."""
    assert said(counts(hits, *dismissed), asking) == sentence


def test_a_channel_has_the_name_that_any_hit_in_it_told() -> None:
    """Two channels of a server are two places; one that nobody named is the server's id."""
    made = Counts()
    for channel, name in (("1", ""), ("1", "Kites #sky"), ("2", "Kites #sea"), ("3", "")):
        hit = Hit(
            at=make.NOON, place=("fake:g", f"fake:{channel}"), name=name, rules=("r",), shadows=(), does=()
        )
        made.add(hit)

    assert made.places == {"Kites #sky": 2, "Kites #sea": 1, "fake:g": 1}
