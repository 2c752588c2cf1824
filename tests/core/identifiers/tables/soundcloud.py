"""SoundCloud: the account counts, for its recordings too."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Recordings, the player and the mobile host name the account; what leads away stands for its target.
    addresses=[
        ("https://soundcloud.com/Example-Lantern", "soundcloud:user/example-lantern"),
        ("https://m.soundcloud.com/example-lantern/kites?si=x", "soundcloud:user/example-lantern"),
        (
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fexample-lantern%2Fkites",
            "soundcloud:user/example-lantern",
        ),
        ("https://exit.sc/?url=https%3A%2F%2Ft.me%2Fexample_media", "telegram:user/example_media"),
        ("https://on.soundcloud.com/exAmpl", "web:on.soundcloud.com/exAmpl"),
    ],
    # Pages of the site name nobody.
    nobody=[
        "https://soundcloud.com/",
        "https://soundcloud.com/discover",
        "https://soundcloud.com/search?q=kites",
        "https://soundcloud.com/a b",
        "https://w.soundcloud.com/player/",
        "https://gate.sc/",
    ],
    names=[
        ("SoundCloud", "@Example-Lantern", "soundcloud:user/example-lantern"),
    ],
    no_names=[
        ("soundcloud", "two words"),
        ("soundcloud", "discover"),
    ],
)
