"""Each list in its real form: what an organisation is called, where it is listed, and what is none."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from core.entity import Listing
from core.errors import BadInput
from tests.core.entities import lists
from tests.core.entities.lists import listings, passed_over, read, unread, written
from tests.core.exchange.test_workbook import excel

URDU = "نیلی لالٹین"


@pytest.mark.parametrize(
    ("content", "expected", "others"),
    [
        (
            lists.UN,
            Listing(
                list_name="un_sc",
                reference="QDe.901",
                name="BLUE LANTERN FRONT (BLF)",
                aliases=(URDU, '"The Lamp"'),
                weak_aliases=("Lampers",),
                listed_on="2001-10-06",
                un_reference="QDe.901",
                programs=("Lanterns",),
            ),
            ["individual", "individual"],
        ),
        (
            lists.SDN_XML,
            Listing(
                list_name="ofac_sdn",
                reference="7001",
                name="BLUE LANTERN FRONT",
                aliases=("THE LAMP",),
                weak_aliases=("LMP",),
                programs=("FTO", "SDGT"),
            ),
            ["individual", "vessel"],
        ),
        (
            lists.UK,
            Listing(
                list_name="uk_sanctions",
                reference="UK1",
                name="BLUE LANTERN FRONT",
                aliases=(URDU, '"The Lamp"'),
                weak_aliases=("Lampers",),
                listed_on="2001-10-06",
                un_reference="QDe.901",
                programs=("Lanterns",),
            ),
            ["individual", "ship"],
        ),
        (
            lists.EU,
            Listing(
                list_name="eu_fsf",
                reference="EU.11.22",
                name="BLUE LANTERN FRONT",
                aliases=('"The Lamp"',),
                weak_aliases=("Lampers",),
                listed_on="2001-10-06",
                un_reference="QDe.901",
                programs=("LMP",),
            ),
            ["individual"],
        ),
        (
            lists.FTM,
            Listing(
                list_name="opensanctions",
                reference="o-1",
                name="Blue Lantern Front",
                aliases=(URDU, "The Lamp"),
                weak_aliases=("Lampers",),
                listed_on="2001-10-06",
                un_reference="QDe.901",
                programs=("UN-LMP",),
                authorities=("UN", "EU"),
                url="https://lists.example/1",
            ),
            ["individual", "Address", "organisation that is not designated"],
        ),
        (
            lists.UK_PROSCRIBED,
            Listing(list_name="uk_proscribed", name="Blue Lantern Front (BLF)", listed_on="2001-03"),
            [],
        ),
        (
            lists.PK,
            Listing(
                list_name="pk_nacta",
                reference="1",
                name="Bloo Lantern Front (BLF)",
                listed_on="2001-08-14",
            ),
            [],
        ),
    ],
    ids=["un", "ofac xml", "uk", "eu", "opensanctions", "uk proscribed", "pk"],
)
def test_a_list_gives_its_organisations(
    tmp_path: Path, content: str, expected: Listing, others: Sequence[str]
) -> None:
    """Every name in every script, weak ones apart, ISO dates, references; persons and ships are counted."""
    items = read(written(tmp_path, "a-file", content))

    assert listings(items)[0] == expected
    assert passed_over(items) == others
    assert unread(items) == []


def test_old_files_of_ofac_are_read_with_the_names_beside_them(tmp_path: Path) -> None:
    """sdn.csv has one name for each; alt.csv, in any case, has the others; the end mark is no row."""
    path = written(tmp_path, "SDN.CSV", lists.SDN_CSV)
    written(tmp_path, "Alt.csv", lists.ALT_CSV)

    items = read(path)

    assert listings(items) == [
        Listing(
            list_name="ofac_sdn",
            reference="7001",
            name="BLUE LANTERN FRONT",
            aliases=("THE LAMP",),
            weak_aliases=("LMP",),
            programs=("FTO", "SDGT"),
        )
    ]
    assert passed_over(items) == ["individual", "vessel"]
    assert unread(items) == []


def test_a_name_beside_the_list_that_belongs_to_nobody_is_told(tmp_path: Path) -> None:
    """alt.csv of another day than sdn.csv is a mistake that would otherwise lose names without a word."""
    path = written(tmp_path, "sdn.csv", lists.SDN_CSV)
    more = '9999,9,"aka","LOST NAME",-0- \r\nno number\r\n'
    written(tmp_path, "alt.csv", lists.ALT_CSV.replace("\x1a", more))

    (second, first) = unread(read(path))

    assert first == (3, f"in {tmp_path / 'alt.csv'}: no entry 9999 in the list")
    assert second == (4, f"in {tmp_path / 'alt.csv'}: no number and name")


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r\n\x1a", "\n\n\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_ends_of_lines_and_encodings_make_no_difference(tmp_path: Path, end: str, encoding: str) -> None:
    """CRLF, blank lines, the mark of old systems, a BOM, UTF-16: the same organisations."""
    content = lists.UK.lstrip("\ufeff").replace("\n", end if "\x1a" not in end else "\r\n") + end

    found = listings(read(written(tmp_path, "uk", content.encode(encoding))))

    assert found == listings(read(written(tmp_path, "plain", lists.UK)))
    assert len(found) == 1


def test_columns_that_a_later_version_adds_are_no_trouble(tmp_path: Path) -> None:
    """Columns are found by their names, wherever they stand."""
    rows = [f"new column{';' if ';' in r else ','}{r}" for r in lists.UK.lstrip("\ufeff").splitlines()]

    assert len(listings(read(written(tmp_path, "uk", "\n".join(rows))))) == 1


def test_cells_over_several_lines_stay_one_row_and_an_open_quote_costs_one(tmp_path: Path) -> None:
    """A quote that nobody closes takes its own line with it, told, and not the rest of the list."""
    rows = '"Blue\nLantern",March 2001\n"Open,May 2006\nKite League,May 2006\n'
    table = f"Organisation,Date of proscription\n{rows}"

    items = read(written(tmp_path, "table.csv", table))

    assert [one.name for one in listings(items)] == ["Blue Lantern", "Kite League"]
    assert unread(items) == [(4, 'a quote (") is opened and not closed')]


def test_rows_and_names_that_cannot_be_used_are_told_with_their_line(tmp_path: Path) -> None:
    """Too many cells, no name, a name that no organisation has, bytes of another encoding."""
    long = "x" * 501
    rows = f"A,May 2001,,more\n,May 2001\n{long},May 2001\n{URDU},May 2001\n"
    table = f"Organisation,Date of proscription\n{rows}".encode() + b"Lamp \xff,May 2001\n"

    found = unread(read(written(tmp_path, "table.csv", table)))

    assert found == [
        (2, "4 cells, the header has 2"),
        (3, "no name"),
        (4, "a name of more than 500 characters"),
        (6, "bytes that are no text in this file's encoding"),
    ]


@pytest.mark.parametrize(
    "line", ["not json", "[1]", '{"id": 1}', '{"id":"x","schema":"Company","properties":[]}', "[" * 100_000]
)
def test_a_line_that_is_no_entity_is_told(tmp_path: Path, line: str) -> None:
    """A broken line in a collection is one line, and the others count."""
    items = read(written(tmp_path, "entities", f"{lists.FTM}\n{line}\n"))

    assert len(listings(items)) == 1
    assert [(at, reason.split(":")[0]) for at, reason in unread(items)] == [(6, "not an entity")]


def test_sanctions_may_stand_inside_their_entity(tmp_path: Path) -> None:
    """OpenSanctions offers nested entities, too."""
    nested = (
        '{"id":"o","caption":"Kite League","schema":"Organization","properties":{"name":["Kite League"],'
        '"sanctions":[{"schema":"Sanction","properties":{"unscId":["QDe.905"],"startDate":["2004-01-02"]}}]}}'
    )

    (found,) = listings(read(written(tmp_path, "entities", nested)))

    assert (found.un_reference, found.listed_on) == ("QDe.905", "2004-01-02")


def test_a_table_that_may_be_any_countrys_asks_whose_it_is(tmp_path: Path) -> None:
    """Nothing is guessed: the line says which words to add."""
    path = written(tmp_path, "table.csv", "No,Name,Date\n1,Kite League,01/02/2003\n")

    with pytest.raises(BadInput, match="Say whose: --list uk_proscribed or --list pk_nacta"):
        read(path)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "it is empty"),
        ("a,b\n1,2\n", "no list that is known. Known are the UN's"),
        ("[]", "JSON that is not one object a line"),
        ("<other><ENTITY/></other>", r"XML of a kind that is not known \(<other>\)"),
        ("<", "the file breaks off|unclosed token"),
        (b"\x00\x01\x02\x00\x03" * 100, "it is not text"),
        (lists.ALT_CSV, "it belongs to sdn.csv and is read with it"),
        ('7001,3,-0- ,-0- ,"Here",-0- \r\n', "it belongs to sdn.csv and is read with it"),
    ],
)
def test_what_is_no_list_is_refused_in_one_line(tmp_path: Path, content: str | bytes, why: str) -> None:
    """The line names the file, what it is, and what would be read."""
    path = written(tmp_path, "a-file", content)

    with pytest.raises(BadInput, match=why) as refused:
        read(path)

    assert str(path) in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A wrong path is told as such."""
    with pytest.raises(BadInput, match=r"cannot read .*none\.xml: no such file or directory"):
        read(tmp_path / "none.xml")


SIMPLE = (
    "id,schema,name,aliases,birth_date,countries,program_ids,dataset,first_seen\n"
    'o-1,Organization,Blue Lantern Front,"The Lamp;BLF;",,pk,UN-LMP;,'
    '"UN Security Council Consolidated Sanctions;EU Financial Sanctions Files",2023\n'
    "o-2,Person,Amina Kite,,,,,,\n"
    ",Organization,Nobody,,,,,,\n"
)


def test_the_collection_as_a_table_gives_organisations_and_no_person(tmp_path: Path) -> None:
    """The file most people download: names, programmes, and whose lists a target is on."""
    items = read(written(tmp_path, "targets.simple.csv", SIMPLE))

    assert listings(items) == [
        Listing(
            list_name="opensanctions",
            reference="o-1",
            name="Blue Lantern Front",
            aliases=("The Lamp", "BLF"),
            programs=("UN-LMP",),
            authorities=("UN", "EU"),
        )
    ]
    assert passed_over(items) == ["individual"]
    assert unread(items) == [(4, "no id or schema")]


@pytest.mark.parametrize("head", ["Report of 1 November", "ent_num,SDN_Name,SDN_Type,Program"])
def test_a_line_above_the_old_list_of_ofac_is_told(tmp_path: Path, head: str) -> None:
    """Whoever adds a title or headings to it loses that line and not the list."""
    items = read(written(tmp_path, "sdn.csv", f"{head}\r\n{lists.SDN_CSV}"))

    assert listings(items) == listings(read(written(tmp_path, "plain.csv", lists.SDN_CSV)))
    assert [line for line, _ in unread(items)] == [1]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Sr. No.,Name of the Organization,Date of Notification", "pk_nacta"),
        ("S#,Organization Name,Notified on", "pk_nacta"),
        ("نمبر,کالعدم تنظیم,Date notified", "pk_nacta"),
        ("No,Organisation name,Date proscribed", "uk_proscribed"),
    ],
)
def test_tables_of_proscribed_organisations_have_many_headings(
    tmp_path: Path, header: str, name: str
) -> None:
    """Neither country has a format of its own; whoever writes the page down words it."""
    (found,) = listings(read(written(tmp_path, "table.csv", f"{header}\n7,Kite League,14/08/2001\n")))

    assert (found.list_name, found.name, found.listed_on) == (name, "Kite League", "2001-08-14")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_mark_of_its_encoding_counts_more_than_what_xml_declares(tmp_path: Path, encoding: str) -> None:
    """Programs that change a file's encoding leave its first line as it was."""
    content = '<?xml version="1.0" encoding="UTF-8"?>' + lists.UN.partition("?>")[2]
    mark = "\ufeff" if encoding == "utf-16-le" else ""

    found = listings(read(written(tmp_path, "un.xml", (mark + content).encode(encoding))))

    assert found == listings(read(written(tmp_path, "plain.xml", lists.UN)))
    assert found


def test_a_list_may_come_as_a_workbook(tmp_path: Path) -> None:
    """Its rows are those of a table."""
    path = excel(
        tmp_path / "list.xlsx", [["No", "Organisation", "Notified"], ["1", "Kite League", "14/08/2001"]]
    )

    (found,) = listings(read(path))

    assert (found.list_name, found.name, found.listed_on) == ("pk_nacta", "Kite League", "2001-08-14")
