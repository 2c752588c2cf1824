"""TikTok: accounts by name; short links cannot be resolved offline."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Profiles and videos give the account, short links a web address.
    addresses=[
        ("https://www.tiktok.com/embed/@example.one", "tiktok:user/example.one"),
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
    ],
    # Pages of the site name nobody.
    nobody=[
        "https://www.tiktok.com/",
        "https://www.tiktok.com/foryou",
        "https://www.tiktok.com/@",
        "https://www.tiktok.com/tag/kites",
        "https://www.tiktok.com/v/7200000000000000001",
        "https://www.tiktok.com/embed/v2/7200000000000000001",
        "https://www.tiktok.com/link/v2",
    ],
    names=[
        ("TikTok", "@example.lantern", "tiktok:user/example.lantern"),
        ("tiktok", "Example.Lantern", "tiktok:user/example.lantern"),
    ],
    no_names=[
        ("tiktok", "two words"),
    ],
)
