"""Members are told by direct message; who cannot be written to is not, and the card says why."""

from dataclasses import replace

import pytest

from core.case import Choice, Decision
from core.errors import NotPermitted, PlatformError, TryLater
from core.model import Account, Action, ActionKind, Notice, Sentence
from tests.bots.discord.house import BANNED, House, text_of
from tests.bots.discord.test_acts import about
from tests.standins.discord.front import Failure
from tests.standins.discord.state import Post

WARN = Action(kind=ActionKind.WARN, notice=Notice(deeds=(ActionKind.WARN,), found="image"))


def private(house: House) -> list[Post]:
    """Give what the bot wrote to the member alone."""
    channels = [c for c in house.server.world.channels.values() if c.recipient == house.amina.user]
    return [post for channel in channels for post in channel.posts.values()]


async def test_a_member_is_told_by_direct_message_and_once(house: House) -> None:
    """The same notice again is shown once; nothing of it stands in a channel, and nobody is pinged."""
    async with house.served():
        message = about(house, await house.server.post(house.general, house.amina, content="x"))
        for _ in range(2):
            assert await house.platform.perform(WARN, message) == ""

    (told,) = private(house)
    assert "This is a warning. Nothing else has been done." in text_of(told)
    assert "“\u2068Kite Flyers\u2069”" in text_of(told)
    assert "warning" not in "".join(text_of(post) for post in house.general.posts.values())


async def test_who_takes_no_messages_is_not_told_and_the_line_says_so(house: House) -> None:
    """There is no other private way, so it fails for good."""
    house.server.world.closed.add(house.amina.user.id)

    async with house.served():
        message = about(house, await house.server.post(house.general, house.amina, content="x"))
        with pytest.raises(NotPermitted, match="they take no direct messages from this server"):
            await house.platform.perform(WARN, message)

    assert private(house) == []


async def test_who_is_banned_shares_no_server_any_more(house: House) -> None:
    """Which is why a notice goes out before a ban."""
    async with house.served():
        message = about(house, await house.server.post(house.general, house.amina, content="x"))
        await house.platform.perform(Action(kind=ActionKind.BAN), message)
        with pytest.raises(NotPermitted, match="or share no server with the bot any more"):
            await house.platform.perform(WARN, message)


async def test_a_busy_discord_is_asked_again(house: House) -> None:
    """It is no refusal."""
    async with house.served():
        message = about(house, await house.server.post(house.general, house.amina, content="x"))
        house.server.fail_next(Failure("POST", "/users/@me/channels", 429, retry_after=31.0))
        with pytest.raises(TryLater):
            await house.platform.perform(WARN, message)
        await house.platform.perform(WARN, message)

    assert len(private(house)) == 1


async def test_a_webhook_is_nobody_to_write_to(house: House) -> None:
    """Discord is not even asked."""
    async with house.served():
        message = about(house, await house.server.post(house.general, house.amina, content="x"))
        feed = replace(message, author=Account(id="discord:webhook/77", name="feed"))
        with pytest.raises(PlatformError, match="nobody to write to"):
            await house.platform.perform(WARN, feed)

    assert private(house) == []


async def test_what_is_taken_back_is_told_where_the_ban_was_lifted(house: House) -> None:
    """The member is out, so the message may not arrive: the ban is lifted all the same, the card says so."""
    async with house.served():
        await house.server.post(house.general, house.amina, content=BANNED)
        case = await house.case()
        omar = Account(id=f"discord:user/{house.omar.user.id}", name="Omar")
        ban = Decision(moderator=omar, choice=Choice.CONFIRM, at=case.opened_at, actions=(ActionKind.BAN,))
        await house.engine.decide(case.id, ban)
        undo = replace(ban, choice=Choice.OVERTURN, actions=(ActionKind.NOTIFY,))
        await house.engine.decide(case.id, undo)
        card = text_of(await house.card())

    assert house.guild.bans == {}
    assert "The member was not told" in card


async def test_what_the_rule_says_is_told_in_its_first_language(house: House) -> None:
    """Discord does not tell the member's; markup and mentions in it stay plain text."""
    rule = (Sentence("ur", "**اصول** @everyone"), Sentence("en", "Rule 3."))
    warn = replace(WARN, notice=Notice(deeds=(ActionKind.WARN,), found="image", because=(rule,)))

    async with house.served():
        message = about(house, await house.server.post(house.general, house.amina, content="x"))
        await house.platform.perform(warn, message)

    (told,) = private(house)
    assert "\\*\\*اصول\\*\\* @\u2060everyone" in text_of(told).splitlines()
