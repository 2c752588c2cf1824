"""The playground: exported chats run through the real engine, and a person at the keyboard moderates them.

Everything is real but its effect: what a decision asks for is written down, and done to nobody. A case that
was decided in an earlier run is shown as it stands.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Final, Protocol

from rich.console import Console, RenderableType
from rich.text import Text

from bots.card import Card, card_of, decision_of
from bots.console.keys import END, ENTER, HAS_KEYS, keyboard
from bots.console.sheet import KEYS, buttons, detailed, sheet
from bots.details import details_of
from bots.replay.files import LocalFiles
from bots.replay.inputs import sources
from core.case import CLOSED, Case
from core.engine import Engine
from core.errors import NigehbanError
from core.keeping import Rooms
from core.model import Account, Action, Attachment, Message
from core.ports import Platform

ROOM: Final = "terminal:here"
PERSON: Final = Account(id="terminal:id/1", name="you")
"""Who sits at the keyboard; a moderator of every place that is played."""

_PRESSES: Final = {key: press for press, key in KEYS.items()}
_LEAVING: Final = frozenset({"n", "p", "q", ENTER, END})


class Keys(Protocol):
    """Where key presses come from (`bots.console.keys.Keyboard`)."""

    async def key(self) -> str:
        """Wait for the next one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """The platform that stands in for each one whose export is played.

    Attributes:
        name: Of the platform that it stands in for.
        engine: Asks this object for files, and gives it actions and cards.
        rooms: Where it is kept that cards go to this terminal.
        clock: The present moment, with a time zone.
        zone: The time zone of cards.
        files: The exports' media.
        messages: What can be taken, by id.
        cases: What came of it, in order, by the case's id; `show` keeps them up to date.
        written: What would have been done, and to which message.
        told: What the bot said about itself.
    """

    name: str
    engine: Engine
    rooms: Rooms
    clock: Callable[[], datetime]
    zone: tzinfo
    files: LocalFiles
    messages: dict[str, Message] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    written: list[tuple[Action, Message]] = field(default_factory=list)
    told: list[tuple[str, ...]] = field(default_factory=list)

    async def fetch(self, attachment: Attachment) -> bytes:
        """Return a file of the export; raises CannotLook where it is not there."""
        return await self.files.fetch(attachment)

    async def perform(self, action: Action, message: Message) -> str:
        """Write the action down; nothing is done to anybody."""
        self.written.append((action, message))
        return ""

    async def show(self, case: Case, room: str) -> str:  # noqa: ARG002  # there is one room
        """Keep the case, so that its card is drawn as it is now."""
        self.cases[case.id] = case
        return f"terminal:{case.id}"

    async def tell(self, room: str, lines: Sequence[str]) -> None:  # noqa: ARG002  # there is one room
        """Keep what is said."""
        self.told.append(tuple(lines))

    async def moderates(self, account: str, place: str) -> bool:  # noqa: ARG002  # of every place
        """Tell whether it is the person at the keyboard."""
        return account == PERSON.id

    async def take(self, body: str) -> None:
        """Receive the message of this id."""
        message = self.messages[body]
        await self.rooms.bind(message.place.id, ROOM)
        case = await self.engine.receive(message)
        if case is not None:
            self.cases[case.id] = case


class Sitting:
    """Cases one after the other, each until the person goes on.

    Args:
        terminals: The platforms, whose cases are shown in order.
        console: What to draw on.
    """

    def __init__(self, terminals: Iterable[Terminal], console: Console) -> None:
        self._terminals = tuple(terminals)
        self._console = console

    async def play(self) -> None:
        """Take every message; cases come of some."""
        for terminal in self._terminals:
            for message in terminal.messages:
                await terminal.take(message)

    def lay_out(self) -> None:
        """Print every card, for an output that is no terminal."""
        for terminal, case_id in self._cases():
            self._console.print(sheet(_card(terminal, case_id)))
        self._console.print(self._closing())

    async def sit(self, keys: Keys) -> None:
        """Show one case after the other and carry out what is pressed, until the last one or `q`."""
        cases = self._cases()
        place = 0
        while place < len(cases):
            terminal, case_id = cases[place]
            pressed = await self._case(terminal, case_id, f"Case {place + 1} of {len(cases)}", keys)
            if pressed in {"q", END}:
                break
            place = max(0, place - 1) if pressed == "p" else place + 1
        self._console.print(self._closing())

    async def _case(self, terminal: Terminal, case_id: str, heading: str, keys: Keys) -> str:
        """Show a case until a key leads away from it; returns that key."""
        below: RenderableType = ""
        while True:
            self._draw(_card(terminal, case_id), heading, below)
            pressed = await keys.key()
            if pressed in _LEAVING:
                return pressed
            below = await _press(terminal, case_id, pressed)

    def _draw(self, card: Card, heading: str, below: RenderableType) -> None:
        self._console.clear()
        self._console.print(Text(heading, "dim"), sheet(card))
        if below:
            self._console.print(below)
        self._console.print(buttons(card), _WAYS, sep="\n")

    def _cases(self) -> list[tuple[Terminal, str]]:
        return [(terminal, case_id) for terminal in self._terminals for case_id in terminal.cases]

    def _closing(self) -> Text:
        """What came of it, and what a next step could be."""
        cases = [terminal.cases[case_id] for terminal, case_id in self._cases()]
        decided = sum(case.state in CLOSED for case in cases)
        asked = Counter(action.kind for terminal in self._terminals for action, _ in terminal.written)
        told = ", ".join(f"{kind} {times}" for kind, times in asked.items()) or "nothing"
        return Text(
            f"{len(cases)} cases, {decided} decided. Written down and done to nobody: {told}.\n"
            "With a token this serves a real group: see README.md."
        )


async def _press(terminal: Terminal, case_id: str, pressed: str) -> RenderableType:
    """Carry a key out on a case; returns what to show under its card."""
    case = terminal.cases[case_id]
    press = _PRESSES.get(pressed)
    if press is None or press not in {button.press for button in _card(terminal, case_id).buttons}:
        return Text(f"“{pressed}” does nothing here." if pressed.isprintable() else "", "yellow")
    decision = decision_of(case, press, moderator=PERSON, at=terminal.clock())
    if decision is None:
        return detailed(details_of(case, zone=terminal.zone))
    before = len(terminal.written)
    try:
        terminal.cases[case_id] = await terminal.engine.decide(case_id, decision)
    except NigehbanError as exc:
        return Text(str(exc), "yellow")
    asked = ", ".join(action.kind for action, _ in terminal.written[before:])
    return Text(f"Written down, done to nobody: {asked}." if asked else "", "dim")


def _card(terminal: Terminal, case_id: str) -> Card:
    return card_of(terminal.cases[case_id], zone=terminal.zone, now=terminal.clock())


def _ways() -> Text:
    bar = Text()
    for key, label in (("n", "Next"), ("p", "Previous"), ("q", "Quit")):
        bar.append(f" {key} ", "reverse dim").append(f" {label}   ", "dim")
    return bar


_WAYS: Final = _ways()


async def playground(
    paths: Sequence[Path],
    *,
    terminal: Callable[[str], Terminal],
    platforms: dict[str, Platform],
    console: Console,
) -> None:
    """Play exports through the engine and let the person at the keyboard moderate what comes of it.

    Without a keyboard (no terminal, or a system without `termios`) the cards are printed.

    Args:
        paths: Exports, as for `nigehban scan`.
        terminal: Makes the stand-in for a platform, by its name; its engine must know `platforms`.
        platforms: Gets an entry for each platform of the exports.
        console: What to draw on.

    Raises:
        BadInput: An export cannot be read.
    """
    terminals: dict[str, Terminal] = {}
    for source in sources(paths):
        for reading in source:
            name = reading.message.place.platform
            if name not in terminals:
                terminals[name] = platforms[name] = terminal(name)
            terminals[name].messages[reading.message.id] = reading.message
    sitting = Sitting(terminals.values(), console)
    with console.status("Looking at the messages …"):
        await sitting.play()
    if HAS_KEYS and console.is_terminal and sys.stdin.isatty():
        with keyboard(sys.stdin.fileno()) as keys:
            await sitting.sit(keys)
    else:
        sitting.lay_out()
