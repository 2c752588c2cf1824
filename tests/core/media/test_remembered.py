"""What was seen is remembered: once for the same bytes, within a size, and never a failure."""

import asyncio

import pytest

from core.errors import CannotLook
from core.media.frames import Fingerprint, Seen
from core.media.remembered import Recent, Remembered


class Reader:
    """Sees something else in each file, and counts; refuses what begins with an x."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    async def look(self, content: bytes) -> Seen:
        """Answer after a moment, in which others may ask."""
        self.asked.append(content)
        await asyncio.sleep(0)
        if content.startswith(b"x"):
            raise CannotLook("file that takes too long to read")
        return Seen(fingerprints=(Fingerprint(kind="pdq", value="0f" * 32, quality=len(content)),))


async def test_the_same_bytes_are_looked_at_once() -> None:
    """Whatever the file is called, and also where a wave of forwards asks at one time."""
    reader = Reader()
    remembered = Remembered(reader)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(remembered.look(b"kite")) for _ in range(5)]
    other = await remembered.look(b"lantern")

    assert {task.result().fingerprints[0].quality for task in tasks} == {4}
    assert other.fingerprints[0].quality == 7
    assert reader.asked == [b"kite", b"lantern"]


async def test_large_files_are_told_apart_too() -> None:
    """Their digest is made in a thread."""
    reader = Reader()
    remembered = Remembered(reader)
    large = bytes(2_000_000)

    for content in (large, large, large + b"1"):
        await remembered.look(content)

    assert len(reader.asked) == 2


async def test_what_could_not_be_read_is_tried_again() -> None:
    """A busy machine must not make a file unreadable for ever."""
    reader = Reader()
    remembered = Remembered(reader)

    for _ in range(2):
        with pytest.raises(CannotLook, match="too long"):
            await remembered.look(b"x")

    assert len(reader.asked) == 2


async def test_the_longest_unasked_goes_first() -> None:
    """Three values of ten bytes fit into thirty; what is asked for again stays."""
    made: list[str] = []

    async def make(key: str) -> str:
        made.append(key)
        return key * 10

    recent: Recent[str] = Recent(len, most_bytes=30)
    for key in "abcadab":
        assert await recent.get(key, lambda key=key: make(key)) == key * 10  # type: ignore[misc]  # bound now

    assert "".join(made) == "abcdb"


async def test_what_weighs_nothing_or_too_much_is_not_kept() -> None:
    """One that would push out everything else is made again."""
    made: list[str] = []
    recent: Recent[str] = Recent(len, most_bytes=5)

    async def make(value: str) -> str:
        made.append(value)
        return value

    for key, value in (("a", ""), ("a", ""), ("b", "x" * 6), ("b", "x" * 6), ("c", "x"), ("c", "x")):
        await recent.get(key, lambda value=value: make(value))  # type: ignore[misc]  # bound now

    assert made == ["", "", "xxxxxx", "xxxxxx", "x"]
