"""Pasted texts: one form for a text, whichever host and view is linked."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Hosts of one service and views of one text give one form; codes keep their case.
    addresses=[
        ("https://telegra.ph/Example-01-02", "web:telegra.ph/Example-01-02"),
        ("https://te.legra.ph/Example-01-02", "web:telegra.ph/Example-01-02"),
        ("https://graph.org/Example-01-02-3", "web:telegra.ph/Example-01-02-3"),
        ("https://pastebin.com/AbCd1234", "web:pastebin.com/AbCd1234"),
        ("https://pastebin.com/raw/AbCd1234", "web:pastebin.com/AbCd1234"),
        ("https://pastebin.com/raw.php?i=AbCd1234", "web:pastebin.com/AbCd1234"),
        ("https://pastebin.com/embed_js/AbCd1234", "web:pastebin.com/AbCd1234"),
        ("https://pastebin.com/u/Example", "web:pastebin.com/u/Example"),
        ("https://rentry.co/example", "web:rentry.co/example"),
        ("https://rentry.org/example/raw", "web:rentry.co/example"),
        ("https://rentry.co/raw/example", "web:rentry.co/example"),
        ("https://controlc.com/0123abcd", "web:controlc.com/0123abcd"),
        ("https://controlc.com/raw/0123abcd", "web:controlc.com/0123abcd"),
        ("https://ghostbin.co/paste/AbCd1", "web:ghostbin.com/paste/AbCd1"),
        ("https://p.paste.ee/r/AbCd1", "web:paste.ee/p/AbCd1"),
        ("https://dpaste.org/AbCd/raw", "web:dpaste.org/AbCd"),
        ("https://hastebin.com/raw/abcdefghij", "web:hastebin.com/abcdefghij"),
        (
            "https://gist.githubusercontent.com/example/0123456789abcdef0123456789abcdef/raw/kites.txt",
            "web:gist.github.com/example/0123456789abcdef0123456789abcdef",
        ),
        ("https://justpaste.it/exampleBLF1", "web:justpaste.it/exampleBLF1"),
        ("https://jpst.it/exAmpl", "web:jpst.it/exAmpl"),
        ("https://privatebin.net/?0123456789abcdef#key", "web:privatebin.net/0123456789abcdef"),
    ],
    # Pages of the sites, other codes and other hosts stay themselves.
    others=[
        ("https://pastebin.com/", "web:pastebin.com/"),
        ("https://pastebin.com/tools", "web:pastebin.com/tools"),
        ("https://pastebin.com/abcd1234", "web:pastebin.com/abcd1234"),
        ("https://telegra.ph/", "web:telegra.ph/"),
        ("https://telegraph.example/Example-01-02", "web:telegraph.example/Example-01-02"),
        ("https://www.toptal.com/developers", "web:toptal.com/developers"),
    ],
)
