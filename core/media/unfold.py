"""What a file holds: the members of archives, and the texts, links and pictures of documents. Child only.

Archives come first, so that the digests of all members are told before anything is looked at that may end
the child; each piece is told as soon as it is known. Everything is counted against one allowance.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from core.media.allowance import (
    DEEPEST,
    MOST_CHARACTERS,
    MOST_LINKS,
    MOST_PICTURES,
    Allowance,
    OutOfTime,
    within,
)
from core.media.archives import Member, members
from core.media.decode import Refused
from core.media.digests import digests
from core.media.documents import of_office, of_text
from core.media.frames import Seen
from core.media.pieces import Digested, Linked, Piece, Shown, Unread, Written, inside
from core.media.sniff import ARCHIVES, CLOSED, DOCUMENTS, Form, ends_in_zip, is_animated_sticker, sniff

Look = Callable[[bytes], Seen]
"""Looks at a picture or video, or raises Refused."""

_OFFICE_XML: Final = (".xml", ".rels")
_SETTINGS: Final = ("[content_types].xml", "docprops/", "meta-inf/", "settings.xml", "styles.xml", "theme/")
"""Members that every office document has, and that say nothing."""

_LEAST_S: Final = 0.05
"""With less time left nothing more is opened; the system's clock for it ticks in hundredths."""

_SHOWN: Final = frozenset({Form.PICTURE, Form.VIDEO})
_HANDS_ON: Final = ARCHIVES | DOCUMENTS | _SHOWN


@dataclass(frozen=True, slots=True)
class _Inner:
    """A file that waits to be opened, and in how many others it lies."""

    place: str
    content: bytes
    form: Form
    depth: int = 0


@dataclass(slots=True)
class _Unfolding:
    """The state of one unfolding."""

    look: Look
    left: Allowance
    archives: deque[_Inner] = field(default_factory=deque)
    others: deque[_Inner] = field(default_factory=deque)
    late: int = 0
    pictures: int = 0

    def pieces(self) -> Iterator[Piece]:
        """Open one after the other, each within its time."""
        while waiting := self.archives or self.others:
            one = waiting.popleft()
            if self.left.seconds < _LEAST_S:
                self.late += 1
                continue
            found: list[Piece] = []
            try:
                with within(self.left.seconds):
                    found.extend(self._opened(one))
            except OutOfTime:
                reason = f"{_noun(one.form)} that takes too long to read"
                found.append(Unread(place=one.place, reason=reason))
            except Refused as exc:
                found.append(Unread(place=one.place, reason=str(exc)))
            except MemoryError:
                reason = f"{_noun(one.form)} that needs too much memory to read"
                found.append(Unread(place=one.place, reason=reason))
            yield from found
        if self.late:
            yield Unread(
                place="", reason=f"{_files(self.late)} inside not looked at, as the others took too long"
            )
        if self.pictures:
            more = f"{self.pictures} more of the pictures and videos inside"
            yield Unread(place="", reason=f"{more}, not looked at ({MOST_PICTURES} are)")

    def _opened(self, one: _Inner) -> Iterator[Piece]:
        if one.form in ARCHIVES:
            yield from self._archive(one)
        elif one.form is Form.PDF:
            from core.media.pdf import of_pdf  # noqa: PLC0415 - a third of a second, for who sends a PDF

            for found in of_pdf(one.content, one.place):
                yield from self._member(found, one) if isinstance(found, Member) else self._counted(found)
        elif one.form is Form.TEXT:
            for piece in of_text(one.content, one.place):
                yield from self._counted(piece)
        else:
            yield Shown(place=one.place, seen=self.look(one.content))

    def _archive(self, one: _Inner) -> Iterator[Piece]:
        if one.depth > DEEPEST:
            raise Refused(f"archive inside {one.depth} others, deeper than is looked at")
        holds = one.form is not Form.OFFICE
        for member in members(one.content, one.form, self.left):
            low = member.name.lower()
            if one.form is not Form.OFFICE or not low.endswith(_OFFICE_XML) or member.content is None:
                holds = True
                yield from self._member(member, one)
            elif not any(part in low for part in _SETTINGS):
                holds = True
                yield from self._of_office(member, one)
        if not holds:
            # Its list of members may be damaged, or made to hide them.
            yield Unread(place=one.place, reason="office document in which nothing to read was found")

    def _of_office(self, member: Member, one: _Inner) -> Iterator[Piece]:
        try:
            for piece in of_office(member.content or b"", member.name, one.place):
                yield from self._counted(piece)
        except Refused as exc:
            yield Unread(place=inside(one.place, "text"), reason=str(exc))

    def _member(self, member: Member, outer: _Inner) -> Iterator[Piece]:
        """Tell a member's name and digests, and have it wait if there is more to see in it."""
        place = inside(outer.place, f"member[{member.place}]")
        if stem := member.name.rpartition(".")[0] or member.name:
            # Its last word says what kind of file it is, and some of those are also domains: zip, mov.
            yield from self._counted(Written(place=f"{place}.name", text=stem))
        if member.reason:
            yield Unread(place=place, reason=member.reason)
        if not member.content:
            return
        yield Digested(place=place, values=digests(member.content))
        form = sniff(member.content)
        if outer.form is Form.GZIP and is_animated_sticker(member.content):
            yield Unread(place=outer.place, reason="animated sticker, whose drawings are not looked at")
        if form not in _HANDS_ON:
            if reason := _closed(form):
                yield Unread(place=place, reason=reason)
        elif form in _SHOWN and self.left.pictures <= 0:
            self.pictures += 1
        else:
            self.left.pictures -= form in _SHOWN
            self.wait(_Inner(place, member.content, form, outer.depth + 1))

    def wait(self, one: _Inner) -> None:
        """Put a file into its row; one that is also an archive into both."""
        (self.archives if one.form in ARCHIVES else self.others).append(one)
        if one.form not in ARCHIVES and ends_in_zip(one.content):
            self.archives.append(_Inner(one.place, one.content, Form.ZIP, one.depth))

    def _counted(self, piece: Piece) -> Iterator[Piece]:
        """Give a text or a link, as long as there are not too many."""
        match piece:
            case Written(text=text):
                self.left.characters -= len(text)
                if self.left.characters < 0:
                    raise Refused(f"text of which the first {MOST_CHARACTERS:,} characters were looked at")
            case Linked():
                self.left.links -= 1
                if self.left.links < 0:
                    raise Refused(f"document with more than the {MOST_LINKS:,} links that are looked at")
            case _:
                pass
        yield piece


def unfold(content: bytes, look: Look, allowance: Allowance | None = None) -> Iterator[Piece]:
    """Give what a file holds; a picture itself is looked at elsewhere, an archive at its end is not.

    Args:
        content: The whole file.
        look: What looks at pictures and videos inside.
        allowance: How much it may hold and take; what one file has where it is None.
    """
    form = sniff(content)
    state = _Unfolding(look, allowance or Allowance())
    if form in ARCHIVES | DOCUMENTS:
        state.wait(_Inner("", content, form))
    elif ends_in_zip(content):
        state.wait(_Inner("", content, Form.ZIP))
    elif reason := _closed(form):
        yield Unread(place="", reason=reason)
    yield from state.pieces()


def _closed(form: Form) -> str:
    """Say why a form cannot be opened; "" where there is nothing to open."""
    if form in CLOSED:
        return f"archive in a form that cannot be opened ({form})"
    if form is Form.OLD_OFFICE:
        return "document in a form that cannot be read (old or encrypted office file)"
    return ""


def _noun(form: Form) -> str:
    if form in ARCHIVES:
        return "archive"
    return "PDF" if form is Form.PDF else form.value


def _files(count: int) -> str:
    return f"{count} file{'s' if count > 1 else ''}"
