"""What an index consists of, as named columns of numbers: the form in which it is kept on the disk.

Each part of the index gives its columns and is made of them again. Names are paths: what is a part of
something stands under its name. There is nothing in a column but numbers, so reading one runs no code.
"""

import json
from collections.abc import Mapping
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.errors import BadInput

S = TypeVar("S", bound=np.generic)

Column: TypeAlias = NDArray[np.generic]

Columns: TypeAlias = Mapping[str, Column]
"""Columns by name."""

_SEPARATOR: Final = "/"


def under(name: str, columns: Columns) -> dict[str, Column]:
    """Put columns under a name."""
    return {f"{name}{_SEPARATOR}{of}": column for of, column in columns.items()}


def of_part(name: str, columns: Columns) -> Columns:
    """Return the columns that stand under a name."""
    start = f"{name}{_SEPARATOR}"
    return {of.removeprefix(start): column for of, column in columns.items() if of.startswith(start)}


def column_in(columns: Columns, name: str, kind: type[S]) -> NDArray[S]:
    """Return a column of numbers of a kind.

    Raises:
        BadInput: It is missing, or holds something else.
    """
    found = columns.get(name)
    if found is None or found.dtype != np.dtype(kind):
        raise BadInput(f"a snapshot's column {name} is missing or of another kind")
    return found.view(kind)


def number_in(columns: Columns, name: str) -> int:
    """Return the only number of a column.

    Raises:
        BadInput: There is not one number.
    """
    found = column_in(columns, name, np.int64)
    if found.size != 1:
        raise BadInput(f"a snapshot's column {name} is not one number")
    return int(found[0])


def single(value: int) -> NDArray[np.int64]:
    """Give a column that is one number."""
    return np.array([value], np.int64)


def as_json(value: object) -> NDArray[np.uint8]:
    """Give a column that is a value of JSON: for what is few."""
    return np.frombuffer(json.dumps(value).encode(), np.uint8)


def json_in(columns: Columns, name: str) -> object:
    """Return the value of JSON that a column is.

    Raises:
        BadInput: It is missing, or no JSON.
    """
    try:
        found: object = json.loads(column_in(columns, name, np.uint8).tobytes())
    except ValueError as exc:
        raise BadInput(f"a snapshot's column {name} cannot be read") from exc
    return found
