"""Accounts: who wrote, who was forwarded, who is named; by number and by public name."""

from core.media.fetch import OncePerMessage
from core.model import Account, Mention, Signal, Text
from core.signals.accounts import Accounts
from tests import make
from tests.fake_platform import FakePlatform

FILES = OncePerMessage(FakePlatform())


async def test_the_author_is_known_by_number_and_by_name() -> None:
    """Both identifiers are signals of the part `author`, the stable one first."""
    author = Account(id="telegram:id/51900412", handle="telegram:user/amina_r", name="Amina R.")

    found = list(await Accounts().signals(make.message("hello", author=author), FILES))

    assert found == [
        Signal(kind="account", value="telegram:id/51900412", part="author"),
        Signal(kind="account", value="telegram:user/amina_r", part="author"),
    ]


async def test_forwards_and_mentions_say_where_they_stood() -> None:
    """The origin of a forward and a hidden mention count like the author, in their own parts."""
    forward = Mention(account=Account(id="telegram:chat/1999000456"), path="forward.origin")
    named = Mention(
        account=Account(handle="telegram:user/example_media"), path="text.mention[0]", hidden=True
    )
    author = Account(id="telegram:id/1")

    found = list(await Accounts().signals(make.message(author=author, parts=(forward, named)), FILES))

    assert [(s.value, s.part, s.hidden) for s in found] == [
        ("telegram:id/1", "author", False),
        ("telegram:chat/1999000456", "forward.origin", False),
        ("telegram:user/example_media", "text.mention[0]", True),
    ]


async def test_an_author_without_identifiers_gives_nothing() -> None:
    """A name alone identifies nobody, and a text is not looked at here."""
    message = make.message(author=Account(name="Amina R."), parts=(Text(text="@example_media", path="text"),))

    assert list(await Accounts().signals(message, FILES)) == []


async def test_a_forward_says_the_name_of_its_origin() -> None:
    """Where the platform hides who it was, its name is all there is; other names are no signals."""
    origin = Mention(account=Account(name=" Zarbulan Press "), path="forward.origin")
    replied = Mention(account=Account(name="Quintor Voice"), path="reply.author")
    author = Account(name="Amina R.")

    found = list(await Accounts().signals(make.message(author=author, parts=(origin, replied)), FILES))

    assert found == [Signal(kind="origin", value="Zarbulan Press", part="forward.origin")]
