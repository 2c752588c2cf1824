"""The updates that both bots of the `loop` benchmark read, and a server that hands them out.

Plain text messages as Telegram sends them: English, Urdu and Arabic, 20 to 400 characters, one in eight
with a link or a handle, none of them on the list: what a moderation bot sees all day.
"""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

PAGE: Final = 100
"""Updates in one answer; Telegram gives at most so many."""

_ENGLISH: Final = "the wind is good today bring your kite to the field we meet at five near old pier colours."
_URDU: Final = "آج ہوا اچھی ہے پتنگ لے آؤ میدان میں شام کو ملتے ہیں رنگ ڈور"
_ARABIC: Final = "الريح طيبة اليوم احضر طائرتك الى الميدان، نلتقي عند الخامسة"
_WORDS: Final = f"{_ENGLISH} {_URDU} {_ARABIC}".split()
_LANGUAGES: Final = (_ENGLISH, _URDU, _ARABIC)
_SHARES: Final = (6, 3, 1)
_LINKS: Final = (
    "https://kites.example/meet?id={n}",
    "t.me/kite_flyers_{n}",
    "@kite_friend_{n}",
    "see kite{n}.example/map",
)


def updates(count: int) -> list[dict[str, object]]:
    """Make updates, the same ones every time."""
    chance = random.Random(481)  # noqa: S311  # repeatable, not secret
    return [_update(number, chance, _short_text(chance)) for number in range(1, count + 1)]


def _short_text(chance: random.Random) -> list[str]:
    return [chance.choice(_WORDS) for _ in range(chance.randint(4, 60))]


def lengthy(count: int) -> list[dict[str, object]]:
    """Make updates of 20 to 4,000 characters, half of them under 100, each in one language."""
    chance = random.Random(481)  # noqa: S311  # repeatable, not secret
    return [_update(number, chance, _lengthy_text(chance)) for number in range(1, count + 1)]


def _lengthy_text(chance: random.Random) -> list[str]:
    words = chance.choices(_LANGUAGES, _SHARES)[0].split()
    letters = min(max(round(chance.lognormvariate(4.6, 0.95)), 20), 4000)
    said: list[str] = []
    while letters > 0:
        said.append(chance.choice(words))
        letters -= len(said[-1]) + 1
    return said


def _update(number: int, chance: random.Random, words: list[str]) -> dict[str, object]:
    if number % 8 == 0:
        words.insert(chance.randrange(len(words)), chance.choice(_LINKS).format(n=number))
    user = 5_000_000 + chance.randrange(500)
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "from": {
                "id": user,
                "is_bot": False,
                "first_name": f"Flyer {user % 1000}",
                "username": f"flyer_{user}",
                "language_code": "en",
            },
            "chat": {
                "id": -1001234567890,
                "type": "supergroup",
                "title": "Kite Flyers",
                "username": "kite_flyers",
            },
            "date": 1_790_000_000 + number,
            "text": " ".join(words),
        },
    }


@asynccontextmanager
async def serving(count: int) -> AsyncIterator[str]:
    """Serve the updates to any token; yields the address before `/bot`."""
    made = updates(count)
    pages = [json.dumps({"ok": True, "result": made[at : at + PAGE]}) for at in range(0, count, PAGE)]
    me = {"id": 1, "is_bot": True, "first_name": "Guard", "username": "guard_bot", "can_join_groups": True}
    me |= {"can_read_all_group_messages": True, "supports_inline_queries": False}

    async def answer(request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if method.lower() != "getupdates":  # the Bot API takes any case, and so do its clients
            result: object = me if method == "getMe" else True
            return web.json_response({"ok": True, "result": result})
        offset = int((await request.post()).get("offset", 1) or 1)  # type: ignore[arg-type]  # a form field is text
        page = (max(offset, 1) - 1) // PAGE
        if page < len(pages):
            return web.Response(text=pages[page], content_type="application/json")
        await asyncio.sleep(1)
        return web.json_response({"ok": True, "result": []})

    app = web.Application()
    app.router.add_post("/bot{token}/{method}", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
