"""A row of a list: one item as its keeper wrote it, with where it stood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row.

    Attributes:
        line: Where it begins, from 1.
        text: How it stands in the list.
        fields: By the names of `core.exchange.columns`; a column that is not known has a `+` before its name.
        keys: Further ways in which its item is recognised: a field and its value. A field may repeat.
        wrong: Why it is no row, or "".
    """

    line: int
    text: str
    fields: Mapping[str, str] = field(default_factory=dict)
    keys: Sequence[tuple[str, str]] = ()
    wrong: str = ""
