"""A forwarded file is fetched and looked at once: by the platform's own name for its content."""

import asyncio

from core.errors import CannotLook
from core.model import Attachment, Gap, Message, Place, Signal
from core.signals.files import Digests
from core.signals.remembered import Remembering
from tests import make


class Shelf:
    """Gives every file, but those that are gone, and counts."""

    def __init__(self, *gone: str) -> None:
        self.gone = set(gone)
        self.fetched: list[str] = []

    async def fetch(self, attachment: Attachment) -> bytes:
        """Give a file whose content is its stable name."""
        self.fetched.append(attachment.ref)
        await asyncio.sleep(0)
        if attachment.ref in self.gone:
            raise CannotLook("the file is no longer there")
        return attachment.same.encode() or b"nameless"


def posted(ref: str, same: str = "kite", path: str = "attachment[0]", *, hidden: bool = False) -> Message:
    """Give a message with one file."""
    return make.message(parts=(Attachment(ref=ref, path=path, same=same, hidden=hidden),))


async def paths(source: Remembering, message: Message, shelf: Shelf) -> set[tuple[str, str]]:
    """Give where signals of which value were found."""
    found = await source.signals(message, shelf)
    return {(one.part, one.value) for one in found if isinstance(one, Signal) and one.kind == "md5"}


async def test_a_forwarded_file_is_fetched_once() -> None:
    """Its signals stand where the forward has them, and another file is fetched."""
    source, shelf = Remembering(Digests()), Shelf()

    first = await paths(source, posted("a"), shelf)
    again = await paths(source, posted("b", path="reply.attachment[0]"), shelf)
    other = await paths(source, posted("c", same="lantern"), shelf)

    assert shelf.fetched == ["a", "c"]
    assert {value for _, value in first} == {value for _, value in again} != {value for _, value in other}
    assert [path for path, _ in again] == ["reply.attachment[0]"]


async def test_a_wave_is_fetched_once() -> None:
    """Those that come while the first one is fetched wait for it."""
    source, shelf = Remembering(Digests()), Shelf()

    async with asyncio.TaskGroup() as group:
        for number in range(5):
            group.create_task(paths(source, posted(str(number)), shelf))

    assert len(shelf.fetched) == 1


async def test_a_file_without_a_stable_name_is_always_fetched() -> None:
    """Two such files are two files."""
    source, shelf = Remembering(Digests()), Shelf()

    for ref in ("a", "b"):
        await paths(source, posted(ref, same=""), shelf)

    assert shelf.fetched == ["a", "b"]


async def test_a_gap_is_not_remembered() -> None:
    """What could not be fetched in one place may be there in another."""
    source, shelf = Remembering(Digests()), Shelf("gone")

    (gap,) = await source.signals(posted("gone"), shelf)

    assert isinstance(gap, Gap)
    assert len(await paths(source, posted("a"), shelf)) == 1


async def test_names_of_two_platforms_are_two_names() -> None:
    """And what was hidden there may be seen here."""
    source, shelf = Remembering(Digests()), Shelf()
    elsewhere = Message(
        id="other:1",
        place=Place(id="other:room"),
        author=make.account(),
        at=make.NOON,
        parts=posted("c").parts,
    )

    await paths(source, posted("a"), shelf)
    hidden = [one for one in await source.signals(posted("b", hidden=True), shelf) if isinstance(one, Signal)]
    await paths(source, elsewhere, shelf)

    assert all(signal.hidden for signal in hidden)
    assert shelf.fetched == ["a", "b", "c"]


async def test_every_file_of_a_message_is_looked_at() -> None:
    """Known and new ones beside each other, in their order; what is no file is passed over."""
    source, shelf = Remembering(Digests()), Shelf()
    await paths(source, posted("a"), shelf)
    parts = tuple(Attachment(ref=s, path=f"attachment[{n}]", same=s) for n, s in enumerate(("kite", "lamp")))

    found = list(await source.signals(make.message("text", parts=parts), shelf))

    assert [one.part for one in found] == ["attachment[0]"] * 3 + ["attachment[1]"] * 3
    assert shelf.fetched == ["a", "lamp"]
