"""Texts: one signal for each part that has words, with a digest for its value."""

from core.media.fetch import OncePerMessage
from core.model import Gap, Link, Signal, Text
from core.signals.texts import MAX_CHARACTERS, Texts
from core.text.prose import verbatim
from tests import make
from tests.fake_platform import FakePlatform

FILES = OncePerMessage(FakePlatform())


async def found(*parts: Text | Link) -> list[Signal | Gap]:
    """Return what is taken from parts."""
    return list(await Texts().signals(make.message(parts=parts), FILES))


async def test_each_text_is_named_by_a_digest() -> None:
    """The part and whether it is hidden are told, and an address is no text."""
    signals = await found(
        Text(text="blue lanterns", path="text"),
        Text(text="blue lanterns", path="forward.text", hidden=True),
        Link(url="https://a.example/", path="button[0].url"),
    )

    value = verbatim("blue lanterns")
    assert signals == [
        Signal(kind="text", value=value, part="text"),
        Signal(kind="text", value=value, part="forward.text", hidden=True),
    ]


async def test_a_text_without_words_is_none() -> None:
    """Emoji and punctuation alone are nothing to compare."""
    assert await found(Text(text="🏮🏮 …!", path="text")) == []


async def test_the_words_go_along_and_are_never_shown() -> None:
    """The banks need them; what prints a signal does not have them."""
    (signal,) = await found(Text(text="Blue lanterns", path="text"))

    assert isinstance(signal, Signal)
    assert signal.text == "Blue lanterns"
    assert "lantern" not in repr(signal)


async def test_the_end_of_an_endless_text_is_a_gap() -> None:
    """What was not looked at is told."""
    _, gap = sorted(
        await found(Text(text="lamp " * MAX_CHARACTERS, path="text")),
        key=lambda one: isinstance(one, Gap),
    )

    assert gap == Gap(part="text", reason="text of 500,000 characters, of which 100,000 were looked at")
