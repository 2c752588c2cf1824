"""Viber: invitations, numbers and public accounts."""

from tests.core.identifiers.table import Table

TABLE = Table(
    # The site and the app lead to the same group, number or account.
    addresses=[
        ("https://invite.viber.com/?g2=AQBexampleEXAMPLE01", "viber:invite/AQBexampleEXAMPLE01"),
        ("https://invite.viber.com/?g=AQBexampleEXAMPLE01&lang=ur", "viber:invite/AQBexampleEXAMPLE01"),
        ("https://invite.viber.com/?lang=ur&g2=aqbEXAMPLEexample01", "viber:invite/aqbEXAMPLEexample01"),
        ("viber://chat?number=%2B12025550143", "viber:number/12025550143"),
        ("viber://add?number=12025550143", "viber:number/12025550143"),
        ("viber://pa?chatURI=ExampleLantern&context=x", "viber:account/examplelantern"),
        ("https://chats.viber.com/ExampleLantern", "viber:account/examplelantern"),
    ],
    # Short codes and pages of the site lead to nobody.
    others=[
        ("https://invite.viber.com/", "web:invite.viber.com/"),
        ("https://invite.viber.com/?g2=short", "web:invite.viber.com/"),
        ("https://www.viber.com/download", "web:viber.com/download"),
    ],
    nobody=[
        "viber://chat?number=12",
        "viber://forward?text=hi",
    ],
    names=[
        ("Viber", "+1 (202) 555-0143", "viber:number/12025550143"),
    ],
    no_names=[
        ("viber", "Example"),
        ("viber", "12"),
    ],
)
