"""BitChute: channels by name or code, videos by a code whose case counts."""

from typing import Final

from core.identifiers.forms import Form, hosts, reading
from core.identifiers.service import Service, exact

_HOSTS: Final = "bitchute.com old.bitchute.com api.bitchute.com"
_KINDS: Final = {"bitchute:channel": str.lower, "bitchute:video": exact}
_FORMS: Final = (
    Form(_HOSTS, r"/channel/([\w-]{2,60})", "bitchute:channel/{0}"),
    Form(_HOSTS, r"/(?:video|embed|torrent/[0-9]{1,9})/([A-Za-z0-9_-]{8,16})", "bitchute:video/{0}"),
)

SERVICE: Final = Service(
    names=frozenset({"bitchute"}),
    kinds=_KINDS,
    hosts=hosts(_FORMS),
    identify=reading(_FORMS, _KINDS),
)
