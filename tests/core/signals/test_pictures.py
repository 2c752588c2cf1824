"""Pictures among attachments: hashed by content, and a gap where they cannot be read."""

import hashlib

from core.errors import CannotLook
from core.media.frames import Fingerprint, Seen
from core.model import Attachment, Gap, Signal
from core.signals.pictures import Pictures
from tests import make
from tests.core.media.pictures import encoded, photograph


class Shelf:
    """Files by reference; what is not there is refused."""

    def __init__(self, **files: bytes) -> None:
        self.files = files

    async def fetch(self, attachment: Attachment) -> bytes:
        """Give the file, or refuse."""
        if attachment.ref not in self.files:
            raise CannotLook("video 34 MB (over the 20 MB limit)")
        return self.files[attachment.ref]


class Reader:
    """Gives every file the same fingerprint, and refuses what is cut off."""

    def __init__(
        self,
        *,
        quality: int = 90,
        codes: tuple[str, ...] = (),
        unread: str = "",
        clip: str = "",
        unwatched: str = "",
    ) -> None:
        self.quality = quality
        self.codes = codes
        self.unread = unread
        self.clip = clip
        self.unwatched = unwatched
        self.asked: list[bytes] = []

    async def look(self, content: bytes) -> Seen:
        """Answer, or refuse."""
        self.asked.append(content)
        if len(content) < 100:
            raise CannotLook("picture that is cut off")
        found = Fingerprint(kind="pdq", value="0f" * 32, quality=self.quality)
        return Seen(
            fingerprints=() if content == VIDEO else (found,),
            codes=self.codes,
            unread=self.unread,
            clip=self.clip,
            unwatched=self.unwatched,
        )


PICTURE = encoded(photograph(100, 80), "JPEG")
VIDEO = b"\0\0\0\x20ftypisom" + bytes(200)


async def test_a_picture_is_known_by_its_content() -> None:
    """A JPEG called a text file is hashed; a text called a JPEG is a gap."""
    parts = (
        Attachment(ref="a", path="attachment[0]", name="notes.txt", media_type="text/plain", hidden=True),
        Attachment(ref="b", path="attachment[1]", name="kite.jpg", media_type="image/jpeg"),
    )
    files = Shelf(a=PICTURE, b=b"not a picture")

    found = list(await Pictures(Reader()).signals(make.message("text", parts=parts), files))

    assert found == [
        Signal(kind="pdq", value="0f" * 32, part="attachment[0]", hidden=True, quality=90),
        Gap(part="attachment[1]", reason="picture in a form that cannot be read"),
    ]


async def test_what_is_no_picture_is_left_to_others() -> None:
    """A document that does not claim to be a picture is no gap of this source."""
    reader = Reader()
    part = Attachment(ref="a", path="attachment[0]", media_type="application/pdf")

    assert list(await Pictures(reader).signals(make.message(parts=(part,)), Shelf(a=b"%PDF-1.7"))) == []
    assert reader.asked == []


async def test_a_hash_of_low_quality_is_a_signal_with_its_quality() -> None:
    """It is shown and never matched: that is for the banks to see."""
    part = Attachment(ref="a", path="attachment[0]")

    (found,) = await Pictures(Reader(quality=12)).signals(make.message(parts=(part,)), Shelf(a=PICTURE))

    assert isinstance(found, Signal)
    assert found.quality == 12


async def test_what_cannot_be_fetched_or_read_is_a_gap() -> None:
    """Each with its reason, and the next picture is looked at all the same."""
    parts = tuple(Attachment(ref=ref, path=f"attachment[{ref}]") for ref in ("gone", "cut", "a"))

    found = list(
        await Pictures(Reader()).signals(make.message(parts=parts), Shelf(a=PICTURE, cut=PICTURE[:50]))
    )

    assert found[:2] == [
        Gap(part="attachment[gone]", reason="video 34 MB (over the 20 MB limit)"),
        Gap(part="attachment[cut]", reason="picture that is cut off"),
    ]
    assert isinstance(found[2], Signal)


async def test_the_links_of_codes_are_hidden_links_of_the_picture() -> None:
    """Each once, under a path of its own: the eye cannot read a code. What holds no link says nothing."""
    part = Attachment(ref="a", path="attachment[0]")
    texts = ("https://t.me/example_media", "WIFI:T:WPA;S:ExampleCafe;P:lantern;;", "T.ME/EXAMPLE_MEDIA")
    reader = Reader(codes=texts)

    hashed, *links = await Pictures(reader).signals(make.message(parts=(part,)), Shelf(a=PICTURE))

    assert isinstance(hashed, Signal)
    assert (hashed.kind, hashed.part, hashed.hidden) == ("pdq", "attachment[0]", False)
    assert links == [
        Signal(kind="link", value="telegram:user/example_media", part="attachment[0].qr", hidden=True)
    ]
    assert len(reader.asked) == 1


async def test_codes_that_could_not_be_looked_for_are_a_gap() -> None:
    """The picture is known all the same."""
    part = Attachment(ref="a", path="attachment[0]")
    reader = Reader(unread="picture in which looking for codes takes too long")

    hashed, gap = await Pictures(reader).signals(make.message(parts=(part,)), Shelf(a=PICTURE))

    assert isinstance(hashed, Signal)
    assert gap == Gap(part="attachment[0].qr", reason="picture in which looking for codes takes too long")


async def test_a_video_is_one_signal_of_its_frames() -> None:
    """Whatever it is called; its value is the digest of what was seen, and its codes are links."""
    part = Attachment(ref="a", path="attachment[0]", name="notes.txt", media_type="text/plain", hidden=True)
    reader = Reader(clip="AAAA", codes=("https://t.me/example_media",))

    clip, link = await Pictures(reader).signals(make.message(parts=(part,)), Shelf(a=VIDEO))

    assert isinstance(clip, Signal)
    assert (clip.kind, clip.part, clip.hidden, clip.clip) == ("video", "attachment[0]", True, "AAAA")
    assert clip.value == hashlib.sha256(b"AAAA").hexdigest()
    assert (clip.bare().clip, "AAAA" in repr(clip)) == ("", False)
    assert isinstance(link, Signal)
    assert link.part == "attachment[0].qr"


async def test_an_animation_is_a_picture_and_a_video() -> None:
    """Both are signals of the same part."""
    part = Attachment(ref="a", path="attachment[0]")

    found = list(await Pictures(Reader(clip="AAAA")).signals(make.message(parts=(part,)), Shelf(a=PICTURE)))

    assert [one.kind for one in found if isinstance(one, Signal)] == ["pdq", "video"]


async def test_a_video_of_which_the_end_was_not_looked_at_is_a_gap_too() -> None:
    """What was seen counts."""
    part = Attachment(ref="a", path="attachment[0]")
    reader = Reader(clip="AAAA", unwatched="video of which only the first 1:40 was looked at")

    clip, gap = await Pictures(reader).signals(make.message(parts=(part,)), Shelf(a=VIDEO))

    assert isinstance(clip, Signal)
    assert gap == Gap(part="attachment[0]", reason="video of which only the first 1:40 was looked at")


async def test_what_claims_to_be_a_video_and_is_none_is_a_gap() -> None:
    """It cannot be looked at, and does not pass for nothing."""
    part = Attachment(ref="a", path="attachment[0]", media_type="video/mp4")

    (gap,) = await Pictures(Reader()).signals(make.message(parts=(part,)), Shelf(a=b"no video"))

    assert gap == Gap(part="attachment[0]", reason="video in a form that cannot be read")
