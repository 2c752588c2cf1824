"""The real process before a Discord: from a post to a card to a deed, through kills and restarts."""

import io
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from core.model import Entry
from core.store.banks import SqlBanks
from core.store.connect import Database
from core.store.rooms import SqlRooms
from tests.bots.discord.house import text_of
from tests.e2e.process import Process, command, running
from tests.standins.discord.rest_invites import to_guild
from tests.standins.discord.server import DiscordServer
from tests.standins.discord.state import Channel, Guild, Member, Post, new_id

BAD_LINK = "https://t.me/BlueLantern"

DELETE = ("DELETE", "/channels/{channel_id}/messages/{message_id}")


@dataclass
class Scene:
    """A server with a room bound to it, people, and a home in which a list knows the banned channel."""

    discord: DiscordServer
    home: Path
    guild: Guild
    general: Channel
    room: Channel
    amina: Member
    omar: Member

    def process(self, *words: str) -> AbstractAsyncContextManager[Process]:
        """Give a process over this home and Discord."""
        settings = {
            "NIGEHBAN_DISCORD__TOKEN": self.discord.token,
            "NIGEHBAN_DISCORD__API_BASE": self.discord.api_base,
            "NIGEHBAN_DISCORD__GATEWAY": self.discord.gateway.url,
            "NIGEHBAN_DISCORD__CDN_BASE": self.discord.cdn_base,
            "NIGEHBAN_LOG_LEVEL": "info",
        }
        return running(self.home, settings, *words)

    async def cards(self, count: int) -> list[Post]:
        """Wait until there are so many cards."""
        return await self.discord.until(lambda: self._cards() if len(self._cards()) >= count else [], 20)

    def _cards(self) -> list[Post]:
        return [post for post in self.discord.said(self.room) if post.buttons]

    async def told(self, card: Post, words: str) -> None:
        """Wait until a card says something."""
        await self.discord.until(lambda: words in text_of(card), 20)

    async def posted(self, words: str, **extra: list[tuple[str, bytes]]) -> Post:
        """Let Amina post in the open channel."""
        return await self.discord.post(self.general, self.amina, content=words, **extra)  # type: ignore[arg-type]  # only attachments


@pytest.fixture
async def scene(discord_server: DiscordServer, tmp_path: Path) -> Scene:
    """Give a home in which the room is bound and the list is known, as the process finds it at its start."""
    guild = discord_server.guild("Kite Flyers")
    moderators = discord_server.moderators(guild)
    one = Scene(
        discord=discord_server,
        home=tmp_path / "home",
        guild=guild,
        general=discord_server.channel(guild, "general"),
        room=discord_server.channel(guild, "moderators", only_for=[moderators]),
        amina=discord_server.member(guild, "amina_r", shown="Amina R."),
        omar=discord_server.member(guild, "omar", shown="Omar", roles=[moderators]),
    )
    one.home.mkdir()
    database = await Database.open(f"sqlite:///{one.home / 'nigehban.db'}")
    await SqlRooms(database).bind(f"discord:{guild.id}", f"discord:{one.room.id}")
    known = Entry(kind="link", value="telegram:user/bluelantern", label="lantern channel")
    await SqlBanks(database).add("community", [known])
    await database.close()
    return one


async def test_an_administrator_binds_a_room_and_the_first_card_goes_there(scene: Scene) -> None:
    """A code from the moderators' room, entered in the server: nothing else is typed."""
    other = scene.discord.channel(scene.guild, "second room", only_for=[scene.omar.roles[0]])
    owner = scene.guild.members[scene.guild.owner_id]

    async with scene.process():
        given = await scene.discord.command(other, owner, "bind")
        offer = await scene.discord.until(lambda: given.original)
        assert offer is not None
        code = text_of(offer).partition("Code ")[2][:6]
        taken = await scene.discord.command(scene.general, owner, "bind", code=code)
        await scene.discord.until(lambda: taken.original)
        await scene.posted(BAD_LINK)
        await scene.discord.until(lambda: scene.discord.said(other), 20)

    assert scene.discord.said(scene.room) == []


async def test_a_banned_link_leads_to_a_card_and_each_button_does_what_it_says(scene: Scene) -> None:
    """A stranger's tap, delete and ban, the same again, undo: once each, and the card tells."""
    async with scene.process() as process:
        post = await scene.posted(f"look: {BAD_LINK}")
        (card,) = await scene.cards(1)
        stranger = await scene.discord.press(card, "Delete", scene.amina)
        await scene.discord.until(lambda: stranger.follow_ups)
        untouched = not post.is_deleted
        await scene.discord.press(card, "Delete and ban", scene.omar)
        late = await scene.discord.press(card, "Delete and ban", scene.omar)
        await scene.told(card, "Deleted and banned by")
        await scene.discord.until(lambda: late.follow_ups)
        banned = scene.amina.user.id in scene.guild.bans
        await scene.discord.press(card, "Undo", scene.omar)
        await scene.told(card, "Undone by")
        code = await process.stop()

    assert text_of(card).startswith("🔴 Link on a list · case ")
    assert BAD_LINK not in text_of(card)
    assert "Only moderators" in text_of(stranger.follow_ups[0])
    assert untouched
    assert post.is_deleted
    assert banned
    assert scene.guild.bans == {}
    bans = [
        call for method in ("PUT", "DELETE") for call in scene.discord.calls(method) if "/bans/" in call.path
    ]
    assert [call.method for call in bans] == ["PUT", "DELETE"]
    assert len(scene.discord.calls("DELETE", f"/messages/{post.id}")) == 1
    assert code == 0
    assert "ready discord @kites_guard" in process.lines
    assert not [line for line in process.lines if scene.discord.token in line or "Traceback" in line]


async def test_a_fresh_invite_to_a_banned_server_leads_to_a_card(scene: Scene) -> None:
    """The list knows the server's number; the code is new, and Discord says where it leads."""
    banned = Guild(id=new_id(), name="Lanterns", owner_id=new_id())
    scene.discord.world.invites["ExampleKites"] = to_guild("ExampleKites", banned)
    database = await Database.open(f"sqlite:///{scene.home / 'nigehban.db'}")
    await SqlBanks(database).add("community", [Entry(kind="link", value=f"discord:guild/{banned.id}")])
    await database.close()

    async with scene.process():
        await scene.posted("join us: discord.gg/ExampleKites and https://t.co/exAmpl3")
        (card,) = await scene.cards(1)

    assert f"links to discord:guild/{banned.id}" in text_of(card)
    assert "co/exAmpl3: not followed" in text_of(card).partition("Not looked at: ")[2]
    assert len(scene.discord.calls("GET", "/invites/ExampleKites")) == 1


async def test_an_edit_that_adds_the_link_is_caught(scene: Scene) -> None:
    """A post that was clean when it came is looked at again when it changes; dismissing leaves it."""
    async with scene.process():
        post = await scene.posted("look")
        await scene.discord.edit(post, content=f"look: {BAD_LINK}")
        (card,) = await scene.cards(1)
        await scene.discord.press(card, "Dismiss", scene.omar)
        await scene.told(card, "Dismissed by")

    assert not post.is_deleted


async def test_a_banned_picture_leads_to_a_card(scene: Scene, tmp_path: Path) -> None:
    """It is recognised although it was written anew in another format."""
    picture = tmp_path / "poster.png"
    picture.write_bytes(_drawn("PNG"))
    await command(scene.home, "bank", "add", str(picture), "--bank", "posters", "--label", "poster 14")

    async with scene.process():
        await scene.posted("", attachments=[("x.jpg", _drawn("JPEG"))])
        (card,) = await scene.cards(1)

    assert text_of(card).startswith("🔴 Known picture")
    assert "poster 14" in text_of(card)


async def test_a_report_reaches_the_moderators(scene: Scene) -> None:
    """From a message's menu, by anybody, about anything."""
    async with scene.process():
        post = await scene.posted("something unpleasant")
        menu = await scene.discord.context_menu(post, "Report to moderators", scene.omar)
        (card,) = await scene.cards(1)
        await scene.discord.until(lambda: menu.original)

    assert text_of(card).startswith("🔵 Reported by a member")


async def test_a_kill_between_arrival_and_case_loses_nothing_and_doubles_nothing(scene: Scene) -> None:
    """The event is in the inbox, its file is being fetched, and the process dies; the next one goes on."""
    scene.discord.files.gate.shut()
    async with scene.process() as process:
        await scene.posted(BAD_LINK, attachments=[("a.png", _drawn("PNG"))])
        await scene.discord.until(lambda: scene.discord.files.gate.waiting, 20)
        await process.kill()
    before = len(scene.discord.said(scene.room))
    scene.discord.files.gate.open()

    async with scene.process():
        await scene.cards(1)
        await scene.posted(f"again: {BAD_LINK}")
        cards = await scene.cards(2)

    assert before == 0
    assert len({text_of(card).splitlines()[0] for card in cards}) == len(cards) == 2


async def test_a_kill_between_decision_and_deed_carries_it_out_once(scene: Scene) -> None:
    """The decision is saved, the deletion under way, and the process dies; the next one deletes."""
    gate = scene.discord.gate(*DELETE)
    async with scene.process() as process:
        post = await scene.posted(BAD_LINK)
        (card,) = await scene.cards(1)
        await scene.discord.press(card, "Delete", scene.omar)
        await scene.discord.until(lambda: gate.waiting, 20)
        await process.kill()
    there_still = not post.is_deleted
    gate.open()

    async with scene.process():
        await scene.told(card, "Deleted by")

    assert there_still
    assert post.is_deleted
    assert len(scene.discord.said(scene.room)) == 1
    assert text_of(card).count("Deleted by") == 1


async def test_what_was_written_while_it_was_down_is_read_after_a_restart(scene: Scene) -> None:
    """The history is read from where it was left, and buttons of earlier processes still work."""
    async with scene.process() as process:
        first = await scene.posted(BAD_LINK)
        (card,) = await scene.cards(1)
        await process.stop()
    await scene.posted("ordinary")
    await scene.posted(f"again: {BAD_LINK}")

    async with scene.process():
        await scene.cards(2)
        await scene.discord.press(card, "Delete", scene.omar)
        await scene.told(card, "Deleted by")

    assert first.is_deleted
    assert len(scene.discord.said(scene.room)) == 2


async def test_a_strict_policy_deletes_what_a_promoted_list_knows(scene: Scene) -> None:
    """The machine acts where it was allowed to, and the card says so; a moderator's own post stays."""
    await command(scene.home, "bank", "promote", "--bank", "community")

    async with scene.process("--policy", "strict"):
        post = await scene.posted(BAD_LINK)
        own = await scene.discord.post(scene.general, scene.omar, content=f"seen: {BAD_LINK}")
        cards = await scene.cards(2)
        await scene.discord.until(lambda: any("Policy strict: deleted." in text_of(card) for card in cards))

    assert (post.is_deleted, own.is_deleted) == (True, False)
    assert sum("Policy strict: deleted." in text_of(card) for card in cards) == 1


async def test_without_the_content_intent_it_starts_and_says_so(scene: Scene) -> None:
    """The line `ready` and a log line with the remedy tell; a report still works."""
    scene.discord.world.privileged.clear()

    async with scene.process() as process:
        post = await scene.posted(BAD_LINK)
        await scene.discord.context_menu(post, "Report to moderators", scene.omar)
        (card,) = await scene.cards(1)

    assert "ready discord @kites_guard (only reports and mentions)" in process.lines
    assert any("Message Content Intent is off" in line for line in process.lines)
    assert text_of(card).startswith("🔵 Reported by a member: Link on a list")


async def test_a_wrong_token_is_one_line(scene: Scene) -> None:
    """It names the setting and the remedy; there is no trace, and nothing is served."""
    scene.discord.front.token = "another"

    with pytest.raises(ExceptionGroup) as refused:
        async with scene.process():
            pass

    (line,) = str(refused.value.exceptions[0]).splitlines()
    assert line.startswith("nigehban: NIGEHBAN_DISCORD__TOKEN: Discord does not know this token.")


def _drawn(kind: str) -> bytes:
    """Draw a picture with enough structure for a fingerprint."""
    picture = Image.radial_gradient("L").resize((480, 360))
    for left, top in ((20, 30), (300, 60), (120, 220), (360, 260)):
        picture.paste(Image.linear_gradient("L").resize((90, 70)).rotate(left), (left, top))
    written = io.BytesIO()
    picture.save(written, kind)
    return written.getvalue()
