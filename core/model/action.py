"""What can be done about a message and its author, and what undoes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ActionKind(StrEnum):
    """What can be done. `report` shows the case to the moderators; the others touch a message or a member."""

    REPORT = "report"
    DELETE = "delete"
    MUTE = "mute"
    UNMUTE = "unmute"
    BAN = "ban"
    UNBAN = "unban"


INVERSES: Final[Mapping[ActionKind, ActionKind]] = {
    ActionKind.MUTE: ActionKind.UNMUTE,
    ActionKind.BAN: ActionKind.UNBAN,
}
"""What undoes what. A deleted message is gone on both platforms, so deleting has no inverse."""


class Status(StrEnum):
    """How far an action has come."""

    PROPOSED = "proposed"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something to do about one message and its author; the same value proposed, performed and undone.

    Attributes:
        for_s: Seconds a mute lasts; None is until undone.
        by: The policy or the moderator it comes from, for the card.
        note: What the platform said when it failed, or a line worth keeping.
        undone: Its inverse was proposed later.
    """

    kind: ActionKind
    for_s: int | None = None
    by: str = ""
    status: Status = Status.PROPOSED
    note: str = ""
    undone: bool = False

    @property
    def inverse(self) -> "Action | None":
        """The action that undoes this one, or None where nothing can."""
        kind = INVERSES.get(self.kind)
        return Action(kind=kind) if kind else None
