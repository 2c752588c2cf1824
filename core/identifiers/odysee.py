"""Odysee (LBRY): channels and what has no channel, with the claim id that tells namesakes apart.

A name without its claim id is whoever pays most for it today, so the two are not one identifier.
"""

from typing import Final

from core.identifiers.forms import Form, hosts, reading
from core.identifiers.service import Service

_HOSTS: Final = "odysee.com lbry.tv open.lbry.com"
_CLAIM: Final = r"[^\s/:?&#@]{1,200}:[0-9a-fA-F]{1,40}"
_BEFORE: Final = r"/(?:\$/(?:embed|download|invite)/)?"
_KINDS: Final = {"odysee:channel": str.lower, "odysee:video": str.lower}
_FORMS: Final = (
    Form(_HOSTS, rf"{_BEFORE}@({_CLAIM})", "odysee:channel/{0}"),
    Form(_HOSTS, rf"{_BEFORE}@([^\s/:?&#@]{{1,200}})", "odysee:channel/{0}"),
    Form(_HOSTS, rf"{_BEFORE}({_CLAIM})", "odysee:video/{0}"),
    Form(_HOSTS, r"/\$/(?:embed|download)/([^\s/:?&#@]{1,200})/([0-9a-fA-F]{40})", "odysee:video/{0}:{1}"),
)

SERVICE: Final = Service(
    names=frozenset({"odysee", "lbry"}),
    kinds=_KINDS,
    hosts=hosts(_FORMS),
    identify=reading(_FORMS, _KINDS),
)
