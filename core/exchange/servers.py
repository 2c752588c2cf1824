"""The exchanges with an API, by the kind that a subscription names."""

from collections.abc import Callable, Mapping
from typing import Final

from core.errors import BadInput
from core.exchange.asking import Asking
from core.exchange.sources import Maker
from core.exchange.stopncii import StopNcii
from core.exchange.tech_against_terrorism import TechAgainstTerrorism
from core.exchange.threat_updates import ThreatUpdates
from core.model import Subscription
from core.ports import Exchange


def _made_by(make: Callable[[str, Asking, str], Exchange]) -> Maker:
    def made(subscription: Subscription, asking: Asking | None, token: str) -> Exchange:
        if asking is None:
            raise BadInput(f"a subscription of the kind {subscription.kind} needs the address of its server")
        if not token:
            raise BadInput(f"{subscription.kind} needs a token: --credential VARIABLE names where it stands")
        return make(subscription.location, asking, token)

    return made


SERVERS: Final[Mapping[str, Maker]] = {
    "threat_updates": _made_by(ThreatUpdates),
    "tat": _made_by(TechAgainstTerrorism),
    "stopncii": _made_by(StopNcii),
}
