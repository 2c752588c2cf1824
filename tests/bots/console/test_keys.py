"""Single keys, read from a real pseudo-terminal."""

import asyncio
import os
import termios
from collections.abc import Iterator
from contextlib import suppress

import pytest

from bots.console.keys import END, ENTER, keyboard


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """A pseudo-terminal: the person's side and the program's side."""
    person, program = os.openpty()
    yield person, program
    os.close(program)
    with suppress(OSError):  # a test may have closed it
        os.close(person)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (b"c", ["c"]),
        (b"C", ["c"]),
        (b"\r", [ENTER]),
        (b"\n", [ENTER]),
        (b" ", [ENTER]),
        (b"cdu", ["c", "d", "u"]),
        (b"\x1b[C", ["n"]),
        (b"\x1b[D", ["p"]),
        (b"\x1b[A", ["\x1b[a"]),
        ("ب?".encode(), ["ب", "?"]),
        (b"\x04", [END]),
    ],
)
async def test_each_key_arrives_without_enter(
    terminal: tuple[int, int], typed: bytes, keys: list[str]
) -> None:
    """Small and large letters are one key; a cursor key is one key, not three."""
    person, program = terminal

    with keyboard(program) as board:
        os.write(person, typed)
        async with asyncio.timeout(10):
            got = [await board.key() for _ in keys]

    assert got == keys


async def test_a_closed_window_is_the_end_of_keys(terminal: tuple[int, int]) -> None:
    """It does not wait for ever, however often it is asked."""
    person, program = terminal

    with keyboard(program) as board:
        os.close(person)
        async with asyncio.timeout(10):
            assert [await board.key(), await board.key()] == [END, END]


def test_the_terminal_is_given_back_after_trouble(terminal: tuple[int, int]) -> None:
    """Echo and line mode come back, also when Ctrl-C came in between."""
    _, program = terminal
    before = termios.tcgetattr(program)

    during = _interrupted(program)

    local = 3
    assert before[local] & (termios.ECHO | termios.ICANON)
    modes = during[local]
    assert isinstance(modes, int)
    assert not modes & (termios.ECHO | termios.ICANON)
    assert modes & termios.ISIG
    assert termios.tcgetattr(program) == before


def _interrupted(program: int) -> list[object]:
    """Leave single-key mode by Ctrl-C; returns the settings there were in it."""
    during: list[object] = []
    with suppress(KeyboardInterrupt), keyboard(program):
        during += termios.tcgetattr(program)
        raise KeyboardInterrupt
    return during
