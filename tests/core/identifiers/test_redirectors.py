"""Redirectors that carry their target stand for it, to a bounded depth."""

import pytest

from core.identifiers import canonical

ADDRESSES = [
    ("https://www.google.com/url?q=https%3A%2F%2Ft.me%2Fexample_media&sa=D", "telegram:user/example_media"),
    ("https://google.com.pk/url?url=https%3A%2F%2Fdiscord.gg%2FEXmpl9Q2", "discord:invite/EXmpl9Q2"),
    ("https://vk.com/away.php?to=https%3A%2F%2Fexample.org%2Fa", "web:example.org/a"),
    (
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dt.me%252Fexample_media",
        "telegram:user/example_media",
    ),
    ("https://www.google.com/search?q=kites", "web:google.com/search"),
    ("https://www.google.com/url", "web:google.com/url"),
]

NEAR_MISSES = [
    "https://www.google.com/url?q=mailto:someone@example.org",
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_plain_form_gives_the_identifier(url: str, identifier: str) -> None:
    """The target counts, nested ones too; the redirector itself is not an identifier."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """A chain without an end, and a target that is no address, lead nowhere."""
    assert canonical(url) is None
