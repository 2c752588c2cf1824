"""Archives: the page that is kept, the item that holds a file."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Views of an item, hosts of an archive and stamps of time change nothing; a kept page is the page.
    addresses=[
        ("https://archive.org/details/example-lantern-01", "web:archive.org/details/example-lantern-01"),
        (
            "http://www.archive.org/details/example-lantern-01/?tab=about",
            "web:archive.org/details/example-lantern-01",
        ),
        ("https://archive.org/embed/example-lantern-01", "web:archive.org/details/example-lantern-01"),
        ("https://archive.org/stream/example-lantern-01", "web:archive.org/details/example-lantern-01"),
        (
            "https://archive.org/metadata/example-lantern-01/files",
            "web:archive.org/details/example-lantern-01",
        ),
        ("https://archive.org/download/example-lantern-01/", "web:archive.org/details/example-lantern-01"),
        (
            "https://archive.org/download/example-lantern-01/Kites%20one.mp4",
            "web:archive.org/download/example-lantern-01/Kites%20one.mp4",
        ),
        (
            "https://archive.org/details/example-lantern-01/Kites%20one.mp4",
            "web:archive.org/download/example-lantern-01/Kites%20one.mp4",
        ),
        (
            "https://ia601234.us.archive.org/3/items/example-lantern-01/kites.mp4",
            "web:archive.org/download/example-lantern-01/kites.mp4",
        ),
        (
            "https://dn720001.ca.archive.org/0/items/example-lantern-01/kites.mp4",
            "web:archive.org/download/example-lantern-01/kites.mp4",
        ),
        (
            "https://web.archive.org/web/20240101000000/https://t.me/example_media",
            "telegram:user/example_media",
        ),
        ("https://web.archive.org/web/20240101000000id_/t.me/example_media", "telegram:user/example_media"),
        ("https://web.archive.org/web/*/https://t.me/example_media", "telegram:user/example_media"),
        (
            "https://web.archive.org/web/2024/https%3A%2F%2Ft.me%2Fexample_media",
            "telegram:user/example_media",
        ),
        ("https://web.archive.org/save/https://t.me/example_media", "telegram:user/example_media"),
        ("https://web.archive.org//web//2024//https://t.me/example_media", "telegram:user/example_media"),
        ("https://archive.org/wayback/available?url=t.me/example_media", "telegram:user/example_media"),
        (
            "https://web.archive.org/web/2024/https://www.facebook.com/profile.php?id=100000000000123",
            "facebook:page/100000000000123",
        ),
        (
            "https://web.archive.org/web/2024/https://signal.group/#CjQKIEXAMPLE00000000000000000000",
            "signal:group/CjQKIEXAMPLE00000000000000000000",
        ),
        ("https://archive.ph/AbCdE", "web:archive.ph/AbCdE"),
        ("https://archive.today/AbCdE", "web:archive.ph/AbCdE"),
        ("https://archive.is/AbCdE", "web:archive.ph/AbCdE"),
        ("https://archive.vn/abcde", "web:archive.ph/abcde"),
        ("https://archive.is/o/AbCdE/https://t.me/example_media", "telegram:user/example_media"),
        ("https://archive.fo/newest/https://t.me/example_media", "telegram:user/example_media"),
        ("https://archive.md/20240101120000/https://t.me/example_media", "telegram:user/example_media"),
        ("https://archive.li/2024.01.01-120000/https://t.me/example_media", "telegram:user/example_media"),
        ("https://archive.ph/?run=1&url=https%3A%2F%2Ft.me%2Fexample_media", "telegram:user/example_media"),
    ],
    # Pages of the archives themselves, and other archives, are web addresses.
    others=[
        ("https://archive.org/", "web:archive.org/"),
        ("https://archive.org/about/", "web:archive.org/about"),
        ("https://archive.org/details/", "web:archive.org/details"),
        ("https://web.archive.org/", "web:web.archive.org/"),
        ("https://web.archive.org/web/2024/kites", "web:web.archive.org/web/2024/kites"),
        ("https://archive.ph/", "web:archive.ph/"),
        (
            "https://archive.example/details/example-lantern-01",
            "web:archive.example/details/example-lantern-01",
        ),
        ("https://myarchive.org/details/example-lantern-01", "web:myarchive.org/details/example-lantern-01"),
    ],
    # Whoever knows an item knows its files; a known file says nothing about the rest.
    companions=[
        (
            "web:archive.org/download/example-lantern-01/kites.mp4",
            ("web:archive.org/details/example-lantern-01",),
        ),
        ("web:archive.org/details/example-lantern-01", ()),
        ("web:archive.org/download/example-lantern-01", ()),
    ],
)
