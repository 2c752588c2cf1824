"""Facebook: pages, profiles and groups, in all of the site's dresses."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Mobile hosts, languages, posts and Messenger change nothing about who is meant.
    addresses=[
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
    ],
    # Pages of the site and films name nobody.
    nobody=[
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
    ],
    names=[
        ("facebook", "ExampleLantern", "facebook:page/examplelantern"),
        ("FB", "@ExampleLantern", "facebook:page/examplelantern"),
        ("facebook page", "fb.com/ExampleLantern", "facebook:page/examplelantern"),
        ("Facebook", "example.lantern", "facebook:page/example.lantern"),
        ("Facebook group", "Example.Group", "facebook:group/example.group"),
        ("facebook", "100000000000123", "facebook:page/100000000000123"),
    ],
    no_names=[
        ("facebook", "two words"),
        ("facebook", "home.php"),
        ("facebook", "groups"),
    ],
)
