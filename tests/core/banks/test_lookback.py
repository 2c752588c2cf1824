"""A list that comes later is asked about what is remembered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from core.banks import lookback as module
from core.banks.lookback import Lookback, lookback
from core.banks.sketch import statement
from core.keeping import Change, Print, Sighting
from core.text.prose import digest
from tests import make
from tests.fake_prints import MemoryPrints

HASH = "0f" * 32
NEAR = f"{int(HASH, 16) ^ ((1 << 31) - 1):064x}"
FAR = f"{int(HASH, 16) ^ ((1 << 32) - 1):064x}"
WORDS = "the blue lantern was lit above the harbour tonight"
SINCE = make.NOON - timedelta(days=30)


def change(number: int, kind: str, value: str, *, matchable: bool = True) -> Change:
    """Give an entry that arrives."""
    return Change(revision=number, entry_id=number, kind=kind, value=value, matchable=matchable)


def salted(identifier: str) -> str:
    """Salt an identifier so that a test can read it."""
    return f"~{identifier}"


async def remembered() -> MemoryPrints:
    """Give five messages of before."""
    prints = MemoryPrints()
    marks = [
        [Print("link", "telegram:user/bluelantern"), Print("pdq", NEAR)],
        [Print("pdq", FAR), Print("sha256", "ab" * 32)],
        [Print("text", digest(WORDS))],
        [],
        [Print("link", "telegram:user/bluelantern")],
    ]
    await prints.record(
        [
            Sighting(
                message_id=f"fake:room:{n}",
                place="fake:room",
                author=salted(f"fake:id/{n}"),
                handle=salted(f"fake:user/m{n}"),
                at=make.NOON - timedelta(days=40 if n == 5 else n),
                prints=frozenset(its),
            )
            for n, its in enumerate(marks, 1)
        ]
    )
    return prints


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (("link", "telegram:user/bluelantern"), [(1, "link", "telegram:user/bluelantern")]),
        (("link", "fake:id/4"), [(4, "account", "fake:id/4")]),
        (("link", "fake:user/m2"), [(2, "account", "fake:user/m2")]),
        (("sha256", "ab" * 32), [(2, "sha256", "ab" * 32)]),
        (("pdq", HASH), [(1, "pdq", NEAR)]),
        (("text", statement(WORDS.title())), [(3, "text", digest(WORDS))]),
        (("link", "telegram:user/redlantern"), []),
        (("md5", "ab" * 32), []),
        (("phrase", "blue lantern"), []),
        (("pdq", "none"), []),
    ],
)
async def test_an_entry_finds_the_messages_that_it_would_have_hit(
    entry: tuple[str, str], found: Sequence[tuple[int, str, str]]
) -> None:
    """By equality, by distance, by who wrote it; not what is older than asked for."""
    late = await lookback([change(7, *entry)], await remembered(), salted=salted, since=SINCE)

    assert [(one.number, one.signal.kind, one.signal.value) for one in late] == list(found)
    assert {one.entry_id for one in late} <= {7}


async def test_an_entry_that_goes_finds_nothing() -> None:
    """Only what should match from now on is looked for."""
    gone = change(7, "link", "telegram:user/bluelantern", matchable=False)

    assert await lookback([gone], await remembered(), salted=salted, since=SINCE) == ()


async def test_a_long_list_finds_the_same_as_a_short_one() -> None:
    """Beyond some thousand values every print is looked at; two entries of one value are both found."""
    prints = await remembered()
    one = change(1, "link", "telegram:user/bluelantern")
    many = [change(n, "link", f"telegram:user/other{n}") for n in range(10, module._FEW + 20)]

    short = await lookback([one, replace(one, entry_id=2)], prints, salted=salted, since=SINCE)
    long = await lookback([one, replace(one, entry_id=2), *many], prints, salted=salted, since=SINCE)

    assert [(late.number, late.entry_id) for late in short] == [(1, 1), (1, 2)]
    assert long == short


async def test_a_preview_counts_messages_and_people() -> None:
    """One message that meets two entries is one; who wrote it is told salted."""
    seen = Lookback(await remembered(), salted=salted)
    signals = [("link", "telegram:user/bluelantern"), ("pdq", HASH), ("sha256", "ab" * 32), ("md5", "0" * 32)]

    found = await seen.seen(signals, since=SINCE)

    assert found == (("fake:room:1", "~fake:id/1"), ("fake:room:2", "~fake:id/2"))
    assert await seen.seen([], since=SINCE) == ()
