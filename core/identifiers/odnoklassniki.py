"""Odnoklassniki: accounts and groups by their number."""

from typing import Final

from core.identifiers.forms import Form, hosts, reading
from core.identifiers.service import Service, exact

_HOSTS: Final = "ok.ru m.ok.ru odnoklassniki.ru m.odnoklassniki.ru"
_KINDS: Final = {"ok:user": exact, "ok:group": exact}
_FORMS: Final = (
    Form(_HOSTS, r"/(?:dk/)?profile/([0-9]{5,20})", "ok:user/{0}"),
    Form(_HOSTS, r"/(?:dk/)?group/([0-9]{5,20})", "ok:group/{0}"),
    Form(_HOSTS, r"/group([0-9]{5,20})", "ok:group/{0}"),
)

SERVICE: Final = Service(
    names=frozenset({"odnoklassniki"}),
    kinds=_KINDS,
    hosts=hosts(_FORMS),
    identify=reading(_FORMS, _KINDS),
)
