"""The trial of a file's expressions: each is asked about messages of every kind before the file is taken.

After the file was read and what it costs is known to be bounded: a trial is one evaluation for each kind.
"""

from collections.abc import Iterator
from typing import Final

from core.policy.document import Document, Value
from core.policy.expression import tried
from core.policy.faults import Fault
from core.policy.program import WrongExpression
from core.policy.refusals import spot_of


def failing(found: Document) -> Iterator[Fault]:
    """Yield a fault for each expression of a file that cannot be worked out for some kind of message."""
    for path in found.values:
        if path[-1:] == ("cel",):
            try:
                tried(str(_at(found.value, path)))
            except WrongExpression as wrong:
                yield Fault(spot=spot_of(path, found), what=wrong.what, remedy=_REMEDY)


def _at(value: Value, path: tuple[str | int, ...]) -> Value:
    for step in path:
        if isinstance(value, dict):
            value = value[str(step)]
        elif isinstance(value, list):
            value = value[int(step)]
    return value


_REMEDY: Final = (
    "Numbers have 64 bits, and what is not known has no value. See policies/README.md#expressions"
)
