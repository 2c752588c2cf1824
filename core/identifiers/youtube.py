"""YouTube channels, their names, playlists and videos, through whichever front end.

Ids of channels, playlists and videos are case-sensitive. A video in a playlist counts as the video.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final

from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service, carried, exact, words

_CHANNEL: Final = re.compile(r"UC[A-Za-z0-9_-]{22}")
_PLAYLIST: Final = re.compile(r"(?:PL|UU|FL|OL|RD)[A-Za-z0-9_-]{10,60}")
_VIDEO: Final = re.compile(r"[A-Za-z0-9_-]{11}")
_NAME: Final = re.compile(r"[\w.·-]{1,100}")
_SHORT: Final = "youtu.be"
_HOSTS: Final = words(
    "youtube.com m.youtube.com music.youtube.com gaming.youtube.com studio.youtube.com youtubekids.com "
    "youtube-nocookie.com youtube.googleapis.com img.youtube.com i.ytimg.com yout-ube.com yewtu.be "
    "inv.nadeko.net piped.video piped.kavin.rocks"
)
_APPS: Final = words("vnd.youtube youtube")
_FRONTS: Final = frozenset({"invidious", "piped"})
"""Instances of these front ends come and go; most are called by their names."""


def identify(address: Address) -> str | Elsewhere | None:
    """Read a channel's, a name's, a playlist's or a video's address."""
    if address.scheme in _APPS and not address.host.endswith("youtube.com"):
        return _video(address.query.get("v", "") or address.segment(0))
    first = address.segment(0)
    if not first:
        # The mobile site kept its paths behind the hash, and a video's number may stand without a path.
        _, _, behind = address.fragment.partition("/watch?v=")
        return _video(address.query.get("v", "") or behind[:11])
    if first.startswith("@"):
        return _user(first[1:])
    read = _PATHS.get(first.lower())
    if read is None:
        return _video(first) if address.host == _SHORT else None
    return read(address.segment(1), address.query)


def anywhere(address: Address) -> str | Elsewhere | None:
    """Read an instance of a front end, which its host names."""
    return identify(address) if address.host.partition(".")[0] in _FRONTS else None


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a channel's id or name, with or without its `@`."""
    return _channel(handle) or _user(handle.removeprefix("@"))


def _channel(number: str) -> str | None:
    return f"youtube:channel/{number}" if _CHANNEL.fullmatch(number) else None


def _user(name: str) -> str | None:
    return f"youtube:user/{name.lower()}" if _NAME.fullmatch(name) else None


def _video(number: str) -> str | None:
    return f"youtube:video/{number}" if _VIDEO.fullmatch(number) else None


def _playlist(number: str) -> str | None:
    return f"youtube:playlist/{number}" if _PLAYLIST.fullmatch(number) else None


def _watched(part: str, query: Mapping[str, str]) -> str | None:
    return _video(query.get("v", "")) or _video(part)


def _embedded(part: str, query: Mapping[str, str]) -> str | None:
    """Read /embed/<video>, and the words that stand there for a channel's broadcast or a playlist."""
    if part == "live_stream":
        return _channel(query.get("channel", ""))
    return _playlist(query.get("list", "")) if part == "videoseries" else _video(part)


def _attributed(_part: str, query: Mapping[str, str]) -> Elsewhere | None:
    """Read the target, which lacks its host."""
    found = carried(query.get("u", ""))
    return Elsewhere("https://youtube.com" + found.url) if found and found.url.startswith("/") else found


_PATHS: Final[Mapping[str, Callable[[str, Mapping[str, str]], str | Elsewhere | None]]] = {
    "channel": lambda part, _: _channel(part),
    "user": lambda part, _: _user(part),
    "c": lambda part, _: _user(part),
    "watch": _watched,
    "embed": _embedded,
    **dict.fromkeys(("shorts", "live", "v", "e", "vi"), lambda part, _: _video(part)),
    "playlist": lambda _, query: _playlist(query.get("list", "")),
    "redirect": lambda _, query: carried(query.get("q", "")),
    "oembed": lambda _, query: carried(query.get("url", "")),
    "attribution_link": _attributed,
}
"""What the first part of a path says about the part behind it and the query."""

SERVICE: Final = Service(
    names=frozenset({"youtube", "yt"}),
    kinds={
        "youtube:channel": exact,
        "youtube:user": str.lower,
        "youtube:video": exact,
        "youtube:playlist": exact,
    },
    hosts=_HOSTS | {_SHORT},
    schemes=_APPS,
    openings=("vnd.youtube:",),
    identify=identify,
    named=named,
    anywhere=anywhere,
)
