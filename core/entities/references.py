"""The references of the UN's list, which other lists cite: `QDe.004`."""

import re
from typing import Final

_UN: Final = re.compile(r"(?<![A-Za-z0-9])([A-Z]{2})e\.[ ]?([0-9]{3,4})(?![0-9])", re.IGNORECASE)


def un_reference(text: str) -> str:
    """Return the reference of an organisation on the UN's list that stands in a text first, or "".

    The form is two letters for the committee, `e` for an entity, a point and a number; an individual's has an
    `i`.
    """
    found = _UN.search(text[:1000])
    return f"{found[1].upper()}e.{found[2]}" if found else ""
