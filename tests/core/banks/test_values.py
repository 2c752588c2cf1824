"""Values are brought into the one form that signals have, or are told to be none."""

import pytest

from core.banks.values import (
    address,
    addresses,
    digest,
    identifier,
    is_identifier,
    is_platform,
    looks_like_address,
)
from core.errors import BadInput


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("telegram:user/BlueLantern", "telegram:user/bluelantern"),
        ("Telegram:User/bluelantern", "telegram:user/bluelantern"),
        ("facebook:page/Blue.Lantern", "facebook:page/blue.lantern"),
        ("telegram:invite/AbC_d-9", "telegram:invite/AbC_d-9"),
        ("telegram:chat/1000000123", "telegram:chat/1000000123"),
        ("youtube:channel/UCabc", "youtube:channel/UCabc"),
        ("matrix:room/#kites:example.org", "matrix:room/#kites:example.org"),
        ("matrix:user/@Amina:example.org", "matrix:user/@Amina:example.org"),
        ("web:justpaste.it/exampleblf1", "web:justpaste.it/exampleblf1"),
        ("web:kites.example/", "web:kites.example/"),
        ("Web:kites.example/Board", "web:kites.example/Board"),
        ("web:graph.org/Example-01-02", "web:telegra.ph/Example-01-02"),
        ("web:t.me/BlueLantern", "telegram:user/bluelantern"),
        ("web:x.com/home", "web:x.com/home"),
        ("threema:user/abcdefgh", "threema:user/ABCDEFGH"),
        ("vk:user/BlueLantern", "vk:user/bluelantern"),
        ("line:invite/EXAMPLEgroup01", "line:invite/EXAMPLEgroup01"),
        ("matrix:room/#Kites:Example.org", "matrix:room/#Kites:example.org"),
        ("telegram:group/bluelantern", None),
        ("pigeon:user/bluelantern", None),
        ("web:nothing", None),
        ("web:/path", None),
        ("telegram:bluelantern", None),
        ("telegram:user/", None),
        ("telegram:user/two words", None),
        ("tg:user/bluelantern", None),
        ("https://t.me/bluelantern", None),
        ("sha256:x/y", None),
        ("", None),
    ],
)
def test_an_identifier_is_recognised_by_its_form(written: str, expected: str | None) -> None:
    """Names lose their case, codes keep it, and what only looks like an identifier is none."""
    assert identifier(written) == expected
    assert is_identifier(f" {written} ") is (expected is not None)


@pytest.mark.parametrize(
    ("written", "platform", "expected"),
    [
        ("telegram:user/bluelantern", "", "telegram:user/bluelantern"),
        ("https://t.me/BlueLantern", "", "telegram:user/bluelantern"),
        ("@BlueLantern", "Telegram", "telegram:user/bluelantern"),
        ("@BlueLantern", "X (Twitter)", "x:user/bluelantern"),
        ("https://x.com/BlueLantern", "Telegram", "x:user/bluelantern"),
        ("kites.example/board", "", "web:kites.example/board"),
        ("@BlueLantern", "", None),
        ("ask the office", "Telegram", None),
        ("https://", "", None),
        ("", "", None),
    ],
)
def test_whatever_a_list_writes_for_an_account_is_read(
    written: str, platform: str, expected: str | None
) -> None:
    """Identifiers, addresses, and names beside their platform give the same identifier."""
    assert address(written, platform) == expected


@pytest.mark.parametrize(("kind", "digits"), [("sha256", 64), ("sha1", 40), ("md5", 32), ("pdq", 64)])
def test_a_hash_is_lower_case_hex_of_its_length(kind: str, digits: int) -> None:
    """Capital digits are the same hash; another length is none."""
    assert digest(kind, "AB" * (digits // 2)) == "ab" * (digits // 2)
    for wrong in ("", "ab" * (digits // 2 - 1), "ab" * (digits // 2) + "c", "g" * digits, "٣" * digits):
        with pytest.raises(BadInput, match=f"^{kind} must be {digits} hex digits$"):
            digest(kind, wrong)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("https://t.me/bluelantern", True),
        ("<https://x.com/bluelantern>", True),
        ("tg://resolve?domain=bluelantern", True),
        ("t.me/bluelantern", True),
        ("@bluelantern", True),
        ("Link / ID", False),
        ("Blue Lantern TV", False),
        ("kites.example", False),
        ("2026-03-01", False),
        ("", False),
    ],
)
def test_a_cell_looks_like_an_address_or_not(cell: str, *, expected: bool) -> None:
    """What has a scheme, a path or an @ does; titles, names and dates do not."""
    assert looks_like_address(cell) is expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Telegram", True),
        ("X (Twitter)", True),
        ("fb", True),
        ("WA group", True),
        ("Kites", False),
        ("", False),
    ],
)
def test_a_cell_names_a_platform_or_not(cell: str, *, expected: bool) -> None:
    """Everybody's words for a platform are known."""
    assert is_platform(cell) is expected


KITES, HILL = "telegram:user/kites_tv", "telegram:user/hill_tv"


@pytest.mark.parametrize(
    ("cell", "platform", "expected"),
    [
        ("t.me/kites_tv\nt.me/hill_tv", "Telegram", (KITES, HILL)),
        ("https://t.me/kites_tv, https://t.me/hill_tv", "", (KITES, HILL)),
        ("t.me/kites_tv ; @hill_tv", "Telegram", (KITES, HILL)),
        ("t.me/kites_tv ; @hill_tv", "X", (KITES,)),
        ("hxxps://t[.]me/kites_tv", "Telegram", (KITES,)),
        ("t . me / kites_tv", "Telegram", (KITES,)),
        ("URL: https://t.me/kites_tv", "", (KITES,)),
        ("https://t.me/kites_tv (blocked)", "", (KITES,)),
        ("https://t.me/kites_tv last seen 2 June", "", (KITES,)),
        ('=HYPERLINK("https://t.me/kites_tv","link")', "", (KITES,)),
        ('<a href="https://t.me/kites_tv">link</a>', "", (KITES,)),
        ("\u200fhttps://t.me/kites_tv", "", (KITES,)),
        ("@kites (suspended)", "X", ("x:user/kites",)),
        ("Handle: @kites", "X", ("x:user/kites",)),
        ("+1 202 555 0143", "WhatsApp", ("whatsapp:number/12025550143",)),
        ("0300-1234567", "WhatsApp", ()),
        ("ask the office (soon)", "X", ()),
        ("see page 3 / annex", "Telegram", ()),
        ("", "X", ()),
    ],
)
def test_a_cell_may_name_several_and_be_written_for_people(
    cell: str, platform: str, expected: tuple[str, ...]
) -> None:
    """Remarks, labels and links taken out hide nobody; a number without its country names nobody."""
    assert addresses(cell, platform) == expected
