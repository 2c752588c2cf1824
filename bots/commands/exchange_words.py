"""What `nigehban exchange` says: attempts, previews and subscriptions, in words and as lines."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from bots.commands.said import plainly
from bots.wording import counted
from core.exchange.intake import Intake
from core.exchange.signing import fingerprint
from core.exchange.subscribing import LOOKED_BACK, Preview
from core.exchange.sync import Attempt, Ended
from core.model import Subscription
from core.ports import Rejected

EXCHANGE: Final = "nigehban.exchange/1"
SYNC: Final = "nigehban.sync/1"
PREVIEW: Final = "nigehban.preview/1"
SHOWN: Final = 10
"""Rejected items that are spelled out for people; programs get all of them."""

_TEXT: Final = 120


def described(one: Subscription) -> dict[str, object]:
    """Write a subscription for programs; a token is never part of it."""
    return {
        "schema": EXCHANGE,
        "name": one.bank,
        "kind": one.kind,
        "location": one.location,
        "keys": list(one.keys),
        "credential": one.credential,
        "interval_s": one.interval_s,
        "reports": one.reports,
        "checkpoint": one.checkpoint,
        "tried_at": _iso(one.tried_at),
        "succeeded_at": _iso(one.succeeded_at),
        "due_at": _iso(one.due_at),
        "failures": one.failures,
        "error": one.error,
        "held": one.held,
    }


def state(one: Subscription) -> str:
    """Say how a subscription is, for people."""
    if one.held:
        return f"held: {one.held}. To take it in: nigehban exchange sync {one.bank} --accept"
    if one.error:
        times = "" if one.failures == 1 else f", {one.failures} times in a row"
        return f"cannot be brought up to date{times}: {one.error}"
    return "good"


def attempt_line(attempt: Attempt) -> dict[str, object]:
    """Write what became of a try for programs."""
    intake = attempt.intake or Intake()
    return {
        "schema": SYNC,
        "name": attempt.bank,
        "status": attempt.ended,
        "accepted": intake.accepted,
        "duplicates": intake.duplicates,
        "withdrawn": intake.withdrawn,
        "rejected": [_rejected(row) for row in intake.rejected],
        "unlisted": intake.unlisted,
        "reason": attempt.reason,
    }


def attempt_words(attempt: Attempt) -> Iterator[str]:
    """Say what became of a try for people."""
    name, intake = attempt.bank, attempt.intake or Intake()
    if attempt.ended is Ended.UNCHANGED:
        yield f"{name}: nothing new"
    elif attempt.ended is Ended.FAILED:
        yield f"{name}: cannot be brought up to date: {plainly(attempt.reason)}"
        yield "  What was taken in before stays."
    elif attempt.ended is Ended.HELD:
        yield f"{name}: held: {plainly(attempt.reason)}. Nothing of it was taken in."
        yield f"  To take it in all the same: nigehban exchange sync {name} --accept"
    else:
        counts = (
            f"{intake.accepted:,} accepted, {intake.duplicates:,} duplicates, {intake.withdrawn:,} withdrawn"
        )
        yield f"{name}: {counts}, {len(intake.rejected) + intake.unlisted:,} rejected"
        for row in intake.rejected[:SHOWN]:
            yield f"  line {row.line} rejected: {plainly(row.reason)}: {plainly(row.text[:_TEXT])}"
        if attempt.reason:
            yield f"  It stopped half-way and goes on next time: {plainly(attempt.reason)}"


def preview_line(location: str, preview: Preview) -> dict[str, object]:
    """Write a preview for programs; `messages` and `people` are null where nothing posted is kept."""
    staged = preview.staged
    return {
        "schema": PREVIEW,
        "location": location,
        "items": staged.accepted,
        "entries": staged.new,
        "rejected": staged.rejected,
        "kinds": preview.kinds,
        "key": preview.key,
        "days": LOOKED_BACK.days,
        "messages": preview.messages,
        "people": preview.people,
    }


def preview_words(location: str, preview: Preview) -> Iterator[str]:
    """Say what a list holds and would have hit, for people."""
    staged = preview.staged
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(preview.kinds.items()))
    yield f"{location}: {staged.accepted:,} items ({kinds or 'nothing'}), {staged.rejected:,} rejected"
    for row in staged.first_rejected[:SHOWN]:
        yield f"  line {row.line} rejected: {plainly(row.reason)}: {plainly(row.text[:_TEXT])}"
    if preview.key:
        yield f"signed by the key {fingerprint(preview.key)}: compare it with its publisher"
    yield hits(preview.messages, preview.people)


def hits(messages: int | None, people: int | None) -> str:
    """Say what a list would have hit lately."""
    if messages is None or people is None:
        return "What was posted lately is not kept here, so there is nothing to compare it with"
    what, whose = counted(messages, "message"), counted(people, "person", "people")
    return f"would have hit {what} of {whose} in the last {LOOKED_BACK.days} days"


def _rejected(row: Rejected) -> Mapping[str, object]:
    return {"line": row.line, "text": row.text, "reason": row.reason}


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
