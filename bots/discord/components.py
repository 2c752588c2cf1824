"""The words, links and pictures in a message's components: buttons, menus, and the blocks of newer messages.

A message made of components has an empty content; everything it says stands here. The walk goes by keys
and not by the kinds known today, so that a new kind of block does not hide its text.
"""

from collections.abc import Iterator
from itertools import count
from typing import Final

from bots.discord.markdown import shown
from bots.discord.media import Media
from bots.discord.raw import Raw, record, records, text
from core.model import Link, Part

_BUTTON: Final = 2
_DEEPEST: Final = 10
"""Discord nests four levels; more is somebody's trick, or another decade's."""

_WORDS: Final = ("content", "label", "placeholder", "description")
_INNER: Final = ("components", "options", "items")
_SINGLE: Final = ("accessory", "component")


def components_of(message: Raw, at: str, media: Media) -> Iterator[Part]:
    """Yield the parts of all components, numbered in reading order; `at` goes before every path."""
    buttons, others = count(), count()
    stack = [(one, 0) for one in reversed(list(records(message.get("components"))))]
    while stack:
        component, depth = stack.pop()
        is_button = component.get("type") == _BUTTON
        path = f"{at}button[{next(buttons)}]" if is_button else f"{at}component[{next(others)}]"
        yield from _one(component, path, media)
        inner = [one for key in _INNER for one in records(component.get(key))]
        inner += [one for key in _SINGLE if (one := record(component.get(key)))]
        if depth < _DEEPEST:
            stack += [(one, depth + 1) for one in reversed(inner)]


def _one(component: Raw, path: str, media: Media) -> Iterator[Part]:
    """Yield what one component says itself."""
    for key in _WORDS:
        if words := text(component.get(key)):
            yield from shown(words, f"{path}.text" if key in {"content", "label"} else f"{path}.{key}")
    if url := text(component.get("url")):
        yield Link(url=url, path=f"{path}.url", hidden=True)
    for key in ("media", "file"):
        if medium := record(component.get(key)):
            yield from media.shown(medium, f"{path}.{key}")
