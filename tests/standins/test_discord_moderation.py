"""The Discord stand-in, seen through the unmodified client: buttons, commands, bans, timeouts, rights."""

from datetime import timedelta

import discord
import pytest

from tests.standins.discord.client import Watcher, connected
from tests.standins.discord.server import DiscordServer
from tests.standins.discord.state import Channel, Guild, Post
from tests.standins.test_discord_messages import furnish, send


class Card(discord.ui.View):
    """Two buttons that outlive the process."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(discord.ui.Button(label="Delete", custom_id="case:1:delete"))
        self.add_item(discord.ui.Button(label="Gone", custom_id="case:1:gone", disabled=True))


async def show_card(server: DiscordServer, client: Watcher, channel: Channel) -> Post:
    """Let the bot show a card."""
    await send(client, channel, "", embed=discord.Embed(title="a card"), view=Card())
    return server.said(channel)[-1]


async def member_of(client: Watcher, guild: Guild, user_id: int) -> discord.Member:
    """Look a member up through the library."""
    seen = client.get_guild(guild.id)
    assert seen is not None
    return await seen.fetch_member(user_id)


async def test_a_tap_changes_the_card(discord_server: DiscordServer) -> None:
    """A button's interaction is answered by changing its message, and can be answered once."""
    _, channel, amina = furnish(discord_server)

    async with connected(discord_server) as client:
        post = await show_card(discord_server, client, channel)
        tap = await discord_server.press(post, "Delete", amina)
        (heard,) = await discord_server.until(lambda: client.taps)
        await heard.response.edit_message(embed=discord.Embed(title="decided"), view=None)
        with pytest.raises(discord.HTTPException) as twice:
            await client.http.request(
                discord.http.Route("POST", f"/interactions/{tap.id}/{tap.token}/callback"), json={"type": 6}
            )
        await heard.followup.send("thank you", ephemeral=True)

    assert heard.data is not None
    assert heard.data.get("custom_id") == "case:1:delete"
    assert heard.user.id == amina.user.id
    assert (post.embeds[0]["title"], post.components) == ("decided", [])
    assert twice.value.code == 40060
    assert tap.texts == ["thank you"]
    assert tap.is_private


async def test_a_button_that_is_not_there_cannot_be_pressed(discord_server: DiscordServer) -> None:
    """The stand-in's people can press only what they see."""
    _, channel, amina = furnish(discord_server)

    async with connected(discord_server) as client:
        post = await show_card(discord_server, client, channel)
        with pytest.raises(LookupError, match="no button 'Gone'"):
            await discord_server.press(post, "Gone", amina)


async def test_a_deferred_answer_comes_later(discord_server: DiscordServer) -> None:
    """Deferring keeps the place; the answer is then written into it, seen by one person only."""
    _, channel, amina = furnish(discord_server)

    async with connected(discord_server) as client:
        client.tree.add_command(discord.app_commands.Command(name="bind", description="b", callback=_quiet))
        await client.tree.sync()
        made = await discord_server.command(channel, amina, "bind", code="K3")
        (heard,) = await discord_server.until(lambda: client.taps)
        await heard.response.defer(ephemeral=True)
        await heard.edit_original_response(content="done")

    assert heard.data is not None
    assert heard.data.get("options") == [{"name": "code", "type": 3, "value": "K3"}]
    assert made.texts == ["done"]
    assert made.is_private
    assert discord_server.said(channel) == []


async def test_a_context_menu_brings_the_whole_message(discord_server: DiscordServer) -> None:
    """Even without the content intent a reported message comes with its text."""
    guild, channel, amina = furnish(discord_server)
    post = await discord_server.post(channel, amina, content="read me", attachments=[("a.png", b"x")])
    reporter = discord_server.member(guild, "zahra")

    async with connected(discord_server, discord.Intents.none()) as client:
        menu = discord.app_commands.ContextMenu(name="Report", callback=_quiet_menu)
        client.tree.add_command(menu)
        await client.tree.sync()
        await discord_server.context_menu(post, "Report", reporter)
        (heard,) = await discord_server.until(lambda: client.taps)
        await heard.response.send_message("thank you", ephemeral=True)

    assert heard.data is not None
    (message,) = heard.data["resolved"]["messages"].values()  # type: ignore[typeddict-item]  # of a message menu
    assert message["content"] == "read me"
    assert message["attachments"][0]["filename"] == "a.png"


async def _quiet(interaction: discord.Interaction, code: str) -> None:
    """Leave the answer to the test."""


async def _quiet_menu(interaction: discord.Interaction, message: discord.Message) -> None:
    """Leave the answer to the test."""


async def test_a_ban_removes_the_member_and_their_recent_messages(discord_server: DiscordServer) -> None:
    """Seconds travel in the query, the reason in a header; the events tell of it; unbanning undoes it."""
    guild, channel, amina = furnish(discord_server)
    post = await discord_server.post(channel, amina, content="x")

    async with connected(discord_server) as client:
        seen = client.get_guild(guild.id)
        assert seen is not None
        await seen.ban(discord.Object(amina.user.id), reason="known propaganda", delete_message_seconds=60)
        await discord_server.until(lambda: client.gone)
        entry = await seen.fetch_ban(discord.Object(amina.user.id))
        log = [e async for e in seen.audit_logs(action=discord.AuditLogAction.ban)]
        banned = dict(guild.bans)
        await seen.unban(discord.Object(amina.user.id))
        with pytest.raises(discord.NotFound):
            await seen.unban(discord.Object(amina.user.id))

    assert banned == {amina.user.id: "known propaganda"}
    assert guild.bans == {}
    assert amina.user.id not in guild.members
    assert post.is_deleted
    assert entry.reason == log[0].reason == "known propaganda"
    assert {"GUILD_BAN_ADD", "GUILD_MEMBER_REMOVE", "GUILD_AUDIT_LOG_ENTRY_CREATE"} <= set(client.events)


async def test_a_timeout_silences_and_is_lifted(discord_server: DiscordServer) -> None:
    """A member in timeout cannot write; the longest one is 28 days."""
    guild, channel, amina = furnish(discord_server)

    async with connected(discord_server) as client:
        member = await member_of(client, guild, amina.user.id)
        await member.timeout(timedelta(hours=1), reason="calm down")
        with pytest.raises(PermissionError, match="silenced"):
            await discord_server.post(channel, amina, content="x")
        await member.timeout(None)
        await discord_server.post(channel, amina, content="thank you")
        with pytest.raises(discord.HTTPException) as too_long:
            await member.timeout(timedelta(days=29))

    assert too_long.value.status == 400


async def test_roles_and_kicks(discord_server: DiscordServer) -> None:
    """Roles below the bot's own can be given and taken; a kicked member is gone, not banned."""
    guild = discord_server.guild("Kite Flyers", bot_may=("manage_roles", "kick_members"))
    amina = discord_server.member(guild, "amina_r")
    low = discord_server.role(guild, "Low")
    high = discord_server.role(guild, "High", position=20)

    async with connected(discord_server) as client:
        member = await member_of(client, guild, amina.user.id)
        await member.add_roles(discord.Object(low.id))
        held = [role.name for role in amina.roles]
        await member.remove_roles(discord.Object(low.id))
        with pytest.raises(discord.Forbidden):
            await member.add_roles(discord.Object(high.id))
        await member.kick()

    assert (held, amina.roles) == (["Low"], [])
    assert amina.user.id not in guild.members
    assert guild.bans == {}


@pytest.mark.parametrize("rank", ["owner", "administrator", "higher role", "no permission"])
async def test_who_stands_too_high_is_out_of_reach(discord_server: DiscordServer, rank: str) -> None:
    """Owners, administrators and higher roles cannot be silenced, and nobody can without the permission."""
    guild = discord_server.guild(
        "Kite Flyers", bot_may=() if rank == "no permission" else ("moderate_members",)
    )
    high = discord_server.role(guild, "High", position=20)
    admin = discord_server.role(guild, "Admin", may=["administrator"])
    roles = {"higher role": [high], "administrator": [admin]}.get(rank, [])
    target = (
        guild.members[guild.owner_id] if rank == "owner" else discord_server.member(guild, "one", roles=roles)
    )

    async with connected(discord_server) as client:
        member = await member_of(client, guild, target.user.id)
        with pytest.raises(discord.Forbidden) as refused:
            await member.timeout(timedelta(hours=1))

    assert refused.value.code == 50013
    assert not target.is_silenced


async def test_deleting_needs_the_right_and_the_message(discord_server: DiscordServer) -> None:
    """Without the right 50013, for a message that is gone 10008."""
    guild = discord_server.guild("Kite Flyers", bot_may=())
    channel = discord_server.channel(guild, "general")
    post = await discord_server.post(channel, discord_server.member(guild, "amina_r"), content="x")

    async with connected(discord_server) as client:
        target = client.get_partial_messageable(channel.id)
        with pytest.raises(discord.Forbidden) as refused:
            await target.get_partial_message(post.id).delete()
        await discord_server.delete(post)
        with pytest.raises(discord.NotFound) as gone:
            await target.get_partial_message(post.id).delete()

    assert (refused.value.code, gone.value.code) == (50013, 10008)


async def test_commands_are_kept_per_server_and_for_all(discord_server: DiscordServer) -> None:
    """Global and local commands replace their own lists; a menu too many is refused."""
    guild, channel, amina = furnish(discord_server)

    async with connected(discord_server) as client:
        client.tree.add_command(discord.app_commands.Command(name="bind", description="b", callback=_quiet))
        menu = discord.app_commands.ContextMenu(name="Report", callback=_quiet_menu)
        client.tree.add_command(menu, guild=discord.Object(guild.id))
        await client.tree.sync()
        await client.tree.sync(guild=discord.Object(guild.id))
        fetched = await client.tree.fetch_commands()

    assert [command.name for command in fetched] == ["bind"]
    assert [command["name"] for command in guild.commands] == ["Report"]
    with pytest.raises(LookupError, match="no command 'status'"):
        await discord_server.command(channel, amina, "status")
