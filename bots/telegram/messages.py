"""From a raw update to the messages of the core; pure, and the only place that knows updates' shapes.

One update is mostly one message; several people joining at once are one message each. What is no
happening in a group (taps, the bot's own membership, private chats) gives none.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from bots.telegram.identity import account_of, address_of, author_of, place_of
from bots.telegram.parts import parts_of
from bots.telegram.raw import Raw, number, record, records, text
from core.model import Account, Happening, Message, Part, Place, Text, is_forward
from core.newcomers import Profile

_GROUPS: Final = frozenset({"group", "supergroup"})
_MEMBERS: Final = frozenset({"member", "restricted"})
_IN: Final = _MEMBERS | {"administrator", "creator"}


def messages_of(update: Raw) -> tuple[Message, ...]:
    """Return what an update tells of a group, as messages to be judged."""
    posted = record(update.get("message"))
    edited = record(update.get("edited_message"))
    changed = record(update.get("chat_member"))
    asked = record(update.get("chat_join_request"))
    if not _is_group(posted or edited or changed or asked):
        return ()
    if posted.get("new_chat_members"):
        joined = [user for user in records(posted["new_chat_members"]) if not user.get("is_bot")]
        return tuple(_joined(posted, user) for user in joined)
    if posted:
        return tuple(_written(posted, Happening.POSTED))
    if edited:
        return tuple(_written(edited, Happening.EDITED))
    if changed:
        return tuple(_changed(changed))
    bio = text(asked.get("bio"))
    parts: tuple[Part, ...] = (Text(text=bio, path="bio"),) if bio else ()
    return (_joined(asked, record(asked.get("from")), parts),)


def _written(message: Raw, happening: Happening) -> Iterator[Message]:
    """Yield a message, unless it is a service message without anything to look at."""
    parts = parts_of(message)
    chat, message_number = record(message.get("chat")), number(message.get("message_id")) or 0
    place = place_of(chat)
    if not parts:
        return
    yield Message(
        id=f"{place.id}/{message_number}",
        place=place,
        author=author_of(message),
        at=_moment(message.get("edit_date") if happening is Happening.EDITED else message.get("date")),
        happening=happening,
        parts=parts,
        forwarded=is_forward(parts),
        album=text(message.get("media_group_id")),
        url=address_of(chat, message_number),
    )


def _changed(change: Raw) -> Iterator[Message]:
    """Yield a join; of a member whose rights were changed, how they show themselves now."""
    old, new = record(change.get("old_chat_member")), record(change.get("new_chat_member"))
    was_in = old.get("status") in _IN and old.get("is_member") is not False
    is_in = new.get("status") in _IN and new.get("is_member") is not False
    user = record(new.get("user"))
    if user.get("is_bot") or not is_in:
        return
    if not was_in:
        yield _joined(change, user)
    elif new.get("status") in _MEMBERS:
        profile = Profile(place=place_of(record(change.get("chat"))), account=account_of(user))
        yield profile.message(at=_moment(change.get("date")))


def _joined(event: Raw, user: Raw, parts: tuple[Part, ...] = ()) -> Message:
    """Return a join; the day is in its id, because Telegram tells of one join twice, seconds apart."""
    place: Place = place_of(record(event.get("chat")))
    at = _moment(event.get("date"))
    who: Account = account_of(user)
    return Message(
        id=f"{place.id}/joined-{number(user.get('id')) or 0}-{at:%Y%m%d}",
        place=place,
        author=who,
        at=at,
        happening=Happening.JOINED,
        parts=parts,
    )


def _moment(seconds: object) -> datetime:
    return datetime.fromtimestamp(number(seconds) or 0, UTC)


def _is_group(event: Raw) -> bool:
    return record(event.get("chat")).get("type") in _GROUPS
