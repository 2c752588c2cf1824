"""What Discord says of invites: servers, groups, friends; and what it does not say is a reason."""

from collections.abc import AsyncIterator

import pytest

from core.errors import CannotLook
from tests.bots.discord.house import House
from tests.standins.discord.front import Failure
from tests.standins.discord.rest_invites import to_friend, to_group, to_guild
from tests.standins.discord.server import DiscordServer
from tests.standins.discord.state import Guild, User, new_id

FRIEND = User(id=new_id(), name="bilal")
ELSEWHERE = Guild(id=new_id(), name="Lanterns", owner_id=FRIEND.id)
"""A server that the bot is not in."""


@pytest.fixture
async def house(discord_server: DiscordServer) -> AsyncIterator[House]:
    """Serve a bot beside a server that it is not in, with an invite of each kind."""
    house = House(discord_server)
    world = discord_server.world
    world.invites["ToServer"] = to_guild("ToServer", ELSEWHERE)
    world.invites["ToGroup"] = to_group("ToGroup", 110000000000000007)
    world.invites["ToFriend"] = to_friend("ToFriend", FRIEND)
    async with house.served():
        yield house


async def test_each_kind_of_invite_leads_to_what_it_is_for(house: House) -> None:
    """The server's number, the conversation's, or the person's who invites."""
    found = [
        await house.platform.resolve(f"discord:invite/{code}") for code in ("ToServer", "ToGroup", "ToFriend")
    ]

    assert found == [
        (f"discord:guild/{ELSEWHERE.id}",),
        ("discord:channel/110000000000000007",),
        (f"discord:user/{FRIEND.id}",),
    ]


async def test_a_code_in_other_letters_is_another_code(house: House) -> None:
    """Codes are case-sensitive, and what has run out leads nowhere."""
    assert await house.platform.resolve("discord:invite/toserver") == ()


async def test_a_code_is_a_word_of_the_path_and_nothing_else(house: House) -> None:
    """It cannot reach another route of the API."""
    for code in ("../users/@me", "ToServer?with_counts=true", "ToServer/x"):
        assert await house.platform.resolve(f"discord:invite/{code}") == ()

    asked = [call for call in house.server.front.calls if "invites" in call.path]
    assert len(asked) == 3
    assert {call.template for call in asked} == {"/invites/{code}"}
    assert not any(call.query for call in asked)


@pytest.mark.parametrize("status", [400, 403])
async def test_a_refusal_is_told_in_words(house: House, status: int) -> None:
    """It is neither "leads nowhere" nor an error of ours."""
    house.server.fail_next(Failure("GET", "/invites/*", status=status, code=50013))

    with pytest.raises(CannotLook, match="does not say where it leads"):
        await house.platform.resolve("discord:invite/ToServer")


@pytest.mark.parametrize(
    "body", [{}, {"type": 0, "guild": {"id": "x"}}, {"type": 2}, {"type": 1, "channel": None}, []]
)
async def test_an_answer_without_a_number_is_told_in_words(house: House, body: object) -> None:
    """Kinds to come, and fields that are not there."""
    violations = house.server.violations
    house.server.world.invites["Odd"] = body  # type: ignore[assignment]  # what Discord may send one day

    with pytest.raises(CannotLook, match="does not say where it leads"):
        await house.platform.resolve("discord:invite/Odd")

    violations.clear()
