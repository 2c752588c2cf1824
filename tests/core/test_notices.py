"""A notice tells what is so when it is carried out."""

from dataclasses import replace

from core.case import Choice, decided, extended, settled
from core.model import Action, ActionKind, Notice, Sentence, Status
from core.notices import told
from tests import make
from tests.core.test_case import done, say


def test_a_notice_tells_what_went_through_and_what_is_still_to_come() -> None:
    """What failed or was undone is not told; what kind of thing was found is, and who decided."""
    failed = Action(kind=ActionKind.MUTE, status=Status.FAILED)
    undone = replace(done(ActionKind.KICK)[0], undone=True)
    notify = Action(kind=ActionKind.NOTIFY)
    coming = Action(kind=ActionKind.BAN)
    case = make.case(actions=(*done(ActionKind.DELETE), failed, undone, notify, coming))
    confirmed = replace(case, history=(say(Choice.CONFIRM),))

    by_program, by_person = told(case, notify).notice, told(confirmed, notify).notice

    assert by_program == Notice(deeds=(ActionKind.DELETE, ActionKind.BAN), found="link")
    assert by_person == replace(by_program, by_person=True)
    assert told(case, coming) == coming


def test_what_could_not_be_given_back_is_not_said_to_be() -> None:
    """The ban could not be lifted: the notice speaks of the message only."""
    case = make.case(actions=done(ActionKind.DELETE, ActionKind.BAN))
    released = decided(case, say(Choice.DISMISS, ActionKind.NOTIFY))

    after = settled(released, 2, status=Status.FAILED)

    notice = told(after, after.actions[3]).notice
    assert notice
    assert notice.deeds == (ActionKind.DELETE,)


def test_a_warning_is_told_with_its_number_and_nothing_else_is() -> None:
    """It counts itself; a mere notice is not counted."""
    warn, notify = Action(kind=ActionKind.WARN), Action(kind=ActionKind.NOTIFY)
    case = make.case(actions=(warn, notify))

    assert [told(case, one, warnings=2).notice for one in (warn, notify)] == [
        Notice(deeds=(ActionKind.WARN,), found="link", warnings=3),
        Notice(deeds=(ActionKind.WARN,), found="link"),
    ]


def test_a_notice_has_what_the_rules_say_and_what_takes_back_does_not() -> None:
    """An edit that brings another rule in adds its sentence, each once."""
    link, picture = (Sentence("en", "No links."),), (Sentence("en", "No pictures."), Sentence("ur", "نہیں"))
    notify = Action(kind=ActionKind.NOTIFY)
    case = make.case(actions=(*done(ActionKind.DELETE), notify))
    case = replace(case, verdict=replace(case.verdict, because=(link,)))

    later = extended(case, replace(case.verdict, because=(link, picture)))
    released = decided(later, say(Choice.DISMISS, ActionKind.NOTIFY))

    notice, regret = told(later, notify).notice, told(released, released.actions[-1]).notice
    assert notice
    assert regret
    assert (notice.because, regret.because) == ((link, picture), ())
