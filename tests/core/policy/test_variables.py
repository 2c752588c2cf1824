"""What an expression may ask about is taken from the facts, in the types that are documented."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from core.model import Account, Bank, Gap, Happening, Place, Strength, Trust
from core.policy.conditions import Facts
from core.policy.expression import SAMPLES
from core.policy.variables import LONGEST, MOST, VARIABLES, Kind, Value
from tests import make

README = (Path(__file__).parents[3] / "policies" / "README.md").read_text(encoding="utf-8")
TYPES = {Kind.NUMBER: int, Kind.TEXT: str, Kind.TEXTS: list, Kind.TRUTH: bool}
AT = datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=5)))
AUTHOR = Account(id="fake:id/1", since=AT - timedelta(days=3, hours=5), roles=("Newcomer", "NEWCOMER", "7"))
LINK = make.match(trust=Trust.ACT)
OTHER = replace(make.match(bank="Second", trust=Trust.FLAG), strength=Strength.STRONG)
WEAK = replace(
    make.match("0f" * 32, kind="pdq", bank="third", trust=Trust.ACT, strength=Strength.WEAK),
    signal=replace(LINK.signal, kind="pdq", part="attachment[0]", hidden=True),
)
MESSAGE = replace(
    make.message(happening=Happening.EDITED),
    place=Place(id="fake:room", name="Kite FLYERS"),
    author=AUTHOR,
    at=AT,
    forwarded=True,
)
FACTS = Facts(message=MESSAGE, matches=(LINK, OTHER, WEAK), gaps=(Gap(part="text", reason="odd"),))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("message.happening", "edited"),
        ("message.forwarded", True),
        ("message.hour", 18),
        ("message.weekday", 7),
        ("place.id", "fake:room"),
        ("place.name", "kite flyers"),
        ("author.roles", ["newcomer", "7"]),
        ("author.known", True),
        ("author.days", 3),
        ("found", 3),
        ("sure", 2),
        ("hidden", 1),
        ("sources", 2),
        ("kinds", ["link", "image"]),
        ("labels", ["lantern channel"]),
        ("entities", ["blue lantern front"]),
        ("banks", ["community", "second", "third"]),
        ("gaps", 1),
    ],
)
def test_each_name_has_its_value(name: str, value: Value) -> None:
    """Lists hold each text once, in small letters; hours and days are those of UTC."""
    assert VARIABLES[name].of(FACTS) == value


def test_the_table_of_values_is_whole() -> None:
    """A new name needs its value here, and its row in what admins read."""
    marks = test_each_name_has_its_value.pytestmark  # type: ignore[attr-defined] # pytest sets it
    assert [row[0] for row in marks[0].args[1]] == list(VARIABLES)
    for name in VARIABLES:
        assert re.search(rf"^\|[^|]*`{re.escape(name)}`", README, re.MULTILINE), name


def test_what_the_platform_does_not_tell_is_not_known() -> None:
    """Neither new nor long here; who joined in the future, by a wrong clock, is new."""
    nobody = replace(FACTS, message=replace(MESSAGE, author=replace(AUTHOR, since=None)))
    early = replace(FACTS, message=replace(MESSAGE, author=replace(AUTHOR, since=AT + timedelta(hours=1))))

    assert (VARIABLES["author.days"].of(nobody), VARIABLES["author.known"].of(nobody)) == (None, False)
    assert VARIABLES["author.days"].of(early) == 0


@pytest.mark.parametrize("facts", SAMPLES)
def test_every_value_is_of_its_type(facts: Facts) -> None:
    """Of messages of every kind; only an author's age may be unknown."""
    for name, variable in VARIABLES.items():
        value = variable.of(facts)
        assert type(value) is TYPES[variable.kind] or (name == "author.days" and value is None)


def test_what_a_list_does_not_say_is_no_text() -> None:
    """An entry without a label or an organisation adds no empty text that something could be in."""
    bare = replace(LINK, entry=replace(LINK.entry, label="", entity=""))

    for name in ("labels", "entities"):
        assert VARIABLES[name].of(replace(FACTS, matches=(bare,))) == []


def test_what_others_write_is_cut() -> None:
    """No list and no member makes an expression slow, and half a character breaks none."""
    roles = tuple(f"{number} {'x' * 500}" for number in range(500))
    author = replace(AUTHOR, roles=("\ud83d", *roles))
    facts = replace(FACTS, message=replace(MESSAGE, author=author, place=Place(id="p", name="\udc00" * 999)))
    many = replace(LINK, bank=Bank(name="b" * 999))

    got = VARIABLES["author.roles"].of(facts)

    assert isinstance(got, list)
    assert len(got) == MOST
    assert (got[0], len(got[1])) == ("?", LONGEST)
    assert VARIABLES["place.name"].of(facts) == "?" * LONGEST
    assert VARIABLES["banks"].of(replace(facts, matches=(many,))) == ["b" * LONGEST]
    assert VARIABLES["message.hour"].of(
        replace(facts, message=replace(MESSAGE, at=datetime.max.replace(tzinfo=UTC)))
    )
