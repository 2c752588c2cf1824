"""What actions are called on a card: what was done, and what is asked for or failed."""

from collections.abc import Mapping
from typing import Final

from core.model import ActionKind

DONE: Final[Mapping[ActionKind, str]] = {
    ActionKind.REPORT: "reported",
    ActionKind.NOTIFY: "told",
    ActionKind.WARN: "warned",
    ActionKind.DELETE: "deleted",
    ActionKind.NO_MEDIA: "kept from sending media",
    ActionKind.MEDIA: "allowed media again",
    ActionKind.MUTE: "muted",
    ActionKind.UNMUTE: "unmuted",
    ActionKind.KICK: "kicked",
    ActionKind.BAN: "banned",
    ActionKind.UNBAN: "unbanned",
}
"""Once it is done; "muted and deleted by Omar"."""

_NAMES: Final[Mapping[ActionKind, str]] = {
    ActionKind.NO_MEDIA: "holding media",
    ActionKind.MEDIA: "allowing media",
}


def named(kind: ActionKind) -> str:
    """Return what an action is called; mostly its own name, which is a word."""
    return _NAMES.get(kind, kind.value)
