"""Signal: the group link's fragment is its identifier, in its own case."""

import pytest

from core.identifiers import canonical

ADDRESSES = [
    (
        "https://signal.group/#CjQKIEXAMPLE00000000000000000000",
        "signal:group/CjQKIEXAMPLE00000000000000000000",
    ),
    (
        "sgnl://signal.group/#CjQKIEXAMPLE00000000000000000000",
        "signal:group/CjQKIEXAMPLE00000000000000000000",
    ),
]

NEAR_MISSES = [
    "https://signal.group/",
    "https://signal.group/#short",
    "sgnl://signal.group/",
]


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_plain_form_gives_the_identifier(url: str, identifier: str) -> None:
    """The site and the app lead to the same group."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """Without a key there is no group."""
    assert canonical(url) is None
