"""Short links: their own server is asked where they lead, and the target is never asked for anything.

Only the `Location` of the answer is read. Where that is a short link of another server on the list, that one
is asked next; everything else is the target. So what is behind the link learns nothing of us, and cannot
answer us with anything.
"""

import re
from typing import Final

from core.errors import CannotLook, TryLater
from core.fetch.fetcher import REDIRECTS, Answer, Fetcher, refuse_circle
from core.identifiers import canonical
from core.resolve.lookup import Lookup, bare, lookup_of

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_UNKNOWN: Final = frozenset({404, 410})
_BUSY: Final = 429
_FAILING: Final = 500
_REFUSING: Final = 400
_SOON_S: Final = 60.0
_LONGEST_S: Final = 3600


class ShortLinks:
    """The port `Resolver` for short links.

    Args:
        fetcher: Asks the servers; its list of hosts says which.
        scheme: With which they are asked.
    """

    def __init__(self, fetcher: Fetcher, *, scheme: str = "https") -> None:
        self._fetcher = fetcher
        self._scheme = scheme

    async def resolve(self, identifier: str) -> tuple[str, ...]:
        """Return the canonical identifier of the target.

        Raises:
            CannotLook: The server does not say, or sends us to a page of nobody's (to log in); says which.
            TryLater: The server is busy or out of reach.
        """
        url, asked = f"{self._scheme}://{bare(identifier)}", set[str]()
        while True:
            refuse_circle(url, asked)
            answer = await self._fetcher.peek(url)
            target, url = self._led_to(answer)
            if target is None:
                raise CannotLook("it leads to a page that names nobody")
            if lookup_of(target) is not Lookup.SHORT_LINKS:
                return (target,)

    def _led_to(self, answer: Answer) -> tuple[str | None, str]:
        """Return the identifier of what an answer leads to, and its address with our own scheme."""
        onward = answer.onward
        if onward is None:
            raise _refusal(answer)
        # Bytes that are no text are in the header as half surrogate pairs.
        said = answer.headers["location"].encode(errors="replace").decode()
        # An address as it stands is read like a browser would; only one that is incomplete is completed.
        target = canonical(said if _ABSOLUTE.match(said) else onward)
        return target, f"{self._scheme}:{onward.partition(':')[2]}"


def _refusal(answer: Answer) -> CannotLook | TryLater:
    """Say why an answer leads nowhere."""
    if answer.status == _BUSY or answer.status >= _FAILING:
        return TryLater(f"its server is busy ({answer.status})", after=_pause_s(answer))
    if answer.status in _UNKNOWN:
        return CannotLook("its server says that it leads nowhere")
    if answer.status >= _REFUSING or answer.status in REDIRECTS:
        return CannotLook(f"its server does not say where it leads ({answer.status})")
    return CannotLook("its server shows a page instead of saying where it leads")


def _pause_s(answer: Answer) -> float:
    """Return how long the server wants to be left alone, within an hour."""
    said = answer.headers.get("retry-after", "")
    return float(min(int(said), _LONGEST_S)) if re.fullmatch(r"[0-9]{1,9}", said) else _SOON_S
