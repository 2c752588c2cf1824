"""LINE: groups, open chats, accounts, people's own codes."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # The site and the app lead to the same chat or account; codes keep their case.
    addresses=[
        ("https://line.me/R/ti/g/EXAMPLEgroup01", "line:invite/EXAMPLEgroup01"),
        ("line://ti/g/EXAMPLEgroup01", "line:invite/EXAMPLEgroup01"),
        ("https://line.me/ti/g2/EXAMPLEopen0001?utm_source=x", "line:openchat/EXAMPLEopen0001"),
        ("https://line.me/R/ti/p/@Example", "line:user/example"),
        ("https://line.me/R/ti/p/%40example", "line:user/example"),
        ("https://line.me/ti/p/~example", "line:user/example"),
        ("https://page.line.me/example?openQrModal=true", "line:user/example"),
        ("https://line.me/ti/p/EXAMPLEcode", "line:contact/EXAMPLEcode"),
    ],
    # Other pages, short links and other hosts are web addresses.
    others=[
        ("https://line.me/", "web:line.me/"),
        ("https://line.me/en/", "web:line.me/en"),
        ("https://line.me/R/ti/g/", "web:line.me/R/ti/g"),
        ("https://lin.ee/exAmpl", "web:lin.ee/exAmpl"),
        ("https://online.me/R/ti/g/EXAMPLEgroup01", "web:online.me/R/ti/g/EXAMPLEgroup01"),
    ],
    nobody=[
        "line://nv/chat",
    ],
)
