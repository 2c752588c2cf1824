"""The labelled accounts of the development set, through the list and the judge, as a scan takes them."""

from collections import Counter
from pathlib import Path

import pytest

from bots.replay.files import LocalFiles, local
from bots.replay.ndjson import ndjson
from core.banks.banks import Banks
from core.exchange.file import FileExchange
from core.exchange.intake import take_in
from core.judge import Judge
from core.media.sandbox import Sandbox
from core.model import Account, Attachment, Gap, Match, Message, Place, Signal, Strength
from core.policy.loader import bundled, load_policy
from core.signals.accounts import Accounts
from core.signals.links import Links
from core.signals.pictures import Pictures
from core.signals.profiles import Profiles
from tests import make
from tests.fake_banks import MemoryBanks
from tests.shared import dev, rows

FILES = LocalFiles(10_000_000)


async def flagged(candidates: Path, banned: Path) -> dict[str, list[Match]]:
    """Return the sure matches of each candidate, by its id."""
    store = MemoryBanks()
    async with Sandbox(workers=2) as sandbox:

        async def look(path: Path) -> tuple[list[Signal], list[Gap]]:
            file = Attachment(ref=local(path.parent, path.name), path="file", name=path.name)
            message = Message(
                id="file:", place=Place(id="file:"), author=Account(), at=make.NOON, parts=(file,)
            )
            found = list(await Pictures(sandbox).signals(message, FILES))
            return [s for s in found if isinstance(s, Signal)], [g for g in found if isinstance(g, Gap)]

        await take_in(FileExchange(banned, look=look), "banned", store, at=make.NOON)
        banks = Banks(store, clock=lambda: make.NOON)
        await banks.refresh()
        sources = (Links(), Accounts(), Pictures(sandbox), Profiles())
        judge = Judge(sources=sources, banks=banks, policy=load_policy(bundled()))
        return {
            one.item: [
                m for m in (await judge(one.message, FILES)).matches if m.strength is not Strength.WEAK
            ]
            for one in ndjson(candidates, shown="candidates").read()
        }


@pytest.mark.timeout(300)
async def test_mirrors_are_found_and_named_and_nobody_else_is() -> None:
    """F1 of 0.95; all that must be found; no news, common name or critic; the right account named."""
    candidates = dev("accounts/candidates.ndjson")
    labelled = {str(row["id"]): row for row in rows("accounts/candidates.ndjson")}

    found = await flagged(candidates, dev("accounts/banned.csv"))

    mirrors = [key for key, row in labelled.items() if row["label"] == "mirror"]
    hit = [key for key in mirrors if found[key]]
    false = Counter(labelled[key]["technique"] for key in found if found[key] and key not in mirrors)
    named = [key for key in hit if labelled[key]["mirror_of"] in {m.entry.value for m in found[key]}]
    missed = [key for key in mirrors if not found[key] and labelled[key]["difficulty"] == "must"]
    assert len(mirrors) > 100
    assert missed == []
    assert not {"news_account", "common_name", "critic_quotes_the_name"} & set(false)
    assert 2 * len(hit) / (len(hit) + false.total() + len(mirrors)) >= 0.95
    assert len(named) / len(mirrors) >= 0.95
