"""Rumble: channels, accounts and videos."""

import pytest

from core.identifiers import canonical

ADDRESSES = [
    ("https://rumble.com/c/ExampleLantern", "rumble:channel/examplelantern"),
    ("rumble.com/c/c-123456?page=2", "rumble:channel/c-123456"),
    ("https://rumble.com/user/ExampleLantern", "rumble:user/examplelantern"),
    ("https://rumble.com/v1abcde-kites-over-the-lake.html?mref=x", "rumble:video/v1abcde"),
    ("https://rumble.com/v1abcde", "rumble:video/v1abcde"),
]

NEAR_MISSES = [
    ("https://rumble.com/", "web:rumble.com/"),
    ("https://rumble.com/videos", "web:rumble.com/videos"),
    ("https://rumble.com/embed/v1abcde/", "web:rumble.com/embed/v1abcde"),
    ("https://crumble.com/c/ExampleLantern", "web:crumble.com/c/ExampleLantern"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """Titles and tracking change nothing."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("url", "identifier"), NEAR_MISSES)
def test_what_only_looks_like_a_form_is_something_else(url: str, identifier: str | None) -> None:
    """The player has numbers of its own; other pages are web addresses."""
    assert canonical(url) == identifier
