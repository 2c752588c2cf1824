"""Texts, links, pictures and attached files of a PDF. Child process only.

The library is pure Python and forgiving; what it stumbles over on one page is a gap of that page.
"""

import logging
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Final

from pypdf import PageObject, PdfReader

from core.media.archives import Member
from core.media.decode import Refused
from core.media.documents import written
from core.media.pieces import Linked, Piece, Unread, inside

MOST_PAGES: Final = 200
MOST_FILES: Final = 100
"""Pictures and attached files that are taken from one PDF."""

# What it complains about is what strangers wrote: none of it belongs into a log.
logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)


def of_pdf(content: bytes, place: str) -> Iterator[Piece | Member]:
    """Read a PDF: its pages in order, then the files attached to it; places of pages count from 1.

    Raises:
        Refused: It cannot be read, or not to its end; what was given before counts.
    """
    reader = _opened(content)
    files = seen = 0
    try:
        pages = len(reader.pages)
    except Exception as exc:
        raise Refused("PDF that is damaged") from exc
    for number in range(min(pages, MOST_PAGES)):
        at = inside(place, f"page[{number + 1}]")
        try:
            page = reader.pages[number]
            for piece in written(page.extract_text() or "", at):
                seen += 1
                yield piece
            yield from (Linked(place=f"{at}.link", url=url) for url in _urls(page))
            for picture in _pictures(page, at, files):
                files += isinstance(picture, Member)
                yield picture
        except (Refused, MemoryError):
            raise
        except Exception:  # noqa: BLE001 - whatever it stumbles over: the next page may be whole
            seen += 1
            yield Unread(place=at, reason="page that is damaged")
    yield from _attached(reader, place, files)
    if not seen + files:
        yield Unread(place=place, reason="PDF in which neither text nor pictures were found")
    if pages > MOST_PAGES:
        raise Refused(f"PDF of {pages:,} pages, of which {MOST_PAGES} were looked at")


def _opened(content: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        # Many are encrypted with an empty password, only to forbid printing.
        locked = reader.is_encrypted and not reader.decrypt("")
    except (MemoryError, Refused):
        raise
    except NotImplementedError:
        raise Refused("PDF that is encrypted") from None
    except Exception as exc:
        raise Refused("PDF that is damaged") from exc
    if locked:
        raise Refused("PDF that is encrypted")
    return reader


def _urls(page: PageObject) -> list[str]:
    """Give the addresses to which a page's links lead."""
    found: dict[str, None] = {}
    for reference in page.annotations or ():
        with suppress(AttributeError, TypeError, KeyError):
            action = reference.get_object()["/A"].get_object()
            if url := action.get("/URI"):
                found[url.decode("latin-1") if isinstance(url, bytes) else str(url)] = None
    return list(found)


def _pictures(page: PageObject, place: str, before: int) -> Iterator[Unread | Member]:
    """Give the pictures of a page as files."""
    images = page.images
    for name in images.keys():  # noqa: SIM118 - no mapping, for all its names
        if before >= MOST_FILES:
            yield Unread(place=place, reason=f"pictures beyond the {MOST_FILES} that are looked at")
            return
        try:
            picture = images[name].data
        except MemoryError:
            yield Unread(place=place, reason="picture that needs too much memory to read")
        except Exception:  # noqa: BLE001 - forms that it does not know, and whatever it stumbles over
            yield Unread(place=place, reason="picture that cannot be read")
        else:
            yield Member(place=before, name="", content=picture)
            before += 1


def _attached(reader: PdfReader, place: str, before: int) -> Iterator[Piece | Member]:
    try:
        for number, file in enumerate(reader.attachment_list, start=before):
            if number >= MOST_FILES:
                yield Unread(place=place, reason=f"files beyond the {MOST_FILES} that are looked at")
                return
            yield Member(place=number, name=file.name, content=file.content)
    except (Refused, MemoryError):
        raise
    except Exception as exc:
        raise Refused("PDF whose attached files cannot be read") from exc
