"""The judge asks every source at once; a failing one leaves a gap and never stops its siblings."""

import asyncio
from collections.abc import Iterable

import pytest

from core.judge import Judge
from core.model import ActionKind, Attachment, Gap, Message, Outcome, Signal, Text
from core.ports import Files
from tests import make
from tests.fake_platform import Always, FakePlatform, KnownWords, Words


class Broken:
    """A source with a mistake in it."""

    name = "broken"

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
        """Fail."""
        raise RuntimeError("a mistake")


class Endless:
    """A source that never answers."""

    name = "endless"

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
        """Wait for what never comes."""
        await asyncio.Event().wait()
        return ()


async def test_what_the_sources_find_meets_the_banks_and_the_policy() -> None:
    """A known word gives a verdict with its match."""
    judge = Judge(sources=[Words()], banks=KnownWords({"lantern"}), policy=Always())

    verdict = await judge(make.message("a lantern"), FakePlatform())

    assert [m.signal.value for m in verdict.matches] == ["lantern"]
    assert verdict.outcome is Outcome.REVIEW


async def test_a_broken_source_is_a_gap_and_the_others_go_on() -> None:
    """The known word is found beside the gap, and the gap is never an `allow`."""
    judge = Judge(sources=[Broken(), Words()], banks=KnownWords({"lantern"}), policy=Always())

    found = await judge(make.message("a lantern"), FakePlatform())
    clean = await judge(make.message("a kite"), FakePlatform())

    assert [m.signal.value for m in found.matches] == ["lantern"]
    assert found.gaps == (Gap(part="broken", reason="could not be looked at"),)
    assert clean.outcome is Outcome.REVIEW


class Prompt(Words):
    """A source that gives words at once where there are any; else it says that it has to wait."""

    def __init__(self) -> None:
        self.waited = 0

    def at_once(self, message: Message) -> Iterable[Signal | Gap] | None:
        """Give the words, or say that there is something to wait for."""
        texts = [part for part in message.parts if isinstance(part, Text)]
        words = [word for part in texts for word in part.text.split()]
        if "broken" in words:
            raise RuntimeError("a mistake")
        return [Signal(kind="word", value=word, part="text") for word in words] or None

    async def signals(self, message: Message, files: Files) -> list[Signal | Gap]:
        """Give one word, late."""
        self.waited += 1
        return [Signal(kind="word", value="late", part="text")]


@pytest.mark.parametrize(
    ("text", "expected", "waited"), [("a kite", ["a", "kite"], 0), ("", ["late"], 1), ("broken", [], 0)]
)
async def test_a_source_that_answers_at_once_is_not_waited_for(
    text: str, expected: list[str], waited: int
) -> None:
    """Its answer counts as any other; and where it breaks, that is a gap, and its siblings go on."""
    source = Prompt()
    judge = Judge(sources=[source, Sizes("size")], banks=KnownWords(), policy=Always())

    signals, gaps = await judge.look(make.message(text), FakePlatform())

    assert ([s.value for s in signals], source.waited) == (expected, waited)
    assert [gap.reason for gap in gaps] == (["could not be looked at"] if text == "broken" else [])


async def test_every_message_is_remembered_by_its_signals() -> None:
    """Also one that nothing is known of: that is what a later list is asked about."""
    remembered: list[tuple[str, list[str]]] = []

    class Recall:
        """Writes down what it is to remember."""

        def note(self, message: Message, signals: Iterable[Signal]) -> None:
            """Write it down."""
            remembered.append((message.id, [signal.value for signal in signals]))

    judge = Judge(sources=[Words()], banks=KnownWords(), policy=Always(), recall=Recall())

    await judge(make.message("a kite"), FakePlatform())

    assert remembered == [("fake:room:1", ["a", "kite"])]


async def test_what_is_found_later_is_only_reported() -> None:
    """A policy that deletes does not do so weeks later."""
    actions = (ActionKind.REPORT, ActionKind.DELETE)
    judge = Judge(sources=[], banks=KnownWords({"lantern"}), policy=Always(actions))
    signal = Signal(kind="link", value="lantern", part="earlier")

    verdict = await judge.later(make.message(), [signal])

    assert [m.signal for m in verdict.matches] == [signal]
    assert [a.kind for a in verdict.actions] == [ActionKind.REPORT]


async def test_a_source_that_takes_too_long_is_a_gap() -> None:
    """Patience ends, and the verdict says so."""
    judge = Judge(sources=[Endless(), Words()], banks=KnownWords(), policy=Always(), patience_s=0.01)

    verdict = await judge(make.message("a kite"), FakePlatform())

    assert verdict.gaps == (Gap(part="endless", reason="took too long"),)


async def test_the_same_signal_twice_counts_once() -> None:
    """Repeating a word does not repeat its signal."""
    judge = Judge(sources=[Words(), Words()], banks=KnownWords(), policy=Always())

    signals, gaps = await judge.look(make.message("kite kite"), FakePlatform())

    assert [s.value for s in signals] == ["kite"]
    assert gaps == ()


class Blind:
    """A source that cannot look at the text."""

    def __init__(self, name: str) -> None:
        """Give it a name."""
        self.name = name

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
        """Leave a gap."""
        return (Gap(part="text", reason="too long"),)


async def test_the_same_gap_twice_is_told_once() -> None:
    """Two sources that cannot look at one part for one reason are one line on a card."""
    judge = Judge(sources=[Blind("one"), Blind("two")], banks=KnownWords(), policy=Always())

    verdict = await judge(make.message("x"), FakePlatform())

    assert verdict.gaps == (Gap(part="text", reason="too long"),)


class Sizes:
    """A source that looks at every attachment."""

    def __init__(self, name: str) -> None:
        self.name = name

    async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
        """Give each attachment's size."""
        attachments = [part for part in message.parts if isinstance(part, Attachment)]
        return [
            Signal(kind=self.name, value=str(len(await files.fetch(a))), part=a.path) for a in attachments
        ]


async def test_a_file_is_fetched_once_however_many_sources_look_at_it() -> None:
    """Two sources see the same bytes of one fetch; the next message fetches anew."""
    platform = CountingFiles()
    judge = Judge(sources=[Sizes("a"), Sizes("b")], banks=KnownWords(), policy=Always())
    message = make.message(parts=(Attachment(ref="r", path="attachment[0]"),))

    signals, _ = await judge.look(message, platform)

    assert [(s.kind, s.value) for s in signals] == [("a", "3"), ("b", "3")]
    assert platform.fetched == ["r"]
    await judge.look(message, platform)
    assert platform.fetched == ["r", "r"]


class CountingFiles:
    """Files of three bytes; remembers which were asked for."""

    def __init__(self) -> None:
        self.fetched: list[str] = []

    async def fetch(self, attachment: Attachment) -> bytes:
        """Give them."""
        self.fetched.append(attachment.ref)
        await asyncio.sleep(0)
        return b"abc"
