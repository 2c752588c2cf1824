"""What a name means: one designated organisation, or none that could be shown."""

import pytest

from core.entities.directory import NOBODY, Designations, Directory
from core.entity import Listing
from tests.fake_entities import MemoryEntities

LANTERN = Listing(
    list_name="un_sc",
    reference="QDe.901",
    name="TEHRIK-E LANTERN HARBOUR (TLH)",
    aliases=("نیلی لالٹین", "Lamp Union"),
    weak_aliases=("Lampers",),
    un_reference="QDe.901",
)
KITE = Listing(list_name="pk_nacta", reference="7", name="Kite League/KL", aliases=("Union of the Sky",))
LEAGUE = Listing(list_name="ofac_sdn", reference="12206", name="KITE LORDS", aliases=("KL",))
GONE = Listing(list_name="eu_fsf", reference="EU.1", name="Old Lamp", withdrawn_on="2026-03-01")
DIRECTORY = Directory([LANTERN, KITE, LEAGUE, GONE])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("TEHRIK-E LANTERN HARBOUR (TLH)", LANTERN.name),
        ("Tehrik-e Lantern Harbour", LANTERN.name),
        ("tlh", LANTERN.name),
        ("نيلى لالٹين", LANTERN.name),
        ("“Lamp Union”", LANTERN.name),
        ("Tehreek-i-Lantern Harbour (TLH)", LANTERN.name),
        ("Kite League", KITE.name),
        ("Old Lamp", GONE.name),
        # several, nobody, and what only resembles
        ("KL", None),
        ("Lampers", None),
        ("Highland Lamp Federation (TLH)", None),
        ("Tehreek-i-Lantern Harbour", None),
        ("Kite", None),
        ("Kite League of the North", None),
        ("", None),
        ("()", None),
    ],
)
def test_a_name_means_one_organisation_or_none(text: str, name: str | None) -> None:
    """Listed names in any spelling of their letters; never a weak one, a part, or an abbreviation of two."""
    found = DIRECTORY.resolve(text)

    assert (found.name if found else None) == name


def test_who_is_designated_now_comes_before_who_was() -> None:
    """A name that a former organisation had as well means the present one."""
    heir = Listing(list_name="uk_proscribed", name="New Lamp", aliases=("Lamp of Old",))
    former = (
        Listing(
            list_name="eu_fsf", reference="1", name="Elder Lamp", aliases=("Lamp of Old",), withdrawn_on="d"
        ),
        Listing(
            list_name="eu_fsf", reference="2", name="Eldest Lamp", aliases=("Lamp of Old",), withdrawn_on="d"
        ),
        Listing(list_name="pk_nacta", reference="3", name="Lamp of Old", withdrawn_on="d"),
    )

    found = Directory([heir, *former]).resolve("Lamp of Old")

    assert found is not None
    assert found.name == "New Lamp"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("qde.901", [LANTERN.name]),
        ("12206", [LEAGUE.name]),
        ("EU.1", [GONE.name]),
        ("TLH", [LANTERN.name]),
        ("kite", ["KITE LORDS", "Kite League/KL"]),
        ("lampers", [LANTERN.name]),
        ("KL", ["KITE LORDS", "Kite League/KL"]),
        ("nobody", []),
        ("", []),
        ("...", []),
    ],
)
def test_a_person_finds_by_reference_name_or_part(text: str, names: list[str]) -> None:
    """Whoever looks something up may be vague, and is shown the choice."""
    assert sorted(entity.name for entity in DIRECTORY.found(text)) == names


def test_without_lists_every_name_means_nobody() -> None:
    """A start without data is a start without designations."""
    assert NOBODY.resolve("TLH") is None
    assert NOBODY.found("TLH") == ()


async def test_a_running_bot_sees_an_import_at_the_next_card() -> None:
    """The directory is read again when something changed, and only then."""
    store = MemoryEntities()
    designations = Designations(store)
    before = await designations.now()

    await store.put([LANTERN])
    after = await designations.now()

    assert before.resolve("TLH") is None
    assert after.resolve("TLH") is not None
    assert await designations.now() is after
    await store.put([KITE])
    assert (await designations.now()).resolve("Kite League") is not None
    assert (await Designations().now()) is NOBODY
