"""Methods about messages, taps and files, with the real API's words of refusal.

A message of the bot goes through the same finding of entities as anyone's (see `markup.py`), and a
button's data is held to its 64 bytes.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import cast

from tests.standins.telegram.chat_methods import open_chat
from tests.standins.telegram.markup import find_entities, parse_html, utf16
from tests.standins.telegram.media import checked_photo, photo
from tests.standins.telegram.spec import JsonObject
from tests.standins.telegram.wire import Params, bad_request
from tests.standins.telegram.world import Chat, Message, World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_DATA_LIMIT_BYTES = 64
CALLBACK_ANSWER_LIMIT = 200
FILE_LIMIT_BYTES = 20_000_000


def send_message(world: World, params: Params) -> object:
    """Send a text."""
    chat = _writable(world, params)
    body = _mentioning(world, _content(params, "text", TEXT_LIMIT))
    return world.put(chat, world.bot, body | _reply(chat, params) | _keyboard(params)).body


def send_photo(world: World, params: Params) -> object:
    """Send a picture: an upload, or the id of one sent before."""
    chat = _writable(world, params)
    known = world.files.get(params.text("photo"))
    if known is None and "photo" not in params.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known is None:
        shown = photo(world, checked_photo(params.files["photo"]))
    else:
        size = {"width": 320, "height": 320, "file_size": known.size}
        shown = {"photo": [{"file_id": known.id, "file_unique_id": known.unique_id} | size]}
    body = _content(params, "caption", CAPTION_LIMIT) if params.text("caption") else {}
    return world.put(chat, world.bot, body | shown | _reply(chat, params) | _keyboard(params)).body


def edit_message_text(world: World, params: Params) -> object:
    """Change text and buttons; the same again is refused."""
    message = _own(world, params)
    changed = _content(params, "text", TEXT_LIMIT) | _keyboard(params)
    return _edit(world, message, changed, ("text", "entities", "reply_markup"))


def edit_message_reply_markup(world: World, params: Params) -> object:
    """Change the buttons; without `reply_markup` they go."""
    message = _own(world, params)
    return _edit(world, message, _keyboard(params), ("reply_markup",))


def delete_message(world: World, params: Params) -> object:
    """Delete one: the bot's own, or anyone's with the right to."""
    chat = open_chat(world, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    _delete(world, chat, message)
    return True


def delete_messages(world: World, params: Params) -> object:
    """Delete up to 100; those not found are passed over in silence."""
    chat = open_chat(world, params)
    ids = params.array("message_ids")
    if not 1 <= len(ids) <= 100:
        raise bad_request(
            "too many message identifiers specified" if ids else "message identifiers are not specified"
        )
    for message in [chat.messages[int(str(n))] for n in ids if int(str(n)) in chat.messages]:
        _delete(world, chat, message)
    return True


def answer_callback_query(world: World, params: Params) -> object:
    """Answer a tap: known and not too old."""
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or query.is_too_old:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if utf16(params.text("text")) > CALLBACK_ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answers.append(params.text("text"))
    return True


def get_file(world: World, params: Params) -> object:
    """Where to download a file, up to 20 MB."""
    stored = world.files.get(params.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > FILE_LIMIT_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def _writable(world: World, params: Params) -> Chat:
    chat = open_chat(world, params)
    me = chat.members.get(world.bot.id)
    if me is not None and me.status == "restricted" and "can_send_messages" not in me.rights:
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def _content(params: Params, name: str, limit: int) -> JsonObject:
    text, known = params.text(name), cast("list[JsonObject]", params.array("entities"))
    match params.text("parse_mode").lower():
        case "html":
            text, known = parse_html(text)
        case "":
            pass
        case _:
            raise bad_request("unsupported parse_mode")
    if not text.strip():
        raise bad_request("message text is empty")
    if utf16(text) > limit:
        raise bad_request("message is too long" if name == "text" else "message caption is too long")
    entities = find_entities(text, known)
    content: JsonObject = {name: text}
    return content | ({"entities" if name == "text" else "caption_entities": entities} if entities else {})


def _mentioning(world: World, content: JsonObject) -> JsonObject:
    """Make links of the form tg://user?id=… mentions, of accounts that the server knows."""
    for entity in cast("list[JsonObject]", content.get("entities", [])):
        number = str(entity.get("url", "")).removeprefix("tg://user?id=")
        if number.isdecimal() and int(number) in world.users:
            del entity["url"]
            entity |= {"type": "text_mention", "user": world.users[int(number)].json()}
    return content


def _reply(chat: Chat, params: Params) -> JsonObject:
    wanted = params.record("reply_parameters")
    if wanted is None:
        return {}
    original = chat.messages.get(int(str(wanted["message_id"])))
    if original is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return {"reply_to_message": original.body} if original else {}


def _keyboard(params: Params) -> JsonObject:
    markup = params.record("reply_markup")
    if markup is None or not any(_rows(markup)):
        return {}
    for button in (b for row in _rows(markup) for b in row):
        if len(str(button.get("callback_data", "")).encode()) > CALLBACK_DATA_LIMIT_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        if not str(button["text"]).strip():
            raise bad_request(
                "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
            )
    return {"reply_markup": markup}


def _rows(markup: JsonObject) -> Iterator[list[JsonObject]]:
    yield from cast("list[list[JsonObject]]", markup.get("inline_keyboard", []))


def _own(world: World, params: Params) -> Message:
    chat = open_chat(world, params)
    message = chat.messages.get(params.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.author is not world.bot:
        raise bad_request("message can't be edited")
    return message


def _edit(world: World, message: Message, changed: JsonObject, fields: tuple[str, ...]) -> object:
    if all(message.body.get(name) == changed.get(name) for name in fields):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    for name in fields:
        message.body.pop(name, None)
    message.body |= changed
    message.body["edit_date"] = int(world.now())
    return message.body


def _delete(world: World, chat: Chat, message: Message) -> None:
    me = chat.members.get(world.bot.id)
    is_own = message.author is world.bot
    if not is_own and (me is None or not me.may("can_delete_messages")):
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.id]


METHODS: Mapping[str, Callable[[World, Params], object]] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "answerCallbackQuery": answer_callback_query,
    "getFile": get_file,
}
