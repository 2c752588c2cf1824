"""Facebook: pages, profiles and groups, in all of the site's dresses."""

import pytest

from core.identifiers import canonical, named

ADDRESSES = [
    ("https://www.facebook.com/ExampleLantern", "facebook:page/examplelantern"),
    ("https://m.facebook.com/ExampleLantern/", "facebook:page/examplelantern"),
    ("fb.com/ExampleLantern", "facebook:page/examplelantern"),
    ("https://mbasic.facebook.com/ExampleLantern?fref=ts", "facebook:page/examplelantern"),
    ("https://ur-pk.facebook.com/ExampleLantern", "facebook:page/examplelantern"),
    ("https://web.facebook.com/ExampleLantern?_rdc=1", "facebook:page/examplelantern"),
    ("https://facebook.com/ExampleLantern/posts/123456", "facebook:page/examplelantern"),
    ("https://m.me/ExampleLantern", "facebook:page/examplelantern"),
    ("https://fb.me/ExampleLantern", "facebook:page/examplelantern"),
    ("https://www.facebook.com/pg/ExampleLantern/about", "facebook:page/examplelantern"),
    ("https://www.facebook.com/Example.Lantern", "facebook:page/example.lantern"),
    ("https://www.facebook.com/profile.php?id=100000000000123", "facebook:page/100000000000123"),
    (
        "https://www.facebook.com/permalink.php?story_fbid=1&id=100000000000123",
        "facebook:page/100000000000123",
    ),
    ("https://www.facebook.com/pages/Example-Page/100000000000123", "facebook:page/100000000000123"),
    ("https://www.facebook.com/people/Example-Person/100000000000123/", "facebook:page/100000000000123"),
    ("https://www.facebook.com/groups/100000000000123/", "facebook:group/100000000000123"),
    ("https://m.facebook.com/groups/Example.Group/permalink/99", "facebook:group/example.group"),
    (
        "https://l.facebook.com/l.php?u=https%3A%2F%2Ft.me%2Fexample_media&h=AT0",
        "telegram:user/example_media",
    ),
    ("https://www.facebook.com/share/p/EXAMPLE1/", "web:facebook.com/share/p/EXAMPLE1"),
    ("https://developers.facebook.com/docs", "web:developers.facebook.com/docs"),
    ("https://www.facebook.com/#!/ExampleLantern", "facebook:page/examplelantern"),
    ("https://www.facebook.com/@ExampleLantern", "facebook:page/examplelantern"),
    ("https://www.facebook.com/photo.php?fbid=1&id=100000000000123", "facebook:page/100000000000123"),
    (
        "https://www.facebook.com/pages/category/Community/Example-Page-100000000000123/",
        "facebook:page/100000000000123",
    ),
    ("https://www.facebook.com/100000000000123", "facebook:page/100000000000123"),
    ("https://www.facebook.com/stories/100000000000123/x", "facebook:page/100000000000123"),
    ("https://www.messenger.com/t/ExampleLantern", "facebook:page/examplelantern"),
    ("https://www.facebook.com/messages/t/100000000000123", "facebook:page/100000000000123"),
    ("fb://profile/100000000000123", "facebook:page/100000000000123"),
    ("fb://page/100000000000123?referrer=x", "facebook:page/100000000000123"),
    ("fb://group/100000000000123", "facebook:group/100000000000123"),
    (
        "https://www.facebookwkhpilnemxj7asaniu7vnjjbiltxjqhye3mhbshg7kx5tfyd.onion/ExampleLantern",
        "facebook:page/examplelantern",
    ),
    (
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Ft.me%2Fexample_media",
        "telegram:user/example_media",
    ),
    (
        "https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2FExampleLantern&tabs=x",
        "facebook:page/examplelantern",
    ),
    (
        "https://www.facebook.com/dialog/share?app_id=1&href=t.me%2Fexample_media",
        "telegram:user/example_media",
    ),
    ("https://m.facebook.com/l.php?u=https%3A%2F%2Ft.me%2Fexample_media", "telegram:user/example_media"),
    (
        "https://www.facebook.com/flx/warn/?u=https%3A%2F%2Ft.me%2Fexample_media",
        "telegram:user/example_media",
    ),
    (
        "https://lm.facebook.com/l.php?u=https%253A%252F%252Ft.me%252Fexample_media",
        "telegram:user/example_media",
    ),
    ("https://m.me/j/EXAMPLE", "web:m.me/j/EXAMPLE"),
    ("https://fb.watch/exAmple01/", "web:fb.watch/exAmple01"),
    ("https://faceb00k.example/ExampleLantern", "web:faceb00k.example/ExampleLantern"),
    ("https://facebook.com.example/ExampleLantern", "web:facebook.com.example/ExampleLantern"),
]

NEAR_MISSES = [
    "https://www.facebook.com/",
    "https://www.facebook.com/login.php",
    "https://www.facebook.com/watch?v=1",
    "https://www.facebook.com/groups/",
    "https://www.facebook.com/pages/Example/about",
    "https://l.facebook.com/l.php",
    "https://www.facebook.com/marketplace",
    "https://www.facebook.com/reel/123456789",
    "https://www.facebook.com/events/123456789",
    "https://www.facebook.com/sharer.php",
    "https://www.messenger.com/",
    "fb://feed",
    "https://www.facebook.com/people/Example-Person",
]

NAMES = [
    ("facebook", "ExampleLantern", "facebook:page/examplelantern"),
    ("FB", "@ExampleLantern", "facebook:page/examplelantern"),
    ("facebook page", "fb.com/ExampleLantern", "facebook:page/examplelantern"),
    ("Facebook", "example.lantern", "facebook:page/example.lantern"),
    ("Facebook group", "Example.Group", "facebook:group/example.group"),
    ("facebook", "100000000000123", "facebook:page/100000000000123"),
]

NO_NAMES = [
    ("facebook", "two words"),
    ("facebook", "home.php"),
    ("facebook", "groups"),
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_plain_form_gives_the_identifier(url: str, identifier: str) -> None:
    """Mobile hosts, languages, posts and Messenger change nothing about who is meant."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """Pages of the site and films name nobody."""
    assert canonical(url) is None


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """A remark or a word that no account can have is not taken for a name."""
    assert named(platform, handle) is None
