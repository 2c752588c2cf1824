"""Tables of forms: what a row sees of an address, and which row counts."""

import pytest

from core.identifiers.address import Address, parse
from core.identifiers.forms import Form, hosts, reading, text

SCHEMES = frozenset({"kites"})
FORMS = (
    Form("kites.example kites:", r"/c/([\w-]{2,20})", "kites:channel/{0}"),
    Form("kites.example", r"/file\?.*?&id=([\w-]{2,20})", "kites:file/{0}"),
    Form("kites.example", r"/#!([\w-]{2,20})", "kites:never/{0}"),
    Form("kites.example", r"/\?[^#]*#!([\w-]{2,20})", "kites:file/{0}"),
    Form("kites.example", r"/c/(lantern)", "kites:never/{0}"),
)


def taken_apart(url: str) -> Address:
    """Parse an address of the invented service."""
    address = parse(url, SCHEMES)
    assert address is not None
    return address


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("https://kites.example", "/?#"),
        ("https://kites.example//a//b/?x=1&y&x=2#z", "/a/b?&x=1&y#z"),
        ("https://kites.example/%61%2Fb?q=%23", "/a/b?&q=##"),
        ("kites://chat/a?x=1", "/chat/a?&x=1#"),
        ("kites:/a", "/a?#"),
    ],
)
def test_a_row_sees_what_follows_the_host(url: str, seen: str) -> None:
    """One line of text, decoded, without empty parts, each key once; an app's host is the first part."""
    assert text(taken_apart(url)) == seen


@pytest.mark.parametrize(
    ("url", "identifier"),
    [
        ("https://kites.example/c/Lantern/videos?x", "kites:channel/lantern"),
        ("kites://c/Lantern", "kites:channel/lantern"),
        ("https://kites.example/file?x=1&id=AbC", "kites:file/AbC"),
        ("https://kites.example/#!AbC", "kites:file/AbC"),
        ("https://kites.example/c/lan.tern", "web:kites.example/c/lan.tern"),
        ("https://kites.example/x/c/lantern", "web:kites.example/x/c/lantern"),
        ("https://kites.example/file?id=a", "web:kites.example/file"),
        ("https://other.example/c/lantern", "web:other.example/c/lantern"),
    ],
)
def test_the_first_row_that_fits_gives_the_identifier(url: str, identifier: str) -> None:
    """It fits from the beginning to the end of a part; a kind's values are folded; the rest is the web's."""
    read = reading(FORMS, {"kites:channel": str.lower})

    assert read(taken_apart(url)) == identifier


def test_a_table_says_its_hosts() -> None:
    """Schemes, which have a colon, are not among them."""
    assert hosts(FORMS) == {"kites.example"}
