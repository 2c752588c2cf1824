"""Redirectors that carry their target stand for it, to a bounded depth."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identifiers import canonical

TARGET = "https%3A%2F%2Ft.me%2Fexample_media"
CARRIERS = [
    f"https://www.google.com/url?q={TARGET}&sa=D",
    f"https://google.com.pk/url?sa=t&url={TARGET}",
    f"https://www.google.co.in/imgres?imgurl=x&imgrefurl={TARGET}",
    "https://www.google.com/amp/s/t.me/example_media",
    "https://www.google.de/amp/t.me/example_media",
    "https://t-me.cdn.ampproject.org/c/s/t.me/example_media",
    "https://t-me.cdn.ampproject.org/v/t.me/example_media",
    f"https://translate.google.com/translate?sl=ur&tl=en&u={TARGET}",
    f"https://translate.google.com.pk/website?u={TARGET}",
    "https://t-me.translate.goog/example_media?_x_tr_sl=ur&_x_tr_tl=en",
    "https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjKl:https://t.me/example_media+kites",
    "https://webcache.googleusercontent.com/search?q=cache:t.me/example_media",
    f"https://googleweblight.com/i?u={TARGET}",
    f"https://consent.youtube.com/m?continue={TARGET}&gl=DE",
    f"https://l.facebook.com/l.php?u={TARGET}&h=AT0",
    f"https://l.messenger.com/l.php?u={TARGET}",
    f"https://l.instagram.com/?u={TARGET}",
    f"https://l.threads.net/?u={TARGET}",
    f"https://www.youtube.com/redirect?q={TARGET}",
    f"https://t.me/share/url?url={TARGET}&text=x",
    f"https://t.me/iv?url={TARGET}&rhash=0",
    f"https://vk.com/away.php?to={TARGET}",
    f"https://out.reddit.com/t3_0?url={TARGET}&token=x",
    f"https://duckduckgo.com/l/?uddg={TARGET}&rut=x",
    "https://www.bing.com/ck/a?!&&p=0&u=a1aHR0cHM6Ly90Lm1lL2V4YW1wbGVfbWVkaWE&ntb=1",
    "https://r.search.yahoo.com/_ylt=A0/RV=2/RE=1/RO=10/RU=https%3a%2f%2ft.me%2fexample_media/RK=2/RS=x-",
    f"https://yandex.ru/clck/jsredir?from=x&url={TARGET}",
    f"https://translate.yandex.ru/translate?url={TARGET}",
    "https://translated.turbopages.org/proxy_u/ur-en.en.0-1/https/t.me/example_media",
    f"https://steamcommunity.com/linkfilter/?url={TARGET}",
    "https://steamcommunity.com/linkfilter/https://t.me/example_media",
    f"https://t.umblr.com/redirect?z={TARGET}&t=x",
    f"https://www.linkedin.com/redir/redirect?url={TARGET}",
    f"https://www.linkedin.com/safety/go?url={TARGET}",
    f"https://slack-redir.net/link?url={TARGET}",
    f"https://eur01.safelinks.protection.outlook.com/?url={TARGET}&data=05",
    "https://urldefense.com/v3/__https://t.me/example_media__;!!x$",
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__t.me_example-5Fmedia&d=x",
    "https://href.li/?https://t.me/example_media",
    "https://anonym.to/?https://t.me/example_media",
    "https://12ft.io/https://t.me/example_media",
    "https://r.jina.ai/https://t.me/example_media",
    "https://web.archive.org/web/2024/https://t.me/example_media",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dt.me%252Fexample_media",
    "https://web.archive.org/web/2024/https://l.facebook.com/l.php?u=https%3A%2F%2Ft.me%2Fexample_media&h=0",
]

ADDRESSES = [
    ("https://vk.com/away.php?to=https%3A%2F%2Fexample.org%2Fa", "web:example.org/a"),
    ("https://my--kites-example.translate.goog/a", "web:my-kites.example/a"),
    ("https://href.li/?https://example.org/a?b=c&d=e", "web:example.org/a"),
    ("https://12ft.io/https://youtu.be/watch?v=exAmple0001", "youtube:video/exAmple0001"),
    ("https://www.google.com/search?q=kites", "web:google.com/search"),
    ("https://www.google.com/url", "web:google.com/url"),
    ("https://www.bing.com/search?q=kites", "web:bing.com/search"),
    ("https://www.bing.com/ck/a?u=a1!!!", "web:bing.com/ck/a"),
    ("https://www.bing.com/ck/a?u=a1_w", "web:bing.com/ck/a"),
    ("https://steamcommunity.com/id/example", "web:steamcommunity.com/id/example"),
    ("https://www.linkedin.com/in/example?url=t.me%2Fexample_media", "web:linkedin.com/in/example"),
    ("https://out.reddit.com/", "web:out.reddit.com/"),
    ("https://href.li/", "web:href.li/"),
    ("https://t.co/exAmpl3", "web:t.co/exAmpl3"),
    ("https://google.com.example/url?q=t.me%2Fexample_media", "web:google.com.example/url"),
    ("https://notgoogle.com/url?q=t.me%2Fexample_media", "web:notgoogle.com/url"),
    ("https://kites.example/redirect?url=https%3A%2F%2Ft.me%2Fexample_media", "web:kites.example/redirect"),
]

NEAR_MISSES = [
    "https://www.google.com/url?q=mailto:someone@example.org",
    "https://l.facebook.com/l.php",
]


@pytest.mark.parametrize("url", CARRIERS)
def test_what_carries_an_address_stands_for_it(url: str) -> None:
    """Search engines, networks, translators, filters, viewers and archives give what they lead to."""
    assert canonical(url) == "telegram:user/example_media"


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_other_page_is_a_web_address(url: str, identifier: str) -> None:
    """What carries nothing is its own address, and so is a redirector that nobody knows."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """A target that is no address leads nowhere."""
    assert canonical(url) is None


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
