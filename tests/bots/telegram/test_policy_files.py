"""A policy file sent in private: checked, offered, made live and rolled back by taps of who may."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PIL import Image

from bots.telegram.policy_files import CHOSEN, NOT_A_BUTTON, NOT_YOURS
from core.errors import TryLater
from tests.bots.policies.kites import BROKEN, FAILING, GOOD
from tests.bots.telegram.house import BAD_LINK, House
from tests.core.media.pictures import encoded
from tests.standins.telegram import media
from tests.standins.telegram.world import Chat, Message, User

LIVE = "Make it live in “\u2068Kite Flyers\u2069”"
BACK = "Roll back to “\u2068default\u2069” in “\u2068Kite Flyers\u2069”"


async def send(
    house: House,
    raw: bytes = GOOD,
    *,
    by: User | None = None,
    name: str = "kites.yaml",
    claimed_size: int | None = None,
) -> Message:
    """Let somebody, the moderator if nobody is named, send a file in private; returns the last answer."""
    who = by or house.moderator
    document = media.document(
        house.telegram.world, raw, name=name, mime="application/yaml", claimed_size=claimed_size
    )
    house.telegram.post(house.telegram.private(who), who, attached=document)
    await house.work()
    return house.telegram.said(house.telegram.private(who))[-1]


async def tap(house: House, message: Message, label: str, by: User | None = None) -> str:
    """Tap a button; returns what the tapper was told."""
    query = house.telegram.tap(message, label, by or house.moderator)
    await house.work()
    return query.answers[-1]


def second_group(house: House, moderator: User) -> Chat:
    """Give another watched group that the same person moderates."""
    other = house.telegram.group("Lanterns")
    house.telegram.admin(other, moderator)
    house.telegram.add_bot(other)
    house.store.rooms[f"telegram:{other.id}"] = f"telegram:{house.room.id}"
    return other


async def test_a_good_file_is_offered_and_one_tap_makes_it_live(house: House) -> None:
    """The answer says what would change; the tap changes the answer, and the room is told."""
    offer = await send(house)
    offered, buttons = offer.text, list(offer.buttons)

    told = await tap(house, offer, LIVE)

    assert "“\u2068kites\u2069” can be used: 2 rules; 6 of 6 examples hold." in offered
    assert buttons == [LIVE, "Leave it"]
    assert told.startswith(
        "✔ “\u2068kites\u2069” holds in “\u2068Kite Flyers\u2069” since 2026-03-01 12:00 UTC"
    )
    assert offer.text.startswith(told)
    assert list(offer.buttons) == [BACK]
    assert house.policies.in_force.of(house.place).name == "kites"
    assert "in the chat by “\u2068Omar\u2069”" in house.telegram.said(house.room)[0].text


async def test_another_tap_rolls_it_back_once(house: House) -> None:
    """The second tap on the stale button does nothing more."""
    offer = await send(house)
    await tap(house, offer, LIVE)
    stale = str(offer.buttons[BACK]["callback_data"])
    house.telegram.tap_data(offer, stale, house.moderator)
    house.telegram.tap_data(offer, stale, house.moderator)

    await house.work()

    assert house.policies.live(house.place) == ["kites", ""]
    assert house.policies.in_force.of(house.place).name == "default"
    assert offer.text.startswith("✔ “\u2068kites\u2069” was rolled back: “\u2068default\u2069” holds in")
    assert not offer.buttons


async def test_two_taps_make_it_live_once(house: House) -> None:
    """However often and however late a stale button is tapped: one version."""
    offer = await send(house)
    house.telegram.tap(offer, LIVE, house.moderator)
    house.telegram.tap(offer, LIVE, house.moderator)

    await house.work()

    assert house.policies.live(house.place) == ["kites"]
    assert "already holds" in offer.text
    assert list(offer.buttons) == [BACK]


async def test_leaving_it_changes_nothing(house: House) -> None:
    """The buttons go, and what held still holds."""
    offer = await send(house)

    told = await tap(house, offer, "Leave it")

    assert told == offer.text == "Left. Nothing was changed."
    assert not offer.buttons
    assert house.policies.live(house.place) == []


async def test_a_broken_file_is_told_in_letters_of_one_width(house: House) -> None:
    """Where, what, a caret under it, and no button."""
    answer = await send(house, BROKEN)

    (block,) = [one for one in answer.entities if one["type"] == "pre"]
    assert "kites.yaml:5:28: expected link, account, file" in answer.text
    assert "  |                            ^^^ did you mean" in answer.text
    assert int(str(block["length"])) > 100
    assert not answer.buttons
    assert house.policies.live(house.place) == []


async def test_failing_examples_are_told_and_nothing_is_offered(house: House) -> None:
    """The first that fails is named."""
    answer = await send(house, FAILING)

    assert "is not offered: 5 of 6 examples hold" in answer.text
    assert not answer.buttons


async def test_the_longest_refusal_fits_into_one_message(house: House) -> None:
    """Telegram takes 4096 characters after markup."""
    hostile = b"version: 1\n" + b"".join(b"<b>&wrong%d%s: 1\n" % (n, b"&" * 200) for n in range(200))

    answer = await send(house, hostile)

    assert "(nigehban policy check shows all of it)" in answer.text


@pytest.mark.parametrize("rights", [{"can_delete_messages"}, {"can_restrict_members"}, None])
async def test_who_lacks_a_right_is_refused(house: House, rights: set[str] | None) -> None:
    """Both rights in one watched group; the file is not even fetched."""
    half = house.telegram.user("Half")
    if rights is not None:
        house.telegram.admin(house.group, half, rights)

    answer = await send(house, by=half)

    assert answer.text == NOT_YOURS
    assert not house.telegram.api.called("getFile")
    assert len(house.policies.store.versions) == 1


async def test_a_refusal_stands_for_ten_minutes(house: House) -> None:
    """A stranger who sends many files does not make the bot ask all groups about them each time."""
    stranger = house.telegram.user("Zed")
    await send(house, by=stranger)
    asked = len(house.telegram.api.called("getChatMember"))
    again = await send(house, by=stranger)
    still = len(house.telegram.api.called("getChatMember"))
    house.telegram.admin(house.group, stranger)
    house.now += timedelta(minutes=10)

    later = await send(house, by=stranger)

    assert (again.text, still) == (NOT_YOURS, asked)
    assert list(later.buttons) == [LIVE, "Leave it"]


async def test_a_refusal_by_a_clock_that_was_ahead_does_not_stand(house: House) -> None:
    """Set right, it must not keep an administrator out until that time comes."""
    stranger = house.telegram.user("Zed")
    house.now += timedelta(days=365)
    await send(house, by=stranger)
    house.telegram.admin(house.group, stranger)
    house.now -= timedelta(days=365)

    later = await send(house, by=stranger)

    assert list(later.buttons) == [LIVE, "Leave it"]


async def test_who_was_refused_is_forgotten(house: House) -> None:
    """What is remembered of strangers who send files goes with the next one, once it means nothing."""
    strangers = [house.telegram.user(name) for name in ("Zed", "Yan")]
    for stranger in strangers:
        await send(house, by=stranger)
        house.now += timedelta(minutes=31)

    kept = [key for key in house.notes.notes if key.startswith("telegram.policy/")]
    assert kept == [f"telegram.policy/{strangers[1].id}/refused"]


async def test_that_not_all_groups_were_asked_is_said(house: House) -> None:
    """A bot of very many groups asks a hundred of them, and does not pretend that these were all."""
    for n in range(100):
        house.store.rooms[f"telegram:-1000{n:03}"] = f"telegram:{house.room.id}"

    answer = await send(house)

    assert answer.text == f"{NOT_YOURS}\nI watch more than 100 groups, and asked only 100 of them."


@pytest.mark.parametrize("label", [LIVE, BACK])
async def test_rights_that_were_lost_since_count(house: House, label: str) -> None:
    """Who was demoted after the answer was given changes nothing any more."""
    offer = await send(house)
    if label == BACK:
        await tap(house, offer, LIVE)
    before, versions = offer.text, len(house.policies.store.versions)
    house.telegram.admin(house.group, house.moderator, {"can_delete_messages"})

    told = await tap(house, offer, label)

    assert told == "Nothing was done: you lack “Ban users” in the group."
    assert (offer.text, len(house.policies.store.versions)) == (before, versions)


async def test_of_several_groups_one_is_chosen(house: House) -> None:
    """The file waits for the choice; it is then a proposal for that group alone."""
    other = second_group(house, house.moderator)

    question = await send(house)
    asked, choices = question.text, list(question.buttons)
    await tap(house, question, "“\u2068Lanterns\u2069”")
    await tap(house, question, "Make it live in “\u2068Lanterns\u2069”")

    assert asked == "⚪ For which group is “\u2068kites[.]yaml\u2069”?"
    assert sorted(choices) == ["“\u2068Kite Flyers\u2069”", "“\u2068Lanterns\u2069”"]
    assert (house.policies.live(house.place), house.policies.live(f"telegram:{other.id}")) == ([], ["kites"])


async def test_a_choice_is_taken_once_and_for_half_an_hour(house: House) -> None:
    """A second tap, and a late one, ask for the file again; nothing more is remembered of it."""
    second_group(house, house.moderator)
    question = await send(house)
    data = str(question.buttons["“\u2068Kite Flyers\u2069”"]["callback_data"])
    sent = int(data.split(":")[2])
    twice = [house.telegram.tap_data(question, data, house.moderator) for _ in range(2)]
    await house.work()
    late = await send(house)
    house.now += timedelta(minutes=31)

    told = await tap(house, late, "“\u2068Kite Flyers\u2069”")

    assert twice[1].answers == [CHOSEN]
    assert told == CHOSEN
    assert len([one for one in house.policies.store.versions if not one.live]) == 1
    assert not house.notes.notes.get(f"telegram.policy/{house.moderator.id}/{sent}")


async def test_rights_are_asked_for_again_at_the_choice(house: House) -> None:
    """Of the group that is chosen."""
    second_group(house, house.moderator)
    question = await send(house)
    house.telegram.demote(house.group, house.moderator)

    told = await tap(house, question, "“\u2068Kite Flyers\u2069”")

    assert told.startswith("Nothing was done: you lack “Delete messages” and “Ban users”")


@pytest.mark.parametrize(
    "data", ["policy:live:2:1", "policy:back:1", "policy:leave:1", "policy:", "policy:x:1"]
)
async def test_a_made_up_tap_changes_no_card(house: House, data: str) -> None:
    """Whoever sends what no button of that message carries is told so; the card stays."""
    await send(house)
    await house.found()
    card = house.card
    before = card.text
    query = house.telegram.tap_data(card, data, house.moderator)

    await house.work()

    assert query.answers == [NOT_A_BUTTON]
    assert card.text == before
    assert house.policies.live(house.place) == []


async def test_a_large_file_is_refused_before_it_is_fetched(house: House) -> None:
    """By the size that Telegram tells."""
    answer = await send(house, claimed_size=256 * 1024 + 1)

    assert "larger than 256 kB" in answer.text
    assert not house.telegram.api.called("getFile")


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(house: House) -> None:
    """The reason is told."""
    house.telegram.api.fail_next("getFile", code=400)

    answer = await send(house)

    assert answer.text.startswith("✘ “\u2068kites[.]yaml\u2069” cannot be fetched: ")


@pytest.mark.parametrize("name", ["kites.json", "photo.yaml.png", "yaml", ""])
async def test_who_sends_another_file_in_private_is_told_what_is_read(house: House, name: str) -> None:
    """Silence would be waited for; and nothing in a private chat is a message to be judged."""
    private = house.telegram.private(house.moderator)
    document = media.document(house.telegram.world, GOOD, name=name, mime="application/json")
    house.telegram.post(private, house.moderator, f"look: {BAD_LINK}", attached=document)
    await house.work()

    (said,) = house.telegram.said(private)
    assert said.text == "✘ I read only policy files here. Their names end with .yaml, .yml, .txt."
    assert not house.telegram.api.called("getFile")
    assert house.store.cases == {}


async def test_who_sends_a_picture_of_a_policy_is_told_what_is_read(house: House) -> None:
    """A telephone makes one of whatever is on its screen."""
    private, picture = house.telegram.private(house.moderator), encoded(Image.new("RGB", (64, 64)))
    house.telegram.post(private, house.moderator, attached=media.photo(house.telegram.world, picture))
    await house.work()

    (said,) = house.telegram.said(private)
    assert said.text.startswith("✘ I read only policy files here.")
    assert not house.telegram.api.called("getFile")


async def test_a_policy_file_in_private_is_never_a_case(house: House) -> None:
    """Neither its words nor its caption are looked at as somebody's message."""
    private = house.telegram.private(house.moderator)
    document = media.document(house.telegram.world, GOOD, name="kites.YML", mime="text/plain")
    house.telegram.post(private, house.moderator, f"look: {BAD_LINK}", attached=document)
    await house.work()

    assert list(house.telegram.said(private)[-1].buttons) == [LIVE, "Leave it"]
    assert (house.store.cases, house.witness.seen) == ({}, [])


async def test_a_file_in_the_group_is_only_a_message(house: House) -> None:
    """Policies come in private."""
    document = media.document(house.telegram.world, GOOD, name="kites.yaml", mime="text/plain")
    house.telegram.post(house.group, house.moderator, attached=document)
    await house.work()

    assert house.telegram.said(house.group) == ()


async def test_the_room_rolls_back_too(house: House) -> None:
    """Under `/policy`; afterwards the answer says what holds now, in every group of the room."""
    await tap(house, await send(house), LIVE)
    house.telegram.post(house.room, house.moderator, "/policy")
    await house.work()
    listing = next(m for m in house.telegram.said(house.room) if BACK in m.buttons)

    told = await tap(house, listing, BACK)

    assert told.startswith("✔ “\u2068kites\u2069” was rolled back")
    assert (
        "“\u2068Kite Flyers\u2069”: the policy “\u2068default\u2069”, the one that holds everywhere"
        in listing.text
    )
    assert not listing.buttons


async def test_a_room_of_many_groups_reads_after_a_tap_as_much_as_a_message_holds(house: House) -> None:
    """The answer is one message, so it says that there is more."""
    await tap(house, await send(house), LIVE)
    for n in range(60):
        house.store.rooms[f"telegram:-1000{n:03}"] = f"telegram:{house.room.id}"
    house.telegram.post(house.room, house.moderator, "/policy")
    await house.work()
    listing = next(m for m in house.telegram.said(house.room) if BACK in m.buttons)

    await tap(house, listing, BACK)

    assert listing.text.endswith("\n… /policy tells the rest")
    assert 3000 < len(listing.text) <= 4096


async def test_a_proposal_of_another_platform_is_not_known(house: House) -> None:
    """Versions are numbered together; a button for one group never means a server elsewhere."""
    offer = await send(house)
    versions = house.policies.store.versions
    versions[-1] = replace(versions[-1], place="discord:1")

    told = await tap(house, offer, LIVE)

    assert told == "This proposal is not known any more. Send the file again."


async def test_a_busy_telegram_is_asked_again(house: House) -> None:
    """The file is taken once, whenever Telegram gives it out."""
    house.telegram.api.fail_next("getFile", code=502)
    document = media.document(house.telegram.world, GOOD, name="kites.yaml", mime="text/plain")
    private = house.telegram.private(house.moderator)
    house.telegram.post(private, house.moderator, attached=document)
    await house.heard()
    (item,) = house.tray.unread
    with pytest.raises(TryLater):
        await house.work()

    for _ in range(2):
        await house.platform.take(item.body)

    assert len(house.telegram.said(private)) == 1


async def test_a_group_takes_its_policy_along_when_it_becomes_a_supergroup(house: House) -> None:
    """And a proposal for the old number asks for the file again."""
    offer = await send(house)
    await tap(house, offer, LIVE)
    late = await send(house, GOOD.replace(b", delete", b""))
    moved = house.telegram.migrate(house.group)
    await house.work()

    told = await tap(house, late, LIVE)

    assert told == "Nothing was done: the group has another number since. Send the file again."
    assert house.policies.live(f"telegram:{moved.id}") == ["kites"]
