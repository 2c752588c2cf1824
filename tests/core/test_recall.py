"""What is remembered of messages: hashes and identifiers, and of people only what cannot be read."""

from dataclasses import replace

import pytest

from core.errors import StoreError
from core.keeping import Print
from core.model import Happening, Signal
from core.recall import Recall, print_of, salt_of, salted
from core.text.prose import digest
from tests import make
from tests.fake_prints import MemoryPrints
from tests.fakes import MemoryNotes

LINK = Signal(kind="link", value="telegram:user/bluelantern", part="text")
AUTHOR = Signal(kind="account", value="fake:id/51900412", part="author")
WORDS = "The blue lantern was lit above the harbour tonight and tomorrow"


@pytest.mark.parametrize(
    ("signal", "expected"),
    [
        (LINK, Print("link", LINK.value)),
        (
            Signal(kind="account", value="telegram:id/7", part="forward.origin"),
            Print("link", "telegram:id/7"),
        ),
        (AUTHOR, None),
        (Signal(kind="md5", value="0f" * 16, part="a"), Print("md5", "0f" * 16)),
        (Signal(kind="pdq", value="0f" * 32, part="a", quality=50), Print("pdq", "0f" * 32)),
        (Signal(kind="pdq", value="0f" * 32, part="a", quality=49), None),
        (
            Signal(kind="text", value="x", part="text", text=f"{WORDS}!"),
            Print("text", digest(WORDS.lower())),
        ),
        (Signal(kind="text", value="x", part="text", text="see you there at the harbour tomorrow"), None),
        (Signal(kind="text", value="x", part="text", text="?! " * 30), None),
        (Signal(kind="profile", value="Amina R.", part="author.name"), None),
        (Signal(kind="video", value="x", part="a"), None),
    ],
)
def test_what_is_kept_of_a_signal(signal: Signal, expected: Print | None) -> None:
    """Whatever a list could know by equality or distance; no words, no names, no author."""
    assert print_of(signal) == expected


async def test_a_message_is_written_down_at_the_next_flush_and_once() -> None:
    """Where it stood and when; its author only as a salted hash."""
    prints = MemoryPrints()
    recall = Recall(prints, "ab" * 16)
    message = replace(make.message("join us"), forwarded=True)

    recall.note(message, [LINK, AUTHOR])
    before = dict(prints.rows)
    await recall.flush()
    await recall.flush()

    assert before == {}
    (one,) = prints.rows.values()
    assert (one.message_id, one.place, one.at) == (message.id, "fake:room", make.NOON)
    assert (one.place_name, one.forwarded) == (message.place.name, True)
    assert one.prints == {Print("link", LINK.value)}
    assert one.author == salted("ab" * 16, message.author.id)
    assert message.author.id not in repr(one)


async def test_chatter_is_not_remembered_and_newcomers_are() -> None:
    """A message that no list could know leaves nothing; an account that joins may be on a later list."""
    prints = MemoryPrints()
    recall = Recall(prints, "ab" * 16)

    recall.note(make.message("good morning"), [AUTHOR])
    recall.note(make.message(message_id="fake:room:join", happening=Happening.JOINED), [AUTHOR])
    await recall.flush()

    assert [one.message_id for one in prints.rows.values()] == ["fake:room:join"]


async def test_what_could_not_be_written_still_waits() -> None:
    """A database that is busy loses nothing."""

    class Busy(MemoryPrints):
        """Refuses once."""

        refused = False

        async def record(self, sightings: object) -> None:
            """Refuse the first time."""
            if not self.refused:
                self.refused = True
                raise StoreError("busy")
            await super().record(sightings)  # type: ignore[arg-type]  # the override takes anything

    prints = Busy()
    recall = Recall(prints, "ab" * 16)
    recall.note(make.message(), [LINK])

    with pytest.raises(StoreError):
        await recall.flush()
    await recall.flush()

    assert len(prints.rows) == 1


async def test_a_salt_is_never_written_over() -> None:
    """Of two processes that start at once, both remember authors by the salt that was written first."""

    class Shared(MemoryNotes):
        """Notes in which another process writes its salt right after we looked for one."""

        async def first(self, key: str, value: str) -> bool:
            """Be too late."""
            await super().first(key, "theirs")
            return await super().first(key, value)

        async def keep(self, key: str, value: str) -> None:
            """Refuse to write over a note."""
            raise AssertionError(key)

    assert await salt_of(Shared()) == "theirs"


async def test_the_salt_is_made_once_and_differs_between_communities() -> None:
    """Two communities cannot tell whether they know the same person."""
    here, there = MemoryNotes(), MemoryNotes()

    salt = await salt_of(here)

    assert await salt_of(here) == salt
    assert salted(salt, "fake:id/7") != salted(await salt_of(there), "fake:id/7")
    assert salted(salt, "fake:id/7") == salted(salt, "fake:id/7") != salted(salt, "fake:id/8")
    assert salted(salt, "") == ""
