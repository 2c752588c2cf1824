"""Members are told in private; where Telegram forbids it a word in the group says that something waits."""

from dataclasses import replace

import pytest

from core.errors import PlatformError, TryLater
from core.model import Account, Action, ActionKind, Message, Notice, Sentence, Telling
from tests import make
from tests.bots.telegram.house import House
from tests.bots.telegram.test_setup import say

REVERSAL = Action(kind=ActionKind.NOTIFY, notice=Notice(telling=Telling.REVERSAL, deeds=(ActionKind.DELETE,)))
WARN = Action(kind=ActionKind.WARN, notice=Notice(deeds=(ActionKind.WARN,), found="image"))
SECRETS = ("list", "picture", "warning", "moderator", "removed", "community", "lantern")


def by_member(house: House, language: str = "", number: int = 7) -> Message:
    """Give the member's message as a case keeps it."""
    author = Account(id=f"telegram:id/{house.member.id}", name="Amina R.", language=language)
    message = make.message(message_id=f"{house.place}/{number}", author=author)
    return replace(message, place=replace(message.place, id=house.place))


async def talked(house: House) -> None:
    """Let the member have opened a chat with the bot."""
    await say(house, house.telegram.private(house.member), house.member, "/start")


def private(house: House) -> list[str]:
    """Give what the bot said to the member alone, after its introduction."""
    said = house.telegram.said(house.telegram.private(house.member))
    return [m.text for m in said if not m.text.startswith("⚪")]


async def test_who_opened_a_chat_is_told_there_and_once(house: House) -> None:
    """A second delivery of the same is quiet; the group hears nothing."""
    await talked(house)

    for _ in range(2):
        assert await house.platform.perform(WARN, by_member(house)) == ""

    (told,) = private(house)
    assert told.startswith("This is about your message of \u20682026-03-01 12:00 UTC\u2069 in “")
    assert "This is a warning. Nothing else has been done." in told
    assert house.telegram.said(house.group) == ()


async def test_who_did_not_is_pointed_to_a_chat_without_a_word_on_what_it_is_about(house: House) -> None:
    """Everybody in the group reads that line."""
    how = await house.platform.perform(WARN, by_member(house))

    (line,) = house.telegram.said(house.group)
    assert line.text == (
        "There is a message for you, “\u2068Amina R.\u2069”."
        " Press the button to read it in a private chat with me."
    )
    assert not any(word in line.text.casefold() for word in SECRETS)
    assert [e["user"] for e in line.entities if e["type"] == "text_mention"] == [house.member.json()]
    assert line.buttons["Read it"]["url"] == "https://t.me/kites_guard_bot?start=why"
    assert how == "the member is told in the group that a message waits in a private chat with me"


@pytest.mark.parametrize("asks", ["/start why", "/start", "/why"])
async def test_what_waits_is_read_once_in_the_chat(house: House, asks: str) -> None:
    """However it is asked for; afterwards nothing waits, and the next notice is told at once."""
    await house.platform.perform(WARN, by_member(house))
    chat = house.telegram.private(house.member)

    first = await say(house, chat, house.member, asks)
    again = await say(house, chat, house.member, "/why")
    await house.platform.perform(REVERSAL, by_member(house))

    assert "This is a warning." in first
    assert again == "⚪ There is no message for you here."
    assert "We are sorry." in private(house)[-1]
    assert not [key for key in house.notes.notes if key.startswith("telegram.waits/")]


async def test_one_line_in_the_group_is_enough_for_all_that_waits(house: House) -> None:
    """Five notices wait at most, the latest; the same words wait once."""
    for hour in (1, 1, 2, 3, 4, 5, 6, 7):
        message = by_member(house, number=hour)
        await house.platform.perform(WARN, replace(message, at=message.at.replace(hour=hour)))
    lines = len(house.telegram.said(house.group))

    await say(house, house.telegram.private(house.member), house.member, "/why")

    told = private(house)
    assert lines == 1
    assert [hour for hour in range(24) if any(f" {hour:02}:00 UTC" in text for text in told)] == [
        3,
        4,
        5,
        6,
        7,
    ]
    assert len(told) == 5


async def test_a_busy_telegram_is_asked_again_and_the_line_comes_once(house: House) -> None:
    """Nothing waits and nothing is said until both can be."""
    house.telegram.api.fail_next("sendMessage", code=502, chat=house.group)

    with pytest.raises(TryLater):
        await house.platform.perform(WARN, by_member(house))
    for _ in range(2):
        await house.platform.perform(WARN, by_member(house))

    assert len(house.telegram.said(house.group)) == 1


@pytest.mark.parametrize(
    ("language", "line", "button"),
    [("ur-PK", "آپ کے لیے ایک پیغام ہے", "پڑھیں"), ("ar", "لديك رسالة", "قراءة")],
)
async def test_both_speak_the_members_language(house: House, language: str, line: str, button: str) -> None:
    """The line in the group, its button, and what waits."""
    await house.platform.perform(WARN, by_member(house, language))

    (pointed,) = house.telegram.said(house.group)
    waits = await say(house, house.telegram.private(house.member), house.member, "/why")
    assert pointed.text.startswith(line)
    assert button in pointed.buttons
    assert "This" not in waits


async def test_the_language_is_what_the_event_tells(house: House) -> None:
    """The author of a case speaks what their app said."""
    house.member.language = "ur"

    await house.found()

    assert house.case.message.author.language == "ur"


async def test_who_left_is_not_told_in_the_group_and_the_card_says_so(house: House) -> None:
    """It fails for good; if they ever write to the bot, they read it."""
    house.telegram.demote(house.group, house.member, "left")

    for _ in range(2):
        with pytest.raises(PlatformError, match="a chat with me and is not in the group") as refused:
            await house.platform.perform(WARN, by_member(house))
        assert not isinstance(refused.value, TryLater)

    assert house.telegram.said(house.group) == ()
    await say(house, house.telegram.private(house.member), house.member, "/start")
    assert ["warning" in text for text in private(house)] == [True]


async def test_who_blocked_the_bot_is_left_alone(house: House) -> None:
    """They chose not to be written to; no line in the group goes around that."""
    await talked(house)
    house.member.has_blocked_bot = True

    with pytest.raises(PlatformError, match="blocked me"):
        await house.platform.perform(WARN, by_member(house))

    assert house.telegram.said(house.group) == ()


async def test_where_the_bot_may_not_write_either_the_card_says_so(house: House) -> None:
    """Neither way is open."""
    house.telegram.demote(house.group, house.telegram.bot, "restricted")

    with pytest.raises(PlatformError, match="I may not write in the group; it waits for them with /why"):
        await house.platform.perform(WARN, by_member(house))


async def test_what_nobody_in_particular_wrote_is_told_to_nobody(house: House) -> None:
    """A channel has no private chat."""
    message = replace(by_member(house), author=Account(id="telegram:chat/55", name="Lantern News"))

    with pytest.raises(PlatformError, match="nobody to write to"):
        await house.platform.perform(WARN, message)


async def test_a_group_hears_no_why(house: House) -> None:
    """There the command is none of the bot's."""
    await house.platform.perform(WARN, by_member(house))

    before = len(house.telegram.said(house.group))
    await say(house, house.group, house.member, "/why")

    assert len(house.telegram.said(house.group)) == before


async def test_what_waited_a_month_is_forgotten(house: House) -> None:
    """The next notice to anybody clears it away."""
    await house.platform.perform(WARN, by_member(house))
    house.now = house.now.replace(month=4, day=2)
    other = house.telegram.member(house.group, "Bilal")
    bilal = replace(by_member(house, number=8), author=Account(id=f"telegram:id/{other.id}", name="Bilal"))

    await house.platform.perform(WARN, bilal)

    waits = [key for key in house.notes.notes if key.startswith("telegram.waits/")]
    assert waits == [f"telegram.waits/{other.id}/"]


async def test_a_bot_is_written_to_nowhere(house: House) -> None:
    """No bot reads what another one says, and the group need not either."""
    other = house.telegram.member(house.group, house.telegram.user("Feed", "feed_bot", is_bot=True))
    feed = replace(by_member(house), author=Account(id=f"telegram:id/{other.id}", name="Feed"))

    with pytest.raises(PlatformError, match="a bot wrote it"):
        await house.platform.perform(WARN, feed)

    assert house.telegram.said(house.group) == ()


async def test_a_policy_that_deletes_and_warns_tells_the_member_and_the_card_says_so(house: House) -> None:
    """Through the whole loop: the notice tells of the deletion, which came before it."""
    house.policy.actions = (ActionKind.REPORT, ActionKind.WARN, ActionKind.DELETE)
    await talked(house)

    await house.found()

    (told,) = private(house)
    assert "This is a warning.\nThe message is removed." in told
    assert "It contained a link that is on a list" in told
    assert "Policy always: warned and deleted." in house.card.text
    assert "bluelantern" not in told.casefold()


@pytest.mark.parametrize(("language", "line"), [("ur", "<b>اصول &amp;"), ("de", "<b>Rule 3 &amp;")])
async def test_what_the_rule_says_is_told_in_the_members_language(
    house: House, language: str, line: str
) -> None:
    """As plain text, whatever markup it holds; without theirs, in the first language of the rule."""
    await talked(house)
    rule = (Sentence("en", "<b>Rule 3 &amp;"), Sentence("ur", "<b>اصول &amp;"))
    warn = replace(WARN, notice=Notice(deeds=(ActionKind.WARN,), found="image", because=(rule,)))

    await house.platform.perform(warn, by_member(house, language))

    assert private(house)[0].splitlines()[2] == line
