"""The contract of the port `Resolver`: in memory, short links on loopback, both platforms, and remembered."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest

from core.errors import CannotLook, TryLater
from core.ports import Resolver
from core.resolve.lookup import HOSTS, lookup_of
from core.resolve.remembered import Remembered
from core.resolve.short_links import ShortLinks
from tests.bots.discord.house import House as DiscordHouse
from tests.bots.telegram.house import built, listening
from tests.core.fetch.hostile import LOOPBACK, Names, Server, fetcher, page, redirect
from tests.standins.discord.front import Failure
from tests.standins.discord.rest_invites import to_guild
from tests.standins.discord.server import DiscordServer
from tests.standins.discord.state import Guild, new_id
from tests.standins.telegram.stage import TelegramStandIn

CANONICAL = re.compile(r"[a-z]+:[a-z]+/.+|web:[^/]+/.*")


@dataclass(kw_only=True)
class Stage:
    """A resolver with one identifier that leads somewhere and one that nobody knows.

    Attributes:
        be_busy: Makes who knows refuse the next question for now.
    """

    resolver: Resolver
    opaque: str
    leads_to: str
    unknown: str
    be_busy: Callable[[], None]


@dataclass
class MemoryResolver:
    """The port, in memory."""

    leads: dict[str, tuple[str, ...]]
    refusals: list[TryLater] = field(default_factory=list)

    async def resolve(self, identifier: str) -> tuple[str, ...]:
        """Answer."""
        if self.refusals:
            raise self.refusals.pop(0)
        return self.leads.get(identifier, ())


def _fake() -> Stage:
    inner = MemoryResolver({"web:t.co/a": ("telegram:user/bluelantern",)})
    return Stage(
        resolver=inner,
        opaque="web:t.co/a",
        leads_to="telegram:user/bluelantern",
        unknown="web:t.co/b",
        be_busy=lambda: inner.refusals.append(TryLater("busy", after=1.0)),
    )


def _remembered() -> Stage:
    stage = _fake()
    stage.resolver = Remembered(stage.resolver, kept_s=0.0, clock=lambda: 0.0)
    return stage


async def _short_links(stack: AsyncExitStack) -> Stage:
    server = await stack.enter_async_context(Server().served())
    asking = fetcher(server, Names({host: [(LOOPBACK, server.port)] for host in HOSTS}))
    server.replies["t.co/a"] = redirect("https://t.me/bluelantern")

    def be_busy() -> None:
        server.replies["t.co/a"] = page(status="503 Down")

    return Stage(
        resolver=ShortLinks(await stack.enter_async_context(asking), scheme="http"),
        opaque="web:t.co/a",
        leads_to="telegram:user/bluelantern",
        unknown="web:t.co/b",
        be_busy=be_busy,
    )


async def _telegram(stack: AsyncExitStack, telegram: TelegramStandIn) -> Stage:
    house = built(telegram)
    channel = telegram.group("Lanterns", kind="channel", username="BlueLantern")
    await stack.enter_async_context(listening(house))
    return Stage(
        resolver=house.platform,
        opaque="telegram:user/bluelantern",
        leads_to=f"telegram:chat/{str(channel.id).removeprefix('-100')}",
        unknown="telegram:user/nobody_here",
        be_busy=lambda: telegram.api.fail_next("getChat", retry_after=7),
    )


async def _discord(stack: AsyncExitStack, server: DiscordServer) -> Stage:
    house = DiscordHouse(server)
    guild = Guild(id=new_id(), name="Lanterns", owner_id=new_id())
    server.world.invites["ExampleKites"] = to_guild("ExampleKites", guild)
    await stack.enter_async_context(house.served())
    return Stage(
        resolver=house.platform,
        opaque="discord:invite/ExampleKites",
        leads_to=f"discord:guild/{guild.id}",
        unknown="discord:invite/examplekites",
        be_busy=lambda: server.fail_next(Failure("GET", "/invites/*", status=503, times=9)),
    )


@pytest.fixture(params=["fake", "remembered", "short links", "telegram", "discord"])
async def stage(
    request: pytest.FixtureRequest, telegram: TelegramStandIn, discord_server: DiscordServer
) -> AsyncIterator[Stage]:
    """Set each resolver up; the real ones talk over sockets."""
    async with AsyncExitStack() as stack:
        match request.param:
            case "fake":
                yield _fake()
            case "remembered":
                yield _remembered()
            case "short links":
                yield await _short_links(stack)
            case "telegram":
                yield await _telegram(stack, telegram)
            case _:
                yield await _discord(stack, discord_server)


async def test_an_opaque_identifier_leads_to_canonical_ones(stage: Stage) -> None:
    """What comes back can be compared as it is, and asking again gives the same."""
    first = await stage.resolver.resolve(stage.opaque)
    again = await stage.resolver.resolve(stage.opaque)

    assert lookup_of(stage.opaque)
    assert first == again == (stage.leads_to,)
    assert all(CANONICAL.fullmatch(identifier) for identifier in first)


async def test_what_nobody_knows_leads_nowhere_or_is_refused_in_words(stage: Stage) -> None:
    """Nothing behind it, or a reason that a moderator can read."""
    said: object
    try:
        said = await stage.resolver.resolve(stage.unknown)
    except CannotLook as exc:
        said = str(exc)

    assert said == () or (isinstance(said, str) and said)


async def test_who_is_busy_may_be_asked_again(stage: Stage) -> None:
    """Busy is not "leads nowhere": the refusal says when to come back."""
    stage.be_busy()

    with pytest.raises(TryLater) as refused:
        await stage.resolver.resolve(stage.opaque)

    assert refused.value.after > 0
    assert str(refused.value)


async def test_what_can_look_up_is_recognised_by_its_shape(stage: Stage) -> None:
    """The composition root asks platforms whether they can, and names no class."""
    assert isinstance(stage.resolver, Resolver)
    assert not isinstance(object(), Resolver)
