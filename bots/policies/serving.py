"""The policies of a process that serves: what holds, what follows the disk, and who is told."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bots.policies.news import PolicyNews
from core.announcing import Announcer
from core.inforce import InForce
from core.keeping import Notes, PolicyStore, Rooms
from core.ondisk import OnDisk
from core.policy.loader import SHIPPED, bundled, load_policy
from core.policy.policy import Policy
from core.ports import Platform
from core.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """What is in force, where it is kept, and what says so in rooms."""

    store: PolicyStore
    in_force: InForce
    on_disk: OnDisk
    announce: Announcer

    @property
    def followers(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """What runs for ever, by name."""
        return {
            "follow the policies": self.in_force.follow,
            "follow the policy file": self.on_disk.follow,
            "announce": self.announce.follow,
        }


async def policies(  # noqa: PLR0913 - each is one word where it is called
    settings: Settings,
    chosen: str,
    *,
    store: PolicyStore,
    notes: Notes,
    rooms: Rooms,
    platforms: Mapping[str, Platform],
    clock: Callable[[], datetime],
) -> Policies:
    """Put the chosen file in force, if it is another one than before, and return what holds.

    Raises:
        BadInput: The file cannot be used, and nothing was ever in force here.
    """
    announce = Announcer(rooms, notes, platforms, clock)
    news = PolicyNews(announce, store, clock=clock, zone=settings.zone)
    on_disk = OnDisk(
        policy_path(chosen),
        store=store,
        notes=notes,
        worker=settings.worker,
        clock=clock,
        refused=news.refused,
    )
    in_force = InForce(store, load_policy(bundled()), news, notes)
    # What held when the process ended comes first, so that a file that changed meanwhile is told beside it.
    await in_force.refresh()
    await on_disk.start()
    await in_force.refresh()
    return Policies(store=store, in_force=in_force, on_disk=on_disk, announce=announce)


def policy_path(chosen: str) -> Path:
    """Return the path of a policy by the name of one that ships, or by its path."""
    return bundled(chosen) if chosen in SHIPPED else Path(chosen)


def chosen_policy(chosen: str) -> Policy:
    """Load a policy by the name of one that ships, or by its path."""
    return load_policy(policy_path(chosen))
