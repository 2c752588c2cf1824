"""A siege: every bomb, and damaged files of every form by the hundred, judged by the real sources.

Run as a program of its own (`python -m tests.core.media.siege bombs|damaged`), so that its memory can be
measured. It prints one JSON object: what came of each item, and the most memory that the parent and the
largest of its children had.
"""

import asyncio
import gzip
import json
import lzma
import random
import resource
import struct
import sys
import zlib
from collections.abc import Iterator
from typing import Final

from PIL import Image

from core.judge import Judge
from core.media.decode import FORMATS, heic
from core.media.sandbox import Sandbox
from core.media.sniff import sniff
from core.model import Attachment
from core.signals.contents import Contents
from core.signals.files import Digests
from core.signals.pictures import Pictures
from tests import make
from tests.core.media.packed import overlapping, pdf, pdf_of, slides, stream, tarred, word, zipped
from tests.core.media.pictures import encoded, photograph
from tests.fake_platform import Always, KnownWords

FORMS: Final = (*FORMATS, *heic())
EACH: Final = 200
KILOBYTES: Final = 1024


class One:
    """One file, whatever is asked for."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    async def fetch(self, attachment: Attachment) -> bytes:
        """Give it."""
        return self.content


def bombs() -> Iterator[tuple[str, bytes]]:
    """Give each with its name; made one at a time, so that they are not in memory together."""
    yield "png of 50,000 x 50,000", huge_png(50_000)
    yield "gif of 100,000 frames", long_gif(100_000)
    yield "zip of 67 kB and 20 GB", overlapping(1000, 20 << 20)
    yield "zip in zip in zip", nested(12)
    yield "zip of 150,000 entries", zipped({f"{n}": b"" for n in range(100)}) + b"PK\x01\x02" * 150_000
    yield "zip of 3,000 members", zipped({f"{n}.txt": b"kite %d" % n for n in range(3000)})
    yield "zip of 300 pictures", zipped({f"{n}.jpg": SMALL for n in range(300)}, stored=True)
    yield "zip of bombs", zipped({"a.png": huge_png(30_000), "b.txt": b"after the bomb"})
    yield "gz of 1 GB", gzip.compress(bytes(1 << 24), mtime=0) * 64
    yield "xz of 300 MB", lzma.compress(bytes(2_000_000)) * 150
    yield "tar that claims 8 GB", tarred({"a": b"x"}).replace(b"00000000001\0", b"77777777777\0", 1)
    yield "document of a billion laughs", word("x", more={"word/footnotes.xml": LAUGHS})
    yield "document a million deep", word("x", more={"word/footnotes.xml": b"<a>" * 1_000_000})
    yield "page a million deep", b"<!doctype html><html>" + b"<div>" * 1_000_000
    yield "page of open tags", b"<!doctype html><html>" + b"<a href='" * 300_000
    yield "page of comments", b"<!doctype html><html>" + b"<!--" * 500_000
    yield "text of one word", b"a" * 15_000_000
    yield "text of a million links", b"t.me/example_kite\n" * 1_000_000
    yield "pdf of 5,000 pages", pdf(*["kite"] * 5000)
    yield "pdf that unfolds", pdf_of(page(stream(zlib.compress(bytes(400_000_000)), b"/Filter /FlateDecode")))
    yield "pdf unfolded twice", pdf_of(page(stream(zlib.compress(zlib.compress(b" " * 300_000_000)), TWICE)))
    yield "pdf of brackets", pdf_of(page(stream(b"[" * 3_000_000)))
    yield "pdf in a circle", pdf("kite").replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
    yield "pdf of dictionaries", pdf_of(page(stream(b"<<" * 500_000)))


TWICE: Final = b"/Filter [/FlateDecode /FlateDecode]"
SMALL: Final = encoded(photograph(64, 48), "JPEG")
LAUGHS: Final = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]><l>&a9;</l>"
)


def page(content: bytes) -> list[bytes]:
    """Give the objects of a PDF of one page with such a content."""
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << >> >>",
        content,
    ]


def huge_png(side: int) -> bytes:
    """Give a white PNG, honest to its last row."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    packer = zlib.compressobj(1)
    row = b"\0" + b"\xff" * ((side + 7) // 8)
    rows = b"".join(packer.compress(row * 1000) for _ in range(side // 1000)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def long_gif(frames: int) -> bytes:
    """Give an animation whose frames are all the same."""
    one = encoded(Image.new("1", (24, 24), 1), "GIF")
    at = one.index(b",\0\0\0\0")
    return one[:at] + one[at:-1] * frames + one[-1:]


def nested(depth: int) -> bytes:
    """Give a zip in a zip, and so on."""
    content = b"at the bottom"
    for level in range(depth):
        content = zipped({f"{level}.zip" if level else "a.txt": content})
    return content


def damaged() -> Iterator[tuple[str, bytes]]:
    """Give cut-off and bit-flipped files of every form, the same ones each time."""
    chance = random.Random(7)  # noqa: S311 - to be the same each time
    picture = photograph(64, 48)
    whole = {form: encoded(picture, form) for form in FORMS} | {
        "zip": zipped({"a.txt": b"kite " * 50, "b.jpg": SMALL, "c.zip": zipped({"d.txt": b"kite"})}),
        "word": word("kite", more={"word/media/a.jpg": SMALL}),
        "slides": slides("kite", "lantern"),
        "pdf": pdf("kite", "lantern", url="https://t.me/example_kite", picture=SMALL, size=(64, 48)),
        "tar": tarred({"a.txt": b"kite", "b.jpg": SMALL}),
        "gz": tarred({"a.txt": b"kite", "b.jpg": SMALL}, "gz"),
        "bz2": tarred({"a.txt": b"kite", "b.jpg": SMALL}, "bz2"),
        "xz": tarred({"a.txt": b"kite", "b.jpg": SMALL}, "xz"),
        "page": b"<!doctype html><html><p>kite <a href='https://t.me/example_kite'>here</a></html>" * 5,
        "text": "پتنگ t.me/example_kite ".encode("utf-16") * 5,
        "gzip of text": gzip.compress(b"kite " * 100, mtime=0),
    }
    for name, content in whole.items():
        for number in range(EACH // 2):
            yield f"{name} cut {number}", content[: chance.randrange(1, len(content))]
            flipped = bytearray(content)
            for _ in range(chance.choice((1, 3, 30))):
                flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            yield f"{name} flipped {number}", bytes(flipped)


async def besieged(items: Iterator[tuple[str, bytes]]) -> dict[str, dict[str, object]]:
    """Judge every item, and a clean one after the last."""
    told = {}
    async with Sandbox() as sandbox:
        sources = (Digests(), Pictures(sandbox), Contents(sandbox))
        judge = Judge(sources=sources, banks=KnownWords(), policy=Always())
        for name, content in _and_clean(items):
            message = make.message(parts=(Attachment(ref="a", path="attachment[0]"),))
            signals, gaps = await judge.look(message, One(content))
            told[name] = {
                "bytes": len(content),
                "form": sniff(content),
                "signals": sorted({signal.kind for signal in signals}),
                "gaps": [gap.reason for gap in gaps],
            }
    return told


def _and_clean(items: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    yield from items
    yield "clean", zipped({"a.txt": b"kite"})


def main() -> None:
    """Print what came of it."""
    told = asyncio.run(besieged({"bombs": bombs, "damaged": damaged}[sys.argv[1]]()))
    memory = {
        "parent_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTES,
        "child_bytes": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * KILOBYTES,
    }
    print(json.dumps({"items": told, **memory}))  # noqa: T201 - whoever started it reads this


if __name__ == "__main__":
    main()
