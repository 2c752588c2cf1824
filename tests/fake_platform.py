"""A chat platform in memory: it writes down what it is asked to do, and can be made to refuse."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from core.case import Case
from core.errors import CannotLook, PlatformError
from core.media.fetch import content_or_gap
from core.model import Action, ActionKind, Attachment, Gap, Happening, Match, Message, Signal, Text, Verdict
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
        told: What was said in which room, in order.
    """

    name: str = "fake"
    performed: list[Action] = field(default_factory=list)
    cards: dict[str, list[Case]] = field(default_factory=dict)
    refusals: dict[ActionKind, list[PlatformError]] = field(default_factory=lambda: defaultdict(list))
    moderators: set[str] = field(default_factory=set)
    files: dict[str, bytes] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    told: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
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

    async def tell(self, room: str, lines: Sequence[str]) -> None:
        """Write down what is said, unless a refusal is due."""
        if self.refusals[ActionKind.NOTIFY]:
            raise self.refusals[ActionKind.NOTIFY].pop(0)
        self.told.append((room, tuple(lines)))

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
class Witness:
    """A source that takes a profile's name from who shows themselves, and keeps what it was given.

    Attributes:
        seen: Every message, in order.
        looked_at: By path, the content of the latest attachment, or why there is none.
    """

    name: str = "witness"
    seen: list[Message] = field(default_factory=list)
    looked_at: dict[str, bytes | str] = field(default_factory=dict)

    async def signals(self, message: Message, files: Files) -> list[Signal | Gap]:
        """Return the name, if the message is about one, and a gap for each file that cannot be had."""
        self.seen.append(message)
        found: list[Signal | Gap] = []
        if message.happening.shows_account:
            found.append(Signal(kind="profile", value=message.author.name, part="author"))
        for part in message.parts:
            if isinstance(part, Attachment):
                content = await content_or_gap(files, part)
                self.looked_at[part.path] = content.reason if isinstance(content, Gap) else content
                found += [content] if isinstance(content, Gap) else []
        return found

    def shown(self) -> list[Message]:
        """Give those about accounts that showed themselves without coming in."""
        return [message for message in self.seen if message.happening is Happening.PROFILE]


@dataclass
class KnownWords:
    """Banks that know some words."""

    words: set[str] = field(default_factory=set)

    async def match(self, signals: Sequence[Signal]) -> tuple[Match, ...]:
        """Return a match for each known word."""
        known = [s for s in signals if s.value in self.words]
        return tuple(replace(make.match(s.value, kind=s.kind), signal=s) for s in known)


@dataclass
class Always:
    """A policy that proposes the same whenever there is a match."""

    actions: tuple[ActionKind, ...] = (ActionKind.REPORT,)

    def judge(self, message: Message, matches: Sequence[Match], gaps: Sequence[Gap]) -> Verdict:
        """Return the verdict."""
        proposed = tuple(Action(kind=kind) for kind in self.actions) if matches else ()
        return Verdict(policy="always", matches=tuple(matches), actions=proposed, gaps=tuple(gaps))
