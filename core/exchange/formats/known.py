"""The formats by what their records look like: a record says by its own names what it is.

So it does not matter whether records stand in a document, one a line, or in a table.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Final, NamedTuple

from core.errors import BadInput
from core.exchange.formats import matrix, misp, stix, stopncii, tech_against_terrorism, threatexchange
from core.exchange.formats.record import Position, Read, Record
from core.exchange.row import Row


def _any(_record: Record) -> bool:
    return True


class Format(NamedTuple):
    """One format.

    Attributes:
        keys: The names of which a record has all, in one of several ways.
        read: Makes an item of a record.
        is_one: Looks at the record itself, where names are not enough.
        in_tables: A table with columns of these names is one, too.
        asks: Its records ask what their document says elsewhere.
    """

    keys: tuple[frozenset[str], ...]
    read: Read
    is_one: Callable[[Record], bool] = _any
    in_tables: bool = True
    asks: bool = False


_FORMATS: Final = (
    Format(tech_against_terrorism.KEYS, tech_against_terrorism.read),
    Format(stopncii.KEYS, stopncii.read),
    Format(threatexchange.KEYS, threatexchange.read),
    Format(stix.KEYS, stix.read, stix.is_object, in_tables=False, asks=True),
    Format(matrix.KEYS, matrix.read, matrix.is_rule, in_tables=False),
    Format(misp.ATTRIBUTE, misp.read_attribute, asks=True),
    Format(misp.OBJECT, misp.read_object, in_tables=False, asks=True),
)


def format_of(record: Mapping[str, object]) -> Format | None:
    """Return the format of a record, or None."""
    names = record.keys()
    for one in _FORMATS:
        if any(keys <= names for keys in one.keys) and one.is_one(Record(record)):
            return one
    return None


def table_of(header: Collection[str]) -> Read | None:
    """Return what reads the rows of a table with these columns, or None."""
    names = set(header)
    return next((f.read for f in _FORMATS if f.in_tables and any(keys <= names for keys in f.keys)), None)


def spoken_of(record: Mapping[str, object]) -> Iterator[str]:
    """Give the keys under which the records of a document look up one that is about others."""
    about = Record(record)
    if stix.is_object(about):
        yield from stix.spoken_of(about)


def row_of(
    record: Mapping[str, object], read: Read, *, line: int, text: str, position: Position | None = None
) -> Row | None:
    """Make a row of a record in some format; None where it is no item."""
    try:
        item = read(Record(record), position or Position())
    except BadInput as error:
        return Row(line=line, text=text, wrong=str(error))
    if item is None:
        return None
    fields = {name: value for name, value in item.fields.items() if value}
    return Row(line=line, text=text, fields=fields, keys=item.keys)
