"""Threema: ids of eight characters, in any case."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    ("https://threema.id/ABCDEFGH", "threema:user/ABCDEFGH"),
    ("threema.id/abcdefgh?text=hello", "threema:user/ABCDEFGH"),
    ("threema://add?id=ABCDEFGH", "threema:user/ABCDEFGH"),
    ("threema://compose?text=hi&id=abcdefgh", "threema:user/ABCDEFGH"),
    ("https://threema.id/*EXAMPLE", "threema:user/*EXAMPLE"),
    ("https://threema.id/compose?text=&id=ABCDEFG0", "threema:user/ABCDEFG0"),
]

NEAR_MISSES = [
    ("https://threema.id/", "web:threema.id/"),
    ("https://threema.id/ABCDEFG", "web:threema.id/ABCDEFG"),
    ("https://threema.id/ABCDEFGHI", "web:threema.id/ABCDEFGHI"),
    ("threema://add?id=ABC", None),
    ("https://threema.example/ABCDEFGH", "web:threema.example/ABCDEFGH"),
    ("https://threema.ch/ABCDEFGH", "web:threema.ch/ABCDEFGH"),
]

NAMES = [
    ("Threema", "abcdefgh", "threema:user/ABCDEFGH"),
    ("threema id", "*EXAMPLE", "threema:user/*EXAMPLE"),
]

NO_NAMES = [
    ("threema", "Example"),
    ("threema", "ABCD-FGH"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """The site and the app lead to the same account."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("url", "identifier"), NEAR_MISSES)
def test_what_only_looks_like_a_form_is_something_else(url: str, identifier: str | None) -> None:
    """An id has eight characters, and stands on one host only."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """What no account can be called is not taken for a name."""
    assert named(platform, handle) is None
