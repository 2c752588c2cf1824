"""Local files: within their folder, within limits, and a gap for everything else."""

import os
from pathlib import Path

import pytest

from bots.replay.files import LocalFiles, absent, local
from core.errors import CannotLook
from core.model import Attachment


async def fetch(ref: str, *, limit_bytes: int = 1000) -> bytes:
    """Fetch what a ref names."""
    return await LocalFiles(limit_bytes).fetch(Attachment(ref=ref, path="attachment[0]"))


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A folder with one picture, beside a file that is none of its business."""
    folder = tmp_path / "ChatExport"
    (folder / "photos").mkdir(parents=True)
    (folder / "photos" / "kite.jpg").write_bytes(b"kite")
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (folder / "way out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "round").symlink_to(folder / "round")
    (folder / "big.bin").write_bytes(bytes(2_000_000))
    os.mkfifo(folder / "pipe")
    return folder


@pytest.mark.parametrize("name", ["photos/kite.jpg", "photos/../photos/kite.jpg", "./photos//kite.jpg"])
async def test_a_file_of_the_export_is_read(export: Path, name: str) -> None:
    """Its path is relative to the export's folder."""
    assert await fetch(local(export, name)) == b"kite"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../secret.txt", "the path leads out of its folder"),
        ("photos/../../secret.txt", "the path leads out of its folder"),
        ("/etc/passwd", "the path leads out of its folder"),
        ("way out.txt", "the path leads out of its folder"),
        ("photos/gone.jpg", "the file is missing"),
        ("photos", "not a plain file"),
        ("pipe", "not a plain file"),
        ("big.bin", "2 MB (over the 1 MB limit)"),
        ("x" * 5000, "the file cannot be read: file name too long"),
        ("photos/kite.jpg\0.txt", "the file cannot be read: not a usable path"),
    ],
)
async def test_everything_else_is_a_gap(export: Path, name: str, reason: str) -> None:
    """A moderator reads why; nothing outside the folder is opened, nothing hangs."""
    with pytest.raises(CannotLook) as gap:
        await fetch(local(export, name), limit_bytes=1_000_000)

    assert str(gap.value) == reason


async def test_a_loop_of_links_is_a_gap(export: Path) -> None:
    """How the system words it differs; that it ends does not."""
    with pytest.raises(CannotLook):
        await fetch(local(export, "round"))


async def test_what_the_export_left_out_says_so() -> None:
    """The reason comes from the reader."""
    with pytest.raises(CannotLook) as gap:
        await fetch(absent("not included in the export"))

    assert str(gap.value) == "not included in the export"
