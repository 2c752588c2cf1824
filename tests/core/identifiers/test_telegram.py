"""Telegram: names fold case, invite hashes do not, numbers are numbers, reserved words are nobody."""

import pytest

from core.identifiers import canonical, companions, named

ADDRESSES = [
    ("https://t.me/example_media", "telegram:user/example_media"),
    ("http://T.ME/Example_Media", "telegram:user/example_media"),
    ("t.me/example_media", "telegram:user/example_media"),
    ("https://www.t.me/example_media", "telegram:user/example_media"),
    ("t.me:443/example_media", "telegram:user/example_media"),
    ("https://t.me./example_media", "telegram:user/example_media"),
    ("//t.me/example_media", "telegram:user/example_media"),
    ("https://t.me/s/example_media", "telegram:user/example_media"),
    ("https://t.me/s/S/example_media/9", "telegram:user/example_media"),
    ("https://t.me/%73/example_media", "telegram:user/example_media"),
    ("https://t.me/example_media/45/678?single", "telegram:user/example_media"),
    ("https://t.me/example_media?boost", "telegram:user/example_media"),
    ("https://t.me/example_media/s/12", "telegram:user/example_media"),
    ("https://t.me/boost/example_media", "telegram:user/example_media"),
    ("https://t.me/@example_media", "telegram:user/example_media"),
    ("https://telegram.me/example_media", "telegram:user/example_media"),
    ("telegram.dog/example_media", "telegram:user/example_media"),
    ("https://examplemedia.t.me/15", "telegram:user/examplemedia"),
    ("examplemedia.t.me", "telegram:user/examplemedia"),
    ("tg://resolve?domain=example_media", "telegram:user/example_media"),
    ("tg:resolve?domain=example_media&post=12", "telegram:user/example_media"),
    ("TG://RESOLVE?domain=example_media", "telegram:user/example_media"),
    ("tg://boost?domain=example_media", "telegram:user/example_media"),
    ("https://web.telegram.org/k/#@example_media", "telegram:user/example_media"),
    (
        "https://web.telegram.org/z/#?tgaddr=tg%3A%2F%2Fresolve%3Fdomain%3Dexample_media",
        "telegram:user/example_media",
    ),
    ("https://fragment.com/username/example_media", "telegram:user/example_media"),
    ("https://t.me/B%6Cue_example", "telegram:user/blue_example"),
    ("https://t%2Eme/example_media", "telegram:user/example_media"),
    ("http:\\\\t.me\\example_media", "telegram:user/example_media"),
    ("https://good.example@t.me/example_media", "telegram:user/example_media"),
    ("https://t.me/c/1000000123/7/55", "telegram:chat/1000000123"),
    ("tg://privatepost?channel=1000000123&post=5", "telegram:chat/1000000123"),
    ("https://web.telegram.org/a/#-1001999000456", "telegram:chat/1999000456"),
    ("https://web.telegram.org/a/#-1001999000456_12", "telegram:chat/1999000456"),
    ("https://web.telegram.org/k/#-1000000123", "telegram:chat/1000000123"),
    ("https://t.me/boost?c=1999000456", "telegram:chat/1999000456"),
    ("tg://boost?channel=1000000123", "telegram:chat/1000000123"),
    ("https://t.me/+AAAAAEexample01xyZ", "telegram:invite/AAAAAEexample01xyZ"),
    ("https://t.me/joinchat/AAAAAEexample01xyZ", "telegram:invite/AAAAAEexample01xyZ"),
    ("https://t.me/%2BAAAAAEexample01xyZ", "telegram:invite/AAAAAEexample01xyZ"),
    ("https://t.me/%20AAAAAEexample01xyZ", "telegram:invite/AAAAAEexample01xyZ"),
    ("tg:join?invite=aaaaaeEXAMPLE01XYz", "telegram:invite/aaaaaeEXAMPLE01XYz"),
    ("https://t.me/addlist/ExampleSlug01", "telegram:addlist/ExampleSlug01"),
    ("tg://addlist?slug=ExampleSlug01", "telegram:addlist/ExampleSlug01"),
    ("tg://user?id=51900412", "telegram:id/51900412"),
    ("https://web.telegram.org/a/#51900412", "telegram:id/51900412"),
    ("https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fexample_media&text=x", "telegram:user/example_media"),
    ("tg://msg_url?url=t.me%2F%2BAAAAAEexample01xyZ", "telegram:invite/AAAAAEexample01xyZ"),
    ("https://t.me/iv?url=https%3A%2F%2Ftelegra.ph%2FExample-01-02&rhash=0", "web:telegra.ph/Example-01-02"),
    ("https://t.me/example_media/s/live", "telegram:user/example_media"),
    ("https://t.me/example_media/a/2", "telegram:user/example_media"),
    ("tg://resolve?domain=example_media&story=5", "telegram:user/example_media"),
    ("tg://resolve?domain=example_media&profile", "telegram:user/example_media"),
    ("tg://resolve?domain=example_media&startapp=x&appname=y", "telegram:user/example_media"),
    ("https://t.me/example_media?ref=abc&startchannel", "telegram:user/example_media"),
    ("https://t.me/example_media?text=hello", "telegram:user/example_media"),
    ("https://t.me/c/1999000456?boost", "telegram:chat/1999000456"),
    ("https://t.me/+12025550143", "telegram:number/12025550143"),
    ("https://t.me/%2B12025550143", "telegram:number/12025550143"),
    ("tg://resolve?phone=12025550143", "telegram:number/12025550143"),
    ("tg://resolve?phone=%2B12025550143", "telegram:number/12025550143"),
    ("https://t.me/m/Example_slug", "telegram:message/Example_slug"),
    ("tg://message?slug=Example_slug", "telegram:message/Example_slug"),
    ("https://t.me/call/ExampleCall", "telegram:call/ExampleCall"),
    ("tg://call?slug=ExampleCall", "telegram:call/ExampleCall"),
    ("tg://openmessage?user_id=51900412", "telegram:id/51900412"),
    ("tg://openmessage?chat_id=1000000123&message_id=4", "telegram:chat/1000000123"),
    ("https://t.me/msg/url?url=https%3A%2F%2Ft.me%2Fexample_media", "telegram:user/example_media"),
    ("tg://share?url=https%253A%252F%252Ft.me%252Fexample_media", "telegram:user/example_media"),
]

NEAR_MISSES = [
    "https://t.me/",
    "t.me",
    "https://t.me/proxy?server=192.0.2.7",
    "https://t.me/setlanguage/ur",
    "https://t.me/login/12345",
    "https://t.me/bg/ABCDEF",
    "https://t.me/invoice/XYZ",
    "https://t.me/addstickers/Example",
    "https://t.me/joinchat",
    "https://t.me/abc",
    "https://t.me/9example",
    "https://t.me/example-media",
    "https://t.me/c/example",
    "https://m.t.me/x",
    "tg://settings",
    "https://t.me/share/url",
    "https://web.telegram.org/k/",
    "https://t.me/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "https://t.me/+12345",
    "https://t.me/contact/Example_token",
    "tg://contact?token=Example_token",
    "https://t.me/newbot/example_media/name",
    "https://t.me/nft/Example-1",
    "https://t.me/giftcode/Example",
    "https://t.me/confirmphone?phone=12025550143&hash=0",
    "https://t.me/m",
    "tg://call",
    "tg://proxy?server=example_media",
    "tg://emoji?id=1",
]

NAMES = [
    ("telegram", "@example_media", "telegram:user/example_media"),
    ("Telegram", "Example_Media", "telegram:user/example_media"),
    ("TG", "example_media", "telegram:user/example_media"),
    ("telegram channel", " @example_media ", "telegram:user/example_media"),
    ("telegram", "<t.me/EXAMPLE_MEDIA>", "telegram:user/example_media"),
    ("telegram", "tg://resolve?domain=example_media", "telegram:user/example_media"),
    ("telegram", "examplemedia.t.me", "telegram:user/examplemedia"),
    ("telegram", "51900412", "telegram:id/51900412"),
    ("telegram", "-1001999000456", "telegram:chat/1999000456"),
    ("telegram", "-4012345678", "telegram:chat/4012345678"),
    ("telegram", "+AAAAAEexample01xyZ", "telegram:invite/AAAAAEexample01xyZ"),
    ("telegram", "+12025550143", "telegram:number/12025550143"),
]

NO_NAMES = [
    ("telegram", "ask the office"),
    ("telegram", ""),
    ("telegram", "@abc"),
    ("telegram", "joinchat"),
    ("telegram", "https://"),
    ("telegram", "some.file"),
    ("", "@example_media"),
    ("pigeon", "example_media"),
]

OLD_INVITES = [
    ("AAAAAEmWAtIAAAAAAAAATQ", ("telegram:chat/1234567890",)),
    ("ABEiMwKBY2IAAAAAAAAATQ", ("telegram:chat/42034018",)),
    (
        "00000000499602d2000000000000004d",
        ("telegram:chat/1234567890", "telegram:invite/AAAAAEmWAtIAAAAAAAAATQ"),
    ),
]
"""Invitations of the old kind, with a channel's or a small group's id in them, and the hexadecimal form."""

OTHER_INVITES = [
    "AAAAAEexample01xyZ",
    "AAAAAEmWAtIAAAAAAAAATR",
    "AAAAAEmWAtIAAAAAAAAATQQ",
    "ABEiM0mWAtIAAAAAAAAATQ",
    "AAAAAAKBY2IAAAAAAAAATQ",
    "AAAAAAAAAAAAAAAAAAAATQ",
]
"""Another length, bits too many, a small group's creator with a channel's id, and the opposite."""


@pytest.mark.parametrize(("url", "identifier"), ADDRESSES)
def test_every_plain_form_gives_the_identifier(url: str, identifier: str) -> None:
    """Hosts, previews, message numbers, app links and web clients change nothing about who is meant."""
    assert canonical(url) == identifier


@pytest.mark.parametrize("url", NEAR_MISSES)
def test_addresses_that_name_nobody_give_nothing(url: str) -> None:
    """Reserved words, tokens, pages of the site and code that looks like a host are nobody."""
    assert canonical(url) is None


@pytest.mark.parametrize(("platform", "handle", "identifier"), NAMES)
def test_names_are_read_as_lists_write_them(platform: str, handle: str, identifier: str) -> None:
    """A name with its platform gives the same identifier as its address."""
    assert named(platform, handle) == identifier


@pytest.mark.parametrize(("platform", "handle"), NO_NAMES)
def test_what_cannot_be_a_name_gives_nothing(platform: str, handle: str) -> None:
    """A remark or a word that no account can have is not taken for a name."""
    assert named(platform, handle) is None


@pytest.mark.parametrize(("code", "others"), OLD_INVITES)
def test_an_old_invitation_says_its_chat(code: str, others: tuple[str, ...]) -> None:
    """A list that knows only the chat meets the invitation to it."""
    assert companions(f"telegram:invite/{code}") == others


@pytest.mark.parametrize("code", OTHER_INVITES)
def test_another_invitation_says_nothing(code: str) -> None:
    """Sixteen random bytes are not taken for a chat."""
    assert companions(f"telegram:invite/{code}") == ()
