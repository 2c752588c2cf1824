"""What opaque links lead to stands beside them; what was not looked up is a gap, and nothing is lost."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from core.errors import CannotLook, NotPermitted, TryLater
from core.model import Gap, Link, Message, Signal, Text
from core.ports import Files
from core.resolve.lookup import Lookup
from core.signals.links import Links
from core.signals.opaque import Opaque
from tests import make
from tests.core.signals.test_links import NoFiles

SHORT = "https://t.co/exAmpl3"
HELD_BACK = "short link t.co/exAmpl3: not followed (NIGEHBAN_RESOLVE)"


@dataclass
class Known:
    """A resolver that knows some, counts who asks, and refuses as a test wants."""

    leads: dict[str, tuple[str, ...] | Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def resolve(self, identifier: str) -> tuple[str, ...]:
        """Answer."""
        self.asked.append(identifier)
        answer = self.leads.get(identifier, ())
        if isinstance(answer, Exception):
            raise answer
        return answer


class Silent:
    """A resolver that never answers."""

    async def resolve(self, identifier: str) -> tuple[str, ...]:
        """Wait for what never comes."""
        await asyncio.Event().wait()
        return ()


async def taken(message: Message, opaque: Opaque) -> tuple[list[Signal], list[Gap]]:
    """Give signals and gaps, each in their order."""
    found = list(await opaque.signals(message, NoFiles()))
    return [s for s in found if isinstance(s, Signal)], [g for g in found if isinstance(g, Gap)]


async def test_a_short_link_and_its_target_are_both_signals() -> None:
    """The target is part of the part it was read from, hidden from the eye, and says how it stood there."""
    known = Known({"web:t.co/exAmpl3": ("telegram:user/bluelantern",)})

    signals, gaps = await taken(make.message(f"see {SHORT}"), Opaque(Links(), {Lookup.SHORT_LINKS: known}))

    assert signals == [
        Signal(kind="link", value="web:t.co/exAmpl3", part="text"),
        Signal(
            kind="link",
            value="telegram:user/bluelantern",
            part="text.target",
            hidden=True,
            seen="t.co/exAmpl3",
        ),
    ]
    assert gaps == []


async def test_a_short_link_that_is_not_followed_is_a_gap() -> None:
    """The setting is named; the link itself is a signal as before, and so is everything else."""
    message = make.message(
        f"see {SHORT} and t.me/bluelantern", parts=(Link(url=SHORT, path="button[0].url"),)
    )

    signals, gaps = await taken(message, Opaque(Links(), {}))

    assert [s.value for s in signals] == ["web:t.co/exAmpl3", "telegram:user/bluelantern", "web:t.co/exAmpl3"]
    assert gaps == [Gap(part="text", reason=HELD_BACK), Gap(part="button[0].url", reason=HELD_BACK)]


async def test_invites_and_names_that_are_not_looked_up_are_no_gap() -> None:
    """They were compared as they stand."""
    message = make.message("discord.gg/ExampleKites t.me/bluelantern example.org/a")

    signals, gaps = await taken(message, Opaque(Links(), {}))

    assert len(signals) == 3
    assert gaps == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (CannotLook("its server shows a page"), "its server shows a page"),
        (TryLater("its server is busy (429)", after=9), "its server is busy (429)"),
        (NotPermitted("no right"), "not looked up: no right"),
        (RuntimeError("a mistake"), "could not be looked up"),
    ],
)
async def test_a_lookup_that_fails_is_a_gap_and_takes_nothing_along(error: Exception, reason: str) -> None:
    """Whatever goes wrong with one, the rest of the message is looked at, an unlooked-up name too."""
    lookups: dict[Lookup, Known] = {
        Lookup.SHORT_LINKS: Known({"web:t.co/exAmpl3": error, "web:bit.ly/b": ("x:user/kites",)}),
        Lookup.TELEGRAM_NAMES: Known({"telegram:user/bluelantern": error}),
    }

    signals, gaps = await taken(make.message(f"{SHORT} bit.ly/b t.me/bluelantern"), Opaque(Links(), lookups))

    assert [s.value for s in signals] == [
        "web:t.co/exAmpl3",
        "web:bit.ly/b",
        "telegram:user/bluelantern",
        "x:user/kites",
    ]
    assert gaps == [
        Gap(part="text", reason=f"short link t.co/exAmpl3: {reason}"),
        Gap(part="text", reason=f"Telegram name bluelantern: {reason}"),
    ]


async def test_a_lookup_that_never_answers_is_a_gap() -> None:
    """It has its own patience, so that the judge does not lose the whole source to it."""
    opaque = Opaque(Links(), {Lookup.SHORT_LINKS: Silent()}, patience_s=0.01)

    signals, gaps = await taken(make.message(SHORT), opaque)

    assert [s.value for s in signals] == ["web:t.co/exAmpl3"]
    assert gaps == [Gap(part="text", reason="short link t.co/exAmpl3: no answer in time")]


async def test_a_short_pause_is_waited_for() -> None:
    """At the start of the process a platform is not connected yet, and the first messages wait already."""

    class Starting(Known):
        """Not ready the first time."""

        async def resolve(self, identifier: str) -> tuple[str, ...]:
            """Answer, the second time."""
            found = await super().resolve(identifier)
            if len(self.asked) == 1:
                raise TryLater("not connected yet", after=0.0)
            return found

    known = Starting({"web:t.co/exAmpl3": ("telegram:user/bluelantern",)})

    signals, gaps = await taken(make.message(SHORT), Opaque(Links(), {Lookup.SHORT_LINKS: known}))

    assert [s.value for s in signals] == ["web:t.co/exAmpl3", "telegram:user/bluelantern"]
    assert gaps == []


async def test_a_short_link_to_an_invite_is_looked_up_to_its_end() -> None:
    """Each step is a signal of the same part; what nobody is behind ends it without a gap."""
    short = Known({"web:t.co/exAmpl3": ("discord:invite/ExampleKites",), "web:bit.ly/gone": ()})
    invites = Known({"discord:invite/ExampleKites": ("discord:guild/110000000000000001",)})
    lookups = {Lookup.SHORT_LINKS: short, Lookup.DISCORD_INVITES: invites}

    signals, gaps = await taken(make.message(f"{SHORT} bit.ly/gone"), Opaque(Links(), lookups))

    assert [(s.value, s.part, s.seen) for s in signals[2:]] == [
        ("discord:invite/ExampleKites", "text.target", "t.co/exAmpl3"),
        ("discord:guild/110000000000000001", "text.target", "ExampleKites"),
    ]
    assert gaps == []


async def test_one_message_has_five_lookups_short_links_first() -> None:
    """The rest is counted for each part; the steps of a chain count, too."""
    names = Known()
    short = Known({f"web:t.co/{n}": (f"telegram:user/lantern{n}",) for n in range(9)})
    lookups = {Lookup.TELEGRAM_NAMES: names, Lookup.SHORT_LINKS: short}
    text = "t.me/kites1 t.me/kites2 t.me/kites3 " + " ".join(f"t.co/{n}" for n in range(3))
    message = make.message(text, parts=(Text(text="t.me/kites2 t.me/kites4", path="caption"),))

    signals, gaps = await taken(message, Opaque(Links(), lookups))

    assert short.asked == ["web:t.co/0", "web:t.co/1", "web:t.co/2"]
    assert names.asked == ["telegram:user/kites1", "telegram:user/kites2"]
    assert [s.value for s in signals if s.part == "text.target"] == [
        f"telegram:user/lantern{n}" for n in range(3)
    ]
    assert gaps == [
        Gap(part="text", reason="1 more link, not followed (too many in one message)"),
        Gap(part="caption", reason="1 more link, not followed (too many in one message)"),
        Gap(part="text.target", reason="3 more links, not followed (too many in one message)"),
    ]


async def test_the_same_link_is_looked_up_once_and_told_for_each_part() -> None:
    """Ten copies of one link are one lookup."""
    known = Known({"web:t.co/exAmpl3": ("telegram:user/bluelantern",)})
    parts = tuple(Link(url=SHORT, path=f"button[{n}].url") for n in range(10))

    signals, gaps = await taken(make.message(parts=parts), Opaque(Links(), {Lookup.SHORT_LINKS: known}))

    assert known.asked == ["web:t.co/exAmpl3"]
    assert [s.part for s in signals[10:]] == [f"button[{n}].url.target" for n in range(10)]
    assert gaps == []


async def test_a_circle_between_lookups_ends() -> None:
    """What was looked up in this message is not looked up again."""
    circle = Known({"web:t.co/a": ("web:bit.ly/b",), "web:bit.ly/b": ("web:t.co/a",)})

    signals, gaps = await taken(make.message("t.co/a"), Opaque(Links(), {Lookup.SHORT_LINKS: circle}))

    assert circle.asked == ["web:t.co/a", "web:bit.ly/b"]
    assert len(signals) == 3
    assert gaps == []


async def test_many_short_links_make_few_gaps() -> None:
    """Five are named, the rest is counted: a card has room for a few lines."""
    text = " ".join(f"t.co/{n}" for n in range(300))

    signals, gaps = await taken(make.message(text), Opaque(Links(), {}))

    assert len(signals) == 300
    assert len(gaps) == 6
    assert Gap(part="text", reason="295 more links, not followed (too many in one message)") in gaps


async def test_a_long_link_is_shortened_in_its_reason() -> None:
    """The card shows eighty characters of a reason."""
    (gap,) = (await taken(make.message("https://t.co/" + "x" * 500), Opaque(Links(), {})))[1]

    assert gap.reason.startswith("short link t.co/xxx")
    assert gap.reason.endswith("…: not followed (NIGEHBAN_RESOLVE)")
    assert len(gap.reason) <= 80


async def test_what_is_no_link_is_passed_on_untouched() -> None:
    """Signals of other kinds, and gaps, are those of the source inside, whose name is kept."""

    class Inner:
        """A source of a hash whose value looks like a short link, and of a gap."""

        name = "inner"

        async def signals(self, message: Message, files: Files) -> Iterable[Signal | Gap]:
            """Give both."""
            return (Signal(kind="text", value="web:t.co/a", part="text"), Gap(part="x", reason="y"))

    known = Known()
    opaque = Opaque(Inner(), {Lookup.SHORT_LINKS: known})

    signals, gaps = await taken(make.message(), opaque)

    assert opaque.name == "inner"
    assert [s.kind for s in signals] == ["text"]
    assert gaps == [Gap(part="x", reason="y")]
    assert known.asked == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("see t.me/bluelantern", ["telegram:user/bluelantern"]), ("a kite", []), (f"see {SHORT}", None)],
)
def test_what_needs_no_lookup_is_answered_at_once(text: str, expected: list[str] | None) -> None:
    """A short link has to be waited for, even if only to say that it is not followed."""
    found = Opaque(Links(), {}).at_once(make.message(text))

    values = None if found is None else [one.value for one in found if isinstance(one, Signal)]
    assert values == expected


async def test_who_is_asked_may_be_known_later() -> None:
    """The table is filled when the platforms are there; the source is built before them."""
    resolvers: dict[Lookup, Known] = {}
    opaque = Opaque(Links(), resolvers)
    before = await taken(make.message(SHORT), opaque)

    resolvers[Lookup.SHORT_LINKS] = Known({"web:t.co/exAmpl3": ("telegram:user/bluelantern",)})
    after = await taken(make.message(SHORT), opaque)

    assert [len(part) for part in before] == [1, 1]
    assert [len(part) for part in after] == [2, 0]


async def test_being_cancelled_passes_through() -> None:
    """A shutdown is not a reason for a gap."""
    opaque = Opaque(Links(), {Lookup.SHORT_LINKS: Silent()})
    task = asyncio.create_task(taken(make.message(SHORT), opaque))
    await asyncio.sleep(0)

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
