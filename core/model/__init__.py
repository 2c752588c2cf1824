"""The values that flow through the core: what happened, what was recognised, what should follow.

All of them are frozen, free of platform words, and built without a clock or any I/O. What can be
derived is derived, so that a wrong combination cannot be built. Identifiers are canonical strings
`service:kind/value` (see `core.identifiers`); a place and a message are named `platform:…` by their adapter.
"""

from core.model.action import (
    INVERSES,
    Action,
    ActionKind,
    Notice,
    Sentence,
    Status,
    Telling,
    deeds_of,
    spoken,
)
from core.model.bank import (
    Bank,
    Entry,
    EntryState,
    Ladder,
    Override,
    Sharing,
    Standing,
    Trust,
    limit_of,
    overridden,
)
from core.model.message import (
    Account,
    Attachment,
    Happening,
    Link,
    Mention,
    Message,
    Part,
    Place,
    Text,
    is_forward,
)
from core.model.signal import SUBJECTS, Gap, Signal
from core.model.subscription import Judgement, Manifest, Opinion, Subscription
from core.model.verdict import Match, Outcome, Shadow, Strength, Verdict

__all__ = [
    "INVERSES",
    "SUBJECTS",
    "Account",
    "Action",
    "ActionKind",
    "Attachment",
    "Bank",
    "Entry",
    "EntryState",
    "Gap",
    "Happening",
    "Judgement",
    "Ladder",
    "Link",
    "Manifest",
    "Match",
    "Mention",
    "Message",
    "Notice",
    "Opinion",
    "Outcome",
    "Override",
    "Part",
    "Place",
    "Sentence",
    "Shadow",
    "Sharing",
    "Signal",
    "Standing",
    "Status",
    "Strength",
    "Subscription",
    "Telling",
    "Text",
    "Trust",
    "Verdict",
    "deeds_of",
    "is_forward",
    "limit_of",
    "overridden",
    "spoken",
]
