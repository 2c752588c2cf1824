"""Every error that crosses a seam of ours; a class says what the caller does next.

    NigehbanError
    ├── BadInput       a person gave something unreadable: say where, what and the remedy, go on
    ├── WrongChoice    the case's state does not allow this decision: tell the moderator
    ├── Stale          somebody changed the case first: load it again and decide anew
    ├── StoreError     what must be kept cannot be read or written: say where and the remedy; nothing was lost
    ├── CannotLook     a part of a message could not be looked at: becomes a gap of the verdict
    └── PlatformError  the other side refused, for a reason that waiting will not mend
        ├── TryLater       busy or unreachable: ask again `after` seconds
        ├── NotPermitted   the bot lacks a right: say which, on the card
        └── Gone           the message, member or chat is no longer there: nothing left to do

Errors of outside packages are translated into these once, at their door, `from exc`.
"""


class NigehbanError(Exception):
    """The root: whatever is raised on purpose in this project."""


class BadInput(NigehbanError):
    """Something a person wrote cannot be read; the message names where, what and the remedy."""


class WrongChoice(NigehbanError):
    """A decision that the transition table does not allow in the case's present state."""


class Stale(NigehbanError):
    """The case was changed by somebody else since it was loaded; nothing was written."""


class StoreError(NigehbanError):
    """The database refuses; the message names where, what and the remedy. What was saved before is kept."""


class CannotLook(NigehbanError):
    """A part could not be looked at; the message is the gap's reason, in a moderator's words."""


class PlatformError(NigehbanError):
    """A platform refused a request, and will refuse it again."""


class TryLater(PlatformError):
    """A platform or server is busy or out of reach.

    Attributes:
        after: Seconds to wait before asking again.
    """

    def __init__(self, message: str, *, after: float) -> None:
        super().__init__(message)
        self.after = after


class NotPermitted(PlatformError):
    """The bot lacks a right for this; the message names it in the platform's own words."""


class Gone(PlatformError):
    """The message, member or chat no longer exists."""
