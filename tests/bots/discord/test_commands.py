"""Binding, status and the greeting: an admin is told what to do next, and what is missing."""

import asyncio

from tests.bots.discord.house import House, text_of
from tests.standins.discord.permissions import mask
from tests.standins.discord.state import Channel, Member


async def answer(house: House, channel: Channel, who: Member, name: str, **options: str) -> str:
    """Give a command and wait for the answer, which nobody else may see."""
    given = await house.server.command(channel, who, name, **options)
    await house.server.until(lambda: given.original)
    assert given.is_private
    assert given.original is not None
    return text_of(given.original)


def code_in(text: str) -> str:
    """Return the code that an answer holds."""
    return text.partition("Code ")[2].partition(",")[0]


def owner_of(house: House) -> Member:
    """Return who may do everything."""
    return house.guild.members[house.guild.owner_id]


async def test_a_code_from_the_room_entered_in_the_server_binds(house: House) -> None:
    """And the reverse: the channel that not everybody reads becomes the room, whichever came first."""
    for first, second in ((house.room, house.general), (house.general, house.room)):
        house.store.rooms.clear()
        async with house.served():
            code = code_in(await answer(house, first, owner_of(house), "bind"))
            said = await answer(house, second, owner_of(house), "bind", code=code.lower())
            again = await answer(house, second, owner_of(house), "bind", code=code)

        assert house.store.rooms == {f"discord:{house.guild.id}": f"discord:{house.room.id}"}
        assert "Bound" in said
        assert "moderators" in said
        assert "unknown, used or too old" in again


async def test_a_room_that_everybody_reads_is_refused(house: House) -> None:
    """Nothing is bound, and the switch is named."""
    house.store.rooms.clear()
    lobby = house.server.channel(house.guild, "lobby")

    async with house.served():
        code = code_in(await answer(house, lobby, owner_of(house), "bind"))
        said = await answer(house, house.general, owner_of(house), "bind", code=code)

    assert house.store.rooms == {}
    assert "everybody can read" in said
    assert "Private Channel" in said


async def test_a_room_the_bot_cannot_write_in_is_refused(house: House) -> None:
    """It says what is missing there."""
    house.store.rooms.clear()
    house.guild.everyone.permissions = mask(["view_channel"])
    writers = house.server.role(house.guild, "Writers", may=["send_messages"])
    house.omar.roles.append(writers)

    async with house.served():
        code = code_in(await answer(house, house.room, owner_of(house), "bind"))
        said = await answer(house, house.general, owner_of(house), "bind", code=code)

    assert house.store.rooms == {}
    assert "lacks Send Messages and Embed Links" in said


async def test_who_does_not_manage_the_server_cannot_bind(house: House) -> None:
    """A moderator is not enough."""
    async with house.served():
        said = await answer(house, house.room, house.omar, "bind")

    assert "You need Manage Server" in said
    assert house.store.codes == {}


async def test_a_code_from_another_platform_is_refused(house: House) -> None:
    """A room is on the platform it gets cards from."""
    async with house.served():
        code = code_in(await answer(house, house.room, owner_of(house), "bind"))
        house.store.codes[code] = ("telegram:-100", house.store.codes[code][1])
        said = await answer(house, house.general, owner_of(house), "bind", code=code)

    assert "another platform" in said


async def test_status_says_where_cards_go_and_what_is_missing(house: House) -> None:
    """Missing permissions and switched-off intents come with their mend."""
    house.server.world.privileged.clear()
    house.guild.members[house.server.world.bot.id].roles[0].permissions = mask(["manage_messages"])

    async with house.served():
        said = await answer(house, house.room, owner_of(house), "status")
        house.store.rooms.clear()
        unbound = await answer(house, house.general, owner_of(house), "status")

    assert "Watching" in said
    assert "Cards go to" in said
    assert "This channel gets the cards of" in said
    assert "Missing: Kick Members, Ban Members and Timeout Members" in said
    assert "Message Content Intent" in said
    assert "Server Members Intent" in said
    assert "Use /bind" in unbound


async def test_it_greets_once_where_it_may_write(house: House) -> None:
    """On first meeting a server it says how to begin; after a restart it does not repeat itself."""
    async with house.served():
        await house.server.until(lambda: house.server.said(house.general))
    async with house.served():
        await house.server.until(lambda: not house.inbox.waiting)

    (greeting,) = house.server.said(house.general)
    assert "/bind" in text_of(greeting)


async def test_a_bot_in_no_server_says_how_to_invite_it(house: House) -> None:
    """The line `ready` holds the address, with the permissions ticked that the bot needs."""
    house.server.world.guilds.clear()
    said: list[str] = []

    async with asyncio.TaskGroup() as group:
        ear = group.create_task(house.platform.listen(said.append), name="listen")
        await house.server.until(lambda: said)
        ear.cancel()

    wanted = ("manage_messages", "kick_members", "ban_members", "moderate_members", "send_messages")
    permissions = mask([*wanted, "embed_links", "view_channel", "read_message_history"])
    assert f"client_id={house.server.world.application_id}&" in said[0]
    assert said[0].endswith(f"&permissions={permissions})")


async def test_the_commands_are_registered(house: House) -> None:
    """Three commands for who manages the server, one for who moderates, one menu for everybody."""
    async with house.served():
        commands = {c["name"]: c["default_member_permissions"] for c in house.server.world.commands}

    assert commands == {
        "bind": "32",
        "status": "32",
        "policy": "32",
        "why": "8192",
        "Report to moderators": None,
    }
