"""What a notice tells, at the moment it is carried out: never what failed, and nothing of any list.

An action is proposed long before it is performed, and what stands beside it changes meanwhile: so what is
told is taken from the case at that moment. Pure, like the case.
"""

from dataclasses import replace

from core.case import Case, Choice
from core.model import INVERSES, Action, ActionKind, Notice, Status, Telling, deeds_of


def told(case: Case, action: Action, *, warnings: int = 0) -> Action:
    """Return an action as it is carried out: a notice with what it tells, as far as that went through.

    Args:
        case: Whose.
        action: What is to be carried out.
        warnings: How many stand against the author in the place, of other cases.
    """
    if not action.kind.tells:
        return action
    failed = {a.kind for a in case.actions if a.status is Status.FAILED}
    if action.notice and action.notice.telling is Telling.REVERSAL:
        deeds = tuple(kind for kind in action.notice.deeds if INVERSES.get(kind) not in failed)
        return replace(action, notice=replace(action.notice, deeds=deeds))
    first = next(iter(case.verdict.matches), None)
    notice = Notice(
        deeds=deeds_of(case.standing),
        found=first.signal.subject if first else "",
        because=case.verdict.because,
        by_person=any(decision.choice is Choice.CONFIRM for decision in case.history),
        warnings=warnings + 1 if action.kind is ActionKind.WARN else 0,
    )
    return replace(action, notice=notice)
