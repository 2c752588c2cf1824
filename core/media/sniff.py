"""What a file is, by its first bytes: names and claimed types are whatever their sender liked."""

from typing import Final

_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_BITMAP: Final = b"BM"
_BITMAP_HEADERS: Final = (12, 40, 52, 56, 64, 108, 124)
_BRANDS: Final = (b"avif", b"avis", b"mif1", b"msf1", b"heic", b"heix", b"hevc", b"heim")


def is_picture(content: bytes) -> bool:
    """Tell whether a file is a still picture or an animation that starts with one.

    Forms that cannot be decoded here (HEIC) count too: they are to leave a gap, not to pass for no picture.
    """
    if content.startswith(_PICTURES):
        return True
    if content.startswith(_BITMAP):
        # Two letters say little: the size of the second header says whether it is one.
        return int.from_bytes(content[14:18], "little") in _BITMAP_HEADERS
    if content[:4] == b"RIFF":
        return content[8:12] == b"WEBP"
    return content[4:8] == b"ftyp" and content[8:12] in _BRANDS
