"""What can be done about a message and its author, and what undoes it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class ActionKind(StrEnum):
    """What can be done, the stronger the later: who rests a limit on one of them rests it on this order.

    `report` shows the case to the moderators; `notify` tells its author what was decided; `warn` tells them,
    and stands as a warning; the others touch a message or a member. Whoever may send no media (`no_media`)
    may still write; whoever was kicked may come back.
    """

    REPORT = "report"
    NOTIFY = "notify"
    WARN = "warn"
    DELETE = "delete"
    NO_MEDIA = "no_media"
    MEDIA = "media"
    MUTE = "mute"
    UNMUTE = "unmute"
    KICK = "kick"
    BAN = "ban"
    UNBAN = "unban"

    @property
    def rank(self) -> int:
        """How strong it is: 0 for showing a case, growing with what is taken from a member."""
        return _RANKS[self]

    @property
    def tells(self) -> bool:
        """Whether it is a notice to the member."""
        return self in {ActionKind.NOTIFY, ActionKind.WARN}

    @property
    def lasts(self) -> bool:
        """Whether it may be for a time only."""
        return self in {ActionKind.MUTE, ActionKind.NO_MEDIA}

    @property
    def removes(self) -> bool:
        """Whether the member is out of the place afterwards, where a notice may no longer reach them."""
        return self in {ActionKind.KICK, ActionKind.BAN}


_RANKS: Final = {kind: place for place, kind in enumerate(ActionKind)}

INVERSES: Final[Mapping[ActionKind, ActionKind]] = {
    ActionKind.NO_MEDIA: ActionKind.MEDIA,
    ActionKind.MUTE: ActionKind.UNMUTE,
    ActionKind.BAN: ActionKind.UNBAN,
}
"""What undoes what. A deleted message is gone on both platforms, who was kicked comes back by themselves, and
what was said was said: these have no inverse."""


class Status(StrEnum):
    """How far an action has come."""

    PROPOSED = "proposed"
    DONE = "done"
    FAILED = "failed"


class Telling(StrEnum):
    """What a notice is about: what was decided, or that it was taken back."""

    DECISION = "decision"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in one language (`en`, `ur`, …)."""

    language: str
    text: str


def spoken(sentences: Sequence[Sentence], language: str) -> str:
    """Return what is said in a language; where it is not said in that one, in the first there is, or "".

    `ur-PK` is answered in it, else in any `ur`; letters may stand in any case.
    """
    wanted = language.casefold()
    family = wanted.partition("-")[0]
    tags = [sentence.language.casefold() for sentence in sentences]
    near = [i for i, tag in enumerate(tags) if tag == wanted]
    near += [i for i, tag in enumerate(tags) if tag.partition("-")[0] == family]
    return sentences[near[0] if near else 0].text if sentences else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a member is told, in no language yet. Nothing in it names a list, a rule or an entry.

    Attributes:
        deeds: What was decided, or was taken back.
        found: What kind of thing was recognised (link, image, …), or "".
        because: What the rules say to people, each in all of its languages.
        by_person: A moderator decided; else a program alone, so far.
        warnings: Of a warning, how many stand here with it.
    """

    telling: Telling = Telling.DECISION
    deeds: tuple[ActionKind, ...] = ()
    found: str = ""
    because: tuple[tuple[Sentence, ...], ...] = ()
    by_person: bool = False
    warnings: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something to do about one message and its author; the same value proposed, performed and undone.

    Attributes:
        for_s: Seconds it lasts, where it does (`ActionKind.lasts`); None is until undone.
        by: The policy or the moderator it comes from, for the card.
        note: What the platform said when it failed, or a line worth keeping.
        undone: Its inverse was proposed later; of a warning, that it no longer stands.
        notice: Of `notify` and `warn`, what is told; None until it is carried out (`core.notices.told`).
    """

    kind: ActionKind
    for_s: int | None = None
    by: str = ""
    status: Status = Status.PROPOSED
    note: str = ""
    undone: bool = False
    notice: Notice | None = None

    @property
    def inverse(self) -> "Action | None":
        """The action that undoes this one, or None where nothing can."""
        kind = INVERSES.get(self.kind)
        return Action(kind=kind) if kind else None


def deeds_of(standing: Iterable[Action]) -> tuple[ActionKind, ...]:
    """Return the kinds that a notice tells of, each once; what gives back undoes what was told already."""
    kinds = (action.kind for action in standing)
    return tuple(dict.fromkeys(kind for kind in kinds if kind not in INVERSES.values()))
