"""Session: communities by their key, wherever their server is; accounts by their id."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # The key and the room count, the host does not.
    addresses=[
        (
            "https://open.example.org/lantern?public_key=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "session:community/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef/lantern",
        ),
        (
            "http://192.0.2.7:8080/r/Lantern?public_key=0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
            "session:community/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef/lantern",
        ),
        (
            "http://other.example/r/lantern?public_key=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "session:community/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef/lantern",
        ),
    ],
    # Without its whole key, or without a room, it is an address like others.
    others=[
        (
            "https://open.example.org/?public_key=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "web:open.example.org/",
        ),
        ("https://open.example.org/lantern?public_key=0123", "web:open.example.org/lantern"),
        (
            "https://open.example.org/lantern?key=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "web:open.example.org/lantern",
        ),
    ],
    names=[
        (
            "Session",
            "050123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "session:user/050123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        ),
        (
            "session",
            "050123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
            "session:user/050123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        ),
        (
            "session",
            "150123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            "session:user/150123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        ),
    ],
    no_names=[
        ("session", "050123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde"),
        ("session", "040123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
        ("session", "Example"),
    ],
)
