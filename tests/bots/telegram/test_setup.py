"""Set-up as an administrator does it: nothing typed but a code, and everything that is missing said."""

import re
import unicodedata
from datetime import timedelta

import pytest

from bots.telegram.help_words import LANGUAGES, OF_POLICIES, help_of
from tests.bots.telegram.house import House
from tests.standins.telegram.world import Chat, User


@pytest.fixture
def fresh(house: House) -> House:
    """A house in which no room is bound."""
    house.store.rooms.clear()
    return house


async def say(house: House, chat: Chat, author: User | None, text: str) -> str:
    """Let somebody write, `None` as the group; returns the bot's last words there."""
    before = len(house.telegram.said(chat))
    house.telegram.post(chat, author, text, sender_chat=None if author else chat)
    await house.work()
    said = house.telegram.said(chat)[before:]
    return said[-1].text if said else ""


async def code_from(house: House, chat: Chat, author: User) -> str:
    """Ask for a code in a chat; returns the command that it is to be entered by."""
    return (await say(house, chat, author, "/bind")).rpartition("\n")[2]


async def test_a_code_from_the_room_binds_the_group(fresh: House) -> None:
    """The code is given out in the room and entered in the group; both are told, and cards come."""
    command = await code_from(fresh, fresh.room, fresh.moderator)

    told = await say(fresh, fresh.group, fresh.moderator, command)
    await fresh.found()

    assert told == "✔ Cards of this group now go to its moderators' room."
    assert fresh.store.rooms == {fresh.place: f"telegram:{fresh.room.id}"}
    assert fresh.telegram.said(fresh.room)[1].text.startswith("✔ Cards of “\u2068Kite Flyers\u2069” will be")
    assert fresh.card.text.startswith("🔴")


async def test_a_code_from_the_group_binds_it_too(fresh: House) -> None:
    """The other way round the room is still the chat that ordinary members cannot read."""
    command = await code_from(fresh, fresh.group, fresh.moderator)

    told = await say(fresh, fresh.room, fresh.moderator, command)

    assert told.startswith("✔ Cards of “\u2068Kite Flyers\u2069” will be shown here.")
    assert fresh.store.rooms == {fresh.place: f"telegram:{fresh.room.id}"}


async def test_a_code_is_good_once_and_for_a_quarter_of_an_hour(fresh: House) -> None:
    """A used, an old and an invented code are refused with the remedy."""
    used = await code_from(fresh, fresh.room, fresh.moderator)
    await say(fresh, fresh.group, fresh.moderator, used)
    old = await code_from(fresh, fresh.room, fresh.moderator)
    fresh.now += timedelta(minutes=15)

    told = {await say(fresh, fresh.group, fresh.moderator, text) for text in (used, old, "/bind ABCDEFGH")}

    assert told == {"✘ This code is unknown, used, or too old. Send /bind in the other chat for a new one."}


async def test_a_member_who_saw_the_code_cannot_take_the_cards(fresh: House) -> None:
    """A code read in the group binds nothing for somebody who does not moderate it."""
    command = await code_from(fresh, fresh.group, fresh.moderator)
    fresh.telegram.member(fresh.group, "Bilal")
    lair = fresh.telegram.group("Lair")
    fresh.telegram.admin(lair, fresh.member)
    fresh.telegram.add_bot(lair, rights=None)

    told = await say(fresh, lair, fresh.member, command)

    assert told.startswith("✘ Only a moderator of the group whose cards are to be shown can do this")
    assert fresh.store.rooms == {}


@pytest.mark.parametrize("text", ["/bind", "/status", "/bind ABCDEFGH"])
async def test_ordinary_members_are_refused(fresh: House, text: str) -> None:
    """Commands are for administrators."""
    told = await say(fresh, fresh.group, fresh.member, text)

    assert told == "✘ Only an administrator of this group can do this."
    assert fresh.store.codes == {}


async def test_who_posts_as_the_group_is_its_administrator(fresh: House) -> None:
    """An anonymous administrator can ask for a code and enter one in the group."""
    command = (await say(fresh, fresh.room, None, "/bind")).rpartition("\n")[2]

    told = await say(fresh, fresh.group, None, command)

    assert told.startswith("✔")


async def test_who_posts_as_the_room_is_nobody_in_the_group(fresh: House) -> None:
    """Whether an anonymous administrator of the room moderates the group cannot be known."""
    command = await code_from(fresh, fresh.group, fresh.moderator)

    told = await say(fresh, fresh.room, None, command)

    assert "not posting anonymously" in told
    assert fresh.store.rooms == {}


async def test_a_public_room_is_refused(fresh: House) -> None:
    """Whoever knows its name reads along."""
    fresh.room.username = "kite_moderators"
    command = await code_from(fresh, fresh.room, fresh.moderator)

    told = await say(fresh, fresh.group, fresh.moderator, command)

    assert told.startswith("✘ Not bound: this room is public, so anyone can read it")
    assert fresh.store.rooms == {}


async def test_a_room_with_ordinary_members_is_refused(fresh: House) -> None:
    """Telegram tells only how many members there are: each must be an administrator here or there."""
    helper = fresh.telegram.admin(fresh.group, "Helper")
    fresh.telegram.member(fresh.room, helper)
    first = await say(
        fresh, fresh.group, fresh.moderator, await code_from(fresh, fresh.room, fresh.moderator)
    )
    fresh.store.rooms.clear()
    fresh.telegram.member(fresh.room, "Zed")

    second = await say(
        fresh, fresh.group, fresh.moderator, await code_from(fresh, fresh.room, fresh.moderator)
    )

    assert first.startswith("✔")
    assert second.startswith("✘ Not bound: here is one member who administrate neither this room nor")
    assert fresh.store.rooms == {}


async def test_a_group_is_not_its_own_room(fresh: House) -> None:
    """Members would read the cards about themselves."""
    command = await code_from(fresh, fresh.group, fresh.moderator)

    told = await say(fresh, fresh.group, fresh.moderator, command)

    assert told.startswith("✘ Not bound: a group cannot be its own moderators' room")


async def test_who_moderates_alone_gets_cards_in_private(fresh: House) -> None:
    """The private chat with the bot can be the room of somebody who moderates the group, of nobody else."""
    mine, theirs = fresh.telegram.private(fresh.moderator), fresh.telegram.private(fresh.member)
    wrong = await code_from(fresh, theirs, fresh.member)
    right = await code_from(fresh, mine, fresh.moderator)

    refused = await say(fresh, fresh.group, fresh.moderator, wrong)
    bound = await say(fresh, fresh.group, fresh.moderator, right)

    assert refused.startswith("✘ Not bound: cards can go to a private chat only with somebody who moderates")
    assert bound.startswith("✔")
    assert fresh.store.rooms == {fresh.place: f"telegram:{fresh.moderator.id}"}


async def test_a_command_delivered_twice_is_carried_out_once(fresh: House) -> None:
    """After a restart in the middle the code is not told to be used up."""
    command = await code_from(fresh, fresh.room, fresh.moderator)
    await say(fresh, fresh.group, fresh.moderator, command)
    for item in fresh.tray.items.values():
        await fresh.platform.take(item.body)

    assert [m.text[0] for m in fresh.telegram.said(fresh.group)] == ["✔"]


async def test_a_group_is_greeted_with_what_is_missing(fresh: House) -> None:
    """Without rights the bot says which it needs, the taps that give them, and what privacy mode hides."""
    club = fresh.telegram.group("Club")
    fresh.telegram.add_bot(club, rights=None)
    await fresh.work()

    (greeting,) = [m.text for m in fresh.telegram.said(club)]

    assert "⚪ I watch this group for known material" in greeting
    assert (
        "group → Edit → Administrators → @kites_guard_bot → switch on “Delete messages” and “Ban" in greeting
    )
    assert "Privacy mode is on: I see only commands here." in greeting
    assert "@BotFather → /setprivacy → @kites_guard_bot → Disable" in greeting
    assert "/bind@kites_guard_bot" in greeting


async def test_a_right_that_comes_or_goes_is_told_once(fresh: House) -> None:
    """Each change of what is missing is said; the same is never said twice."""
    club = fresh.telegram.group("Club")
    fresh.store.rooms[f"telegram:{club.id}"] = f"telegram:{fresh.room.id}"
    fresh.telegram.add_bot(club, rights={"can_delete_messages"})
    fresh.telegram.add_bot(club)
    fresh.telegram.add_bot(club)
    await fresh.work()
    for item in fresh.tray.items.values():
        await fresh.platform.take(item.body)

    said = [m.text.rpartition("\n")[2] for m in fresh.telegram.said(club)]

    assert said == ["✔ I have the rights I need, and know where the cards go."]


async def test_status_in_the_room_tells_of_each_group(house: House) -> None:
    """Moderators see at once in which group the bot lacks something."""
    house.telegram.add_bot(house.group, rights={"can_delete_messages"})

    told = await say(house, house.room, house.moderator, "/status")

    assert told.startswith("⚪ Cards of these groups come here:\n✘ “\u2068Kite Flyers\u2069”\n")
    assert "switch on “Ban users”" in told


async def test_status_in_the_group_names_no_room(house: House) -> None:
    """Members read along."""
    told = await say(house, house.group, house.moderator, "/status@Kites_Guard_Bot")

    assert told.endswith("✔ I have the rights I need, and know where the cards go.")
    assert "Moderators" not in told


async def test_a_private_start_offers_the_link_with_the_rights(fresh: House) -> None:
    """One tap adds the bot to a group with what it needs."""
    chat = fresh.telegram.private(fresh.moderator)

    await say(fresh, chat, fresh.moderator, "/start")

    button = fresh.telegram.said(chat)[-1].buttons["Add me to a group"]
    assert button["url"] == (
        "https://t.me/kites_guard_bot?startgroup=setup&admin=delete_messages+restrict_members+invite_users"
    )


@pytest.mark.parametrize("text", ["/bind@other_bot", "see /bind", "/rules", "bind", "//bind"])
async def test_what_is_not_for_the_bot_goes_unanswered(fresh: House, text: str) -> None:
    """Other bots' commands and talk about commands are left alone."""
    assert await say(fresh, fresh.group, fresh.moderator, text) == ""


async def test_a_command_is_judged_like_any_message(house: House) -> None:
    """A slash in front hides nothing."""
    house.telegram.post(house.group, house.member, "/rules https://t.me/bluelantern")
    await house.work()

    assert house.card.text.startswith("🔴")


async def test_a_group_that_may_not_be_written_in_is_still_watched(fresh: House) -> None:
    """A refused greeting stops nothing."""
    fresh.store.rooms[fresh.place] = f"telegram:{fresh.room.id}"
    fresh.telegram.api.fail_next(
        "sendMessage", code=403, description="Forbidden: bot was blocked", chat=fresh.group
    )
    await say(fresh, fresh.group, fresh.moderator, "/status")

    await fresh.found()

    assert fresh.card.text.startswith("🔴")


async def test_commands_are_offered_in_the_menu_of_groups(house: House) -> None:
    """Nobody has to know them by heart."""
    offered = house.telegram.world.commands["all_group_chats"]

    assert [c["command"] for c in offered if isinstance(c, dict)] == ["bind", "status", "policy", "why"]


ROOM = ["/status", "/bind", "/policy", "/why 7K3"]
PRIVATE = ["/why", "/start", "/bind", "/policy", "/why 7K3"]


def commands(said: str) -> list[str]:
    """Give the commands that an answer names, in its order."""
    return re.findall("\u2068(/[^\u2069]+)\u2069", said)


@pytest.mark.parametrize("text", ["/help", "/HELP", "/help@kites_guard_bot", "/nonsense@kites_guard_bot x"])
async def test_the_room_is_told_what_can_be_said_there(house: House, text: str) -> None:
    """By whatever is not known, if it is meant for the bot; also to who posts as the room."""
    told = await say(house, house.room, house.moderator, text)
    hidden = await say(house, house.room, None, text)

    assert told.startswith("⚪ Here I can be told:\n")
    assert commands(told) == ROOM
    assert hidden == told


@pytest.mark.parametrize("text", ["/nonsense", "/help@other_bot", "/start@kites_guard_bot setup", "/start"])
async def test_what_may_be_meant_for_another_bot_is_left_to_it(house: House, text: str) -> None:
    """Several bots may be in a room; and Telegram itself sends a command when one is added."""
    assert await say(house, house.room, house.moderator, text) == ""


@pytest.mark.parametrize("text", ["/help", "/help@kites_guard_bot", "/nonsense@kites_guard_bot"])
async def test_a_group_is_told_nothing_of_it(house: House, text: str) -> None:
    """Ordinary members read along, and no group wants a bot that talks; a room that is none yet is one."""
    lair = house.telegram.group("Lair")
    house.telegram.admin(lair, house.moderator)
    house.telegram.add_bot(lair)

    told = [await say(house, chat, house.moderator, text) for chat in (house.group, lair)]

    assert told == ["", ""]


@pytest.mark.parametrize("text", ["/help", "/nonsense", "/help@kites_guard_bot"])
@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("", "⚪ Here I can be told:"),
        ("ur-PK", "⚪ یہاں آپ مجھے یہ کمانڈز دے سکتے ہیں:"),
        ("ar", "⚪ يمكن إعطائي هنا هذه الأوامر:"),
        ("fr", "⚪ Here I can be told:"),
    ],
)
async def test_in_private_everybody_is_told(house: House, text: str, language: str, head: str) -> None:
    """In the language of their app, where it is one of ours; there no other bot is meant."""
    house.member.language = language

    told = await say(house, house.telegram.private(house.member), house.member, text)

    assert told.splitlines()[0] == head
    assert commands(told) == PRIVATE


@pytest.mark.parametrize("is_private", [False, True])
def test_the_sentences_are_all_there_in_each_language(*, is_private: bool) -> None:
    """The same commands in the same order; those of policies only where there are policies."""
    told = {one: help_of(one, is_private=is_private, policies=True) for one in LANGUAGES}
    fewer = help_of("en", is_private=is_private, policies=False)

    assert len(told) == 3
    assert {tuple(commands(said)) for said in told.values()} == {tuple(PRIVATE if is_private else ROOM)}
    assert commands(fewer) == [one for one in commands(told["en"]) if one not in OF_POLICIES]
    for language, said in told.items():
        lines = [re.sub("\u2068[^\u2069]+\u2069", "", line).strip("⚪ ") for line in said.splitlines()]
        assert all((unicodedata.bidirectional(line[0]) == "L") is (language == "en") for line in lines)
        assert "{" not in said
        assert len(said) < 700


async def test_the_commands_that_are_named_are_answered(house: House) -> None:
    """Whoever types what the help says is not told the help again."""
    private = house.telegram.private(house.moderator)

    for chat, named in ((house.room, ROOM), (private, PRIVATE)):
        for command in named:
            told = await say(house, chat, house.moderator, command)
            assert told
            assert not told.startswith("⚪ Here I can be told:")
