"""A case follows its table, keeps its trail, and proposes what a decision asks for."""

from dataclasses import replace
from itertools import product

import pytest

from core.case import (
    TRANSITIONS,
    Case,
    Choice,
    Decision,
    State,
    adds,
    decided,
    extended,
    opened,
    settled,
)
from core.errors import WrongChoice
from core.model import Action, ActionKind, Gap, Notice, Shadow, Status, Telling
from tests import make

OMAR = make.account("Omar", number=7)


def say(choice: Choice, *actions: ActionKind, for_s: int | None = None) -> Decision:
    """Give Omar's decision."""
    return Decision(moderator=OMAR, choice=choice, at=make.NOON, actions=actions, for_s=for_s)


def kinds(case: Case) -> list[tuple[ActionKind, Status]]:
    """List what a case has proposed, with how far each came."""
    return [(a.kind, a.status) for a in case.actions]


@pytest.mark.parametrize(("state", "choice"), list(product(State, Choice)))
def test_every_pair_of_state_and_choice_is_allowed_by_the_table_or_refused(
    state: State, choice: Choice
) -> None:
    """What the table has is followed and put on the trail; what it lacks is refused and changes nothing."""
    case = make.case(state=state)
    allowed = TRANSITIONS.get((state, choice))

    if allowed is None:
        with pytest.raises(WrongChoice, match=f"case 7K3 is {state}"):
            decided(case, say(choice))
        return
    after = decided(case, say(choice))

    assert after.state is allowed
    assert after.history == (say(choice),)


def test_the_table_reaches_every_state_and_leads_out_of_each() -> None:
    """No state is a dead end, and none is out of reach."""
    assert set(TRANSITIONS.values()) == set(State)
    assert {state for state, _ in TRANSITIONS} == set(State)


def test_confirming_proposes_the_actions_in_the_moderators_name() -> None:
    """Delete and ban are proposed once each, with who asked for them."""
    after = decided(make.case(), say(Choice.CONFIRM, ActionKind.DELETE, ActionKind.BAN, ActionKind.BAN))

    assert [(a.kind, a.by) for a in after.actions] == [(ActionKind.DELETE, "Omar"), (ActionKind.BAN, "Omar")]


def test_a_mute_carries_its_length_and_nothing_else_does() -> None:
    """The seconds of a decision belong to its mute."""
    after = decided(make.case(), say(Choice.CONFIRM, ActionKind.DELETE, ActionKind.MUTE, for_s=3600))

    assert [(a.kind, a.for_s) for a in after.actions] == [(ActionKind.DELETE, None), (ActionKind.MUTE, 3600)]


def test_what_the_policy_did_already_is_not_done_again() -> None:
    """A moderator who confirms a deletion by policy does not delete twice."""
    case = make.case(actions=(Action(kind=ActionKind.DELETE, status=Status.DONE),))

    after = decided(case, say(Choice.CONFIRM, ActionKind.DELETE, ActionKind.BAN))

    assert kinds(after) == [(ActionKind.DELETE, Status.DONE), (ActionKind.BAN, Status.PROPOSED)]


def test_what_failed_may_be_asked_for_again() -> None:
    """After the missing right was given, the same choice proposes the action anew."""
    case = make.case(actions=(Action(kind=ActionKind.BAN, status=Status.FAILED, note="no right"),))

    after = decided(case, say(Choice.CONFIRM, ActionKind.BAN))

    assert kinds(after) == [(ActionKind.BAN, Status.FAILED), (ActionKind.BAN, Status.PROPOSED)]


@pytest.mark.parametrize(
    ("state", "choice"),
    [
        (State.CONFIRMED, Choice.UNDO),
        (State.CONFIRMED, Choice.OVERTURN),
        (State.OPEN, Choice.DISMISS),
    ],
)
def test_releasing_proposes_the_inverse_of_what_was_done_latest_first(state: State, choice: Choice) -> None:
    """A mute and a ban are taken back in reverse order; a deletion has no inverse."""
    done = tuple(
        Action(kind=kind, status=Status.DONE) for kind in (ActionKind.DELETE, ActionKind.MUTE, ActionKind.BAN)
    )

    after = decided(make.case(state=state, actions=done), say(choice))

    assert [(a.kind, a.undone) for a in after.actions[:3]] == [
        (ActionKind.DELETE, False),
        (ActionKind.MUTE, True),
        (ActionKind.BAN, True),
    ]
    assert kinds(after)[3:] == [(ActionKind.UNBAN, Status.PROPOSED), (ActionKind.UNMUTE, Status.PROPOSED)]


def test_what_was_taken_back_once_is_not_taken_back_again() -> None:
    """A second undo proposes nothing more for the same ban."""
    banned = make.case(actions=(Action(kind=ActionKind.BAN, status=Status.DONE),), state=State.CONFIRMED)
    undone = settled(decided(banned, say(Choice.UNDO)), 1, status=Status.DONE)

    again = decided(undone, say(Choice.DISMISS))

    assert kinds(again) == [(ActionKind.BAN, Status.DONE), (ActionKind.UNBAN, Status.DONE)]


def test_what_is_not_yet_carried_out_is_called_off() -> None:
    """An undo in time keeps the ban from happening; the trail keeps that it was asked for."""
    case = decided(make.case(), say(Choice.CONFIRM, ActionKind.BAN))

    after = decided(case, say(Choice.UNDO))

    assert kinds(after) == [(ActionKind.BAN, Status.FAILED)]
    assert after.actions[0].note == "called off by Omar"
    assert after.waiting == ()


def test_what_was_called_off_too_late_is_taken_back() -> None:
    """If the ban went through while it was being called off, its inverse follows."""
    case = decided(decided(make.case(), say(Choice.CONFIRM, ActionKind.BAN)), say(Choice.UNDO))

    after = settled(case, 0, status=Status.DONE)

    assert kinds(after) == [(ActionKind.BAN, Status.DONE), (ActionKind.UNBAN, Status.PROPOSED)]
    assert after.actions[0].undone


def test_a_card_that_was_shown_is_brought_up_to_date_after_every_decision() -> None:
    """Showing it again is an action like any other, and the last to be carried out."""
    after = decided(make.case(card="message 9"), say(Choice.CONFIRM, ActionKind.DELETE))

    assert [a.kind for _, a in after.waiting] == [ActionKind.DELETE, ActionKind.REPORT]


def test_a_case_that_was_never_shown_stays_unshown() -> None:
    """A case that is only recorded does not come up in the room through a decision."""
    after = decided(make.case(), say(Choice.DISMISS))

    assert after.waiting == ()


def test_opening_takes_the_policys_actions_in_its_name_and_keeps_no_content() -> None:
    """The case knows which policy asked, and nothing of the message's parts."""
    case = opened("7K3", make.message("see t.me/bluelantern"), make.verdict(), at=make.NOON)

    assert [(a.kind, a.by) for a in case.actions] == [(ActionKind.REPORT, "policy default")]
    assert case.message.parts == ()


def test_an_edit_adds_what_is_new_and_asks_for_nothing_twice() -> None:
    """The second match joins the first; the deletion that is under way is not asked for again."""
    first = make.verdict(actions=(ActionKind.DELETE, ActionKind.REPORT))
    case = opened("7K3", make.message(), first, at=make.NOON)
    other = make.match("telegram:user/other")
    second = make.verdict(
        make.match(), other, actions=(ActionKind.DELETE, ActionKind.REPORT), gaps=(Gap(part="a", reason="b"),)
    )

    after = extended(case, second)

    assert adds(case, second) == (other,)
    assert adds(after, second) == ()
    assert [m.signal.value for m in after.verdict.matches] == [
        "telegram:user/bluelantern",
        "telegram:user/other",
    ]
    assert [g.reason for g in after.verdict.gaps] == ["b"]
    assert [a.kind for a in after.actions] == [ActionKind.DELETE, ActionKind.REPORT, ActionKind.REPORT]


def test_an_edit_keeps_what_was_held_back_and_adds_the_shadows() -> None:
    """What a quota held back stays on the card; each rule in shadow is there once."""
    one, two = Shadow(rule="one", does=(ActionKind.BAN,)), Shadow(rule="two")
    braked = replace(make.verdict(), braked="the quota is used up", shadows=(one,))
    case = opened("7K3", make.message(), braked, at=make.NOON)

    after = extended(case, replace(make.verdict(make.match("telegram:user/other")), shadows=(one, two)))

    assert after.verdict.braked == "the quota is used up"
    assert after.verdict.shadows == (one, two)


def test_places_of_actions_never_change() -> None:
    """Whatever follows, an action is found where it was put."""
    case = decided(make.case(card="m"), say(Choice.CONFIRM, ActionKind.BAN))
    ban = next(place for place, action in case.waiting if action.kind is ActionKind.BAN)

    later = decided(decided(case, say(Choice.UNDO)), say(Choice.CONFIRM, ActionKind.MUTE))

    assert later.actions[ban].kind is ActionKind.BAN
    assert replace(later, history=()).history == ()


def done(*kinds: ActionKind) -> tuple[Action, ...]:
    """Give actions that went through."""
    return tuple(Action(kind=kind, status=Status.DONE) for kind in kinds)


def test_a_notice_comes_after_what_it_tells_and_before_its_reader_is_out_of_reach() -> None:
    """Whatever the order of proposing: deleting, telling, banning, and the card last."""
    asked = (ActionKind.REPORT, ActionKind.BAN, ActionKind.KICK, ActionKind.WARN, ActionKind.DELETE)

    case = make.case(actions=tuple(Action(kind=kind) for kind in asked))

    assert [action.kind for _, action in case.waiting] == [
        ActionKind.DELETE,
        ActionKind.WARN,
        ActionKind.BAN,
        ActionKind.KICK,
        ActionKind.REPORT,
    ]


def test_what_is_taken_back_is_told_once_in_a_case() -> None:
    """The apology follows the inverses; a second taking back of the same case tells nothing again."""
    case = make.case(actions=done(ActionKind.DELETE, ActionKind.BAN), state=State.CONFIRMED)

    released = decided(case, say(Choice.UNDO, ActionKind.NOTIFY))
    banned_again = decided(released, say(Choice.CONFIRM, ActionKind.BAN))
    settled_again = settled(banned_again, 4, status=Status.DONE)
    twice = decided(settled_again, say(Choice.UNDO, ActionKind.NOTIFY))

    assert [a.kind for a in released.actions[2:]] == [ActionKind.UNBAN, ActionKind.NOTIFY]
    assert [action.kind for _, action in released.waiting] == [ActionKind.UNBAN, ActionKind.NOTIFY]
    assert released.actions[3].notice == Notice(
        telling=Telling.REVERSAL, deeds=(ActionKind.DELETE, ActionKind.BAN), by_person=True
    )
    assert [a.kind for a in twice.actions].count(ActionKind.NOTIFY) == 1


@pytest.mark.parametrize(
    ("actions", "choice"),
    [
        ((Action(kind=ActionKind.BAN),), Choice.DISMISS),
        ((Action(kind=ActionKind.BAN, status=Status.FAILED),), Choice.DISMISS),
        (done(ActionKind.NOTIFY), Choice.DISMISS),
        (done(ActionKind.BAN), Choice.HOLD),
        ((), Choice.DISMISS),
    ],
    ids=["called off", "failed", "only told", "not taken back", "nothing"],
)
def test_where_nothing_is_taken_back_nobody_is_told_so(actions: tuple[Action, ...], choice: Choice) -> None:
    """There is nothing to be sorry for."""
    after = decided(make.case(actions=actions), say(choice, ActionKind.NOTIFY))

    assert len(after.actions) == len(actions)


def test_a_warning_stands_until_it_is_taken_back_and_a_mere_notice_never_does() -> None:
    """A warning counts like what was done; it has no inverse, and no longer stands."""
    case = make.case(actions=done(ActionKind.NOTIFY, ActionKind.WARN))

    after = decided(case, say(Choice.DISMISS))

    assert [a.kind for a in case.standing] == [ActionKind.WARN]
    assert after.standing == ()
    assert len(after.actions) == 2
