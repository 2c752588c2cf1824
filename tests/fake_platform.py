"""A chat platform in memory: it writes down what it is asked to do, and can be made to refuse."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from core.case import Case
from core.errors import CannotLook, PlatformError
from core.model import Action, ActionKind, Attachment, Gap, Match, Message, Signal, Text, Verdict
from core.ports import Files
from tests import make


@dataclass
class FakePlatform:
    """The port `Platform`.

    Attributes:
        performed: Every action that went through, in order.
        cards: By reference, each version of a card that was shown.
        refusals: By kind of action (`report` for cards), errors to raise before it works again.
        moderators: Identifiers that may moderate.
        files: By reference, what can be fetched.
        taken: Bodies that were delivered; `on_take` sees each.
    """

    name: str = "fake"
    performed: list[Action] = field(default_factory=list)
    cards: dict[str, list[Case]] = field(default_factory=dict)
    refusals: dict[ActionKind, list[PlatformError]] = field(default_factory=lambda: defaultdict(list))
    moderators: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    on_take: Callable[[str], None] = lambda _: None

    async def perform(self, action: Action, message: Message) -> str:
        """Write the action down, unless a refusal is due."""
        if self.refusals[action.kind]:
            raise self.refusals[action.kind].pop(0)
        self.performed.append(action)
        return ""

    async def show(self, case: Case, room: str) -> str:
        """Keep each version of the card."""
        if self.refusals[ActionKind.REPORT]:
            raise self.refusals[ActionKind.REPORT].pop(0)
        card = case.card or f"{room}:card {len(self.cards) + 1}"
        self.cards.setdefault(card, []).append(case)
        return card

    async def moderates(self, account: str, place: str) -> bool:
        """Tell whether the account is one of the moderators."""
        return account in self.moderators

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return the file, if there is one."""
        if attachment.ref not in self.files:
            raise CannotLook("the file is gone")
        return self.files[attachment.ref]

    async def take(self, body: str) -> None:
        """Write the delivery down."""
        self.on_take(body)
        self.taken.append(body)


class Words:
    """A source that takes every word of every text as a link signal."""

    name = "words"

    async def signals(self, message: Message, files: Files) -> list[Signal | Gap]:
        """Return one signal for each word."""
        return [
            Signal(kind="link", value=word, part=part.path)
            for part in message.parts
            if isinstance(part, Text)
            for word in part.text.split()
        ]


@dataclass
class KnownWords:
    """Banks that know some words."""

    words: set[str] = field(default_factory=set)

    async def match(self, signals: Sequence[Signal]) -> tuple[Match, ...]:
        """Return a match for each known word."""
        return tuple(make.match(s.value) for s in signals if s.value in self.words)


@dataclass
class Always:
    """A policy that proposes the same whenever there is a match."""

    actions: tuple[ActionKind, ...] = (ActionKind.REPORT,)

    def judge(self, message: Message, matches: Sequence[Match], gaps: Sequence[Gap]) -> Verdict:
        """Return the verdict."""
        proposed = tuple(Action(kind=kind) for kind in self.actions) if matches else ()
        return Verdict(policy="always", matches=tuple(matches), actions=proposed, gaps=tuple(gaps))
