"""Odysee: channels and what has none, with the claim that tells namesakes apart."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # A channel's videos and the player count as the channel.
    addresses=[
        ("https://odysee.com/@Lantern:c", "odysee:channel/lantern:c"),
        ("https://odysee.com/@Lantern:c/kites:5?r=x", "odysee:channel/lantern:c"),
        ("https://odysee.com/$/embed/@Lantern:c/kites:5", "odysee:channel/lantern:c"),
        ("https://lbry.tv/@lantern:c", "odysee:channel/lantern:c"),
        ("https://odysee.com/@Lantern", "odysee:channel/lantern"),
        ("https://odysee.com/kites:5", "odysee:video/kites:5"),
        (
            "https://odysee.com/$/embed/kites/0123456789abcdef0123456789abcdef01234567",
            "odysee:video/kites:0123456789abcdef0123456789abcdef01234567",
        ),
    ],
    # Pages of the site, names without a claim and other hosts are web addresses.
    others=[
        ("https://odysee.com/", "web:odysee.com/"),
        ("https://odysee.com/$/about", "web:odysee.com/$/about"),
        ("https://odysee.com/kites", "web:odysee.com/kites"),
        ("https://odysee.com.example/@Lantern:c", "web:odysee.com.example/@Lantern:c"),
    ],
)
