"""Threema: ids of eight characters, in any case."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # The site and the app lead to the same account.
    addresses=[
        ("https://threema.id/ABCDEFGH", "threema:user/ABCDEFGH"),
        ("threema.id/abcdefgh?text=hello", "threema:user/ABCDEFGH"),
        ("threema://add?id=ABCDEFGH", "threema:user/ABCDEFGH"),
        ("threema://compose?text=hi&id=abcdefgh", "threema:user/ABCDEFGH"),
        ("https://threema.id/*EXAMPLE", "threema:user/*EXAMPLE"),
        ("https://threema.id/compose?text=&id=ABCDEFG0", "threema:user/ABCDEFG0"),
    ],
    # An id has eight characters, and stands on one host only.
    others=[
        ("https://threema.id/", "web:threema.id/"),
        ("https://threema.id/ABCDEFG", "web:threema.id/ABCDEFG"),
        ("https://threema.id/ABCDEFGHI", "web:threema.id/ABCDEFGHI"),
        ("https://threema.example/ABCDEFGH", "web:threema.example/ABCDEFGH"),
        ("https://threema.ch/ABCDEFGH", "web:threema.ch/ABCDEFGH"),
    ],
    nobody=[
        "threema://add?id=ABC",
    ],
    names=[
        ("Threema", "abcdefgh", "threema:user/ABCDEFGH"),
        ("threema id", "*EXAMPLE", "threema:user/*EXAMPLE"),
    ],
    no_names=[
        ("threema", "Example"),
        ("threema", "ABCD-FGH"),
    ],
)
