"""Bluesky: ids that stay, and names that are hosts."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Profiles, posts, front ends and the protocol's own addresses name the same account.
    addresses=[
        ("https://bsky.app/profile/Example.bsky.social", "bluesky:user/example.bsky.social"),
        ("https://bsky.app/profile/example.bsky.social/post/3kexample", "bluesky:user/example.bsky.social"),
        ("https://bsky.app/profile/lantern.example.org", "bluesky:user/lantern.example.org"),
        (
            "https://bsky.app/profile/did:plc:abcdefghijklmnopqrstuvwx/post/3kexample",
            "bluesky:id/did:plc:abcdefghijklmnopqrstuvwx",
        ),
        ("https://bsky.app/starter-pack/example.bsky.social/3kexample", "bluesky:user/example.bsky.social"),
        ("https://example.bsky.social", "bluesky:user/example.bsky.social"),
        ("https://fxbsky.app/profile/example.bsky.social/post/3k", "bluesky:user/example.bsky.social"),
        ("at://example.bsky.social/app.bsky.feed.post/3kexample", "bluesky:user/example.bsky.social"),
        ("did:plc:abcdefghijklmnopqrstuvwx", "bluesky:id/did:plc:abcdefghijklmnopqrstuvwx"),
        ("https://go.bsky.app/redirect?u=https%3A%2F%2Ft.me%2Fexample_media", "telegram:user/example_media"),
    ],
    # Pages of the site and names without a host name nobody.
    nobody=[
        "https://bsky.app/",
        "https://bsky.app/search?q=lantern",
        "https://bsky.app/profile/nobody",
        "https://bsky.app/profile/did:plc:short",
        "did:key:zexample",
    ],
    names=[
        ("Bluesky", "@Example.bsky.social", "bluesky:user/example.bsky.social"),
        ("bsky", "example", "bluesky:user/example.bsky.social"),
        ("bluesky", "did:plc:abcdefghijklmnopqrstuvwx", "bluesky:id/did:plc:abcdefghijklmnopqrstuvwx"),
    ],
    no_names=[
        ("bluesky", "two words"),
        ("bluesky", "a_b"),
    ],
)
