"""The values that flow through the core: what happened, what was recognised, what should follow.

All of them are frozen, free of platform words, and built without a clock or any I/O. What can be
derived is derived, so that a wrong combination cannot be built. Identifiers are canonical strings
`service:kind/value` (see `core.identifiers`); a place and a message are named `platform:…` by their adapter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from core.view import View, Where


class Happening(StrEnum):
    """What kind of thing happened; `profile`: an account showed itself here, newly or changed."""

    POSTED = "posted"
    EDITED = "edited"
    JOINED = "joined"
    PROFILE = "profile"
    REPORTED = "reported"

    @property
    def shows_account(self) -> bool:
        """An account came in or showed itself: nothing was written, so there is nothing to delete."""
        return self in {Happening.JOINED, Happening.PROFILE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A group or server that the bot watches: the unit that is bound to a moderators' room.

    Attributes:
        id: `platform:…`, stable for the platform.
        name: As members see it, channel included where there is one; untrusted text.
    """

    id: str
    name: str = ""

    @property
    def platform(self) -> str:
        """The platform's name, the part of the id before the colon."""
        return self.id.partition(":")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A user, bot or channel in its role as an author.

    Attributes:
        id: The stable canonical identifier (`telegram:id/51900412`), or "" where the platform hides it.
        name: Display name; untrusted text.
        handle: The canonical identifier of its public name (`telegram:user/amina_r`), or "".
        since: When it joined the place, where the platform tells.
    """

    id: str = ""
    name: str = ""
    handle: str = ""
    since: datetime | None = None

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Its canonical identifiers, the stable one first."""
        if self.id and self.handle:
            return self.id, self.handle
        return (self.id or self.handle,) if self.id or self.handle else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A piece of text; `path` says where in the message it stood, `hidden` that the eye cannot see it."""

    text: str
    path: str
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address that the platform itself marks as one: an entity, a button, a preview."""

    url: str
    path: str
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file, not yet fetched.

    Attributes:
        ref: What its platform needs to fetch it; opaque to the core, never shown.
        same: The same for the same content wherever it is posted, as the platform vouches, or "".
        size: In bytes, where the platform tells.
        name: The file name its sender gave; untrusted text.
        media_type: As the platform claims it (`image/jpeg`); a hint, the content decides.
    """

    ref: str
    path: str
    size: int | None = None
    name: str = ""
    media_type: str = ""
    hidden: bool = False
    same: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An account that is not the author but is named: mentioned, forwarded from, quoted, shared."""

    account: Account
    path: str
    hidden: bool = False


Part = Text | Link | Attachment | Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One thing that happened in a place.

    Attributes:
        id: `platform:…`, the same for every edit of one message.
        at: When it happened, with a time zone.
        url: A link for moderators to open it, or "".
        reporter: The member who reported it (`Happening.REPORTED` only).
    """

    id: str
    place: Place
    author: Account
    at: datetime
    happening: Happening = Happening.POSTED
    parts: tuple[Part, ...] = ()
    url: str = ""
    reporter: Account | None = None

    def bare(self) -> "Message":
        """The message without its parts: all that a case keeps of it."""
        return replace(self, parts=())


SUBJECTS: Final[Mapping[str, str]] = {
    "sha256": "file",
    "sha1": "file",
    "md5": "file",
    "pdq": "image",
    "profile": "likeness",
}
"""Kinds of signal whose plain name differs; moderators and policy files use the plain one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One comparable fact taken from a part; `part` is that part's path.

    Attributes:
        kind: link, account, profile, text, sha256, sha1, md5, pdq, video, or what an extension adds; beside a
            profile also `handle` (a name in its bio) and `claim` (it says that it replaces another account).
        value: Always a string: a canonical identifier, lower-case hex, or the display name of a `profile`.
        quality: 0-100 for `pdq`; below `MIN_QUALITY` its value is never matched.
        seen: How it stood there where it was disguised, or ""; untrusted text.
        text: Of a `text` signal, the text itself; no match, log or line has it.
        views, features: Of a picture, how it and its parts may be recognised. Not kept and not shown.
        clip: Of a `video`, its frames (`core.media.clip`); the value is their digest. Neither kept nor shown.
    """

    kind: str
    value: str
    part: str
    hidden: bool = False
    quality: int | None = None
    seen: str = ""
    text: str = field(default="", repr=False, compare=False)
    views: tuple[View, ...] = field(default=(), repr=False)
    features: str = field(default="", repr=False)
    clip: str = field(default="", repr=False)

    def bare(self) -> "Signal":
        """The signal as cases keep it."""
        return replace(self, text="", views=(), features="", clip="")

    @property
    def subject(self) -> str:
        """What a moderator calls it: link, account, file, image, …."""
        return SUBJECTS.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A part that could not be looked at, and why, in a moderator's words."""

    part: str
    reason: str


class Trust(StrEnum):
    """How far a bank is trusted: on trial it may only flag; promoted, a policy may act on it."""

    TRIAL = "trial"
    PROMOTED = "promoted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A named list of known items."""

    name: str
    trust: Trust = Trust.TRIAL


class EntryState(StrEnum):
    """Only active entries match."""

    ACTIVE = "active"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One known item of a bank.

    Attributes:
        kind: link, text, phrase, expression, sha256, sha1, md5, pdq, features or video; accounts are `link`.
        value: In the same form as a signal's value.
        ref: The item's own reference, as it came with the list; several entries may share it.
        entity: The organisation it belongs to, as the list names it.
        name: The display name of an account.
        avatar: The PDQ hash of an account's picture, or "".
        added_by: Who or what put it there.
        expires_at: From then on it no longer matches.
        extra: Fields of the list that are kept but not yet used, by their column's name.
    """

    kind: str
    value: str
    ref: str = ""
    label: str = ""
    entity: str = ""
    name: str = ""
    avatar: str = ""
    reason: str = ""
    source: str = ""
    added_by: str = ""
    added_at: datetime | None = None
    expires_at: datetime | None = None
    state: EntryState = EntryState.ACTIVE
    extra: tuple[tuple[str, str], ...] = ()


class Strength(StrEnum):
    """How sure a match is: the same thing, surely the same thing altered, or only alike."""

    WEAK = "weak"
    STRONG = "strong"
    SAME = "same"

    @property
    def rank(self) -> int:
        """0 for weak, 2 for same: an order to compare by."""
        return list(Strength).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A signal met an entry.

    Attributes:
        distance: In bits of 256 for pictures; None where equality is the only answer.
        because: One sentence for a moderator.
        where: Of a picture, where in the upload it was found.
    """

    signal: Signal
    bank: Bank
    entry: Entry
    strength: Strength
    distance: int | None = None
    because: str
    where: Where | None = None


class ActionKind(StrEnum):
    """What can be done. `report` shows the case to the moderators; the others touch a message or a member."""

    REPORT = "report"
    DELETE = "delete"
    MUTE = "mute"
    UNMUTE = "unmute"
    BAN = "ban"
    UNBAN = "unban"


INVERSES: Final[Mapping[ActionKind, ActionKind]] = {
    ActionKind.MUTE: ActionKind.UNMUTE,
    ActionKind.BAN: ActionKind.UNBAN,
}
"""What undoes what. A deleted message is gone on both platforms, so deleting has no inverse."""


class Status(StrEnum):
    """How far an action has come."""

    PROPOSED = "proposed"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something to do about one message and its author; the same value proposed, performed and undone.

    Attributes:
        for_s: Seconds a mute lasts; None is until undone.
        by: The policy or the moderator it comes from, for the card.
        note: What the platform said when it failed, or a line worth keeping.
        undone: Its inverse was proposed later.
    """

    kind: ActionKind
    for_s: int | None = None
    by: str = ""
    status: Status = Status.PROPOSED
    note: str = ""
    undone: bool = False

    @property
    def inverse(self) -> "Action | None":
        """The action that undoes this one, or None where nothing can."""
        kind = INVERSES.get(self.kind)
        return Action(kind=kind) if kind else None


class Outcome(StrEnum):
    """What follows from a verdict."""

    ALLOW = "allow"
    REVIEW = "review"
    ENFORCE = "enforce"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a policy, by its name, makes of one message.

    Attributes:
        rules: Names of the rules that fired, in the order of the file.
        gaps: What could not be looked at; with a gap the outcome is never `allow`.
    """

    policy: str
    matches: tuple[Match, ...] = ()
    actions: tuple[Action, ...] = ()
    gaps: tuple[Gap, ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Derived, so that it cannot contradict the rest: showing a case to humans is a review."""
        if any(a.kind is not ActionKind.REPORT for a in self.actions):
            return Outcome.ENFORCE
        return Outcome.REVIEW if self.matches or self.gaps or self.actions else Outcome.ALLOW

    def reported_only(self) -> "Verdict":
        """The same verdict with everything but reporting dropped: what moderators' own messages get."""
        return replace(self, actions=tuple(a for a in self.actions if a.kind is ActionKind.REPORT))
