"""What an author did in a place before: how many finds, and when it came in. Policies count and climb by it.

Kept in memory, bounded, and forgotten when the process ends: who was found twice is not for a disk. Several
workers remember each for itself, so that a count is at most too low, and a ladder too gentle. When somebody
came in is remembered because some platforms tell it with the joining only, not with each message.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from core.model import Gap, Happening, Match, Message, Strength, Verdict

AUTHORS: Final = 20_000
"""Accounts that are remembered, those seen last; each takes about 1 kB with ten finds."""

FINDS: Final = 50
"""Finds of one account that are remembered; no policy can count further."""


class Policy(Protocol):
    """A policy that counts (`core.policy.policy.Policy`)."""

    def judge(
        self,
        message: Message,
        matches: Sequence[Match],
        gaps: Sequence[Gap],
        earlier: Sequence[datetime] = (),
    ) -> Verdict:
        """Return the verdict; pure."""
        ...


class Tallied:
    """A policy that is told what an author did before; the judge sees a plain policy.

    Args:
        policy: Judges.
        authors: How many accounts are remembered.
    """

    def __init__(self, policy: Policy, *, authors: int = AUTHORS) -> None:
        self._policy = policy
        self._tally = Tally(authors=authors)

    def judge(
        self, message: Message, matches: Sequence[Match], gaps: Sequence[Gap], *, who: str | None = None
    ) -> Verdict:
        """Return the verdict, and remember what `before` does.

        Args:
            message: What happened.
            matches: What was recognised.
            gaps: What could not be looked at.
            who: What tells the author apart, where that is not their first identifier; "" for nobody.
        """
        message, earlier = self.before(message, matches, who=who)
        return self._policy.judge(message, matches, gaps, earlier)

    def before(
        self, message: Message, matches: Sequence[Match], *, who: str | None = None
    ) -> tuple[Message, tuple[datetime, ...]]:
        """Remember a message without judging it, and return what `Tally.before` does."""
        return self._tally.before(message, matches, who=who)


class Tally:
    """What is remembered of authors.

    Args:
        authors: How many accounts are remembered.
    """

    def __init__(self, *, authors: int = AUTHORS) -> None:
        self._authors = authors
        self._found: OrderedDict[tuple[str, str], dict[str, datetime]] = OrderedDict()
        self._joined: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    def before(
        self, message: Message, matches: Sequence[Match], *, who: str | None = None
    ) -> tuple[Message, tuple[datetime, ...]]:
        """Return the message with when its author came in, and when their earlier messages had a find.

        A find that is more than weak, and a joining, is remembered for the messages that follow. A message
        that comes again, or is edited, is one find: events are delivered twice. So is an album, whose
        pictures come as messages of their own: somebody sent it once.
        """
        who = next(iter(message.author.identifiers), "") if who is None else who
        if not who:
            return message, ()
        key = message.place.id, who
        earlier = tuple(at for one, at in self._found.get(key, {}).items() if one != _sent_as(message))
        if any(match.strength is not Strength.WEAK for match in matches):
            self._remember(key, message)
        return self._with_joining(key, message), earlier

    def _remember(self, key: tuple[str, str], message: Message) -> None:
        finds = self._found.setdefault(key, {})
        self._found.move_to_end(key)
        finds.setdefault(_sent_as(message), message.at)
        if len(finds) > FINDS:
            del finds[next(iter(finds))]
        if len(self._found) > self._authors:
            self._found.popitem(last=False)

    def _with_joining(self, key: tuple[str, str], message: Message) -> Message:
        """Return the message with the time its author came in, where the platform does not tell it now."""
        if message.author.since is not None:
            return message
        if message.happening is Happening.JOINED:
            self._joined[key] = message.at
            self._joined.move_to_end(key)
            if len(self._joined) > self._authors:
                self._joined.popitem(last=False)
        since = self._joined.get(key)
        return replace(message, author=replace(message.author, since=since)) if since else message


def _sent_as(message: Message) -> str:
    return message.album or message.id
