"""Odnoklassniki: accounts and groups by their number."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # The site and its mobile host show the same.
    addresses=[
        ("https://ok.ru/profile/570000000001", "ok:user/570000000001"),
        ("m.ok.ru/profile/570000000001/statuses", "ok:user/570000000001"),
        ("https://ok.ru/group/70000000000001/topic/1", "ok:group/70000000000001"),
        ("https://ok.ru/group70000000000001", "ok:group/70000000000001"),
    ],
    # A film's page says nothing about whose it is.
    others=[
        ("https://ok.ru/", "web:ok.ru/"),
        ("https://ok.ru/video/1234567890", "web:ok.ru/video/1234567890"),
        ("https://book.ru/profile/570000000001", "web:book.ru/profile/570000000001"),
    ],
)
