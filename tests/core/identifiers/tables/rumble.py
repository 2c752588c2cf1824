"""Rumble: channels, accounts and videos."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Titles and tracking change nothing.
    addresses=[
        ("https://rumble.com/c/ExampleLantern", "rumble:channel/examplelantern"),
        ("rumble.com/c/c-123456?page=2", "rumble:channel/c-123456"),
        ("https://rumble.com/user/ExampleLantern", "rumble:user/examplelantern"),
        ("https://rumble.com/v1abcde-kites-over-the-lake.html?mref=x", "rumble:video/v1abcde"),
        ("https://rumble.com/v1abcde", "rumble:video/v1abcde"),
    ],
    # The player has numbers of its own; other pages are web addresses.
    others=[
        ("https://rumble.com/", "web:rumble.com/"),
        ("https://rumble.com/videos", "web:rumble.com/videos"),
        ("https://rumble.com/embed/v1abcde/", "web:rumble.com/embed/v1abcde"),
        ("https://crumble.com/c/ExampleLantern", "web:crumble.com/c/ExampleLantern"),
    ],
)
