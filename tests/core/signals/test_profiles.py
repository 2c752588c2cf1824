"""An account that shows itself, and what its bio says about another one."""

import pytest

from core.media.fetch import OncePerMessage
from core.model import Account, Happening, Message, Part, Signal, Text
from core.signals.profiles import MAX_HANDLES, Profiles
from tests import make
from tests.fake_platform import FakePlatform

FILES = OncePerMessage(FakePlatform())


def showing(
    bio: str = "", *, name: str = "Amina R.", happening: Happening = Happening.JOINED, path: str = "bio"
) -> Message:
    """Give a message in which an account shows itself."""
    parts: tuple[Part, ...] = (Text(text=bio, path=path),) if bio else ()
    author = Account(name=name, handle="telegram:user/amina_r")
    return make.message(author=author, happening=happening, parts=parts)


async def taken(message: Message) -> list[Signal]:
    """Ask the source."""
    return list(await Profiles().signals(message, FILES))


@pytest.mark.parametrize("happening", [Happening.JOINED, Happening.PROFILE])
async def test_an_account_that_shows_itself_is_a_profile(happening: Happening) -> None:
    """Its display name is the value, also where it is only space."""
    assert await taken(showing(happening=happening)) == [
        Signal(kind="profile", value="Amina R.", part="author")
    ]
    assert (await taken(showing(name=" ", happening=happening)))[0].value == ""


@pytest.mark.parametrize("happening", [Happening.POSTED, Happening.EDITED, Happening.REPORTED])
async def test_writing_shows_no_profile(happening: Happening) -> None:
    """A message is judged for what it says."""
    assert await taken(showing("follow zarbulan_press", happening=happening)) == []


async def test_an_account_without_a_name_and_a_handle_shows_nothing() -> None:
    """There is nothing to compare."""
    assert await taken(make.message(author=Account(), happening=Happening.JOINED)) == []


@pytest.mark.parametrize(
    ("bio", "handles"),
    [
        ("follow zarbulan_press", ["zarbulan_press"]),
        ("Follow @Zarbulan_Press!", ["zarbulan_press"]),
        ("ig: zarbulan.press, x: zarbulan2", ["zarbulan.press", "zarbulan2"]),
        ("zarbulan_press zarbulan_press", ["zarbulan_press"]),
        ("old one: zarbulan.", ["zarbulan"]),
        ("news and media", []),
        ("t.me/zarbulan_press", []),
        ("write to me@zarbulan.example", []),
        ("1234567", []),
        ("", []),
    ],
)
async def test_a_bio_points_to_names_that_may_be_an_accounts(bio: str, handles: list[str]) -> None:
    """Common words, numbers, and what is an address are none."""
    found = [s for s in await taken(showing(bio)) if s.kind == "handle"]

    assert [(s.value, s.part) for s in found] == [(handle, "bio") for handle in handles]


async def test_a_bio_may_claim_to_replace_an_account() -> None:
    """The claim is a signal; what the bio says goes no further."""
    found = await taken(showing("new account, old one suspended"))

    assert Signal(kind="claim", value="replaces another account", part="bio") in found


async def test_only_a_bio_is_read_and_only_so_far() -> None:
    """Another text is no bio, and a bio that is a list of names is cut."""
    assert len(await taken(showing("zarbulan_press", path="text"))) == 1
    assert len(await taken(showing(" ".join(f"zarbulan_{n}" for n in range(99))))) == 1 + MAX_HANDLES
