"""Case ids: a number written so that a person can read it aloud and type it on a phone.

Crockford's base 32: digits and capital letters without I, L, O and U, so that no character is taken for
another. Neighbouring numbers are spread apart, so that a misread id is rarely the next case.
Cards in the moderators' rooms carry these ids: the mapping must never change.
"""

from collections.abc import Iterator
from itertools import count
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_MEANT: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_STEP: Final = 0x2545F491  # odd, so that multiplying reaches every id of a length once
_SHIFT: Final = 0x1B873593  # so that the first case is not called 000
_SHORTEST: Final = 3
_LONGEST: Final = 12  # more than a database can count; whoever sends a made-up id is told that there is none


def case_id(number: int) -> str:
    """Return the id of the case with this number, from 1 up: three characters for the first 32,768 cases."""
    width, first, size = next(block for block in _blocks() if number < block[1] + block[2])
    spread = ((number - first) * _STEP + _SHIFT) % size
    return "".join(_ALPHABET[spread >> 5 * place & 31] for place in reversed(range(width)))


def case_number(spoken: str) -> int | None:
    """Return the number of a case id as a person writes it (`7k3`, `O` for zero), or None if it is none."""
    text = spoken.strip().upper().translate(_AS_MEANT)
    if not _SHORTEST <= len(text) <= _LONGEST or not set(text) <= set(_ALPHABET):
        return None
    value = 0
    for character in text:
        value = value << 5 | _ALPHABET.index(character)
    _, first, size = next(block for block in _blocks() if block[0] == len(text))
    return first + (value - _SHIFT) * pow(_STEP, -1, size) % size


def _blocks() -> Iterator[tuple[int, int, int]]:
    """Iterate over the lengths of ids, with the first number of each and how many there are."""
    first = 1
    for width in count(_SHORTEST):
        yield width, first, 32**width
        first += 32**width
