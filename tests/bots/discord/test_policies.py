"""Policies on Discord: what holds, a file that is proposed, taps of who may, and why a case was judged so."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bots.discord.policies import NOT_A_BUTTON, message_of
from bots.discord.raw import records, text
from bots.policies.words import Said
from tests import make
from tests.bots.discord.house import BANNED, House, text_of
from tests.bots.policies.kites import BROKEN, FAILING, GOOD
from tests.standins.discord.interactions import COMPONENT, Interaction
from tests.standins.discord.state import File, Member, Post

LIVE = "Make it live in “\u2068Kite Flyers\u2069”"
BACK = "Roll back to “\u2068default\u2069” in “\u2068Kite Flyers\u2069”"


@pytest.fixture
def boss(house: House) -> Member:
    """Somebody who manages the server and moderates it."""
    managing = house.server.role(house.guild, "Boss", may=["manage_guild"])
    house.omar.roles.append(managing)
    return house.omar


async def answered(house: House, given: Interaction) -> Post:
    """Wait for the private answer of a command."""
    post = await house.server.until(lambda: given.original)
    assert given.is_private
    assert post is not None
    return post


async def send(
    house: House, who: Member, raw: bytes = GOOD, *, name: str = "kites.yaml", size: int | None = None
) -> Post:
    """Let somebody give `/policy` with a file; returns the answer."""
    file = File.of(name, raw)
    attached = file if size is None else replace(file, size=size)
    return await answered(house, await house.server.command(house.room, who, "policy", file=attached))


async def tap(house: House, post: Post, label: str, who: Member) -> str:
    """Tap a button of an answer; returns what the answer is then, or what the person is told beside it."""
    before = text_of(post)
    tapped = await house.server.press(post, label, who)
    await house.server.until(lambda: tapped.follow_ups or text_of(post) != before)
    return text_of(tapped.follow_ups[0] if tapped.follow_ups else post)


def place(house: House) -> str:
    """The server as the core names it."""
    return f"discord:{house.guild.id}"


def labels(post: Post) -> list[object]:
    """What stands on the buttons."""
    return [button["label"] for button in post.buttons]


async def test_a_good_file_is_offered_and_one_tap_makes_it_live(house: House, boss: Member) -> None:
    """The answer changes with each tap, and the room is told by whom."""
    async with house.served():
        offer = await send(house, boss)
        offered, buttons = text_of(offer), labels(offer)
        live = await tap(house, offer, LIVE, boss)
        (news,) = await house.server.until(lambda: house.server.said(house.room))

    assert "can be used: 2 rules; 6 of 6 examples hold." in offered
    assert buttons == [LIVE, "Leave it"]
    assert "holds in “\u2068Kite Flyers\u2069” since" in live
    assert labels(offer) == [BACK]
    assert house.policies.in_force.of(place(house)).name == "kites"
    assert "in the chat by “\u2068Omar\u2069”" in text_of(news)


async def test_two_taps_at_once_make_it_live_once(house: House, boss: Member) -> None:
    """Discord delivers both; there is one version."""
    async with house.served():
        offer = await send(house, boss)
        for _ in range(2):
            await house.server.press(offer, LIVE, boss)
        await house.server.until(lambda: len(house.server.calls("PATCH", "/@original")) == 3)

    assert "holds in “\u2068Kite Flyers\u2069” since" in text_of(offer)
    assert house.policies.live(place(house)) == ["kites"]


async def test_roll_back_rolls_back_once(house: House, boss: Member) -> None:
    """A second tap on a button that was still there changes nothing more."""
    async with house.served():
        offer = await send(house, boss)
        await tap(house, offer, LIVE, boss)
        taps = [await house.server.press(offer, BACK, boss) for _ in range(2)]
        await house.server.until(lambda: all(one.answered for one in taps) and not house.inbox.waiting)
        await house.server.until(lambda: "was rolled back" in text_of(offer))

    assert house.policies.live(place(house)) == ["kites", ""]
    assert house.policies.in_force.of(place(house)).name == "default"
    assert labels(offer) == []


async def test_leaving_it_changes_nothing(house: House, boss: Member) -> None:
    """The buttons go."""
    async with house.served():
        offer = await send(house, boss)
        told = await tap(house, offer, "Leave it", boss)

    assert told.strip() == "Left. Nothing was changed."
    assert labels(offer) == []
    assert house.policies.live(place(house)) == []


async def test_a_broken_file_is_told_in_letters_of_one_width(house: House, boss: Member) -> None:
    """Where, what, a caret under it, and no button; a fence in the file does not end ours."""
    async with house.served():
        broken = text_of(await send(house, boss, BROKEN))
        fence = text_of(await send(house, boss, BROKEN.replace(b"lnk", b"```@everyone")))

    assert "```\nkites.yaml:5:28: expected link, account, file" in broken
    assert "\n  |                            ^^^ did you mean" in broken
    assert fence.count("```") == 2
    assert len(house.policy_store.versions) == 1


async def test_failing_examples_are_told_and_nothing_is_offered(house: House, boss: Member) -> None:
    """The first that fails is named."""
    async with house.served():
        answer = await send(house, boss, FAILING)

    assert "is not offered: 5 of 6 examples hold" in text_of(answer)
    assert labels(answer) == []


async def test_the_longest_refusal_fits_into_one_embed(house: House, boss: Member) -> None:
    """Discord takes 4096 letters, and the fence stays closed."""
    hostile = b"version: 1\n" + b"".join(b"*wrong%d%s: 1\n" % (n, b"_" * 200) for n in range(200))

    async with house.served():
        answer = await send(house, boss, hostile)

    (embed,) = answer.embeds
    assert len(str(embed["description"])) <= 4096
    assert str(embed["description"]).endswith("\n```")


async def test_who_lacks_a_permission_is_refused(house: House) -> None:
    """A moderator who does not manage the server; the file is not fetched, nothing is kept."""
    async with house.served():
        answer = await send(house, house.omar)

    assert "You need Manage Server in “\u2068Kite Flyers\u2069” for this." in text_of(answer)
    assert len(house.policy_store.versions) == 1


async def test_who_only_manages_the_server_is_refused(house: House) -> None:
    """It takes the permissions to delete and to ban as well."""
    managing = house.server.role(house.guild, "Clerk", may=["manage_guild", "view_channel"])
    clerk = house.server.member(house.guild, "clerk", roles=[managing])
    async with house.served():
        answer = await send(house, clerk)

    assert "You need Manage Messages and Ban Members" in text_of(answer)


async def test_the_owner_needs_no_role(house: House) -> None:
    """An administrator may do everything."""
    owner = house.guild.members[house.guild.owner_id]
    async with house.served():
        offer = await send(house, owner)
        await tap(house, offer, LIVE, owner)

    assert house.policies.live(place(house)) == ["kites"]


@pytest.mark.parametrize("label", [LIVE, BACK])
async def test_permissions_that_were_lost_since_count(house: House, boss: Member, label: str) -> None:
    """They are asked for again at every tap; the answer stays as it was."""
    async with house.served():
        offer = await send(house, boss)
        if label == BACK:
            await tap(house, offer, LIVE, boss)
        before, versions = text_of(offer), len(house.policy_store.versions)
        boss.roles.pop()
        told = await tap(house, offer, label, boss)

    assert "You need Manage Server" in told
    assert (text_of(offer), len(house.policy_store.versions)) == (before, versions)


async def test_a_made_up_tap_changes_no_card(house: House, boss: Member) -> None:
    """What answers a tap takes the place of the message, so only of private answers."""
    async with house.served():
        await send(house, boss)
        await house.server.post(house.general, house.amina, content=BANNED)
        card = await house.card()
        before = text_of(card)
        tapped = await house.server.interactions.start(
            COMPONENT, boss, house.room, {"custom_id": "policy:live:2:1", "component_type": 2}, card
        )
        await house.server.until(lambda: tapped.follow_ups)

    assert text_of(tapped.follow_ups[0]).strip() == NOT_A_BUTTON
    assert text_of(card) == before
    assert house.policies.live(place(house)) == []


async def test_a_large_file_is_refused_before_it_is_fetched(house: House, boss: Member) -> None:
    """By the size that Discord tells."""
    async with house.served():
        answer = await send(house, boss, size=256 * 1024 + 1)

    assert "larger than 256 kB" in text_of(answer)


async def test_a_file_that_is_gone_is_asked_for_again(house: House, boss: Member) -> None:
    """Its address leads to nothing any more."""
    async with house.served():
        file = File.of("kites.yaml", GOOD)
        house.inbox.held = True
        given = await house.server.command(house.room, boss, "policy", file=file)
        house.server.world.files.clear()
        house.inbox.held = False
        answer = await answered(house, given)

    assert "cannot be fetched: the file is no longer there. Send it again." in text_of(answer)


async def test_a_file_of_another_kind_is_refused(house: House, boss: Member) -> None:
    """By its name."""
    async with house.served():
        answer = await send(house, boss, name="kites.json")

    assert "A policy file's name ends with .yaml, .yml, .txt." in text_of(answer)


async def test_policy_shows_what_holds(house: House, boss: Member) -> None:
    """With what changed last, and a button that rolls it back; others see nothing."""
    await house.policies.own(make.place(place_id=place(house)))
    async with house.served():
        await house.policies.in_force.refresh()
        shown = await answered(house, await house.server.command(house.general, boss, "policy"))
        other = await answered(house, await house.server.command(house.general, house.amina, "policy"))
        back = await tap(house, shown, BACK, boss)

    assert "You need Manage Server to see the policy." in text_of(other)
    assert "was rolled back" in back
    assert house.policies.live(place(house)) == ["kites", ""]


async def test_in_a_room_for_several_servers_each_is_shown(house: House, boss: Member) -> None:
    """And a file is refused, because which is meant cannot be known."""
    other = house.server.guild("Lanterns")
    house.store.rooms[f"discord:{other.id}"] = f"discord:{house.room.id}"
    async with house.served():
        shown = await answered(house, await house.server.command(house.room, boss, "policy"))
        refused = await send(house, boss)

    assert (
        "“\u2068Kite Flyers\u2069”: the policy “\u2068default\u2069”, the one that holds everywhere"
        in text_of(shown)
    )
    assert "“\u2068Lanterns\u2069”: the policy “\u2068default\u2069”" in text_of(shown)
    assert "Give the command in the server that the policy is for." in text_of(refused)


async def test_a_proposal_of_another_platform_is_not_known(house: House, boss: Member) -> None:
    """Versions are numbered together."""
    async with house.served():
        offer = await send(house, boss)
        house.policy_store.versions[-1] = replace(house.policy_store.versions[-1], place="telegram:-1")
        told = await tap(house, offer, LIVE, boss)

    assert "This proposal is not known any more." in told


async def test_why_tells_rule_by_rule(house: House) -> None:
    """To a moderator, wherever in the server they ask, for their eyes only."""
    async with house.served():
        await house.server.post(house.general, house.amina, content=BANNED)
        case = await house.case()
        given = await house.server.command(house.general, house.omar, "why", case=case.id.lower())
        told = text_of(await answered(house, given))

    assert f"Case {case.id}, rule by rule, by the policy “\u2068default\u2069”." in told
    assert "✔ \u2068known material\u2069 (enforce): \u2068the text links to it\u2069" in told
    assert "seen in text, as link" in told


def strangers(house: House) -> Iterator[tuple[Member, str]]:
    """Give who asks for a case that is not theirs to see, or not there."""
    yield house.amina, "001"
    yield house.omar, "ZZZ"
    yield house.omar, "002"
    yield house.omar, "003"


async def test_a_case_of_others_is_told_as_one_that_is_not_there(house: House) -> None:
    """A member's, an unknown one, one of another server, one of another platform: the words are the same."""
    other = house.server.guild("Lanterns")
    async with house.served():
        await house.server.post(house.general, house.amina, content=BANNED)
        case = await house.case()
        for number, elsewhere in (("002", f"discord:{other.id}"), ("003", "telegram:-1")):
            there = replace(case.message, place=make.place(place_id=elsewhere))
            house.store.cases[number] = replace(case, id=number, message=there, actions=())
        told = [
            text_of(await answered(house, await house.server.command(house.general, who, "why", case=id_)))
            for who, id_ in strangers(house)
        ]

    assert [one.strip() for one in told] == ["There is no such case here."] * 4


@pytest.mark.parametrize(("lines", "block"), [(5000, 2400), (4096, 1), (10, 2400), (5000, 0)])
def test_lines_and_block_fit_into_one_embed(lines: int, block: int) -> None:
    """Discord takes 4096 characters; lines are cut, and the block stays whole."""
    (embed,) = records(message_of(Said(lines=("x" * lines,), block="y" * block)).get("embeds"))
    description = text(embed.get("description"))

    assert len(description) <= 4096
    assert description.count("y") == block
    assert description.count("`") == (6 if block else 0)
