"""Every identifier in a running text, whatever way it is written: plainly first, then through each disguise.

A text is read several times. The plain reading also reports ordinary web addresses; the others undo one
disguise each and count only where they lead to a service that is known by name. What an earlier reading
understood is not read again: undoing a disguise that is none would only find something else there.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from core.identifiers import SERVICES, archives, canonical, filehosts, named, pastes, session
from core.identifiers.candidates import Candidate, candidates, trimmed
from core.identifiers.readings import disguised_readings, may_hold_address, plain_reading
from core.identifiers.respelled import Respelled, Speller
from core.identifiers.service import words
from core.identifiers.set_apart import set_apart
from core.identifiers.sounded import sounded
from core.text.cleaned import Cleaned, masked_targets
from core.text.lookalikes import is_prose

_WEB: Final = "web:"
_ONION: Final = ".onion"
_ASCII: Final = re.compile(r"[\x21-\x7e]*")
_LETTERS: Final = re.compile(r"[^\W\d_]*")
_SIGN: Final = re.compile(r"[^\x00-\x7f\w]")
"""Emoji and punctuation of any script: what ends an address that is written without spaces around it."""

_CARRIED: Final = re.compile(r"https?(?::|%3a)(?:/|%2f){2}[^\s&]+", re.IGNORECASE)

_NEXT: Final = re.compile(
    r"(?<=[A-Za-z0-9])(?=https?://)|[,;|](?=(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}/)", re.IGNORECASE
)
"""Where another address begins without a space before it."""

_RUN_ON: Final = re.compile(r"(?<=[A-Za-z0-9_-])(?:[,;\[\](){}]|\|(?!\|))")
"""Punctuation that ends an address of a known service, where it names nobody as a whole."""

_NUMBERED: Final = re.compile(r"[0-9]{1,3}[.-](?=[A-Za-z])")
"""An item's number in a list, without a space behind it; no service has such a sub-domain."""

_GLUED: Final = re.compile(r"(?<=[A-Za-z0-9])[\u0600-\u06ff]")
"""A letter of Arabic script in the middle of a word: there the sentence goes on."""

_PAGES: Final = (archives.SERVICE, pastes.SERVICE, filehosts.SERVICE)
_OPAQUE: Final = words("justpaste.it jpst.it t.co bit.ly dsc.gg")
_HOSTS: Final = frozenset(host for service in SERVICES for host in service.hosts) | _OPAQUE
"""Their pages are looked for in every disguise, though these are ordinary web addresses."""

_spelled = Speller(
    {host for service in SERVICES if service.names or service in _PAGES for host in service.hosts} | _OPAQUE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An identifier in a text.

    Attributes:
        start: Where in the text it begins.
        end: Behind its last character.
        disguised: It does not stand there plainly.
    """

    identifier: str
    start: int
    end: int
    disguised: bool = False


def found_in(text: str, platform: str = "") -> Iterable[Found]:
    """Find the identifiers in a text, in the order of the readings, repeated if they are.

    Args:
        text: Any text.
        platform: The service whose accounts a bare `@name` means, or "".
    """
    found = _in_all_readings(text, platform) if may_hold_address(text) else ()
    if len(text) < session.LENGTH or "5" not in text:
        # Asked of every text: an id of Session begins with 05, 15 or 25.
        return found
    return chain(found, _ids(text))


def _ids(text: str) -> Iterator[Found]:
    for identifier, start, end in session.ids_in(text):
        yield Found(identifier=identifier, start=start, end=end)


def _in_all_readings(text: str, platform: str) -> Iterator[Found]:
    plain = plain_reading(text)
    taken = bytearray(len(text))

    def new(found: Found) -> bool:
        fresh = taken.find(1, found.start, found.end) < 0
        taken[found.start : found.end] = b"\x01" * (found.end - found.start)
        return fresh

    stretches = tuple(candidates(plain.text))
    slashes = 0
    for found in _addresses(stretches, plain, text):
        # A host of letters that look like ASCII is a web address, and may be meant for another.
        if not found.identifier.startswith(_WEB) or _is_whole(text, found):
            slashes += new(found) and text.count("/", found.start, found.end)
        yield found
    for target, start in masked_targets(text):
        for identifier in identifiers(target):
            yield Found(identifier=identifier, start=start, end=start + len(target))
    yield from filter(new, _respelled(plain, _spelled(plain.text, slashes)))
    if not plain.text.isascii():
        yield from filter(new, _respelled(plain, sounded(plain.text, slashes)))
    yield from filter(new, _handles(stretches, plain, platform, text))
    for reading in disguised_readings(text, plain):
        stretches = tuple(candidates(reading.text))
        yield from filter(new, _known(_addresses(stretches, reading, text)))
        yield from filter(new, _respelled(reading, _spelled(reading.text)))
        yield from filter(new, _respelled(reading, set_apart(reading.text)))
        yield from filter(new, _handles(stretches, reading, platform, text))
    # Last, because a name whose beginning is disguised would be cut short in the plain reading.
    yield from filter(new, _respelled(plain, set_apart(plain.text)))


def identifiers(address: str) -> Iterator[str]:
    """Give the identifiers of one address, which may run on into the words behind it.

    Args:
        address: A stretch without spaces that begins with an address.
    """
    for one in _NEXT.split(address):
        yield from _alone(one)


def _is_whole(text: str, found: Found) -> bool:
    """Tell whether a web address is written in ASCII, and is not the rest of a longer one in disguise."""
    before = text[max(found.start - 1, 0) : found.start]
    if before.isalpha() or before in {"*", "_", "~", "|"} or not text[found.start : found.end].isascii():
        return False
    # Behind a known host that stands alone, its path may follow.
    host = found.identifier[len(_WEB) : -1]
    return host not in _HOSTS and not host.endswith(_ONION)


def _alone(address: str) -> Iterator[str]:
    found = _identifier(address)
    if (found is None or found.startswith(_WEB)) and (shorter := _shortened(address)):
        found = shorter
    if found is None:
        return
    yield found
    if found.startswith(_WEB) and (glued := _GLUED.search(address)):
        # Nobody can tell how much of it is meant; both may be.
        yield from filter(None, (canonical(trimmed(address[: glued.start()])),))
    if found.startswith(_WEB) and (carried := _CARRIED.search(address, len("https://"))):
        # A page that only passes people on, on a host that no table names.
        target = canonical(carried[0])
        if target and not target.startswith(_WEB):
            yield target


def _shortened(address: str) -> str | None:
    """Read an address of a known service without a number before it, or without what runs on behind it."""
    numbered = _NUMBERED.match(address)
    end = _RUN_ON.search(address)
    if not (numbered or end):
        return None
    found = canonical(address[numbered.end() if numbered else 0 : end.start() if end else None])
    return found if found and _is_known(found) else None


def _is_known(identifier: str) -> bool:
    """Tell whether an identifier is of a service that a table names, or of a hidden one."""
    if not identifier.startswith(_WEB):
        return True
    host, _, path = identifier[len(_WEB) :].partition("/")
    return host.endswith(_ONION) or (host in _HOSTS and path != "")


def _identifier(address: str) -> str | None:
    if address.isascii():
        return canonical(address)
    head = _ASCII.match(address)
    ascii_part = trimmed(head[0]) if head else ""
    word = _LETTERS.match(address, len(head[0]) if head else 0)
    if not (word and word[0]) or is_prose(word[0]):
        # In scripts that part words without a space, the sentence goes on right behind the address.
        found = canonical(ascii_part) if ascii_part else None
        if found and not found.startswith(_WEB):
            return found
    sign = _SIGN.search(address)
    return canonical(trimmed(address[: sign.start()]) if sign else address)


def _addresses(stretches: Iterable[Candidate], reading: Cleaned, text: str) -> Iterator[Found]:
    for candidate in stretches:
        if not candidate.text.startswith("@"):
            for identifier in identifiers(candidate.text):
                yield _found(identifier, candidate, reading, text)


def _handles(stretches: Iterable[Candidate], reading: Cleaned, platform: str, text: str) -> Iterator[Found]:
    for candidate in stretches:
        if platform and candidate.text.startswith("@") and (found := named(platform, candidate.text)):
            yield _found(found, candidate, reading, text)


def _respelled(reading: Cleaned, spellings: Iterable[Respelled]) -> Iterator[Found]:
    last = 0
    page: Found | None = None
    for respelled in spellings:
        identifier = canonical(respelled.address) if respelled.start >= last else None
        start, end = reading.place(respelled.start), reading.end(respelled.end)
        if page and start != page.start:
            yield page
            page = None
        if identifier and _is_known(identifier):
            found = Found(identifier=identifier, start=start, end=end, disguised=True)
            if identifier.startswith(_WEB):
                # Every part of a path belongs to a page; the longest comes last.
                page = found
            else:
                last = respelled.end
                page = None
                yield found
    if page:
        yield page


def _known(found: Iterable[Found]) -> Iterator[Found]:
    return (one for one in found if _is_known(one.identifier))


def _found(identifier: str, candidate: Candidate, reading: Cleaned, text: str) -> Found:
    start, end = candidate.start, candidate.start + len(candidate.text)
    first, last = reading.place(start), reading.end(end)
    return Found(identifier=identifier, start=first, end=last, disguised=candidate.text != text[first:last])
