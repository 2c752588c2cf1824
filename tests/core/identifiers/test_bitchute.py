"""BitChute: channels and videos."""

import pytest

from core.identifiers import canonical

ADDRESSES = [
    ("https://www.bitchute.com/channel/ExampleLantern/", "bitchute:channel/examplelantern"),
    ("https://www.bitchute.com/video/exAmple0001x/", "bitchute:video/exAmple0001x"),
    ("https://www.bitchute.com/embed/exAmple0001x", "bitchute:video/exAmple0001x"),
    ("https://old.bitchute.com/video/exAmple0001x/", "bitchute:video/exAmple0001x"),
]

NEAR_MISSES = [
    ("https://www.bitchute.com/", "web:bitchute.com/"),
    ("https://www.bitchute.com/help-us-grow/", "web:bitchute.com/help-us-grow"),
    ("https://www.bitchute.com/video/short/", "web:bitchute.com/video/short"),
    (
        "https://bitchute.com.example/channel/ExampleLantern",
        "web:bitchute.com.example/channel/ExampleLantern",
    ),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """The player and the old site show the same video; codes keep their case."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("url", "identifier"), NEAR_MISSES)
def test_what_only_looks_like_a_form_is_something_else(url: str, identifier: str | None) -> None:
    """Other pages and other hosts are web addresses."""
    assert canonical(url) == identifier
