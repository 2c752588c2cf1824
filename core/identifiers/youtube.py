"""YouTube channels, their names, and videos. Ids of channels and videos are case-sensitive."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from core.identifiers.address import Address, Elsewhere
from core.identifiers.service import Service

_CHANNEL: Final = re.compile(r"UC[A-Za-z0-9_-]{22}")
_VIDEO: Final = re.compile(r"[A-Za-z0-9_-]{11}")
_NAME: Final = re.compile(r"[\w.·-]{1,100}")
_SHORT: Final = "youtu.be"


def identify(address: Address) -> str | Elsewhere | None:
    """Read a channel's, a name's or a video's address."""
    first = address.segment(0)
    if address.host == _SHORT:
        return _video(first)
    if first.startswith("@"):
        return _user(first[1:])
    read = _PATHS.get(first)
    return read(address.segment(1), address.query) if read else None


def named(handle: str, _column: frozenset[str]) -> str | None:
    """Read a channel's id or name, with or without its `@`."""
    return _channel(handle) or _user(handle.removeprefix("@"))


def _channel(number: str) -> str | None:
    return f"youtube:channel/{number}" if _CHANNEL.fullmatch(number) else None


def _user(name: str) -> str | None:
    return f"youtube:user/{name.lower()}" if _NAME.fullmatch(name) else None


def _video(number: str) -> str | None:
    return f"youtube:video/{number}" if _VIDEO.fullmatch(number) else None


def _target(query: Mapping[str, str]) -> Elsewhere | None:
    url = query.get("q", "")
    return Elsewhere(url) if url else None


_PATHS: Final[Mapping[str, Callable[[str, Mapping[str, str]], str | Elsewhere | None]]] = {
    "channel": lambda part, _: _channel(part),
    "user": lambda part, _: _user(part),
    "c": lambda part, _: _user(part),
    "watch": lambda _, query: _video(query.get("v", "")),
    "shorts": lambda part, _: _video(part),
    "live": lambda part, _: _video(part),
    "embed": lambda part, _: _video(part),
    "v": lambda part, _: _video(part),
    "redirect": lambda _, query: _target(query),
}
"""What the first part of a path says about the part behind it and the query."""

SERVICE: Final = Service(
    names=frozenset({"youtube", "yt"}),
    hosts=frozenset(
        {"youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com", _SHORT},
    ),
    identify=identify,
    named=named,
)
