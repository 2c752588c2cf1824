"""Extensions are loaded by name from packages that declare them, such as the examples in CONTRIBUTING."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bots.extensions import load
from core.errors import BadInput
from core.model import Account, Mention
from tests import make
from tests.fake_platform import FakePlatform

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"
HEAD = """
import json
from collections.abc import AsyncIterator
from bots.kit import Kit
from core.model import Entry, Gap, Mention, Message, Signal
from core.ports import Accepted, Files, Update
"""
POINTS = """
[nigehban.signals]
phones = nigehban_examples:Phones
[nigehban.platforms]
irc = nigehban_examples:Irc
[nigehban.exchanges]
onelink = nigehban_examples:OneLink
broken = nigehban_examples:NoSuchName
"""


@pytest.fixture(autouse=True)
def _examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install CONTRIBUTING's examples as a package."""
    code = re.findall(r"```python\n(.*?)```", CONTRIBUTING.read_text(encoding="utf-8"), re.DOTALL)
    (tmp_path / "nigehban_examples.py").write_text(HEAD + "\n".join(code), encoding="utf-8")
    about = tmp_path / "nigehban_examples-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: nigehban-examples\nVersion: 1\n")
    (about / "entry_points.txt").write_text(POINTS)
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("nigehban_examples", None)


async def test_a_signal_source_is_built_and_finds_what_it_looks_for() -> None:
    """The ten lines of CONTRIBUTING take a number from a contact card."""
    (phones,) = load(["phones"]).signals
    card = Mention(account=Account(id="phone:15550100"), path="contact")

    found = await phones.signals(make.message(parts=(card,)), FakePlatform())

    assert [(s.kind, s.value) for s in found] == [("phone", "phone:15550100")]  # type: ignore[union-attr]  # no gaps here


async def test_an_exchange_is_made_from_a_location() -> None:
    """The example gives one entry."""
    ((name, make_exchange),) = load(["onelink"]).exchanges

    updates = [update async for update in make_exchange("telegram:user/bluelantern").fetch(None)]

    assert name == "onelink"
    assert [update.entries[0].value for update in updates] == ["telegram:user/bluelantern"]  # type: ignore[union-attr]  # none is rejected


def test_a_platform_is_handed_over_to_be_built_from_the_kit() -> None:
    """It is a callable; the composition root calls it."""
    (irc,) = load(["irc"]).platforms

    assert irc.__name__ == "Irc"


def test_what_is_not_named_is_not_loaded() -> None:
    """Being installed is not enough."""
    nothing = load([])

    assert (nothing.signals, nothing.platforms, nothing.exchanges) == ((), (), ())


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("unheard-of", "NIGEHBAN_EXTENSIONS: there is no extension 'unheard-of'. Install the package"),
        ("broken", "NIGEHBAN_EXTENSIONS: 'broken' cannot be loaded: "),
    ],
)
def test_what_cannot_be_loaded_is_refused_by_name(name: str, told: str) -> None:
    """One line, with the setting."""
    with pytest.raises(BadInput) as refused:
        load([name])

    assert str(refused.value).startswith(told)
