"""What an event of the inbox is about is found whatever kind of event it is."""

import pytest

from bots.discord.concerned import concerned

POST = {"id": "45", "channel_id": "30", "content": "hello"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (POST, "discord:30/45"),
        ({"id": "7", "token": "t", "channel_id": "30", "message": POST}, "discord:30/45"),
        ({"id": "7", "token": "t", "channel_id": "30"}, "discord:9"),
        ({"user": {"id": "5"}}, "discord:9"),
        (POST | {"id": 45}, "discord:9"),
        ([POST], "discord:9"),
        (None, "discord:9"),
    ],
)
def test_the_message_or_else_the_server_is_named(data: object, expected: str) -> None:
    """A tap is about its card, a command about no message; nothing of what was said."""
    assert concerned({"event": "MESSAGE_CREATE", "guild": "9", "place": "Desk", "data": data}) == expected


def test_an_event_of_no_server_is_about_nothing() -> None:
    """Nothing is made up."""
    assert concerned({}) == ""
