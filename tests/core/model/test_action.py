"""What an action is, what undoes it, and in which language a sentence is said."""

import pytest

from core.model import INVERSES, Action, ActionKind, Sentence, spoken

THREE = (Sentence("ur", "اردو"), Sentence("en", "plain"), Sentence("en-GB", "British"))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "plain"),
        ("en-GB", "British"),
        ("EN-gb", "British"),
        ("en-US", "plain"),
        ("ur-PK", "اردو"),
        ("ar", "اردو"),
        ("", "اردو"),
        ("eng", "اردو"),
        ("e", "اردو"),
    ],
)
def test_a_sentence_is_said_in_ones_language_or_in_the_first_there_is(language: str, said: str) -> None:
    """The whole tag counts first, then its first part, in any case of letters."""
    assert spoken(THREE, language) == said


def test_where_nothing_is_written_nothing_is_said() -> None:
    """In no language."""
    assert not spoken((), "en")


def test_actions_are_ordered_by_what_they_take_from_a_member() -> None:
    """What limits rest on; what gives back stands after what it undoes."""
    taking = [kind for kind in ActionKind if kind not in INVERSES.values()]

    assert [str(kind) for kind in taking] == [
        "report",
        "notify",
        "warn",
        "delete",
        "no_media",
        "mute",
        "kick",
        "ban",
    ]
    assert [kind.rank for kind in ActionKind] == sorted(kind.rank for kind in ActionKind)
    assert all(undone.rank < undoing.rank for undone, undoing in INVERSES.items())


@pytest.mark.parametrize(
    ("kind", "inverse"),
    [
        (ActionKind.NO_MEDIA, ActionKind.MEDIA),
        (ActionKind.MUTE, ActionKind.UNMUTE),
        (ActionKind.BAN, ActionKind.UNBAN),
        (ActionKind.MEDIA, None),
        (ActionKind.UNMUTE, None),
        (ActionKind.DELETE, None),
        (ActionKind.KICK, None),
    ],
)
def test_what_undoes_an_action(kind: ActionKind, inverse: ActionKind | None) -> None:
    """It has no time of its own; nothing undoes what gives back."""
    undoing = Action(kind=kind, for_s=60).inverse

    assert undoing == (Action(kind=inverse) if inverse else None)
