"""What people are told of an entry's organisation: on cards in a few words, under Details in full."""

from dataclasses import replace
from datetime import UTC

import pytest

from bots.card import LIMIT, card_of
from bots.designations import designated, entity_details, entity_object, entity_words
from bots.details import details_of
from core.case import Case, opened
from core.entities.directory import NOBODY, Directory
from core.entity import Listing
from tests import make
from tests.bots.lanterns import LISTINGS

KNOWN = Directory(LISTINGS)


def told(text: str, directory: Directory) -> str:
    """Give the words of a card, without the marks that isolate names."""
    return entity_words(text, directory).translate({0x2068: None, 0x2069: None, 0x2060: None})


def of(*listings: Listing) -> Directory:
    """Give a directory."""
    return Directory(listings)


BY_OPENSANCTIONS = Listing(
    list_name="opensanctions",
    reference="Q1",
    name="Blue Lantern Front",
    un_reference="QDe.999",
    authorities=("UN", "EU"),
)


@pytest.mark.parametrize(
    ("directory", "words"),
    [
        (KNOWN, "entity: Blue Lantern Front (BLF), designated by UN (QDe.999), US, UK"),
        (of(LISTINGS[1]), "entity: Blue Lantern Front (BLF), designated by UK"),
        (NOBODY, "entity: BLF"),
        (of(LISTINGS[0].withdrawn("2026-03-01")), "entity: BLF"),
        (of(replace(LISTINGS[0], name="KITE UNION", aliases=())), "entity: BLF"),
        (
            of(replace(BY_OPENSANCTIONS, name="Blue Lantern Front (BLF)")),
            "entity: Blue Lantern Front (BLF), designated by UN (QDe.999), EU, as OpenSanctions tells",
        ),
        (
            of(LISTINGS[1], BY_OPENSANCTIONS),
            "entity: Blue Lantern Front (BLF), designated by UK; OpenSanctions tells of UN (QDe.999), EU",
        ),
        (
            of(replace(BY_OPENSANCTIONS, name="Blue Lantern Front (BLF)", authorities=())),
            "entity: Blue Lantern Front (BLF), collected by OpenSanctions",
        ),
    ],
)
def test_a_card_names_the_organisation_and_who_designated_it(directory: Directory, words: str) -> None:
    """The UN with its reference, others by name; what only a collection tells is told as such."""
    assert told("BLF", directory) == words


def test_a_name_of_two_shows_nobodys_designation_and_details_say_why() -> None:
    """A guess here would accuse an organisation."""
    two = of(LISTINGS[0], Listing(list_name="eu_fsf", reference="2", name="Band of Lamp Friends (BLF)"))

    assert told("BLF", two) == "entity: BLF"
    (line,) = entity_details("BLF", two)
    assert line.startswith("the name is one of 2 designated organisations")
    assert line.endswith("so none is shown")


def test_details_have_every_list_with_reference_and_date() -> None:
    """One line for each list, and one for each that had it."""
    gone = Listing(
        list_name="eu_fsf", reference="EU.11.22", name="Blue Lantern Front", withdrawn_on="2026-03-01"
    )

    assert entity_details("BLF", of(*LISTINGS, gone)) == (
        "designated: UN, list un_sc, reference QDe.999, since \u20682001-10-06\u2069",
        "designated: US, list ofac_sdn, reference 7001",
        "designated: UK, list uk_proscribed, since \u20682001-03\u2069",
        "no longer designated: EU, list eu_fsf, reference EU.11.22, gone from the list on 2026-03-01",
    )


def test_a_reference_that_a_phone_would_open_is_made_harmless() -> None:
    """A list is written by others, too."""
    (line,) = entity_details("Lamp", of(Listing(list_name="pk_nacta", reference="lamp.example", name="Lamp")))

    assert "lamp[.]example" in line


def test_programs_get_what_is_named_and_what_it_means() -> None:
    """Where it means nobody, or several, only the name stands there."""
    assert entity_object("BLF", KNOWN) == {
        "named": "BLF",
        "name": "Blue Lantern Front (BLF)",
        "designations": [
            {"list": "un_sc", "reference": "QDe.999"},
            {"list": "ofac_sdn", "reference": "7001"},
            {"list": "uk_proscribed", "reference": ""},
        ],
    }
    assert entity_object("Kite", KNOWN) == {"named": "Kite"}


def fresh() -> Case:
    """Give a case about entries of the organisation."""
    match = make.match()
    named = [
        replace(match, bank=replace(match.bank, name=f"list-{n}"), entry=replace(match.entry, entity="BLF"))
        for n in range(6)
    ]
    return opened("7K3", make.message(), make.verdict(*named), at=make.NOON)


def test_a_card_with_designations_still_fits_a_phone() -> None:
    """Three matches that each name an organisation on every list stay below the limit."""
    card = card_of(fresh(), zone=UTC, now=make.NOON, known=KNOWN)

    assert sum(len(line) + 1 for line in card.lines) <= LIMIT
    assert any("designated by UN (QDe.999), US, UK" in line for line in card.lines)


def test_details_of_a_case_tell_the_designations_below_the_entry() -> None:
    """Beside what the list says of itself."""
    lines = details_of(fresh(), zone=UTC, directory=KNOWN)

    at = next(n for n, line in enumerate(lines) if "entity" in line)
    assert lines[at + 1].startswith("  designated: UN, list un_sc, reference QDe.999")


def test_the_lists_of_a_name_are_told_in_one_order() -> None:
    """Whoever designated first or later."""
    (entity,) = of(*reversed(LISTINGS)).entities

    assert designated(entity) == "designated by UN (QDe.999), US, UK"
