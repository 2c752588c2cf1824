"""`nigehban bank show|override|set|verify` and bundles: entries, a bank's terms, and whether it is sound."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bots.commands.said import line, plainly, say
from bots.wording import counted
from core.banks.upkeep import bank_named, entries_named, line_of
from core.banks.verify import breaches, wrong_numbers
from core.errors import BadInput
from core.exchange.bundling import write_bundle
from core.exchange.chain import broken_links
from core.exchange.signing import SigningKey, fingerprint
from core.keeping import BankStore, Subscriptions
from core.model import ActionKind, Bank, Entry, Ladder, Override, Sharing, Standing, Trust, limit_of

BANK: Final = "nigehban.bank/1"
VERIFY: Final = "nigehban.verify/1"
BUNDLE: Final = "nigehban.bundled/1"
SEALED: Final = "sealed"
BY: Final = "command line"

_BITS: Final = 31
_VALID: Final = timedelta(days=90)


class EntryCommands:
    """The verbs of `nigehban bank` that concern entries, terms and bundles; each returns its exit code.

    Args:
        store: Where banks are kept.
        kept: Where subscriptions, manifests and opinions are kept.
        keys: The folder of one's own keys.
        at: The present moment.
    """

    def __init__(self, store: BankStore, kept: Subscriptions, *, keys: Path, at: datetime) -> None:
        self._store = store
        self._kept = kept
        self._keys = keys
        self._at = at

    async def show(self, given: argparse.Namespace) -> int:
        """Show everything that is known about an entry."""
        bank = await bank_named(given.bank, self._store)
        found = await entries_named(given.ref, given.bank, self._store)
        overrides = {(o.kind, o.value): o for o in await self._store.overrides(given.bank)}
        opinions = {(o.kind, o.value): o for o in await self._kept.opinions(given.bank)}
        for entry in found:
            key = entry.kind, entry.value
            told = _described(bank, entry)
            if override := overrides.get(key):
                told["override"] = _override_line(override)
            if opinion := opinions.get(key):
                told["opinion"] = {
                    "judgement": opinion.judgement,
                    "reason": opinion.reason,
                    "at": opinion.at.isoformat(),
                    "sent_at": opinion.sent_at.isoformat() if opinion.sent_at else None,
                }
            _shown(told, given)
        return 0

    async def override(self, given: argparse.Namespace) -> int:
        """Treat entries otherwise here, or as their list says again."""
        found = await entries_named(given.value, given.bank, self._store)
        for entry in found:
            if given.restore:
                done = await self._store.restore(given.bank, kind=entry.kind, value=entry.value)
                words = "as its list says again" if done else "was not overridden"
            else:
                standing = Standing(given.standing)
                reason = given.reason
                override = Override(
                    kind=entry.kind, value=entry.value, standing=standing, reason=reason, by=BY, at=self._at
                )
                await self._store.override(given.bank, override)
                words = {
                    Standing.OFF: "is off here, whatever its list says",
                    Standing.FLAG: "may flag here, whatever its list says",
                    Standing.ACT: "may act here, whatever its list says",
                }[standing]
            name = entry.ref or given.value
            if given.format == "ndjson":
                standing_here = None if given.restore else given.standing
                line({"schema": BANK, "bank": given.bank, "ref": entry.ref, "standing": standing_here})
            else:
                say(f"{plainly(name)} ({entry.kind}): {words}")
        return 0

    async def set(self, given: argparse.Namespace) -> int:
        """Change the terms of a bank."""
        bank = _changed(await bank_named(given.bank, self._store), given)
        await self._store.put_bank(bank)
        told = {
            "schema": BANK,
            "bank": bank.name,
            "trust": bank.trust,
            "origin": bank.origin,
            "most": bank.most,
            "ladder": [bank.ladder.same, bank.ladder.strong],
            "sharing": bank.sharing,
            "expires_at": bank.expires_at.isoformat() if bank.expires_at else None,
        }
        _shown(told, given)
        return 0

    async def verify(self, given: argparse.Namespace) -> int:
        """Check what must hold of banks; one line for each breach."""
        if given.bank:
            await bank_named(given.bank, self._store)
        every = [(b, n) for b, n in await self._store.banks() if given.bank in (None, b.name)]
        found = [(b.name, wrong) for b, n in every async for wrong in breaches(b, n, self._store)]
        found += [("", wrong) async for wrong in wrong_numbers(self._store)]
        names = {bank.name for bank, _ in every}
        for one in await self._kept.subscriptions():
            if one.bank in names:
                chain = await self._kept.manifests(one.bank)
                found += [(one.bank, wrong) for wrong in (broken_links(one, chain) if chain else ())]
            elif not given.bank:
                found.append((one.bank, "a subscription fills a bank that is not there"))
        for name, wrong in found:
            if given.format == "ndjson":
                line({"schema": VERIFY, "bank": name, "breach": wrong})
            else:
                say(f"✘ {plainly(name)}{': ' if name else ''}{plainly(wrong)}")
        if given.format == "text":
            entries = sum(n for _, n in every)
            looked_at = f"{counted(len(every), 'bank')} with {counted(entries, 'entry', 'entries')} looked at"
            say(f"{looked_at}, {counted(len(found), 'breach', 'breaches') if found else 'no breach'}")
        return 1 if found else 0

    async def bundle(self, given: argparse.Namespace) -> int:
        """Write a signed bundle."""
        next_key = SigningKey.kept(given.next_key).public if given.next_key else None
        path = given.key or self._keys / "bundles.pem"
        written = await write_bundle(
            given.bank,
            self._store,
            given.bundle,
            key=SigningKey.kept(path),
            at=self._at,
            expires=_time(given.expires) if given.expires else self._at + _VALID,
            sharing=Sharing(given.sharing) if given.sharing else None,
            next_key=next_key,
        )
        left_out = {str(limit): count for limit, count in written.left_out.items()}
        if given.format == "ndjson":
            counts = {"count": written.count, "left_out": left_out, "sharing": written.sharing}
            version = {"version": written.version, "key": written.key}
            line({"schema": BUNDLE, "bank": given.bank, "file": str(given.bundle), **version, **counts})
            return 0
        entries = counted(written.count, "entry", "entries")
        say(f"{given.bundle}: {entries}, version {written.version}, {written.sharing}")
        for limit, count in left_out.items():
            say(f"  {count:,} left out: {limit} is stricter than {written.sharing}")
        say(f"  signed by the key {fingerprint(written.key)}: tell it to your readers on another way")
        return 0


def _described(bank: Bank, entry: Entry) -> dict[str, object]:
    told = line_of(bank.name, entry)
    limit = limit_of(bank, entry)
    told["sharing"] = limit
    told["trust"] = bank.trust
    told["origin"] = bank.origin
    if limit is Sharing.SEALED:
        told |= dict.fromkeys(("value", "name", "avatar", "extra"), SEALED)
    return told


def _override_line(override: Override) -> dict[str, object]:
    return {
        "standing": override.standing,
        "reason": override.reason,
        "by": override.by,
        "at": override.at.isoformat(),
    }


def _shown(told: Mapping[str, object], given: argparse.Namespace) -> None:
    if given.format == "ndjson":
        line(told)
        return
    for name, value in told.items():
        if name == "schema" or value in ("", None, {}):
            continue
        words = value if isinstance(value, list) else [value]
        if isinstance(value, dict):
            words = [f"{key} {plainly(str(said))}" for key, said in value.items() if said]
        say(f"{name.replace('_', ' ')}: {plainly(', '.join(map(str, words)))[:500]}")
    say("")


def _changed(bank: Bank, given: argparse.Namespace) -> Bank:
    """Return a bank with the terms that were named."""
    if given.most is not None:
        bank = replace(bank, most=None if given.most == "none" else ActionKind(given.most))
    if given.ladder is not None:
        bank = replace(bank, ladder=_ladder(given.ladder))
    if given.sharing is not None:
        bank = replace(bank, sharing=Sharing(given.sharing))
    if given.origin is not None:
        bank = replace(bank, origin=given.origin)
    if given.expires is not None:
        bank = replace(bank, expires_at=None if given.expires == "never" else _time(given.expires))
    if given.trust is not None:
        bank = replace(bank, trust=Trust(given.trust))
    return bank


def _ladder(given: str) -> Ladder:
    parts = [part.strip() for part in given.split(",")]
    if len(parts) == 2 and all(part.isdecimal() and len(part) <= 3 for part in parts):  # noqa: PLR2004 - two steps
        same, strong = map(int, parts)
        if same <= strong <= _BITS:
            return Ladder(same=same, strong=strong)
    raise BadInput(
        f"--ladder must be two numbers of bits such as 10,20, the first the smaller, up to {_BITS}"
    )


def _time(given: str) -> datetime:
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        raise BadInput(f"--expires must be a date such as 2027-01-31, not {given[:20]}") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
