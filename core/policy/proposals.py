"""What follows from what rules propose: each held to what its grounds suffice for, all of them merged."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from core.model import Action, ActionKind, Match, Message, Strength, Trust

REPORT: Final = Action(kind=ActionKind.REPORT)
"""Show the case to the moderators."""

_ORDER: Final = tuple(ActionKind)
_OUTDONE: Final = {
    ActionKind.WARN: {ActionKind.NOTIFY},
    ActionKind.MUTE: {ActionKind.NO_MEDIA},
    ActionKind.KICK: {ActionKind.NO_MEDIA, ActionKind.MUTE},
    ActionKind.BAN: {ActionKind.NO_MEDIA, ActionKind.MUTE, ActionKind.KICK},
}
_GUESS: Final = "likeness"
_WORDS: Final = "phrase"


def _most(match: Match, *, named: bool) -> ActionKind:
    """Return the strongest action a match may lead to; more than a report for what a list surely knows.

    That an account resembles a known one is a guess about somebody who is on no list, however sure: whoever
    wants more to follow from it writes a rule for it. Phrases never do: names and slogans are what reporters
    and victims write, too.

    Args:
        match: What the rule rests on.
        named: The rule asked for this kind of signal by its name.
    """
    if match.bank.trust is not Trust.ACT or match.strength is Strength.WEAK:
        return ActionKind.REPORT
    if match.signal.subject == _WORDS or (match.signal.subject == _GUESS and not named):
        return ActionKind.REPORT
    return match.bank.most or ActionKind.BAN


def permitted(
    actions: Iterable[Action], grounds: Iterable[tuple[Match, bool]], message: Message
) -> tuple[Action, ...]:
    """Return actions, each a report instead where its grounds do not suffice for it.

    Without a match nothing does more than report; and where an account only showed itself, there is nothing
    to delete.
    """
    most = max((_most(match, named=named).rank for match, named in grounds), default=REPORT.kind.rank)
    nothing_written = message.happening.shows_account
    return tuple(
        REPORT if a.kind.rank > most or (nothing_written and a.kind is ActionKind.DELETE) else a
        for a in actions
    )


def combined(proposed: Iterable[Action]) -> tuple[Action, ...]:
    """Merge what the rules propose, each kind once, for the longest time, and nothing beside what outdoes it.

    One platform keeps a single set of restrictions per member, so a mute after a ban would replace the ban,
    a hold on media a mute, and being kicked ends either. A warning tells what a notice would.
    """
    kinds: dict[ActionKind, Action] = {}
    for action in proposed:
        had = kinds.setdefault(action.kind, action)
        if had.for_s is not None and (action.for_s is None or action.for_s > had.for_s):
            kinds[action.kind] = replace(had, for_s=action.for_s)
    if len(kinds) <= 1:
        return tuple(kinds.values())
    for kind, beside in _OUTDONE.items():
        if kind in kinds:
            kinds = {one: action for one, action in kinds.items() if one not in beside}
    return tuple(sorted(kinds.values(), key=lambda action: _ORDER.index(action.kind)))
