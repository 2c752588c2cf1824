"""What is said of policies in a chat: answers with their buttons, the same on every platform.

An answer is plain lines, perhaps a block of equally wide letters, and buttons. Names are quoted and harmless
here; a platform only writes the lines in its own markup. In a group that ordinary members read, nothing is
told of rules.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from bots.policies.news import changes
from bots.wording import counted, harmless, moment, quoted
from core.keeping import Version
from core.model import Place
from core.policy.policy import Policy, Rule

PREFIX: Final = "policy"
"""What the id of each of these buttons begins with."""

COUNTS_FOR: Final = timedelta(days=7)
"""How long a proposal can be made live: what it was tried on gets old."""

TRIED_ON: Final = timedelta(days=30)
"""How far back a proposal is tried."""

_LINES: Final = 18
"""Lines of a refusal that are shown, in whole faults: three of them, …"""

_LETTERS: Final = 2_400
"""… and letters: a message on Telegram has room for 4096, and a phone for less."""

_ON_A_BUTTON: Final = 24
_NUMBER: Final = re.compile(r"-?[0-9]{1,18}")
"""What a database can look for: a made-up button may carry anything."""


class Step(StrEnum):
    """What a button does: makes a proposal live, leaves it, rolls a version back, or names the group."""

    LIVE = "live"
    LEAVE = "leave"
    BACK = "back"
    FOR = "for"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button; `numbers` say what it is about, so that one that is tapped late cannot mean anything else."""

    label: str
    step: Step
    numbers: tuple[int, ...]

    @property
    def press(self) -> str:
        """What the platform gives back when it is tapped; `pressed` reads it. At most 64 bytes."""
        return ":".join((PREFIX, self.step, *map(str, self.numbers)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An answer.

    Attributes:
        lines: Plain text; what others wrote in it is harmless already.
        block: Lines that only make sense in letters of one width; not harmless where a platform reads markup.
    """

    lines: tuple[str, ...]
    block: str = ""
    buttons: tuple[Button, ...] = ()

    @classmethod
    def of(cls, *lines: str) -> "Said":
        """Say lines without more."""
        return cls(lines=lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What holds in a place.

    Attributes:
        policy: It.
        latest: What put it in force; None where nothing was ever put in force.
        own: It is the place's own, not the one that holds everywhere.
        changed: What the latest change changed.
        back: What held before the place's own, and would again; "" where there is nothing to roll back.
    """

    policy: Policy
    latest: Version | None
    own: bool
    changed: tuple[str, ...] = ()
    back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is known of a policy before it is in force.

    Attributes:
        examples: How many it has.
        failed: The first that does not hold, with its rule, where there is one; `wrong` counts them.
    """

    policy: Policy
    examples: int = 0
    wrong: int = 0
    failed: tuple[Rule, str] | None = None


def pressed(press: str) -> tuple[Step, tuple[int, ...]] | None:
    """Read what a button gave back; None if it is none of these."""
    prefix, *words = press[:100].split(":")
    step, *rest = words or [""]
    numbers = [word for word in rest if _NUMBER.fullmatch(word)]
    if prefix != PREFIX or step not in set(Step) or not rest or len(numbers) < len(rest):
        return None
    return Step(step), tuple(map(int, numbers))


def holds(place: Place, holding: Holding, zone: tzinfo, *, shadows: Sequence[str] = ()) -> Said:
    """Say to moderators which policy holds, since when, by whom, what changed last, and what shadows did."""
    where, latest = quoted(place.name), holding.latest
    whose = "its own" if holding.own else "the one that holds everywhere"
    if latest is None:
        return Said.of(f"{where}: the policy {quoted(holding.policy.name)}.", *shadows)
    by = f" by {quoted(latest.by)}" if latest.by else ""
    since, put = f"since {moment(latest.at, zone)}", harmless(latest.how, 60)
    lines = [
        f"{where}: the policy {quoted(holding.policy.name)}, {whose}, {since} ({put}{by}).",
        *(f"  {line}" for line in (*holding.changed, *shadows)),
    ]
    back = (_back(latest, holding.back, place),) if holding.back else ()
    return Said(lines=tuple(lines), buttons=back)


def holds_here(holding: Holding, zone: tzinfo) -> Said:
    """Say in a group, where ordinary members read along, only the name and since when."""
    since = f" since {moment(holding.latest.at, zone)}" if holding.latest else ""
    return Said.of(f"⚪ The policy {quoted(holding.policy.name)} holds here{since}.")


def joined(told: Sequence[Said]) -> Said:
    """Say several things in one answer."""
    return Said(
        lines=tuple(line for one in told for line in one.lines),
        buttons=tuple(button for one in told for button in one.buttons),
    )


def refused(name: str, why: str) -> Said:
    """Say why a file cannot be used, as `policy check` does; what holds stays."""
    first, *others = why.split("\n\n")
    shown, left = first, list(others)
    while left and len(longer := f"{shown}\n\n{left[0]}") <= _LETTERS and longer.count("\n") < _LINES:
        shown, left = longer, left[1:]
    if left or len(shown) > _LETTERS:
        more = f"and {len(left):,} more " if left else ""
        shown = f"{shown[:_LETTERS].rstrip()}\n… {more}(nigehban policy check shows all of it)"
    return Said(
        lines=(f"✘ {quoted(name)} cannot be used. Nothing was changed; what holds stays in force.",),
        block=shown,
    )


def failing(trial: Trial) -> Said:
    """Say which example does not hold; such a policy is not offered."""
    rule, example = trial.failed or (None, "")
    held = f"{trial.examples - trial.wrong} of {trial.examples} examples hold"
    named = quoted(rule.name, 60) if rule else ""
    return Said.of(
        f"✘ {quoted(trial.policy.name)} is not offered: {held}. Nothing was changed.",
        f"The first that fails: the rule {named} {example}.",
        "Mend the rule or the example, and send the file again.",
    )


def offered(  # noqa: PLR0913 - what a person must know before the tap
    version: Version,
    trial: Trial,
    before: Policy,
    place: Place,
    *,
    seen: int,
    tried: str = "",
    meanwhile: str = "",
) -> Said:
    """Say what a proposal would change, with the buttons that decide.

    Args:
        version: The proposal as it is kept.
        trial: What is known of it.
        before: What holds in the place now.
        place: For which it is.
        seen: The number of the latest version that the person is told about here.
        tried: The sentence of its backtest.
        meanwhile: What was put in force since it was sent.
    """
    count, where = counted(len(trial.policy.rules), "rule"), quoted(place.name)
    held = f"{trial.examples} of {trial.examples} examples hold" if trial.examples else "it has no examples"
    different = tuple(changes(before, trial.policy)) or ("Nothing: the rules are the same.",)
    lines = [
        *([meanwhile] if meanwhile else []),
        f"⚪ {quoted(trial.policy.name)} can be used: {count}; {held}.",
        f"In {where}, where {quoted(before.name)} holds, this would change:",
        *(f"  {line}" for line in different),
        *([f"In the last {TRIED_ON.days} days it {tried}."] if tried else []),
        f"Nothing was changed yet. It can be made live within {COUNTS_FOR.days} days.",
    ]
    live = Button(
        label=f"Make it live in {quoted(place.name, _ON_A_BUTTON)}",
        step=Step.LIVE,
        numbers=(version.number, seen),
    )
    leave = Button(label="Leave it", step=Step.LEAVE, numbers=(version.number,))
    return Said(lines=tuple(lines), buttons=(live, leave))


def made_live(version: Version, place: Place, zone: tzinfo, *, back: str, again: bool) -> Said:
    """Say that a policy is in force, with the button that rolls it back."""
    since = moment(version.at, zone)
    already = "already " if again else ""
    return Said(
        lines=(
            f"✔ {quoted(version.name)} {already}holds in {quoted(place.name)} since {since}.",
            "The moderators' room is told what changed.",
        ),
        buttons=(_back(version, back, place),),
    )


def rolled_back(version: Version, now: Policy, place: Place, at: datetime, zone: tzinfo) -> Said:
    """Say what holds after a version was rolled back."""
    return Said.of(
        f"✔ {quoted(version.name)} was rolled back: "
        f"{quoted(now.name)} holds in {quoted(place.name)} again, since {moment(at, zone)}.",
        "The moderators' room is told.",
    )


def put_since(version: Version, zone: tzinfo) -> str:
    """Say that another version came between a proposal and its tap."""
    by = f" by {quoted(version.by)}" if version.by else ""
    what = quoted(version.name) if version.files else "the policy that holds everywhere"
    return (
        f"! Not made live yet: {what} was put in force meanwhile "
        f"({harmless(version.how, 60)}{by}, {moment(version.at, zone)}). Look again, then tap again."
    )


def under(said: Said, *buttons: Button) -> Said:
    """Return an answer with other buttons."""
    return replace(said, buttons=buttons)


def pages(said: Said, most: int) -> Iterator[Said]:
    """Yield an answer in pieces of so many letters; block and buttons stand under the last."""
    lines: list[str] = []
    for line in said.lines:
        if lines and sum(map(len, lines)) + len(lines) + len(line) > most:
            yield Said.of(*lines)
            lines = []
        lines.append(line[:most])
    yield replace(said, lines=tuple(lines))


def _back(version: Version, back: str, place: Place) -> Button:
    where = quoted(place.name, _ON_A_BUTTON)
    label = f"Roll back to {quoted(back, _ON_A_BUTTON)} in {where}"
    return Button(label=label, step=Step.BACK, numbers=(version.number,))
