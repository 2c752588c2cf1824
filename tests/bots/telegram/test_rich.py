"""Rich messages: a tree of blocks, read as what a member sees of it."""

from bots.telegram.parts import parts_of
from core.model import Attachment, Link, Mention, Text
from tests.bots.telegram.test_parts import AMINA, AMINA_ACCOUNT, size


def test_a_rich_message_is_read_block_by_block() -> None:
    """Runs of one text are joined, tables, details and captions are walked, and addresses come along."""
    rich = {
        "blocks": [
            {
                "type": "paragraph",
                "text": [
                    "see t.me/lan",
                    {"type": "bold", "text": {"type": "italic", "text": "tern"}},
                    {"type": "url", "text": " here", "url": "https://r.example"},
                    {"type": "text_mention", "text": "she", "user": AMINA},
                ],
            },
            {"type": "table", "cells": [[{"text": "cell", "align": "left", "valign": "top"}]]},
            {
                "type": "details",
                "summary": "more",
                "blocks": [
                    {
                        "type": "photo",
                        "photo": [size("s", 9), size("l", 99)],
                        "caption": {"text": "cap", "credit": "who"},
                    }
                ],
            },
            {
                "type": "list",
                "items": [{"label": "1.", "blocks": [{"type": "paragraph", "text": "one"}]}],
            },
        ]
    }

    parts = parts_of({"rich_message": rich})

    start = "rich_message.block"
    assert parts == (
        Text(text="see t.me/lantern hereshe", path=f"{start}[0]"),
        Link(url="https://r.example", path=f"{start}[0].url[0]", hidden=True),
        Mention(account=AMINA_ACCOUNT, path=f"{start}[0].mention[0]", hidden=True),
        Text(text="cell", path=f"{start}[1].cells[0][0]"),
        Text(text="more", path=f"{start}[2].summary"),
        Attachment(ref="l", path=f"{start}[2].block[0].photo", size=99, media_type="image/jpeg"),
        Text(text="cap", path=f"{start}[2].block[0].caption"),
        Text(text="who", path=f"{start}[2].block[0].caption.credit"),
        Text(text="1.", path=f"{start}[3].item[0].label"),
        Text(text="one", path=f"{start}[3].item[0].block[0]"),
    )
