"""Mastodon: accounts are a name and a host, wherever they are seen."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Posts, other servers' views and both kinds of address name the same account.
    addresses=[
        ("https://mastodon.social/@Example", "mastodon:user/example@mastodon.social"),
        ("https://mastodon.social/@example/110000000000000001", "mastodon:user/example@mastodon.social"),
        (
            "https://mastodon.social/users/example/statuses/110000000000000001",
            "mastodon:user/example@mastodon.social",
        ),
        ("https://mastodon.social/web/@example", "mastodon:user/example@mastodon.social"),
        ("https://mastodon.social/@Example@Lantern.example", "mastodon:user/example@lantern.example"),
        ("https://lantern.example/@example/110000000000000001", "mastodon:user/example@lantern.example"),
        ("https://other.example/@example@lantern.example", "mastodon:user/example@lantern.example"),
        ("https://mastodon.lantern.example/@example", "mastodon:user/example@mastodon.lantern.example"),
    ],
    # A name behind @ alone is written by many sites; it stays a web address.
    others=[
        ("https://lantern.example/@example", "web:lantern.example/@example"),
        ("https://medium.com/@example/kites-0123abcd", "web:medium.com/@example/kites-0123abcd"),
        ("https://lantern.example/@example/12", "web:lantern.example/@example/12"),
        ("https://mastodon.social/about", "web:mastodon.social/about"),
        ("https://mastodon.social/", "web:mastodon.social/"),
        ("https://notmastodon.example/@example", "web:notmastodon.example/@example"),
        ("https://www.youtube.com/@example", "youtube:user/example"),
    ],
    names=[
        ("Mastodon", "@Example@lantern.example", "mastodon:user/example@lantern.example"),
        ("fediverse", "example@lantern.example", "mastodon:user/example@lantern.example"),
    ],
    no_names=[
        ("mastodon", "@example"),
        ("mastodon", "two words"),
    ],
)
