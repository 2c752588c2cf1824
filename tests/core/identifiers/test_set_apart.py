"""Hosts that say by themselves who is meant, in every way they are spelled out."""

import pytest

from core.identifiers.found import found_in

NAME = "telegram:user/zzlanternfront"
KEY = "exampleexampleexampleexampleexampleexampleexampleexample"
ONION = f"web:{KEY}.onion/news/1"

NAMES = [
    "zzlanternfront . t . me",
    "zzlanternfront .t .me",
    "zzlanternfront. t. me",
    "zzlanternfront dot t dot me",
    "zzlanternfront DOT t DOT me",
    "zzlanternfrontDOTtDOTme",
    "zzlanternfront (dot) t (dot) me",
    "zzlanternfront ڈاٹ t ڈاٹ me",
    "zzlanternfront نقطة t نقطة me",
    "zzlanternfront,t,me",
    "zzlanternfront·t·me",
    "zzlanternfront . t . me / 77",
    "join zzlanternfront . t . me, now",
    "_zzlanternfront.t.me_",
    "1.zzlanternfront.t.me",
    "//zzlanternfront.t.me",
    "meow://zzlanternfront.t.me",
    "https://https://zzlanternfront.t.me",
    "hxxps[://]zzlanternfront[.]t[.]me",
    "zzl**ant**ernfront.t.me",
    "**zzlantern**front.t.me",
    "zzlаnternfront.t.me",
    "zzlаntеrnfront . t . me",
    "z z l a n t e r n f r o n t . t . m e",
]
"""Some of these have Cyrillic letters in them."""

WHOLE_NAMES = [
    "link**zzlanternfront.t.me**",
    "see||zzlanternfront.t.me||",
    "a|zzlanternfront.t.me|b",
    "каналzzlanternfront.t.me",
    "چینلzzlanternfront.t.me",
    "🇵🇰zzlanternfront.t.me🇵🇰",
]

ONIONS = [
    f"{KEY} . onion / news / 1",
    f"{KEY} dot onion slash news slash 1",
    f"{KEY} ڈاٹ onion سلیش news سلیش 1",
    f"{KEY}*dot*onion*slash*news/1",
    f"{KEY}[.]onion/news/1",
    f"{KEY},onion/news/1",
    f"{KEY} onion/news/1",
    f"{KEY}onion/news/1",
    f"{KEY}🔵onion/news/1",
    f"{KEY}.onion / news/1",
    f"{KEY}.onion/\nnews/1",
    f"{KEY}.onion👉/👈news/1",
    f"{KEY}.onion**/news/1**",
    f"`{KEY}.onion`/news/1",
    f"meow://{KEY}.onion/news/1",
    f"https%3A%2F%2F{KEY}.onion%2Fnews%2F1",
    f"https://{KEY}%2Eonion%2Fnews%2F1",
    f"https://{KEY}.onion//news/1",
]

OTHERS = [
    ("zzlantern dot bsky dot social", "bluesky:user/zzlantern.bsky.social"),
    ("zz-lantern . bsky . social", "bluesky:user/zz-lantern.bsky.social"),
    (f"{KEY} dot onion", f"web:{KEY}.onion/"),
    (f"https%3A%2F%2F{KEY}.onion", f"web:{KEY}.onion/"),
]

NEAR_MISSES = [
    "we like dots . t . me",
    "Subscribe to the channel. t.me is where we are",
    "Subscribe to the channel . t.me",
    "I said t dot me",
    "somebody said t me, and lettersttme is no word",
    "the letters dot t dot memory",
    "letters, t, me and you",
    "alpha,t,me,beta",
    "value,t,mean",
    "report . t . me . txt",
    "docs/notes.t.me.txt",
    "self.notes . t . me",
    "ping someone@zzlanternfront . t . me",
    "share . t . me",
    "the dot is red, the dot is blue",
    "onion and red onion / green onion",
    "peel the onion dot by dot",
    f"{KEY[1:]} dot onion",
    f"a{KEY} dot onion",
    f"{KEY} onions",
]


@pytest.mark.parametrize("text", NAMES)
def test_a_name_before_its_host_is_read_however_it_is_spelled(text: str) -> None:
    """The name is found whole, in every reading, and no other one beside it."""
    found = {one.identifier for one in found_in(text, "telegram")}

    assert {identifier for identifier in found if not identifier.startswith("web:")} == {NAME}


@pytest.mark.parametrize("text", WHOLE_NAMES)
def test_what_stands_before_a_name_does_not_join_it(text: str) -> None:
    """Markup around all of it, and words of other scripts, are no part of the name."""
    assert {one.identifier for one in found_in(text, "telegram")} == {NAME}


@pytest.mark.parametrize("text", ONIONS)
def test_an_onion_page_is_read_however_it_is_spelled(text: str) -> None:
    """Its 56 characters tell the host; what follows belongs to it, as on hosts of services."""
    assert ONION in {one.identifier for one in found_in(text, "telegram")}


@pytest.mark.parametrize(("text", "identifier"), OTHERS)
def test_hosts_of_other_services_and_bare_ones_are_read_alike(text: str, identifier: str) -> None:
    """An onion host by itself is a place; a name of Bluesky is a host."""
    assert {one.identifier for one in found_in(text, "telegram")} == {identifier}


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_sentences_lists_and_code_hold_no_such_host(text: str) -> None:
    """A dot that ends a sentence, or parts the items of a list, leads to nobody."""
    assert [one.identifier for one in found_in(text, "telegram")] == []


def test_a_find_says_where_all_of_it_stood() -> None:
    """The stretch begins with the name and ends with the host."""
    text = "چینل: zzlanternfront . t . me دیکھیں"

    (found,) = found_in(text, "telegram")

    assert (found.identifier, found.disguised) == (NAME, True)
    assert text[found.start : found.end] == "zzlanternfront . t . me"
