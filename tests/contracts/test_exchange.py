"""What every `Exchange` promises: each item is one update, in order, and a checkpoint goes on after it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from core.exchange.file import FileExchange
from core.exchange.given import Given
from core.ports import Accepted, Exchange, Rejected, Withdrawn
from tests.core.exchange.documents import FILES
from tests.core.exchange.looks import never

ITEMS = ("https://t.me/kites_a", "https://t.me/kites_b", "ask the office", "https://t.me/kites_c")

Make = Callable[[Path], Exchange]


def file(folder: Path) -> Exchange:
    """Give the items as a file."""
    path = folder / "list.txt"
    path.write_text("# a list\n\n" + "\n".join(ITEMS) + "\n", encoding="utf-8")
    return FileExchange(path, look=never)


def given(_folder: Path) -> Exchange:
    """Give the items as the words of a command."""
    return Given(ITEMS, look=never, noted={})


def in_format(name: str) -> Make:
    """Give four items in the format of an exchange."""

    def file(folder: Path) -> Exchange:
        path = folder / name
        path.write_text(FILES[name], encoding="utf-8")
        return FileExchange(path, look=never)

    return file


formats = {name: in_format(name) for name in FILES}
exchanges = pytest.mark.parametrize("make", [file, given, *formats.values()], ids=["file", "given", *formats])


@pytest.mark.parametrize("make", formats.values(), ids=list(formats))
async def test_what_a_format_holds_is_taken_or_told(make: Make, tmp_path: Path) -> None:
    """Whatever the format: what can be used and what cannot come in order, and nothing is left out."""
    updates = [update async for update in make(tmp_path).fetch(None)]

    assert [type(u) for u in updates][:4] == [Accepted, Accepted, Rejected, Accepted]
    assert all(u.entries for u in updates if isinstance(u, Accepted | Withdrawn))
    assert all(u.reason and u.text and u.line > 0 for u in updates if isinstance(u, Rejected))


@pytest.mark.parametrize("make", [file, given])
async def test_every_item_is_one_update(make: Make, tmp_path: Path) -> None:
    """What can be used and what cannot come in the order of the list; nothing is left out."""
    updates = [update async for update in make(tmp_path).fetch(None)]

    assert [type(u) for u in updates] == [Accepted, Accepted, Rejected, Accepted]
    assert all(u.entries for u in updates if isinstance(u, Accepted | Withdrawn))
    assert [(u.text, u.reason) for u in updates if isinstance(u, Rejected)] == [
        ("ask the office", "no usable identifier")
    ]


@exchanges
async def test_every_checkpoint_goes_on_after_its_item(make: Make, tmp_path: Path) -> None:
    """Wherever it was left, nothing is missed and nothing comes twice; at the end there is nothing."""
    everything = [update async for update in make(tmp_path).fetch(None)]

    for place, update in enumerate(everything, start=1):
        assert [u async for u in make(tmp_path).fetch(update.checkpoint)] == everything[place:]


@exchanges
def test_an_exchange_has_a_name(make: Make, tmp_path: Path) -> None:
    """Entries name it as their source."""
    assert make(tmp_path).name
