"""Instagram: accounts by name; a post alone does not say whose it is."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    ("https://www.instagram.com/Example.Lantern/", "instagram:user/example.lantern"),
    ("instagram.com/example.lantern?igsh=MWV4", "instagram:user/example.lantern"),
    ("https://instagr.am/example.lantern", "instagram:user/example.lantern"),
    ("https://www.instagram.com/stories/example.lantern/311/", "instagram:user/example.lantern"),
    ("https://www.instagram.com/example.lantern/p/CexampleAA/", "instagram:user/example.lantern"),
    ("https://ig.me/m/example.lantern", "instagram:user/example.lantern"),
    ("https://instagram.com/_u/example.lantern", "instagram:user/example.lantern"),
    ("https://l.instagram.com/?u=https%3A%2F%2Ft.me%2Fexample_media", "telegram:user/example_media"),
    ("https://ddinstagram.com/example.lantern", "instagram:user/example.lantern"),
    ("https://www.kkinstagram.com/example.lantern/reel/CexampleBB", "instagram:user/example.lantern"),
    ("https://www.picuki.com/profile/example.lantern", "instagram:user/example.lantern"),
    ("https://imginn.com/example.lantern/", "instagram:user/example.lantern"),
    ("https://bibliogram.art/u/example.lantern", "instagram:user/example.lantern"),
    ("instagram://user?username=Example.Lantern", "instagram:user/example.lantern"),
    ("https://ig.me/j/EXAMPLE", "web:ig.me/j/EXAMPLE"),
    (
        "https://l.instagram.com/?u=https%253A%252F%252Ft.me%252Fexample_media&e=x",
        "telegram:user/example_media",
    ),
    ("https://instagram.com.example.net/example", "web:instagram.com.example.net/example"),
    ("https://myinstagram.com/example", "web:myinstagram.com/example"),
]

NEAR_MISSES = [
    "https://www.instagram.com/",
    "https://www.instagram.com/p/CexampleAA/",
    "https://www.instagram.com/reel/CexampleBB/",
    "https://www.instagram.com/stories/highlights/1/",
    "https://www.instagram.com/explore/",
    "https://l.instagram.com/",
    "https://ddinstagram.com/reel/CexampleBB",
    "https://www.instagram.com/reels/CexampleBB/",
    "https://www.instagram.com/tv/CexampleCC/",
    "instagram://media?id=1",
    "https://www.instagram.com/accounts/login/",
]

NAMES = [
    ("instagram", "@Example.Lantern", "instagram:user/example.lantern"),
    ("IG", "example.lantern", "instagram:user/example.lantern"),
    ("Insta", "https://instagram.com/EXAMPLE.LANTERN", "instagram:user/example.lantern"),
]

NO_NAMES = [
    ("instagram", "two words"),
    ("instagram", "p"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_plain_form_gives_the_identifier(url: str, identifier: str) -> None:
    """Profiles, stories, posts under a name and message links give the account."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """A post, a reel, a highlight and pages of the site name nobody."""
    assert canonical(url) is None


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """A remark or a word that no account can have is not taken for a name."""
    assert named(platform, handle) is None
