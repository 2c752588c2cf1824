"""What moderators are told of policies: that another one holds, or that a file cannot be used.

What a rule waits for is not told: a room may be read by more people than may read the file.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from functools import partial
from itertools import islice
from typing import Final

from bots.wording import listed, moment, quoted
from core.announcing import Announcer
from core.held import Held, There
from core.keeping import EVERYWHERE, PolicyStore, Version
from core.policy.policy import Policy, Rule

NEWS_FOR: Final = timedelta(hours=1)
"""How long a change is news: who starts a process a week later is told nothing."""

_LINES: Final = 8
"""Lines of a refusal that a room is shown; the command line shows all of them."""

_NAMED: Final = 5

_GROUPS: Final = "Which policy holds in which group changed."

_SHOWN: Final = "/policy shows what holds here."

_MEND: Final = "Once the file can be used again, it holds by itself."

_CARETS: Final = re.compile(r" *\| *\^+ ?(.*)")
_SOURCE: Final = re.compile(r" *[0-9]* *\|")
_REMEDY: Final = re.compile(r"See policies/README\.md#[a-z-]+$")
"""Lines of a refusal as `core.policy.faults` writes them: under the source, the source, and what is known."""

_BOUNDS: Final = (
    ("exempt", "exempt roles"),
    ("lanes", "context lanes"),
    ("quiet", "quiet hours"),
    ("crisis", "crisis"),
    ("quotas", "quotas"),
)
"""Each bound of `Limits`, and what people call it."""


class PolicyNews:
    """Tells the rooms.

    Args:
        announce: Says things in rooms.
        store: Which places have a policy of their own.
        clock: The present moment.
        zone: The time zone of times.
    """

    def __init__(
        self,
        announce: Announcer,
        store: PolicyStore,
        *,
        clock: Callable[[], datetime],
        zone: tzinfo,
    ) -> None:
        self._announce = announce
        self._store = store
        self._clock = clock
        self._zone = zone

    def wants(self, version: Version) -> bool:
        """Tell whether a version is new enough to be told of."""
        return self._clock() - version.at <= NEWS_FOR

    async def changed(self, version: Version, before: Held, after: Held) -> None:
        """Tell the room of the place, or each room of which something changed, what is different there."""
        place, key = version.place, f"policy/{version.number}"
        head = f"⚪ {_headline(version, after.of(place))} It holds since {moment(version.at, self._zone)}"
        if place != EVERYWHERE:
            said = changes(before.of(place), after.of(place))
            await self._announce(key, [f"{head}.", *said, _SHOWN], places=(place,))
        elif len(await self._store.history(EVERYWHERE, limit=2)) > 1:  # the first start is no change
            head += ", where a group has none of its own."
            await self._announce.to_each(key, partial(_in_room, head, before, after))

    async def unread(self, version: Version, why: str) -> None:
        """Tell that a version that was in force cannot be read any more, after an update."""
        places = None if version.place == EVERYWHERE else (version.place,)
        said = [f"⚪ The policy {quoted(version.name)} cannot be read any more; what held before stays."]
        await self._announce(f"unread/{version.number}", [*said, *_cut(why)], places=places)

    async def refused(self, why: str, mark: str) -> None:
        """Tell that the file on the disk cannot be used."""
        said = ["⚪ The policy file was changed and cannot be used. The policy that holds stays in force."]
        await self._announce(f"refused/{mark}", [*said, *_cut(why), _MEND])


def changes(before: Policy, after: Policy) -> Iterator[str]:
    """Yield what is different, by the names of rules."""
    yield from _different(before, after)
    if before.groups != after.groups:
        yield _GROUPS


def _in_room(head: str, before: Held, after: Held, places: Sequence[str]) -> Sequence[str]:
    """Return what a room is told of a change of the house's policy; nothing, where its places saw none."""
    told: dict[tuple[str, ...], None] = {}
    for place in places:
        old, new = before.there(place), after.there(place)
        lines = tuple(_changed(old, new))
        if lines and new.policy is not after.house:
            lines = (f"Where {quoted(new.policy.name)} holds, this changed with it:", *lines)
        if lines or old.policy.name != new.policy.name:
            told[lines] = None
    return (head, *(line for lines in told for line in lines), _SHOWN) if told else ()


def _changed(before: There, after: There) -> Iterator[str]:
    """Yield what is different in a place."""
    yield from _different(before.policy, after.policy)
    if before.parts != after.parts:
        yield _GROUPS


def _different(before: Policy, after: Policy) -> Iterator[str]:
    """Yield what is different, whatever is said of groups."""
    old, new = ({rule.key: rule for rule in policy.rules} for policy in (before, after))
    kinds = {
        "New rules": [new[key] for key in new if key not in old],
        "Changed rules": [new[key] for key in new if key in old and new[key] != old[key]],
        "Rules that are gone": [old[key] for key in old if key not in new],
    }
    for kind, rules in kinds.items():
        if rules:
            yield f"{kind}: {_named(rules)}."
    if bounds := [word for key, word in _BOUNDS if getattr(before.limits, key) != getattr(after.limits, key)]:
        yield f"Changed bounds: {listed(bounds)}."


def _headline(version: Version, after: Policy) -> str:
    if not version.files:
        return f"The group's own policy was taken back ({_by(version)}); {quoted(after.name)} holds again."
    return f"The policy {quoted(after.name)} was put in force ({_by(version)})."


def _by(version: Version) -> str:
    return f"{version.how} by {quoted(version.by)}" if version.by else version.how


def _named(rules: list[Rule]) -> str:
    names = [quoted(rule.name) for rule in islice(rules, _NAMED)]
    more = len(rules) - len(names)
    return listed([*names, f"{more} more"]) if more else listed(names)


def _cut(why: str) -> Iterator[str]:
    lines = list(_in_words(why))
    yield from lines[:_LINES]
    if len(lines) > _LINES:
        yield f"… and {len(lines) - _LINES} more (nigehban policy check shows all of it)"


def _in_words(why: str) -> Iterator[str]:
    """Yield each fault as one line.

    A caret stands under nothing in letters of different widths; and of the file itself, a room reads no line.
    """
    said = ""
    for line in filter(None, why.splitlines()):
        if hint := _CARETS.match(line):
            said += f", {hint[1]}" if hint[1] else ""
        elif not (_SOURCE.match(line) or _REMEDY.search(line)):
            if said:
                yield said
            said = line
    if said:
        yield said
