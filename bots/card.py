"""A case as a moderator's card: the lines and buttons, the same on every platform.

Platforms only escape the lines for their own markup and turn buttons into theirs. What members wrote
(names) is quoted, shortened and isolated, addresses are defanged, and the material itself never appears.
A card only ever grows: what was known when the moderators decided stays on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Final

from bots import bundle
from bots.deeds import DONE, named
from bots.designations import entity_words
from bots.likeness import likeness
from bots.sealed import shown
from bots.wording import age, bare, counted, harmless, listed, moment, quoted, short_id
from core.banks.lookback import EARLIER
from core.case import CLOSED, Case, Choice, Decision
from core.entities.directory import NOBODY, Directory
from core.model import Account, Action, ActionKind, Gap, Happening, Match, Message, Status, Strength, Trust

LIMIT: Final = 1000
"""Characters of a whole card: a phone shows that without scrolling."""

SHOWN: Final = 3
"""Matches, and gaps, that a card spells out; the rest is counted and stands under Details."""


class Press(StrEnum):
    """A button of a card."""

    DELETE = "delete"
    BAN = "ban"
    DISMISS = "dismiss"
    DETAILS = "details"
    UNDO = "undo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button: what it says, what it means."""

    label: str
    press: Press


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What moderators see of a case, not yet escaped for any markup.

    Attributes:
        title: The first line; its first character and word tell the weight.
        where: Ends with the words that `url` is put behind.
        url: Of the message, or "".
        body: The lines after the first three, in order.
    """

    title: str
    who: str
    where: str
    url: str
    body: tuple[str, ...]
    buttons: tuple[Button, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The whole card, line by line, for a place that has no markup."""
        return (self.title, self.who, self.where, *self.body)


def card_of(case: Case, *, zone: tzinfo, now: datetime, known: Directory = NOBODY) -> Card:
    """Lay out a case for moderators.

    Args:
        case: The case.
        zone: The room's time zone; it is named beside the times.
        now: For "member for 3 days".
        known: Which organisations are designated.
    """
    who = bundle.rests(case) if case.about else _who(case.message.author, now)
    head = (_title(case), who, _where(case, zone))
    room_left = LIMIT - sum(len(line) + 1 for line in head)
    end = course(case, zone)
    for most in (SHOWN, 2, 1, 0):
        body = (*_findings(case, most, known), *_late(case), *_gaps(case.verdict.gaps, most), *end)
        if sum(len(line) + 1 for line in body) <= room_left:
            break
    else:
        body = _cut(body, room_left)
    title, who, where = head
    return Card(title=title, who=who, where=where, url=case.message.url, body=body, buttons=_buttons(case))


def decision_of(
    case: Case, press: Press, *, moderator: Account, at: datetime, reason: str = ""
) -> Decision | None:
    """Return what a press means for this case, or None where it decides nothing (`details`)."""
    if press is Press.DETAILS:
        return None
    undo = Choice.CONFIRM if case.about else Choice.UNDO
    choice = {Press.DISMISS: Choice.DISMISS, Press.UNDO: undo}.get(press, Choice.CONFIRM)
    actions: tuple[ActionKind, ...] = ()
    if choice is Choice.CONFIRM and not case.about:
        gone = () if case.message.happening.shows_account else (ActionKind.DELETE,)
        actions = (*gone, *((ActionKind.BAN,) if press is Press.BAN else ()))
    return Decision(moderator=moderator, choice=choice, at=at, actions=actions, reason=reason)


_HEADLINES: Final[Mapping[str, str]] = {
    "image": "Known picture",
    "video": "Known video",
    "file": "Known file",
    "text": "Known text",
    "phrase": "Phrase on a list",
    "link": "Link on a list",
    "account": "Account on a list",
    "likeness": "Looks like a known account",
}


def _title(case: Case) -> str:
    matches = case.verdict.matches
    if case.about:
        return f"{bundle.TITLE} · case {case.id}"
    best = max(matches, key=lambda m: m.strength.rank, default=None)
    if case.message.happening is Happening.REPORTED:
        what = (
            f"Reported by a member: {_HEADLINES.get(best.signal.subject, 'match')}"
            if best
            else "Reported by a member"
        )
        return f"🔵 {what} · case {case.id}"
    if best is None:
        return f"⚪ Not fully looked at · case {case.id}"
    light = "🟡 Perhaps: " if best.strength is Strength.WEAK else "🔴 "
    if best.signal.subject == "likeness":
        light = "🟡 "
    return f"{light}{_HEADLINES.get(best.signal.subject, f'Known {best.signal.subject}')} · case {case.id}"


def _who(author: Account, now: datetime) -> str:
    known = []
    if author.handle:
        known.append(f"@\u2060{author.handle.rpartition('/')[2]}")
    if author.id:
        known.append(f"id {short_id(author.id.rpartition('/')[2])}")
    line = quoted(author.name or "no name") + (f" ({', '.join(known)})" if known else "")
    return line + (f", member for {age(now - author.since)}" if author.since else "")


def _where(case: Case, zone: tzinfo) -> str:
    place = harmless(case.message.place.name or case.message.place.id, 60)
    what = str(case.message.happening) if case.message.happening.shows_account else "message"
    return f"in {place} · {moment(case.message.at, zone)} · " + ("message ↗" if case.message.url else what)


def _findings(case: Case, most: int, known: Directory) -> tuple[str, ...]:
    ranked = sorted(case.verdict.matches, key=lambda m: -m.strength.rank)
    lines = [line for match in ranked[:most] for line in _finding(match, case.message, known)]
    rest = len(ranked) - most
    if rest > 0:
        more = "more matches" if most else "matches"
        lines.append(f"{'and ' if most else ''}{rest} {more}: see Details")
    return tuple(lines)


def _finding(match: Match, message: Message, known: Directory) -> tuple[str, ...]:
    match = shown(match)
    if match.signal.subject == "likeness":
        return likeness(match, message.author, platform=message.place.platform, known=known)
    entry = match.entry
    item = entry.name or entry.label or entry.ref or match.signal.value
    head = f"Matches {quoted(item)} in list {harmless(match.bank.name, 40)}"
    trial = " (on trial)" if match.bank.trust is Trust.TRIAL else ""
    entity = f" · {entity_words(entry.entity, known)}" if entry.entity else ""
    return f"{head}{trial}", f"  {harmless(match.because, 160)}{entity}"


def _late(case: Case) -> tuple[str, ...]:
    """Say of a find that it came with the list, and not with the message."""
    late = any(match.signal.part.startswith(EARLIER) for match in case.verdict.matches)
    return ("Found late: it was posted before the list knew it.",) if late else ()


def _gaps(gaps: tuple[Gap, ...], shown: int) -> tuple[str, ...]:
    if not gaps:
        return ()
    told = ", ".join(harmless(gap.reason, 80) for gap in gaps[:shown])
    rest = len(gaps) - shown
    parts = [told] if told else []
    if rest > 0:
        parts.append(counted(rest, "more part" if told else "part"))
    return (f"Not looked at: {' and '.join(parts)}",)


def course(case: Case, zone: tzinfo) -> tuple[str, ...]:
    """What was proposed, decided and done, oldest first."""
    lines = [line] if (line := _policy_line(case)) else []
    lines += [f"Held back: {braked}."] if (braked := case.verdict.braked) else []
    lines += [_decision_line(case, decision, zone) for decision in case.history]
    lines += [line for action in case.actions if (line := _trouble(action))]
    deleted = any(a.kind is ActionKind.DELETE and a.status is Status.DONE for a in case.actions)
    if deleted and any(d.choice in (Choice.UNDO, Choice.OVERTURN) for d in case.history):
        lines.append("The deleted message cannot be brought back.")
    return tuple(lines)


def _policy_line(case: Case) -> str:
    name, policy = bare(case.verdict.policy), case.verdict.policy
    if case.about:
        return "" if case.history else bundle.STANDS
    done = [a for a in case.actions if a.by == f"policy {policy}" and a.kind is not ActionKind.REPORT]
    carried = [DONE[a.kind] for a in done if a.status is Status.DONE]
    if carried:
        return f"Policy {name}: {listed(carried)}."
    if done:
        return f"Policy {name}: {listed([named(a.kind) for a in done])} asked for."
    return f"Policy {name}: report only." + ("" if case.history else " Nothing has been done.")


def _decision_line(case: Case, decision: Decision, zone: tzinfo) -> str:
    failed = {a.kind for a in case.actions if a.status is Status.FAILED}
    confirmed = decision.choice is Choice.CONFIRM
    done = [DONE[kind] for kind in decision.actions if kind not in failed] if confirmed else []
    said = bundle.SAID.get(decision.choice) if case.about else None
    what = listed(done).capitalize() if done else said or _SAID[decision.choice]
    mark = "↺" if decision.choice is Choice.UNDO else "✔"
    reason = f" · reason: {harmless(decision.reason, 80)}" if decision.reason else ""
    who = harmless(decision.moderator.name or decision.moderator.id, 40)
    return f"{mark} {what} by {who} · {moment(decision.at, zone)}{reason}"


def _trouble(action: Action) -> str:
    """A line for an action that did not go through, or not yet, or of which something is to be known."""
    if action.kind is ActionKind.REPORT or action.status is Status.DONE:
        return f"… {harmless(action.note, 160)}" if action.kind.tells and action.note else ""
    if action.status is Status.FAILED and action.kind.tells:
        return f"✘ The member was not told: {harmless(action.note, 160)}"
    if action.status is Status.FAILED:
        return f"✘ {named(action.kind).capitalize()} not carried out: {harmless(action.note, 160)}"
    return f"… {named(action.kind).capitalize()} is being carried out"


def _buttons(case: Case) -> tuple[Button, ...]:
    details = Button(label="Details", press=Press.DETAILS)
    if case.about:
        keep = Button(label=bundle.KEEP, press=Press.DISMISS)
        undo = Button(label=bundle.UNDO, press=Press.UNDO)
        return (details,) if case.state in CLOSED else (undo, keep, details)
    if case.state in CLOSED:
        return (Button(label="Undo", press=Press.UNDO), details)
    dismiss = Button(label="Dismiss", press=Press.DISMISS)
    if case.message.happening.shows_account:
        return (Button(label="Ban", press=Press.BAN), dismiss, details)
    gone = any(a.kind is ActionKind.DELETE and a.status is Status.DONE for a in case.actions)
    first, second = ("Confirm", "Confirm and ban") if gone else ("Delete", "Delete and ban")
    return (
        Button(label=first, press=Press.DELETE),
        Button(label=second, press=Press.BAN),
        dismiss,
        details,
    )


def _cut(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    """Keep the latest lines that fit: a very long history is cut at its old end, Details has all of it."""
    kept: list[str] = []
    for line in reversed(lines):
        most -= len(line) + 1
        if most < 0:
            break
        kept.append(line)
    return tuple(reversed(kept))


_SAID: Final[Mapping[Choice, str]] = {
    Choice.CONFIRM: "Confirmed",
    Choice.DISMISS: "Dismissed",
    Choice.HOLD: "Held",
    Choice.ESCALATE: "Escalated",
    Choice.UNDO: "Undone",
    Choice.OVERTURN: "Overturned on appeal",
}
