"""The Discord stand-in, seen through the unmodified client: messages, files, cards, history."""

import io

import discord
import pytest

from tests.standins.discord.client import connected, wanted
from tests.standins.discord.server import DiscordServer
from tests.standins.discord.state import Channel, Guild, Json, Member

PNG = b"\x89PNG\r\n\x1a\n and so on"


def furnish(server: DiscordServer) -> tuple[Guild, Channel, Member]:
    """Make a server with one channel and one member."""
    guild = server.guild("Kite Flyers")
    channel = server.channel(guild, "general")
    return guild, channel, server.member(guild, "amina_r", shown="Amina R.")


async def send(client: discord.Client, channel: Channel, text: str, **extra: object) -> discord.Message:
    """Let the bot write through the library."""
    target = client.get_channel(channel.id)
    assert isinstance(target, discord.TextChannel)
    return await target.send(text, **extra)  # type: ignore[call-overload, no-any-return]  # extras vary by test


async def test_a_member_writes_and_the_client_reads_it_all(discord_server: DiscordServer) -> None:
    """Text, files, embeds, stickers and mentions arrive as they were sent."""
    _, channel, amina = furnish(discord_server)
    bot = discord_server.world.bot
    embed: Json = {"type": "rich", "title": "A kite", "url": "https://kite.example/", "fields": []}

    async with connected(discord_server) as client:
        await discord_server.post(
            channel,
            amina,
            content=f"look <@{bot.id}>",
            attachments=[("kite.png", PNG)],
            embeds=[embed],
            stickers=["wave"],
        )
        heard = await discord_server.until(lambda: client.heard)
        downloaded = await heard[0].attachments[0].read()

    message = heard[0]
    assert message.content == f"look <@{bot.id}>"
    assert [user.id for user in message.mentions] == [bot.id]
    assert isinstance(message.author, discord.Member)
    assert message.author.display_name == "Amina R."
    assert message.embeds[0].url == "https://kite.example/"
    assert message.stickers[0].name == "wave"
    assert downloaded == PNG


async def test_a_forward_carries_a_snapshot_without_an_author(discord_server: DiscordServer) -> None:
    """A forwarded message is empty itself; what it shows is in the snapshot."""
    guild, channel, amina = furnish(discord_server)
    elsewhere = discord_server.channel(guild, "elsewhere")
    origin = await discord_server.post(elsewhere, amina, content="the first", attachments=[("a.png", PNG)])

    async with connected(discord_server) as client:
        await discord_server.post(channel, amina, snapshot=origin)
        (message,) = await discord_server.until(lambda: client.heard)

    assert message.content == ""
    assert message.message_snapshots[0].content == "the first"
    assert message.message_snapshots[0].attachments[0].filename == "a.png"
    assert message.reference is not None
    assert message.reference.message_id == origin.id


async def test_a_file_that_is_sent_has_its_description(discord_server: DiscordServer) -> None:
    """As the library sends it; an attachment that is named without a file is refused."""
    _, channel, _ = furnish(discord_server)

    async with connected(discord_server) as client:
        room = await client.fetch_channel(channel.id)
        assert isinstance(room, discord.TextChannel)
        sent = await room.send(file=discord.File(io.BytesIO(PNG), "a.png", description="a kite"))
        route = discord.http.Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)
        named: Json = {"content": "x", "attachments": [{"id": 0, "filename": "a.png"}]}
        with pytest.raises(discord.HTTPException, match="Invalid Form Body"):
            await client.http.request(route, json=named)

    assert (sent.attachments[0].filename, sent.attachments[0].description) == ("a.png", "a kite")
    assert discord_server.said(channel)[0].files[0].body == PNG


async def test_a_poll_and_components_arrive(discord_server: DiscordServer) -> None:
    """Polls and component-only messages of other apps come with their words."""
    _, channel, amina = furnish(discord_server)
    poll: Json = {
        "question": {"text": "Where?"},
        "answers": [{"answer_id": 1, "poll_media": {"text": "the hill"}}],
        "expiry": "2099-01-01T00:00:00+00:00",
        "allow_multiselect": False,
        "layout_type": 1,
        "results": {"is_finalized": False, "answer_counts": []},
    }
    button: Json = {"type": 2, "style": 5, "label": "go", "url": "https://kite.example/go"}
    row: Json = {"type": 1, "components": [button]}

    async with connected(discord_server) as client:
        await discord_server.post(channel, amina, poll=poll)
        await discord_server.post(channel, amina, components=[row], webhook=True)
        asked, offered = await discord_server.until(lambda: client.heard if len(client.heard) == 2 else [])

    assert asked.poll is not None
    assert asked.poll.question == "Where?"
    (shown,) = offered.components
    assert isinstance(shown, discord.ActionRow)
    assert isinstance(shown.children[0], discord.Button)
    assert shown.children[0].url == "https://kite.example/go"
    assert offered.webhook_id is not None


async def test_an_edit_comes_as_a_whole_message(discord_server: DiscordServer) -> None:
    """A raw edit event holds the new text, also of a message the client never saw."""
    _, channel, amina = furnish(discord_server)
    old = await discord_server.post(channel, amina, content="clean")

    async with connected(discord_server) as client:
        await discord_server.edit(old, content="changed")
        (edit,) = await discord_server.until(lambda: client.edits)

    assert edit.message.content == "changed"
    assert edit.message.edited_at is not None
    assert edit.cached_message is None


async def test_the_bot_writes_edits_and_deletes(discord_server: DiscordServer) -> None:
    """What the bot sends stands in the channel, pings only whom it allowed, changes, and goes."""
    _, channel, amina = furnish(discord_server)
    card = discord.Embed(title="a card", description="lines")

    async with connected(discord_server) as client:
        nobody = discord.AllowedMentions.none()
        sent = await send(client, channel, f"<@{amina.user.id}>", embed=card, allowed_mentions=nobody)
        (post,) = discord_server.said(channel)
        await sent.edit(content="later", embed=None)

        assert sent.mentions == []
        assert (post.content, post.embeds) == ("later", [])
        await sent.delete()

    assert post.is_deleted


async def test_a_file_dies_with_its_message(discord_server: DiscordServer) -> None:
    """After a deletion the attachment's address answers 404."""
    _, channel, amina = furnish(discord_server)

    async with connected(discord_server) as client:
        post = await discord_server.post(channel, amina, attachments=[("a.png", PNG)])
        (message,) = await discord_server.until(lambda: client.heard)
        await message.delete()

        with pytest.raises(discord.NotFound):
            await message.attachments[0].read()

    assert post.is_deleted


async def test_history_is_read_back_in_order(discord_server: DiscordServer) -> None:
    """Messages after a known one come oldest first, over several pages."""
    _, channel, amina = furnish(discord_server)
    posts = [await discord_server.post(channel, amina, content=str(n)) for n in range(130)]

    async with connected(discord_server) as client:
        target = client.get_channel(channel.id)
        assert isinstance(target, discord.TextChannel)
        after = discord.Object(posts[4].id)
        read = [m.content async for m in target.history(limit=None, after=after, oldest_first=True)]

    assert read == [str(n) for n in range(5, 130)]


async def test_messages_are_deleted_in_bulk_and_reacted_to(discord_server: DiscordServer) -> None:
    """Two to a hundred go at once; a reaction counts and is the bot's own."""
    _, channel, amina = furnish(discord_server)
    posts = [await discord_server.post(channel, amina, content=str(n)) for n in range(3)]

    async with connected(discord_server) as client:
        target = client.get_channel(channel.id)
        assert isinstance(target, discord.TextChannel)
        kept = await target.fetch_message(posts[2].id)
        await kept.add_reaction("👍")
        seen = await target.fetch_message(posts[2].id)
        await target.delete_messages([discord.Object(post.id) for post in posts[:2]])
        await discord_server.until(lambda: len(client.gone) == 2)

    assert (seen.reactions[0].count, seen.reactions[0].me) == (1, True)
    assert sorted(channel.posts) == [posts[2].id]


async def test_without_the_content_intent_texts_are_empty(
    discord_server: DiscordServer,
) -> None:
    """Only what mentions the bot can be read, over the gateway and in the history."""
    _, channel, amina = furnish(discord_server)
    discord_server.world.privileged.discard("message_content")
    intents = wanted()
    intents.message_content = False

    async with connected(discord_server, intents) as client:
        await discord_server.post(channel, amina, content="secret", attachments=[("a.png", PNG)])
        await discord_server.post(channel, amina, content=f"<@{discord_server.world.bot.id}> help")
        hidden, mention = await discord_server.until(lambda: client.heard if len(client.heard) == 2 else [])
        fetched = await hidden.channel.fetch_message(hidden.id)

    assert (hidden.content, hidden.attachments, fetched.content) == ("", [], "")
    assert mention.content.endswith("help")


async def test_messages_in_threads_and_unseen_channels(discord_server: DiscordServer) -> None:
    """A thread's messages arrive; a channel the bot cannot see makes no events and refuses it."""
    guild, channel, amina = furnish(discord_server)
    club = discord_server.role(guild, "Club")
    amina.roles.append(club)
    hidden = discord_server.channel(guild, "hidden", only_for=[club])
    del hidden.overwrites[-1]  # the bot's own

    async with connected(discord_server) as client:
        thread = await discord_server.thread(channel, "side talk")
        await discord_server.post(hidden, amina, content="unseen")
        await discord_server.post(thread, amina, content="aside")
        (message,) = await discord_server.until(lambda: client.heard)
        with pytest.raises(discord.Forbidden) as refused:
            await client.fetch_channel(hidden.id)

    assert message.content == "aside"
    assert isinstance(message.channel, discord.Thread)
    assert refused.value.code == 50001


async def test_a_private_word_reaches_a_member(discord_server: DiscordServer) -> None:
    """The bot can open a private conversation and write there."""
    _, _, amina = furnish(discord_server)

    async with connected(discord_server) as client:
        user = await client.fetch_user(amina.user.id)
        await user.send("a word")

    (channel,) = [c for c in discord_server.world.channels.values() if c.recipient == amina.user]
    assert [post.content for post in channel.posts.values()] == ["a word"]


async def test_who_has_left_cannot_write(discord_server: DiscordServer) -> None:
    """The stand-in's people are held to what the bot did to them."""
    guild, channel, amina = furnish(discord_server)
    del guild.members[amina.user.id]

    with pytest.raises(PermissionError, match="not in Kite Flyers"):
        await discord_server.post(channel, amina, content="still here")
