"""Actions and files: each is safe to do twice, and each refusal is one of our errors."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.case import Choice, Decision
from core.errors import BadInput, CannotLook, Gone, NotPermitted, PlatformError, TryLater
from core.model import Account, Action, ActionKind, Attachment, Message, Place
from tests.bots.discord.house import BANNED, House, text_of
from tests.standins.discord.front import Failure
from tests.standins.discord.permissions import mask
from tests.standins.discord.state import File, Post, new_id


def about(house: House, post: Post) -> Message:
    """Return what a case keeps of a message."""
    return Message(
        id=f"discord:{post.channel.id}/{post.id}",
        place=Place(id=f"discord:{house.guild.id}", name="Kite Flyers"),
        author=Account(id=f"discord:user/{post.author.id}", name="Amina R."),
        at=datetime.now(UTC),
    )


async def test_every_action_and_its_inverse_twice(house: House) -> None:
    """Doing a thing twice has its effect once; what is undone already is gone."""
    async with house.served():
        post = await house.server.post(house.general, house.amina, content="x")
        message = about(house, post)

        async def do(kind: ActionKind, for_s: int | None = None) -> str:
            return await house.platform.perform(Action(kind=kind, for_s=for_s, by="Omar"), message)

        for _ in range(2):
            assert await do(ActionKind.MUTE, 3600) == ""
        assert house.amina.silenced_until is not None
        assert timedelta(minutes=59) < house.amina.silenced_until - datetime.now(UTC) < timedelta(minutes=61)
        for _ in range(2):
            await do(ActionKind.UNMUTE)
        assert not house.amina.is_silenced
        assert "28 days" in await do(ActionKind.MUTE)
        await do(ActionKind.DELETE)
        with pytest.raises(Gone, match="gone already"):
            await do(ActionKind.DELETE)
        for _ in range(2):
            await do(ActionKind.BAN)
        assert list(house.guild.bans.values()) == ["Nigehban, by Omar"]
        await do(ActionKind.UNBAN)
        with pytest.raises(Gone, match="not banned"):
            await do(ActionKind.UNBAN)
        with pytest.raises(Gone):
            await do(ActionKind.UNMUTE)


async def test_who_is_kicked_is_out_and_not_banned(house: House) -> None:
    """The reason stands in the server's log; the second time there is nobody to put out."""
    async with house.served():
        message = about(house, await house.server.post(house.general, house.amina, content="x"))
        await house.platform.perform(Action(kind=ActionKind.KICK, by="Omar"), message)
        with pytest.raises(Gone, match="no longer in the server"):
            await house.platform.perform(Action(kind=ActionKind.KICK, by="Omar"), message)

    assert house.amina.user.id not in house.guild.members
    assert house.guild.bans == {}
    assert house.guild.audit[-1]["reason"] == "Nigehban, by Omar"


async def test_a_missing_permission_to_kick_is_named(house: House) -> None:
    """With the place where it is given; a role that stands too high is another line."""
    house.guild.members[house.server.world.bot.id].roles[0].permissions &= ~mask(["kick_members"])

    async with house.served():
        message = about(house, await house.server.post(house.general, house.amina, content="x"))
        with pytest.raises(NotPermitted, match="the bot lacks “Kick Members”: Server Settings → Roles"):
            await house.platform.perform(Action(kind=ActionKind.KICK), message)


async def test_an_administrator_cannot_be_timed_out_and_the_line_says_so(house: House) -> None:
    """Discord gives the same code for it as for a missing permission."""
    admin = house.server.role(house.guild, "Admin", may=["administrator"], position=2)
    boss = house.server.member(house.guild, "boss", roles=[admin])

    async with house.served():
        post = await house.server.post(house.general, boss, content="x")
        with pytest.raises(NotPermitted, match="administrator"):
            await house.platform.perform(Action(kind=ActionKind.MUTE, for_s=60), about(house, post))


@pytest.mark.parametrize("kind", [ActionKind.NO_MEDIA, ActionKind.MEDIA])
async def test_media_alone_cannot_be_held_and_the_line_says_what_can_be_done(
    house: House, kind: ActionKind
) -> None:
    """Discord is not asked; a mute or a role does it."""
    async with house.served():
        message = about(house, await house.server.post(house.general, house.amina, content="x"))
        with pytest.raises(NotPermitted, match="mute them instead, or give them a role") as refused:
            await house.platform.perform(Action(kind=kind, for_s=60), message)

    assert not isinstance(refused.value, TryLater)
    assert len(str(refused.value)) <= 160
    assert house.server.calls("PATCH") == []


async def test_a_hold_on_media_that_failed_stands_on_the_card_with_its_mend(house: House) -> None:
    """Nothing is retried, and nobody believes that it was done."""
    async with house.served():
        await house.server.post(house.general, house.amina, content=BANNED)
        case = await house.case()
        omar = Account(id=f"discord:user/{house.omar.user.id}", name="Omar")
        hold = Decision(
            moderator=omar,
            choice=Choice.CONFIRM,
            at=case.opened_at,
            actions=(ActionKind.NO_MEDIA,),
            for_s=86_400,
        )
        await house.engine.decide(case.id, hold)
        card = text_of(await house.card())

    assert "✘ Holding media not carried out: " in card
    assert "Discord cannot keep one member from sending media: mute them instead" in card


async def test_a_webhook_cannot_be_banned_and_the_line_says_where_it_is_removed(house: House) -> None:
    """A webhook is no member."""
    async with house.served():
        post = await house.server.post(house.general, house.amina, content="x")
        message = replace(about(house, post), author=Account(id="discord:webhook/77", name="feed"))
        with pytest.raises(PlatformError, match="Integrations"):
            await house.platform.perform(Action(kind=ActionKind.BAN), message)


async def test_a_join_has_no_message_to_delete(house: House) -> None:
    """Nothing is asked of Discord."""
    async with house.served():
        post = await house.server.post(house.general, house.amina, content="x")
        message = replace(about(house, post), id=f"discord:{house.guild.id}/joined-5-20260101T000000")
        with pytest.raises(Gone, match="no message"):
            await house.platform.perform(Action(kind=ActionKind.DELETE), message)

    assert house.server.calls("DELETE") == []


def attachment(house: House, post: Post, size: int | None = None) -> Attachment:
    """Return a message's first file as the normaliser gives it."""
    url = str(house.server.renderer.file(post.channel, post.files[0])["url"])
    ref = f'["{url}", "{post.channel.id}", "{post.id}", "{post.files[0].id}"]'
    return Attachment(ref=ref, path="attachment[0]", size=size)


async def test_a_file_is_fetched_and_a_fresh_address_asked_for_when_it_has_run_out(house: House) -> None:
    """The second address is read from the message."""
    async with house.served():
        post = await house.server.post(house.general, house.amina, attachments=[("a.png", b"picture")])
        whole = attachment(house, post)
        expired = replace(whole, ref=whole.ref.replace("/a.png", "/expired.png"))

        assert await house.platform.fetch(whole) == b"picture"
        assert await house.platform.fetch(expired) == b"picture"
        await house.server.delete(post)
        with pytest.raises(CannotLook, match="no longer there"):
            await house.platform.fetch(whole)


async def test_files_over_the_limit_are_a_gap_whatever_they_claim(house: House) -> None:
    """A size that is told is believed; one that is not told is counted while it arrives."""
    async with house.served():
        big = File(
            id=new_id(), name="v.mp4", body=b"0" * 20_000_001, size=34_000_000, content_type="video/mp4"
        )
        post = await house.server.post(house.general, house.amina, attachments=[big])

        with pytest.raises(CannotLook, match=r"file 34 MB \(over the 20 MB limit\)"):
            await house.platform.fetch(attachment(house, post, size=34_000_000))
        with pytest.raises(CannotLook, match="over the 20 MB limit"):
            await house.platform.fetch(attachment(house, post))


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/a.png",
        "http://cdn.discordapp.com/a.png",
        "https://cdn.discordapp.com.evil.example/a.png",
        "https://cdn.discordapp.com@evil.example/a.png",
        "https://cdn.discordapp.com:8443/a.png",
        "file:///etc/hostname",
        "https://[::1/a.png",
    ],
)
async def test_nothing_is_fetched_from_elsewhere(house: House, url: str) -> None:
    """Only Discord's own file servers, by their exact names and over https."""
    with pytest.raises(CannotLook, match="not on Discord"):
        await house.platform.fetch(Attachment(ref=f'["{url}", "", "", ""]', path="x"))


async def test_a_wrong_token_is_one_line_with_the_remedy(house: House) -> None:
    """It names the setting and where to get the right one."""
    house.token = "wrong"
    house.build()

    with pytest.raises(BadInput, match=r"NIGEHBAN_DISCORD__TOKEN: .*Reset Token"):
        await house.platform.listen(lambda _: None)


async def test_a_token_that_the_gateway_refuses_is_the_same_line(house: House) -> None:
    """It was withdrawn between logging in and connecting."""
    house.server.gateway.token = "another"

    with pytest.raises(BadInput, match="NIGEHBAN_DISCORD__TOKEN"):
        await house.platform.listen(lambda _: None)


async def test_before_it_is_connected_work_waits(house: House) -> None:
    """Deliveries that come early go back to the inbox."""
    with pytest.raises(TryLater, match="not connected"):
        await house.platform.moderates("discord:user/5", f"discord:{house.guild.id}")


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (Failure("GET", "/guilds/*/members/*", 429, retry_after=31.0), TryLater),
        (Failure("GET", "/guilds/*/members/*", 503), TryLater),
        (Failure("GET", "/guilds/*/members/*", is_cut=True, times=2), TryLater),
        (Failure("GET", "/guilds/*/members/*", 400, code=50035), PlatformError),
        (Failure("GET", "/guilds/*/members/*", 403, code=50001), NotPermitted),
    ],
    ids=["rate limit", "server error", "cut", "refused", "forbidden"],
)
async def test_each_refusal_is_an_error_of_ours(
    house: House, failure: Failure, error: type[PlatformError]
) -> None:
    """What the library raises never leaves the door, its `RateLimited` included."""
    async with house.served():
        await house.server.until(
            lambda: house.server.said(house.general)
        )  # the greeting asks for rights, too
        house.server.fail_next(failure)
        with pytest.raises(error):
            await house.platform.moderates(f"discord:user/{house.omar.user.id}", f"discord:{house.guild.id}")


async def test_an_unreachable_server_is_waited_for(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """One line names the address; once Discord is there again, the bot is, too."""
    # Twice, as a request that only reads is tried again at once by the HTTP library.
    house.server.fail_next(Failure("GET", "/users/@me", is_cut=True, times=2))

    async with house.served() as said:
        assert len(said) == 1

    assert house.server.api_base in str([record.__dict__.get("why") for record in caplog.records])
    assert not any(record.exc_info for record in caplog.records)
