"""What the operator allows to be looked up, and who is asked: the bot's platforms, servers of short links."""

import time
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager

from core.fetch.fetcher import Fetcher
from core.ports import Platform, Resolver
from core.resolve.lookup import HOSTS, Lookup
from core.resolve.remembered import Remembered
from core.resolve.short_links import ShortLinks


@asynccontextmanager
async def lookups(
    allowed: Collection[Lookup], platforms: Iterable[Platform]
) -> AsyncIterator[Mapping[Lookup, Resolver]]:
    """Give what is allowed and can be asked, while the context lasts.

    Args:
        allowed: By the settings.
        platforms: Those that are served; one that can look up what is its own is asked.
    """
    asked: dict[Lookup, Resolver] = {}
    for platform in platforms:
        if isinstance(platform, Resolver):
            asked |= {one: platform for one in Lookup if one.platform == platform.name}
    async with Fetcher(hosts=HOSTS) as fetcher:
        asked[Lookup.SHORT_LINKS] = ShortLinks(fetcher)
        yield {
            lookup: Remembered(resolver, kept_s=lookup.kept_s, clock=time.monotonic)
            for lookup, resolver in asked.items()
            if lookup in allowed
        }
