"""Real lists in their real forms, where the labelled data lies beside the checkout."""

from itertools import groupby
from random import Random

from core.entities.directory import Directory
from core.entities.joined import joined
from core.entity import Listing
from tests.core.entities.lists import listings, read
from tests.shared import DEV, dev, rows

FILES = (
    "lists/un/consolidated.xml",
    "lists/ofac/sdn.csv",
    "lists/uk/UK-Sanctions-List.csv",
    "lists/uk/proscribed-organisations.csv",
    "lists/eu/eu-fsf.csv",
    "lists/opensanctions/entities.ftm.json",
    "lists/pk/proscribed-organizations.csv",
)


def everything() -> list[list[Listing]]:
    """Read every list."""
    return [listings(read(dev(file))) for file in FILES]


def test_every_organisation_of_every_list_is_read() -> None:
    """Names, references, aliases and weak aliases as the labels have them, and nobody else."""
    expected = rows("lists/expected.ndjson")
    counted = 0

    for file, labels in groupby(expected, key=lambda row: str(row["file"])):
        found = {one.name: one for one in listings(read(DEV / file))}
        wanted = {str(row["name"]): row for row in labels}
        assert found.keys() == wanted.keys()
        for name, row in wanted.items():
            one = found[name]
            counted += 1
            assert {one.list_name, one.reference} == {row["list"], row["id"] or ""}
            assert one.un_reference == (row["un_reference"] or "")
            aliases, weak = row["aliases"], row["weak_aliases"]
            assert isinstance(aliases, list)
            assert isinstance(weak, list)
            assert set(aliases) <= {*one.aliases, *one.weak_aliases}
            assert list(one.weak_aliases) == weak
    assert counted == len(expected)


def test_the_lists_agree_on_who_is_one_in_whatever_order_they_come() -> None:
    """Fourteen organisations behind 55 entries; twenty orders, one answer."""
    read_lists = everything()
    first = joined(one for found in read_lists for one in found)

    for seed in range(20):
        order = list(read_lists)
        Random(seed).shuffle(order)  # noqa: S311 - an order, not a secret
        assert joined(one for found in order for one in found) == first
    assert len(first) == 14
    apart = {entity.name for entity in first if entity.not_joined}
    assert all("ISIL" in name for name in apart)


def test_an_abbreviation_of_a_list_leads_to_its_designations() -> None:
    """What a list of accounts has in its column `group` is enough."""
    directory = Directory([one for found in everything() for one in found])

    found = directory.resolve("TTP")

    assert found is not None
    by = [designation.listing.list_name for designation in found.designations]
    assert by == ["un_sc", "ofac_sdn", "uk_sanctions", "uk_proscribed", "eu_fsf", "pk_nacta", "opensanctions"]
    assert directory.resolve("ISIL") is None
