"""What happens in a server reaches the moderators: posted, edited, forwarded, reported, joined, missed."""

from dataclasses import replace

import pytest

from core.errors import TryLater
from core.model import Happening
from tests.bots.discord.house import BANNED, House, text_of
from tests.standins.discord.front import Failure
from tests.standins.discord.state import Post, new_id


async def test_a_banned_link_becomes_a_card_in_the_room(house: House) -> None:
    """The card says what, where, who and why, links to the message, and never shows the address."""
    async with house.served() as said:
        post = await house.server.post(house.general, house.amina, content=f"join {BANNED} now")
        card = await house.card()

    assert said == ["discord @kites_guard"]
    text = text_of(card)
    assert "🔴 Link on a list" in text
    assert "Amina R." in text
    assert "Kite Flyers #general" in text
    assert f"[message ↗](https://discord.com/channels/{house.guild.id}/{house.general.id}/{post.id})" in text
    assert BANNED not in text
    assert [b["label"] for b in card.buttons] == ["Delete", "Delete and ban", "Dismiss", "Details"]
    assert card.allowed_mentions == {"parse": []}
    assert not post.is_deleted


async def test_an_ordinary_message_makes_no_card(house: House) -> None:
    """Nothing is shown, and the bot does not judge itself."""
    async with house.served():
        await house.server.post(house.general, house.amina, content="the kites fly high")
        await house.server.post(house.general, house.amina, content=BANNED)
        await house.card()

    assert len(house.store.cases) == 1


async def test_an_edit_that_adds_the_link_is_caught(house: House) -> None:
    """Also when the message was written before the bot came."""
    old = await house.server.post(house.general, house.amina, content="clean")

    async with house.served():
        await house.server.edit(old, content=f"now {BANNED}")
        await house.card()

    (case,) = house.store.cases.values()
    assert case.message.happening is Happening.EDITED


async def test_an_embed_that_arrives_later_is_caught(house: House) -> None:
    """Discord resolves a short link into an embed by an update that is nobody's edit."""
    async with house.served():
        post = await house.server.post(house.general, house.amina, content="https://short.example/x")
        await house.server.edit(post, embeds=[{"type": "link", "url": BANNED}])
        card = await house.card()

    assert "🔴" in text_of(card)


async def test_what_moderators_say_in_their_room_is_no_case(house: House) -> None:
    """They must be able to speak of a link; everywhere else they are members like all."""
    async with house.served():
        await house.server.post(house.room, house.omar, content=f"look at {BANNED}")
        await house.server.post(house.general, house.omar, content=BANNED)
        await house.card()

    (case,) = house.store.cases.values()
    assert case.message.place.name.endswith("#general")


async def test_a_room_that_was_deleted_is_named_in_the_log(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """The case is kept; the line says what to do."""
    house.store.rooms[f"discord:{house.guild.id}"] = "discord:5"

    async with house.served():
        await house.server.post(house.general, house.amina, content=BANNED)
        await house.server.until(lambda: house.store.cases and "card not shown" in caplog.text)

    whys = [record.__dict__.get("why") for record in caplog.records]
    assert "the moderators' room is gone: bind another with /bind" in whys


async def test_the_same_edit_twice_is_judged_once(house: House) -> None:
    """An update that changes nothing that is said (a pin) is taken in once."""
    async with house.served():
        post = await house.server.post(house.general, house.amina, content="clean")
        await house.server.edit(post, embeds=[])
        await house.server.edit(post, content=BANNED)
        await house.card()

    assert len([key for key in house.inbox.keys if f"/{post.id}:" in key]) == 2


async def test_a_forward_is_judged_by_what_it_shows(house: House) -> None:
    """The forwarding member is the author; the words are in the snapshot."""
    far = house.server.channel(house.guild, "far away")
    origin = await house.server.post(far, house.amina, content=BANNED)

    async with house.served():
        forward = await house.server.post(house.general, house.amina, snapshot=origin)
        await house.card()

    (case,) = house.store.cases.values()
    assert case.message.id == f"discord:{house.general.id}/{forward.id}"
    assert case.message.author.name == "Amina R."
    assert case.message.forwarded


async def test_a_report_brings_any_message_before_the_moderators(house: House) -> None:
    """A picture without a word is reported, too; the reporter alone sees the thanks."""
    reporter = house.server.member(house.guild, "zahra")

    async with house.served():
        post = await house.server.post(house.general, house.amina, attachments=[("a.png", b"x")])
        menu = await house.server.context_menu(post, "Report to moderators", reporter)
        card = await house.card()
        await house.server.until(lambda: menu.original)

    assert "🔵 Reported by a member" in text_of(card)
    assert "zahra" not in text_of(card)
    assert menu.is_private
    assert menu.original is not None
    assert "Thank you" in text_of(menu.original)


async def test_the_bots_own_message_cannot_be_reported(house: House) -> None:
    """Its card is no case."""
    async with house.served():
        await house.server.post(house.general, house.amina, content=BANNED)
        card = await house.card()
        menu = await house.server.context_menu(card, "Report to moderators", house.omar)
        await house.server.until(lambda: menu.original)

    assert len(house.store.cases) == 1


async def test_without_the_content_intent_it_lives_on_reports_and_mentions(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """It starts and says so, judges what mentions it, and takes reports of what it cannot see."""
    house.server.world.privileged.clear()
    bot = house.server.world.bot.id

    async with house.served() as said:
        unseen = await house.server.post(house.general, house.amina, content=BANNED)
        await house.server.post(house.general, house.amina, content=f"<@{bot}> {BANNED}")
        await house.card()
        await house.server.context_menu(unseen, "Report to moderators", house.omar)
        await house.server.until(lambda: len(house.server.said(house.room)) == 2)

    assert said == ["discord @kites_guard (only reports and mentions)"]
    reported = house.server.said(house.room)[1]
    assert "🔵 Reported by a member: Link on a list" in text_of(reported)
    assert "Message Content Intent is off" in caplog.text


async def test_what_was_written_while_away_is_read_back_once(house: House) -> None:
    """After a restart, messages of every channel and thread since the last one are judged, each once."""
    async with house.served():
        await house.server.post(house.general, house.amina, content=f"first {BANNED}")
        await house.card()
    other = house.server.channel(house.guild, "new channel")
    thread = await house.server.thread(house.general, "aside")
    missed = [await house.server.post(where, house.amina, content=BANNED) for where in (other, thread)]
    for number in range(120):
        await house.server.post(house.general, house.amina, content=f"ordinary {number}")
    last = await house.server.post(house.general, house.amina, content=BANNED)

    async with house.served():
        await house.server.until(lambda: len(house.server.said(house.room)) == 4)

    found = {case.message.id.rpartition("/")[2] for case in house.store.cases.values()}
    assert {str(post.id) for post in (*missed, last)} <= found
    assert len(found) == 4


async def test_a_process_that_dies_while_reading_back_leaves_the_rest_to_the_next(house: House) -> None:
    """New messages do not move the note past history that is still to be read."""
    hour = 3_600_000 << 22
    missed = Post(id=new_id() - hour, channel=house.general, author=house.amina.user, content=BANNED)
    await house.server.acts.posted(missed)
    house.notes.notes[f"discord:seen:{house.guild.id}"] = str(missed.id - hour)
    gate = house.server.gate("GET", "/channels/{channel_id}/messages")
    async with house.served():
        await house.server.until(lambda: gate.waiting)
        await house.server.post(house.general, house.amina, content="a new one")
        await house.server.until(lambda: house.inbox.keys)
    before = dict(house.store.cases)
    gate.open()

    async with house.served():
        await house.card()

    assert before == {}


async def test_a_message_just_before_the_note_is_read_again(house: House) -> None:
    """Messages of two channels may arrive in the wrong order: the later one had moved the note already."""
    async with house.served():
        await house.server.post(house.general, house.amina, content="hello")
    await house.server.post(house.general, house.amina, content=BANNED)
    house.notes.notes[f"discord:seen:{house.guild.id}"] = str(new_id())

    async with house.served():
        await house.card()

    assert len(house.store.cases) == 1


async def test_what_was_written_before_the_bot_came_is_not_read(house: House) -> None:
    """The first meeting starts the note; nobody's past is searched."""
    await house.server.post(house.general, house.amina, content=BANNED)

    async with house.served():
        await house.server.post(house.general, house.amina, content="hello")
        await house.server.until(lambda: house.inbox.keys)

    assert house.store.cases == {}


async def test_killed_before_the_case_nothing_is_lost_or_doubled(house: House) -> None:
    """What the inbox had when the process died is judged by the next one; the history does not double it."""
    house.inbox.held = True
    async with house.served():
        await house.server.post(house.general, house.amina, content=BANNED)
        await house.server.until(lambda: any("/" in key for key in house.inbox.keys if "joined" not in key))
    house.inbox.held = False

    async with house.served():
        await house.card()
        await house.server.post(house.general, house.amina, content="later")
        await house.server.until(lambda: not house.inbox.waiting)

    assert len(house.store.cases) == 1
    assert len(house.server.said(house.room)) == 1


async def test_a_dropped_line_loses_nothing(house: House) -> None:
    """What happened while the connection was down is told on resuming."""
    async with house.served():
        await house.server.gateway.drop()
        await house.server.post(house.general, house.amina, content=BANNED)
        await house.card()

    assert len(house.store.cases) == 1


async def test_a_card_that_was_sent_and_not_noted_is_not_sent_twice(house: House) -> None:
    """A worker that dies between sending and saving does no harm: Discord knows the card by its nonce."""
    async with house.served():
        await house.server.post(house.general, house.amina, content=BANNED)
        case = await house.case()
        again = await house.platform.show(replace(case, card=""), f"discord:{house.room.id}")

    assert again == case.card
    assert len(house.server.said(house.room)) == 1


async def test_the_inbox_out_of_reach_holds_events_back(house: House) -> None:
    """Events wait until the inbox takes them; none is dropped."""
    async with house.served():
        house.inbox.refusals.append(TryLater("database busy", after=0.01))
        await house.server.post(house.general, house.amina, content=BANNED)
        await house.card()

    assert house.inbox.refusals == []


async def test_a_member_with_a_banned_name_who_joins_is_judged(house: House) -> None:
    """A join is a message of its own, without a message to delete."""
    async with house.served():
        await house.server.join(house.guild, "new_one")
        await house.server.until(lambda: any("joined" in key for key in house.inbox.keys))
        await house.server.until(lambda: not house.inbox.waiting)

    assert house.store.cases == {}


async def test_a_history_that_fails_is_read_again(house: House) -> None:
    """Until a channel's history was read, its server's note stands still."""
    async with house.served():
        await house.server.post(house.general, house.amina, content="hello")
        await house.server.until(lambda: len(house.inbox.keys) > 1)
    await house.server.post(house.general, house.amina, content=BANNED)
    house.server.fail_next(Failure("GET", "/channels/*/messages", is_cut=True, times=2))

    async with house.served():
        await house.card()

    assert len(house.store.cases) == 1


async def test_a_thread_stands_within_its_channel_whatever_it_is_called(house: House) -> None:
    """What is said of a channel holds in its threads; a member's thread does not pass for another channel."""
    desk = house.server.channel(house.guild, "desk")
    inside = await house.server.thread(desk, "aside")
    false = await house.server.thread(house.general, "desk")
    async with house.served():
        for where in (inside, false):
            await house.server.post(where, house.amina, content=BANNED)
        await house.server.until(lambda: len(house.server.said(house.room)) == 2)

    places = {case.message.id.partition("/")[0]: case.message.place for case in house.store.cases.values()}
    places = {id_.partition(":")[2]: place for id_, place in places.items()}
    assert places[str(inside.id)].name == "Kite Flyers #desk / aside"
    assert places[str(inside.id)].above == (f"discord:{desk.id}", "Kite Flyers #desk")
    assert places[str(false.id)].name == "Kite Flyers #general / desk"
