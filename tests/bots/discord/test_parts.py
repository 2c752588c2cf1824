"""Every place in a Discord message where something can be said or shown is found, with its path."""

import json

import pytest

from bots.discord.parts import parts_of
from core.model import Attachment, Link, Mention, Part, Text

CDN = "https://cdn.discordapp.com"
COPY = "https://images-ext-1.discordapp.net/external/x/https/kite.example/p.png"
URL = "https://kite.example/p.png"

Raw = dict[str, object]


def seen(message: Raw) -> list[tuple[str, str]]:
    """Return each part as path and what it holds."""
    return [_plain(part) for part in parts_of({"id": "2", "channel_id": "1", **message}, CDN)]


def _plain(part: Part) -> tuple[str, str]:
    match part:
        case Text():
            return part.path, part.text
        case Link():
            return part.path, part.url
        case Attachment():
            return part.path, json.loads(part.ref)[0]
        case Mention():
            return part.path, part.account.id


BUTTON: Raw = {"type": 2, "style": 5, "label": "go", "url": URL}
CASES: list[tuple[str, Raw, list[tuple[str, str]]]] = [
    ("nothing", {}, []),
    ("text", {"content": "the kites fly"}, [("text", "the kites fly")]),
    (
        "a masked link, with its label where that looks like an address",
        {"content": "[t.me/safe](https://kite.example/x) [b]( <HTTPS://b.example> 'title') [c](c.example)"},
        [
            (
                "text",
                "[t.me/safe](https://kite.example/x) [b]( <HTTPS://b.example> 'title') [c](c.example)",
            ),
            ("text.link[0].label", "t.me/safe"),
            ("text.link[0]", "https://kite.example/x"),
            ("text.link[1]", "HTTPS://b.example"),
        ],
    ),
    (
        "a masked link in an embed",
        {
            "embeds": [
                {"description": "[b](https://b.example)", "fields": [{"value": "[c](https://c.example)"}]}
            ]
        },
        [
            ("embed[0].description", "[b](https://b.example)"),
            ("embed[0].description.link[0]", "https://b.example"),
            ("embed[0].field[0]", "\n[c](https://c.example)"),
            ("embed[0].field[0].link[0]", "https://c.example"),
        ],
    ),
    (
        "attachment with words",
        {
            "attachments": [
                {"id": "5", "filename": "a.png", "url": f"{CDN}/a.png", "title": "t", "description": "d"}
            ]
        },
        [("attachment[0]", f"{CDN}/a.png"), ("attachment[0].title", "t"), ("attachment[0].description", "d")],
    ),
    (
        "embed",
        {
            "embeds": [
                {
                    "title": "a",
                    "description": "b",
                    "url": "https://e.example",
                    "author": {"name": "c", "url": "https://f.example"},
                    "provider": {"name": "p", "url": "https://g.example"},
                    "footer": {"text": "d"},
                    "fields": [{"name": "n", "value": "v"}],
                    "image": {"url": URL, "proxy_url": COPY},
                }
            ]
        },
        [
            ("embed[0].title", "a"),
            ("embed[0].description", "b"),
            ("embed[0].url", "https://e.example"),
            ("embed[0].author", "c"),
            ("embed[0].author.url", "https://f.example"),
            ("embed[0].provider", "p"),
            ("embed[0].provider.url", "https://g.example"),
            ("embed[0].footer", "d"),
            ("embed[0].field[0]", "n\nv"),
            ("embed[0].image.url", URL),
            ("embed[0].image", COPY),
        ],
    ),
    (
        "embed whose copy is not Discord's is linked and not fetched",
        {"embeds": [{"thumbnail": {"url": URL, "proxy_url": "https://evil.example/x"}}]},
        [("embed[0].thumbnail.url", URL)],
    ),
    (
        "forward",
        {
            "message_reference": {"type": 1, "guild_id": "7", "channel_id": "8", "message_id": "9"},
            "message_snapshots": [
                {
                    "message": {
                        "content": "old",
                        "attachments": [{"id": "5", "filename": "a", "url": f"{CDN}/a"}],
                    }
                }
            ],
        },
        [
            ("forward.origin", "https://discord.com/channels/7/8/9"),
            ("forward.text", "old"),
            ("forward.attachment[0]", f"{CDN}/a"),
        ],
    ),
    (
        "a reply is not a forward",
        {
            "message_reference": {"type": 0, "guild_id": "7", "channel_id": "8", "message_id": "9"},
            "content": "x",
        },
        [("text", "x")],
    ),
    (
        "sticker",
        {
            "sticker_items": [
                {"id": "6", "name": "wave", "format_type": 1},
                {"id": "7", "name": "s", "format_type": 3},
            ]
        },
        [("sticker[0].name", "wave"), ("sticker[0]", f"{CDN}/stickers/6.png"), ("sticker[1].name", "s")],
    ),
    (
        "poll",
        {
            "poll": {
                "question": {"text": "where"},
                "answers": [{"poll_media": {"text": "here"}}, {"poll_media": {}}],
            }
        },
        [("poll.question", "where"), ("poll.option[0]", "here")],
    ),
    (
        "buttons and menu",
        {
            "components": [
                {"type": 1, "components": [BUTTON, {"type": 2, "label": "stay", "custom_id": "x"}]},
                {
                    "type": 1,
                    "components": [{"type": 3, "placeholder": "pick", "options": [{"label": "one"}]}],
                },
            ]
        },
        [
            ("button[0].text", "go"),
            ("button[0].url", URL),
            ("button[1].text", "stay"),
            ("component[2].placeholder", "pick"),
            ("component[3].text", "one"),
        ],
    ),
    (
        "blocks of newer messages",
        {
            "components": [
                {
                    "type": 17,
                    "components": [
                        {"type": 9, "components": [{"type": 10, "content": "words"}], "accessory": BUTTON},
                        {
                            "type": 12,
                            "items": [{"media": {"url": URL, "proxy_url": COPY}, "description": "alt"}],
                        },
                        {"type": 13, "file": {"url": "attachment://x", "proxy_url": f"{CDN}/f"}},
                        {"type": 99, "content": "a kind nobody knows yet"},
                    ],
                }
            ]
        },
        [
            ("component[2].text", "words"),
            ("button[0].text", "go"),
            ("button[0].url", URL),
            ("component[4].description", "alt"),
            ("component[4].media.url", URL),
            ("component[4].media", COPY),
            ("component[5].file", f"{CDN}/f"),
            ("component[6].text", "a kind nobody knows yet"),
        ],
    ),
    (
        "mentions, and who stands behind an app",
        {
            "content": "x",
            "mentions": [{"id": "300", "username": "zoya"}],
            "interaction_metadata": {"user": {"id": "301", "username": "behind"}},
        },
        [("text", "x"), ("mention[0]", "discord:user/300"), ("interaction.user", "discord:user/301")],
    ),
    (
        "a file's address pasted as words",
        {"content": f"look {CDN}/attachments/1/2/a.png?ex=1 and https://evil.example/attachments/1/2/a.png"},
        [
            ("text", f"look {CDN}/attachments/1/2/a.png?ex=1 and https://evil.example/attachments/1/2/a.png"),
            ("text.file[0]", f"{CDN}/attachments/1/2/a.png?ex=1"),
        ],
    ),
    (
        "shapes nobody expects read as absent",
        {"content": 5, "embeds": "x", "attachments": [None], "components": {}, "poll": [], "mentions": 3},
        [],
    ),
]


@pytest.mark.parametrize(
    ("message", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_each_part_is_found_where_it_stands(message: Raw, expected: list[tuple[str, str]]) -> None:
    """Nothing is missed, nothing is made up, in reading order."""
    assert seen(message) == expected


def test_links_that_the_eye_cannot_see_are_marked() -> None:
    """A button's, an embed's and a picture's address are hidden; words are not."""
    parts = parts_of({"content": "x", "components": [BUTTON], "embeds": [{"url": URL}]}, CDN)

    assert [part.hidden for part in parts if isinstance(part, Link)] == [True, True]
    assert not any(part.hidden for part in parts if isinstance(part, Text))


def test_endless_nesting_is_cut() -> None:
    """Components nested deeper than Discord allows do not keep the walk going."""
    inner: Raw = {"type": 10, "content": "deep"}
    for _ in range(50):
        inner = {"type": 17, "components": [inner]}

    assert seen({"components": [inner]}) == []


def test_the_claimed_type_loses_its_parameters() -> None:
    """`text/plain; charset=utf-8` is `text/plain`; size and name are kept."""
    file = {
        "id": "5",
        "filename": "a.txt",
        "url": f"{CDN}/a",
        "size": 7,
        "content_type": "text/plain; charset=utf-8",
    }

    (part,) = parts_of({"id": "2", "channel_id": "1", "attachments": [file]}, CDN)

    assert isinstance(part, Attachment)
    assert (part.media_type, part.size, part.name) == ("text/plain", 7, "a.txt")
    assert json.loads(part.ref) == [f"{CDN}/a", "1", "2", "5"]
    assert part.same == "5"
