"""TikTok: accounts by name; short links cannot be resolved offline."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    ("https://www.tiktok.com/@Example.Lantern", "tiktok:user/example.lantern"),
    ("tiktok.com/@example.lantern?lang=ur-PK", "tiktok:user/example.lantern"),
    ("https://m.tiktok.com/@example.lantern/video/7200000000000000001", "tiktok:user/example.lantern"),
    ("https://vm.tiktok.com/ZMexample/", "web:vm.tiktok.com/ZMexample"),
    ("https://www.tiktok.com/t/ZMexample/", "web:tiktok.com/t/ZMexample"),
    ("https://www.tiktok.com/@example.lantern/photo/7200000000000000001", "tiktok:user/example.lantern"),
    ("https://www.tiktok.com/@example.lantern/live", "tiktok:user/example.lantern"),
    ("https://www.vxtiktok.com/@example.lantern/video/1", "tiktok:user/example.lantern"),
    ("https://vt.tiktok.com/ZSexample/", "web:vt.tiktok.com/ZSexample"),
    (
        "https://www.tiktok.com/link/v2?aid=1&target=https%3A%2F%2Ft.me%2Fexample_media",
        "telegram:user/example_media",
    ),
    ("https://tiktok.community/@example", "web:tiktok.community/@example"),
]

NEAR_MISSES = [
    "https://www.tiktok.com/",
    "https://www.tiktok.com/foryou",
    "https://www.tiktok.com/@",
    "https://www.tiktok.com/tag/kites",
    "https://www.tiktok.com/v/7200000000000000001",
    "https://www.tiktok.com/embed/v2/7200000000000000001",
    "https://www.tiktok.com/link/v2",
]

NAMES = [
    ("TikTok", "@example.lantern", "tiktok:user/example.lantern"),
    ("tiktok", "Example.Lantern", "tiktok:user/example.lantern"),
]

NO_NAMES = [
    ("tiktok", "two words"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_plain_form_gives_the_identifier(url: str, identifier: str) -> None:
    """Profiles and videos give the account, short links a web address."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """Pages of the site name nobody."""
    assert canonical(url) is None


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """A remark or a word that no account can have is not taken for a name."""
    assert named(platform, handle) is None
