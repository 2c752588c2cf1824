"""`/policy` and `/why` say to each reader what is theirs to know."""

from dataclasses import replace

import pytest

from tests import make
from tests.bots.policies.kites import GOOD
from tests.bots.telegram.house import BAD_LINK, House
from tests.standins.telegram.world import Chat, Message, User


async def say(house: House, chat: Chat, author: User | None, text: str) -> list[Message]:
    """Let somebody write, `None` as the chat itself; returns the bot's answers there."""
    before = len(house.telegram.said(chat))
    house.telegram.post(chat, author, text, sender_chat=None if author else chat)
    await house.work()
    return list(house.telegram.said(chat)[before:])


async def own_policy(house: House) -> None:
    """Put a policy of its own in force in the group."""
    await house.policies.own(make.place(place_id=house.place))


async def test_the_group_reads_only_the_name_and_since_when(house: House) -> None:
    """Ordinary members read along: nothing of rules, of who, or of buttons."""
    await own_policy(house)

    (answer,) = await say(house, house.group, house.moderator, "/policy")

    assert answer.text == "⚪ The policy “\u2068kites\u2069” holds here since 2026-03-01 12:00 UTC."
    assert not answer.buttons


async def test_the_room_reads_what_holds_in_each_of_its_groups(house: House) -> None:
    """By name, with who and what changed last; what can be rolled back has a button."""
    await own_policy(house)
    other = house.telegram.group("Lanterns & Co")
    house.telegram.add_bot(other)
    house.store.rooms[f"telegram:{other.id}"] = f"telegram:{house.room.id}"

    (answer,) = await say(house, house.room, house.moderator, "/policy")

    assert "“\u2068Kite Flyers\u2069”: the policy “\u2068kites\u2069”, its own, since" in answer.text
    assert (
        "(\u2068in the chat\u2069 by “\u2068Omar\u2069”).\n  New rules: “\u2068known links\u2069”."
        in answer.text
    )
    assert (
        "“\u2068Lanterns & Co\u2069”: the policy “\u2068default\u2069”, the one that holds everywhere"
        in answer.text
    )
    assert answer.text.endswith("\nTo change it, send me a policy file in a private chat.")
    assert list(answer.buttons) == ["Roll back to “\u2068default\u2069” in “\u2068Kite Flyers\u2069”"]
    assert not answer.entities


async def test_who_posts_as_the_room_may_read_what_holds(house: House) -> None:
    """Only administrators can, so nobody has to be asked for rights."""
    (answer,) = await say(house, house.room, None, "/policy")

    assert "“\u2068Kite Flyers\u2069”: the policy “\u2068default\u2069”" in answer.text


@pytest.mark.parametrize("text", ["/policy", "/policy@kites_guard_bot"])
async def test_ordinary_members_ask_for_no_policy(house: House, text: str) -> None:
    """Commands are for administrators."""
    (answer,) = await say(house, house.group, house.member, text)

    assert answer.text == "✘ Only an administrator of this group can do this."


async def test_in_private_it_says_how_to_send_one(house: House) -> None:
    """Whoever asks; what holds somewhere is not told to strangers."""
    stranger = house.telegram.user("Zed")

    (answer,) = await say(house, house.telegram.private(stranger), stranger, "/policy")

    assert answer.text.startswith("⚪ Send me a policy file here (.yaml, .yml, .txt)")


async def test_a_group_that_is_gone_leaves_the_others(house: House) -> None:
    """What is bound and not to be seen any more is told in its line."""
    house.store.rooms["telegram:-1009"] = f"telegram:{house.room.id}"

    (answer,) = await say(house, house.room, house.moderator, "/policy")

    assert "“\u2068a group that I do not see any more\u2069”: the policy" in answer.text
    assert "“\u2068Kite Flyers\u2069”: the policy" in answer.text


async def test_a_command_that_comes_twice_is_answered_once(house: House) -> None:
    """The inbox may deliver again."""
    house.telegram.post(house.room, house.moderator, "/policy")
    await house.heard()
    (item,) = house.tray.unread
    await house.work()

    await house.platform.take(item.body)

    assert len(house.telegram.said(house.room)) == 1


async def test_the_room_of_a_group_with_its_own_policy_hears_what_changes_there(house: House) -> None:
    """A rule of the house's is none of its rules; an exempt role holds in all groups."""
    alone = b"version: 1\nrules: [{name: mine, when: {match: {}}, do: [report]}]\n"
    await house.policies.own(make.place(place_id=house.place), alone)
    before = len(house.telegram.said(house.room))
    rules = "version: 1\nrules: [{name: links, when: {match: {signal: link}}, do: [report]}]\n"

    await house.policies.house(rules)
    silent = house.telegram.said(house.room)[before:]
    await house.policies.house(f"{rules}exempt: [helper]\n")

    (heard,) = house.telegram.said(house.room)[before:]
    assert silent == ()
    assert heard.text.splitlines()[1:-1] == [
        "Where “\u2068kites\u2069” holds, this changed with it:",
        "Changed bounds: exempt roles.",
    ]


async def test_why_tells_rule_by_rule(house: House) -> None:
    """In the room: which rule held and what failed first, what a notch would change, and the details."""
    await house.found()
    await own_policy(house)

    pages = await say(house, house.room, house.moderator, "/why 001")

    text = "\n".join(page.text for page in pages[-1:])
    assert "Case 001, rule by rule, by the policy “\u2068kites\u2069”." in text
    assert "✔ \u2068known links\u2069 (enforce): \u2068the text links to it\u2069" in text
    assert "✔ \u2068known material\u2069 (enforce)" in text
    assert "seen in text, as link" in text


async def test_why_tells_by_the_policy_that_held_then(house: House) -> None:
    """What was put in force since does not explain an older case."""
    await house.found()
    house.now = house.now.replace(hour=13)
    await own_policy(house)

    pages = await say(house, house.room, house.moderator, "/why 001")

    assert pages[-1].text.startswith(
        "Case 001, rule by rule, by the policy “\u2068default\u2069”, which does not hold there any more."
    )
    assert "known links" not in pages[-1].text


async def test_why_counts_what_the_author_did_before(house: House) -> None:
    """Of others here, and of what came later, nothing counts; the rule of repeats says how many there are."""
    again = b"when: {all: [{match: {signal: link}}, {count: {at_least: 2, within: 30d}}]}"
    counting = GOOD.replace(b"when: {match: {signal: link}}", again)
    counting = counting[: counting.index(b"    examples:")]
    await house.policies.own(make.place(place_id=house.place), counting)
    other = house.telegram.user("Zed")
    for author in (house.member, other, house.member, house.member):
        house.telegram.post(house.group, author, f"see {BAD_LINK}")
        await house.work()

    first, third = [
        "\n".join(page.text for page in await say(house, house.room, house.moderator, f"/why {case}"))
        for case in ("001", "003")
    ]

    assert "earlier find" not in first
    assert "✘ \u2068known links\u2069 (enforce): \u2068count: 1 finds, it asks for 2\u2069" in first
    assert "1 earlier find of this author here." in third
    assert "✔ \u2068known links\u2069 (enforce)" in third


async def test_a_moderator_of_the_group_may_ask_in_private(house: House) -> None:
    """Their rights in the case's group count."""
    await house.found()

    (answer,) = await say(house, house.telegram.private(house.moderator), house.moderator, "/why 001")

    assert answer.text.startswith("Case 001, rule by rule")


async def test_a_case_of_others_is_told_as_one_that_is_not_there(house: House) -> None:
    """Unknown, another group's, or not theirs to see: the words are the same."""
    await house.found()
    stranger, zed = house.telegram.user("Zed"), house.telegram.admin(house.room, "Room only")
    lair, boss = house.telegram.group("Lair"), house.moderator
    house.telegram.add_bot(lair)
    den = house.telegram.group("Den")
    house.telegram.admin(den, boss)
    house.telegram.add_bot(den)
    house.store.rooms[f"telegram:{lair.id}"] = f"telegram:{den.id}"
    asked = [
        (house.room, boss, "/why ZZZ"),
        (den, boss, "/why 001"),
        (house.room, zed, "/why 001"),
        (house.telegram.private(stranger), stranger, "/why 001"),
    ]

    told = [[answer.text for answer in await say(house, *one)] for one in asked]

    assert told == [["✘ There is no such case here."]] * 4


async def test_a_case_of_another_platform_is_not_there(house: House) -> None:
    """Its id may be known; nobody's rights in a server can be asked for here."""
    await house.found()
    case = house.case
    elsewhere = replace(case.message, place=replace(case.message.place, id="discord:1"))
    house.store.cases[case.id] = replace(case, message=elsewhere)

    (answer,) = await say(house, house.telegram.private(house.moderator), house.moderator, "/why 001")

    assert answer.text == "✘ There is no such case here."


async def test_no_case_is_explained_in_the_group(house: House) -> None:
    """Ordinary members read along, whoever asks; the command alone may be another bot's."""
    await house.found()

    told = await say(house, house.group, house.moderator, "/why 001")
    silent = await say(house, house.group, house.moderator, "/why")

    assert [one.text for one in told] == [
        "⚪ Cases are explained in the moderators' room, or in a private chat with me."
    ]
    assert silent == []


async def test_who_posts_as_the_room_is_asked_for_a_name(house: House) -> None:
    """Whether they moderate the group cannot be known; and a command without an id says what it wants."""
    await house.found()

    hidden = await say(house, house.room, None, "/why 001")
    empty = await say(house, house.room, house.moderator, "/why")

    assert hidden[0].text.startswith("✘ Ask in your own name")
    assert empty[0].text == "⚪ Send /why and the case's id, as its card has it."


async def test_why_alone_still_reads_what_waits_in_private(house: House) -> None:
    """The command of members stays what it was."""
    private = house.telegram.private(house.member)

    (answer,) = await say(house, private, house.member, "/why")

    assert answer.text == "⚪ There is no message for you here."
