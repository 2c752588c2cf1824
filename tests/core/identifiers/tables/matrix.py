"""Matrix: rooms and accounts by their full names."""

from tests.core.identifiers.table import Table

CINNY = "home"
"""The part of a path behind which one client keeps the rooms that stand in no space."""

TABLE = Table(
    # Links of matrix.to, Element and the scheme of its own give the same room.
    addresses=[
        (f"https://app.cinny.in/#/{CINNY}/%23example:example.org", "matrix:room/#example:example.org"),
        ("https://matrix.to/#/#example-lantern:example.org", "matrix:room/#example-lantern:example.org"),
        (
            "https://matrix.to/#/%23example-lantern%3AExample.org?via=example.org",
            "matrix:room/#example-lantern:example.org",
        ),
        ("matrix:r/example-lantern:example.org?action=join", "matrix:room/#example-lantern:example.org"),
        (
            "https://app.element.io/#/room/#example-lantern:example.org",
            "matrix:room/#example-lantern:example.org",
        ),
        ("https://matrix.to/#/@example:example.org", "matrix:user/@example:example.org"),
        ("matrix:u/example:example.org", "matrix:user/@example:example.org"),
        ("https://matrix.to/#/!exampleRoom:example.org", "matrix:room/!exampleRoom:example.org"),
        ("matrix:roomid/exampleRoom12", "matrix:room/!exampleRoom12"),
        (
            "https://matrix.to/#/!exampleRoom:example.org/$event?via=example.org",
            "matrix:room/!exampleRoom:example.org",
        ),
        ("https://matrix.to/#/%21exampleRoom12", "matrix:room/!exampleRoom12"),
        (
            "https://mobile.element.io/#/room/%23example-lantern:example.org",
            "matrix:room/#example-lantern:example.org",
        ),
        (
            "https://chat.lantern.example/#/room/#example-lantern:example.org",
            "matrix:room/#example-lantern:example.org",
        ),
        ("https://chat.lantern.example/app/#/user/@example:example.org", "matrix:user/@example:example.org"),
        (
            "https://riot.im/app/#/room/#example-lantern:example.org",
            "matrix:room/#example-lantern:example.org",
        ),
        ("matrix:room/example-lantern:example.org", "matrix:room/#example-lantern:example.org"),
        ("matrix://r/example-lantern:Example.org", "matrix:room/#example-lantern:example.org"),
        ("matrix:roomid/exampleRoom:example.org/e/event", "matrix:room/!exampleRoom:example.org"),
        (
            "element://vector/webapp/#/room/#example-lantern:example.org",
            "matrix:room/#example-lantern:example.org",
        ),
        ("https://view.matrix.org/room/!exampleRoom:example.org/", "matrix:room/!exampleRoom:example.org"),
        (
            "https://archive.matrix.org/r/example-lantern:example.org",
            "matrix:room/#example-lantern:example.org",
        ),
        ("https://matrix.to/#/#exampleRoom:Example.org:8448", "matrix:room/#exampleRoom:example.org:8448"),
        ("https://chat.lantern.example/#/room/lobby", "web:chat.lantern.example/"),
        ("https://matrix.to.example/#/#example-lantern:example.org", "web:matrix.to.example/"),
    ],
    # What lacks its server or its sigil names nobody.
    nobody=[
        "https://matrix.to/",
        "https://matrix.to/#/example",
        "https://matrix.to/#/@example",
        "matrix:e/example",
        "https://app.element.io/#/home",
    ],
    names=[
        ("matrix", "#example-lantern:example.org", "matrix:room/#example-lantern:example.org"),
        ("Element", "@example:example.org", "matrix:user/@example:example.org"),
    ],
    no_names=[
        ("matrix", "example"),
    ],
)
