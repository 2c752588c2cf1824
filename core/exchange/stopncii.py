"""StopNCII's hash exchange: pages with tokens that soon end, and times to go on from.

What was withdrawn or deleted comes as a record that says so. Feedback goes back as what a platform did.

Source: facebook/ThreatExchange, python-threatexchange/threatexchange/exchanges/clients/stopncii/api.py.
"""

from collections.abc import AsyncIterator
from typing import Final

from core.exchange.asking import Asking
from core.exchange.formats.stopncii import read
from core.exchange.pages import Pages, asked_for, listed
from core.model import Entry, Judgement, Opinion
from core.ports import Update

_START: Final = "10"
"""The exchange takes no smaller time."""

_FEEDBACK: Final = {
    Judgement.CONFIRMED: "Blocked",
    Judgement.FALSE_POSITIVE: "NotBlocked",
    Judgement.DISPUTED: "PendingReview",
}


class StopNcii:
    """The port `Exchange` over the API; its checkpoints are seconds since 1970.

    Args:
        location: As https://api.stopncii.org/v1.
        asking: Asks the server.
        token: `subscription key:key to fetch`, and `:key to send feedback` where there is one.
    """

    def __init__(self, location: str, asking: Asking, token: str) -> None:
        self.name = location.partition("?")[0]
        self._location = location.rstrip("/").removesuffix("/FetchHashes")
        self._asking = asking
        self._subscription, *keys = token.split(":")
        self._fetch_key = keys[0] if keys else ""
        self._feedback_key = keys[-1] if keys else ""

    async def fetch(self, since: str | None) -> AsyncIterator[Update]:
        """Iterate over what changed since a time.

        Raises:
            CannotLook: The server refuses, or answers in another form.
            TryLater: It is busy; what was yielded so far counts.
        """
        start = since or _START
        newest, token = int(since) if since and since.isdecimal() else 0, ""
        pages = Pages(read, since=since or "")
        headers = self._headers(self._fetch_key)
        while True:
            pages.refuse_circle(token)
            wanted = {"startTimestamp": start, "pageSize": "800"}
            url = asked_for(
                f"{self._location}/FetchHashes", **wanted, **({"nextPageToken": token} if token else {})
            )
            answer = await self._asking.get(url, headers)
            newest = max(newest, _time(answer.get("nextSetTimestamp")))
            async for update in pages.updates(listed(answer, "hashRecords"), checkpoint=str(newest or "")):
                yield update
            following = answer.get("nextPageToken")
            if not answer.get("hasMoreRecords") or not isinstance(following, str) or not following:
                return
            token = following

    async def report(self, entry: Entry, opinion: Opinion) -> None:
        """Send feedback about a hash; a reason has no place in it.

        Raises:
            CannotLook: The server refuses.
            TryLater: It is busy.
        """
        feedback = {
            "hashValue": entry.value,
            "feedbackValue": _FEEDBACK[opinion.judgement],
            "tags": [],
        }
        said = {"count": 1, "hashFeedbacks": [feedback]}
        await self._asking.post(f"{self._location}/SubmitFeedback", said, self._headers(self._feedback_key))

    def _headers(self, key: str) -> dict[str, str]:
        return {"x-functions-key": key, "Ocp-Apim-Subscription-Key": self._subscription}


def _time(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
