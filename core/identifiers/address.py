r"""An address taken apart, the way a browser would (WHATWG URL, by ada).

Keep in mind that an address is written by someone who wants it to reach people and not us: `urllib` takes
`https://good.example\@t.me/x` for one host and every browser for the other; only the latter counts.
Nothing here knows a service.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, unquote

from ada_url import parse_url

_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,30}):")
_READ: Final = ("protocol", "hostname", "pathname", "search", "hash")
_SPECIAL: Final = frozenset({"http", "https", "ftp", "ws", "wss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address.

    Attributes:
        scheme: Lower case, without the colon.
        host: Lower case, in punycode, without `www.`, a trailing dot or the port; "" where there is none.
        path: As the standard serialises it, percent-encoded.
        segments: The path's parts that are not empty, percent-decoded.
        query: The first value of each key, decoded.
        fragment: What follows `#`, percent-decoded.
    """

    scheme: str
    host: str
    path: str
    segments: tuple[str, ...]
    query: Mapping[str, str]
    fragment: str

    def segment(self, index: int) -> str:
        """Return a part of the path, or "" beyond its end."""
        return self.segments[index] if index < len(self.segments) else ""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An address only stood for another one, which it carries."""

    url: str


def parse(url: str, schemes: Collection[str]) -> Address | None:
    """Take an address apart; one without a scheme is read as `https`.

    Args:
        url: Anything; what cannot be an address gives None.
        schemes: Schemes of apps (`tg`) that are known besides those of the web.
    """
    whole = _with_scheme(url.strip(), schemes)
    if whole is None:
        return None
    try:
        parsed = parse_url(whole, _READ)
    except ValueError:
        # Covers what cannot be encoded, too: a lone surrogate is no part of any address.
        return None
    path, search = parsed["pathname"], parsed["search"]
    return Address(
        scheme=parsed["protocol"][:-1],
        host=_plain_host(parsed["hostname"]),
        path=path,
        segments=tuple(unquote(s) for s in path.split("/") if s),
        query=_first_values(search[1:]) if search else {},
        fragment=unquote(parsed["hash"][1:]),
    )


def _with_scheme(url: str, schemes: Collection[str]) -> str | None:
    """Add the scheme that a browser would assume; None for a scheme that leads to no place (`mailto:`)."""
    found = _SCHEME.match(url)
    if found is None:
        return "https://" + url.lstrip("/\\")
    scheme = found[1].lower()
    if scheme in _SPECIAL or scheme in schemes:
        return url
    # "t.me:443/name" looks like a scheme; a real one has no dot in practice and no digit after the colon.
    return "https://" + url if url[found.end() : found.end() + 1].isdigit() else None


def _plain_host(host: str) -> str:
    return host.lower().rstrip(".").removeprefix("www.")


def _first_values(query: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for key, value in parse_qsl(query, keep_blank_values=True):
        values.setdefault(key, value)
    return values
