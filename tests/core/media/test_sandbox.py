"""The sandbox under attack: children crash, hang, are killed and flooded; the bot goes on."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PIL import Image

from core.errors import CannotLook
from core.media.decode import luma
from core.media.digests import digests
from core.media.frames import Depth, Seen
from core.media.pdq import pdq
from core.media.pieces import Digested, Shown, Unread, Written
from core.media.sandbox import Patiently, Sandbox
from tests.core.media.barcodes import drawn, modules
from tests.core.media.packed import zipped
from tests.core.media.pictures import encoded, photograph

PICTURE = encoded(photograph(320, 240))
EXPECTED = pdq(luma(PICTURE))


@asynccontextmanager
async def open_sandbox(
    *, workers: int = 1, patience_s: float = 20.0, cpu_s: int = 10, memory_bytes: int = 1 << 30
) -> AsyncIterator[Sandbox]:
    """Give a sandbox that has been asked once, and see that it leaves nothing behind."""
    async with Sandbox(
        workers=workers, patience_s=patience_s, cpu_s=cpu_s, memory_bytes=memory_bytes
    ) as sandbox:
        yield sandbox
    assert children() == []


async def found(sandbox: Sandbox, content: bytes = PICTURE) -> tuple[str, int]:
    """Give the one fingerprint of a picture."""
    (one,) = (await sandbox.look(content)).fingerprints
    assert one.kind == "pdq"
    return one.value, one.quality


def children() -> list[int]:
    """Give the media children of this process that are alive."""
    return [pid for pid in media_processes() if parent(pid) == os.getpid()]


def media_processes() -> list[int]:
    """Give every process that runs the media child."""
    return [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/cmdline")
        if b"core.media.child" in read(path).split(b"\0")
    ]


def parent(pid: int) -> int:
    """Give a process's parent."""
    fields = read(Path(f"/proc/{pid}/stat")).rpartition(b")")[2].split()
    return int(fields[1]) if fields else 0


def read(path: Path) -> bytes:
    """Read a file of a process that may just have ended."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


async def until(condition: Callable[[], bool], *, within_s: float = 20.0) -> None:
    """Wait for something that happens outside of this process."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


async def test_the_child_gives_what_the_decoder_gives() -> None:
    """One child answers many questions; starting it is paid once."""
    async with open_sandbox() as sandbox:
        assert await found(sandbox) == EXPECTED
        first = children()

        assert await found(sandbox) == EXPECTED
        assert children() == first
        assert len(first) == 1


async def test_the_texts_of_codes_come_with_the_fingerprint() -> None:
    """A code in a later frame of an animation is found in the same look, within the child's limits."""
    frames = [photograph(300, 300), drawn(modules("https://t.me/example_lantern"), 300)]
    content = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=1000)

    async with open_sandbox() as sandbox:
        seen = await sandbox.look(content)

    assert seen.codes == ("https://t.me/example_lantern",)
    assert seen.unread == ""
    assert [one.value for one in seen.fingerprints] == [pdq(luma(content))[0]]


async def test_what_was_seen_before_the_damage_is_kept() -> None:
    """A frame that cannot be read takes neither the hash nor the codes of those before it."""
    frames = [drawn(modules(f"https://t.me/example_{number}"), 300) for number in range(3)]
    content = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=1000)

    async with open_sandbox() as sandbox:
        seen = await sandbox.look(content[:-60] + b"\xff" * 60)

    assert seen.codes == ("https://t.me/example_0", "https://t.me/example_1")
    assert seen.unread == "picture that is damaged"
    assert len(seen.fingerprints) == 1


async def test_a_refusal_leaves_the_child_at_work() -> None:
    """Random bytes, a cut-off picture and a bomb are answered by the same child."""
    async with open_sandbox() as sandbox:
        await found(sandbox)
        first = children()
        for content in (b"", b"\xff\xd8\xff" + os.urandom(1000), PICTURE[:2000], os.urandom(100_000)):
            with pytest.raises(CannotLook, match="picture"):
                await sandbox.look(content)

        assert await found(sandbox) == EXPECTED
        assert children() == first


async def test_a_child_that_hangs_is_a_gap_and_is_replaced() -> None:
    """A child that is stopped never answers; it is ended, and the next question is answered."""
    async with open_sandbox(patience_s=0.3) as sandbox:
        await found(sandbox)
        (hanging,) = children()
        os.kill(hanging, signal.SIGSTOP)

        with pytest.raises(CannotLook, match="takes too long"):
            await sandbox.look(PICTURE)

        assert hanging not in media_processes()
    async with open_sandbox() as sandbox:
        assert await found(sandbox) == EXPECTED


async def test_a_child_killed_in_mid_job_is_a_gap() -> None:
    """The kernel may kill it for memory, a decoder's mistake may crash it: the next one answers."""
    async with open_sandbox() as sandbox:
        await found(sandbox)
        (child,) = children()
        os.kill(child, signal.SIGSTOP)
        asking = asyncio.create_task(sandbox.look(PICTURE), name="asking")
        await asyncio.sleep(0)
        os.kill(child, signal.SIGKILL)

        with pytest.raises(CannotLook, match="stopped"):
            await asking

        assert await found(sandbox) == EXPECTED


async def test_a_child_that_died_while_idle_is_replaced() -> None:
    """Nobody notices but the log of processes."""
    async with open_sandbox() as sandbox:
        await found(sandbox)
        (child,) = children()
        os.kill(child, signal.SIGKILL)
        await until(lambda: child not in media_processes())

        answers = [await outcome(sandbox) for _ in range(2)]

        # The pipe may break before the loop has heard of the death: then that one question is a gap.
        assert answers[0] in {EXPECTED, None}
        assert answers[1] == EXPECTED


async def outcome(sandbox: Sandbox) -> tuple[str, int] | None:
    """Give what was found, or None for a gap."""
    try:
        return await found(sandbox)
    except CannotLook:
        return None


def many_scans(count: int) -> bytes:
    """Give a small JPEG that makes a decoder walk over 16 million pixels again and again."""
    content = encoded(Image.new("RGB", (4000, 4000), (90, 120, 40)), "JPEG", progressive=True)
    at = content.rindex(b"\xff\xda")
    return content[:-2] + content[at:-2] * count + content[-2:]


async def test_a_file_that_burns_processor_time_is_ended_by_its_limit() -> None:
    """A progressive JPEG of 260 kB with thousands of scans would take a minute; it gets a second."""
    content = many_scans(4000)
    assert len(content) < 300_000

    async with open_sandbox(cpu_s=1, patience_s=60) as sandbox:
        with pytest.raises(CannotLook, match="takes too long"):
            await sandbox.look(content)

        assert await found(sandbox) == EXPECTED


async def test_a_file_that_takes_too_much_memory_is_refused() -> None:
    """30 million pixels with transparency do not fit into a small child, which lives on."""
    content = encoded(Image.new("RGBA", (6000, 5000), (9, 9, 9, 9)), compress_level=1)

    async with open_sandbox(memory_bytes=200_000_000) as sandbox:
        with pytest.raises(CannotLook, match="too much memory"):
            await sandbox.look(content)

        assert await found(sandbox) == EXPECTED


async def test_a_cancelled_question_ends_its_child() -> None:
    """What it would have answered must not be taken for the answer to the next question."""
    async with open_sandbox() as sandbox:
        await found(sandbox)
        (child,) = children()
        os.kill(child, signal.SIGSTOP)
        asking = asyncio.create_task(sandbox.look(PICTURE), name="asking")
        await asyncio.sleep(0)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking

        assert child not in media_processes()
        assert await found(sandbox, encoded(photograph(seed=2))) != EXPECTED


async def test_there_are_never_more_children_than_workers() -> None:
    """Questions wait for a turn, and each gets its own answer."""
    pictures = [encoded(photograph(100, 80, seed=seed)) for seed in range(6)]
    async with open_sandbox(workers=2) as sandbox:
        async with asyncio.TaskGroup() as group:
            asked = [group.create_task(found(sandbox, content)) for content in pictures]

        assert [task.result() for task in asked] == [pdq(luma(content)) for content in pictures]
        assert 1 <= len(children()) <= 2


async def test_closing_ends_a_child_at_work() -> None:
    """A question under way when the bot shuts down is a gap; no child is left."""
    async with open_sandbox() as sandbox:
        await found(sandbox)
        (child,) = children()
        os.kill(child, signal.SIGSTOP)
        asking = asyncio.create_task(sandbox.look(PICTURE), name="asking")
        await asyncio.sleep(0)
        await sandbox.close()

        with pytest.raises(CannotLook, match="stopped"):
            await asking


async def test_the_child_knows_nothing_of_its_parent() -> None:
    """No token in the environment, no open file but its pipes, no right to write a file."""
    async with open_sandbox() as sandbox:
        await found(sandbox)
        (child,) = children()
        environment = read(Path(f"/proc/{child}/environ")).split(b"\0")
        limits = read(Path(f"/proc/{child}/limits")).decode().splitlines()
        opened = open_files(child)

    assert {one.partition(b"=")[0] for one in environment} <= {
        b"",
        b"OPENBLAS_NUM_THREADS",
        b"OMP_NUM_THREADS",
    }
    assert any(line.split()[:4] == ["Max", "file", "size", "0"] for line in limits)
    log = opened[STDERR]
    assert all(path == log or path.startswith(("pipe:", "socket:")) for path in opened.values())


STDERR = 2


def open_files(pid: int) -> dict[int, str]:
    """Give what a process has open, by number."""
    return {int(path.name): str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir()}


PARENT = """
import asyncio, sys
from core.media.frames import Depth, Seen
from core.media.sandbox import Patiently, Sandbox

async def main():
    sandbox = Sandbox()
    try:
        await sandbox.look(b"")
    except Exception:
        pass
    print("ready", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


async def test_the_death_of_the_parent_leaves_no_orphan() -> None:
    """A parent that is killed outright cannot end its child: the child ends by itself."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PARENT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline() == b"ready\n"
    (child,) = [pid for pid in media_processes() if parent(pid) == process.pid]

    os.kill(process.pid, signal.SIGKILL)
    await process.wait()

    await until(lambda: child not in media_processes())


async def test_what_was_unfolded_before_a_child_dies_is_kept() -> None:
    """It is told piece by piece; the last piece says that there may be more, and the next file is read."""
    picture = encoded(Image.new("RGB", (4000, 4000)), "PNG")
    content = zipped({"a.txt": b"kite", **{f"{n}.png": picture for n in range(40)}}, stored=True)
    async with open_sandbox(cpu_s=2, patience_s=60) as sandbox:
        pieces = await sandbox.unfold(content)

        assert Digested(place="member[0]", values=digests(b"kite")) in pieces
        assert pieces[-1] == Unread(place="", reason="file that takes too long to read")
        assert await found(sandbox) == EXPECTED


async def test_unfolding_and_looking_take_turns_in_one_child() -> None:
    """A child answers both kinds of question, one after the other."""
    async with open_sandbox() as sandbox:
        for _ in range(2):
            pieces = await sandbox.unfold(zipped({"a.txt": b"kite", "b.png": PICTURE}))
            assert Written(place="member[0].text", text="kite") in pieces
            (shown,) = [piece for piece in pieces if isinstance(piece, Shown)]
            assert shown.seen.fingerprints[0].value == EXPECTED[0]
            assert await found(sandbox) == EXPECTED
        assert len(children()) == 1


async def test_a_file_that_kills_every_child_is_a_gap() -> None:
    """What was asked of a child that hangs is a gap of the file, and nothing is raised."""
    async with open_sandbox(patience_s=3) as sandbox:
        await found(sandbox)
        (hanging,) = children()
        os.kill(hanging, signal.SIGSTOP)

        assert await sandbox.unfold(zipped({"a.txt": b"kite"})) == (
            Unread(place="", reason="file that takes too long to read"),
        )


async def test_what_goes_into_a_bank_is_looked_at_patiently() -> None:
    """The same children are asked for every frame: an animation of near frames gives more of them."""
    frames = [photograph(160, 120, seed=seed) for seed in range(3)]
    content = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=200)

    async with open_sandbox() as sandbox:
        seen = await Patiently(sandbox).look(content)

        assert seen.clip
        assert await sandbox.look(content, Depth.EVERY_FRAME) == seen
        assert await found(sandbox) == EXPECTED


async def test_patience_is_for_banks_only() -> None:
    """A file of which every frame is wanted gets more processor time than the same file in a chat."""
    content = many_scans(300)

    async with open_sandbox(cpu_s=1, patience_s=60) as sandbox:
        with pytest.raises(CannotLook, match="takes too long"):
            await sandbox.look(content)

        assert isinstance(await Patiently(sandbox).look(content), Seen)
