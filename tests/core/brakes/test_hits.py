"""Every message that a rule held for is counted once, whatever followed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from core.brakes.hits import Counted
from core.engine import unbraked
from core.errors import StoreError
from core.keeping import Hit, Which
from core.model import Action, ActionKind, Message, Shadow, Trust, Verdict
from core.policy.conditions import MatchFound
from core.policy.policy import Policy, Rule, Stage
from tests import make
from tests.fake_brakes import MemoryHits

REPORT, DELETE = ActionKind.REPORT, ActionKind.DELETE
LONG_AGO = make.NOON - timedelta(days=400)
RULES = tuple(
    Rule(name=stage.value, when=MatchFound(), do=(Action(kind=DELETE),), stage=stage) for stage in Stage
)
POLICY = Policy(name="strict", rules=RULES)


def counted(hits: MemoryHits) -> Counted:
    """Give a brake that holds nothing back and counts."""
    return Counted(unbraked, hits, lambda _: POLICY)


async def test_each_rule_that_held_is_a_hit_with_its_stage_and_what_followed() -> None:
    """In force with all that the policy did, in shadow with what it would have done; a draft is no hit."""
    hits = MemoryHits()
    count = counted(hits)
    message = make.message()
    verdict = POLICY.judge(message, (make.match(trust=Trust.ACT),), ())

    assert await count(message, verdict) is verdict
    assert hits.hits == {}
    await count.flush()

    assert {(hit.rule, hit.stage, hit.does) for hit in hits.hits.values()} == {
        ("shadow", "shadow", ("delete",)),
        ("notify", "notify", ("report", "delete")),
        ("enforce", "enforce", ("report", "delete")),
    }
    (first, *_) = hits.hits.values()
    assert first == Hit(
        place="fake:room",
        policy="strict",
        rule=first.rule,
        stage=first.stage,
        message_id=message.id,
        at=make.NOON,
        url="https://fake.example/room/1",
        does=first.does,
    )


async def test_a_rule_in_shadow_counts_where_no_case_is_opened() -> None:
    """Nothing was found and nothing is done; a message that no rule held for leaves nothing."""
    hits = MemoryHits()
    count = counted(hits)

    await count(make.message(), Verdict(policy="strict", shadows=(Shadow(rule="shadow"),)))
    await count(make.message(message_id="fake:room:2"), Verdict(policy="strict"))
    await count.flush()

    assert [(hit.rule, hit.does) for hit in hits.hits.values()] == [("shadow", ())]


async def test_what_was_held_back_is_counted_as_what_was_done_instead() -> None:
    """A braked verdict reported, so that is what the hit says."""
    hits = MemoryHits()

    async def brake(message: Message, verdict: Verdict) -> Verdict:
        assert message.id == "fake:room:1"
        return replace(verdict, actions=(Action(kind=REPORT),))

    count = Counted(brake, hits, lambda _: POLICY)
    await count(make.message(), replace(make.verdict(actions=(DELETE,)), rules=("enforce",)))
    await count.flush()

    assert [hit.does for hit in hits.hits.values()] == [("report",)]


async def test_a_rule_that_no_file_names_does_what_it_says() -> None:
    """A member's report is in every policy, and counted like any other rule."""
    hits = MemoryHits()
    count = counted(hits)

    await count(make.message(), replace(make.verdict(), rules=("a member's report",)))
    await count.flush()

    assert [hit.stage for hit in hits.hits.values()] == ["enforce"]


async def test_what_could_not_be_written_still_waits() -> None:
    """The next flush writes it, once."""

    class Full(MemoryHits):
        async def record(self, hits: object) -> None:
            raise StoreError("the disk is full")

    hits = MemoryHits()
    count = counted(Full())
    await count(make.message(), replace(make.verdict(), rules=("enforce",)))

    with pytest.raises(StoreError):
        await count.flush()
    count._hits = hits
    await count.flush()
    await count.flush()

    assert len(await hits.newest(Which(), since=LONG_AGO, limit=9)) == 1


async def test_a_hit_that_comes_while_others_are_written_is_written_next() -> None:
    """Writing waits for the database, and messages go on being judged meanwhile."""
    verdict = replace(make.verdict(), rules=("enforce",))

    class Busy(MemoryHits):
        async def record(self, hits: Sequence[Hit]) -> None:
            if not self.hits:
                await count(make.message(message_id="fake:room:2"), verdict)
            await super().record(hits)

    hits = Busy()
    count = counted(hits)
    await count(make.message(), verdict)

    await count.flush()
    await count.flush()

    assert [hit.message_id for hit in hits.hits.values()] == ["fake:room:1", "fake:room:2"]
