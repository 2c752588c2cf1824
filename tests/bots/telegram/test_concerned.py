"""What an update is about is found whatever kind of update it is."""

import pytest

from bots.telegram.concerned import concerned

GROUP = {"id": -1001234500009, "type": "supergroup", "title": "Kite Flyers"}
POST = {"message_id": 45, "chat": GROUP, "text": "hello"}


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        ({"update_id": 1, "message": POST}, "telegram:-1001234500009/45"),
        ({"update_id": 1, "edited_message": POST}, "telegram:-1001234500009/45"),
        ({"update_id": 1, "of_a_new_kind": POST}, "telegram:-1001234500009/45"),
        ({"update_id": 1, "message_reaction": POST}, "telegram:-1001234500009/45"),
        ({"update_id": 1, "callback_query": {"id": "7", "message": POST}}, "telegram:-1001234500009/45"),
        ({"update_id": 1, "chat_member": {"chat": GROUP}}, "telegram:-1001234500009"),
        ({"update_id": 1, "chat_join_request": {"chat": GROUP, "date": 2}}, "telegram:-1001234500009"),
        ({"update_id": 1, "poll": {"id": "7"}}, ""),
        ({"update_id": 1, "callback_query": {"id": "7"}}, ""),
        ({"update_id": 1, "message": POST | {"message_id": "45"}}, "telegram:-1001234500009"),
        ({"update_id": 1, "message": POST | {"chat": {"id": "text"}}}, ""),
        ({"update_id": 1, "message": [POST]}, ""),
        ({}, ""),
    ],
)
def test_the_message_or_else_the_chat_is_named(update: dict[str, object], expected: str) -> None:
    """Also of an update whose shape nobody foresaw, which is what failed; nothing of what it says."""
    assert concerned(update) == expected
