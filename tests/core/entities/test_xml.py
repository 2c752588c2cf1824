"""Hostile and damaged XML: one line, and nothing that was read counts."""

from pathlib import Path

import pytest

from core.entities import xml
from core.entities.reading import ListFile
from core.entities.xml import Entries
from core.errors import BadInput
from tests.core.entities import lists
from tests.core.entities.lists import listings, read, written

HEAD = "<CONSOLIDATED_LIST><ENTITIES><ENTITY>"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lamp"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>' + HEAD + "<FIRST_NAME>&c;</FIRST_NAME></ENTITY></ENTITIES></l>"
)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (BOMB, "it defines entities of its own"),
        (
            '<!DOCTYPE l SYSTEM "https://lists.example/l.dtd"><CONSOLIDATED_LIST/>',
            "it defines entities of its own",
        ),
        (
            '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]><sdnList>&x;</sdnList>',
            "it defines entities of its own",
        ),
        (HEAD + "<X>" * 40, "elements inside each other more than 32 deep"),
        (HEAD + "<X/>" * (xml.MOST_ELEMENTS + 1), "an entry of more than 50,000 elements"),
        (HEAD + "<FIRST_NAME>" + "x" * (xml.LONGEST + 1), "an entry of more than 1 million characters"),
        (HEAD + '<X y="' + "z" * (2 * xml.LONGEST), "a tag of more than 1 MB"),
        (f'<CONSOLIDATED_LIST><X y="{"z" * (2 * xml.LONGEST)}"/>', "a tag of more than 1 MB"),
        (HEAD + "<FIRST_NAME>&unknown;</FIRST_NAME>", "undefined entity"),
        (HEAD + "<FIRST_NAME>A & B</FIRST_NAME>", "not well-formed"),
        (HEAD + "<A></B>", "mismatched tag"),
        (b"<CONSOLIDATED_LIST><ENTITY><FIRST_NAME>\xff\xfe</FIRST_NAME>", "not well-formed"),
        ('<?xml version="1.0" encoding="x-lamp"?><CONSOLIDATED_LIST/>', "unknown encoding|not known"),
        (lists.UN[: lists.UN.index("KITE UNION") + 4], "the file breaks off"),
        (lists.SDN_XML.removesuffix("</sdnList>\n"), "the file breaks off"),
    ],
)
def test_what_no_publisher_writes_is_refused_with_its_line(
    tmp_path: Path, content: str | bytes, why: str
) -> None:
    """Bombs, depth, huge elements and tags, damage, a download that broke off: never half a list."""
    path = written(tmp_path, "list.xml", content)

    with pytest.raises(BadInput, match=why) as refused:
        read(path)

    assert str(refused.value).startswith(f"cannot read {path}: line ")
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_the_encoding_that_the_file_names_is_read(tmp_path: Path, encoding: str) -> None:
    """Old tools write XML in old encodings, and say so."""
    text = f'<?xml version="1.0" encoding="{encoding}"?>{HEAD}<FIRST_NAME>Lanternes d’été</FIRST_NAME>'
    text = text.replace("’", "'") if encoding == "iso-8859-1" else text
    whole = f"{text}</ENTITY></ENTITIES></CONSOLIDATED_LIST>"

    (found,) = listings(read(written(tmp_path, "list.xml", whole.encode(encoding))))

    assert found.name in {"Lanternes d’été", "Lanternes d'été"}


def test_entries_come_one_by_one_while_the_file_is_read(tmp_path: Path) -> None:
    """A list of any length needs the memory of one entry: the first one comes before the rest was read."""
    entry = "<ENTITY><FIRST_NAME>A</FIRST_NAME></ENTITY>"
    file = ListFile(written(tmp_path, "list.xml", f"<CONSOLIDATED_LIST>{entry * 20_000}</CONSOLIDATED_LIST>"))
    entries = iter(Entries(file, ("ENTITY",)))

    first = next(entries)

    assert first.first("FIRST_NAME") == "A"
    assert file.read_bytes < file.size_bytes / 5
    assert sum(1 for _ in entries) == 19_999
