"""Methods about chats and members: who is what, and taking away or giving back a voice.

Refusals carry the real API's words (tdlib/td ContactsManager and DialogParticipantManager, lower-cased
at the start by the Bot API server), because a client tells them apart by words alone.
"""

from collections.abc import Callable, Mapping

from tests.standins.telegram.wire import Params, bad_request, forbidden
from tests.standins.telegram.world import PERMISSIONS, Chat, Member, User, World


def get_me(world: World, _: Params) -> object:
    """The bot itself; `can_read_all_group_messages` is the opposite of privacy mode."""
    return world.bot.json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": not world.has_privacy,
        "supports_inline_queries": False,
    }


def open_chat(world: World, params: Params) -> Chat:
    """Find `chat_id` where the bot may act.

    Raises:
        Refusal: Unknown chat, or the bot is not in it any more.
    """
    chat = world.chat(params.text("chat_id"))
    me = chat.members.get(world.bot.id)
    if me is not None and me.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind_name}")
    if chat.type != "private" and (me is None or not me.is_present):
        raise forbidden(f"bot is not a member of the {chat.kind_name}")
    if chat.type == "private" and (chat.id not in world.users or not chat.messages):
        raise forbidden("bot can't initiate conversation with a user")
    if chat.type == "private" and world.users[chat.id].has_blocked_bot:
        raise forbidden("bot was blocked by the user")
    return chat


def get_chat(world: World, params: Params) -> object:
    """The full chat; of a user, whom the bot need not have spoken to, or a public chat, the profile."""
    asked = params.text("chat_id")
    user = world.users.get(int(asked)) if asked.isdecimal() else None
    if user is not None:
        alone = Chat(id=user.id, type="private", title=user.first_name, username=user.username)
        return alone.full_json() | user.profile
    chat = world.chat(asked)
    if asked.startswith("@") and chat.type not in {"channel", "supergroup"}:
        raise bad_request("chat not found")
    is_open = chat.type in {"channel", "supergroup"} and bool(chat.username)
    me = chat.members.get(world.bot.id)
    if me is not None and me.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind_name}")
    return (chat if is_open else open_chat(world, params)).full_json()


def get_chat_member(world: World, params: Params) -> object:
    """What a user is in the chat; one who never was there has left."""
    chat = open_chat(world, params)
    user = _user(world, params)
    return (chat.members.get(user.id) or Member(user=user, status="left")).json()


def get_chat_administrators(world: World, params: Params) -> object:
    """Owner and administrators, without other bots (unless `return_bots`)."""
    chat = open_chat(world, params)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    shown = [m for m in chat.members.values() if m.status in {"creator", "administrator"}]
    is_wanted = params.flag("return_bots")
    return [m.json() for m in shown if is_wanted or not m.user.is_bot or m.user is world.bot]


def get_chat_member_count(world: World, params: Params) -> object:
    """How many are in the chat, bots too."""
    return sum(m.is_present for m in open_chat(world, params).members.values())


def ban_chat_member(world: World, params: Params) -> object:
    """Ban; in a supergroup this always wipes the user's messages, whatever `revoke_messages` says."""
    chat = open_chat(world, params)
    user = _target(world, chat, params)
    until = _until(world, params)
    world.change_member(chat, Member(user=user, status="kicked", until_date=until), world.bot)
    if chat.type == "supergroup" or params.flag("revoke_messages"):
        chat.messages = {n: m for n, m in chat.messages.items() if m.author.id != user.id}
    return True


def unban_chat_member(world: World, params: Params) -> object:
    """Let a banned user come back; without `only_if_banned` one who is present is thrown out."""
    chat = open_chat(world, params)
    if chat.type == "group":
        raise bad_request("method is available for supergroup and channel chats only")
    user = _target(world, chat, params)
    member = chat.members.get(user.id)
    if member is not None and (member.status == "kicked" or not params.flag("only_if_banned")):
        world.change_member(chat, Member(user=user, status="left"), world.bot)
    return True


_WRITING = tuple(name for name in PERMISSIONS[: PERMISSIONS.index("can_send_polls")])
_IMPLIED = {
    "can_send_polls": ("can_send_messages",),
    "can_send_other_messages": _WRITING,
    "can_add_web_page_previews": _WRITING,
}
"""What a permission gives along, unless the call says that each stands for itself."""


def restrict_chat_member(world: World, params: Params) -> object:
    """Take permissions away; all of them given back makes an ordinary member again."""
    chat = open_chat(world, params)
    if chat.type != "supergroup":
        raise bad_request("method is available only for supergroups")
    user = _target(world, chat, params)
    given = params.record("permissions") or {}
    allowed = frozenset(name for name in PERMISSIONS if given.get(name))
    if not params.flag("use_independent_chat_permissions"):
        allowed |= frozenset(one for name in allowed for one in _IMPLIED.get(name, ()))
    is_free = {"can_send_messages", "can_send_photos", "can_send_other_messages"} <= allowed
    status = "member" if is_free else "restricted"
    until = 0 if is_free else _until(world, params)
    world.change_member(chat, Member(user=user, status=status, rights=allowed, until_date=until), world.bot)
    return True


def ban_chat_sender_chat(world: World, params: Params) -> object:
    """Ban a channel from speaking in a group."""
    chat = open_chat(world, params)
    _need(world, chat, "can_restrict_members")
    chat.banned_senders.add(params.integer("sender_chat_id"))
    return True


def unban_chat_sender_chat(world: World, params: Params) -> object:
    """Let a channel speak again."""
    chat = open_chat(world, params)
    _need(world, chat, "can_restrict_members")
    chat.banned_senders.discard(params.integer("sender_chat_id"))
    return True


def leave_chat(world: World, params: Params) -> object:
    """Leave; the bot is told of its own going."""
    chat = open_chat(world, params)
    world.change_member(chat, Member(user=world.bot, status="left"), world.bot)
    return True


def set_my_commands(world: World, params: Params) -> object:
    """Keep the command list, by scope."""
    scope = (params.record("scope") or {"type": "default"})["type"]
    world.commands[str(scope)] = params.array("commands")
    return True


def set_webhook(world: World, params: Params) -> object:
    """Refuse plain addresses; from now on getUpdates answers 409."""
    url = params.text("url")
    if url and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    world.feed.webhook = url
    if params.flag("drop_pending_updates"):
        world.feed.pending.clear()
    return True


def delete_webhook(world: World, params: Params) -> object:
    """Back to getUpdates."""
    world.feed.webhook = ""
    if params.flag("drop_pending_updates"):
        world.feed.pending.clear()
    return True


def get_webhook_info(world: World, _: Params) -> object:
    """The webhook and how much waits."""
    return {
        "url": world.feed.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(world.feed.pending),
    }


def _user(world: World, params: Params) -> User:
    user = world.users.get(params.integer("user_id"))
    if user is None:
        raise bad_request("invalid user_id specified" if params.integer("user_id") <= 0 else "user not found")
    return user


def _need(world: World, chat: Chat, right: str) -> None:
    if not chat.members[world.bot.id].may(right):
        raise bad_request("not enough rights to restrict/unrestrict chat member")


def _target(world: World, chat: Chat, params: Params) -> User:
    """The user to act on, if the bot may.

    Raises:
        Refusal: The bot lacks the right, or the user is itself, the owner or an administrator.
    """
    user = _user(world, params)
    if user is world.bot:
        raise bad_request("can't restrict self")
    member = chat.members.get(user.id)
    if member is not None and member.status == "creator":
        raise bad_request("can't remove chat owner")
    _need(world, chat, "can_restrict_members")
    if member is not None and member.status == "administrator":
        raise bad_request("user is an administrator of the chat")
    return user


def _until(world: World, params: Params) -> int:
    """Under 30 seconds or over 366 days from now is for ever (0)."""
    until = params.integer("until_date")
    lasts = until - int(world.now())
    return until if 30 <= lasts <= 366 * 86_400 else 0


METHODS: Mapping[str, Callable[[World, Params], object]] = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "banChatMember": ban_chat_member,
    "unbanChatMember": unban_chat_member,
    "restrictChatMember": restrict_chat_member,
    "banChatSenderChat": ban_chat_sender_chat,
    "unbanChatSenderChat": unban_chat_sender_chat,
    "leaveChat": leave_chat,
    "setMyCommands": set_my_commands,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
