"""Copies of lists lie in a folder for its owner only, closed where there is a key."""

from pathlib import Path

import pytest

from core.errors import StoreError
from core.exchange.folder import Folder
from core.store.vault import Vault

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
LINE = b"telegram:user/bluelantern\n"


def folder(path: Path, *keys: bytes) -> Folder:
    """Give the folder as a process with these keys has it."""
    vault = Vault(keys)
    return Folder(path, closed=vault.closed_bytes, opened=vault.opened_bytes) if keys else Folder(path)


def held(copies: Folder, content: bytes) -> None:
    """Have an update wait to be accepted."""
    with copies.workplace("kites") as work:
        (work / "spool").write_bytes(content)
        (work / "copy").write_bytes(content)
        copies.hold("kites", work)


@pytest.mark.parametrize("content", [b"", LINE, LINE * 200_000])
@pytest.mark.parametrize("keys", [(), (OLD,)])
def test_what_waits_is_unpacked_as_it_was(tmp_path: Path, keys: tuple[bytes, ...], content: bytes) -> None:
    """Of any length; on the disk nothing of it can be read by who has no key."""
    copies = folder(tmp_path, *keys)
    held(copies, content)
    on_the_disk = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    with copies.workplace("kites") as work:
        unpacked = copies.unpack("kites", work).read_bytes()
    copies.release("kites")

    assert unpacked == content
    assert (LINE in on_the_disk) is (bool(content) and not keys)
    assert {oct(path.stat().st_mode & 0o777) for path in tmp_path.rglob("*") if path.is_file()} == {"0o600"}
    assert (LINE in copies.copy("kites").read_bytes()) is (bool(content) and not keys)


def test_what_waited_before_there_was_a_key_is_unpacked_too(tmp_path: Path) -> None:
    """A key that is newly set locks nobody out of what was there."""
    held(folder(tmp_path), LINE)

    with folder(tmp_path, OLD).workplace("kites") as work:
        assert folder(tmp_path, OLD).unpack("kites", work).read_bytes() == LINE


def test_without_its_key_it_is_refused(tmp_path: Path) -> None:
    """In one line; with the old key named behind the new one it is read."""
    held(folder(tmp_path, OLD), LINE)

    with folder(tmp_path, NEW).workplace("kites") as work:
        with pytest.raises(StoreError, match="not in NIGEHBAN_KEYS"):
            folder(tmp_path, NEW).unpack("kites", work)
        assert folder(tmp_path, NEW, OLD).unpack("kites", work).read_bytes() == LINE
