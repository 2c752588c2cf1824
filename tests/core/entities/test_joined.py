"""Which entries of several lists are one organisation: by reference, by listed names, and never by guess."""

import random
from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.entities.joined import joined
from core.entity import LISTS, Entity, Listing


def listing(source: str, name: str, *aliases: str, un: str = "", ref: str = "", gone: str = "") -> Listing:
    """Give an entry of a list."""
    reference = ref or (un if source == "un_sc" else name)
    return Listing(
        list_name=source,
        reference=reference,
        name=name,
        aliases=aliases,
        un_reference=un,
        withdrawn_on=gone,
    )


def grouped(entities: Sequence[Entity]) -> list[list[str]]:
    """Give the lists of each organisation that is designated."""
    return sorted(sorted(d.listing.list_name for d in e.designations) for e in entities if e.designations)


ONE = [
    (
        "the reference of the UN",
        listing("un_sc", "BLUE LANTERN", un="QDe.901"),
        listing("eu_fsf", "Lampe Bleue", un="QDe.901"),
        "same UN reference QDe.901",
    ),
    (
        "the same name",
        listing("un_sc", "BLUE LANTERN FRONT", un="QDe.901"),
        listing("uk_proscribed", "Blue-Lantern Front (BLF)"),
        "name “BLUE LANTERN FRONT” on both, un_sc and uk_proscribed",
    ),
    (
        "a name and an alias",
        listing("un_sc", "BLUE LANTERN FRONT", "Lamp of the Harbour", un="QDe.901"),
        listing("pk_nacta", "Lamp of the Harbour"),
        "listed alias “Lamp of the Harbour” on both, un_sc and pk_nacta",
    ),
    (
        "two aliases",
        listing("un_sc", "BLUE LANTERN FRONT", "Lamp of the Harbour", un="QDe.901"),
        listing("ofac_sdn", "HARBOUR LAMP", "LAMP OF THE HARBOUR"),
        "listed alias “Lamp of the Harbour” on both, un_sc and ofac_sdn",
    ),
    (
        "a name in its own script",
        listing("un_sc", "BLUE LANTERN FRONT", "نیلی لالٹین", un="QDe.901"),
        listing("pk_nacta", "Neeli Laltain", "نيلى لالٹين"),
        "listed alias “نیلی لالٹین” on both, un_sc and pk_nacta",
    ),
    (
        "an abbreviation and vowels",
        listing("un_sc", "TEHRIK-E LAMPAN HARBOUR (TLH)", un="QDe.901"),
        listing("pk_nacta", "Tehreek-i-Lampan Harbour (TLH)"),
        "abbreviation “TLH” on both, un_sc and pk_nacta, and names that differ in vowels only",
    ),
    ("a short name of the whole", listing("ofac_sdn", "LAMPS"), listing("eu_fsf", "Lamps"), "name “LAMPS”"),
]


@pytest.mark.parametrize(("what", "one", "other", "because"), ONE, ids=[row[0] for row in ONE])
def test_two_entries_are_one(what: str, one: Listing, other: Listing, because: str) -> None:
    """And the second says why."""
    (found,) = joined([other, one])

    assert [d.listing for d in found.designations] == [one, other]
    assert found.designations[0].because == ""
    assert found.designations[1].because.startswith(because)
    assert found.not_joined == ()


TWO = [
    (
        "similar names",
        listing("un_sc", "BLUE LANTERN FRONT", un="QDe.901"),
        listing("pk_nacta", "Blue Lantern Army"),
    ),
    (
        "another transliteration",
        listing("un_sc", "TEHRIK-E LAMPAN", un="QDe.901"),
        listing("pk_nacta", "Tehreek-e-Lampan"),
    ),
    (
        "one name inside the other",
        listing("un_sc", "LANTERN FRONT", un="QDe.901"),
        listing("pk_nacta", "Lantern Front of the Harbour"),
    ),
    (
        "an abbreviation of two",
        listing("un_sc", "HARBOUR LANTERN FRONT (HLF)", un="QDe.901"),
        listing("pk_nacta", "Highland Lamp Federation (HLF)"),
    ),
    (
        "a short alias",
        listing("un_sc", "HARBOUR LANTERN FRONT", "HLF", un="QDe.901"),
        listing("ofac_sdn", "HIGHLAND LAMP", "HLF"),
    ),
    (
        "two references of the UN",
        listing("uk_sanctions", "LANTERN FRONT", un="QDe.901"),
        listing("eu_fsf", "Lantern Front", un="QDe.902"),
    ),
    (
        "two entries of one list",
        listing("eu_fsf", "Lantern Front", ref="1"),
        listing("eu_fsf", "LANTERN FRONT", ref="2"),
    ),
    (
        "what is in brackets is no abbreviation",
        listing("un_sc", "LANTERN FRONT", un="QDe.901"),
        listing("pk_nacta", "Lantern Front (Northern Branch)"),
    ),
]


@pytest.mark.parametrize(("what", "one", "other"), TWO, ids=[row[0] for row in TWO])
def test_two_entries_stay_two(what: str, one: Listing, other: Listing) -> None:
    """A resemblance is no evidence."""
    found = joined([one, other])

    assert len(found) == 2
    assert all(len(entity.designations) == 1 for entity in found)


def test_a_weak_alias_joins_nobody() -> None:
    """What the list itself calls low quality is kept apart."""
    weak = Listing(list_name="ofac_sdn", reference="1", name="HARBOUR LAMP", weak_aliases=("LANTERN FRONT",))

    assert len(joined([weak, listing("un_sc", "LANTERN FRONT", un="QDe.901")])) == 2


def test_a_name_of_two_joins_neither_and_is_told() -> None:
    """Each of the three says with whom it shares the name."""
    first = listing("ofac_sdn", "HARBOUR LAMP", "LANTERN FRONT", ref="1")
    second = listing("ofac_sdn", "HIGHLAND LAMP", "LANTERN FRONT", ref="2")
    third = listing("pk_nacta", "Lantern Front")

    found = joined([first, second, third])

    assert grouped(found) == [["ofac_sdn"], ["ofac_sdn"], ["pk_nacta"]]
    told = {entity.name: entity.not_joined for entity in found}
    assert told["Lantern Front"] == (
        (
            "“LANTERN FRONT” is also a name of HARBOUR LAMP (ofac_sdn), HIGHLAND LAMP (ofac_sdn):"
            " not joined by it"
        ),
    )
    assert "Lantern Front (pk_nacta)" in told["HARBOUR LAMP"][0]


def test_what_is_alike_on_both_sides_is_not_decided() -> None:
    """One entry that shares as much with two of another list belongs to neither, and says so."""
    first = listing("un_sc", "HARBOUR LAMP", "Kite Union", un="QDe.901")
    second = listing("un_sc", "HIGHLAND LAMP", "Kite League", un="QDe.902")
    third = listing("ofac_sdn", "OTHER NAME", "KITE UNION", "KITE LEAGUE")

    found = joined([first, second, third])

    assert grouped(found) == [["ofac_sdn"], ["un_sc"], ["un_sc"]]
    assert all(entity.not_joined for entity in found)


def test_many_shared_names_outweigh_one_that_another_has() -> None:
    """An entry that takes two together goes to the one it shares most with; the rest is told."""
    first = listing("un_sc", "HARBOUR LAMP", "Kite Union", "Kite Party", "Kite Guild", un="QDe.901")
    second = listing("un_sc", "HIGHLAND LAMP", "Kite League", un="QDe.902")
    third = listing("ofac_sdn", "OTHER NAME", "KITE UNION", "KITE PARTY", "KITE GUILD", "KITE LEAGUE")

    found = joined([first, second, third])

    assert grouped(found) == [["ofac_sdn", "un_sc"], ["un_sc"]]
    assert any("Kite League" in sentence for entity in found for sentence in entity.not_joined)


def test_a_collection_that_keeps_its_sources_apart_is_no_contradiction() -> None:
    """OpenSanctions' entries from two authorities may be one organisation; from one they are two."""
    un = listing("un_sc", "LANTERN FRONT", un="QDe.901")
    ours = [
        Listing(list_name="opensanctions", reference=ref, name="Lantern Front", authorities=(by,))
        for ref, by in (("a", "UN"), ("b", "US"))
    ]

    assert len(joined([un, *ours])) == 1
    assert (
        len(
            joined(
                [
                    ours[0],
                    Listing(
                        list_name="opensanctions", reference="c", name="Lantern Front", authorities=("UN",)
                    ),
                ]
            )
        )
        == 2
    )


def test_names_of_all_lists_come_together() -> None:
    """The first list names it, one that does not shout gives the title, and nothing is said twice."""
    (found,) = joined(
        [
            listing("un_sc", "LANTERN FRONT (LF)", "نیلی لالٹین", un="QDe.901"),
            Listing(list_name="uk_proscribed", name="Lantern Front (LF)", weak_aliases=("Lampers", "LF")),
            listing("eu_fsf", "Lampe Bleue", "LANTERN front (LF)", un="QDe.901"),
        ]
    )

    assert (found.name, found.title) == ("LANTERN FRONT (LF)", "Lantern Front (LF)")
    assert found.aliases == ("LF", "نیلی لالٹین", "Lampe Bleue")
    assert found.weak_aliases == ("Lampers",)


def test_a_name_that_only_shouts_stays_as_it_is_listed() -> None:
    """No spelling is invented."""
    (found,) = joined([listing("un_sc", "AL-LAMPA", un="QDe.901")])

    assert found.title == "AL-LAMPA"


@pytest.mark.parametrize("un", ["QDe.901", ""])
def test_what_is_gone_from_a_list_is_told_as_former(un: str) -> None:
    """Its organisation keeps it, by reference or name, and it designates no more."""
    gone = listing("eu_fsf", "Lantern Front", un=un, gone="2026-03-01")

    (found,) = joined([gone, listing("un_sc", "LANTERN FRONT", un="QDe.901")])

    assert [d.listing.list_name for d in found.designations] == ["un_sc"]
    assert [d.listing for d in found.former] == [gone]
    assert found.former[0].because


def test_what_is_gone_from_every_list_is_not_lost() -> None:
    """It stands alone, with what it was, and those of several lists stand together."""
    (found,) = joined(
        [
            listing("eu_fsf", "Lantern Front", gone="2026-03-01"),
            listing("uk_proscribed", "LANTERN FRONT", gone="2026-02-01"),
        ]
    )

    assert found.designations == ()
    assert len(found.former) == 2


def test_what_is_gone_joins_nobody() -> None:
    """A listing that was withdrawn does not hold two others together."""
    bridge = listing("ofac_sdn", "HARBOUR LAMP", "KITE UNION", gone="2026-03-01")

    found = joined([bridge, listing("un_sc", "HARBOUR LAMP", un="QDe.901"), listing("eu_fsf", "Kite Union")])

    assert grouped(found) == [["eu_fsf"], ["un_sc"]]
    assert sum(len(entity.former) for entity in found) == 1


def test_three_lists_in_any_order_give_the_same() -> None:
    """Every order of a knot: names that lead on, a contradiction, a reference."""
    knot = [
        listing("un_sc", "HARBOUR LAMP (HL)", "Kite Union", un="QDe.901"),
        listing("un_sc", "HIGHLAND LAMP", "Kite League", un="QDe.902"),
        listing("ofac_sdn", "KITE UNION", "KITE LEAGUE", "Lampe"),
        listing("eu_fsf", "Lampe", un="QDe.902"),
        listing("pk_nacta", "Harbor Lamp (HL)"),
        listing("uk_proscribed", "Kite League", gone="2026-03-01"),
    ]
    first = joined(knot)

    for order in permutations(knot):
        assert joined(order) == first


WORDS = ("Lamp", "Kite", "Harbour", "Front", "Union", "(HLF)", "HLF", "Lampe", "نیلی", "a.k.a. Kite Union")
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)


@st.composite
def drawn(draw: st.DrawFn) -> Listing:
    """Give any entry; names are few, so that they meet often."""
    source = draw(st.sampled_from(tuple(LISTS)))
    un = draw(st.sampled_from(("", "", "QDe.901", "QDe.902", "QDe.903")))
    return Listing(
        list_name=source,
        reference=draw(st.sampled_from(("", "1", "2", "3"))),
        name=draw(NAMES),
        aliases=tuple(draw(st.lists(NAMES, max_size=3))),
        un_reference=un,
        withdrawn_on=draw(st.sampled_from(("", "", "2026-03-01"))),
    )


@given(st.lists(drawn(), max_size=12, unique_by=lambda one: (one.list_name, one.key)), st.randoms())
def test_the_order_of_lists_changes_nothing_and_nothing_is_lost(
    listings: list[Listing], chance: random.Random
) -> None:
    """Whatever lists say: one place for each listing, no contradiction, a reason for each that was joined."""
    shuffled = list(listings)
    chance.shuffle(shuffled)

    found = joined(listings)

    assert joined(shuffled) == found
    everything = [d for e in found for d in (*e.designations, *e.former)]
    assert sorted(map(repr, (d.listing for d in everything))) == sorted(map(repr, listings))
    for entity in found:
        assert len({d.listing.un_reference for d in entity.designations} - {""}) <= 1
        assert all(d.because for d in entity.designations[1:])
        by_name = [d.listing.list_name for d in entity.designations if not d.because.startswith("same UN")]
        assert len(by_name) == len(set(by_name))
