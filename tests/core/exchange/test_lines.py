"""A list is read whatever wrote it, line by line, and no line fills the memory."""

from pathlib import Path

import pytest

from core.errors import BadInput
from core.exchange.lines import MAX_LINE, Line, opened

TEXT = "name;link\r\nکبوتر;https://t.me/kites\r\n"


def read(path: Path, raw: bytes) -> list[Line]:
    """Write a file and read its lines."""
    path.write_bytes(raw)
    with opened(path) as lines:
        return list(lines)


@pytest.mark.parametrize(
    ("encoding", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("cp1256", b"", "cp1256"),
    ],
)
def test_the_encoding_is_found_out(tmp_path: Path, encoding: str, mark: bytes, found: str) -> None:
    """With and without a byte order mark, Urdu names come out as they were written."""
    path = tmp_path / "list.csv"
    path.write_bytes(mark + TEXT.encode(encoding))

    with opened(path) as lines:
        assert lines.encoding == found
        assert [line.text for line in lines] == ["name;link", "کبوتر;https://t.me/kites"]


def test_one_broken_byte_spoils_one_line(tmp_path: Path) -> None:
    """A list in UTF-8 with a wrong byte stays UTF-8, and only that line shows it."""
    raw = "کبوتر\n".encode() * 3 + b"t.me/\xff\n" + "پتنگ\n".encode()

    assert [line.text for line in read(tmp_path / "a", raw)] == ["کبوتر"] * 3 + ["t.me/\ufffd", "پتنگ"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts(tmp_path: Path, end: str) -> None:
    """Lines are numbered from 1, blank ones too, with or without an end at the end."""
    assert read(tmp_path / "a", f"a{end}{end}b".encode()) == [Line(1, "a"), Line(2, ""), Line(3, "b")]


def test_a_line_that_is_too_long_is_cut_and_the_next_one_is_whole(tmp_path: Path) -> None:
    """What is over the limit is not read into memory; a line of just the limit is whole."""
    raw = b"a" * MAX_LINE + b"\n" + b"b" * (3 << 20) + b"\nc\n" + b"d" * (MAX_LINE + 1)

    lines = read(tmp_path / "a", raw)

    assert [(line.number, len(line.text), line.cut) for line in lines] == [
        (1, MAX_LINE, False),
        (2, MAX_LINE + 1, True),
        (3, 1, False),
        (4, MAX_LINE + 1, True),
    ]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (None, "no such file or directory."),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
            "it is not text. Export the list as CSV, text or NDJSON.",
        ),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, raw: bytes | None, message: str) -> None:
    """One line that names the file and what to do."""
    path = tmp_path / "list.csv"
    if raw is not None:
        path.write_bytes(raw)

    with pytest.raises(BadInput) as refused, opened(path):
        pytest.fail("it was opened")

    assert str(refused.value) == f"cannot read {path}: {message}"


def test_a_folder_is_no_list(tmp_path: Path) -> None:
    """A folder is refused as what it is."""
    with pytest.raises(BadInput) as refused, opened(tmp_path):
        pytest.fail("it was opened")

    assert str(refused.value) == f"cannot read {tmp_path}: is a directory."


def test_how_far_it_is_can_be_told(tmp_path: Path) -> None:
    """At the end the whole file is read."""
    path = tmp_path / "list.csv"
    path.write_bytes(b"a\n" * 1000)

    with opened(path) as lines:
        assert list(lines)
        assert lines.read_bytes == 2000
