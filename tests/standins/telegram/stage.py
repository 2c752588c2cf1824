"""What a test holds: a Telegram with people and groups in it, and a bot that is about to be one of them.

    async with TelegramStandIn() as telegram:
        kites = telegram.group("Kite Flyers")
        amina = telegram.member(kites, "Amina")
        telegram.add_bot(kites, rights={"can_delete_messages"})
        telegram.post(kites, amina, "look: https://kites.example")

Everything here happens at once and makes the updates the real server would send. Waiting is only
for what the bot does: `telegram.api.wait_until`, beside its calls and the faults.
"""

from collections.abc import Callable, Iterable, Sequence
from time import time
from types import TracebackType
from typing import Self, cast

from tests.standins.telegram import media
from tests.standins.telegram.feed import Feed
from tests.standins.telegram.markup import find_entities
from tests.standins.telegram.server import ApiServer
from tests.standins.telegram.spec import JsonObject, Spec
from tests.standins.telegram.world import (
    ANONYMOUS_ADMIN,
    CHANNEL_BOT,
    PERMISSIONS,
    SERVICE_USER,
    Chat,
    Member,
    Message,
    Query,
    User,
    World,
)

TOKEN = "123456789:AAstandin-token-of-no-value_0123456"
MODERATE = frozenset({"can_manage_chat", "can_delete_messages", "can_restrict_members", "can_invite_users"})


class TelegramStandIn:
    """A small Telegram with one bot, served on loopback while entered."""

    def __init__(self, *, now: Callable[[], float] = time, spec: Spec | None = None) -> None:
        self.bot = User(id=123456789, first_name="Nigehban", username="kites_guard_bot", is_bot=True)
        self.world = World(now=now, bot=self.bot, feed=Feed())
        self.token = TOKEN
        self.api = ApiServer(self.world, TOKEN, spec)
        for fake in (
            self.bot,
            User(id=SERVICE_USER, first_name="Telegram"),
            User(id=ANONYMOUS_ADMIN, first_name="Group", username="GroupAnonymousBot", is_bot=True),
            User(id=CHANNEL_BOT, first_name="Channel", username="Channel_Bot", is_bot=True),
        ):
            self.world.users[fake.id] = fake
        self._next_id = 5_190_000_001

    async def __aenter__(self) -> Self:
        await self.api.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.api.stop()

    # Addresses for the client

    @property
    def base_url(self) -> str:
        """What the bot's `base_url` setting must be (the token follows)."""
        return f"{self.api.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What the bot's `base_file_url` setting must be."""
        return f"{self.api.url}/file/bot"

    # People and places

    def user(self, name: str, username: str | None = None, *, is_bot: bool = False) -> User:
        """A new account."""
        user = User(id=self._id(), first_name=name, username=username, is_bot=is_bot)
        self.world.users[user.id] = user
        return user

    def group(self, title: str, *, kind: str = "supergroup", username: str | None = None) -> Chat:
        """A new group with an owner; `kind` is "supergroup", "group" or "channel"."""
        number = -self._id()
        chat_id = number if kind == "group" else number - 1_000_000_000_000
        chat = Chat(id=chat_id, type=kind, title=title, username=username)
        self.world.chats[chat.id] = chat
        owner = self.user(f"Owner of {title}")
        chat.members[owner.id] = Member(user=owner, status="creator")
        return chat

    def owner(self, chat: Chat) -> User:
        """The owner of a group."""
        return next(m.user for m in chat.members.values() if m.status == "creator")

    def show(
        self, user: User, *, bio: str = "", picture: bytes = b"", channel: Chat | None = None, also: str = ""
    ) -> None:
        """Let an account fill its profile: bio, picture, personal channel, and a further handle."""
        user.profile = media.chat_photo(self.world, picture) if picture else {}
        user.profile |= {"bio": bio} if bio else {}
        user.profile |= {"personal_chat": channel.json()} if channel else {}
        if also:
            user.profile["active_usernames"] = [name for name in (user.username, also) if name]

    def member(self, chat: Chat, user: User | str) -> User:
        """Let someone join; a name makes a new account. The bot sees the join, as it would."""
        joined = self.user(user) if isinstance(user, str) else user
        self.world.change_member(chat, Member(user=joined), joined)
        self._speak(chat, joined, {"new_chat_members": [joined.json()]})
        return joined

    def admin(
        self, chat: Chat, user: User | str, rights: Iterable[str] = MODERATE, *, is_anonymous: bool = False
    ) -> User:
        """Make someone an administrator; a name makes a new account."""
        raised = self.user(user) if isinstance(user, str) else user
        member = Member(
            user=raised, status="administrator", rights=frozenset(rights), is_anonymous=is_anonymous
        )
        self.world.change_member(chat, member, self.owner(chat))
        return raised

    def demote(self, chat: Chat, user: User, status: str = "member") -> None:
        """Make an administrator an ordinary member, or "left" or "kicked"; works on the bot too."""
        self.world.change_member(chat, Member(user=user, status=status), self.owner(chat))

    def add_bot(
        self, chat: Chat, rights: Iterable[str] | None = MODERATE, by: User | None = None, start: str = ""
    ) -> None:
        """Add the bot: an administrator with `rights`, or (None) a member; `start` is the link's payload."""
        adder = by or self.owner(chat)
        status = "member" if rights is None else "administrator"
        member = Member(user=self.bot, status=status, rights=frozenset(rights or ()))
        self.world.change_member(chat, member, adder)
        if chat.type != "channel":
            self._speak(chat, adder, {"new_chat_members": [self.bot.json()]})
        if start:
            self.post(chat, adder, f"/start@{self.bot.username} {start}")

    def private(self, user: User) -> Chat:
        """The private chat between a user and the bot."""
        if user.id not in self.world.chats:
            chat = Chat(id=user.id, type="private", title=user.first_name, username=user.username)
            chat.members = {u.id: Member(user=u) for u in (user, self.bot)}
            self.world.chats[user.id] = chat
        return self.world.chats[user.id]

    def migrate(self, chat: Chat) -> Chat:
        """Turn a basic group into a supergroup, which has another id."""
        moved = self.group(chat.title)
        moved.members = dict(chat.members)
        anyone = self.owner(chat)
        self._speak(chat, anyone, {"migrate_to_chat_id": moved.id})
        self._speak(moved, anyone, {"migrate_from_chat_id": chat.id})
        chat.migrated_to = moved.id
        return moved

    # What people do

    def post(  # noqa: PLR0913  # each keyword is one thing a message can have, and most posts have one
        self,
        chat: Chat,
        author: User | None,
        text: str = "",
        *,
        entities: Sequence[JsonObject] = (),
        photo: bytes | None = None,
        attached: JsonObject | None = None,
        sender_chat: Chat | None = None,
        newer: JsonObject | None = None,
    ) -> Message:
        """Post a message.

        Args:
            chat: Where.
            author: Who; `None` if a `sender_chat` speaks.
            text: Text, or the caption if there is media.
            entities: Entities beside those that Telegram finds by itself.
            photo: A picture's bytes.
            attached: Any other fields of the message, such as `media.document(...)` makes, or `quote`.
            sender_chat: The chat that speaks: this one (an anonymous administrator) or a channel.
            newer: Fields newer than the API description, which are not validated.

        Returns:
            The message, which changes as it is edited.
        """
        body = media.photo(self.world, photo) if photo is not None else {}
        body |= attached or {}
        if sender_chat is not None:
            body["sender_chat"] = sender_chat.json()
        has_media = any(name in body for name in ("photo", "document", "video", "animation", "audio"))
        body |= _content(text, entities, is_caption=has_media)
        body |= newer or {}
        self.api.newer_fields |= set(newer or ())
        speaker = author or self.world.users[_fake_sender(chat, body, sender_chat)]
        return self._speak(chat, speaker, body)

    def edit(self, message: Message, text: str, *, entities: Sequence[JsonObject] = ()) -> None:
        """Let the author edit text or caption."""
        is_caption = "photo" in message.body or "document" in message.body or "video" in message.body
        for name in ("text", "entities", "caption", "caption_entities"):
            message.body.pop(name, None)
        message.body |= _content(text, entities, is_caption=is_caption)
        message.body["edit_date"] = int(self.world.now())
        self.world.tell("edited_message", message.chat, dict(message.body))

    def tap(self, message: Message, label: str, user: User) -> Query:
        """Tap an inline button with this label.

        Raises:
            KeyError: The message has no such button.
        """
        return self.tap_data(message, str(message.buttons[label]["callback_data"]), user)

    def tap_data(self, message: Message, data: str, user: User) -> Query:
        """Send what a button would, without there being one: an old card, or a forged tap."""
        query = Query(id=str(self._id()), user=user, message=message)
        self.world.queries[query.id] = query
        tapped: JsonObject = {
            "id": query.id,
            "from": user.json(),
            "message": dict(message.body),
            "chat_instance": str(message.chat.id),
            "data": data,
        }
        self.world.feed.put("callback_query", tapped)
        return query

    def said(self, chat: Chat) -> Sequence[Message]:
        """The bot's messages in a chat that are still there."""
        return tuple(m for m in chat.messages.values() if m.author is self.bot)

    def _id(self) -> int:
        self._next_id += 1
        return self._next_id

    def _speak(self, chat: Chat, author: User, body: JsonObject) -> Message:
        message = self.world.put(chat, author, body)
        if not author.is_bot or author.id in {ANONYMOUS_ADMIN, CHANNEL_BOT}:
            kind = "channel_post" if chat.type == "channel" else "message"
            if self._is_seen(chat, message):
                self.world.tell(kind, chat, dict(message.body))
        return message

    def _is_seen(self, chat: Chat, message: Message) -> bool:
        """In privacy mode, a mere member sees commands, replies to it, and service messages."""
        me = chat.members.get(self.bot.id)
        if me is None or not self.world.has_privacy or me.status != "member" or chat.type == "private":
            return True
        shown = {"message_id", "date", "chat", "from"}
        content = {"text", "photo", "document", "video", "animation", "sticker", "caption"}
        is_service = not content & (set(message.body) - shown)
        reply = cast("JsonObject", message.body.get("reply_to_message") or {})
        answers_bot = cast("JsonObject", reply.get("from") or {}).get("id") == self.bot.id
        return is_service or answers_bot or message.text.startswith("/")


def _content(text: str, entities: Sequence[JsonObject], *, is_caption: bool) -> JsonObject:
    if not text:
        return {}
    found = find_entities(text, entities)
    names = ("caption", "caption_entities") if is_caption else ("text", "entities")
    content: JsonObject = {names[0]: text}
    return content | ({names[1]: found} if found else {})


def _fake_sender(chat: Chat, body: JsonObject, sender_chat: Chat | None) -> int:
    if body.get("is_automatic_forward"):
        return SERVICE_USER
    return ANONYMOUS_ADMIN if sender_chat is chat else CHANNEL_BOT


def restricted(user: User, allowed: Iterable[str] = (), until_date: int = 0) -> Member:
    """A member who may do only what is named (see `PERMISSIONS`)."""
    unknown = set(allowed) - set(PERMISSIONS)
    if unknown:
        raise ValueError(f"no such permissions: {', '.join(sorted(unknown))}")
    return Member(user=user, status="restricted", rights=frozenset(allowed), until_date=until_date)
