"""Lists of others that fill banks here, and what this community says back about single entries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

DAY_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A list of somebody else that fills one bank here.

    Whose list it is and how far it is trusted stand on the bank.

    Attributes:
        bank: The bank's name, which is the subscription's own.
        kind: list, bundle, threat_updates, tat or stopncii, or the name of an extension's exchange.
        location: Its address.
        keys: The public keys that may sign it, 64 hex digits each; only the last one is in force.
        credential: The environment variable that holds its token. The token itself is kept nowhere.
        interval_s: How often a live process asks for news.
        reports: Opinions go back to it by themselves.
        checkpoint: Where to go on; None is the beginning.
        etag, modified: What its server said of the copy that was taken in last.
        tried_at, succeeded_at: When it was last asked, and when that went well.
        error: Why the last try failed; "" if it did not.
        failures: Tries in a row that failed.
        due_at: Not to be asked before.
        held: Why an update waits for a person; "" if none does.
    """

    bank: str
    kind: str
    location: str
    keys: tuple[str, ...] = ()
    credential: str = ""
    interval_s: int = DAY_S
    reports: bool = False
    checkpoint: str | None = None
    etag: str = ""
    modified: str = ""
    tried_at: datetime | None = None
    succeeded_at: datetime | None = None
    error: str = ""
    failures: int = 0
    due_at: datetime | None = None
    held: str = ""

    @property
    def interval(self) -> timedelta:
        """How often a live process asks for news."""
        return timedelta(seconds=self.interval_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What came with a signed bundle that was taken in: one link of the chain from the first pinned key.

    Attributes:
        bank: The bank it filled.
        version: Grows from one bundle to the next.
        key: The public key that signed it, 64 hex digits.
        text: The manifest, as it was signed.
        signature: 128 hex digits.
    """

    bank: str
    version: int
    key: str
    text: str
    signature: str
    at: datetime


class Judgement(StrEnum):
    """What a community found about an entry of somebody's list."""

    CONFIRMED = "confirmed"
    FALSE_POSITIVE = "false_positive"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What this community says about one entry; there is one for each entry, the last.

    Attributes:
        reason: For whoever keeps the list; it is sent with it, where the exchange takes reasons.
        by: Who said so; it is not sent.
        sent_at: When the list's exchange took it; None where it did not yet.
    """

    bank: str
    kind: str
    value: str
    judgement: Judgement
    reason: str = ""
    by: str = ""
    at: datetime
    sent_at: datetime | None = None
