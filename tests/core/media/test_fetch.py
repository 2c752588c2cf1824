"""Fetching once, within limits; every refusal is a sentence for a moderator."""

import asyncio

import pytest

from core.errors import CannotLook, TryLater
from core.media.fetch import OncePerMessage, content_or_gap, megabytes
from core.model import Attachment, Gap


class Scripted:
    """Files that answer each fetch with the next of what they were given."""

    def __init__(self, *answers: bytes | Exception) -> None:
        self.answers = list(answers)
        self.fetched = 0
        self.asked = asyncio.Event()

    async def fetch(self, attachment: Attachment) -> bytes:
        """Give or raise the next answer; with none left, never answer."""
        self.fetched += 1
        self.asked.set()
        await asyncio.sleep(0)
        if not self.answers:
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def attachment(media_type: str = "image/jpeg", *, ref: str = "r", size: int | None = None) -> Attachment:
    """Give an attachment."""
    return Attachment(ref=ref, path="attachment[0]", media_type=media_type, size=size)


async def test_many_who_ask_at_once_share_one_fetch() -> None:
    """The platform is asked once, also while the first answer is on its way."""
    scripted = Scripted(b"abc")
    once = OncePerMessage(scripted)

    async with asyncio.TaskGroup() as group:
        asked = [group.create_task(once.fetch(attachment())) for _ in range(3)]

    assert [task.result() for task in asked] == [b"abc"] * 3
    assert scripted.fetched == 1


async def test_a_refusal_is_remembered_too() -> None:
    """What could not be fetched is not asked for again."""
    scripted = Scripted(CannotLook("file that is no longer there"))
    once = OncePerMessage(scripted)

    for _ in range(2):
        with pytest.raises(CannotLook, match="no longer there"):
            await once.fetch(attachment())

    assert scripted.fetched == 1


async def test_a_cancelled_fetch_does_not_spoil_the_next() -> None:
    """One source that gives up leaves the file to the others."""
    scripted = Scripted()
    once = OncePerMessage(scripted)
    first = asyncio.create_task(once.fetch(attachment()), name="first")
    await scripted.asked.wait()
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    scripted.answers.append(b"abc")

    assert await once.fetch(attachment()) == b"abc"


async def test_a_busy_platform_is_asked_again() -> None:
    """Being told to wait is no refusal."""
    scripted = Scripted(TryLater("busy", after=0), b"abc")

    assert await OncePerMessage(scripted).fetch(attachment()) == b"abc"


REFUSED = [
    (attachment("video/mp4", size=34_000_000), b"", "video 34 MB (over the 20 MB limit)", 0),
    (attachment("video/mp4"), b"x" * 20_000_001, "video 20 MB (over the 20 MB limit)", 1),
    (attachment("application/pdf", size=20_500_000), b"", "file 20.5 MB (over the 20 MB limit)", 0),
    (attachment("image/png", size=0), b"", "picture without content", 1),
]


@pytest.mark.parametrize(("asked", "content", "reason", "fetched"), REFUSED)
async def test_what_breaks_a_limit_is_a_gap(
    asked: Attachment, content: bytes, reason: str, fetched: int
) -> None:
    """A size that is known is refused unasked; one that is not, once the content is there."""
    scripted = Scripted(content)

    assert await content_or_gap(OncePerMessage(scripted), asked) == Gap(part="attachment[0]", reason=reason)
    assert scripted.fetched == fetched


async def test_what_does_not_come_in_time_is_a_gap() -> None:
    """Patience ends, and the reason says how much of it there was."""
    once = OncePerMessage(Scripted(), patience_s=0.01)

    found = await content_or_gap(once, attachment("audio/ogg"))

    assert found == Gap(part="attachment[0]", reason="audio that could not be fetched within 0.01 s")


@pytest.mark.parametrize(("size", "text"), [(34_000_000, "34 MB"), (20_480_000, "20.5 MB"), (7, "0.1 MB")])
def test_sizes_are_written_for_people(size: int, text: str) -> None:
    """Three digits at most, never nothing."""
    assert megabytes(size) == text
