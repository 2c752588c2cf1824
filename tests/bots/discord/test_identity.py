"""A member's account brings its roles by their ids, whatever else stands in their place."""

import pytest

from bots.discord.identity import account_of


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["81384788765712384", "41771983423143936"], ("81384788765712384", "41771983423143936")),
        ([], ()),
        (None, ()),
        ("81384788765712384", ()),
        (["", None, {"id": "1"}, "81384788765712384"], ("81384788765712384",)),
        (["81384788765712384"] * 9000, ("81384788765712384",) * 250),
    ],
)
def test_a_members_roles_are_their_ids(roles: object, expected: tuple[str, ...]) -> None:
    """What is no id is left out, and no event makes an account of any size."""
    account = account_of({"id": "7", "username": "kite"}, {"roles": roles})

    assert account.roles == expected
    assert account.roles_unknown is not isinstance(roles, list)
