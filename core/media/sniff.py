"""What a file is, by its first bytes: names and claimed types are whatever their sender liked."""

import codecs
import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Final

from core.media.video_forms import PICTURE_BRANDS, video_form
from core.text.encodings import encoding_of

_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_BITMAP: Final = b"BM"
_BITMAP_HEADERS: Final = (12, 40, 52, 56, 64, 108, 124)


class Form(StrEnum):
    """The form of a file; the words are a moderator's."""

    PICTURE = "picture"
    VIDEO = "video"
    PDF = "PDF"
    ZIP = "zip"
    OFFICE = "office document"
    BOOK = "e-book"
    APP = "app"
    GZIP = "gz"
    BZIP2 = "bz2"
    XZ = "xz"
    TAR = "tar"
    TEXT = "text"
    RAR = "rar"
    SEVEN_ZIP = "7z"
    ZSTANDARD = "zst"
    LZ4 = "lz4"
    CABINET = "cab"
    ARJ = "arj"
    DISC = "iso"
    OLD_OFFICE = "old office document"
    OTHER = "other"


ZIPS: Final = frozenset({Form.ZIP, Form.OFFICE, Form.BOOK, Form.APP})
ARCHIVES: Final = ZIPS | {Form.GZIP, Form.BZIP2, Form.XZ, Form.TAR}
"""What is unfolded."""

DOCUMENTS: Final = frozenset({Form.PDF, Form.TEXT})
"""What holds a text of its own."""

CLOSED: Final = frozenset(
    {Form.RAR, Form.SEVEN_ZIP, Form.ZSTANDARD, Form.LZ4, Form.CABINET, Form.ARJ, Form.DISC}
)
"""Archives that cannot be opened here."""

_STARTS: Final = (
    (b"Rar!\x1a\x07", Form.RAR),
    (b"7z\xbc\xaf\x27\x1c", Form.SEVEN_ZIP),
    (b"\x28\xb5\x2f\xfd", Form.ZSTANDARD),
    (b"\x04\x22\x4d\x18", Form.LZ4),
    (b"MSCF\0\0\0\0", Form.CABINET),
    (b"\x60\xea", Form.ARJ),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Form.OLD_OFFICE),
    (b"\x1f\x8b\x08", Form.GZIP),
    (b"\xfd7zXZ\0", Form.XZ),
    (b"BZh", Form.BZIP2),
)
_BZIP2_BLOCK: Final = b"1AY&SY"
_ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")
_ZIP_END: Final = b"PK\x05\x06"
_ZIP_ENTRY: Final = b"PK\x01\x02"
_ZIP_TAIL: Final = 66_000
"""The end record of a zip and the longest comment behind it."""

_BOOK: Final = b"mimetypeapplication/epub+zip"
_ODF: Final = b"mimetypeapplication/vnd.oasis.opendocument"
_NAMED: Final = ((b"[Content_Types].xml", Form.OFFICE), (b"AndroidManifest.xml", Form.APP))
_LOCAL_NAME: Final = 30
"""Where the name of the first member begins."""

_PDF_WITHIN: Final = 1024
_TAR_MAGIC: Final = 257
_DISC_MAGIC: Final = 32769
_PIECE: Final = 1 << 16
_STICKER: Final = re.compile(rb'"tgs"\s{0,9}:')
_TEXT_CONTROLS: Final = frozenset("\t\n\v\f\r\x1a\x1b\b")
_SPOILED: Final = 30
"""One sign in so many may be one that no text holds: people's programs show such a file all the same."""


def sniff(content: bytes) -> Form:
    """Tell a file's form by what it begins with; reads 64 kB of each end at most."""
    if is_picture(content):
        return Form.PICTURE
    if content.startswith(_ZIP_STARTS):
        return _kind_of_zip(content)
    return next((form for form, fits in _FITTING if fits(content)), Form.OTHER)


def is_picture(content: bytes) -> bool:
    """Tell whether a file is a still picture or an animation that starts with one.

    Forms that may not be decoded here (HEIC) count too: they are to leave a gap, not to pass for no picture.
    """
    if content.startswith(_PICTURES):
        return True
    if content.startswith(_BITMAP):
        # Two letters say little: the size of the second header says whether it is one.
        return int.from_bytes(content[14:18], "little") in _BITMAP_HEADERS
    if content[:4] == b"RIFF":
        return content[8:12] == b"WEBP"
    return content[4:8] == b"ftyp" and content[8:12] in PICTURE_BRANDS


def ends_in_zip(content: bytes) -> bool:
    """Tell whether a zip is appended to a file of another form: a picture that is also an archive."""
    tail = content[-_ZIP_TAIL:]
    return (end := tail.rfind(_ZIP_END)) >= 0 and _ZIP_ENTRY in tail[:end]


def is_animated_sticker(unpacked: bytes) -> bool:
    """Tell whether what a gz holds is one of Telegram's animated stickers: drawings in JSON."""
    return unpacked.startswith(b"{") and _STICKER.search(unpacked[:_PIECE]) is not None


def _is_text(content: bytes) -> bool:
    """Tell whether a file is a text, by its first 64 kB."""
    start = without_zeros(content[:_PIECE])
    if not (encoding := encoding_of(start, (start,))):
        return False
    # Decoded piecewise: a letter that is cut in two at the end is no sign of anything.
    text = codecs.getincrementaldecoder(encoding)("replace").decode(start)
    odd = sum(c < " " and c not in _TEXT_CONTROLS for c in text) + text.count("\ufffd")
    return bool(text.strip()) and odd * _SPOILED <= len(text)


def without_zeros(content: bytes) -> bytes:
    """Drop a few zeros that were strewn into a text of single bytes; where there are many, it is none."""
    zeros = content.count(0)
    return content.replace(b"\0", b"") if 0 < zeros * _SPOILED <= len(content) else content


def _kind_of_zip(content: bytes) -> Form:
    first = content[_LOCAL_NAME : _LOCAL_NAME + 64]
    if first.startswith(_BOOK):
        return Form.BOOK
    if first.startswith(_ODF):
        return Form.OFFICE
    ends = content[:_PIECE] + content[-_PIECE:]
    return next((form for name, form in _NAMED if name in ends), Form.ZIP)


def _starts(start: bytes, content: bytes) -> bool:
    # "BZh" alone may begin a text.
    return content.startswith(start) and (start != b"BZh" or content[4:10] == _BZIP2_BLOCK)


_FITTING: Final[Sequence[tuple[Form, Callable[[bytes], object]]]] = (
    *((form, partial(_starts, start)) for start, form in _STARTS),
    (Form.VIDEO, video_form),
    (Form.PDF, lambda content: b"%PDF-" in content[:_PDF_WITHIN]),
    (Form.TAR, lambda content: content[_TAR_MAGIC : _TAR_MAGIC + 5] == b"ustar"),
    (Form.DISC, lambda content: content[_DISC_MAGIC : _DISC_MAGIC + 5] == b"CD001"),
    (Form.TEXT, _is_text),
)
"""What else there is, the surest signs first."""
