"""The Discord stand-in's gateway and its failures, seen through the unmodified client."""

import aiohttp
import discord
import pytest

from tests.standins.discord import spec
from tests.standins.discord.client import Watcher, connected, pointed_at, wanted
from tests.standins.discord.front import Failure
from tests.standins.discord.server import DiscordServer
from tests.standins.test_discord_messages import furnish, send


async def test_login_gives_the_client_its_servers(discord_server: DiscordServer) -> None:
    """READY and GUILD_CREATE bring servers, channels, roles and members; the client beats at once."""
    guild, channel, amina = furnish(discord_server)
    moderators = discord_server.moderators(guild)

    async with connected(discord_server) as client:
        await discord_server.until(lambda: discord_server.gateway.heartbeats)
        seen = client.get_guild(guild.id)
        application = await client.application_info()

        assert seen is not None
        assert seen.get_channel(channel.id) is not None
        assert seen.get_member(amina.user.id) is not None
        assert seen.me.guild_permissions.ban_members
        assert seen.get_role(moderators.id) is not None
        assert application.flags.gateway_message_content_limited
        assert "ban_members" in [name for name, on in seen.me.top_role.permissions if on]


async def test_a_wrong_token_is_refused(discord_server: DiscordServer) -> None:
    """401 at login; at the gateway it is close code 4004."""
    client = Watcher(wanted())

    with pointed_at(discord_server):
        async with client:
            with pytest.raises(discord.LoginFailure):
                await client.start("wrong")

    async with aiohttp.ClientSession() as session, session.ws_connect(discord_server.gateway.url) as socket:
        await socket.receive_json()
        properties = {"os": "x", "browser": "x", "device": "x"}
        await socket.send_json({"op": 2, "d": {"token": "wrong", "properties": properties, "intents": 1}})
        await socket.receive()

        assert socket.close_code == 4004


async def test_an_intent_that_is_not_switched_on_closes_the_gateway(discord_server: DiscordServer) -> None:
    """Asking for message content without the switch ends with 4014."""
    discord_server.world.privileged.discard("message_content")
    client = Watcher(wanted())

    with pointed_at(discord_server):
        async with client:
            with pytest.raises(discord.PrivilegedIntentsRequired):
                await client.start(discord_server.token)


async def test_a_cut_line_is_resumed_and_nothing_is_missed(discord_server: DiscordServer) -> None:
    """What happened while the line was down is told after RESUME, once, without a new IDENTIFY."""
    _, channel, amina = furnish(discord_server)

    async with connected(discord_server) as client:
        await discord_server.post(channel, amina, content="before")
        await discord_server.until(lambda: client.heard)
        await discord_server.gateway.drop()
        await discord_server.post(channel, amina, content="meanwhile")
        await discord_server.until(lambda: discord_server.gateway.resumed)
        await discord_server.post(channel, amina, content="after")
        await discord_server.until(lambda: len(client.heard) == 3)

    assert [message.content for message in client.heard] == ["before", "meanwhile", "after"]
    assert discord_server.gateway.identified == 1
    assert client.events.count("RESUMED") == 1


async def test_the_server_may_ask_to_reconnect(discord_server: DiscordServer) -> None:
    """Op 7 makes the client come back and resume."""
    async with connected(discord_server):
        await discord_server.gateway.ask_reconnect()
        await discord_server.until(lambda: discord_server.gateway.resumed)

    assert discord_server.gateway.identified == 1


async def test_an_invalid_session_is_identified_anew(discord_server: DiscordServer) -> None:
    """Op 9 without resuming makes the client identify again; events in between are gone."""
    _, channel, amina = furnish(discord_server)

    async with connected(discord_server) as client:
        await discord_server.gateway.invalidate(resumable=False)
        await discord_server.post(channel, amina, content="lost")
        await discord_server.until(lambda: discord_server.gateway.identified == 2)
        await discord_server.post(channel, amina, content="heard")
        await discord_server.until(lambda: client.heard)

    assert [message.content for message in client.heard] == ["heard"]


async def test_people_come_go_and_are_told_of(discord_server: DiscordServer) -> None:
    """Joining reaches a client with the members intent, and not one without."""
    guild, _, _ = furnish(discord_server)
    few = wanted()
    few.members = False

    async with connected(discord_server) as client:
        await discord_server.join(guild, "new_one")
        await discord_server.until(lambda: "GUILD_MEMBER_ADD" in client.events)
    async with connected(discord_server, few) as client:
        await discord_server.join(guild, "another")
        await discord_server.post(
            discord_server.channel(guild, "x"), guild.members[guild.owner_id], content="x"
        )
        await discord_server.until(lambda: client.heard)

        assert "GUILD_MEMBER_ADD" not in client.events
        seen = client.get_guild(guild.id)
        assert seen is not None
        assert [member.id for member in await seen.query_members(user_ids=[guild.owner_id])] == [
            guild.owner_id
        ]


async def test_a_rate_limit_is_waited_out(discord_server: DiscordServer) -> None:
    """A 429 has the header and body the client needs to wait and try again."""
    _, channel, _ = furnish(discord_server)
    discord_server.fail_next(Failure("POST", "/channels/*/messages", 429, retry_after=0.01))

    async with connected(discord_server) as client:
        await send(client, channel, "in the end")

    assert [call.status for call in discord_server.calls("POST", "/messages")] == [429, 200]
    assert [post.content for post in discord_server.said(channel)] == ["in the end"]


async def test_a_bucket_that_is_empty_makes_the_client_wait(discord_server: DiscordServer) -> None:
    """The headers tell the client when to hold back, so that it is never refused."""
    _, channel, _ = furnish(discord_server)
    discord_server.limit("POST", "/channels/{channel_id}/messages", requests=2, per_s=0.1)

    async with connected(discord_server) as client:
        for number in range(5):
            await send(client, channel, str(number))

    assert [call.status for call in discord_server.calls("POST", "/messages")] == [200] * 5


async def test_a_cut_request_and_a_failing_server_are_errors(discord_server: DiscordServer) -> None:
    """A dropped connection and an answer 503 reach the caller."""
    _, channel, _ = furnish(discord_server)

    async with connected(discord_server) as client:
        discord_server.fail_next(Failure("POST", "/channels/*/messages", is_cut=True))
        with pytest.raises(aiohttp.ClientError):
            await send(client, channel, "cut")
        discord_server.fail_next(Failure("POST", "/channels/*/messages", 503))
        with pytest.raises(discord.DiscordServerError):
            await send(client, channel, "broken")

    assert discord_server.said(channel) == []


@pytest.mark.skipif(bool(spec.MISSING), reason=f"absent: {spec.MISSING}")
def test_the_description_catches_breaches() -> None:
    """A wrong request, answer, event and client frame are each found; the known deviations are not."""
    send_to = ("POST", "/channels/{channel_id}/messages")
    wrong_event: dict[str, object] = {"op": 0, "t": "MESSAGE_DELETE", "s": 1, "d": {"id": "1"}}

    assert spec.request_faults(*send_to, {"content": 3}, ())
    assert spec.request_faults(*send_to, {"content": "x"}, ("wrong",))
    assert spec.request_faults("POST", "/no/such/thing", None, ())
    assert spec.answer_faults(*send_to, 200, {"id": "1"})
    assert spec.received_faults(wrong_event)
    assert spec.sent_faults({"op": 2, "d": {}})
    assert not spec.request_faults("PUT", "/guilds/{guild_id}/bans/{user_id}", None, ())
    assert not spec.request_faults(
        *send_to, {"message_reference": {"message_id": 1 << 60}, "content": "x"}, ()
    )
