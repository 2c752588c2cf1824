"""The file of a snapshot: what is written is read, and a head that lies is refused."""

import fcntl
import json
import zlib
from pathlib import Path

import numpy as np
import pytest

from core.banks.columns import Columns, as_json, column_in, json_in, number_in, of_part, single, under
from core.banks.snapshot import MAGIC, Head, read, write
from core.errors import BadInput

HEAD = Head("0123", 7, "this")
COLUMNS: Columns = {
    "bytes": np.arange(5, dtype=np.uint8),
    "rows": np.arange(12, dtype=np.uint64).reshape(3, 4),
    "none": np.zeros((0, 4), np.int64),
    "shares": np.array([0.25, -1.5]),
    "every second": np.arange(10, dtype=np.int32)[::2],
}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """Names, kinds, shapes and numbers; also of none, and of a column that is not in one piece."""
    write(tmp_path / "kept", HEAD, COLUMNS)

    head, columns = read(tmp_path / "kept")

    assert head == HEAD
    assert {name: (one.dtype, one.shape, one.tolist()) for name, one in columns.items()} == {
        name: (one.dtype, one.shape, one.tolist()) for name, one in COLUMNS.items()
    }


def test_what_is_written_to_a_column_stays_in_this_process(tmp_path: Path) -> None:
    """The file is mapped, and never changed."""
    write(tmp_path / "kept", HEAD, COLUMNS)
    before = (tmp_path / "kept").read_bytes()

    column_in(read(tmp_path / "kept")[1], "rows", np.uint64)[:] = 9

    assert (tmp_path / "kept").read_bytes() == before


def test_a_file_that_others_may_read_is_made_private(tmp_path: Path) -> None:
    """What a dead process left with wide permissions is narrowed before anything is written."""
    part = tmp_path / "kept.part"
    part.touch(0o644)

    write(tmp_path / "kept", HEAD, COLUMNS)

    assert (tmp_path / "kept").stat().st_mode & 0o777 == 0o600


def test_a_file_that_was_put_in_its_place_meanwhile_is_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening the file beside the place and having its lock, another process has finished it."""
    write(tmp_path / "other", HEAD, COLUMNS)
    lock = fcntl.flock

    def finished(file: int, how: int) -> None:
        (tmp_path / "kept.part").write_bytes((tmp_path / "other").read_bytes())
        (tmp_path / "kept.part").rename(tmp_path / "kept")
        lock(file, how)

    monkeypatch.setattr(fcntl, "flock", finished)

    assert write(tmp_path / "kept", Head("4567", 8, "this"), {}) is False
    assert read(tmp_path / "kept")[0] == HEAD


def told(columns: object) -> bytes:
    """Give a file with a right checksum, whatever its head says."""
    head = json.dumps({**HEAD._asdict(), "columns": columns}).encode()
    body = MAGIC + len(head).to_bytes(8, "little") + head + bytes(512)
    return body + zlib.crc32(body).to_bytes(4, "little")


LIES = [
    [["a", "<u8", [1 << 40], 0]],
    [["a", "<u8", [1], 1 << 40]],
    [["a", "<u8", [-1], 0]],
    [["a", "<u8", [1], -64]],
    [["a", "|O", [1], 0]],
    [["a", "<u8", "x", 0]],
    [["a", "<u8"]],
    ["a"],
    None,
]


@pytest.mark.parametrize("columns", LIES, ids=str)
def test_a_head_that_lies_is_refused(tmp_path: Path, columns: object) -> None:
    """Columns beyond the file, of objects, or none at all: one error, and nothing is read."""
    (tmp_path / "kept").write_bytes(told([["a", "<u8", [1], 0]]))
    assert list(read(tmp_path / "kept")[1]) == ["a"]

    (tmp_path / "kept").write_bytes(told(columns))

    with pytest.raises(BadInput):
        read(tmp_path / "kept")


def test_a_column_is_of_its_kind_or_refused() -> None:
    """Names are paths; what is missing, of another kind or not one number is refused."""
    columns = under("part", {"revision": single(7), "kinds": as_json(["link"]), "half": as_json("x")[:-1]})
    part = of_part("part", columns)

    assert (number_in(part, "revision"), json_in(part, "kinds")) == (7, ["link"])
    with pytest.raises(BadInput):
        column_in(part, "revision", np.uint64)
    with pytest.raises(BadInput):
        column_in(part, "nothing", np.int64)
    with pytest.raises(BadInput):
        number_in({"two": np.zeros(2, np.int64)}, "two")
    with pytest.raises(BadInput):
        json_in(part, "half")
