"""Whatever a message carries becomes a part, with where it stood and whether the eye sees it."""

import pytest

from bots.telegram.parts import parts_of
from core.model import Account, Attachment, Link, Mention, Part, Text

NEWS = {"id": -1001234500001, "type": "channel", "title": "Lantern News", "username": "Lantern_News"}
LANTERN = Account(id="telegram:chat/1234500001", name="Lantern News", handle="telegram:user/lantern_news")
AMINA = {"id": 51900412, "is_bot": False, "first_name": "Amina", "last_name": "R.", "username": "Amina_R"}
AMINA_ACCOUNT = Account(id="telegram:id/51900412", name="Amina R.", handle="telegram:user/amina_r")


def size(file_id: str, width: int) -> dict[str, object]:
    """Give one size of a picture."""
    return {"file_id": file_id, "file_unique_id": file_id, "width": width, "height": width, "file_size": 99}


def video(**more: object) -> dict[str, object]:
    """Give a video."""
    return {"file_id": "v", "file_unique_id": "v", "width": 9, "height": 9, "duration": 1, **more}


CASES: dict[str, tuple[dict[str, object], tuple[Part, ...]]] = {
    "plain text": ({"text": "hello"}, (Text(text="hello", path="text"),)),
    "blank text is nothing": ({"text": " \n"}, ()),
    "an address that stands in the text keeps its own boundaries": (
        {"text": "😀 t.me/kites!", "entities": [{"type": "url", "offset": 3, "length": 10}]},
        (Text(text="😀 t.me/kites!", path="text"), Link(url="t.me/kites", path="text")),
    ),
    "a masked link is hidden": (
        {
            "text": "🪁🪁 here",
            "entities": [{"type": "text_link", "offset": 5, "length": 4, "url": "https://t.me/lantern"}],
        },
        (
            Text(text="🪁🪁 here", path="text"),
            Link(url="https://t.me/lantern", path="text.entity[0]", hidden=True),
        ),
    ),
    "a link whose own address is its label is not hidden": (
        {
            "text": "https://kites.example",
            "entities": [{"type": "text_link", "offset": 0, "length": 21, "url": "https://kites.example/"}],
        },
        (
            Text(text="https://kites.example", path="text"),
            Link(url="https://kites.example/", path="text.entity[0]"),
        ),
    ),
    "a mention of somebody without a public name": (
        {"text": "she", "entities": [{"type": "text_mention", "offset": 0, "length": 3, "user": AMINA}]},
        (Text(text="she", path="text"), Mention(account=AMINA_ACCOUNT, path="text.entity[0]", hidden=True)),
    ),
    "a caption and its entities": (
        {
            "caption": "here",
            "caption_entities": [{"type": "text_link", "offset": 0, "length": 4, "url": "https://a.example"}],
        },
        (
            Text(text="here", path="caption"),
            Link(url="https://a.example", path="caption.entity[0]", hidden=True),
        ),
    ),
    "forwarded from a channel": (
        {"forward_origin": {"type": "channel", "date": 1, "chat": NEWS, "message_id": 4}},
        (Mention(account=LANTERN, path="forward.origin"),),
    ),
    "forwarded from a group that spoke": (
        {"forward_origin": {"type": "chat", "date": 1, "sender_chat": NEWS}},
        (Mention(account=LANTERN, path="forward.origin"),),
    ),
    "forwarded from a user": (
        {"forward_origin": {"type": "user", "date": 1, "sender_user": AMINA}},
        (Mention(account=AMINA_ACCOUNT, path="forward.origin"),),
    ),
    "forwarded from a user who hides": (
        {"forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Amina"}},
        (Mention(account=Account(name="Amina"), path="forward.origin"),),
    ),
    "a forward's old field names say nothing new": (
        {"forward_from_chat": NEWS, "forward_sender_name": "Amina", "forward_date": 1},
        (),
    ),
    "a quote": (
        {
            "quote": {
                "text": "there",
                "position": 3,
                "entities": [{"type": "text_link", "offset": 0, "length": 5, "url": "https://q.example"}],
            }
        },
        (
            Text(text="there", path="quote"),
            Link(url="https://q.example", path="quote.entity[0]", hidden=True),
        ),
    ),
    "a reply to a message elsewhere": (
        {
            "external_reply": {
                "origin": {"type": "channel", "date": 1, "chat": NEWS, "message_id": 4},
                "chat": NEWS,
                "photo": [size("small", 90), size("large", 800)],
            }
        },
        (
            Mention(account=LANTERN, path="external_reply.origin"),
            Mention(account=LANTERN, path="external_reply.chat"),
            Attachment(ref="large", path="external_reply.photo", size=99, media_type="image/jpeg"),
        ),
    ),
    "the message that is replied to is not looked at again": (
        {"text": "no!", "reply_to_message": {"text": "https://bad.example", "photo": [size("p", 9)]}},
        (Text(text="no!", path="text"),),
    ),
    "buttons, numbered through all rows": (
        {
            "reply_markup": {
                "inline_keyboard": [
                    [{"text": "Go", "url": "https://b.example"}],
                    [
                        {"text": "App", "web_app": {"url": "https://w.example"}},
                        {"text": "Copy", "copy_text": {"text": "t.me/c"}},
                        {"text": "Tap", "callback_data": "xyz"},
                    ],
                ]
            }
        },
        (
            Text(text="Go", path="button[0].text"),
            Link(url="https://b.example", path="button[0].url", hidden=True),
            Text(text="App", path="button[1].text"),
            Link(url="https://w.example", path="button[1].web_app.url", hidden=True),
            Text(text="Copy", path="button[2].text"),
            Text(text="t.me/c", path="button[2].copy.text", hidden=True),
            Text(text="Tap", path="button[3].text"),
        ),
    ),
    "an inline bot": (
        {"text": "x", "via_bot": {"id": 8, "is_bot": True, "first_name": "Gif", "username": "gif"}},
        (
            Text(text="x", path="text"),
            Mention(
                account=Account(id="telegram:id/8", name="Gif", handle="telegram:user/gif"), path="via_bot"
            ),
        ),
    ),
    "a photo counts by its largest size": (
        {"photo": [size("s", 90), size("l", 1280), size("m", 320)]},
        (Attachment(ref="l", path="attachment[0]", size=99, media_type="image/jpeg"),),
    ),
    "a document with name, type and thumbnail": (
        {
            "document": {
                "file_id": "d",
                "file_unique_id": "d",
                "file_name": "kite.pdf",
                "mime_type": "application/pdf",
                "file_size": 7,
                "thumbnail": size("t", 90),
            }
        },
        (
            Attachment(ref="d", path="attachment[0]", size=7, name="kite.pdf", media_type="application/pdf"),
            Text(text="kite.pdf", path="attachment[0].name"),
            Attachment(ref="t", path="attachment[0].thumbnail", size=99, media_type="image/jpeg"),
        ),
    ),
    "a video with thumbnail and cover": (
        {
            "video": video(
                file_size=34_000_000, thumbnail=size("t", 90), cover=[size("c", 90), size("C", 9000)]
            )
        },
        (
            Attachment(ref="v", path="attachment[0]", size=34_000_000),
            Attachment(ref="t", path="attachment[0].thumbnail", size=99, media_type="image/jpeg"),
            Attachment(ref="C", path="attachment[0].cover", size=99, media_type="image/jpeg"),
        ),
    ),
    "an animation counts once, though Telegram repeats it as a document": (
        {"animation": video(mime_type="video/mp4"), "document": {"file_id": "v", "file_unique_id": "v"}},
        (Attachment(ref="v", path="attachment[0]", media_type="video/mp4"),),
    ),
    "a sticker and the set it is from": (
        {
            "sticker": {
                "file_id": "s",
                "file_unique_id": "s",
                "type": "regular",
                "width": 512,
                "height": 512,
                "is_animated": False,
                "is_video": True,
                "emoji": "🪁",
                "set_name": "LanternSet",
            }
        },
        (
            Attachment(ref="s", path="attachment[0]", media_type="video/webm"),
            Link(url="https://t.me/addstickers/LanternSet", path="attachment[0].set_name", hidden=True),
        ),
    ),
    "audio titles": (
        {"audio": {"file_id": "a", "file_unique_id": "a", "duration": 1, "performer": "P", "title": "T"}},
        (
            Attachment(ref="a", path="attachment[0]"),
            Text(text="P", path="attachment[0].performer"),
            Text(text="T", path="attachment[0].title"),
        ),
    ),
    "paid media cannot be seen, and is not passed over": (
        {"paid_media": {"star_count": 5, "paid_media": [{"type": "preview", "width": 9}]}},
        (Attachment(ref="", path="paid_media.paid_media[0]"),),
    ),
    "a contact, and the text its card hides": (
        {
            "contact": {
                "phone_number": "+10005550100",
                "first_name": "Amina",
                "user_id": 51900412,
                "vcard": "URL:https://c.example",
            }
        },
        (
            Text(text="Amina", path="contact.name"),
            Text(text="+10005550100", path="contact.phone"),
            Text(text="URL:https://c.example", path="contact.vcard", hidden=True),
            Mention(account=Account(id="telegram:id/51900412", name="Amina"), path="contact"),
        ),
    ),
    "a poll's texts": (
        {
            "poll": {
                "id": "1",
                "type": "quiz",
                "question": "Which?",
                "options": [
                    {"persistent_id": "0", "text": "this", "voter_count": 0},
                    {
                        "persistent_id": "1",
                        "text": "that",
                        "voter_count": 0,
                        "text_entities": [
                            {"type": "text_link", "offset": 0, "length": 4, "url": "https://o.example"}
                        ],
                    },
                ],
                "explanation": "because",
            }
        },
        (
            Text(text="Which?", path="poll.question"),
            Text(text="this", path="poll.option[0]"),
            Text(text="that", path="poll.option[1]"),
            Link(url="https://o.example", path="poll.option[1].entity[0]", hidden=True),
            Text(text="because", path="poll.explanation"),
        ),
    ),
    "a checklist": (
        {"checklist": {"title": "To do", "tasks": [{"id": 1, "text": "see @kites"}]}},
        (Text(text="To do", path="checklist.title"), Text(text="see @kites", path="checklist.task[0]")),
    ),
    "a preview of a page that the text does not name": (
        {"text": "news", "link_preview_options": {"url": "https://p.example"}},
        (Text(text="news", path="text"), Link(url="https://p.example", path="preview.url", hidden=True)),
    ),
    "a preview of a page that it does name": (
        {"text": "https://p.example", "link_preview_options": {"url": "https://p.example"}},
        (Text(text="https://p.example", path="text"), Link(url="https://p.example", path="preview.url")),
    ),
    "a giveaway names channels": (
        {"giveaway": {"chats": [NEWS], "winners_selection_date": 1, "winner_count": 1}},
        (Mention(account=LANTERN, path="giveaway.chat[0]"),),
    ),
    "a shared story names its chat": (
        {"story": {"chat": NEWS, "id": 5}},
        (Mention(account=LANTERN, path="story.chat"),),
    ),
    "a container that nobody has heard of is looked into": (
        {"hologram": {"glow": 3, "layers": [{"title": "see t.me/lantern", "url": "https://h.example"}]}},
        (
            Text(text="see t.me/lantern", path="hologram.layers[0].title"),
            Link(url="https://h.example", path="hologram.layers[0].url", hidden=True),
        ),
    ),
    "halves of surrogate pairs are replaced": ({"text": "a\ud83d b"}, (Text(text="a\ufffd b", path="text"),)),
    "wrong shapes read as absent": (
        {"photo": "?", "entities": 5, "text": 7, "poll": None, "quote": []},
        (Text(text="?", path="photo"),),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_message_gives_exactly_these_parts(name: str) -> None:
    """Each container gives its parts in order, and nothing else does."""
    message, expected = CASES[name]

    assert parts_of(message) == expected


def test_a_file_has_the_name_that_telegram_gives_its_content() -> None:
    """The same wherever it is posted, while the reference that fetches it changes."""
    message = {"document": {"file_id": "for this bot", "file_unique_id": "AgADexample"}}

    (part,) = parts_of(message)

    assert isinstance(part, Attachment)
    assert (part.ref, part.same) == ("for this bot", "AgADexample")
