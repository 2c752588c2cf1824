"""Forms of files that may hold a video, by their first bytes."""

from typing import Final

HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs")
AVIF_BRANDS: Final = (b"avif", b"avis")
PICTURE_BRANDS: Final = (*AVIF_BRANDS, b"mif1", b"msf1", *HEIC_BRANDS)
"""Brands of the MPEG-4 family that are pictures."""

_SOUND: Final = (b"M4A ", b"M4B ", b"M4P ", b"aax ")
_BOXES: Final = (b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
"""What an old QuickTime file may begin with, which has no `ftyp`."""

_VIDEOS: Final = {
    b"\x1a\x45\xdf\xa3": "matroska",
    b"FLV\x01": "flv",
    b"\x00\x00\x01\xba": "mpeg",
    b"\x00\x00\x01\xb3": "mpegvideo",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11": "asf",
}
_PICTURES_IN_OGG: Final = (b"\x80theora", b"OVP80")
_FIRST_PAGES: Final = 4096
_PACKETS: Final = ((0, 188), (4, 192))
"""Where a transport stream's packets begin, and how long they are: as broadcast, and as cameras write it."""


def video_form(content: bytes) -> str:
    """Name the form of a file that may hold a video, as FFmpeg calls it; "" for anything else.

    Sound alone is none where the first bytes tell: voice messages are OGG, and music is MPEG-4.
    """
    kind, brand = content[4:8], content[8:12]
    # One letter G says nothing; four of them, a packet apart, are a transport stream.
    packets = (content[at : at + 3 * step + 1 : step] for at, step in _PACKETS)
    found = {
        "mp4": kind in _BOXES or (kind == b"ftyp" and brand not in (*PICTURE_BRANDS, *_SOUND)),
        "avi": content[:4] == b"RIFF" and brand == b"AVI ",
        "ogg": content[:4] == b"OggS" and any(m in content[:_FIRST_PAGES] for m in _PICTURES_IN_OGG),
        **{form: content.startswith(start) for start, form in _VIDEOS.items()},
        "mpegts": b"GGGG" in packets,
    }
    return next((form for form, fits in found.items() if fits), "")
