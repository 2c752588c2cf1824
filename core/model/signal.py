"""What was taken from a message: signals, and gaps where nothing could be taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from core.view import View

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
