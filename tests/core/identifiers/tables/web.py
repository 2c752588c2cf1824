"""Everything else with a host is a web address: host and path, nothing more."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # Scheme, www., port, query and fragment fall away; the host is folded, the path keeps its case.
    addresses=[
        ("https://justpaste.it/exampleBLF1", "web:justpaste.it/exampleBLF1"),
        ("JustPaste.it/exampleBLF1", "web:justpaste.it/exampleBLF1"),
        ("http://www.archive.org/details/Example-01/?tab=about#top", "web:archive.org/details/Example-01"),
        ("https://example.org", "web:example.org/"),
        ("https://example.org/?x=1", "web:example.org/"),
        ("https://example.org:8443/a", "web:example.org/a"),
        ("https://user:secret@example.org/a", "web:example.org/a"),
        ("https://example.org./a/../b", "web:example.org/b"),
        ("https://example.org/%6cantern%2fx%c3%a4", "web:example.org/lantern%2Fx%C3%A4"),
        ("https://example.org/lanternä", "web:example.org/lantern%C3%A4"),
        ("https://مثال-لالٹین.example/khabar", "web:xn----ymcbn0kbbbq32co3a.example/khabar"),
        ("https://xn----ymcbn0kbbbq32co3a.example/khabar", "web:xn----ymcbn0kbbbq32co3a.example/khabar"),
        ("ftp://files.example.org/a", "web:files.example.org/a"),
        ("https://0x7f000001/", "web:127.0.0.1/"),
        ("https://t.me.evil.example/example_media", "web:t.me.evil.example/example_media"),
        ("https://instagram.com.example.net/example", "web:instagram.com.example.net/example"),
        ("https://notdiscord.gg/EXmpl9Q2", "web:notdiscord.gg/EXmpl9Q2"),
        ("https://x.community/example", "web:x.community/example"),
        ("https://about.me/example", "web:about.me/example"),
        ("https://t.co/exAmpl3", "web:t.co/exAmpl3"),
    ],
    # Words, addresses of people and schemes without a host are no web address.
    nobody=[
        "",
        "   ",
        "word",
        "https://",
        "localhost:8080/a",
        "https://localhost/",
        "mailto:someone@example.org",
        "javascript:alert(1)",
        "tel:12025550143",
        "https://exa mple.org/",
        "http://[::1]/",
        "data:text/html,x",
        "\ud800.example",
    ],
)
