"""Quick setting of a frozen value's fields, for values of which several are made for every message.

What dataclasses write for a frozen one asks `object.__setattr__` for each field by its name, and takes twice
as long. Such a class is a dataclass with `init=False` and an `__init__` that calls these.
"""

from collections.abc import Callable
from dataclasses import fields


def setters(cls: type) -> list[Callable[[object, object], None]]:
    """Return what sets each field of a frozen dataclass with slots, in the order of the fields."""
    return [vars(cls)[one.name].__set__ for one in fields(cls)]
