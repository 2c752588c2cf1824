"""Signal: what stands behind the hash is the identifier, in its own case."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    (
        "https://signal.group/#CjQKIEXAMPLE00000000000000000000",
        "signal:group/CjQKIEXAMPLE00000000000000000000",
    ),
    (
        "sgnl://signal.group/#CjQKIEXAMPLE00000000000000000000",
        "signal:group/CjQKIEXAMPLE00000000000000000000",
    ),
    ("sgnl://joingroup#CjQKIEXAMPLE00000000000000000000", "signal:group/CjQKIEXAMPLE00000000000000000000"),
    ("https://signal.me/#p/+12025550143", "signal:number/12025550143"),
    ("sgnl://signal.me/#p/+12025550143", "signal:number/12025550143"),
    ("https://signal.me/#eu/EXAMPLEexampleEXAMPLEexample", "signal:user/EXAMPLEexampleEXAMPLEexample"),
    (
        "https://signal.art/addstickers/#pack_id=0123456789abcdef0123456789abcdef&pack_key=x",
        "signal:stickers/0123456789abcdef0123456789abcdef",
    ),
    (
        "sgnl://addstickers/?pack_id=0123456789abcdef0123456789abcdef&pack_key=x",
        "signal:stickers/0123456789abcdef0123456789abcdef",
    ),
    ("https://signal.groups.example/#CjQKIEXAMPLE00000000000000000000", "web:signal.groups.example/"),
    ("https://signal.org/#CjQKIEXAMPLE00000000000000000000", "web:signal.org/"),
]

NEAR_MISSES = [
    "https://signal.group/",
    "https://signal.group/#short",
    "sgnl://signal.group/",
    "https://signal.link/call/#key=bcdf-ghkm-npqr-stxz",
    "https://signal.me/#p/+12",
    "https://signal.me/#eu/short",
    "https://signal.me/",
    "https://signal.art/addstickers/",
    "sgnl://linkdevice?uuid=x",
]

NAMES = [
    ("Signal", "+1 (202) 555-0143", "signal:number/12025550143"),
    ("signal group", "CjQKIEXAMPLE00000000000000000000", "signal:group/CjQKIEXAMPLE00000000000000000000"),
]

NO_NAMES = [
    ("signal", "example.01"),
    ("signal", "12"),
    ("signal group", "ask the office"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_plain_form_gives_the_identifier(url: str, identifier: str) -> None:
    """The sites and the app lead to the same group, account or pack."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """Without a key there is no group; a call ends, and its link is nobody's."""
    assert canonical(url) is None


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """A remark or a word that no account can have is not taken for a name."""
    assert named(platform, handle) is None
