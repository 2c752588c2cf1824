"""Archives and documents made for tests, byte by byte where a library would refuse to write them."""

import bz2
import gzip
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from io import BytesIO
from typing import Final

from pypdf import PdfWriter

Files = Mapping[str, bytes] | Sequence[tuple[str, bytes]]

_WORD: Final = '<?xml version="1.0"?><w:document xmlns:w="w" xmlns:r="r"><w:body>{}</w:body></w:document>'
_RELATIONS: Final = (
    '<?xml version="1.0"?><Relationships xmlns="p"><Relationship Id="1" Type="t" Target="{}"'
    ' TargetMode="External"/><Relationship Id="2" Type="t" Target="styles.xml"/></Relationships>'
)


def zipped(files: Files, *, stored: bool = False, before: bytes = b"", comment: bytes = b"") -> bytes:
    """Give a zip; two files may have one name."""
    packing = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    file = BytesIO()
    file.write(before)
    with zipfile.ZipFile(file, "a" if before else "w", packing) as archive:
        archive.comment = comment
        for name, content in files.items() if isinstance(files, Mapping) else files:
            # By an entry of its own, so that no warning is given about a name that is there already.
            entry = zipfile.ZipInfo(name)
            entry.compress_type = packing
            archive.NameToInfo.pop(name, None)
            archive.writestr(entry, content)
    return file.getvalue()


def encrypted(content: bytes, *places: int) -> bytes:
    """Mark members of a zip as encrypted, which is all that a reader without the password sees."""
    marked = bytearray(content)
    at = -1
    for place in range(max(places) + 1):
        at = marked.index(b"PK\x01\x02", at + 1)
        if place in places:
            local = int.from_bytes(marked[at + 42 : at + 46], "little")
            marked[at + 8] |= 1
            marked[local + 6] |= 1
    return bytes(marked)


PACKERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "": bytes,
    # The time it was made would make it another file each time.
    "gz": partial(gzip.compress, mtime=0),
    "bz2": bz2.compress,
    "xz": lzma.compress,
}


def tarred(files: Mapping[str, bytes], packing: str = "") -> bytes:
    """Give a tar, packed as `gz`, `bz2`, `xz` or not at all."""
    file = BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return PACKERS[packing](file.getvalue())


def pdf(*pages: str, url: str = "", picture: bytes = b"", size: tuple[int, int] = (0, 0)) -> bytes:
    """Give a PDF with a line of text on each page, a link on the first, and a JPEG there."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONT]
    kids = []
    for number, text in enumerate(pages):
        drawn = b"BT /F1 12 Tf 72 720 Td (" + text.encode("latin-1") + b") Tj ET"
        if picture and not number:
            drawn += b" /Im0 Do"
        objects.append(stream(drawn))
        resources = b"/Font << /F1 3 0 R >>"
        if picture and not number:
            head = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8"
            head += b" /Filter /DCTDecode /Width %d /Height %d" % size
            objects.append(stream(picture, head))
            resources += b" /XObject << /Im0 %d 0 R >>" % len(objects)
        link = b""
        if url and not number:
            target = b"/A << /S /URI /URI (" + url.encode() + b") >>"
            link = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] " + target + b" >>]"
        content = len(objects) - (1 if picture and not number else 0)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << %s >> %s >>"
            % (content, resources, link)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return pdf_of(objects)


_FONT: Final = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def stream(content: bytes, head: bytes = b"") -> bytes:
    """Give a stream of a PDF, with what its dictionary says."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


def pdf_of(objects: Sequence[bytes]) -> bytes:
    """Give a PDF of such objects; the first is its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, at)


def locked_pdf(text: str, *, password: str, algorithm: str = "RC4-128") -> bytes:
    """Give a PDF that is encrypted; with an empty password every reader opens it."""
    writer = PdfWriter(clone_from=BytesIO(pdf(text)))
    writer.encrypt(user_password=password, owner_password="lantern", algorithm=algorithm)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def pdf_with_file(text: str, name: str, content: bytes) -> bytes:
    """Give a PDF to which a file is attached."""
    writer = PdfWriter(clone_from=BytesIO(pdf(text)))
    writer.add_attachment(name, content)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def word(*paragraphs: str, url: str = "https://example.org/", more: Files = ()) -> bytes:
    """Give a text document of an office, with a link that is only behind words."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    files = {
        "[Content_Types].xml": b'<?xml version="1.0"?><Types>types</Types>',
        "word/document.xml": _WORD.format(body).encode(),
        "word/_rels/document.xml.rels": _RELATIONS.format(url).encode(),
        "docProps/app.xml": b"<Properties><Application>Example Office</Application></Properties>",
    }
    return zipped([*files.items(), *(more.items() if isinstance(more, Mapping) else more)])


def slides(*texts: str) -> bytes:
    """Give a presentation."""
    files = {"[Content_Types].xml": b"<Types/>"}
    for number, text in enumerate(texts, 1):
        slide = f'<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:t>{text}</a:t></a:p></p:sld>'
        files[f"ppt/slides/slide{number}.xml"] = slide.encode()
    return zipped(files)


def overlapping(count: int, unfolded: int) -> bytes:
    """Give a zip whose members are all the same packed bytes: 42 kB that unfold to gigabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(1 << 20)
    packed = b"".join(packer.compress(zeros) for _ in range(unfolded >> 20)) + packer.flush()
    crc = 0
    for _ in range(unfolded >> 20):
        crc = zlib.crc32(zeros, crc)
    sizes = struct.pack("<LLL", crc, len(packed), unfolded)
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 33) + sizes + struct.pack("<HH", 1, 0) + b"a"
    central = b"".join(
        b"PK\x01\x02"
        + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 33)
        + sizes
        + struct.pack("<HHHHHLL", 1, 0, 0, 0, 0, 0, 0)
        + b"a"
        for _ in range(count)
    )
    end = b"PK\x05\x06" + struct.pack(
        "<HHHHLLH", 0, 0, count, count, len(central), len(local) + len(packed), 0
    )
    return local + packed + central + end
