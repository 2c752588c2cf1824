"""What every platform is built from; made once, by the composition root.

An extension (entry point group `nigehban.platforms`) is a callable that takes a `Kit` and returns a
`core.ports.Listener`; Telegram and Discord are built from the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Protocol

from bots.policies.desk import PolicyDesk
from core.engine import Engine
from core.entities.directory import Designations
from core.keeping import Cases, Notes, Rooms
from core.ports import Inbox


class Desk(Cases, Rooms, Protocol):
    """Where cases and rooms are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """The parts that a platform stands on.

    Attributes:
        engine: Receives messages and decisions.
        inbox: Takes what the platform hears, before the platform is told "got it".
        desk: Cases (to find one again by its id) and rooms (which room a place's cards go to).
        notes: Small facts to remember across restarts.
        clock: The present moment, with a time zone.
        zone: The time zone of cards.
        designations: Which organisations are designated, for cards.
        policies: Takes policies in and says what holds; None where nothing can be put in force.
    """

    engine: Engine
    inbox: Inbox
    desk: Desk
    notes: Notes
    clock: Callable[[], datetime]
    zone: tzinfo
    designations: Designations = field(default_factory=Designations)
    policies: PolicyDesk | None = None
