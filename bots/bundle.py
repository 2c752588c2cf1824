"""What a card says of a bundle: cases whose ground a list took back, to be undone together or left."""

from collections.abc import Mapping
from typing import Final

from bots.wording import listed
from core.case import Case, Choice

TITLE: Final = "↺ Taken back by its list"
STANDS: Final = "What was done still stands. Undoing it also tells each member, once, that it was taken back."
UNDO: Final = "Undo all of it"
KEEP: Final = "Leave as it is"

SAID: Final[Mapping[Choice, str]] = {Choice.CONFIRM: "All of it undone", Choice.DISMISS: "Left as it is"}
"""What a decision means here."""

_NAMED: Final = 8
"""Cases that are named on the card; Details has all of them."""


def rests(case: Case) -> str:
    """Say which cases rest on what was taken back."""
    many = "1 case rests" if len(case.about) == 1 else f"{len(case.about)} cases rest"
    more = " and more" if len(case.about) > _NAMED else ""
    return f"{many} on it: {listed(list(case.about[:_NAMED]))}{more}"
