"""Redirectors inside each other, to a bounded depth; their table has what each of them carries."""

from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from core.identifiers import canonical

WRAPS = [
    "https://www.google.com/url?q={}",
    "https://l.facebook.com/l.php?u={}&h=AT0",
    "https://duckduckgo.com/l/?uddg={}",
    "https://web.archive.org/web/2024/{}",
    "https://t.me/share/url?url={}",
    "https://href.li/?{}",
]


@given(
    st.sampled_from(["https://t.me/+AAAAAEexample01xyZ", "t.me/joinchat/AAAAAEexample01xyZ"]),
    st.lists(st.tuples(st.sampled_from(WRAPS), st.integers(1, 3)), max_size=5),
)
def test_redirectors_in_redirectors_give_the_innermost_target(url: str, wraps: list[tuple[str, int]]) -> None:
    """However an address is wrapped, up to five times, and encoded once more than needed, it is the same."""
    for wrap, times in wraps:
        for _ in range(times):
            url = quote(url, safe="")
        url = wrap.format(url)

    assert canonical(url) == "telegram:invite/AAAAAEexample01xyZ"


def test_an_address_that_carries_itself_ends() -> None:
    """Every step takes the address inside, which is shorter; a chain has an end and a bound."""
    url = "https://www.google.com/url?q=https://www.google.com/url?q=" * 2000

    assert canonical(url) is None or str(canonical(url)).startswith("web:")
