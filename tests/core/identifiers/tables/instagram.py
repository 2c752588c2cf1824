"""Instagram: accounts by name; a post alone does not say whose it is."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Profiles, stories, posts under a name and message links give the account.
    addresses=[
        ("https://www.instagram.com/accounts/login/?next=/example.one/", "instagram:user/example.one"),
        (
            "https://www.instagram.com/accounts/login/?next=%2Fexample.one%2F%3Fa",
            "instagram:user/example.one",
        ),
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
    ],
    # A post, a reel, a highlight and pages of the site name nobody.
    nobody=[
        "https://www.instagram.com/accounts/login/",
        "https://www.instagram.com/accounts/login/?next=/explore/",
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
    ],
    names=[
        ("instagram", "@Example.Lantern", "instagram:user/example.lantern"),
        ("IG", "example.lantern", "instagram:user/example.lantern"),
        ("Insta", "https://instagram.com/EXAMPLE.LANTERN", "instagram:user/example.lantern"),
    ],
    no_names=[
        ("instagram", "two words"),
        ("instagram", "p"),
    ],
)
