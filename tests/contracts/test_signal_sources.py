"""What the judge may rely on, whichever source it asks; an extension's source is added to the table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from core.errors import CannotLook
from core.media.fetch import OncePerMessage
from core.media.frames import Fingerprint, Seen
from core.media.pieces import Piece, Written
from core.model import Account, Attachment, Gap, Happening, Link, Mention, Message, Signal
from core.ports import SignalSource, at_once_of
from core.signals.accounts import Accounts
from core.signals.contents import Contents
from core.signals.files import Digests
from core.signals.links import Links
from core.signals.pictures import Pictures
from core.signals.profiles import Profiles
from core.signals.texts import Texts
from tests import make
from tests.core.media.packed import zipped
from tests.core.media.pictures import encoded, photograph


class Shelf:
    """Files by reference; what is not there is refused."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    async def fetch(self, attachment: Attachment) -> bytes:
        """Give the file, or refuse."""
        if attachment.ref not in self.files:
            raise CannotLook("file that is no longer there")
        return self.files[attachment.ref]


class Reader:
    """Gives every picture the same fingerprint."""

    async def look(self, content: bytes) -> Seen:
        """Answer."""
        return Seen(fingerprints=(Fingerprint(kind="pdq", value=f"{len(content):064x}", quality=90),))


class Unfolder:
    """Finds a text in every file."""

    async def unfold(self, content: bytes) -> Sequence[Piece]:
        """Answer."""
        return (Written(place="", text="t.me/example_media"),)


SOURCES: list[SignalSource] = [
    Links(),
    Accounts(),
    Texts(),
    Digests(),
    Pictures(Reader()),
    Profiles(),
    Contents(Unfolder()),
]

FULL = make.message(
    "see https://example.org/a",
    happening=Happening.JOINED,
    parts=(
        Link(url="https://t.me/example_media", path="button[0].url", hidden=True),
        Mention(account=Account(id="telegram:id/1"), path="forward.origin"),
        Attachment(ref="picture", path="attachment[0]"),
        Attachment(ref="gone", path="attachment[1]"),
    ),
)


@pytest.fixture(params=SOURCES, ids=lambda source: source.name)
def source(request: pytest.FixtureRequest) -> SignalSource:
    """Give every source."""
    found: SignalSource = request.param
    return found


async def taken(source: SignalSource, message: Message) -> list[Signal | Gap]:
    """Ask a source about a message with a picture that is also an archive, and a file that is not there."""
    files = OncePerMessage(Shelf({"picture": encoded(photograph(64, 48)) + zipped({"a.txt": b"kite"})}))
    return list(await source.signals(message, files))


async def test_what_is_found_names_the_part_it_stood_in(source: SignalSource) -> None:
    """Every signal and gap belongs to a part of the message, or to its author."""
    paths = {"author", *(part.path for part in FULL.parts)}

    found = await taken(source, FULL)

    assert found
    assert {one.part for one in found} <= paths


async def test_what_cannot_be_fetched_is_never_raised(source: SignalSource) -> None:
    """It is a gap with its reason, and only for its own part."""
    gaps = [one for one in await taken(source, FULL) if isinstance(one, Gap)]

    assert gaps in ([], [Gap(part="attachment[1]", reason="file that is no longer there")])


async def test_asking_twice_finds_the_same(source: SignalSource) -> None:
    """Nothing is kept from one message to the next: an event may be delivered twice."""
    assert await taken(source, FULL) == await taken(source, FULL)


async def test_what_it_says_at_once_is_all_that_it_would_say(source: SignalSource) -> None:
    """Where no file is attached; where one is, a source that needs it says that it has to wait."""
    plain = replace(FULL, parts=tuple(p for p in FULL.parts if not isinstance(p, Attachment)))
    at_once = at_once_of(source)

    assert list(at_once(plain) or ()) == list(await source.signals(plain, Shelf({})))
    assert at_once(FULL) is None or list(at_once(FULL) or ()) == await taken(source, FULL)


async def test_an_empty_message_has_nothing_to_look_at(source: SignalSource) -> None:
    """No part, no author's identifier: no signal and no gap."""
    assert await taken(source, make.message(author=Account(name="Amina R."))) == []


async def test_values_are_texts_without_space_around_them(source: SignalSource) -> None:
    """A value is compared as it is: nothing may stand around it."""
    signals = [one for one in await taken(source, FULL) if isinstance(one, Signal)]

    assert signals
    assert all(one.value == one.value.strip() != "" for one in signals)


def test_every_source_has_a_name_of_its_own() -> None:
    """Gaps and logs tell them apart by it."""
    names = [source.name for source in SOURCES]

    assert all(names)
    assert len(names) == len(set(names))
