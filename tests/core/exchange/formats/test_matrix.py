"""Matrix policy lists: rules about single users and rooms become items."""

import pytest

from core.errors import BadInput
from core.exchange.formats.matrix import is_rule, read
from core.exchange.formats.record import Item, Position, Record


def rule(entity: object = "@kite:evil.example", target: str = "user", **more: object) -> Item:
    """Read a rule with some values of its own."""
    content = {"entity": entity, "recommendation": "m.ban", "reason": "spam"}
    return read(Record({"type": f"m.policy.rule.{target}", "content": content, **more}), Position())


@pytest.mark.parametrize(
    ("kind", "known"),
    [
        ("m.policy.rule.user", True),
        ("m.room.rule.room", True),
        ("org.matrix.mjolnir.rule.server", True),
        ("m.room.message", False),
        ("m.policy.rule.users", False),
    ],
)
def test_a_rule_is_known_by_its_type(kind: str, *, known: bool) -> None:
    """Of today, and as it was called before."""
    assert is_rule(Record({"type": kind, "content": {}})) is known


def test_users_and_rooms_are_taken() -> None:
    """With reason, author and time."""
    item = rule(sender="@mod:kites.example", origin_server_ts=1767225600000, event_id="$1")

    assert item.keys == (("canonical", "matrix:user/@kite:evil.example"),)
    assert {name: value for name, value in item.fields.items() if value} == {
        "ref": "$1",
        "reason": "spam",
        "source": "@mod:kites.example",
        "first_seen": "2026-01-01T00:00:00+00:00",
    }
    assert rule("!abc:evil.example", "room").keys == (("canonical", "matrix:room/!abc:evil.example"),)


@pytest.mark.parametrize(
    ("entity", "target", "reason"),
    [
        ("evil.example", "server", "a rule for a whole server"),
        ("@kite*:evil.example", "user", "a rule with wildcards"),
        ("@kit?:evil.example", "user", "a rule with wildcards"),
        (None, "user", "entity is missing"),
    ],
)
def test_what_is_not_one_user_or_room_is_refused(entity: object, target: str, reason: str) -> None:
    """A pattern would match accounts that nobody looked at."""
    with pytest.raises(BadInput, match=reason):
        rule(entity, target)


def test_a_recommendation_that_is_no_ban_is_refused() -> None:
    """A list may also say whom to let in."""
    content = {"entity": "@kite:evil.example", "recommendation": "m.allow"}

    with pytest.raises(BadInput, match=r"recommendation m\.allow is no ban"):
        read(Record({"type": "m.policy.rule.user", "content": content}), Position())


def test_a_rule_without_content_was_taken_back() -> None:
    """Its key names whom it was about; without one, nobody knows."""
    gone = {"type": "m.policy.rule.user", "content": {}, "state_key": "rule:@kite:evil.example"}

    item = read(Record(gone), Position())

    assert (item.keys, item.fields["state"]) == (
        (("canonical", "matrix:user/@kite:evil.example"),),
        "withdrawn",
    )
    with pytest.raises(BadInput, match="entity is missing"):
        read(Record(gone | {"state_key": ""}), Position())
