"""What the `loop` benchmark compares: a bot that does nothing, and ours with all it does, by stages too."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from pydantic import SecretStr
from telegram import Update
from telegram.ext import Application, ContextTypes, TypeHandler

from benchmarks.updates import PAGE, updates
from bots.kit import Kit
from bots.telegram.messages import messages_of
from bots.telegram.platform import Telegram
from bots.telegram.profiles import profile_of
from core.banks.banks import Banks
from core.banks.fuse import Fuse
from core.banks.own import Own
from core.engine import Engine
from core.inbox.sql import SqlInbox
from core.judge import Judge
from core.model import Attachment, Entry
from core.newcomers import Newcomers
from core.policy.loader import bundled, load_policy
from core.policy.policy import Policy
from core.ports import Item, Platform
from core.recall import Recall, salt_of
from core.settings import Telegram as TelegramSettings
from core.signals.accounts import Accounts
from core.signals.files import Digests
from core.signals.links import Links
from core.store.banks import SqlBanks
from core.store.connect import Database
from core.store.keeping import SqlStore
from core.store.notes import SqlNotes
from core.store.prints import SqlPrints
from core.store.subscriptions import SqlSubscriptions
from core.worker import Worker

IDENTIFIERS: Final = 100_000


async def noop(url: str, _home: Path, count: int) -> float:
    """Run a python-telegram-bot application whose one handler does nothing; returns CPU seconds."""
    handled = 0
    finished = asyncio.Event()

    async def nothing(_update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        nonlocal handled
        handled += 1
        if handled == count:
            finished.set()

    application = Application.builder().token("1:noop").base_url(f"{url}/bot").build()
    application.add_handler(TypeHandler(Update, nothing))
    async with application:
        if application.updater is None:
            raise TypeError("the application was built without an updater")
        await application.start()
        started = time.process_time()
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        await finished.wait()
        spent = time.process_time() - started
        await application.updater.stop()
        await application.stop()
    return spent


async def nigehban(url: str, home: Path, count: int) -> float:
    """Run our bot with its inbox on the disk and a bank of 100,000 identifiers; returns CPU seconds.

    It knows who is in the group, as on every day but the first: a newcomer costs milliseconds, once.
    """
    async with _house(url, home) as house:
        newcomers = Newcomers(house.notes, _now)
        for message in (message for update in updates(count) for message in messages_of(update)):
            if (profile := profile_of(message)) and await newcomers.news(profile):
                await newcomers.remember(profile)
        started = 0.0

        def ready(_: str) -> None:
            # As with the other one: it is connected, and asks for updates next.
            nonlocal started
            started = time.process_time()

        listening = asyncio.ensure_future(house.telegram.listen(ready))
        handled = 0
        while handled < count:
            handled += await house.worker.once(wait_s=1.0)
        spent = time.process_time() - started
        listening.cancel()
    return spent


async def stages(home: Path, count: int) -> dict[str, float]:
    """Measure each stage alone on the same updates; returns microseconds of CPU per update."""
    made = [json.dumps(update) for update in updates(count)]
    async with _house("http://127.0.0.1:9", home) as house:
        raw = [json.loads(one) for one in made]
        messages = [message for one in raw for message in messages_of(one)]
        seen = [(await house.judge.look(message, _NO_FILES))[0] for message in messages]

        async def inbox() -> None:
            for at in range(0, count, PAGE):
                bodies = enumerate(made[at : at + PAGE], at)
                await house.inbox.put([Item(key=f"k{n}", platform="telegram", body=b) for n, b in bodies])
                await house.inbox.done(await house.inbox.claim(PAGE, wait_s=0))

        async def signals() -> None:
            for message in messages:
                await house.judge.look(message, _NO_FILES)

        async def bank() -> None:
            for found in seen:
                await house.banks.match(found)

        figures = {
            "inbox: put, claim, done": await _micros(inbox, count),
            "signals": await _micros(signals, count),
            f"bank lookup, {IDENTIFIERS:,} identifiers": await _micros(bank, count),
        }
        started = time.process_time()
        for one in made:
            tuple(messages_of(json.loads(one)))
        figures["JSON and normaliser"] = (time.process_time() - started) / count * 1e6
        started = time.process_time()
        for message in messages:
            house.policy.judge(message, (), ())
        figures["policy"] = (time.process_time() - started) / count * 1e6
        return figures


class _NoFiles:
    """Text messages have no files."""

    async def fetch(self, attachment: Attachment) -> bytes:
        """Refuse."""
        raise LookupError(attachment.path)


_NO_FILES: Final = _NoFiles()


@dataclass(frozen=True, slots=True, kw_only=True)
class _House:
    """Our bot, built as `bots.__main__` builds it, without the media that text does not need."""

    inbox: SqlInbox
    banks: Banks
    judge: Judge
    policy: Policy
    notes: SqlNotes
    telegram: Telegram
    worker: Worker


@asynccontextmanager
async def _house(url: str, home: Path) -> AsyncIterator[_House]:
    database = await Database.open(f"sqlite:///{home / 'nigehban.db'}")
    try:
        store, bank_store = SqlStore(database, worker="bench"), SqlBanks(database)
        entries = [Entry(kind="link", value=f"telegram:user/listed_{n}") for n in range(IDENTIFIERS)]
        await bank_store.add("bench", entries)
        banks = Banks(bank_store, clock=_now)
        await banks.refresh()
        policy = load_policy(bundled())
        recall = Recall(SqlPrints(database), await salt_of(SqlNotes(database)))
        known = Fuse(banks, bank_store, _now)
        judge = Judge(sources=(Links(), Accounts(), Digests()), banks=known, policy=policy, recall=recall)
        platforms: dict[str, Platform] = {}
        engine = Engine(
            judge=judge,
            store=store,
            own=Own(bank_store, SqlSubscriptions(database), _now),
            platforms=platforms,
            clock=_now,
        )
        inbox = SqlInbox(database, worker="bench")
        notes = SqlNotes(database)
        kit = Kit(engine=engine, inbox=inbox, desk=store, notes=notes, clock=_now, zone=UTC)
        settings = TelegramSettings(
            token=SecretStr("1:ours"), base_url=f"{url}/bot", base_file_url=f"{url}/file/bot"
        )
        telegram = Telegram(settings, kit)
        platforms["telegram"] = telegram
        worker = Worker(inbox=inbox, platforms=platforms, engine=engine, flush=recall.flush)
        yield _House(
            inbox=inbox,
            banks=banks,
            judge=judge,
            policy=policy,
            notes=notes,
            telegram=telegram,
            worker=worker,
        )
    finally:
        await database.close()


async def _micros(stage: Callable[[], Awaitable[None]], count: int) -> float:
    started = time.process_time()
    await stage()
    return (time.process_time() - started) / count * 1e6


def _now() -> datetime:
    return datetime.now(UTC)
