"""Meta's ThreatExchange: `/threat_updates` of a privacy group, followed from where it was left.

Updates come ordered by their time; an indicator that changes moves to the end. Deletions are told for ninety
days, so a checkpoint that is older than eighty-five is of no use, and everything is fetched anew.

Source: developers.facebook.com/docs/threat-exchange/reference/apis/threat-updates.
"""

from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from core.errors import CannotLook
from core.exchange.asking import Asking
from core.exchange.formats.threatexchange import read
from core.exchange.pages import Pages, asked_for, listed
from core.model import Entry, Judgement, Opinion
from core.ports import Update

_FIELDS: Final = (
    "id,indicator,type,creation_time,last_updated,should_delete,is_expired,tags,status,"
    "applications_with_opinions,descriptors"
)
_DAY_S: Final = 86_400.0
_TYPES: Final = {"pdq": "HASH_PDQ", "md5": "HASH_MD5", "sha1": "HASH_SHA1", "sha256": "HASH_SHA256"}
_STATUS: Final = {
    Judgement.CONFIRMED: "MALICIOUS",
    Judgement.FALSE_POSITIVE: "NON_MALICIOUS",
    Judgement.DISPUTED: "UNKNOWN",
}


class ThreatUpdates:
    """The port `Exchange` over a privacy group; its checkpoints are seconds since 1970.

    Args:
        location: As https://graph.facebook.com/v22.0/<privacy group>/threat_updates.
        asking: Asks the server.
        token: An access token.
    """

    forgets_after_s: Final = 85 * _DAY_S

    def __init__(self, location: str, asking: Asking, token: str) -> None:
        self.name = location.partition("?")[0]
        self._location = location
        self._asking = asking
        # Not in the address, where it would be logged by everybody on the way.
        self._headers = {"Authorization": f"Bearer {token}"}

    async def fetch(self, since: str | None) -> AsyncIterator[Update]:
        """Iterate over what changed since a time.

        Raises:
            CannotLook: The server refuses, or answers in another form.
            TryLater: It is busy; what was yielded so far counts.
        """
        newest = _seconds(since)
        pages = Pages(read, since=since or "")
        start = {"start_time": str(newest)} if newest else {}
        url: str | None = asked_for(self._location, fields=_FIELDS, limit="1000", **start)
        while url:
            pages.refuse_circle(url)
            answer = await self._asking.get(url, self._headers)
            records = listed(answer, "data")
            newest = max((newest, *map(_updated, records)))
            async for update in pages.updates(records, checkpoint=str(newest or "")):
                yield update
            url = _next(answer)

    async def report(self, entry: Entry, opinion: Opinion) -> None:
        """Say what this community found, as an opinion of its own beside those of others.

        Raises:
            CannotLook: The server refuses, or takes no opinions about entries of this kind.
            TryLater: It is busy.
        """
        kind = _TYPES.get(entry.kind)
        if kind is None:
            raise CannotLook(f"it takes no opinions about a {entry.kind}")
        parts = urlsplit(self._location)
        version, _, group = parts.path.strip("/").removesuffix("/threat_updates").rpartition("/")
        said = {
            "indicator": entry.value,
            "type": kind,
            "status": _STATUS[opinion.judgement],
            "description": opinion.reason or str(opinion.judgement),
            "share_level": "AMBER",
            "privacy_type": "HAS_PRIVACY_GROUP",
            "privacy_members": group,
        }
        url = urlunsplit(parts._replace(path=f"/{version}/threat_descriptors".replace("//", "/"), query=""))
        await self._asking.post(url, said, self._headers)


def _seconds(checkpoint: str | None) -> int:
    return int(checkpoint) if checkpoint and checkpoint.isdecimal() else 0


def _updated(record: object) -> int:
    """Return when a record was changed; 0 where it does not say so in seconds."""
    value = record.get("last_updated") if isinstance(record, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _next(answer: dict[str, object]) -> str | None:
    paging = answer.get("paging")
    following = paging.get("next") if isinstance(paging, dict) else None
    return following if isinstance(following, str) and following else None
