"""What a policy would have hit lately, for the answer to who sent it: a backtest in one sentence."""

from collections.abc import Callable
from datetime import datetime

from bots.policies.words import TRIED_ON
from core.backtest import backtest, said
from core.history import History
from core.model import Account
from core.policy.policy import Policy


class PastTried:
    """Tries policies on what is stored (`bots.policies.desk.Tried`).

    Args:
        history: What is stored.
        clock: The present moment.
    """

    def __init__(self, history: History, clock: Callable[[], datetime]) -> None:
        self._history = history
        self._clock = clock

    async def __call__(self, policy: Policy, *, place: str, by: Account) -> str:
        """Return the end of a sentence: what it would have hit in a place, and how much was dismissed."""
        counts = await backtest(policy, self._history, since=self._clock() - TRIED_ON, place=place)
        return said(counts, by)
