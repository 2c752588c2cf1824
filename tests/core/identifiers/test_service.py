"""Addresses inside addresses, in a query or a path."""

import pytest

from core.identifiers.address import parse
from core.identifiers.service import carried, rest


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("https://t.me/a%2Fb", "https://t.me/a%2Fb"),
        ("t.me/example", "t.me/example"),
        ("https%3A%2F%2Ft.me%2Fexample", "https://t.me/example"),
        ("https%253A%252F%252Ft.me%252Fexample", "https://t.me/example"),
        ("https%2525253Ax", "https%3Ax"),
        ("100%", "100%"),
    ],
)
def test_what_was_encoded_again_is_decoded_until_it_looks_like_an_address(given: str, url: str) -> None:
    """Three times at most, and never where a host is plain already: its path is its own."""
    found = carried(given)

    assert found is not None
    assert found.url == url


def test_nothing_carries_nothing() -> None:
    """A key without a value leads nowhere."""
    assert carried("") is None


@pytest.mark.parametrize(
    ("url", "index", "inner"),
    [
        ("https://a.example/x/https://t.me/b", 1, "https://t.me/b"),
        ("https://a.example//x//https://t.me/b", 1, "https://t.me/b"),
        ("https://a.example/t.me/b", 0, "t.me/b"),
        ("https://a.example/x/t.me/b?c=d%26e&f#g", 1, "t.me/b?c=d%26e&f=#g"),
        ("https://a.example/x/https%3A%2F%2Ft.me%2Fb", 1, "https://t.me/b"),
        ("https://a.example/x/", 1, None),
        ("https://a.example/x", 3, None),
    ],
)
def test_an_address_in_a_path_keeps_its_query_and_fragment(url: str, index: int, inner: str | None) -> None:
    """They follow the path of the outer address, and are meant for the inner one."""
    address = parse(url, ())
    assert address is not None

    found = rest(address, index)

    assert (found.url if found else None) == inner
