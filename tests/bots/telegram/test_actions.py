"""Actions through the port, and the plain words in which a refusal is told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bots.telegram.identity import CHAT, USER
from bots.telegram.raw import bare_id
from bots.telegram.restrictions import MEDIA, NO_MEDIA
from core.case import Choice, Decision
from core.errors import Gone, NotPermitted, PlatformError, TryLater
from core.model import Account, Action, ActionKind, Message
from tests import make
from tests.bots.telegram.house import House, built, listening
from tests.standins.telegram.stage import TelegramStandIn
from tests.standins.telegram.world import PERMISSIONS


def by(house: House, author: str = "", *, number: int = 999) -> Message:
    """Give a message in the group by an account, the member unless another is named."""
    who = Account(id=author or f"{USER}{house.member.id}")
    place = replace(make.place(), id=house.place)
    return replace(make.message("x", message_id=f"{house.place}/{number}", author=who), place=place)


async def test_a_mute_lasts_as_long_as_it_was_asked_for(house: House) -> None:
    """The member loses their voice until then, and gets it back earlier if asked."""
    member = house.member.id
    house.now = datetime.now(UTC).replace(microsecond=0)

    await house.platform.perform(Action(kind=ActionKind.MUTE, for_s=3600), by(house))
    muted = house.group.members[member]
    await house.platform.perform(Action(kind=ActionKind.UNMUTE), by(house))

    assert (muted.status, muted.rights) == ("restricted", frozenset())
    assert muted.until_date == int((house.now + timedelta(hours=1)).timestamp())
    assert house.group.members[member].status == "member"


@pytest.mark.parametrize(("for_s", "until"), [(5, 31), (400 * 86_400, None), (None, None)])
async def test_a_mute_is_never_for_ever_by_accident(
    house: House, for_s: int | None, until: int | None
) -> None:
    """Telegram takes under 30 seconds for ever: the shortest is a little more; over a year is for ever."""
    house.now = datetime.now(UTC).replace(microsecond=0)

    await house.platform.perform(Action(kind=ActionKind.MUTE, for_s=for_s), by(house))

    ends = house.group.members[house.member.id].until_date
    assert ends == (0 if until is None else int(house.now.timestamp()) + until)


async def test_a_hold_on_media_leaves_words_votes_and_what_the_group_allows(house: House) -> None:
    """For as long as was asked; what is no media stays given, and all of it comes back."""
    member = house.member.id
    house.now = datetime.now(UTC).replace(microsecond=0)

    for _ in range(2):
        await house.platform.perform(Action(kind=ActionKind.NO_MEDIA, for_s=86_400), by(house))
    held = house.group.members[member]
    for _ in range(2):
        await house.platform.perform(Action(kind=ActionKind.MEDIA), by(house))

    assert held.status == "restricted"
    assert held.rights == set(PERMISSIONS) - set(MEDIA)
    assert {"can_send_messages", "can_send_polls", "can_invite_users"} <= held.rights
    assert held.until_date == int((house.now + timedelta(days=1)).timestamp())
    assert house.group.members[member].status == "member"
    asked = [call.params for call in house.telegram.api.calls if call.method == "restrictChatMember"]
    assert [one.get("use_independent_chat_permissions") for one in asked] == ["true"] * 4


def test_a_hold_on_media_holds_everything_that_shows_more_than_words() -> None:
    """By name, so that none is forgotten, nor one that Telegram adds: that must be looked at."""
    held = {name for name, given in NO_MEDIA.to_dict().items() if not given}
    given = {name for name, given in NO_MEDIA.to_dict().items() if given}

    pictures = {"can_send_photos", "can_send_videos", "can_send_video_notes", "can_send_other_messages"}
    files = {"can_send_documents", "can_send_audios", "can_send_voice_notes", "can_add_web_page_previews"}
    assert held == pictures | files
    writing = {"can_send_messages", "can_send_polls", "can_react_to_messages", "can_edit_tag"}
    group = {"can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics"}
    assert given == writing | group


async def test_an_undo_lets_the_member_send_media_again(house: House) -> None:
    """As it gives a muted member their voice back."""
    await house.found()
    decision = Decision(
        moderator=Account(id=f"{USER}{house.moderator.id}", name="Omar"),
        choice=Choice.CONFIRM,
        at=house.now,
        actions=(ActionKind.NO_MEDIA,),
        for_s=3600,
    )
    await house.engine.decide(house.case.id, decision)
    held = house.group.members[house.member.id].status

    await house.engine.decide(house.case.id, replace(decision, choice=Choice.UNDO, actions=()))

    assert (held, house.group.members[house.member.id].status) == ("restricted", "member")
    assert house.done() == [ActionKind.NO_MEDIA, ActionKind.MEDIA]


@pytest.mark.parametrize("kind", [ActionKind.NO_MEDIA, ActionKind.MEDIA])
async def test_who_is_muted_stays_so_whatever_becomes_of_their_media(house: House, kind: ActionKind) -> None:
    """A member has one set of restrictions; a weaker one does not take the stronger one's place."""
    await house.platform.perform(Action(kind=ActionKind.MUTE), by(house))

    note = await house.platform.perform(Action(kind=kind, for_s=60), by(house))

    assert note == "the member is muted, which was left as it is"
    assert house.group.members[house.member.id].rights == frozenset()


async def test_in_a_basic_group_nobody_is_restricted(telegram: TelegramStandIn) -> None:
    """The line says what kind of group it takes."""
    house = built(telegram)
    house.group = telegram.group("Small Kites", kind="group")
    telegram.member(house.group, house.member)
    telegram.add_bot(house.group)

    async with listening(house):
        for kind in (ActionKind.NO_MEDIA, ActionKind.MUTE):
            with pytest.raises(PlatformError, match="in supergroups only; this is a basic group"):
                await house.platform.perform(Action(kind=kind, for_s=60), by(house))


async def test_twice_has_the_effect_once(house: House) -> None:
    """Banning the banned and freeing the free are no errors."""
    for kind in (ActionKind.BAN, ActionKind.BAN, ActionKind.UNBAN, ActionKind.UNBAN):
        await house.platform.perform(Action(kind=kind), by(house))

    assert house.group.members[house.member.id].status == "left"


async def test_unbanning_never_throws_anybody_out(house: House) -> None:
    """Who is not banned stays."""
    await house.platform.perform(Action(kind=ActionKind.UNBAN), by(house))

    assert house.group.members[house.member.id].status == "member"


async def test_who_is_kicked_may_come_back_and_keeps_what_they_wrote(house: House) -> None:
    """A ban would wipe their messages; the second time there is nobody to put out."""
    post = house.telegram.post(house.group, house.member, "hello")

    await house.platform.perform(Action(kind=ActionKind.KICK), by(house))
    with pytest.raises(Gone, match="no longer in the group"):
        await house.platform.perform(Action(kind=ActionKind.KICK), by(house))

    assert house.group.members[house.member.id].status == "left"
    assert post in house.group.messages.values()


async def test_kicking_never_lifts_a_ban(house: House) -> None:
    """Telegram kicks by the call that lets the banned in."""
    await house.platform.perform(Action(kind=ActionKind.BAN), by(house))

    with pytest.raises(Gone, match="no longer in the group"):
        await house.platform.perform(Action(kind=ActionKind.KICK), by(house))

    assert house.group.members[house.member.id].status == "kicked"


async def test_in_a_basic_group_a_kick_says_how_the_member_comes_back(telegram: TelegramStandIn) -> None:
    """There is no call for it, and who is out must be added by somebody."""
    house = built(telegram)
    house.group = telegram.group("Small Kites", kind="group")
    telegram.member(house.group, house.member)
    telegram.add_bot(house.group)
    async with listening(house):
        note = await house.platform.perform(Action(kind=ActionKind.KICK), by(house))

    assert note == "this is a basic group: somebody in it must add the member again"
    assert not house.group.members[house.member.id].is_present


async def test_a_missing_right_to_kick_is_named(house: House) -> None:
    """It is the right to ban, by the name that Telegram shows."""
    house.telegram.admin(house.group, house.telegram.bot, {"can_delete_messages"})

    with pytest.raises(NotPermitted, match="I lack the right “Ban users”"):
        await house.platform.perform(Action(kind=ActionKind.KICK), by(house))


async def test_a_channel_that_spoke_is_banned_as_a_channel(house: House) -> None:
    """The stand-in user beside it is left alone."""
    news = house.telegram.group("Lantern News", kind="channel")
    author = f"{CHAT}{bare_id(news.id)}"

    await house.platform.perform(Action(kind=ActionKind.BAN), by(house, author))
    banned = set(house.group.banned_senders)
    await house.platform.perform(Action(kind=ActionKind.UNBAN), by(house, author))

    assert (banned, house.group.banned_senders) == ({news.id}, set())


async def test_a_deleted_message_is_gone(house: House) -> None:
    """There is nothing left to do."""
    with pytest.raises(Gone, match="not found"):
        await house.platform.perform(Action(kind=ActionKind.DELETE), by(house))


async def test_a_join_has_no_message_to_delete(house: House) -> None:
    """Joining leaves nothing behind."""
    joined = replace(by(house), id=f"{house.place}/joined-5-20260301")

    with pytest.raises(Gone, match="there is no message to delete"):
        await house.platform.perform(Action(kind=ActionKind.DELETE), joined)


@pytest.mark.parametrize("kind", [ActionKind.BAN, ActionKind.MUTE, ActionKind.NO_MEDIA, ActionKind.KICK])
async def test_administrators_are_out_of_reach(house: House, kind: ActionKind) -> None:
    """Who is protected by Telegram is named as such."""
    admin = by(house, f"{USER}{house.moderator.id}")
    owner = by(house, f"{USER}{house.telegram.owner(house.group).id}")

    with pytest.raises(PlatformError, match="the account is an administrator of the group"):
        await house.platform.perform(Action(kind=kind), admin)
    with pytest.raises(PlatformError, match="the account owns the group"):
        await house.platform.perform(Action(kind=kind), owner)


async def test_what_the_group_itself_wrote_has_no_author_to_ban(house: House) -> None:
    """Behind the group's own name is an administrator whom Telegram does not name."""
    itself = by(house, f"{CHAT}{bare_id(house.group.id)}")

    with pytest.raises(PlatformError, match="in the group's own name by an administrator"):
        await house.platform.perform(Action(kind=ActionKind.BAN), itself)


async def test_a_channel_cannot_be_muted(house: House) -> None:
    """The remedy is said."""
    with pytest.raises(PlatformError, match="it can be banned, not muted"):
        await house.platform.perform(Action(kind=ActionKind.MUTE), by(house, f"{CHAT}77"))


async def test_an_author_whom_telegram_hides_cannot_be_banned(house: House) -> None:
    """Without an id there is nobody to act on."""
    hidden = replace(by(house), author=Account(name="Hidden"))

    with pytest.raises(PlatformError, match="does not say who wrote it"):
        await house.platform.perform(Action(kind=ActionKind.BAN), hidden)


async def test_a_basic_group_says_what_it_cannot_do(house: House) -> None:
    """Muting and unbanning are for supergroups."""
    small = house.telegram.group("Small", kind="group")
    house.telegram.add_bot(small)
    house.telegram.member(small, house.member)
    place = replace(make.place(), id=f"telegram:{small.id}")
    message = replace(by(house), place=place)

    with pytest.raises(PlatformError, match="this is a basic group"):
        await house.platform.perform(Action(kind=ActionKind.MUTE), message)
    with pytest.raises(PlatformError, match="a basic group has no unban"):
        await house.platform.perform(Action(kind=ActionKind.UNBAN), message)


async def test_an_old_message_is_told_from_a_missing_right(house: House) -> None:
    """With the right to delete, a refusal means that the message is too old."""
    post = house.telegram.post(house.group, house.member, "x")
    house.telegram.api.fail_next(
        "deleteMessage", code=400, description="Bad Request: message can't be deleted"
    )

    with pytest.raises(PlatformError, match="older than 48 hours"):
        await house.platform.perform(Action(kind=ActionKind.DELETE), by(house, number=post.id))


async def test_being_thrown_out_is_not_a_busy_spell(house: House) -> None:
    """A bot that was removed does not ask again and again."""
    house.telegram.demote(house.group, house.telegram.bot, "kicked")

    with pytest.raises(NotPermitted, match="bot was kicked"):
        await house.platform.perform(Action(kind=ActionKind.BAN), by(house))


@pytest.mark.parametrize(("code", "after"), [(429, 7.0), (502, 1.0), (0, 1.0)])
async def test_a_busy_telegram_says_when_to_ask_again(house: House, code: int, after: float) -> None:
    """A flood, a broken server and a dropped connection pass."""
    house.telegram.api.fail_next("banChatMember", code=code, retry_after=7)

    with pytest.raises(TryLater) as busy:
        await house.platform.perform(Action(kind=ActionKind.BAN), by(house))

    assert busy.value.after == after


@pytest.mark.parametrize(
    ("who", "moderates"), [("moderator", True), ("member", False), ("group", True), ("stranger", False)]
)
async def test_who_moderates_is_asked_of_telegram(house: House, who: str, *, moderates: bool) -> None:
    """An administrator does, and so does the group's own name; nobody else."""
    accounts = {
        "moderator": f"{USER}{house.moderator.id}",
        "member": f"{USER}{house.member.id}",
        "group": f"{CHAT}{bare_id(house.group.id)}",
        "stranger": f"{USER}4",
    }

    assert await house.platform.moderates(accounts[who], house.place) is moderates


async def test_the_linked_channel_moderates_its_discussion_group(house: House) -> None:
    """What the channel posts there is its owners' own; another channel's is not."""
    news = house.telegram.group("Kite News", kind="channel")
    house.group.linked_chat_id = news.id

    answers = [
        await house.platform.moderates(f"{CHAT}{bare}", house.place) for bare in (bare_id(news.id), "77")
    ]

    assert answers == [True, False]
