"""Rumble: channels, accounts and videos."""

from typing import Final

from core.identifiers.forms import Form, hosts, reading
from core.identifiers.service import Service

_VIDEO: Final = r"([vV][a-zA-Z]{0,8}[0-9][0-9a-zA-Z]{2,8})"
_KINDS: Final = {"rumble:channel": str.lower, "rumble:user": str.lower, "rumble:video": str.lower}
_FORMS: Final = (
    Form("rumble.com", r"/c/([\w-]{1,60})", "rumble:channel/{0}"),
    Form("rumble.com", r"/user/([\w-]{1,60})", "rumble:user/{0}"),
    # An embedded video goes by another number than its page.
    Form("rumble.com", rf"/{_VIDEO}(?:-[^/]{{0,300}})?(?:\.html)?", "rumble:video/{0}"),
)

SERVICE: Final = Service(
    names=frozenset({"rumble"}),
    kinds=_KINDS,
    hosts=hosts(_FORMS),
    identify=reading(_FORMS, _KINDS),
)
