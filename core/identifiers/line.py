"""LINE: groups, open chats and accounts. Codes are case-sensitive; short links stay web addresses."""

from typing import Final

from core.identifiers.forms import Form, hosts, reading
from core.identifiers.service import Service, exact

_HOSTS: Final = "line.me line:"
_CODE: Final = r"([A-Za-z0-9_-]{6,100})"
_KINDS: Final = {"line:user": str.lower, "line:invite": exact, "line:openchat": exact, "line:contact": exact}
_FORMS: Final = (
    Form(_HOSTS, r"/(?:R/)?ti/p/[@~]([\w.-]{2,40})", "line:user/{0}"),
    Form(_HOSTS, r"/(?:R/)?oaMessage/[@~]([\w.-]{2,40})", "line:user/{0}"),
    Form(_HOSTS, rf"/(?:R/)?ti/g/{_CODE}", "line:invite/{0}"),
    Form(_HOSTS, rf"/(?:R/)?ti/g2/{_CODE}", "line:openchat/{0}"),
    Form(_HOSTS, rf"/(?:R/)?ti/p/{_CODE}", "line:contact/{0}"),
    Form("page.line.me", r"/([\w.-]{2,40})", "line:user/{0}"),
)

SERVICE: Final = Service(
    names=frozenset({"line"}),
    kinds=_KINDS,
    hosts=hosts(_FORMS),
    schemes=frozenset({"line"}),
    identify=reading(_FORMS, _KINDS),
)
