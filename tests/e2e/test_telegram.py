"""The real process before a Telegram: from a post to a card to a deed, through kills and restarts."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.process import command
from tests.e2e.scene import Scene, promote

BAD_LINK = "https://t.me/BlueLantern"


async def test_an_administrator_sets_it_up_by_talking_to_it(scene: Scene) -> None:
    """A list is added while it runs, a group and a room are bound by a code, and the first card comes."""
    kites, desk = scene.telegram.group("Other Kites"), scene.telegram.group("Desk")
    for chat in (kites, desk):
        scene.telegram.admin(chat, scene.omar)
    async with scene.process():
        scene.telegram.add_bot(kites)
        scene.telegram.add_bot(desk, rights=None)
        scene.telegram.post(desk, scene.omar, "/bind")
        code = await scene.said(desk, "within 15 minutes")
        scene.telegram.post(kites, scene.omar, code.rpartition("\n")[2])
        await scene.said(kites, "✔ Cards of this group")
        await command(
            scene.home, "bank", "add", "https://t.me/redlantern", "--bank", "other", "--label", "red"
        )
        # The list is live within a second; a message that is faster is found late, and gets its card, too.
        scene.telegram.post(kites, scene.amina, "look: t.me/RedLantern")
        card = await scene.said(desk, "🔴")

    assert "in list \u2068other\u2069" in card


async def test_a_banned_link_leads_to_a_card_and_each_button_does_what_it_says(scene: Scene) -> None:
    """Delete, undo, delete and ban, a stranger's tap in between: once each, and the card tells."""
    post = scene.telegram.post(scene.group, scene.amina, f"look: {BAD_LINK}")
    async with scene.process() as process:
        (card,) = await scene.cards_to_come(1)
        stranger = await scene.tapped("Delete", scene.amina)
        untouched = post.is_there
        first = await scene.tapped("Delete and ban", scene.omar)
        second = await scene.tapped("Undo", scene.omar)
        code = await process.stop()

    assert card.text.startswith("🔴 Link on a list · case ")
    assert stranger.startswith("Nothing was done")
    assert untouched
    assert (first, second) == ("Decided: ban.", "Undone, as far as it can be.")
    assert not post.is_there
    assert scene.group.members[scene.amina.id].status == "left"
    deeds = ("deleteMessage", "banChatMember", "unbanChatMember")
    assert [len(scene.telegram.api.called(deed)) for deed in deeds] == [1, 1, 1]
    assert code == 0
    assert not [line for line in process.lines if scene.telegram.token in line or "Traceback" in line]


async def test_an_edit_that_adds_the_link_is_caught(scene: Scene) -> None:
    """A post that was clean when it came is looked at again when it changes."""
    async with scene.process():
        post = scene.telegram.post(scene.group, scene.amina, "look")
        await _heard(scene)
        scene.telegram.edit(post, f"look: {BAD_LINK}")
        (card,) = await scene.cards_to_come(1)
        told = await scene.tapped("Dismiss", scene.omar)

    assert told == "Dismissed."
    assert f"/{post.id}" in str(card.entities)
    assert post.is_there


async def test_a_banned_picture_leads_to_a_card(scene: Scene, tmp_path: Path) -> None:
    """Telegram has recompressed it; it is recognised all the same."""
    picture = tmp_path / "poster.png"
    picture.write_bytes(_drawn())
    await command(scene.home, "bank", "add", str(picture), "--bank", "posters", "--label", "poster 14")
    async with scene.process():
        scene.telegram.post(scene.group, scene.amina, photo=picture.read_bytes())
        (card,) = await scene.cards_to_come(1)

    assert card.text.startswith("🔴 Known picture")
    assert "poster 14" in card.text


@pytest.mark.parametrize("inbox", ["database", "redis"])
async def test_a_kill_between_arrival_and_case_loses_nothing_and_doubles_nothing(
    scene: Scene, inbox: str, request: pytest.FixtureRequest
) -> None:
    """The update is in the inbox, its file is being fetched, and the process dies; the next one goes on."""
    redis_url = str(request.getfixturevalue("redis_url")) if inbox == "redis" else ""
    scene.telegram.api.hold("getFile")
    async with scene.process(redis_url=redis_url) as process:
        scene.telegram.post(scene.group, scene.amina, BAD_LINK, photo=_drawn())
        await scene.telegram.api.wait_until(lambda: "getFile" in scene.telegram.api.held, 20)
        await _heard(scene)
        await process.kill()
    scene.telegram.api.release("getFile")
    before = len(scene.cards)

    async with scene.process(redis_url=redis_url):
        await scene.cards_to_come(1)
        scene.telegram.post(scene.group, scene.amina, f"again: {BAD_LINK}")
        cards = await scene.cards_to_come(2)

    assert before == 0
    assert len({card.text.splitlines()[0] for card in cards}) == len(cards) == 2


async def test_a_kill_between_decision_and_deed_carries_it_out_once(scene: Scene) -> None:
    """The decision is saved, the deletion under way, and the process dies; the next one deletes."""
    post = scene.telegram.post(scene.group, scene.amina, BAD_LINK)
    scene.telegram.api.hold("deleteMessage")
    async with scene.process() as process:
        (card,) = await scene.cards_to_come(1)
        scene.telegram.tap(card, "Delete", scene.omar)
        await scene.telegram.api.wait_until(lambda: "deleteMessage" in scene.telegram.api.held, 20)
        await process.kill()
    there_still = post.is_there
    scene.telegram.api.release("deleteMessage")

    async with scene.process():
        await scene.telegram.api.wait_until(lambda: "✔ Deleted by" in card.text, 20)

    assert there_still
    assert not post.is_there
    assert len(scene.cards) == 1
    assert card.text.count("✔ Deleted") == 1


async def test_a_list_that_comes_later_finds_what_was_posted_before(scene: Scene) -> None:
    """By what is remembered, across a restart; moderators decide about it as about a find of today."""
    post = scene.telegram.post(scene.group, scene.amina, "a channel about lanterns: t.me/RedLantern")
    scene.telegram.post(scene.group, scene.amina, BAD_LINK)
    async with scene.process() as process:
        await scene.cards_to_come(1)
        await process.stop()
    await command(scene.home, "bank", "add", "https://t.me/redlantern", "--bank", "other", "--label", "red")

    async with scene.process():
        _, card = await scene.cards_to_come(2)
        late = card.text
        await scene.tapped("Delete", scene.omar, card=card)
        await scene.telegram.api.wait_until(lambda: "✔ Deleted by" in card.text, 20)

    assert len(scene.cards) == 2
    assert "Found late: it was posted before the list knew it." in late
    assert not post.is_there


async def test_what_happens_while_it_is_down_is_read_after_a_restart(scene: Scene) -> None:
    """Posts and taps wait at Telegram, and buttons of earlier processes still work."""
    scene.telegram.post(scene.group, scene.amina, BAD_LINK)
    async with scene.process() as process:
        (card,) = await scene.cards_to_come(1)
        await process.stop()
    scene.telegram.post(scene.group, scene.amina, f"again: {BAD_LINK}")
    query = scene.telegram.tap(card, "Dismiss", scene.omar)

    async with scene.process():
        await scene.cards_to_come(2)
        await scene.telegram.api.wait_until(lambda: bool(query.answers), 20)

    assert query.answers == ["Dismissed."]
    assert "✔ Dismissed by" in card.text


async def test_a_strict_policy_deletes_what_a_promoted_list_knows(scene: Scene) -> None:
    """The machine acts where it was allowed to, and the card says so; a moderator's own post stays."""
    await promote(scene.home)
    post = scene.telegram.post(scene.group, scene.amina, BAD_LINK)
    own = scene.telegram.post(scene.group, scene.omar, f"seen elsewhere: {BAD_LINK}")

    async with scene.process("--policy", "strict"):
        cards = await scene.cards_to_come(2)

    assert (post.is_there, own.is_there) == (False, True)
    assert sum("Policy strict: deleted." in card.text for card in cards) == 1


async def test_beyond_its_quota_a_policy_only_reports(scene: Scene, tmp_path: Path) -> None:
    """Also after a restart; the room is told once, the cards say so, and what matched can be looked at."""
    await promote(scene.home)
    policy = tmp_path / "house.yaml"
    policy.write_text("version: 1\nextends: strict\nquotas: {delete: {hour: 2, day: 9}}\nrules: []\n")
    posts = [scene.telegram.post(scene.group, scene.amina, f"{n}: {BAD_LINK}") for n in range(3)]

    async with scene.process("--policy", str(policy)) as process:
        await scene.cards_to_come(3)
        told = await scene.said(scene.room, "⚪ Brake")
        await process.stop()
    posts.append(scene.telegram.post(scene.group, scene.amina, f"again: {BAD_LINK}"))
    async with scene.process("--policy", str(policy)) as process:
        cards = await scene.cards_to_come(4)
        await process.stop()
    matched = await command(scene.home, "policy", "hits", "--rule", "surely listed", "--format", "ndjson")

    assert [post.is_there for post in posts].count(False) == 2
    assert sum("Held back: the quota of 2 deletions an hour" in card.text for card in cards) == 2
    assert "has come to 2 deletions an hour" in told
    assert [m.text for m in scene.telegram.said(scene.room) if "⚪ Brake" in m.text] == [told]
    assert len(matched.splitlines()) == 4


async def _heard(scene: Scene) -> None:
    feed = scene.telegram.world.feed
    await scene.telegram.api.wait_until(lambda: not feed.pending and feed.is_being_read, 20)


def _drawn() -> bytes:
    """Draw a picture with enough structure for a fingerprint."""
    picture = Image.radial_gradient("L").resize((480, 360))
    for left, top in ((20, 30), (300, 60), (120, 220), (360, 260)):
        picture.paste(Image.linear_gradient("L").resize((90, 70)).rotate(left), (left, top))
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
