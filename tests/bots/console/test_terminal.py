"""The playground: real engine, real store, a scripted person; nothing is done to anybody."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from rich.console import Console

from bots.console.keys import END, ENTER
from bots.console.terminal import PERSON, Sitting, Terminal, playground
from bots.replay.files import LocalFiles
from core.case import State
from core.engine import Engine
from core.errors import BadInput
from core.judge import Judge
from core.model import ActionKind
from core.ports import Platform
from core.signals.links import Links
from core.store.keeping import SqlStore
from tests import make
from tests.fake_platform import Always, KnownWords
from tests.fakes import Learned
from tests.stores import opened_store

BANNED = "telegram:user/bluelantern_front"
CHAT = {
    "name": "Kite Flyers",
    "type": "private_supergroup",
    "id": 1700000051,
    "messages": [
        {"id": 1, "type": "message", "from": "زینب", "from_id": "user51900412", "text": "hello"},
        {"id": 2, "type": "message", "from": "guest", "from_id": "user7", "text": "t.me/bluelantern_front"},
        {"id": 3, "type": "message", "from": "زینب", "from_id": "user8", "text": "t.me/bluelantern_front!"},
    ],
}


@dataclass
class Script:
    """A person who presses these keys, and leaves after the last one."""

    keys: list[str]
    screens: list[str] = field(default_factory=list)
    console: Console = field(default_factory=Console)

    async def key(self) -> str:
        """Note what is on the screen and press the next key."""
        file = self.console.file
        assert isinstance(file, io.StringIO)
        self.screens.append(file.getvalue())
        file.truncate(0)
        file.seek(0)
        return self.keys.pop(0) if self.keys else END


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    """A database."""
    async with opened_store(tmp_path) as database:
        yield SqlStore(database, worker="playground")


@pytest.fixture
def chat(tmp_path: Path) -> Path:
    """An exported chat."""
    path = tmp_path / "chat" / "result.json"
    path.parent.mkdir()
    path.write_text(json.dumps(CHAT), encoding="utf-8")
    return path


@pytest.fixture
def console() -> Console:
    """A console that writes into memory."""
    return Console(file=io.StringIO(), width=100)


@dataclass
class Play:
    """Engine and terminals over one store."""

    store: SqlStore
    platforms: dict[str, Platform] = field(default_factory=dict)
    terminals: list[Terminal] = field(default_factory=list)

    def terminal(self, name: str) -> Terminal:
        """Make a terminal whose engine knows all of them."""
        judge = Judge(sources=(Links(),), banks=KnownWords({BANNED}), policy=Always())
        engine = Engine(
            judge=judge, store=self.store, own=Learned(), platforms=self.platforms, clock=lambda: make.NOON
        )
        made = Terminal(
            name=name,
            engine=engine,
            rooms=self.store,
            clock=lambda: make.NOON,
            zone=make.NOON.tzinfo or pytest.fail("noon has a zone"),
            files=LocalFiles(1000),
        )
        self.terminals.append(made)
        return made


async def sat(store: SqlStore, chat: Path, console: Console, *keys: str) -> tuple[Terminal, Script]:
    """Play the chat and press keys; returns the terminal and what was on the screen at each key."""
    play = Play(store)
    await playground(
        [chat], terminal=play.terminal, platforms=play.platforms, console=Console(file=io.StringIO())
    )
    script = Script(list(keys), console=console)
    await Sitting(play.terminals, console).sit(script)
    return play.terminals[0], script


async def test_without_a_terminal_the_cards_are_printed(
    store: SqlStore, chat: Path, console: Console
) -> None:
    """Nobody is waited for; each case is there, with what was found."""
    play = Play(store)

    await playground([chat], terminal=play.terminal, platforms=play.platforms, console=console)

    assert isinstance(console.file, io.StringIO)
    shown = console.file.getvalue()
    assert shown.count("Link on a list") == 2
    assert "2 cases, 0 decided. Written down and done to nobody: nothing." in shown
    assert "t.me/bluelantern_front" not in shown


async def test_names_from_right_to_left_are_isolated(store: SqlStore, chat: Path, console: Console) -> None:
    """A name cannot turn the rest of its line around."""
    _, script = await sat(store, chat, console, "n")

    assert "“\u2068زینب\u2069”" in script.screens[1]


@pytest.mark.parametrize(
    ("key", "comes"),
    [
        ("c", (State.CONFIRMED, [ActionKind.DELETE])),
        ("b", (State.CONFIRMED, [ActionKind.DELETE, ActionKind.BAN])),
        ("d", (State.DISMISSED, [])),
        ("?", (State.OPEN, [])),
        ("x", (State.OPEN, [])),
        ("u", (State.OPEN, [])),
        ("\x1b[a", (State.OPEN, [])),
    ],
)
async def test_a_key_decides_and_is_only_written_down(
    store: SqlStore, chat: Path, console: Console, key: str, comes: tuple[State, list[ActionKind]]
) -> None:
    """The case in the store is decided; the deed is a note."""
    state, done = comes
    terminal, _ = await sat(store, chat, console, key)

    (first, *_) = terminal.cases
    saved = await store.get(first)
    assert saved is not None
    assert saved.state is state
    assert [action.kind for action, _ in terminal.written] == done
    assert [d.moderator for d in saved.history] == ([PERSON] if state is not State.OPEN else [])


async def test_the_card_grows_with_each_decision(store: SqlStore, chat: Path, console: Console) -> None:
    """After a ban the only way is Undo, which lifts the ban and says what stays gone."""
    terminal, script = await sat(store, chat, console, "b", "u", "q")

    before, banned, undone = script.screens
    assert " c  Delete    b  Delete and ban    d  Dismiss    ?  Details" in before
    assert "✔ Deleted and banned by \u2068you\u2069" in banned
    assert "Written down, done to nobody: delete, ban." in banned
    assert " u  Undo    ?  Details" in banned
    assert "↺ Undone by \u2068you\u2069" in undone
    assert "The deleted message cannot be brought back." in undone
    assert [a.kind for a, _ in terminal.written] == [ActionKind.DELETE, ActionKind.BAN, ActionKind.UNBAN]


async def test_a_person_goes_to_and_fro_and_quits(store: SqlStore, chat: Path, console: Console) -> None:
    """Enter and `n` go on, `p` goes back, the last case leads out, `q` leaves at once."""
    _, there = await sat(store, chat, console, "n", "p", ENTER, "n")
    _, quick = await sat(store, chat, console, "q")

    headings = [screen.strip().splitlines()[0] for screen in there.screens]
    assert headings == ["Case 1 of 2", "Case 2 of 2", "Case 1 of 2", "Case 2 of 2"]
    assert len(quick.screens) == 1


async def test_details_and_unknown_keys_say_so_under_the_card(
    store: SqlStore, chat: Path, console: Console
) -> None:
    """What a key shows is gone with the next one."""
    _, script = await sat(store, chat, console, "?", "x", "\x1b[a")

    _, details, unknown, silent = script.screens
    assert "Policy always; rules that fired: none" in details
    assert "“x” does nothing here." in unknown
    assert "Policy always; rules" not in unknown
    assert "does nothing here" not in silent


async def test_a_second_run_shows_what_was_decided_in_the_first(
    store: SqlStore, chat: Path, console: Console
) -> None:
    """The store remembers: no second case, no second deed."""
    await sat(store, chat, console, "b", "q")

    terminal, script = await sat(store, chat, console, "q")

    assert "✔ Deleted and banned by" in script.screens[0]
    assert len(terminal.cases) == 2
    assert terminal.written == []


async def test_only_the_person_at_the_keyboard_moderates(
    store: SqlStore, chat: Path, console: Console
) -> None:
    """Members of a played chat are members."""
    terminal, _ = await sat(store, chat, console, "q")

    assert await terminal.moderates(PERSON.id, "telegram:1")
    assert not await terminal.moderates("telegram:id/51900412", "telegram:1")


async def test_a_broken_export_is_refused_before_anything_is_played(
    store: SqlStore, tmp_path: Path, console: Console
) -> None:
    """With the reader's own line."""
    path = tmp_path / "result.json"
    path.write_text("{")

    with pytest.raises(BadInput, match="the file ends in the middle"):
        await playground([path], terminal=Play(store).terminal, platforms={}, console=console)
