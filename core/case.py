"""A case: a verdict, or a member's report, under human eyes; its states are one table.

Two rules: all of a case's life is in this file, and this file does no I/O and knows no clock. A function
takes a case and returns the next one; who stores it and who carries the actions out is the engine's.
The history is the audit trail: nothing is ever taken out of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from core.errors import WrongChoice
from core.model import (
    Account,
    Action,
    ActionKind,
    Match,
    Message,
    Notice,
    Status,
    Telling,
    Verdict,
    deeds_of,
)


class State(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    HELD = "held"
    ESCALATED = "escalated"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Choice(StrEnum):
    """What a moderator can say; `overturn` grants an appeal."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    HOLD = "hold"
    ESCALATE = "escalate"
    UNDO = "undo"
    OVERTURN = "overturn"


TRANSITIONS: Final[Mapping[tuple[State, Choice], State]] = {
    (State.OPEN, Choice.CONFIRM): State.CONFIRMED,
    (State.OPEN, Choice.DISMISS): State.DISMISSED,
    (State.OPEN, Choice.HOLD): State.HELD,
    (State.OPEN, Choice.ESCALATE): State.ESCALATED,
    (State.HELD, Choice.CONFIRM): State.CONFIRMED,
    (State.HELD, Choice.DISMISS): State.DISMISSED,
    (State.HELD, Choice.ESCALATE): State.ESCALATED,
    (State.HELD, Choice.UNDO): State.OPEN,
    (State.ESCALATED, Choice.CONFIRM): State.CONFIRMED,
    (State.ESCALATED, Choice.DISMISS): State.DISMISSED,
    (State.ESCALATED, Choice.UNDO): State.OPEN,
    (State.CONFIRMED, Choice.UNDO): State.OPEN,
    (State.CONFIRMED, Choice.OVERTURN): State.DISMISSED,
    (State.DISMISSED, Choice.UNDO): State.OPEN,
}
"""Every change that is allowed; a pair that is not here is refused."""

CLOSED: Final = frozenset({State.CONFIRMED, State.DISMISSED})
"""States in which nobody is asked for anything more."""

_RELEASING: Final = frozenset({Choice.DISMISS, Choice.UNDO, Choice.OVERTURN})
"""Choices after which nothing that was done stays done, as far as it can be undone."""

_TAKING_NOTHING: Final = frozenset({ActionKind.REPORT, ActionKind.NOTIFY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a moderator said about a case.

    Attributes:
        actions: With `confirm`: what to do about the message and its author. With what takes everything back:
            `notify`, to tell the member so.
        for_s: Seconds for which what lasts (a mute, a hold on media) does, where it is among the actions.
    """

    moderator: Account
    choice: Choice
    at: datetime
    actions: tuple[ActionKind, ...] = ()
    for_s: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A verdict before moderators, with all that was decided and done about it.

    Attributes:
        id: Short, for people to say aloud (`7K3`).
        message: Bare: a case keeps no content.
        actions: Everything proposed so far, in order; their places in the tuple never change.
        history: Every decision, oldest first.
        about: Ids of cases whose ground a list took back: confirming this one releases what was done in them.
        card: What the platform needs to find the card again; "" until it is shown.
        version: Counts the saves; a save that does not follow the last one is refused.
    """

    id: str
    message: Message
    verdict: Verdict
    opened_at: datetime
    state: State = State.OPEN
    actions: tuple[Action, ...] = ()
    history: tuple[Decision, ...] = ()
    about: tuple[str, ...] = ()
    card: str = ""
    version: int = 0

    @property
    def waiting(self) -> tuple[tuple[int, Action], ...]:
        """Actions still to carry out with their places.

        Notices come after what they tell of, and before what puts a member out of reach; showing the card
        comes last, so that it tells the rest.
        """
        todo = [(i, a) for i, a in enumerate(self.actions) if a.status is Status.PROPOSED]
        return tuple(sorted(todo, key=lambda pair: _turn(pair[1].kind)))

    @property
    def standing(self) -> tuple[Action, ...]:
        """What was done, or will be, about the message or its author, and was not undone; a warning too."""
        return tuple(
            a
            for a in self.actions
            if a.kind not in _TAKING_NOTHING and a.status is not Status.FAILED and not a.undone
        )

    @property
    def warned(self) -> bool:
        """Whether its author was told a warning that stands."""
        return any(a.kind is ActionKind.WARN and a.status is Status.DONE for a in self.standing)

    @property
    def release(self) -> Choice | None:
        """The choice after which nothing of it stands, or None where there is none."""
        if self.state is State.DISMISSED:
            return None
        return Choice.OVERTURN if self.state is State.CONFIRMED else Choice.DISMISS


def opened(
    case_id: str, message: Message, verdict: Verdict, *, at: datetime, about: tuple[str, ...] = ()
) -> Case:
    """Make the case of a verdict, with the policy's actions proposed in its name."""
    actions = tuple(replace(a, by=f"policy {verdict.policy}") for a in verdict.actions)
    return Case(
        id=case_id, message=message.bare(), verdict=verdict, opened_at=at, actions=actions, about=about
    )


def adds(case: Case, verdict: Verdict) -> tuple[Match, ...]:
    """Return the matches of a later verdict on the same message that the case does not have yet."""
    known = {_found(m) for m in case.verdict.matches}
    return tuple(m for m in verdict.matches if _found(m) not in known)


def extended(case: Case, verdict: Verdict) -> Case:
    """Return the case with what an edit of its message brought: new matches, new gaps, new actions.

    An action the case already has is not proposed again, except showing the card.
    """
    has = {a.kind for a in case.actions if not a.undone and a.kind is not ActionKind.REPORT}
    merged = replace(
        case.verdict,
        matches=case.verdict.matches + adds(case, verdict),
        gaps=tuple(dict.fromkeys(case.verdict.gaps + verdict.gaps)),
        rules=tuple(dict.fromkeys(case.verdict.rules + verdict.rules)),
        notes=tuple(dict.fromkeys(case.verdict.notes + verdict.notes)),
        because=tuple(dict.fromkeys(case.verdict.because + verdict.because)),
        shadows=tuple(dict.fromkeys(case.verdict.shadows + verdict.shadows)),
        braked=case.verdict.braked or verdict.braked,
        actions=tuple(dict.fromkeys(case.verdict.actions + verdict.actions)),
    )
    new = tuple(replace(a, by=f"policy {verdict.policy}") for a in verdict.actions if a.kind not in has)
    return replace(case, verdict=merged, actions=case.actions + new)


def decided(case: Case, decision: Decision) -> Case:
    """Return the case as a moderator's decision leaves it, with the actions that follow proposed.

    Raises:
        WrongChoice: The table does not allow this choice in the case's state.
    """
    state = TRANSITIONS.get((case.state, decision.choice))
    if state is None:
        raise WrongChoice(f"case {case.id} is {case.state}: it cannot be {_PARTICIPLES[decision.choice]} now")
    actions = case.actions
    if decision.choice is Choice.CONFIRM:
        standing = {a.kind for a in actions if a.status is not Status.FAILED and not a.undone}
        actions += tuple(
            Action(
                kind=kind,
                by=decision.moderator.name,
                for_s=decision.for_s if kind.lasts else None,
            )
            for kind in dict.fromkeys(decision.actions)
            if kind not in standing
        )
    elif decision.choice in _RELEASING:
        actions = _released(actions, by=decision.moderator.name)
        if ActionKind.NOTIFY in decision.actions:
            actions += _apology(case, by=decision.moderator.name)
    if case.card:
        actions += (Action(kind=ActionKind.REPORT, by=decision.moderator.name),)
    return replace(case, state=state, actions=actions, history=(*case.history, decision))


def settled(case: Case, place: int, *, status: Status, note: str = "") -> Case:
    """Return the case with how the action at that place went.

    If it was called off while it was being carried out, it is done all the same: so its inverse follows.
    """
    before = case.actions[place]
    after = replace(before, status=status, note=note)
    inverse = after.inverse if before.status is Status.FAILED and status is Status.DONE else None
    if inverse:
        after = replace(after, undone=True)
    actions = (*case.actions[:place], after, *case.actions[place + 1 :])
    return replace(case, actions=(*actions, replace(inverse, by=before.by)) if inverse else actions)


def _apology(case: Case, *, by: str) -> tuple[Action, ...]:
    """Return the notice that what was done was taken back: where anything was, and once in a case."""
    deeds = deeds_of(action for action in case.standing if action.status is Status.DONE)
    if not deeds or any(a.notice and a.notice.telling is Telling.REVERSAL for a in case.actions):
        return ()
    notice = Notice(telling=Telling.REVERSAL, deeds=deeds, by_person=True)
    return (Action(kind=ActionKind.NOTIFY, by=by, notice=notice),)


def _turn(kind: ActionKind) -> int:
    if kind is ActionKind.REPORT:
        return 3
    return 2 if kind.removes else int(kind.tells)


def _released(actions: tuple[Action, ...], *, by: str) -> tuple[Action, ...]:
    """Call off what was not yet carried out, and propose the inverse of what was, latest first."""
    kept, inverses = [], []
    for action in actions:
        if action.kind is ActionKind.REPORT or action.undone or action.status is Status.FAILED:
            kept.append(action)
        elif action.status is Status.PROPOSED:
            kept.append(replace(action, status=Status.FAILED, note=f"called off by {by}"))
        elif inverse := action.inverse:
            kept.append(replace(action, undone=True))
            inverses.append(replace(inverse, by=by))
        elif action.kind is ActionKind.WARN:
            kept.append(replace(action, undone=True))
        else:
            kept.append(action)
    return (*kept, *reversed(inverses))


def _found(match: Match) -> tuple[str, str, str, str]:
    return match.signal.kind, match.signal.value, match.bank.name, match.entry.value


_PARTICIPLES: Final[Mapping[Choice, str]] = {
    Choice.CONFIRM: "confirmed",
    Choice.DISMISS: "dismissed",
    Choice.HOLD: "held",
    Choice.ESCALATE: "escalated",
    Choice.UNDO: "undone",
    Choice.OVERTURN: "overturned",
}
