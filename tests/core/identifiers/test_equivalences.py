"""What must hold for all addresses of a service, not only for those that somebody thought of."""

import string
from collections.abc import Callable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.identifiers import SERVICES, canonical, companions, written
from core.identifiers.service import exact

CODE: Final = string.ascii_letters + string.digits
LOWER: Final = string.ascii_lowercase + string.digits
HEX: Final = "0123456789abcdef"


def made_of(alphabet: str, least: int, most: int | None = None, before: str = "") -> st.SearchStrategy[str]:
    """Give values of some letters and a length, behind a beginning."""
    return st.text(alphabet, min_size=least, max_size=most or least).map(before.__add__)


NAME: Final = made_of(LOWER + "_", 8, 15, "q")
NUMBER: Final = made_of("123456789", 15, 18)
PHONE: Final = made_of("123456789", 9, 12)

PLAIN: Final[dict[str, tuple[str, st.SearchStrategy[str]]]] = {
    "telegram:user": ("https://t.me/{}", NAME),
    "telegram:id": ("tg://user?id={}", PHONE),
    "telegram:chat": ("https://t.me/c/{}/1", PHONE),
    "telegram:invite": ("https://t.me/+{}", made_of(CODE + "_-", 16, 22, "q")),
    "telegram:addlist": ("https://t.me/addlist/{}", made_of(CODE, 8, 20)),
    "telegram:number": ("https://t.me/+{}", PHONE),
    "telegram:call": ("https://t.me/call/{}", made_of(CODE, 8, 20)),
    "telegram:message": ("https://t.me/m/{}", made_of(CODE, 8, 20)),
    "discord:invite": ("https://discord.gg/{}", made_of(CODE, 9, 12)),
    "discord:template": ("https://discord.new/{}", made_of(CODE, 9, 12)),
    "discord:guild": ("https://discord.com/channels/{}", NUMBER),
    "discord:user": ("https://discord.com/users/{}", NUMBER),
    "whatsapp:invite": ("https://chat.whatsapp.com/{}", made_of(CODE, 22)),
    "whatsapp:channel": ("https://whatsapp.com/channel/{}", made_of(CODE, 14, 20, "0029")),
    "whatsapp:number": ("https://wa.me/{}", PHONE),
    "x:user": ("https://x.com/{}", made_of(LOWER + "_", 8, 14, "q")),
    "x:id": ("https://x.com/i/user/{}", PHONE),
    "x:community": ("https://x.com/i/communities/{}", NUMBER),
    "x:list": ("https://x.com/i/lists/{}", NUMBER),
    "facebook:page": ("https://facebook.com/{}", made_of(LOWER + ".", 8, 15, "q")),
    "facebook:group": ("https://facebook.com/groups/{}", made_of(LOWER + ".", 8, 15, "q")),
    "instagram:user": ("https://instagram.com/{}", NAME),
    "tiktok:user": ("https://tiktok.com/@{}", NAME),
    "youtube:channel": ("https://youtube.com/channel/{}", made_of(CODE + "_-", 22, before="UC")),
    "youtube:user": ("https://youtube.com/@{}", made_of(LOWER + ".-", 8, 15, "q")),
    "youtube:video": ("https://youtu.be/{}", made_of(CODE + "_-", 11)),
    "youtube:playlist": ("https://youtube.com/playlist?list={}", made_of(CODE + "_-", 16, 32, "PL")),
    "matrix:room": ("https://matrix.to/#/{}", made_of(CODE, 5, 9, "#").map("{}:example.org".format)),
    "matrix:user": ("https://matrix.to/#/{}", made_of(LOWER, 5, 9, "@").map("{}:example.org".format)),
    "signal:group": ("https://signal.group/#{}", made_of(CODE + "_-", 40, 60)),
    "signal:user": ("https://signal.me/#eu/{}", made_of(CODE + "_-", 64)),
    "signal:number": ("https://signal.me/#p/+{}", PHONE),
    "signal:stickers": ("https://signal.art/addstickers/#pack_id={}", made_of(HEX, 32)),
    "rocketchat:room": (
        "https://go.rocket.chat/room?host=chat.example.org&path=channel/{}",
        made_of(LOWER, 5, 9),
    ),
    "rocketchat:user": (
        "https://go.rocket.chat/room?host=chat.example.org&path=direct/{}",
        made_of(LOWER, 5, 9),
    ),
    "rocketchat:invite": (
        "https://go.rocket.chat/invite?host=chat.example.org&path=invite/{}",
        made_of(CODE, 6),
    ),
    "rocketchat:server": (
        "https://go.rocket.chat/auth?host={}",
        made_of(LOWER, 5, 9).map("{}.example.org".format),
    ),
    "simplex:address": ("simplex:/a#{}", made_of(CODE + "_-", 43)),
    "threema:user": ("https://threema.id/{}", made_of(string.ascii_uppercase + string.digits, 8)),
    "session:community": (
        "https://open.example.org/lantern?public_key={}",
        made_of(HEX, 64),
    ),
    "bluesky:user": ("https://bsky.app/profile/{}", made_of(LOWER, 5, 9).map("{}.bsky.social".format)),
    "bluesky:id": ("https://bsky.app/profile/{}", made_of("abcdefgh234567", 24, before="did:plc:")),
    "mastodon:user": (
        "https://mastodon.social/@{}",
        made_of(LOWER, 5, 9).map("{}@lantern.example".format),
    ),
    "vk:user": ("https://vk.com/{}", made_of(LOWER + "_", 8, 15, "q")),
    "vk:id": ("https://vk.com/id{}", PHONE),
    "vk:group": ("https://vk.com/club{}", PHONE),
    "vk:invite": ("https://vk.me/join/{}", made_of(CODE + "_-", 20)),
    "ok:user": ("https://ok.ru/profile/{}", PHONE),
    "ok:group": ("https://ok.ru/group/{}", PHONE),
    "viber:invite": ("https://invite.viber.com/?g2={}", made_of(CODE, 20, 30)),
    "viber:number": ("viber://chat?number={}", PHONE),
    "viber:account": ("https://chats.viber.com/{}", NAME),
    "line:user": ("https://line.me/R/ti/p/@{}", NAME),
    "line:invite": ("https://line.me/R/ti/g/{}", made_of(CODE + "_-", 10)),
    "line:openchat": ("https://line.me/ti/g2/{}", made_of(CODE + "_-", 20)),
    "line:contact": ("https://line.me/ti/p/{}", made_of(CODE + "_-", 10)),
    "xmpp:jid": ("xmpp:{}", made_of(LOWER, 5, 9).map("{}@conference.example.org".format)),
    "odysee:channel": ("https://odysee.com/@{}", made_of(LOWER, 5, 9).map("{}:c".format)),
    "odysee:video": ("https://odysee.com/{}", made_of(LOWER, 5, 9).map("{}:5".format)),
    "rumble:channel": ("https://rumble.com/c/{}", NAME),
    "rumble:user": ("https://rumble.com/user/{}", NAME),
    "rumble:video": ("https://rumble.com/{}-kites.html", made_of(LOWER, 4, before="v1")),
    "bitchute:channel": ("https://bitchute.com/channel/{}/", NAME),
    "bitchute:video": ("https://bitchute.com/video/{}/", made_of(CODE, 12)),
    "soundcloud:user": ("https://soundcloud.com/{}", made_of(LOWER + "-", 8, 15, "q")),
}
"""The plain link of each kind, and what its values are made of."""

WITHOUT_LINK: Final = {"discord:webhook", "session:user"}
"""Kinds that no address leads to: a platform gives the one, people exchange the other as text."""


def test_every_kind_of_every_service_has_a_plain_link() -> None:
    """A kind that a service adds is added to the table above, and two services share none."""
    kinds = [kind for service in SERVICES for kind in service.kinds]

    assert len(kinds) == len(set(kinds))
    assert set(kinds) == set(PLAIN) | WITHOUT_LINK


@pytest.mark.parametrize("kind", PLAIN)
@settings(max_examples=20)
@given(data=st.data())
def test_the_plain_link_of_an_identifier_gives_it_back(kind: str, data: st.DataObject) -> None:
    """What is written as an identifier, and what its plain link gives, are one."""
    link, values = PLAIN[kind]
    value = data.draw(values)
    ending = "/lantern" if kind == "session:community" else ""
    host = "chat.example.org/" if kind.startswith("rocketchat:") and kind != "rocketchat:server" else ""
    identifier = f"{kind}/{host}{value}{ending}"

    assert canonical(link.format(value.replace("#", "%23"))) == identifier
    assert written(identifier) == identifier


FOLDED: Final = [
    (kind, fold)
    for service in SERVICES
    for kind, fold in service.kinds.items()
    if kind in PLAIN and fold is not exact
]
EXACT: Final = [
    kind for service in SERVICES for kind, fold in service.kinds.items() if kind in PLAIN and fold is exact
]


@pytest.mark.parametrize(("kind", "fold"), FOLDED)
@settings(max_examples=20)
@given(data=st.data())
def test_the_case_of_a_name_changes_nothing(
    kind: str, fold: Callable[[str], str], data: st.DataObject
) -> None:
    """Names are one in any case, in a link and in a list; a Matrix name's server only."""
    link, values = PLAIN[kind]
    value = data.draw(values)
    other = (
        value[: value.index(":")] + value[value.index(":") :].upper()
        if kind.startswith("matrix")
        else value.swapcase()
    )

    assert canonical(link.format(other.replace("#", "%23"))) == canonical(
        link.format(value.replace("#", "%23"))
    )
    assert written(f"{kind}/{other}") == written(f"{kind}/{value}") == f"{kind}/{fold(value)}"


@pytest.mark.parametrize("kind", EXACT)
@settings(max_examples=20)
@given(data=st.data())
def test_another_case_is_another_code(kind: str, data: st.DataObject) -> None:
    """Codes are compared as they are."""
    link, values = PLAIN[kind]
    value = data.draw(values)
    other = value[:-1] + value[-1].swapcase()

    assert written(f"{kind}/{other}") == f"{kind}/{other}"
    assert (canonical(link.format(other)) == canonical(link.format(value))) == (other == value)


TRACKING: Final = st.lists(
    st.tuples(st.sampled_from(["utm_source", "fbclid", "igsh", "si", "s", "single"]), made_of(CODE, 0, 8)),
    max_size=3,
).map(lambda pairs: "&".join(f"{key}={value}" for key, value in pairs))
TELEGRAM_NAME: Final = [
    "https://t.me/{}",
    "http://telegram.me/{}",
    "telegram.dog/{}",
    "https://t.me/s/{}",
    "https://www.t.me/{}",
    "https://t.me/@{}",
]
TELEGRAM_INVITE: Final = [
    "https://t.me/+{}",
    "t.me/joinchat/{}",
    "https://telegram.me/%2B{}",
    "telegram.dog/joinchat/{}",
]
DISCORD: Final = [
    "https://discord.gg/{}",
    "discord.com/invite/{}",
    "https://discordapp.com/invite/{}",
    "https://ptb.discord.com/invite/{}",
    "https://canary.discord.com//invite//{}",
]
X: Final = [
    "https://x.com/{}",
    "twitter.com/{}",
    "https://mobile.twitter.com/{}",
    "https://fxtwitter.com/{}",
    "https://nitter.net/{}",
]


@given(st.sampled_from(TELEGRAM_NAME), NAME, st.lists(st.integers(1, 10**6), max_size=2), TRACKING)
def test_hosts_and_messages_change_nothing_about_a_name(
    link: str, name: str, numbers: list[int], query: str
) -> None:
    """All of Telegram's hosts, previews, message numbers and parameters lead to the same name."""
    path = "".join(f"/{number}" for number in numbers)

    assert canonical(f"{link.format(name)}{path}?{query}") == f"telegram:user/{name}"
    assert canonical(f"tg://resolve?domain={name}&{query}") == f"telegram:user/{name}"


@given(made_of(LOWER, 5, 20, "q"), st.integers(1, 10**6))
def test_a_sub_domain_is_a_name(name: str, number: int) -> None:
    """`name.t.me` is `t.me/name`."""
    assert canonical(f"https://{name}.t.me/{number}") == canonical(f"https://t.me/{name}")


@given(st.sampled_from(TELEGRAM_INVITE), made_of(CODE + "_-", 16, 22, "q"), TRACKING)
def test_all_forms_of_an_invitation_are_one(link: str, code: str, query: str) -> None:
    """`t.me/+h`, `t.me/joinchat/h` and `tg://join?invite=h` are the same invitation."""
    assert canonical(f"{link.format(code)}?{query}") == canonical(f"tg://join?invite={code}")


@given(st.sampled_from(DISCORD), made_of(CODE, 9, 12), TRACKING)
def test_all_hosts_of_discord_are_one(link: str, code: str, query: str) -> None:
    """Hosts, builds, slashes, events and parameters change nothing about the code."""
    assert canonical(f"{link.format(code)}?event=1150000000000000001&{query}") == f"discord:invite/{code}"


@given(
    st.sampled_from(X),
    made_of(LOWER + "_", 8, 14, "q"),
    st.sampled_from(["", "/", "/status/1700000000000000001"]),
    TRACKING,
)
def test_all_hosts_of_x_are_one(link: str, name: str, path: str, query: str) -> None:
    """Both domains and the front ends, profiles and posts give the account."""
    assert canonical(f"{link.format(name)}{path}?{query}") == f"x:user/{name}"


WEB: Final = [
    "https://archive.org/download/{}/{}",
    "https://web.archive.org/{}/{}",
    "https://archive.today/{}/{}",
    "https://graph.org/{}/{}",
    "https://pastebin.com/{}/{}",
    "https://rentry.org/{}/{}",
    "https://mega.nz/{}/{}",
    "https://drive.google.com/{}/{}",
    "https://www.mediafire.com/{}/{}",
    "https://gateway.example/{}/{}",
    "https://www.google.com/{}/{}",
    "https://kites.example/{}/{}",
]


@given(
    st.sampled_from(WEB),
    st.sampled_from(["file", "raw", "ipfs", "amp", "web", "d", "x"]),
    st.text(max_size=30),
)
def test_a_web_identifier_is_its_own_address(link: str, first: str, second: str) -> None:
    """Reading again what was read changes nothing: a list may hold either."""
    found = canonical(link.format(first, second))

    if found and found.startswith("web:"):
        assert canonical("https://" + found.removeprefix("web:")) == found
        assert written(found) == found


@given(
    st.text(max_size=60),
    st.sampled_from(["", "web:", "telegram:invite/", "rocketchat:room/", "web:archive.org/download/"]),
)
def test_any_text_has_companions_or_none(text: str, before: str) -> None:
    """Whatever is asked about, asking does not raise, and nobody is his own companion."""
    assert before + text not in companions(before + text)
    written(before + text)
