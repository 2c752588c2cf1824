"""Lists come as tables of every dress, as NDJSON, or one identifier a line; each row is found, or told."""

import pytest

from core.exchange.lines import Line
from core.exchange.row import Row
from core.exchange.rows import is_document, rows


def read(text: str) -> list[Row]:
    """Read a list."""
    return list(rows(Line(i, line) for i, line in enumerate(text.split("\n"), start=1)))


def fields(text: str) -> list[dict[str, str]]:
    """Read a list of which every row can be used, and return its rows' fields."""
    found = read(text)
    assert [row.wrong for row in found] == [""] * len(found)
    return [dict(row.fields) for row in found]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_header_names_the_columns(delimiter: str) -> None:
    """Whatever separates the cells, the header says what they are."""
    text = "No,Platform,Link / ID,Name,Remarks\n1,Telegram,t.me/kites,Kites TV,active\n2,X,@kites,,".replace(
        ",", delimiter
    )

    assert fields(text) == [
        {"ref": "1", "platform": "Telegram", "url": "t.me/kites", "name": "Kites TV", "+Remarks": "active"},
        {"ref": "2", "platform": "X", "url": "@kites"},
    ]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("no,id,url", ["+no", "ref", "url"]),
        ("source_id,file,md5,pdq,pdq_quality", ["ref", "file", "md5", "pdq", "pdq_quality"]),
        ("name,display_name,url", ["+name", "name", "url"]),
        ("GROUP,Sha-256,User name", ["entity", "sha256", "handle"]),
        ("Link,URL,", ["+Link", "url", "+column 3"]),
        ("listed_on,canonical", ["+listed_on", "canonical"]),
    ],
)
def test_the_clearest_name_of_a_column_wins(header: str, expected: list[str]) -> None:
    """Of two columns for one field the clearer one holds it; the other one keeps its own name."""
    cells = ",".join("v" for _ in expected)

    assert [list(row) for row in fields(f"{header}\n{cells}")] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "facebook\thttps://m.facebook.com/kites\tKites\nx\t@kites_tv\tKites TV",
            [
                {"platform": "facebook", "url": "https://m.facebook.com/kites", "name": "Kites"},
                {"platform": "x", "url": "@kites_tv", "name": "Kites TV"},
            ],
        ),
        (
            f"1;{'ab' * 16};old poster;seen here\n2;{'cd' * 16};new poster;",
            [
                {"ref": "1", "md5": "ab" * 16, "name": "old poster", "+column 4": "seen here"},
                {"ref": "2", "md5": "cd" * 16, "name": "new poster"},
            ],
        ),
        (
            f"{'ab' * 32},poster\n{'cd' * 32},poster",
            [{"hash64": "ab" * 32, "name": "poster"}, {"hash64": "cd" * 32, "name": "poster"}],
        ),
    ],
)
def test_a_table_without_a_header_is_read_by_what_stands_in_it(
    text: str, expected: list[dict[str, str]]
) -> None:
    """Platforms, addresses, hashes and numbers are known by their looks; the first other words are a name."""
    assert fields(text) == expected


ROW = "1,Telegram,t.me/kites,Kites TV,Kite Front"
READ = {"ref": "1", "platform": "Telegram", "url": "t.me/kites", "name": "Kites TV", "entity": "Kite Front"}


@pytest.mark.parametrize(
    "header",
    [
        "S.No,Platform,Account URL,Account Name,Organization",
        "Sr. No.,Social Media Platform,Link of Account,Name of Account,Name of Proscribed Organization",
        "Ser,Medium,URL/Link,Page Name,Outfit",
        "S. No,Site,Profile Link,Full Name,Org",
        "Serial No,Social Network,Web Address,Title,Affiliation",
        "نمبر شمار,پلیٹ فارم,لنک,نام,تنظیم",
        "ردیف,پلتفرم,پیوند,نام,سازمان",
        "no,المنصة,الرابط,اسم الحساب,المجموعة",
        "شمېره,پلاتفورم,لېنک,نوم,ډله",
        "ক্রমিক,প্ল্যাটফর্ম,লিংক,নাম,সংগঠন",
        "No,platform,accountUrl,accountName,organisation",
        '"S. No","Social Media Platform","Account\nLink","Account\nName","Name of\nOrganization"',
    ],
)
def test_headings_are_those_of_tables_kept_by_hand(header: str) -> None:
    """Offices call their columns by many names, in several languages, and break them over lines."""
    assert [
        {name: cell for name, cell in one.items() if not name.startswith("+")}
        for one in fields(f"{header}\n{ROW}")
    ] in ([READ], [{name: cell for name, cell in READ.items() if name != "ref"}])


@pytest.mark.parametrize(
    "heading",
    ["Source URL", "Screenshot link", "Link status", "Evidence (URL)", "Image link", "Date of report"],
)
def test_a_heading_about_something_else_is_no_items_address(heading: str) -> None:
    """Where a row was seen, or its picture, is not what is listed."""
    assert fields(f"Platform,Handle,{heading}\nX,kites,https://elsewhere.example/1") == [
        {"platform": "X", "handle": "kites", f"+{heading}": "https://elsewhere.example/1"}
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "No,Platform,Where it is\n1,X,https://x.com/kites\n2,X,https://x.com/hill",
            [{"platform": "X", "url": "https://x.com/kites"}, {"platform": "X", "url": "https://x.com/hill"}],
        ),
        ("No,Platform,Account\n1,X,kites\n2,X,hill", [{"handle": "kites"}, {"handle": "hill"}]),
        ("No,Platform,ID\n1,X,kites\n2,X,hill", [{"handle": "kites"}, {"handle": "hill"}]),
        ("No,Where,Username\n1,X,kites\n2,Facebook,hill", [{"platform": "X"}, {"platform": "Facebook"}]),
        ("1,X,@kites\n2,Facebook,hill", [{"handle": "@kites"}, {"handle": "hill"}]),
    ],
)
def test_columns_without_a_telling_heading_are_known_by_what_stands_in_them(
    text: str, expected: list[dict[str, str]]
) -> None:
    """Addresses are known by their looks, and beside a platform names are."""
    found = fields(text)

    assert len(found) == len(expected)
    assert all(part.items() <= whole.items() for part, whole in zip(expected, found, strict=True))


def test_a_number_is_no_name_beside_a_platform() -> None:
    """A column of numbers called ID is a list's own reference."""
    assert fields("Platform,ID\nX,17\nX,18") == [
        {"platform": "X", "ref": "17"},
        {"platform": "X", "ref": "18"},
    ]


def test_a_platform_may_have_a_column_of_its_own() -> None:
    """Then each of its cells is a row, with all that the line says besides; empty ones are none."""
    text = "S.No,Name,Facebook,Twitter,Telegram\n1,Kites TV,fb.com/kites,@kites,-\n2,Hill,N/A,,@hill_tv"

    assert fields(text) == [
        {"ref": "1", "name": "Kites TV", "platform": "Facebook", "handle": "fb.com/kites"},
        {"ref": "1", "name": "Kites TV", "platform": "Twitter", "handle": "@kites"},
        {"ref": "2", "name": "Hill", "platform": "Telegram", "handle": "@hill_tv"},
    ]


def test_what_stands_above_the_headings_is_told() -> None:
    """A letter's head is no item and no heading, also where one of its words could be one."""
    text = f"Office of Kites,,,,\nList of links (annex),,,,\n\n#,Platform,URL,Name,Group\n{ROW}"

    assert [(row.line, dict(row.fields)) for row in read(text)] == [
        (1, {}),
        (2, {}),
        (5, {"+#": "1"} | {name: cell for name, cell in READ.items() if name != "ref"}),
    ]


def test_comments_blank_lines_and_empty_rows_are_no_rows() -> None:
    """They are skipped before and within a table; "#12" in a table is a reference."""
    text = "# from the office, please check\n\nno;url\n\n1;t.me/a\n;;\n#page\n# page 2\n#12;t.me/b\n"

    assert [(row.line, row.fields) for row in read(text)] == [
        (5, {"ref": "1", "url": "t.me/a"}),
        (9, {"ref": "#12", "url": "t.me/b"}),
    ]


def test_a_quoted_cell_may_hold_anything() -> None:
    """Delimiters, doubled quotes and line ends inside quotes belong to the cell."""
    text = 'no,name,url\n1,"Kites, ""old""\nand new", "t.me/kites"\n2,x,t.me/b'

    assert [(row.line, row.fields) for row in read(text)] == [
        (2, {"ref": "1", "name": 'Kites, "old"\nand new', "url": "t.me/kites"}),
        (4, {"ref": "2", "name": "x", "url": "t.me/b"}),
    ]


def test_a_quote_that_is_never_closed_does_not_swallow_the_list() -> None:
    """The line with the open quote is told; every line after it is read."""
    text = 'no,name,url\n1,"Kites,t.me/a\n2,b,t.me/b\n3,5" screen,t.me/c'

    assert [(row.line, row.wrong, row.fields.get("url")) for row in read(text)] == [
        (2, 'a quote (") is opened and not closed', None),
        (3, "", "t.me/b"),
        (4, "", "t.me/c"),
    ]


def test_lines_read_ahead_for_an_open_quote_are_not_lost() -> None:
    """After a quote that is never closed, one that is closed two lines later is still one row."""
    text = 'no,name,url\n1,"Kites,t.me/a\n2,"old\nkites",t.me/b\n3,c,t.me/c'

    assert [(row.line, row.wrong, row.fields.get("name")) for row in read(text)] == [
        (2, 'a quote (") is opened and not closed', None),
        (3, "", "old\nkites"),
        (5, "", "c"),
    ]


def test_cells_beyond_the_header_are_told() -> None:
    """A row that is longer than its header says something that nobody would read."""
    (row,) = read("no,url\n1,t.me/a,telegram:user/b")

    assert (row.line, row.wrong) == (2, "3 cells, the header has 2")


def test_ndjson_is_one_object_a_line() -> None:
    """Values become cells; null and empty are left out; what is no object is told."""
    first, last = '{"id": 7, "url": "t.me/a", "reason": null, "tags": ["x"]}', '{"id": "8", "text": "a\\nb"}'
    text = f'{first}\n\n[1]\n{{"broken": \n{last}'

    assert [(row.line, row.wrong, row.fields) for row in read(text)] == [
        (1, "", {"ref": "7", "url": "t.me/a", "+tags": '["x"]'}),
        (3, "not a JSON object", {}),
        (4, "not a JSON object", {}),
        (5, "", {"ref": "8", "text": "a\nb"}),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("pdq aa", {"pdq": "aa"}),
        ("video_md5 aa", {"md5": "aa"}),
        ("raw_text Every kite", {"text": "Every kite"}),
        ("hash_sha256 aa", {"sha256": "aa"}),
        ("VIDEO_TMK_PDQF aa", "VIDEO_TMK_PDQF is not compared here".lower()),
        ("vpdq aa", "vpdq is not compared here"),
        ("url_md5 aa", "url_md5 is not compared here"),
        ("urlaub aa", {"url": "urlaub aa"}),
        ("image of a kite", {"url": "image of a kite"}),
    ],
)
def test_a_line_may_name_its_type(line: str, expected: dict[str, str] | str) -> None:
    """As exchanges call them; a type that is not compared here is told by its name, prose by nothing."""
    (row,) = read(line)

    if isinstance(expected, str):
        assert row.wrong.startswith(expected)
    else:
        assert (row.fields, row.wrong) == (expected, "")


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("[\n{}]", True),
        ('{\n "count": 1\n}', True),
        ("[1, 2]", True),
        ('{"a": ' * 5000, True),
        ('{"results": [{"a": 1}]}', True),
        ('{"type": "bundle", "id": "bundle--1", "objects": [{"a": 1}]}', True),
        ('[\n{"url": "t.me/a"},\n{"url": "t.me/b"}\n]', True),
        ('{"url": "t.me/a"}', False),
        ('# kites\n\n{"url": "t.me/a"}\n{"url": "t.me/b"}', False),
        ('{"broken\n{"url": "t.me/a"}\n{"url": "t.me/b"}', False),
        ('{"name": "file", "Attribute": [{"type": "md5"}]}', False),
        ("url\n{", False),
        ("", False),
    ],
)
def test_one_object_a_line_is_told_from_a_document(text: str, *, document: bool) -> None:
    """A page on one line is a document; one damaged line makes none."""
    assert is_document(Line(i, line) for i, line in enumerate(text.split("\n"), start=1)) is document


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("telegram:user/kites", {"url": "telegram:user/kites"}),
        ("  https://t.me/kites  # seen in May", {"url": "https://t.me/kites"}),
        ("#room:kites.example", {"url": "#room:kites.example"}),
        ("t.me/a,b", {"url": "t.me/a,b"}),
        (f"PDQ {'0f' * 32}", {"pdq": "0f" * 32}),
        (f"video_md5 {'0f' * 16}", {"md5": "0f" * 16}),
        ("url https://t.me/kites", {"url": "https://t.me/kites"}),
        ("text come to the hill tonight", {"text": "come to the hill tonight"}),
        ("0F" * 16, {"md5": "0F" * 16}),
        ("0f" * 20, {"sha1": "0f" * 20}),
        ("0f" * 32, {"hash64": "0f" * 32}),
        ("ask the office", {"url": "ask the office"}),
        ("- https://t.me/kites", {"url": "https://t.me/kites"}),
        ("(12) t.me/kites", {"url": "t.me/kites"}),
        ("text come to the hill - tonight", {"text": "come to the hill - tonight"}),
        ("3 Telegram https://t.me/kites", {"url": "https://t.me/kites", "platform": "Telegram"}),
        (
            "3. Telegram   https://t.me/kites    Kites TV",
            {"url": "https://t.me/kites", "platform": "Telegram", "name": "Kites TV"},
        ),
        ("write to t.me/kites today", {"url": "write to t.me/kites today"}),
        ("t.me/kites   t.me/hill", {"url": "t.me/kites   t.me/hill"}),
    ],
)
def test_plain_text_is_one_item_a_line(line: str, expected: dict[str, str]) -> None:
    """An address, an identifier, a hash, or a kind and its value; a note after " # " is none of it."""
    assert fields(f"# a list\n\n{line}\n") == [expected]


@pytest.mark.parametrize("start", ["", "no,url\n", '{"id": 1, "url": "t.me/a"}\n'])
def test_a_line_that_is_too_long_is_told_in_every_form(start: str) -> None:
    """It is a row that cannot be used, not a row that is missing."""
    head = [Line(1, start.strip())] if start else []

    last = list(rows([*head, Line(2, '{"text": "' + "a" * 200, cut=True)]))[-1]

    assert (last.line, last.wrong) == (2, "longer than 128 kB")


def test_an_empty_list_has_no_rows() -> None:
    """Nothing, blank lines or comments alone are an empty list."""
    assert read("") == read("\n\n") == read("# nothing yet\n") == []
