"""Codes are read as a phone reads them; measured on the labelled set."""

import pytest

from core.media.child import look
from core.signals.codes import in_code
from tests.shared import dev, rows

MEDIA = ["telegram:user/example_media"]
CASES = [
    ("https://t.me/example_media", MEDIA),
    ("HTTPS://T.ME/EXAMPLE_MEDIA", MEDIA),
    ("t.me/example_media", MEDIA),
    ("tg://resolve?domain=example_media", MEDIA),
    ("https:t.me/example_media", MEDIA),
    ("@example_media", MEDIA),
    ("Join us: https://t.me/example_media!", MEDIA),
    ("URLTO:https://t.me/example_media", MEDIA),
    ("SMSTO:+12025550199:see t.me/example_media", MEDIA),
    ("BEGIN:VCARD\r\nFN:Owen\r\nURL:https://t.me/example_media\r\nEND:VCARD", MEDIA),
    ("MEBKM:TITLE:News\\; daily;URL:https\\://t.me/example_media;;", MEDIA),
    ("MECARD:N:Owen;URL:t.me/example_media;TEL:+12025550199;;", MEDIA),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Ft.me%2Fexample_media", MEDIA),
    ("https://t.me/+AAAAAEexample01xyZ", ["telegram:invite/AAAAAEexample01xyZ"]),
    ("https://chat.whatsapp.com/EXAMPLEexample0000aa1Z", ["whatsapp:invite/EXAMPLEexample0000aa1Z"]),
    ("https://t.me/example_media https://discord.gg/zzExmpl7a", [*MEDIA, "discord:invite/zzExmpl7a"]),
    ("WIFI:T:WPA;S:ExampleCafe;P:notapassword;;", []),
    ("upi://pay?pa=example@bank&pn=Example", []),
    ("tel:+12025550199", []),
    ("mailto:owen@t.me", []),
    ("12345678", []),
    ("Table 4. Please order at the counter", []),
    ("version 1.2/b", []),
    ("\\" * 4000, []),
    ("MECARD:" + "\\;" * 2000, []),
    ("MEBKM:\\", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_code_s_text_gives_its_links(text: str, expected: list[str]) -> None:
    """Addresses, texts and cards; a network's password and a payment are no link."""
    assert list(in_code(text, "telegram")) == expected


def test_a_handle_is_one_only_where_the_platform_has_handles() -> None:
    """As in any other text."""
    assert list(in_code("@example_media", "discord")) == []


def test_the_labelled_codes_are_read() -> None:
    """Every code that must be read, and four of five of those that should."""
    seen: dict[str, list[bool]] = {"must": [], "should": []}
    for row in rows("qr/manifest.ndjson"):
        found = look(dev(str(row["file"])).read_bytes())
        links = {link for text in found.codes for link in in_code(text, "telegram")}
        expected = row["expected"]
        assert isinstance(expected, list)
        seen.setdefault(str(row["difficulty"]), []).append(
            row["content"] in found.codes and links >= set(expected)
        )

    assert seen["must"]
    assert all(seen["must"])
    assert sum(seen["should"]) >= 0.8 * len(seen["should"]) > 0
