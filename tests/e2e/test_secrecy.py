"""Lists are secrets: nothing of them is in what a whole run says, nor, with a key, on its disk."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from core.banks.sketch import statement
from core.keeping import BankStore
from core.model import Bank, Entry, Sharing, Trust
from core.store.banks import SqlBanks
from core.store.connect import Database
from core.store.rooms import SqlRooms
from core.store.vault import Vault, keys_of
from tests.e2e.process import command, running
from tests.standins.telegram.stage import TelegramStandIn

KEY = "5a" * 32
STATEMENT = "the silver heron marches over the frozen canal before the winter sun"
PLANTED: Mapping[str, str] = {
    "link": "telegram:user/heron_secret_channel",
    "sha256": "c0ffee" * 10 + "1234",
    "pdq": "5ec1e7" * 10 + "abcd",
    "phrase": "silver heron rises",
    "text": statement(STATEMENT),
}
NAME = "Secret Heron Channel"
TRACES = ("heron_secret", "c0ffeec0ffee", "5ec1e75ec1e7", "heron rises", "frozen canal", NAME)


async def listed(banks: BankStore) -> None:
    """Plant a sealed list of every kind, which may act."""
    await banks.put_bank(Bank(name="sealed", trust=Trust.ACT, sharing=Sharing.SEALED))
    await banks.add(
        "sealed",
        [Entry(kind=kind, value=value, ref=f"ref-{kind}", name=NAME) for kind, value in PLANTED.items()],
    )


def on_the_disk(home: Path) -> tuple[bytes, set[int]]:
    """Return all that a thief of the disk has, and what others than the owner may do with the files."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in files), {path.stat().st_mode & 0o077 for path in files}


@pytest.mark.parametrize("policy", ["default", "strict"])
async def test_a_whole_run_says_nothing_of_a_list(
    telegram: TelegramStandIn, tmp_path: Path, policy: str
) -> None:
    """At the loudest level, with finds, refusals of the platform, and commands that tell of the list."""
    group, room = telegram.group("Kite Flyers"), telegram.group("Moderators")
    amina, omar = telegram.member(group, "Amina"), telegram.admin(group, "Omar")
    telegram.admin(room, omar)
    telegram.add_bot(group)
    telegram.add_bot(room, rights=None)
    telegram.world.feed.pending.clear()
    (tmp_path / "banks.index").write_bytes(b"kept before there was a key: heron_secret")
    database = await Database.open(f"sqlite:///{tmp_path}/nigehban.db", Vault(keys_of(KEY)))
    await listed(SqlBanks(database))
    await SqlRooms(database).bind(f"telegram:{group.id}", f"telegram:{room.id}")
    await database.close()
    settings = {
        "NIGEHBAN_TELEGRAM__TOKEN": telegram.token,
        "NIGEHBAN_TELEGRAM__BASE_URL": telegram.base_url,
        "NIGEHBAN_TELEGRAM__BASE_FILE_URL": telegram.base_file_url,
        "NIGEHBAN_LOG_LEVEL": "debug",
        "NIGEHBAN_KEYS": KEY,
    }

    telegram.api.fail_next("sendMessage", code=500)
    telegram.post(group, amina, "see t.me/heron_secret_channel")
    telegram.post(group, amina, f"as they say: {STATEMENT}")
    async with running(tmp_path, settings, "--policy", policy) as process:
        await telegram.api.wait_until(lambda: len([m for m in telegram.said(room) if m.buttons]) >= 2, 30)
        await process.stop()
    told = [
        await command(tmp_path, *words, settings=settings)
        for words in (
            ("bank", "stats"),
            ("bank", "show", "sealed", "ref-link"),
            ("bank", "export", "sealed"),
            ("bank", "verify"),
        )
    ]
    cards = [message.text for message in telegram.said(room)]
    said = "\n".join((*process.lines, *told, *cards))
    disk, modes = on_the_disk(tmp_path)

    assert "judged" in said
    assert "sealed" in "\n".join(cards)
    assert [trace for trace in TRACES if trace in said] == []
    assert [trace for trace in TRACES if trace.encode() in disk] == []
    assert modes == {0}
