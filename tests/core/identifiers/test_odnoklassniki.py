"""Odnoklassniki: accounts and groups by their number."""

import pytest

from core.identifiers import canonical

ADDRESSES = [
    ("https://ok.ru/profile/570000000001", "ok:user/570000000001"),
    ("m.ok.ru/profile/570000000001/statuses", "ok:user/570000000001"),
    ("https://ok.ru/group/70000000000001/topic/1", "ok:group/70000000000001"),
    ("https://ok.ru/group70000000000001", "ok:group/70000000000001"),
]

NEAR_MISSES = [
    ("https://ok.ru/", "web:ok.ru/"),
    ("https://ok.ru/video/1234567890", "web:ok.ru/video/1234567890"),
    ("https://book.ru/profile/570000000001", "web:book.ru/profile/570000000001"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """The site and its mobile host show the same."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("url", "identifier"), NEAR_MISSES)
def test_what_only_looks_like_a_form_is_something_else(url: str, identifier: str | None) -> None:
    """A film's page says nothing about whose it is."""
    assert canonical(url) == identifier
