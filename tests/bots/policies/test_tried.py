"""A policy that is sent is tried on what this place's store knows of the last thirty days."""

from dataclasses import replace
from datetime import timedelta

from bots.policies.tried import PastTried
from core.case import Choice, Decision, decided
from core.history import History
from core.policy.conditions import MatchFound
from core.policy.policy import Policy, Rule
from tests import make
from tests.fake_banks import MemoryBanks
from tests.fake_platform import KnownWords
from tests.fake_prints import MemoryPrints
from tests.fakes import MemoryStore

OMAR, SARA = make.account("Omar", number=7), make.account("Sara", number=8)
LINKS = Policy(name="kites", rules=(Rule(name="links", when=MatchFound(signal="link")),))


async def test_the_sentence_counts_thirty_days_of_one_place_and_who_dismissed() -> None:
    """What is older, and what stood elsewhere, does not count; "you" is who sent the policy."""
    store = MemoryStore()
    for n, (days, place) in enumerate(((1, "fake:room"), (2, "fake:room"), (31, "fake:room"), (1, "fake:b"))):
        at = make.NOON - timedelta(days=days)
        message = replace(make.message(message_id=f"{place}/{n}", at=at), place=make.place(place_id=place))
        await store.open(message, make.verdict(), at=at)
    dismissed = Decision(moderator=OMAR, choice=Choice.DISMISS, at=make.NOON)
    await store.save(decided(store.cases["001"], dismissed))
    history = History(
        cases=store, prints=MemoryPrints(), banks=KnownWords(), lists=MemoryBanks(), salted=lambda one: one
    )
    tried = PastTried(history, lambda: make.NOON)

    told = [await tried(LINKS, place="fake:room", by=who) for who in (OMAR, SARA)]

    assert told[0] == "would have hit 2 messages, 1 of them dismissed by you"
    assert told[1] == "would have hit 2 messages, 1 of them dismissed by somebody else"
