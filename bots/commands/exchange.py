"""`nigehban exchange`: the lists of others, looked at before, taken in, kept up to date and taken away."""

import argparse
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from bots.commands.exchange_words import (
    EXCHANGE,
    attempt_line,
    attempt_words,
    described,
    preview_line,
    preview_words,
    state,
)
from bots.commands.said import line, plainly, say, table, working
from bots.lists import Lists
from core.banks.upkeep import entries_named, trust
from core.errors import BadInput
from core.exchange.signing import fingerprint
from core.exchange.sources import BUNDLE, LIST
from core.exchange.sync import Attempt, Ended
from core.keeping import BankStore
from core.model import Judgement, Opinion, Subscription, Trust

BY: Final = "command line"
_BUNDLE_ENDS: Final = (".bundle", ".bundle.gz")
_HOUR_S: Final = 3600
_MEANING: Final = {
    Trust.TRIAL: "is on trial: what it finds is shown, and counts for nothing else",
    Trust.FLAG: "may flag now: it is a source like others",
    Trust.ACT: "may act now: policies may act on what it finds",
}


class ExchangeCommands:
    """The verbs of `nigehban exchange`; each returns its exit code.

    Args:
        lists: What keeps the lists of others.
        banks: Where their entries go.
        clock: The present moment.
    """

    def __init__(self, lists: Lists, *, banks: BankStore, clock: Callable[[], datetime]) -> None:
        self._lists = lists
        self._banks = banks
        self._clock = clock

    async def run(self, given: argparse.Namespace) -> int:
        """Do what the words of the command line say."""
        verbs = {
            "add": self._add,
            "preview": self._preview,
            "sync": self._sync,
            "promote": self._promote,
            "list": self._list,
            "show": self._show,
            "remove": self._remove,
            "report": self._report,
        }
        return await verbs[given.verb](given)

    async def _add(self, given: argparse.Namespace) -> int:
        subscribing = self._lists.subscribing
        with working(given.name) as step:
            attempt = await subscribing.add(
                _subscription(given, given.name), origin=given.origin, by=BY, key=given.key, progress=step
            )
        _told([attempt], given)
        if given.format == "text":
            for key in (await subscribing.named(given.name)).keys[:1]:
                say(f"  signed by the key {fingerprint(key)}: compare it with its publisher")
            say(f"  On trial: what it finds is only shown. Later: nigehban exchange promote {given.name}")
        return 1 if attempt.ended is Ended.HELD else 0

    async def _preview(self, given: argparse.Namespace) -> int:
        preview = await self._lists.subscribing.preview(_subscription(given, "preview"))
        if given.format == "ndjson":
            line(preview_line(given.location, preview))
        else:
            for words in preview_words(given.location, preview):
                say(words)
        return 0

    async def _sync(self, given: argparse.Namespace) -> int:
        if given.accept and not given.name:
            raise BadInput("--accept takes in one held update: name its list")
        attempts = []
        for one in await self._chosen(given.name):
            with working(one.bank) as step:
                take = self._lists.sync.accept if given.accept else self._lists.sync.sync
                attempts.append(await take(one, progress=step))
        _told(attempts, given)
        if given.format == "text" and not attempts:
            say("There is no subscription yet. Look at a list: nigehban exchange preview LOCATION")
        return 1 if any(one.reason for one in attempts) else 0

    async def _chosen(self, name: str | None) -> Sequence[Subscription]:
        if name:
            return [await self._lists.subscribing.named(name)]
        return await self._lists.kept.subscriptions()

    async def _promote(self, given: argparse.Namespace) -> int:
        await self._lists.subscribing.named(given.name)
        bank = await trust(given.name, Trust(given.to), self._banks)
        if given.format == "ndjson":
            line({"schema": EXCHANGE, "name": bank.name, "trust": bank.trust})
        else:
            say(f"{bank.name} {_MEANING[bank.trust]}")
        return 0

    async def _list(self, given: argparse.Namespace) -> int:
        shown = table("name", "kind", "trust", "entries", "last good", "state")
        banks = {bank.name: (bank.trust, count) for bank, count in await self._banks.banks()}
        for one in await self._lists.kept.subscriptions():
            trusted, count = banks.get(one.bank, (Trust.TRIAL, 0))
            if given.format == "ndjson":
                line({**described(one), "trust": trusted, "entries": count})
            good = f"{one.succeeded_at:%Y-%m-%d %H:%M} UTC" if one.succeeded_at else "never"
            cells = (one.bank, one.kind, trusted, f"{count:,}", good, state(one))
            shown.add_row(*(Text(plainly(cell)) for cell in cells))
        if given.format == "text" and shown.row_count:
            Console().print(shown)
        elif given.format == "text":
            say("There is no subscription yet. Look at a list: nigehban exchange preview LOCATION")
        return 0

    async def _show(self, given: argparse.Namespace) -> int:
        one = await self._lists.subscribing.named(given.name)
        opinions = await self._lists.kept.opinions(one.bank)
        chain = await self._lists.kept.manifests(one.bank)
        told = described(one)
        told["manifests"] = [
            {"version": m.version, "key": m.key, "taken_at": m.at.isoformat()} for m in chain
        ]
        told["opinions"] = len(opinions)
        told["opinions_waiting"] = sum(opinion.sent_at is None for opinion in opinions)
        if given.format == "ndjson":
            line(told)
            return 0
        told["keys"] = ", ".join(fingerprint(key) for key in one.keys)
        told["manifests"] = ", ".join(f"{m.version} by {fingerprint(m.key)}" for m in chain)
        for name, value in told.items():
            if name != "schema" and value not in ("", None):
                say(f"{name.replace('_', ' ')}: {plainly(str(value))}")
        return 0

    async def _remove(self, given: argparse.Namespace) -> int:
        gone = await self._lists.subscribing.remove(given.name, keep_entries=given.keep_entries)
        if given.format == "ndjson":
            line({"schema": EXCHANGE, "name": given.name, "removed": gone, "kept": given.keep_entries})
        elif given.keep_entries:
            say(f"{given.name} is a bank of your own now; its copies and its checkpoint are wiped")
        else:
            say(f"{given.name} is gone: {gone:,} entries, its copies and its checkpoint are wiped")
        return 0

    async def _report(self, given: argparse.Namespace) -> int:
        one = await self._lists.subscribing.named(given.name)
        giving_back = self._lists.giving_back
        for entry in await entries_named(given.entry, one.bank, self._banks) if given.entry else ():
            opinion = Opinion(
                bank=one.bank,
                kind=entry.kind,
                value=entry.value,
                judgement=Judgement(given.opinion),
                reason=given.reason,
                by=BY,
                at=self._clock(),
            )
            await giving_back.say(opinion)
        sent = await giving_back.report(one)
        if given.format == "ndjson":
            counts = {"sent": sent.sent, "waiting": sent.waiting, "reason": sent.reason}
            line({"schema": EXCHANGE, "name": one.bank, **counts})
        else:
            waits = f"; {sent.waiting:,} wait for the next time: {plainly(sent.reason)}"
            say(f"{one.bank}: {sent.sent:,} opinions sent{waits if sent.waiting else ''}")
        return 1 if sent.waiting else 0


def _subscription(given: argparse.Namespace, name: str) -> Subscription:
    at_home = "://" not in given.location
    location = str(Path(given.location).resolve()) if at_home else given.location
    is_bundle = location.partition("?")[0].endswith(_BUNDLE_ENDS)
    return Subscription(
        bank=name,
        kind=given.kind or (BUNDLE if is_bundle else LIST),
        location=location,
        credential=given.credential,
        interval_s=round(given.every * _HOUR_S) if "every" in given else _HOUR_S,
        reports="reports" in given and given.reports,
    )


def _told(attempts: Sequence[Attempt], given: argparse.Namespace) -> None:
    for attempt in attempts:
        if given.format == "ndjson":
            line(attempt_line(attempt))
            continue
        for words in attempt_words(attempt):
            say(words)
