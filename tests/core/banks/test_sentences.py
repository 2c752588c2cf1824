"""Altered pictures through signals and banks: how sure, how far, and a sentence on how it was found."""

import re

import pytest
from PIL import Image, ImageOps

from core.banks.banks import Banks
from core.banks.parts import kept
from core.model import Entry, Match, Strength
from samples.drawing import drawn
from tests import make
from tests.core.banks.looks import seen
from tests.core.media.alterations import captioned, letterboxed, shown_in_chat
from tests.core.media.pictures import photograph
from tests.core.media.scenes import HARBOUR, LANTERNS
from tests.fake_banks import MemoryBanks

PICTURE = drawn(LANTERNS)
WIDTH, HEIGHT = PICTURE.size


async def matches(image: Image.Image, *, given: bool = False) -> tuple[Match, ...]:
    """Match a picture with a bank of two: their hashes, or the pictures themselves."""
    store = MemoryBanks()
    for ref, scene in (("lanterns", LANTERNS), ("harbour", HARBOUR)):
        signal = seen(drawn(scene), "PNG")
        entries = [make.entry(signal.value, kind="pdq", ref=ref)]
        if given:
            features = (("features", kept(signal.features)),)
            entries.append(Entry(kind="features", value=f"{len(ref):064x}", ref=ref, extra=features))
        await store.add("community", entries)
    banks = Banks(store, clock=lambda: make.NOON)
    await banks.refresh()
    return await banks.match([seen(image, quality=80)])


KNOWN_BY_HASH = {
    "stored anew": (PICTURE, Strength.SAME, r"same picture, .* of 256 bits differs?"),
    "mirrored": (ImageOps.mirror(PICTURE), Strength.SAME, r"same picture, mirrored, "),
    "turned": (PICTURE.rotate(90, expand=True), Strength.SAME, r"same picture, turned by 90°, "),
    "inverted": (ImageOps.invert(PICTURE), Strength.SAME, r"same picture, colours inverted, "),
    "letterbox": (
        letterboxed(PICTURE).picture,
        Strength.STRONG,
        r"same picture, inside another \(0–100 % of its width, 11–89 % of its height\), ",
    ),
    "caption": (captioned(PICTURE).picture, Strength.STRONG, r"same picture, inside another \("),
    "chat": (shown_in_chat(PICTURE).picture, Strength.STRONG, r"same picture, inside another \("),
    "mirrored letterbox": (
        letterboxed(ImageOps.mirror(PICTURE)).picture,
        Strength.STRONG,
        r"same picture, inside another \(.*\), mirrored, ",
    ),
    "cut at the edges": (
        PICTURE.crop((30, 24, WIDTH - 28, HEIGHT - 20)),
        Strength.STRONG,
        r"same picture, cropped, altered, .* of 256 bits differ",
    ),
    "tilted": (
        PICTURE.rotate(4, Image.Resampling.BICUBIC),
        Strength.STRONG,
        r"same picture, tilted, altered, .* of 256 bits differ",
    ),
}


@pytest.mark.parametrize("name", list(KNOWN_BY_HASH))
async def test_an_altered_picture_is_known_by_its_hash(name: str) -> None:
    """Each with its strength, its distance and how it was found; no other picture is named."""
    image, strength, because = KNOWN_BY_HASH[name]

    (match,) = await matches(image)

    assert (match.entry.ref, match.strength) == ("lanterns", strength)
    assert re.match(because, match.because), match.because
    assert match.distance is not None


async def test_a_case_keeps_no_views_of_a_picture() -> None:
    """They are large, and nothing reads them after the match."""
    (match,) = await matches(PICTURE)

    assert (match.signal.views, match.signal.features) == ((), "")


async def test_half_a_picture_is_known_only_where_the_picture_was_given() -> None:
    """A hash says nothing about parts; features do, and the sentence says how many."""
    half = PICTURE.crop((0, 0, WIDTH * 3 // 5, HEIGHT))

    assert await matches(half) == ()
    (match,) = await matches(half, given=True)

    assert (match.entry.ref, match.strength, match.distance) == ("lanterns", Strength.STRONG, None)
    assert re.match(r"a part of the picture, at .*: \d+ places agree, \d+ of \d+ features are", match.because)


async def test_of_two_ways_to_a_picture_the_hash_is_told() -> None:
    """It is one match, by the nearer of the two."""
    (match,) = await matches(PICTURE, given=True)

    assert match.entry.kind == "pdq"


@pytest.mark.parametrize("given", [True, False])
async def test_another_picture_is_not_known(*, given: bool) -> None:
    """Nor where it stands in the same kind of frame."""
    for image in (photograph(seed=77), letterboxed(photograph(seed=78)).picture):
        assert await matches(image, given=given) == ()
