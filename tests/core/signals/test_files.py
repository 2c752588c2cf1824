"""Digests of attachments: known values, several attachments, and what could not be fetched."""

import hashlib

import pytest

from core.errors import CannotLook
from core.media.digests import ALGORITHMS, digests
from core.media.fetch import OncePerMessage
from core.model import Attachment, Gap, Signal
from core.signals.files import Digests
from tests import make

EMPTY = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "d41d8cd98f00b204e9800998ecf8427e",
)
ABC = (
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "a9993e364706816aba3e25717850c26c9cd0d89d",
    "900150983cd24fb0d6963f7d28e17f72",
)


class Shelf:
    """Files by reference; what is not there is refused."""

    def __init__(self, **files: bytes) -> None:
        self.files = files

    async def fetch(self, attachment: Attachment) -> bytes:
        """Give the file, or refuse."""
        if attachment.ref not in self.files:
            raise CannotLook("file that is no longer there")
        return self.files[attachment.ref]


@pytest.mark.parametrize(("content", "expected"), [(b"", EMPTY), (b"abc", ABC)])
def test_digests_are_the_published_ones(content: bytes, expected: tuple[str, ...]) -> None:
    """Known values of FIPS 180-4 and RFC 1321."""
    assert digests(content) == expected


def test_a_long_file_gives_the_digests_of_the_whole() -> None:
    """Reading in pieces changes nothing, at and beside the borders of the pieces."""
    for size in (1 << 18, (1 << 18) + 1, 3_000_000):
        content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)

        assert digests(content) == tuple(hashlib.new(name, content).hexdigest() for name in ALGORITHMS)


async def test_every_attachment_gives_three_digests_or_a_gap() -> None:
    """Signals and gaps name the part; one missing file does not hide the next."""
    parts = (
        Attachment(ref="a", path="attachment[0]", hidden=True),
        Attachment(ref="gone", path="attachment[1]"),
        Attachment(ref="big", path="attachment[2]"),
    )
    files = OncePerMessage(Shelf(a=b"abc", big=b"abc" * 500_000))

    found = list(await Digests().signals(make.message("text", parts=parts), files))

    assert found[:4] == [
        *(
            Signal(kind=kind, value=value, part="attachment[0]", hidden=True)
            for kind, value in zip(("sha256", "sha1", "md5"), ABC, strict=True)
        ),
        Gap(part="attachment[1]", reason="file that is no longer there"),
    ]
    assert [s.kind for s in found[4:] if isinstance(s, Signal)] == ["sha256", "sha1", "md5"]


async def test_a_message_without_attachments_has_no_digests() -> None:
    """Nothing is fetched for a text."""
    assert list(await Digests().signals(make.message("text"), Shelf())) == []
