"""Finding addresses and handles in running text: plain spellings, and nothing that only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identifiers.candidates import candidates

FOUND = [
    ("see https://example.org/a?b=c#d now", ["https://example.org/a?b=c#d"]),
    ("t.me/example_media", ["t.me/example_media"]),
    ("(t.me/example_media).", ["t.me/example_media"]),
    ("[news](https://t.me/example_media), see", ["https://t.me/example_media"]),
    ("«t.me/example_media»،", ["t.me/example_media"]),
    ("ہمارا چینل t.me/example_media۔", ["t.me/example_media"]),
    ("<https://discord.gg/EXmpl9Q2>", ["https://discord.gg/EXmpl9Q2"]),
    ("||discord.gg/EXmpl9Q2||", ["discord.gg/EXmpl9Q2"]),
    ("https://en.example.org/wiki/Kite_(toy)", ["https://en.example.org/wiki/Kite_(toy)"]),
    ("(https://en.example.org/wiki/Kite_(toy))", ["https://en.example.org/wiki/Kite_(toy)"]),
    ("HTTPS://T.ME/+AAAAAEexample01xyZ!", ["HTTPS://T.ME/+AAAAAEexample01xyZ"]),
    ("t.me/+AAAAAEexample01xy_", ["t.me/+AAAAAEexample01xy_"]),
    ("tg:resolve?domain=example_media or tg://join?invite=AAAAAEexample01", None),
    ("matrix:r/example:example.org here", ["matrix:r/example:example.org"]),
    ("discord://-/invite/EXmpl9Q2", ["discord://-/invite/EXmpl9Q2"]),
    ("examplemedia.t.me and www.example.org", ["examplemedia.t.me", "www.example.org"]),
    ("exampleexampleexample.onion", ["exampleexampleexample.onion"]),
    ("example.org:8080/a", ["example.org:8080/a"]),
    ("1) t.me/example_one 2) t.me/example_two", ["t.me/example_one", "t.me/example_two"]),
    ("@example_media.Next, @example.come, @exam_ple.com", ["@example_media", "@example", "@exam_ple"]),
    (
        "@example_media, (@example_two) سلام@example_three",
        ["@example_media", "@example_two", "@example_three"],
    ),
]

LEFT_OUT = [
    "mail someone@example.org or first.last@mail.example.org/x",
    "write to examplemedia.t.me@mail.example",
    "git@github.com:example/Example_Media.git",
    "Node.js and Vue.js",
    "the file is report.me.pdf",
    "costs 12.50/kg, 3.me",
    "12.05.2026/13:00 and 7:30",
    "version 2.10.3/beta",
    "import t.me",
    "self.t.me = 5; obj.t.me()",
    r"C:\data\t.media\example_media",
    "docs/t.me/example_media",
    "e.g./i.e.",
    "(c)@example.com and @mail.example.co.uk",
    "https%3A%2F%2Fexample.org",
    "exam**plemedia**.t.me",
    "@abc and @name@example.org and a@b",
    "...",
    "no links in here",
    "",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_plain_spellings_are_found(text: str, expected: list[str] | None) -> None:
    """Each address is found whole, without the sentence around it, where it stands."""
    found = list(candidates(text))

    assert [c.text for c in found] == (expected or text.split(" or "))
    assert all(text.startswith(c.text, c.start) for c in found)


@pytest.mark.parametrize("text", LEFT_OUT)
def test_what_only_looks_like_an_address_is_left_out(text: str) -> None:
    """E-mail addresses, file names, versions, prices, dates and code are not addresses."""
    assert list(candidates(text)) == []


HOSTILE = [
    "a.",
    "a",
    ".",
    "http://",
    "t.me/a ",
    "@a",
    "(",
    "@abcd",
    "a.b/",
    "tg:",
    "x-",
    "tg:join?",
    "a..b",
    "1.2/",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_is_read_once(piece: str) -> None:
    """What is found in 100 kB of any pattern lies side by side: no stretch of text is looked at twice."""
    text = piece * (100_000 // len(piece))

    found = list(candidates(text))

    assert sum(len(c.text) for c in found) <= len(text)
    assert all(a.start + len(a.text) <= b.start for a, b in pairwise(found))


@given(st.text(alphabet="ab.@:/-_#()t me+\u200bé", max_size=200))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    """Any text gives candidates that are not empty and stand where they say."""
    for candidate in candidates(text):
        assert candidate.text
        assert text.startswith(candidate.text, candidate.start)
