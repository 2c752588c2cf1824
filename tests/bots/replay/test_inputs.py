"""What a path holds: an export, a list, a file, or a folder of them."""

import json
import os
from pathlib import Path

import pytest

from bots.replay.files import LocalFiles
from bots.replay.inputs import sources
from core.errors import BadInput, CannotLook
from core.model import Attachment

TELEGRAM = {"name": "Kites", "type": "private_group", "id": 1, "messages": [{"id": 7, "text": "x"}]}
DISCORD = {"guild": {"id": "1"}, "channel": {"id": "2"}, "messages": [{"id": "8", "content": "x"}]}


def found(*paths: Path) -> list[tuple[str, str]]:
    """Every item with its source's name."""
    return [(source.name, reading.item) for source in sources(paths) for reading in source]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one of everything."""
    top = tmp_path / "data"
    for folder in ("chat/photos", "server/quay.json_Files", "pictures/old"):
        (top / folder).mkdir(parents=True)
    (top / "chat" / "result.json").write_text(json.dumps(TELEGRAM))
    (top / "chat" / "photos" / "p.jpg").touch()
    (top / "server" / "quay.json").write_text(json.dumps(DISCORD))
    (top / "server" / "quay.json_Files" / "a.png").touch()
    (top / "pictures" / "b.png").touch()
    (top / "pictures" / "a.png").touch()
    (top / "pictures" / "old" / "c.png").touch()
    (top / "list.ndjson").write_text('{"id": "n1"}')
    return top


def test_an_export_is_named_by_its_folder_or_its_file(data: Path) -> None:
    """The folder and the file mean the same."""
    assert found(data / "chat") == [("chat", "7")]
    assert found(data / "chat" / "result.json") == [("chat", "7")]
    assert found(data / "server") == [("server/quay.json", "8")]
    assert found(data / "server" / "quay.json") == [("quay.json", "8")]


def test_a_list_that_is_named_is_read_line_by_line(data: Path) -> None:
    """In a folder the same file is a file like any other."""
    assert found(data / "list.ndjson") == [("list.ndjson", "n1")]
    assert ("data", "list.ndjson") in found(data)


def test_a_folder_is_every_file_below_it_in_order(data: Path) -> None:
    """Paths are relative to the folder that was named."""
    assert found(data / "pictures") == [
        ("pictures", "a.png"),
        ("pictures", "b.png"),
        ("pictures", "old/c.png"),
    ]
    assert found(data / "pictures" / "a.png") == [("pictures", "a.png")]


def test_exports_below_a_folder_stand_for_their_folders(data: Path) -> None:
    """Their media are read through their messages, not a second time as files."""
    assert found(data) == [
        ("data", "list.ndjson"),
        ("data/chat", "7"),
        ("data", "pictures/a.png"),
        ("data", "pictures/b.png"),
        ("data", "pictures/old/c.png"),
        ("data/server/quay.json", "8"),
    ]


def test_several_paths_are_read_in_the_order_given(data: Path) -> None:
    """Nothing is sorted between them."""
    assert found(data / "server", data / "chat") == [("server/quay.json", "8"), ("chat", "7")]


def test_somebody_elses_result_json_is_a_file_unless_it_was_named(data: Path) -> None:
    """Other programs use the name too; but who names it means an export."""
    (data / "pictures" / "old" / "result.json").write_text('{"score": 3}')

    assert ("pictures", "old/result.json") in found(data / "pictures")
    with pytest.raises(BadInput, match='not a Telegram Desktop export \\(no "messages"\\)'):
        found(data / "pictures" / "old")


async def test_what_cannot_be_opened_is_an_item_with_a_gap(data: Path) -> None:
    """A link out of the folder, one to nowhere, one in a circle: none is followed, none is left out."""
    (data / "pictures" / "out").symlink_to(data / "server")
    (data / "pictures" / "gone").symlink_to(data / "nowhere")
    (data / "pictures" / "round").symlink_to(data / "pictures")
    gaps = {}

    for source in sources([data / "pictures"]):
        for reading in source:
            (part,) = reading.message.parts
            assert isinstance(part, Attachment)
            try:
                await LocalFiles(1000).fetch(part)
            except CannotLook as exc:
                gaps[reading.item] = str(exc)

    assert gaps == {
        "out": "the path leads out of its folder",
        "gone": "the path leads out of its folder",
        "round": "not a plain file",
    }


def test_a_name_that_is_not_utf8_can_be_printed(data: Path) -> None:
    """Old disks and archives have them."""
    with open(os.fsencode(data / "pictures") + b"/\xff.png", "wb"):  # noqa: PTH123  # Path takes no bytes
        pass

    assert ("pictures", "�.png") in found(data / "pictures")


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    """One line with the remedy."""
    with pytest.raises(BadInput) as refused:
        sources([tmp_path / "nowhere"])

    assert str(refused.value) == f"cannot read {tmp_path}/nowhere: no such file or folder. Check the path."


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    """Opening one would wait for ever."""
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(BadInput, match="neither a file nor a folder"):
        sources([tmp_path / "pipe"])


def test_a_file_that_vanishes_while_reading_is_refused(data: Path) -> None:
    """No stack trace; what came before is kept."""
    (source,) = sources([data / "chat"])
    (data / "chat" / "result.json").unlink()

    with pytest.raises(BadInput, match=r"no such file or directory\. Check the file and its permissions"):
        list(source)
