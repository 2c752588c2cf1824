"""Words that say little about whose a name is: the lists of `words.txt`, spelled as names are compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from core.text.spelling import spelled

_FILE: Final = Path(__file__).with_name("words.txt")
_LONGEST: Final = 16
_ALONE: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The lists.

    Attributes:
        affixes: Those of `added` that are taken off a handle where nothing sets them apart; as written.
        added: Said of oneself by an account that imitates or replaces another one.
        again: Those of them that say there was another account before.
        channel: What channels call themselves; words for the same thing lead to one of them.
        about: Said by those who watch, mock or love somebody.
        about_ends: Those of them that are known at the end of a handle with nothing to set them apart.
        person: Given and family names of many.
        plain: Words that many names are put together from, those of `added` and `channel` included.
        common: Those of `person` and of `plain`.
        replaces: What is said where an account replaces another, word by word.
    """

    affixes: tuple[str, ...]
    added: frozenset[str]
    again: frozenset[str]
    channel: Mapping[str, str]
    about: frozenset[str]
    about_ends: tuple[str, ...]
    person: frozenset[str]
    plain: frozenset[str]
    common: frozenset[str]
    replaces: frozenset[tuple[str, ...]]


@cache
def words() -> Words:
    """Return the lists; the file is read once."""
    lines: dict[str, list[tuple[str, ...]]] = {}
    written: dict[str, list[str]] = {}
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            subject, *listed = line.split()
            written.setdefault(subject, []).extend(listed)
            lines.setdefault(subject, []).append(tuple(spelled(word) for word in listed))
    of = {subject: frozenset(word for line in found for word in line) for subject, found in lines.items()}
    channel = {word: line[0] for line in lines["channel"] for word in line}
    plain = of["plain"] | of["added"] | frozenset(channel)
    return Words(
        affixes=tuple(sorted(written["affix"], key=len, reverse=True)),
        added=of["added"],
        again=of["again"],
        channel=channel,
        about=of["about"],
        about_ends=tuple(w for w in sorted(of["about"]) if len(w) >= _ALONE),
        person=of["person"],
        plain=plain,
        common=of["person"] | plain,
        replaces=frozenset(lines["replaces"]),
    )


def pieces(text: str, vocabulary: frozenset[str]) -> int | None:
    """Count the words of a vocabulary that a spelling is put together from: the fewest, or None if it is not.

    Two words may share the letter at which they meet: a spelling says no letter twice in a row. Linear in the
    text: from each place that can be reached, words of up to 16 letters are tried.
    """
    fewest: dict[int, int] = {0: 0}
    for start in range(len(text)):
        if start in fewest:
            for end in _ends(text, start, vocabulary):
                fewest[end] = min(fewest.get(end, len(text)), fewest[start] + 1)
    return fewest.get(len(text))


def _ends(text: str, start: int, vocabulary: frozenset[str]) -> Iterator[int]:
    for begin in (start, start - 1) if start else (start,):
        for end in range(start + 1, min(begin + _LONGEST, len(text)) + 1):
            if text[begin:end] in vocabulary:
                yield end
