"""Hits: every message that a rule held for is counted, whatever followed; also for rules in shadow.

They are written down in batches, before the inbox is told that the messages are done (as `core.recall` does):
whoever dies in between judges the messages again, and a message is one hit of a rule however often it comes.
Nothing is kept of who wrote it or what it said.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence

from core.keeping import Hit, RuleHits
from core.model import ActionKind, Message, Verdict
from core.policy.policy import Policy, Stage

Brake = Callable[[Message, Verdict], Awaitable[Verdict]]
"""What may hold a verdict back (`core.brakes.quotas.Brakes`)."""


class Counted:
    """A brake whose verdicts are counted, as they are after it.

    Args:
        brake: Holds verdicts back.
        hits: Where hits are kept.
        policy_at: The policy that holds where a message stands.
    """

    def __init__(self, brake: Brake, hits: RuleHits, policy_at: Callable[[Message], Policy]) -> None:
        self._brake = brake
        self._hits = hits
        self._policy_at = policy_at
        self._waiting: list[Hit] = []

    async def __call__(self, message: Message, verdict: Verdict) -> Verdict:
        """Return what the brake returns; its hits are written down at the next `flush`."""
        verdict = await self._brake(message, verdict)
        if verdict.rules or verdict.shadows:
            stages = {rule.name: rule.stage for rule in self._policy_at(message).rules}
            self._waiting += hits_of(message, verdict, stages)
        return verdict

    async def flush(self) -> None:
        """Write down what waits.

        Raises:
            StoreError: It could not be written; it still waits.
        """
        waiting: Sequence[Hit] = tuple(self._waiting)
        if waiting:
            await self._hits.record(waiting)
            del self._waiting[: len(waiting)]


def hits_of(message: Message, verdict: Verdict, stages: Mapping[str, Stage]) -> Iterator[Hit]:
    """Yield the hits of a verdict: a rule in force with all that followed, a shadow with what would have.

    Args:
        message: What was judged.
        verdict: What came of it.
        stages: The rules of its policy, each with its stage; others (a member's report) do what they say.
    """

    def hit(rule: str, stage: Stage, does: tuple[ActionKind, ...]) -> Hit:
        return Hit(
            place=message.place.id,
            policy=verdict.policy,
            rule=rule,
            stage=stage.value,
            message_id=message.id,
            at=message.at,
            url=message.url,
            does=tuple(kind.value for kind in does),
        )

    followed = tuple(action.kind for action in verdict.actions)
    for rule in verdict.rules:
        yield hit(rule, stages.get(rule, Stage.ENFORCE), followed)
    for shadow in verdict.shadows:
        yield hit(shadow.rule, Stage.SHADOW, shadow.does)
