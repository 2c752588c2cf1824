"""Viber: invitations to groups and communities, telephone numbers, public accounts."""

import re
from typing import Final

from core.identifiers.forms import Form, hosts, reading
from core.identifiers.service import Service, exact

_CODE: Final = r"([A-Za-z0-9_%+/=-]{10,120})"
_NUMBER: Final = re.compile(r"(?:\+|00)?([1-9][0-9]{6,14})")
_KINDS: Final = {"viber:invite": exact, "viber:number": exact, "viber:account": str.lower}
_FORMS: Final = (
    Form("invite.viber.com", rf"/\?.*?&g2?={_CODE}", "viber:invite/{0}"),
    Form("viber:", rf"/g2?\?.*?&(?:invite|code|g2?)={_CODE}", "viber:invite/{0}"),
    Form("viber:", r"/(?:chat|add|contact)/?\?.*?&number=[+ ]?([0-9]{7,15})", "viber:number/{0}"),
    Form("viber:", r"/(?:pa|public)/?\?.*?&(?:chatURI|id)=([\w.-]{2,64})", "viber:account/{0}"),
    Form("chats.viber.com", r"/([\w.-]{2,64})", "viber:account/{0}"),
)


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a telephone number."""
    found = _NUMBER.fullmatch(re.sub(r"[ ().-]", "", handle))
    return f"viber:number/{found[1]}" if found else None


SERVICE: Final = Service(
    names=frozenset({"viber"}),
    kinds=_KINDS,
    hosts=hosts(_FORMS),
    schemes=frozenset({"viber"}),
    identify=reading(_FORMS, _KINDS),
    named=named,
)
