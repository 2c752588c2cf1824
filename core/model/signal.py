"""What was taken from a message: signals, and gaps where nothing could be taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from core.model.setting import setters
from core.view import View

SUBJECTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("sha256", "sha1", "md5"), "file"),
    "pdq": "image",
    "profile": "likeness",
    "origin": "account",
}
"""Kinds of signal whose plain name differs; moderators and policy files use the plain one."""


@dataclass(frozen=True, slots=True, kw_only=True, init=False)
class Signal:
    """One comparable fact taken from a part; `part` is that part's path.

    Attributes:
        kind: link, account, profile, text, sha256, sha1, md5, pdq, video, or what an extension adds; beside a
            profile also `handle` (a name in its bio) and `claim` (it says that it replaces another account);
            of a forward also `origin` (the name of who is forwarded).
        value: Always a string: a canonical identifier, lower-case hex, or a display name (profile, origin).
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

    def __init__(  # noqa: PLR0913 - the fields
        self,
        *,
        kind: str,
        value: str,
        part: str,
        hidden: bool = False,
        quality: int | None = None,
        seen: str = "",
        text: str = "",
        views: tuple[View, ...] = (),
        features: str = "",
        clip: str = "",
    ) -> None:
        _set_kind(self, kind)
        _set_value(self, value)
        _set_part(self, part)
        _set_hidden(self, hidden)
        _set_quality(self, quality)
        _set_seen(self, seen)
        _set_text(self, text)
        _set_views(self, views)
        _set_features(self, features)
        _set_clip(self, clip)

    def bare(self) -> "Signal":
        """The signal as cases keep it."""
        return replace(self, text="", views=(), features="", clip="")

    @property
    def subject(self) -> str:
        """What a moderator calls it: link, account, file, image, …."""
        return SUBJECTS.get(self.kind, self.kind)


(
    _set_kind,
    _set_value,
    _set_part,
    _set_hidden,
    _set_quality,
    _set_seen,
    _set_text,
    _set_views,
    _set_features,
    _set_clip,
) = setters(Signal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A part that could not be looked at, and why, in a moderator's words."""

    part: str
    reason: str
