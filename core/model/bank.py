"""What is known: banks, how far each is trusted, and their entries."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.model.action import ActionKind


class Trust(StrEnum):
    """How far a bank is trusted.

    On trial it is being looked at: what it finds is shown, and counts for nothing else. One that may flag is
    a source like others, and agrees with them. One that may act leads to what a policy says.
    """

    TRIAL = "trial"
    FLAG = "flag"
    ACT = "act"

    @classmethod
    def _missing_(cls, value: object) -> "Trust | None":
        """Read what the first version wrote in cases and policy files."""
        return cls.ACT if value == "promoted" else None


class Sharing(StrEnum):
    """How far entries may be handed on: the Traffic Light Protocol, and sealed above it.

    What is sealed is used, and never exported, shown or logged. What a list says nothing about is for the
    community that got it.
    """

    CLEAR = "clear"
    GREEN = "green"
    AMBER = "amber"
    AMBER_STRICT = "amber+strict"
    RED = "red"
    SEALED = "sealed"

    @property
    def rank(self) -> int:
        """0 for clear, growing with the secrecy: of two limits the higher one holds."""
        return list(Sharing).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """How far a picture may be from a listed one to be the same, and surely the same altered, in bits of 256.

    Beyond the second step it is shown as weak; beyond `core.view.MAX_BITS` it is no match. The steps
    are those of PDQ's authors, where 31 is the farthest.
    """

    same: int = 10
    strong: int = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """A named list of known items.

    Attributes:
        origin: Whose list it is, for counting independent sources; "" is this community's own.
        added_by: Who put it there.
        most: The strongest action that may rest on it; None sets no limit.
        sharing: Holds for every entry that has no stricter limit of its own.
        expires_at: From then on none of its entries matches.
    """

    name: str
    trust: Trust = Trust.TRIAL
    origin: str = ""
    added_by: str = ""
    added_at: datetime | None = None
    most: ActionKind | None = None
    ladder: Ladder = Ladder()
    sharing: Sharing = Sharing.AMBER
    expires_at: datetime | None = None


class EntryState(StrEnum):
    """Only active entries match. Disabled is one that this community switched off, whatever its list says."""

    ACTIVE = "active"
    DISABLED = "disabled"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """What this community says about one entry of a list, whatever the list and its bank say."""

    OFF = "off"
    FLAG = "flag"
    ACT = "act"


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """One entry that is treated otherwise here; it outlives every update of its list.

    Attributes:
        reason: For whoever wonders later.
        by: Who said so: a person, or a brake by its name.
    """

    kind: str
    value: str
    standing: Standing
    reason: str = ""
    by: str = ""
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One known item of a bank.

    Attributes:
        kind: link (accounts too), text, phrase, expression, sha256, sha1, md5, pdq, features, video or seen.
        value: In the same form as a signal's value.
        ref: The item's own reference, as it came with the list; several entries may share it.
        entity: The organisation it belongs to, as the list names it.
        name: The display name of an account.
        avatar: The PDQ hash of an account's picture, or "".
        added_by: Who or what put it there.
        ideology: As the list gives it, such as `islamist` or `far-right`.
        first_seen, last_seen: When its source saw the item, where it tells.
        expires_at: From then on it no longer matches.
        sharing: A stricter limit than its bank's; None is that of the bank.
        extra: What it is matched by beside its value (its features, its clip), and fields of the list that
            nothing else takes, by their column's name.
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
    ideology: str = ""
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    expires_at: datetime | None = None
    sharing: Sharing | None = None
    state: EntryState = EntryState.ACTIVE
    extra: tuple[tuple[str, str], ...] = ()


def overridden(bank: Bank, entry: Entry, standing: Standing) -> tuple[Bank, Entry]:
    """Return a bank and one of its entries as this community treats that entry."""
    if standing is Standing.OFF:
        return bank, replace(entry, state=EntryState.DISABLED)
    return replace(bank, trust=Trust(standing.value)), entry


def limit_of(bank: Bank, entry: Entry) -> Sharing:
    """Return how far an entry of a bank may be handed on: the stricter of both limits."""
    return max(bank.sharing, entry.sharing or bank.sharing, key=lambda sharing: sharing.rank)
