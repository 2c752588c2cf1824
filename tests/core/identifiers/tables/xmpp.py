"""XMPP: rooms and accounts by their full name."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # The scheme and the pages that stand for it lead to the same room or account.
    addresses=[
        ("xmpp:Lantern@conference.example.org?join", "xmpp:jid/lantern@conference.example.org"),
        ("xmpp:example@example.org", "xmpp:jid/example@example.org"),
        (
            "xmpp:lantern@conference.example.org/nick?join;password=x",
            "xmpp:jid/lantern@conference.example.org",
        ),
        ("https://xmpp.link/#lantern@conference.example.org?join", "xmpp:jid/lantern@conference.example.org"),
        (
            "https://join.jabber.network/#lantern@conference.example.org?join",
            "xmpp:jid/lantern@conference.example.org",
        ),
        (
            "https://conversations.im/j/lantern@conference.example.org",
            "xmpp:jid/lantern@conference.example.org",
        ),
        ("https://conversations.im/i/example@example.org", "xmpp:jid/example@example.org"),
    ],
    # A name needs its host.
    nobody=[
        "xmpp:nobody",
        "xmpp:@example.org",
        "https://xmpp.link/",
        "https://conversations.im/",
        "https://join.jabber.network/#lantern",
    ],
    names=[
        ("XMPP", "Example@example.org", "xmpp:jid/example@example.org"),
        ("Jabber", "example@example.org", "xmpp:jid/example@example.org"),
    ],
    no_names=[
        ("xmpp", "example"),
        ("jabber", "two words@example.org"),
    ],
)
