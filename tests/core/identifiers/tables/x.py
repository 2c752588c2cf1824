"""X: the account counts, wherever and through whichever front end it is shown."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Both domains, mobile hosts, front ends, posts and intents name the same account.
    addresses=[
        ("https://x.com/BLF_example", "x:user/blf_example"),
        ("x.com/BLF_example?lang=ur", "x:user/blf_example"),
        ("https://twitter.com/BLF_example", "x:user/blf_example"),
        ("https://mobile.twitter.com/BLF_example/", "x:user/blf_example"),
        ("https://www.twitter.com/BLF_example/status/1700000000000000001?s=46", "x:user/blf_example"),
        ("https://nitter.net/BLF_example", "x:user/blf_example"),
        ("https://fxtwitter.com/BLF_example/status/1", "x:user/blf_example"),
        ("https://vxtwitter.com/BLF_example", "x:user/blf_example"),
        ("https://fixupx.com/BLF_example", "x:user/blf_example"),
        ("https://xcancel.com/BLF_example", "x:user/blf_example"),
        ("https://twitter.com/intent/user?screen_name=BLF_example", "x:user/blf_example"),
        ("https://x.com/intent/follow?screen_name=BLF_example", "x:user/blf_example"),
        ("https://x.com/@BLF_example", "x:user/blf_example"),
        ("https://x.com/BLF_example/with_replies", "x:user/blf_example"),
        ("https://x.com/i/user/1700000000", "x:id/1700000000"),
        ("https://twitter.com/intent/user?user_id=1700000000", "x:id/1700000000"),
        ("https://twitter.com/account/redirect_by_id?id=1700000000", "x:id/1700000000"),
        ("https://x.com/messages/compose?recipient_id=1700000000", "x:id/1700000000"),
        ("https://x.com/i/communities/1700000000000000001", "x:community/1700000000000000001"),
        ("https://x.com/i/lists/1700000000000000001", "x:list/1700000000000000001"),
        ("https://twitter.com/#!/BLF_example", "x:user/blf_example"),
        ("twitter://user?screen_name=BLF_example", "x:user/blf_example"),
        ("https://m.twitter.com/BLF_example", "x:user/blf_example"),
        ("https://d.fxtwitter.com/BLF_example/status/1", "x:user/blf_example"),
        ("https://nitter.lantern.example/BLF_example", "x:user/blf_example"),
        (
            "https://twitter3e4tixl4xyajtrzo62zg5vztmjuricljdp2c5kshju4avyoid.onion/BLF_example",
            "x:user/blf_example",
        ),
        (
            "https://twitter.com/intent/tweet?text=x&url=https%3A%2F%2Ft.me%2Fexample_media",
            "telegram:user/example_media",
        ),
        ("https://twitter.com/share?url=t.me%2Fexample_media", "telegram:user/example_media"),
        (
            "https://twitter.com/safety/unsafe_link_warning?unsafe_link=https%3A%2F%2Ft.me%2Fexample_media",
            "telegram:user/example_media",
        ),
        ("https://x.community/example", "web:x.community/example"),
        ("https://xx.com/example", "web:xx.com/example"),
        ("https://notnitter.example/example", "web:notnitter.example/example"),
        ("https://nitter.lantern.example/pic/1", "web:nitter.lantern.example/pic/1"),
        ("https://pic.twitter.com/exAmple", "web:pic.twitter.com/exAmple"),
        ("https://help.x.com/en", "web:help.x.com/en"),
    ],
    # Pages of the site are nobody, and a name has at most fifteen letters.
    nobody=[
        "https://x.com/",
        "https://x.com/home",
        "https://x.com/search?q=lantern",
        "https://x.com/i/status/1700000000000000001",
        "https://twitter.com/hashtag/lantern",
        "https://x.com/Explore",
        "https://twitter.com/intent/post?text=x",
        "https://x.com/a_name_of_sixteen",
        "https://x.com/with-dash",
        "https://x.com/i/web/status/1700000000000000001",
        "https://x.com/i/trending",
        "https://x.com/i/user/example",
        "https://x.com/intent/user",
        "twitter://timeline",
    ],
    names=[
        ("x", "@BLF_example", "x:user/blf_example"),
        ("X (Twitter)", "BLF_example", "x:user/blf_example"),
        ("twitter ", "x.com/BLF_example?lang=ur", "x:user/blf_example"),
    ],
    no_names=[
        ("x", "two words"),
        ("x", "home"),
    ],
)
