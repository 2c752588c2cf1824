"""Workbooks are read like tables, and one that was made to hurt is refused."""

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from core.errors import BadInput
from core.exchange.lines import opened
from core.exchange.rows import rows
from core.exchange.workbook import is_workbook, lines_of

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
ODF = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = f'xmlns:table="{ODF}:table:1.0" xmlns:text="{ODF}:text:1.0" xmlns:x="http://www.w3.org/1999/xlink"'


def packed(path: Path, members: dict[str, str]) -> Path:
    """Write a zip file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in members.items():
            book.writestr(name, content)
    return path


def sheet(body: str, behind: str = "") -> str:
    """Give a sheet of Excel's."""
    return f"<worksheet {MAIN} {LINKED}><sheetData>{body}</sheetData>{behind}</worksheet>"


def excel(path: Path, table: Iterable[Sequence[str]]) -> Path:
    """Write a table as Excel does: texts once, and named by number."""
    texts: list[str] = []
    body = ""
    for number, row in enumerate(table, start=1):
        cells = ""
        for at, cell in enumerate(row):
            place = f"{chr(ord('A') + at)}{number}"
            if cell:
                texts.append(cell)
                cells += f'<c r="{place}" t="s"><v>{len(texts) - 1}</v></c>'
        body += f'<row r="{number}">{cells}</row>'
    strings = "".join(f"<si><r><t>{escape(t[:2])}</t></r><r><t>{escape(t[2:])}</t></r></si>" for t in texts)
    members = {
        "xl/worksheets/sheet1.xml": sheet(body),
        "xl/sharedStrings.xml": f"<sst {MAIN}>{strings}</sst>",
    }
    return packed(path, members)


def document(path: Path, body: str) -> Path:
    """Write an OpenDocument."""
    return packed(
        path, {"content.xml": f"<doc {SPACES}><table:table>{body}</table:table></doc>", "mimetype": ""}
    )


def read(path: Path) -> list[tuple[int, str]]:
    """Read a list's lines."""
    with opened(path) as lines:
        return [(line.number, line.text) for line in lines]


def fields(path: Path) -> list[dict[str, str]]:
    """Read a list's rows."""
    with opened(path) as lines:
        return [dict(row.fields) for row in rows(lines)]


TABLE = [
    ["Office of Kites"],
    [],
    ["S.No", "Platform", "Account URL", "Name"],
    ["1", "Telegram", "https://t.me/kites_tv", 'Kites, "old" & new'],
    ["2", "X", "", "نگہبان"],
]


def test_a_workbook_is_read_like_a_table(tmp_path: Path) -> None:
    """Empty rows and cells take their places, rich text is one text, and rows have their own numbers."""
    path = excel(tmp_path / "list.xlsx", TABLE)

    assert read(path) == [
        (1, "Office of Kites"),
        (3, "S.No,Platform,Account URL,Name"),
        (4, '1,Telegram,https://t.me/kites_tv,"Kites, ""old"" & new"'),
        (5, "2,X,,نگہبان"),
    ]
    assert fields(path)[1] == {
        "ref": "1",
        "platform": "Telegram",
        "url": "https://t.me/kites_tv",
        "name": 'Kites, "old" & new',
    }


def test_cells_are_values_and_not_formulas(tmp_path: Path) -> None:
    """Texts in place, results beside their formulas, and numbers as people write them."""
    body = (
        '<row><c t="inlineStr"><is><t>kites</t></is></c>'
        '<c t="str"><f>A1&amp;"x"</f><v>kitesx</v></c>'
        "<c><v>9.23001234567E11</v></c><c><v>12</v></c><c><v>1E999999</v></c>"
        '<c t="s"><v>7</v></c></row>'
        '<row r="9"><c r="C9"><v>3</v></c></row>'
    )
    path = packed(tmp_path / "list.xlsx", {"xl/worksheets/sheet1.xml": sheet(body)})

    assert read(path) == [(1, "kites,kitesx,923001234567,12,1E999999"), (9, ",,3")]


def test_a_cell_that_only_points_somewhere_holds_the_link(tmp_path: Path) -> None:
    """A name that is linked stays a name."""
    body = '<row r="1"><c r="A1" t="str"><v>link</v></c><c r="B1" t="str"><v>Kites TV</v></c></row>'
    links = '<hyperlinks><hyperlink ref="A1" r:id="r1"/><hyperlink ref="B1" r:id="r1"/></hyperlinks>'
    leads = '<Relationships><Relationship Id="r1" Target="https://t.me/kites_tv"/></Relationships>'
    path = packed(
        tmp_path / "list.xlsx",
        {
            "xl/worksheets/sheet1.xml": sheet(body, links),
            "xl/worksheets/_rels/sheet1.xml.rels": leads,
        },
    )

    assert read(path) == [(1, "https://t.me/kites_tv,Kites TV")]


def test_all_sheets_are_read_in_their_order(tmp_path: Path) -> None:
    """The tenth comes behind the second."""
    members = {f"xl/worksheets/sheet{n}.xml": sheet(f"<row><c><v>{n}</v></c></row>") for n in (10, 2, 1)}

    assert [text for _, text in read(packed(tmp_path / "list.xlsx", members))] == ["1", "2", "10"]


def test_an_open_document_is_read_alike(tmp_path: Path) -> None:
    """Cells and rows that are repeated take their places; room up to the sheet's edge is none."""
    path = document(
        tmp_path / "list.ods",
        "<table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell>"
        '<table:table-cell table:number-columns-repeated="2"/>'
        "<table:table-cell><text:p><text:a x:href='https://t.me/kites_tv'>link</text:a></text:p>"
        '</table:table-cell><table:table-cell table:number-columns-repeated="16380"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
        "<table:table-row><table:table-cell><text:p>end</text:p></table:table-cell></table:table-row>",
    )

    assert read(path) == [(1, '"a\nb",,,https://t.me/kites_tv'), (1048002, "end")]


ENTITIES = '<!DOCTYPE a [<!ENTITY b "kites">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"xl/worksheets/sheet1.xml": ENTITIES}, "its XML defines entities"),
        ({"xl/sharedStrings.xml": ENTITIES, "xl/worksheets/sheet1.xml": "<a/>"}, "its XML defines entities"),
        ({"content.xml": "<a><b></a>"}, "its XML is damaged"),
        ({"content.xml": "<a>"}, "its XML is damaged"),
    ],
)
def test_what_was_made_to_hurt_is_refused(tmp_path: Path, members: dict[str, str], reason: str) -> None:
    """One line says why, and what to do."""
    path = packed(tmp_path / "list.xlsx", members)

    with pytest.raises(BadInput) as refused:
        read(path)

    assert str(refused.value) == f"cannot read {path}: {reason}. Export the list as CSV, text or NDJSON."


def test_no_more_is_unpacked_than_any_list_has(tmp_path: Path) -> None:
    """A small file that unpacks to a large one stops at the limit."""
    path = packed(tmp_path / "list.ods", {"content.xml": "<a>" + " " * 2_000_000 + "</a>"})

    with pytest.raises(BadInput, match="unpacks to more than 1 MB"):
        list(lines_of(path, most_bytes=1_000_000))
    assert list(lines_of(path, most_bytes=3_000_000)) == []


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    """A file that was cut off in its middle has no list of its members, and is no text either."""
    whole = excel(tmp_path / "whole.xlsx", TABLE).read_bytes()
    wrong = bytearray(whole)
    wrong[60] ^= 0xFF
    path = tmp_path / "wrong.xlsx"
    path.write_bytes(wrong)

    with pytest.raises(BadInput, match="it is damaged, or locked"):
        read(path)


def test_other_files_are_no_workbooks(tmp_path: Path) -> None:
    """Not every zip is one."""
    text = tmp_path / "list.csv"
    text.write_text("no,url", encoding="utf-8")

    assert not is_workbook(text)
    assert not is_workbook(packed(tmp_path / "a.zip", {"a.txt": "kites"}))
    assert is_workbook(excel(tmp_path / "list.bin", TABLE))


def test_a_row_ends_at_the_widest(tmp_path: Path) -> None:
    """Cells far to the right take no memory."""
    body = '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZ1"><v>2</v></c></row>'
    path = packed(tmp_path / "list.xlsx", {"xl/worksheets/sheet1.xml": sheet(body)})

    assert read(path) == [(1, "1")]
