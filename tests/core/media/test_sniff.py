"""Telling pictures by their first bytes, whatever the file is called."""

import pytest

from core.media.sniff import Form, ends_in_zip, is_picture, sniff
from core.media.video_forms import video_form
from tests.core.media.packed import pdf, tarred, word, zipped
from tests.core.media.pictures import encoded, photograph

OTHERS = [
    b"",
    b"B",
    b"BM and so on, a text that begins like a bitmap",
    b"RIFF\0\0\0\0WAVEfmt ",
    b"RIFF\0\0\0\0AVI LIST",
    b"\0\0\0\x20ftypisom\0\0\0\0",
    b"\0\0\0\x20ftypmp42\0\0\0\0",
    b"%PDF-1.7",
    b"PK\x03\x04",
    b"\x1a\x45\xdf\xa3",
    b"GIF is a word",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF"])
def test_every_form_that_is_read_is_known(form: str) -> None:
    """What the decoder takes is recognised as a picture."""
    assert is_picture(encoded(photograph(40, 30), form))


def test_a_form_that_cannot_be_read_is_still_a_picture() -> None:
    """HEIC leaves a gap; it does not pass for no picture."""
    assert is_picture(b"\0\0\0\x20ftypheic\0\0\0\0mif1heic")


@pytest.mark.parametrize("content", OTHERS)
def test_other_files_are_not_pictures(content: bytes) -> None:
    """Videos, sound, documents and texts that begin alike."""
    assert not is_picture(content)


URDU = "پتنگ t.me/example_kite"

FORMS = [
    (zipped({"a.txt": b"kite"}), Form.ZIP),
    (zipped({}), Form.ZIP),
    (word("kite"), Form.OFFICE),
    (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}, stored=True), Form.OFFICE),
    (zipped({"mimetype": b"application/epub+zip"}, stored=True), Form.BOOK),
    (zipped({"AndroidManifest.xml": b"x", "classes.dex": b"y"}), Form.APP),
    (tarred({"a": b"kite"}), Form.TAR),
    (tarred({"a": b"kite"}, "gz"), Form.GZIP),
    (tarred({"a": b"kite"}, "bz2"), Form.BZIP2),
    (tarred({"a": b"kite"}, "xz"), Form.XZ),
    (b"Rar!\x1a\x07\x01\0", Form.RAR),
    (b"7z\xbc\xaf\x27\x1c\0\x04", Form.SEVEN_ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Form.OLD_OFFICE),
    (pdf("kite"), Form.PDF),
    (b"\n\n%PDF-1.4", Form.PDF),
    (b"\0\0\0\x20ftypisom\0\0\0\0", Form.VIDEO),
    (b"\0\0\0\x20ftypqt  \0\0\0\0", Form.VIDEO),
    (b"\x1a\x45\xdf\xa3\x9f", Form.VIDEO),
    (b"RIFF\0\0\0\0AVI LIST", Form.VIDEO),
    (encoded(photograph(40, 30), "GIF"), Form.PICTURE),
    (b"BZh is how this text begins", Form.TEXT),
    (b"PK is how this text begins", Form.TEXT),
    (URDU.encode(), Form.TEXT),
    (URDU.encode("utf-16"), Form.TEXT),
    (URDU.encode("utf-16-le"), Form.TEXT),
    ("مرحبا بالعالم كله".encode("cp1256"), Form.TEXT),
    (b"a text with one\0zero that hides nothing from people", Form.TEXT),
    (b"", Form.OTHER),
    (b"   \n", Form.OTHER),
    (b"RIFF\0\0\0\0WAVEfmt ", Form.OTHER),
    (b"\0\0\0\x20ftypM4A \0\0\0\0", Form.OTHER),
    (b"\x7fELF\x02\x01\x01" + bytes(64), Form.OTHER),
    (bytes(range(256)) * 4, Form.OTHER),
]


@pytest.mark.parametrize(("content", "form"), FORMS, ids=[form.name for _, form in FORMS])
def test_a_form_is_told_by_the_content(content: bytes, form: Form) -> None:
    """Archives, documents, texts in the encodings that people use, and what is none of them."""
    assert sniff(content) is form


def test_a_picture_that_is_also_an_archive_is_found_out() -> None:
    """A zip is read from its end, so that it may follow a picture; two letters of one are none."""
    picture = encoded(photograph(40, 30), "JPEG")

    assert ends_in_zip(zipped({"a.txt": b"kite"}, before=picture))
    assert ends_in_zip(picture + zipped({"a.txt": b"kite"}, comment=b"c" * 60_000))
    assert not ends_in_zip(picture)
    assert not ends_in_zip(picture + b"PK\x05\x06" + bytes(18))


VIDEOS = {
    b"\0\0\0\x20ftypisom\0\0\0\0": "mp4",
    b"\0\0\0\x14ftypqt  ": "mp4",
    b"\0\0\0\x18ftyp3gp5": "mp4",
    b"\0\0\0\x08moov": "mp4",
    b"\0\0\0\x08wide\0\0\0\0mdat": "mp4",
    b"\x1a\x45\xdf\xa3\x93\x42\x82": "matroska",
    b"RIFF\0\0\0\0AVI LIST": "avi",
    b"FLV\x01\x05": "flv",
    b"\0\0\x01\xba\x44": "mpeg",
    b"\0\0\x01\xb3\x16": "mpegvideo",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9": "asf",
    b"OggS\0\x02" + bytes(22) + b"\x80theora": "ogg",
    (b"G" + bytes(187)) * 5: "mpegts",
    (bytes(4) + b"G" + bytes(187)) * 5: "mpegts",
}
NO_VIDEOS = [
    b"",
    b"moov",
    b"G" * 3,
    b"Greetings, a text that begins like a stream " * 30,
    (b"G" + bytes(187)) * 3 + bytes(600),
    b"\0\0\0\x20ftypM4A \0\0\0\0",
    b"\0\0\0\x20ftypheic\0\0\0\0mif1heic",
    b"\0\0\0\x20ftypavis",
    b"OggS\0\x02" + bytes(22) + b"OpusHead",
    b"RIFF\0\0\0\0WAVEfmt ",
    b"RIFF\0\0\0\0WEBPVP8 ",
    b"GIF89a",
    b"%PDF-1.7",
]


@pytest.mark.parametrize("content", VIDEOS)
def test_videos_are_known_by_their_first_bytes(content: bytes) -> None:
    """Each by its container, which the reader is then told."""
    assert video_form(content) == VIDEOS[content]


@pytest.mark.parametrize("content", NO_VIDEOS)
def test_other_files_are_no_videos(content: bytes) -> None:
    """Voice messages, music, pictures and texts that begin alike."""
    assert video_form(content) == ""
