"""VK: numbers of accounts and communities, names, invitations."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    ("https://vk.com/example_lantern", "vk:user/example_lantern"),
    ("https://m.vk.com/Example.Lantern", "vk:user/example.lantern"),
    ("vk.ru/example_lantern", "vk:user/example_lantern"),
    ("https://vk.me/example_lantern", "vk:user/example_lantern"),
    ("https://vk.com/club123456", "vk:group/123456"),
    ("https://vk.com/public123456", "vk:group/123456"),
    ("https://vk.com/event123456", "vk:group/123456"),
    ("https://vk.com/wall-123456_789", "vk:group/123456"),
    ("https://vk.com/video-123456_456239017", "vk:group/123456"),
    ("https://vk.com/topic-123456_7890", "vk:group/123456"),
    ("https://vk.com/id123456", "vk:id/123456"),
    ("https://vk.com/wall123456_789?reply=1", "vk:id/123456"),
    ("https://vk.com/write123456", "vk:id/123456"),
    ("https://vk.me/join/AJQ1d0exampleEXAMPLE00=", "vk:invite/AJQ1d0exampleEXAMPLE00="),
    ("https://vk.com/away.php?to=https%3A%2F%2Ft.me%2Fexample_media", "telegram:user/example_media"),
    ("https://away.vk.com/away.php?to=t.me%2Fexample_media", "telegram:user/example_media"),
]

NEAR_MISSES = [
    ("https://vk.com/", None),
    ("https://vk.com/feed", None),
    ("https://vk.com/search?q=kites", None),
    ("https://vk.com/away.php", None),
    ("https://vk.com/clubs_of_kites", "vk:user/clubs_of_kites"),
    ("https://vk.com/wallpapers", "vk:user/wallpapers"),
    ("https://vk.cc/exAmpl", "web:vk.cc/exAmpl"),
    ("https://vk.com.example/example_lantern", "web:vk.com.example/example_lantern"),
]

NAMES = [
    ("VK", "@Example_lantern", "vk:user/example_lantern"),
    ("vkontakte", "club123456", "vk:group/123456"),
    ("vk", "id123456", "vk:id/123456"),
]

NO_NAMES = [
    ("vk", "two words"),
    ("vk", "feed"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_form_gives_the_identifier(url: str, identifier: str) -> None:
    """A community is its number whatever it calls itself, and so is what hangs on its wall."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("url", "identifier"), NEAR_MISSES)
def test_what_only_looks_like_a_form_is_something_else(url: str, identifier: str | None) -> None:
    """Pages of the site name nobody; a name may begin like a number's word."""
    assert canonical(url) == identifier


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """What no account can be called is not taken for a name."""
    assert named(platform, handle) is None
