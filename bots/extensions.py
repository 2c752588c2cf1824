"""Extensions: signals, platforms and exchanges from other packages, loaded by name and only by name.

Nothing registers itself: a package declares an entry point, and an operator names it in
`NIGEHBAN_EXTENSIONS`. An extension runs with the full rights of the process.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Final

from bots.kit import Kit
from core.errors import BadInput
from core.ports import Exchange, Listener, SignalSource

GROUPS: Final = ("nigehban.signals", "nigehban.platforms", "nigehban.exchanges")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensions:
    """What was named and found.

    Attributes:
        signals: Built already: a source takes no arguments.
        platforms: Each is built from the kit.
        exchanges: By name; each is built from a location.
    """

    signals: tuple[SignalSource, ...] = ()
    platforms: tuple[Callable[[Kit], Listener], ...] = ()
    exchanges: tuple[tuple[str, Callable[[str], Exchange]], ...] = ()


def load(names: Iterable[str]) -> Extensions:
    """Load the extensions of these names.

    Raises:
        BadInput: None of the groups has an entry point of this name, or it cannot be imported.
    """
    found: dict[str, list[tuple[str, Callable[..., object]]]] = {group: [] for group in GROUPS}
    for name in names:
        points = [(group, p) for group in GROUPS for p in entry_points(group=group, name=name)]
        if not points:
            raise BadInput(
                f"NIGEHBAN_EXTENSIONS: there is no extension {name!r}. Install the package that brings it, "
                f"or take the name out."
            )
        for group, point in points:
            try:
                found[group].append((name, point.load()))
            except (ImportError, AttributeError) as exc:
                raise BadInput(f"NIGEHBAN_EXTENSIONS: {name!r} cannot be loaded: {exc}") from exc
    return Extensions(
        signals=tuple(make() for _, make in found["nigehban.signals"]),  # type: ignore[misc]  # a foreign class is taken at its word
        platforms=tuple(make for _, make in found["nigehban.platforms"]),  # type: ignore[misc]  # as above
        exchanges=tuple(found["nigehban.exchanges"]),  # type: ignore[arg-type]  # as above
    )
