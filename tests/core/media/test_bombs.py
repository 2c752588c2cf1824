"""Bombs and damaged files: nothing crashes or hangs, a gigabyte is enough, every item is told of."""

import asyncio
import json
import sys
from collections.abc import Mapping
from typing import Final

import pytest

from core.media.sniff import ARCHIVES, DOCUMENTS, Form

GIGABYTE: Final = 1_000_000_000
OWN_DIGESTS: Final = {"md5", "sha1", "sha256"}

SAID: Final = {
    "png of 50,000 x 50,000": "more pixels than are read",
    "gif of 100,000 frames": "looking for codes takes too long",
    "zip of 67 kB and 20 GB": "unfolds to more than 200 times",
    "zip in zip in zip": "deeper than is looked at",
    "zip of 150,000 entries": "more than 100,000 members",
    "zip of 3,000 members": "2000 more here",
    "zip of 300 pictures": "236 more of the pictures and videos inside",
    "zip of bombs": "more pixels than are read",
    "gz of 1 GB": "unfolds to more than 200",
    "xz of 300 MB": "unfolds to more than 200",
    "tar that claims 8 GB": "damaged or cut off",
    "document of a billion laughs": "entities of its own",
    "document a million deep": "damaged",
    "page of open tags": "takes too long",
    "page of comments": "takes too long",
    "text of one word": "the first 2,000,000 characters",
    "text of a million links": "the first 2,000,000 characters",
    "pdf of 5,000 pages": "of which 200 were looked at",
    "pdf that unfolds": "damaged",
    "pdf unfolded twice": "damaged",
    "pdf of brackets": "damaged",
    "pdf in a circle": "damaged",
    "pdf of dictionaries": "damaged",
}
"""What each bomb's gap says; a faster machine may read the two pages to their end."""

MAY_END_WELL: Final = {"page of open tags", "page of comments"}

STOPPED: Final = ("reader stopped", "could not be looked at", "took too long")
"""What gaps say after a crash or a hang; one bomb may take too long, but says so itself."""


async def siege(what: str) -> Mapping[str, Mapping[str, list[str]]]:
    """Run a siege in a process of its own, check its memory, and give what came of each item."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.core.media.siege", what, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    told = json.loads(out)
    assert told["parent_bytes"] < GIGABYTE
    assert told["child_bytes"] < GIGABYTE
    items: Mapping[str, Mapping[str, list[str]]] = told["items"]
    assert "text" in items["clean"]["signals"]
    assert not [n for n, item in items.items() if any(s in gap for gap in item["gaps"] for s in STOPPED)]
    return items


@pytest.mark.timeout(500)
async def test_every_bomb_is_told_of_and_the_next_file_is_read() -> None:
    """Each leaves a gap that says which limit it met, and its own digests; the same bot then reads on."""
    items = await siege("bombs")

    for name, said in SAID.items():
        found = items[name]
        assert any(said in gap for gap in found["gaps"]) or name in MAY_END_WELL, (name, found)
        assert set(found["signals"]) >= OWN_DIGESTS, name
    assert {"page a million deep", "clean"} == set(items) - set(SAID)


@pytest.mark.timeout(500)
async def test_damaged_files_of_every_form_are_told_of() -> None:
    """Cut off and bit-flipped by the hundred: whatever is still known for what it was says something."""
    items = await siege("damaged")

    assert len(items) > 3400
    known = {Form.PICTURE, *ARCHIVES, *DOCUMENTS} - {Form.TEXT}
    silent = [
        name
        for name, item in items.items()
        if str(item["form"]) in known and not item["gaps"] and set(item["signals"]) <= OWN_DIGESTS
    ]
    # An archive may lose its one member's name and still be whole; what it holds then has digests of its own.
    assert [name for name in silent if not name.startswith(("zip", "gz", "bz2", "xz", "tar", "word"))] == []
