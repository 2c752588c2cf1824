"""The contract of the port `Platform`: the one in memory, and both real adapters over their stand-ins."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

import pytest

from bots.console.terminal import PERSON, ROOM, Terminal
from bots.replay.files import LocalFiles, local
from core.case import Case, opened
from core.engine import Engine
from core.errors import CannotLook, Gone
from core.judge import Judge
from core.model import Account, Action, ActionKind, Attachment
from core.notices import told
from core.ports import Platform
from tests import make
from tests.bots.discord.house import BANNED
from tests.bots.discord.house import House as DiscordHouse
from tests.bots.telegram.house import built, listening
from tests.fake_platform import Always, FakePlatform, KnownWords, Words
from tests.fakes import Learned, MemoryStore
from tests.standins.discord.server import DiscordServer
from tests.standins.discord.state import Post
from tests.standins.telegram.stage import TelegramStandIn


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A platform on which a member posted something that became a case.

    Attributes:
        cards: Counts the cards that stand in the room.
        told: What else was said there, as people read it.
        missing: What the platform needs to fetch a file that is not there.
    """

    platform: Platform
    case: Case
    room: str
    moderator: Account
    cards: Callable[[], int]
    told: Callable[[], list[str]]
    missing: str = "no-such-file"


def _fake() -> Stage:
    moderator = make.account("Omar", number=7)
    platform = FakePlatform(moderators={moderator.id})
    case = opened("7K3", make.message("t.me/bluelantern"), make.verdict(), at=make.NOON)
    return Stage(
        platform=platform,
        case=case,
        room="fake:moderators",
        moderator=moderator,
        cards=lambda: len(platform.cards),
        told=lambda: ["\n".join(lines) for _, lines in platform.told],
    )


def _console(folder: Path) -> Stage:
    store, platforms = MemoryStore(), dict[str, Platform]()
    judge = Judge(sources=[Words()], banks=KnownWords(), policy=Always())
    terminal = Terminal(
        name="fake",
        engine=Engine(judge=judge, store=store, own=Learned(), platforms=platforms, clock=lambda: make.NOON),
        rooms=store,
        clock=lambda: make.NOON,
        zone=UTC,
        files=LocalFiles(1_000_000),
    )
    case = opened("7K3", make.message("t.me/bluelantern"), make.verdict(), at=make.NOON)
    return Stage(
        platform=terminal,
        case=case,
        room=ROOM,
        moderator=PERSON,
        cards=lambda: len(terminal.cases),
        told=lambda: ["\n".join(lines) for lines in terminal.told],
        missing=local(folder, "no-such-file"),
    )


@pytest.fixture(params=["fake", "console", "telegram", "discord"])
async def stage(
    request: pytest.FixtureRequest,
    telegram: TelegramStandIn,
    discord_server: DiscordServer,
    tmp_path: Path,
) -> AsyncIterator[Stage]:
    """Set each platform up with one case; the real ones talk over sockets."""
    if request.param == "fake":
        yield _fake()
    elif request.param == "console":
        yield _console(tmp_path)
    elif request.param == "telegram":
        house = built(telegram)
        async with listening(house):
            await house.found()
            omar = Account(id=f"telegram:id/{house.moderator.id}")
            room = house.store.rooms[house.place]
            yield Stage(
                platform=house.platform,
                case=house.case,
                room=room,
                moderator=omar,
                cards=lambda: len([m for m in house.telegram.said(house.room) if m.buttons]),
                told=lambda: [m.text for m in house.telegram.said(house.room) if not m.buttons],
            )
    else:
        other = DiscordHouse(discord_server)
        async with other.served():
            await other.server.post(other.general, other.amina, content=BANNED)
            yield Stage(
                platform=other.platform,
                case=await other.case(),
                room=other.store.rooms[f"discord:{other.guild.id}"],
                moderator=Account(id=f"discord:user/{other.omar.user.id}"),
                cards=lambda: len([post for post in other.server.said(other.room) if post.buttons]),
                told=lambda: [_read(post) for post in other.server.said(other.room) if not post.buttons],
                missing=json.dumps([f"{other.server.cdn_base}/attachments/1/2/no-such-file", "", "", ""]),
            )


def _read(post: Post) -> str:
    """Give what people read of an embed: without the signs that keep markup from being markup."""
    return str(post.embeds[0].get("description")).replace("\\", "")


async def test_places_and_messages_carry_the_platforms_name(stage: Stage) -> None:
    """The word before the colon finds the platform again."""
    assert stage.case.message.place.platform == stage.platform.name
    assert stage.case.message.id.startswith(f"{stage.platform.name}:")


async def test_rights_are_asked_of_the_platform(stage: Stage) -> None:
    """A moderator moderates, a member does not, and neither does an account nobody knows."""
    place = stage.case.message.place.id
    member = stage.case.message.author.id
    nobody = f"{stage.moderator.id.rpartition('/')[0]}/999999999"

    assert await stage.platform.moderates(stage.moderator.id, place)
    assert not await stage.platform.moderates(member, place)
    assert not await stage.platform.moderates(nobody, place)


async def test_the_bot_says_something_about_itself_in_a_room(stage: Stage) -> None:
    """It is plain text: nothing in it is markup, and no card comes of it."""
    cards = stage.cards()

    await stage.platform.tell(stage.room, ["⚪ The policy <b>x</b> was *put* in force.", "Second line."])

    assert stage.cards() == cards
    assert stage.told()[-1] == "⚪ The policy <b>x</b> was *put* in force.\nSecond line."


@pytest.mark.parametrize(
    "kinds",
    [
        (ActionKind.DELETE,),
        (ActionKind.MUTE, ActionKind.UNMUTE),
        (ActionKind.KICK,),
        (ActionKind.BAN, ActionKind.UNBAN),
        (ActionKind.NOTIFY,),
        (ActionKind.WARN, ActionKind.KICK),
    ],
)
async def test_an_action_may_be_carried_out_twice(stage: Stage, kinds: tuple[ActionKind, ...]) -> None:
    """The second time is either quiet or says that there is nothing left to do."""
    for kind in kinds:
        action = told(stage.case, Action(kind=kind, for_s=3600 if kind is ActionKind.MUTE else None))

        await stage.platform.perform(action, stage.case.message)
        with suppress(Gone):
            await stage.platform.perform(action, stage.case.message)


async def test_a_card_is_shown_once_and_then_brought_up_to_date(stage: Stage) -> None:
    """However often it is shown, one card stands in the room, and it is found by the same reference."""
    first = await stage.platform.show(stage.case, stage.room)
    again = await stage.platform.show(replace(stage.case, card=first), stage.room)

    assert first
    assert again == first
    assert stage.cards() == 1


async def test_a_file_that_cannot_be_had_is_refused_in_words(stage: Stage) -> None:
    """The refusal becomes a gap, so it has a reason."""
    missing = Attachment(ref=stage.missing, path="attachment[0]")

    with pytest.raises(CannotLook) as refused:
        await stage.platform.fetch(missing)

    assert str(refused.value)
