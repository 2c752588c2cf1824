"""Everything about a case, line by line: what stands behind a card's Details."""

from collections.abc import Iterator
from datetime import tzinfo

from bots.card import course
from bots.designations import entity_details
from bots.drawing import lies
from bots.sealed import shown
from bots.wording import bare, harmless, moment, quoted
from core.case import Case
from core.entities.directory import NOBODY, Directory
from core.model import Match


def details_of(case: Case, *, zone: tzinfo, directory: Directory = NOBODY) -> tuple[str, ...]:
    """Say everything: each match with its part, form, entry and source, each rule, each step taken."""
    lines = [f"Case {case.id}, opened {moment(case.opened_at, zone)}, now {case.state}"]
    for match in map(shown, case.verdict.matches):
        lines.append(f"{match.strength}: {match.because}")
        lines += [f"  {line}" for line in _behind(match, directory)]
    lines += [
        f"not looked at: {harmless(gap.part, 60)}: {harmless(gap.reason, 120)}" for gap in case.verdict.gaps
    ]
    rules = ", ".join(bare(rule, 80) for rule in case.verdict.rules) or "none"
    lines.append(f"Policy {bare(case.verdict.policy)}; rules that fired: {rules}")
    lines += [f"  {harmless(note, 300)}" for note in case.verdict.notes]
    lines += course(case, zone)
    return tuple(lines)


def _behind(match: Match, directory: Directory) -> Iterator[str]:
    """Say where a match was seen, and what its list says of it."""
    entry, signal = match.entry, match.signal
    hidden = ", which the eye cannot see" if signal.hidden else ""
    written = f", written {quoted(signal.seen, 80)}" if signal.seen else ""
    yield f"seen in {signal.part}{hidden}{written}, as {signal.kind} {harmless(signal.value, 80)}"
    told = {"entry": entry.ref, "label": entry.label, "entity": entry.entity, "source": entry.source}
    known = [f"{name} {harmless(value, 60)}" for name, value in told.items() if value]
    yield ", ".join((f"list {harmless(match.bank.name, 60)} ({match.bank.trust})", *known))
    yield from entity_details(entry.entity, directory)
    if match.where:
        yield lies(match.where)
    if entry.reason:
        yield f"reason of the list: {harmless(entry.reason, 160)}"
