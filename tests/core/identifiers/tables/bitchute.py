"""BitChute: channels and videos."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # The player and the old site show the same video; codes keep their case.
    addresses=[
        ("https://www.bitchute.com/channel/ExampleLantern/", "bitchute:channel/examplelantern"),
        ("https://www.bitchute.com/video/exAmple0001x/", "bitchute:video/exAmple0001x"),
        ("https://www.bitchute.com/embed/exAmple0001x", "bitchute:video/exAmple0001x"),
        ("https://old.bitchute.com/video/exAmple0001x/", "bitchute:video/exAmple0001x"),
    ],
    # Other pages and other hosts are web addresses.
    others=[
        ("https://www.bitchute.com/", "web:bitchute.com/"),
        ("https://www.bitchute.com/help-us-grow/", "web:bitchute.com/help-us-grow"),
        ("https://www.bitchute.com/video/short/", "web:bitchute.com/video/short"),
        (
            "https://bitchute.com.example/channel/ExampleLantern",
            "web:bitchute.com.example/channel/ExampleLantern",
        ),
    ],
)
