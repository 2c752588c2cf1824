"""An invented organisation on three invented lists."""

from core.entity import Listing

LISTINGS = (
    Listing(
        list_name="un_sc",
        reference="QDe.999",
        name="BLUE LANTERN FRONT (BLF)",
        aliases=("نیلی لالٹین",),
        listed_on="2001-10-06",
        un_reference="QDe.999",
    ),
    Listing(list_name="uk_proscribed", name="Blue Lantern Front (BLF)", listed_on="2001-03"),
    Listing(list_name="ofac_sdn", reference="7001", name="BLUE LANTERN FRONT"),
)
