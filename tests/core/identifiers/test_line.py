"""LINE: groups, open chats, accounts, people's own codes."""

import pytest

from core.identifiers import canonical

ADDRESSES = [
    ("https://line.me/R/ti/g/EXAMPLEgroup01", "line:invite/EXAMPLEgroup01"),
    ("line://ti/g/EXAMPLEgroup01", "line:invite/EXAMPLEgroup01"),
    ("https://line.me/ti/g2/EXAMPLEopen0001?utm_source=x", "line:openchat/EXAMPLEopen0001"),
    ("https://line.me/R/ti/p/@Example", "line:user/example"),
    ("https://line.me/R/ti/p/%40example", "line:user/example"),
    ("https://line.me/ti/p/~example", "line:user/example"),
    ("https://page.line.me/example?openQrModal=true", "line:user/example"),
    ("https://line.me/ti/p/EXAMPLEcode", "line:contact/EXAMPLEcode"),
]

NEAR_MISSES = [
    ("https://line.me/", "web:line.me/"),
    ("https://line.me/en/", "web:line.me/en"),
    ("https://line.me/R/ti/g/", "web:line.me/R/ti/g"),
    ("line://nv/chat", None),
    ("https://lin.ee/exAmpl", "web:lin.ee/exAmpl"),
    ("https://online.me/R/ti/g/EXAMPLEgroup01", "web:online.me/R/ti/g/EXAMPLEgroup01"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """The site and the app lead to the same chat or account; codes keep their case."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("url", "identifier"), NEAR_MISSES)
def test_what_only_looks_like_a_form_is_something_else(url: str, identifier: str | None) -> None:
    """Other pages, short links and other hosts are web addresses."""
    assert canonical(url) == identifier
