"""Rocket.Chat: rooms and servers, by links that name their server."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # The app, the link page and servers that say what they are lead to the same room.
    addresses=[
        (
            "https://go.rocket.chat/room?host=chat.example.org&rid=abc&path=channel/lantern",
            "rocketchat:room/chat.example.org/lantern",
        ),
        (
            "https://go.rocket.chat/room?host=https%3A%2F%2FChat.Example.org%2F&path=channel%2Flantern%2Fthread%2Fx",
            "rocketchat:room/chat.example.org/lantern",
        ),
        (
            "rocketchat://room?host=chat.example.org:3000&path=group/lantern",
            "rocketchat:room/chat.example.org/lantern",
        ),
        (
            "https://go.rocket.chat/invite?host=chat.example.org&path=invite/EXmpl9",
            "rocketchat:invite/chat.example.org/EXmpl9",
        ),
        (
            "https://go.rocket.chat/room?host=chat.example.org&path=direct/Example",
            "rocketchat:user/chat.example.org/example",
        ),
        ("https://go.rocket.chat/auth?host=chat.example.org", "rocketchat:server/chat.example.org"),
        ("https://lantern.rocket.chat/channel/general", "rocketchat:room/lantern.rocket.chat/general"),
        ("https://rocketchat.example.org/invite/EXmpl9", "rocketchat:invite/rocketchat.example.org/EXmpl9"),
        ("https://rocket.example.org/direct/example", "rocketchat:user/rocket.example.org/example"),
    ],
    # A host that could be anybody's stays a web address; without a server there is nothing.
    others=[
        ("https://chat.example.org/channel/lantern", "web:chat.example.org/channel/lantern"),
        ("https://rockets.example.org/channel/lantern", "web:rockets.example.org/channel/lantern"),
        ("https://rocket.example.org/blog/lantern", "web:rocket.example.org/blog/lantern"),
    ],
    nobody=[
        "https://go.rocket.chat/room?rid=abc",
        "rocketchat://room?host=not%20a%20host",
        "https://lantern.rocket.chat/home",
    ],
    # A room is also the addresses that it has on its server, which alone do not say what they are.
    companions=[
        (
            "rocketchat:room/chat.example.org/lantern",
            ("web:chat.example.org/channel/lantern", "web:chat.example.org/group/lantern"),
        ),
        ("rocketchat:invite/chat.example.org/EXmpl9", ()),
    ],
)
