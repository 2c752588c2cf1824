"""Many values, asked for in several questions: a database takes only so many in one."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

T = TypeVar("T")

ASKED: Final = 400
"""Values in one question: SQLite takes at most 32,766 parameters, and reads long questions slowly."""


def chunks(values: Iterable[T]) -> Iterator[list[T]]:
    """Iterate over values, as many at a time as one question takes."""
    rest = iter(values)
    while chunk := list(islice(rest, ASKED)):
        yield chunk
