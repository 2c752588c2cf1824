"""What in a name, or in a handle, says whose it is.

A name is read into what is compared: its own spelling, without the words that imitators add; whether it tells
anything, or is only put together from what many have; and whether it says something *about* somebody, which
naming does and imitating does not.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from core.text.confusables import skeleton
from core.text.spelling import letters, once_each, spelled, spelled_words, without_pairs
from core.text.words import pieces, words

LONGEST: Final = 128
"""Characters of a name that are read; platforms allow 64 or fewer, save a few."""

SHORTEST: Final = 5
"""Letters of a spelling; shorter ones meet by chance."""

_FEW: Final = 3
_LONG: Final = 15
_REST: Final = 5
"""Letters that must be left of a handle, or of a channel's name, when what many have is taken away."""

_NUMBER: Final = re.compile(r"(?<![^\W_])\d+(?![^\W_])|(?<=[^\W\d_])\d{2,}(?![^\W_])")
_FLAG: Final = re.compile(
    r"(?<![\U0001f1e6-\U0001f1ff])[\U0001f1e6-\U0001f1ff]{2}(?![\U0001f1e6-\U0001f1ff])"
)
_SEPARATORS: Final = re.compile(r"[_.-]+")
_OUTER: Final = "0123456789_.-"
_AUTOMATIC: Final = re.compile(r"([a-z]*)[_.-]?\d{5,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A display name, read.

    Attributes:
        spelling: Without the words that imitators add and without numbers; of two scripts' words for the same
            kind of channel, one.
        telling: It is not put together from names and words that many have.
        channel: It is a telling one with a channel's word in it: people share names, channels do not.
        foreign: Letters of another alphabet stand for those of ASCII.
        again: It says that there was another account before.
        about: The words of those who speak about somebody.
    """

    spelling: str
    telling: bool
    channel: bool
    foreign: bool
    again: bool
    about: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """A public name, read.

    Attributes:
        text: As it was, in small letters.
        whole: The spellings of all of it.
        forms: Its spellings, as `handle_forms` gives them.
        added: The words that imitators add, which it has at its ends.
        telling: It is not put together from names and words that many have.
        automatic: Made by a platform, or by someone who did not care: it says nothing.
        again: It says that there was another account before.
        about: The words of those who speak about somebody.
    """

    text: str
    whole: frozenset[str]
    forms: tuple[str, ...]
    added: frozenset[str]
    telling: bool
    automatic: bool
    again: bool
    about: frozenset[str]


@lru_cache(maxsize=256)
def read_name(text: str) -> Name:
    """Read a display name."""
    listed = words()
    found = _words(text)
    own = _own(found)
    rest = "".join(w for w in own if w not in listed.channel)
    telling = _is_telling(once_each("".join(own)))
    return Name(
        spelling=without_pairs("".join(own)),
        telling=telling,
        channel=telling and len(rest) < len("".join(own)) and len(rest) >= _REST and _is_telling(rest),
        foreign=_is_foreign(text[:LONGEST]),
        again=not listed.again.isdisjoint(found),
        about=listed.about.intersection(found),
    )


def name_spelling(text: str) -> str:
    """Return what two display names are compared by, as `read_name` does."""
    return without_pairs("".join(_own(_words(text))))


def _words(text: str) -> list[str]:
    """Return the words of a name, spelled; words that a list has as one ("back up") are written as one."""
    listed = words()
    text = text[:LONGEST]
    if not text.isascii():
        text = _FLAG.sub(" ", text)
    joined: list[str] = []
    for word in spelled_words(_NUMBER.sub(" ", text)):
        pair = joined[-1] + word if joined else ""
        if pair in listed.channel or pair in listed.added or pair in listed.about:
            joined[-1] = pair
        else:
            joined.append(word)
    return joined


def _own(found: list[str]) -> list[str]:
    listed = words()
    return [listed.channel.get(w, w) for w in found if w not in listed.added] or found


@lru_cache(maxsize=256)
def read_handle(text: str) -> Handle:
    """Read a public name, without its @."""
    listed = words()
    text = text[:LONGEST].lower()
    kept, added = _without_added(text)
    automatic = _AUTOMATIC.fullmatch(text)
    return Handle(
        text=text,
        whole=frozenset((spelled(text), without_pairs(spelled(text)))),
        forms=_forms(text, kept),
        added=frozenset(added),
        # Digits at the ends are no letters here: "omar_raza_304" is as common as Omar.
        telling=_is_telling(spelled(kept.strip(_OUTER))),
        automatic=automatic is not None and not _is_telling(spelled(automatic[1])),
        again=not listed.again.isdisjoint(spelled(word) for word in added),
        about=_about(text),
    )


def handle_forms(text: str) -> tuple[str, ...]:
    """Return the spellings by which two handles are compared.

    That of the whole; of it without the words that imitators add; of that without digits at its ends. One
    with rn in it comes also with the m that looks like it.
    """
    text = text[:LONGEST].lower()
    return _forms(text, _without_added(text)[0])


def _forms(text: str, kept: str) -> tuple[str, ...]:
    spellings = [spelled(form) for form in dict.fromkeys((text, kept, kept.strip(_OUTER)))]
    spellings += [without_pairs(spelling) for spelling in spellings if "rn" in spelling]
    return tuple(dict.fromkeys(s for s in spellings if len(s) >= SHORTEST))


def _without_added(text: str) -> tuple[str, list[str]]:
    """Take off both ends of a handle what imitators add, set apart or not, and numbers that are set apart."""
    listed = words()
    added: list[str] = []
    parts = [part for part in _SEPARATORS.split(text) if part]
    for end in (-1, 0):
        while len(parts) > 1 and _is_added(parts[end], listed.added):
            added.append(parts.pop(end))
    kept = "_".join(parts)
    # "backup2" is "backup": digits behind a word that is added are added with it.
    bare = kept.strip(_OUTER)
    if bare.endswith(listed.affixes):
        kept = bare
    while kept.endswith(listed.affixes) or kept.startswith(listed.affixes):
        found = next((w for w in listed.affixes if _stands_at_an_end(w, kept)), None)
        if found is None:
            break
        added.append(found)
        kept = kept.removesuffix(found) if kept.endswith(found) else kept.removeprefix(found)
        kept = kept.strip("_")
    return kept, added


def _is_added(part: str, added: frozenset[str]) -> bool:
    return part.isdigit() or spelled(part) in added or spelled(part.strip(_OUTER)) in added


def _stands_at_an_end(word: str, handle: str) -> bool:
    if len(handle) - len(word) < _REST:
        return False
    # "newskites" does not begin with the word "new".
    return handle.endswith(word) or (handle.startswith(word) and not handle.startswith("news"))


def _about(text: str) -> frozenset[str]:
    listed = words()
    whole = spelled(text)
    parts = {spelled(part) for part in _SEPARATORS.split(text)}
    found = listed.about & parts
    if whole.startswith(listed.about_ends) or whole.endswith(listed.about_ends):
        found |= {w for w in listed.about_ends if whole.startswith(w) or whole.endswith(w)}
    return found


def _is_telling(spelling: str) -> bool:
    """Tell whether a spelling is more than names and words that many have.

    Names of people never add up to a telling one; plain words do when there are several.
    """
    if len(spelling) < SHORTEST:
        return False
    listed = words()
    if pieces(spelling, listed.common) is None:
        return True
    count = pieces(spelling, listed.plain)
    return count is not None and (count > _FEW or (count == _FEW and len(spelling) >= _LONG))


def _is_foreign(text: str) -> bool:
    """Tell whether a letter of another alphabet stands for one of ASCII; accents are no disguise."""
    if text.isascii():
        return False
    plain = (c for c in unicodedata.normalize("NFKD", text) if not c.isascii() and c.isalpha())
    return any(looks.isascii() and looks for looks in (letters(skeleton(c)) for c in plain))


def says_replacement(text: str) -> bool:
    """Tell whether a text says that its account replaces another one."""
    replaces = words().replaces
    found = spelled_words(text[:2000])
    return any(tuple(found[at : at + n]) in replaces for at in range(len(found)) for n in (1, 2, 3))
