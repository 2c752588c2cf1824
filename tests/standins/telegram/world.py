"""What exists in the small Telegram: users, chats with their members and messages, files.

Plain records and the JSON the API shows of them. Nothing here decides who may do what: that is
`chat_methods.py` and `message_methods.py`. Chat ids follow the real ranges: users positive, groups
negative, supergroups and channels below -1000000000000.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from tests.standins.telegram.feed import Feed
from tests.standins.telegram.spec import JsonObject
from tests.standins.telegram.wire import bad_request

# Fake users that stand in `from` where a chat speaks: never a person.
SERVICE_USER = 777000
ANONYMOUS_ADMIN = 1087968824
CHANNEL_BOT = 136817688

PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(slots=True, kw_only=True)
class User:
    """A person or a bot; who changes the name shows it with the next update."""

    id: int
    first_name: str
    username: str | None = None
    is_bot: bool = False
    has_blocked_bot: bool = False
    language: str = ""
    profile: JsonObject = field(default_factory=dict)  # fields of its ChatFullInfo

    def json(self) -> JsonObject:
        """Show the user as in `from`."""
        shown: JsonObject = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        shown |= {"language_code": self.language} if self.language else {}
        return shown | ({"username": self.username} if self.username else {})


@dataclass(slots=True, kw_only=True)
class Member:
    """What a user is in a chat: the API's `status`, and what an administrator or a restricted one may."""

    user: User
    status: str = "member"
    rights: frozenset[str] = frozenset()
    is_anonymous: bool = False
    until_date: int = 0

    @property
    def is_present(self) -> bool:
        """In the chat, not left and not banned."""
        return self.status in PRESENT

    def may(self, right: str) -> bool:
        """As an owner, or as an administrator with that right."""
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)

    def json(self) -> JsonObject:
        """Show the ChatMember."""
        shown: JsonObject = {"status": self.status, "user": self.user.json()}
        match self.status:
            case "creator":
                shown["is_anonymous"] = self.is_anonymous
            case "administrator":
                shown |= {right: right in self.rights for right in ADMIN_RIGHTS}
                shown |= {"can_be_edited": False, "is_anonymous": self.is_anonymous, "can_manage_chat": True}
            case "restricted":
                shown |= {name: name in self.rights for name in PERMISSIONS}
                shown |= {"is_member": True, "until_date": self.until_date}
            case "kicked":
                shown["until_date"] = self.until_date
        return shown


@dataclass(slots=True, kw_only=True)
class Message:
    """One message as the API shows it; a deleted one is no longer in its chat."""

    chat: "Chat"
    id: int
    author: User
    body: JsonObject

    @property
    def text(self) -> str:
        """Text or caption, "" if it has neither."""
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def entities(self) -> list[JsonObject]:
        """Entities of the text."""
        return cast("list[JsonObject]", self.body.get("entities", []))

    @property
    def buttons(self) -> Mapping[str, JsonObject]:
        """The inline buttons by their labels, in reading order."""
        keyboard = cast("JsonObject", self.body.get("reply_markup") or {})
        rows = cast("list[list[JsonObject]]", keyboard.get("inline_keyboard", []))
        return {str(button["text"]): button for row in rows for button in row}

    @property
    def is_there(self) -> bool:
        """Not deleted."""
        return self.chat.messages.get(self.id) is self


@dataclass(slots=True, kw_only=True)
class Chat:
    """A group, supergroup, channel or private chat."""

    id: int
    type: str
    title: str
    username: str | None = None
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    banned_senders: set[int] = field(default_factory=set)
    linked_chat_id: int | None = None
    migrated_to: int | None = None
    next_message_id: int = 1

    def json(self) -> JsonObject:
        """Show the chat as in `chat`."""
        name = "first_name" if self.type == "private" else "title"
        shown: JsonObject = {"id": self.id, "type": self.type, name: self.title}
        return shown | ({"username": self.username} if self.username else {})

    def full_json(self) -> JsonObject:
        """Show the ChatFullInfo."""
        shown = self.json() | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(
                (
                    "unlimited_gifts",
                    "limited_gifts",
                    "unique_gifts",
                    "premium_subscription",
                    "gifts_from_channels",
                ),
                False,
            ),
        }
        if self.username:
            shown["active_usernames"] = [self.username]
        if self.linked_chat_id:
            shown["linked_chat_id"] = self.linked_chat_id
        return shown

    @property
    def kind_name(self) -> str:
        """As a refusal names it: group, supergroup, channel."""
        return f"{self.type} chat"


@dataclass(slots=True, kw_only=True)
class StoredFile:
    """A file on Telegram's servers; `size` may be claimed larger than the content that a test gave."""

    id: str
    unique_id: str
    path: str
    content: bytes
    size: int


@dataclass(slots=True)
class Query:
    """A tap on an inline button, waiting to be answered; `answers` are the texts the bot showed for it."""

    id: str
    user: User
    message: Message
    is_too_old: bool = False
    answers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class World:
    """Everything there is; `now` gives seconds since 1970.

    `has_privacy` is the bot's privacy mode as @BotFather sets it: on by default, as for every new bot.
    """

    now: Callable[[], float]
    bot: User
    feed: Feed
    has_privacy: bool = True
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    commands: dict[str, list[object]] = field(default_factory=dict)

    def chat(self, chat_id: str) -> Chat:
        """Find a chat by id or @name.

        Raises:
            Refusal: There is none the bot knows, or it moved to a supergroup.
        """
        named = [c for c in self.chats.values() if c.username and f"@{c.username}".lower() == chat_id.lower()]
        is_id = chat_id.removeprefix("-").isdecimal()
        chat = named[0] if named else self.chats.get(int(chat_id)) if is_id else None
        if chat is None:
            raise bad_request("chat_id is empty" if not chat_id else "chat not found")
        if chat.migrated_to:
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to
            )
        return chat

    def put(self, chat: Chat, author: User, body: JsonObject) -> Message:
        """Write a message into a chat, with id, date and author."""
        message_id = chat.next_message_id
        chat.next_message_id += 1
        shown: JsonObject = {
            "message_id": message_id,
            "date": int(self.now()),
            "chat": chat.json(),
            "from": author.json(),
        }
        message = Message(chat=chat, id=message_id, author=author, body=shown | body)
        chat.messages[message_id] = message
        return message

    def store(self, folder: str, content: bytes, *, name: str = "", size: int | None = None) -> StoredFile:
        """Keep a file; `size` overrides the true length."""
        number = len(self.files) + 1
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        stored = StoredFile(
            id=f"BAAD-standin-{number}",
            unique_id=f"AgAD{number}",
            path=f"{folder}/file_{number}.{suffix}",
            content=content,
            size=len(content) if size is None else size,
        )
        self.files[stored.id] = stored
        return stored

    def tell(self, kind: str, chat: Chat, payload: JsonObject) -> None:
        """Send the bot an update about a chat, if it is in there and may see this kind."""
        me = chat.members.get(self.bot.id)
        is_admin = me is not None and me.status in {"administrator", "creator"}
        if kind == "my_chat_member" or (
            is_admin if kind == "chat_member" else me is not None and me.is_present
        ):
            self.feed.put(kind, payload)

    def change_member(self, chat: Chat, member: Member, by: User) -> None:
        """Put a member into a new state, and tell the bot."""
        old = chat.members.get(member.user.id) or Member(user=member.user, status="left")
        chat.members[member.user.id] = member
        kind = "my_chat_member" if member.user is self.bot else "chat_member"
        change: JsonObject = {
            "chat": chat.json(),
            "from": by.json(),
            "date": int(self.now()),
            "old_chat_member": old.json(),
            "new_chat_member": member.json(),
        }
        self.tell(kind, chat, change)
