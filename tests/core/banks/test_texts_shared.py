"""Known statements on the shared development data: copies, quotations and other texts in four languages."""

import pytest

from core.banks.banks import Banks
from core.banks.sketch import statement
from core.media.fetch import OncePerMessage
from core.model import Signal, Strength
from core.signals.texts import Texts
from tests import make
from tests.fake_banks import MemoryBanks
from tests.fake_platform import FakePlatform
from tests.shared import rows


async def strengths() -> dict[str, tuple[str, str, dict[str, Strength]]]:
    """Return label, original and found statements of every variant."""
    store = MemoryBanks()
    known = [row for row in rows("statements/originals.ndjson") if row["label"] == "banned"]
    entries = [make.entry(statement(str(row["text"])), kind="text", ref=str(row["id"])) for row in known]
    await store.add("statements", entries)
    banks = Banks(store, clock=lambda: make.NOON)
    await banks.refresh()
    files = OncePerMessage(FakePlatform())
    found = {}
    for row in rows("statements/variants.ndjson"):
        message = make.message(str(row["text"]))
        signals = [s for s in await Texts().signals(message, files) if isinstance(s, Signal)]
        matches = {m.entry.ref: m.strength for m in await banks.match(signals)}
        found[str(row["id"])] = (str(row["label"]), str(row["original_id"]), matches)
    return found


@pytest.mark.timeout(60)
async def test_copies_are_found_and_quotations_are_told_apart() -> None:
    """98 of 100 copies at least; no other text, and no quotation above weak."""
    found = await strengths()
    sure = {Strength.SAME, Strength.STRONG}

    copies = [(of, matches) for label, of, matches in found.values() if label == "banned_copy"]
    others = [matches for label, _, matches in found.values() if label != "banned_copy"]

    assert len(copies) > 100
    assert sum(matches.get(of) in sure for of, matches in copies) / len(copies) >= 0.98
    assert len(others) > 40
    assert [matches for matches in others if sure & set(matches.values())] == []
