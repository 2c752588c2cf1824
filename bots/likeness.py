"""A likeness on a card: the known account and this one, one line under the other, what differs in brackets.

Two lines and not two columns: a phone breaks columns, a proportional font shifts them, and a name that runs
from right to left would swap them. Brackets are seen on every platform and in a terminal. Where letters of
another script stand among the rest, the card says so, because the eye does not see it.
"""

import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from bots.designations import entity_words
from bots.wording import harmless, listed, quoted, short_id
from core.entities.directory import NOBODY, Directory
from core.model import Account, Match, Trust

LONGEST: Final = 40
"""Letters of a name that are compared and shown."""

ALIKE: Final = 0.5
"""Names that have less in common are shown as they are: brackets around everything say nothing."""

_READ: Final = 200
"""Characters of a name that are read: a letter may carry many accents."""

_MARKED: Final = 80
"""Characters of a marked name, which may hold as many brackets as letters."""

_OWN_BRACKETS: Final = str.maketrans("[]", "()")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SERVICES: Final = {"x": "X", "youtube": "YouTube", "tiktok": "TikTok", "whatsapp": "WhatsApp"}


def likeness(match: Match, author: Account, *, platform: str, known: Directory = NOBODY) -> tuple[str, ...]:
    """Lay a likeness out for moderators.

    Args:
        match: Of this account's profile with a known account.
        author: This account.
        platform: Where it showed itself; a known account of another service has that named.
        known: Which organisations are designated.
    """
    entry, mine = match.entry, author.handle or author.id
    names, handles = _marked(entry.name, author.name), _marked(_bare(entry.value), _bare(mine))
    is_told = match.distance is None or "of 256 bits" in match.because
    picture = "" if is_told else f" · picture: {match.distance} of 256 bits differ"
    strange = _strange(entry.name, author.name) | _strange(_bare(entry.value), _bare(mine))
    trial = " (on trial)" if match.bank.trust is Trust.TRIAL else ""
    entity = f" · {entity_words(entry.entity, known)}" if entry.entity else ""
    return (
        f"Known: {_line(names[0], handles[0], entry.value)}{_elsewhere(entry.value, platform)}",
        f"Here: {_line(names[1], handles[1], mine)}",
        f"  {harmless(match.because, 240)}{picture}",
        *((f"  written here with {listed(sorted(strange))}",) if strange else ()),
        f"  in list {harmless(match.bank.name, 40)}{trial}{entity}",
    )


def _line(name: str, handle: str, identifier: str) -> str:
    """Write one account: its name, then its handle, or its number where it has none."""
    number = _bare(identifier)
    called = f"id {short_id(number)}" if number.isdecimal() else f"@\u2060{harmless(handle, _MARKED)}"
    return " · ".join(([quoted(name, _MARKED)] if name else []) + ([called] if number else [])) or "no name"


def _elsewhere(identifier: str, platform: str) -> str:
    service = identifier.partition(":")[0]
    return "" if service in {"", platform} else f" on {_SERVICES.get(service, harmless(service, 20).title())}"


def _bare(identifier: str) -> str:
    return identifier.rpartition("/")[2]


def _marked(known: str, here: str) -> tuple[str, str]:
    """Return both with brackets around letters that the other does not have there; case is no difference."""
    letters = _letters(known), _letters(here)
    first, second = ([letter.casefold() for letter in side] for side in letters)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.ratio() < ALIKE:
        return "".join(letters[0]), "".join(letters[1])
    sides = ["", ""]
    for kind, *spans in matcher.get_opcodes():
        for side, (start, end) in enumerate((spans[:2], spans[2:])):
            stretch = "".join(letters[side][start:end])
            sides[side] += f"[{stretch}]" if stretch and kind != "equal" else stretch
    return sides[0], sides[1]


def _letters(name: str) -> list[str]:
    """Take a name apart into letters with their accents; what the eye cannot see is left out."""
    found: list[str] = []
    for letter in unicodedata.normalize("NFC", " ".join(name[:_READ].split())).translate(_OWN_BRACKETS):
        category = unicodedata.category(letter)
        if found and category in {"Mn", "Me"}:
            found[-1] += letter
        elif category not in _UNSEEN:
            found.append(letter)
    return [*found[: LONGEST - 1], "…"] if len(found) > LONGEST else found


def _strange(known: str, here: str) -> set[str]:
    """Return which kinds of letters stand here and nowhere in what is known."""
    return set(_kinds(here)) - set(_kinds(known)) if known else set()


def _kinds(name: str) -> Iterator[str]:
    for letter in name[:_READ]:
        if letter.isdecimal():
            yield "digits"
        elif letter.isalpha():
            yield f"{unicodedata.name(letter, 'unknown').partition(' ')[0].capitalize()} letters"
