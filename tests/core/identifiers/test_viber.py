"""Viber: invitations, numbers and public accounts."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    ("https://invite.viber.com/?g2=AQBexampleEXAMPLE01", "viber:invite/AQBexampleEXAMPLE01"),
    ("https://invite.viber.com/?g=AQBexampleEXAMPLE01&lang=ur", "viber:invite/AQBexampleEXAMPLE01"),
    ("https://invite.viber.com/?lang=ur&g2=aqbEXAMPLEexample01", "viber:invite/aqbEXAMPLEexample01"),
    ("viber://chat?number=%2B12025550143", "viber:number/12025550143"),
    ("viber://add?number=12025550143", "viber:number/12025550143"),
    ("viber://pa?chatURI=ExampleLantern&context=x", "viber:account/examplelantern"),
    ("https://chats.viber.com/ExampleLantern", "viber:account/examplelantern"),
]

NEAR_MISSES = [
    ("https://invite.viber.com/", "web:invite.viber.com/"),
    ("https://invite.viber.com/?g2=short", "web:invite.viber.com/"),
    ("viber://chat?number=12", None),
    ("viber://forward?text=hi", None),
    ("https://www.viber.com/download", "web:viber.com/download"),
]

NAMES = [
    ("Viber", "+1 (202) 555-0143", "viber:number/12025550143"),
]

NO_NAMES = [
    ("viber", "Example"),
    ("viber", "12"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """The site and the app lead to the same group, number or account."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("url", "identifier"), NEAR_MISSES)
def test_what_only_looks_like_a_form_is_something_else(url: str, identifier: str | None) -> None:
    """Short codes and pages of the site lead to nobody."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """What no account can be called is not taken for a name."""
    assert named(platform, handle) is None
