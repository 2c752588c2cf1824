"""From a raw message to its parts: one walk through everything it holds, known or not.

The walk does not ask which field it is in: texts, addresses, files, users and chats are recognised by
their shape wherever they stand, so a container that Telegram adds tomorrow is looked into as well. What is
named here is the opposite: fields that are no content, and paths that have a plainer name. What a message
replies to is another message, looked at when it was posted; only what is quoted from it counts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from bots.telegram.identity import account_of
from bots.telegram.raw import Raw, number, record, records, text, utf16_slice
from bots.telegram.rich import rich_parts
from core.model import Account, Attachment, Link, Mention, Part, Text

_NO_CONTENT: Final = """
message_id message_thread_id date edit_date sender_business_bot
reply_to_message pinned_message poll_message suggested_post_message checklist_message giveaway_message
new_chat_members new_chat_member new_chat_participant left_chat_member left_chat_participant
forward_from forward_from_chat forward_from_message_id forward_signature forward_sender_name forward_date
entities caption_entities text_entities question_entities explanation_entities description_entities
title_entities media_group_id effect_id business_connection_id type id status guest_query_id
file_id file_unique_id mime_type file_name thumb language custom_emoji_id icon_custom_emoji_id emoji style
callback_data persistent_id option_persistent_id reply_to_poll_option_id country_codes currency
start_parameter foursquare_id foursquare_type google_place_id google_place_type date_time_format align valign
qualities mask_position invoice_payload provider_payment_charge_id telegram_payment_charge_id
theme_name boost_id passport_data
"""
_ENVELOPE: Final = frozenset({"chat", "from", "sender_chat"})
"""Who a message is by and where: not its content, but in a nested object these are."""

_SKIPPED: Final = frozenset(_NO_CONTENT.split())
"""Numbers, ids, states, what is read beside its text, and old names under which Telegram repeats a field."""

_CHATS: Final = frozenset({"private", "group", "supergroup", "channel"})
_UNSEEN: Final = frozenset({"switch_inline_query", "switch_inline_query_current_chat", "query", "vcard"})
_SIZES: Final = ("photo", "cover")
"""Fields that list one picture in several sizes."""

_RICH: Final = frozenset({"blocks", "cells", "items"})
_SHORTER: Final[Mapping[str, str]] = {
    "forward_origin": "forward.origin",
    "link_preview_options": "preview",
    "options": "option",
    "tasks": "task",
    "blocks": "block",
    "items": "item",
    "chats": "chat",
    "users": "user",
    "winners": "winner",
    "phone_number": "phone",
    "copy_text": "copy",
}
UNSEEABLE: Final = ""
"""The `ref` of a file that Telegram does not give to a bot: paid media."""

_LIKELY_TYPES: Final[Mapping[str, str]] = {
    "photo": "image/jpeg",
    "thumbnail": "image/jpeg",
    "cover": "image/jpeg",
    "sticker": "image/webp",
    "video_note": "video/mp4",
    "voice": "audio/ogg",
}
"""What a kind of media is where Telegram does not say; a hint, the content decides."""


def parts_of(message: Raw) -> tuple[Part, ...]:
    """Return every part of a raw message, in the order of its fields."""
    return tuple(_Walk(message).parts())


class _Walk:
    """One walk through one message.

    Args:
        message: As it came.
    """

    def __init__(self, message: Raw) -> None:
        self._message = message
        self._files = 0
        self._seen = f"{text(message.get('text'))}{text(message.get('caption'))}"

    def parts(self) -> Iterator[Part]:
        """Yield the parts."""
        for key, value in self._message.items():
            if key in _ENVELOPE or key in _SKIPPED:
                continue
            if key == "document" and "animation" in self._message:
                # An animation is repeated as a document for old clients.
                continue
            if key == "reply_markup":
                yield from self._buttons(record(value))
            elif key == "contact":
                yield from _contact(record(value))
            else:
                yield from self._value(self._message, key, value, _SHORTER.get(key, key))

    def _value(self, owner: Raw, key: str, value: object, path: str) -> Iterator[Part]:
        """Yield the parts of one field; `owner` is the object it belongs to."""
        if isinstance(value, str):
            yield from self._string(owner, key, text(value), path)
        elif isinstance(value, dict):
            yield from self._object(key, value, path)
        elif isinstance(value, list):
            if key.endswith(_SIZES) and (largest := _largest(value)):
                yield from self._object(key, largest, path)
                return
            for place, item in enumerate(value):
                yield from self._value(owner, key, item, f"{path}[{place}]")

    def _string(self, owner: Raw, key: str, value: str, path: str) -> Iterator[Part]:
        if key == "url":
            yield Link(url=value, path=path, hidden=value not in self._seen)
        elif key == "set_name":
            yield Link(url=f"https://t.me/addstickers/{value}", path=path, hidden=True)
        elif value.strip():
            yield Text(text=value, path=path, hidden=key in _UNSEEN)
            yield from _entities(owner, key, value, path)

    def _object(self, key: str, value: Raw, path: str) -> Iterator[Part]:
        if "file_id" in value:
            yield from self._file(key, value, path)
        elif key == "paid_media" and value.get("type") == "preview":
            yield Attachment(ref=UNSEEABLE, path=path)
        elif who := _who(value):
            yield Mention(account=who, path=path)
        elif key == "rich_message":
            yield from self._rich(value, path)
        else:
            for name, inner in value.items():
                if name not in _SKIPPED:
                    yield from self._value(value, name, inner, _joined(path, name))

    def _file(self, key: str, value: Raw, path: str) -> Iterator[Part]:
        """Yield a file, then its thumbnail, cover and titles."""
        if path == key:
            path = f"attachment[{self._files}]"
            self._files += 1
        yield Attachment(
            ref=text(value.get("file_id")),
            path=path,
            size=number(value.get("file_size")),
            name=text(value.get("file_name")),
            media_type=text(value.get("mime_type")) or _likely_type(key, value),
            same=text(value.get("file_unique_id")),
        )
        if name := text(value.get("file_name")):
            yield Text(text=name, path=f"{path}.name")
        for inner, item in value.items():
            if inner not in _SKIPPED:
                yield from self._value(value, inner, item, f"{path}.{inner}")

    def _rich(self, value: Raw, path: str) -> Iterator[Part]:
        """Walk blocks; what lies between two block boundaries is one text."""
        for name, inner in value.items():
            where = _joined(path, name)
            if name in _SKIPPED:
                continue
            if isinstance(inner, dict) and ("file_id" in inner or _who(inner)):
                yield from self._object(name, inner, where)
            elif name.endswith(_SIZES) and isinstance(inner, list):
                yield from self._value(value, name, inner, where)
            elif isinstance(inner, list) and name in _RICH:
                yield from self._rich_list(inner, where)
            elif isinstance(inner, dict) and not _is_run(inner):
                yield from self._rich(inner, where)
            elif isinstance(inner, str | list | dict):
                yield from rich_parts(inner, where)

    def _rich_list(self, value: list[object], path: str) -> Iterator[Part]:
        for place, item in enumerate(value):
            where = f"{path}[{place}]"
            if isinstance(item, dict):
                yield from self._rich(item, where)
            elif isinstance(item, list):
                yield from self._rich_list(item, where)

    def _buttons(self, markup: Raw) -> Iterator[Part]:
        rows = markup.get("inline_keyboard")
        flat = [b for row in (rows if isinstance(rows, list) else ()) for b in records(row)]
        for place, button in enumerate(flat):
            label = f"button[{place}].text"
            for part in self._object("button", button, f"button[{place}]"):
                # The eye sees a button's label only, never where it leads or what it copies.
                yield replace(part, hidden=part.path != label)


def _entities(owner: Raw, key: str, whole: str, path: str) -> Iterator[Part]:
    """Yield what entities add to a text: addresses, and accounts that are meant without their name."""
    name = {"text": "entities", "caption": "caption_entities"}.get(key, f"{key}_entities")
    listed = owner.get(name) or (owner.get("text_entities") if key == "text" else None)
    for place, entity in enumerate(records(listed)):
        span = utf16_slice(whole, number(entity.get("offset")) or 0, number(entity.get("length")) or 0)
        if entity.get("type") == "url":
            # It stands in the text for all to see: the same part, with Telegram's own boundaries.
            yield Link(url=span, path=path)
        if url := text(entity.get("url")):
            yield Link(url=url, path=f"{path}.entity[{place}]", hidden=url.rstrip("/") not in span)
        if user := record(entity.get("user")):
            yield Mention(account=account_of(user), path=f"{path}.entity[{place}]", hidden=True)


def _contact(contact: Raw) -> Iterator[Part]:
    name = f"{text(contact.get('first_name'))} {text(contact.get('last_name'))}".strip()
    if name:
        yield Text(text=name, path="contact.name")
    if phone := text(contact.get("phone_number")):
        yield Text(text=phone, path="contact.phone")
    if vcard := text(contact.get("vcard")):
        yield Text(text=vcard, path="contact.vcard", hidden=True)
    if user := number(contact.get("user_id")):
        yield Mention(account=Account(id=f"telegram:id/{user}", name=name), path="contact")


def _who(value: Raw) -> Account | None:
    """Return the account an object stands for: a user, a chat, or the origin of a forward."""
    if "is_bot" in value or (value.get("type") in _CHATS and "id" in value):
        return account_of(value)
    if value.get("type") in {"user", "hidden_user", "chat", "channel"} and "date" in value:
        inner = (
            record(value.get("sender_user")) or record(value.get("sender_chat")) or record(value.get("chat"))
        )
        return account_of(inner) if inner else Account(name=text(value.get("sender_user_name")))
    if number(value.get("user_id")) is not None or number(value.get("chat_id")) is not None:
        user = number(value.get("user_id"))
        return account_of(
            {**value, "id": user, "is_bot": False} if user is not None else {**value, "id": value["chat_id"]}
        )
    return None


def _is_run(value: Raw) -> bool:
    """Tell a formatted run of rich text from a block, a caption or a table cell."""
    return "type" in value and "blocks" not in value


def _largest(sizes: list[object]) -> Raw:
    """Return the largest size of a photo."""
    return max(
        records(sizes),
        key=lambda s: (number(s.get("width")) or 0) * (number(s.get("height")) or 0),
        default={},
    )


def _joined(path: str, name: str) -> str:
    """Extend a path; the text of a thing goes by the thing's own path."""
    return (
        path
        if name == "text" and path.partition("[")[0] != "button"
        else f"{path}.{_SHORTER.get(name, name)}"
    )


def _likely_type(key: str, value: Raw) -> str:
    if value.get("is_animated") is True:
        return "application/x-tgsticker"
    return "video/webm" if value.get("is_video") is True else _LIKELY_TYPES.get(key, "")
