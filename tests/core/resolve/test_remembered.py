"""What was found or refused is remembered for its time, and asked once however many ask at once."""

import asyncio
from dataclasses import dataclass, field

import pytest

from core.errors import CannotLook, TryLater
from core.resolve.remembered import REFUSED_S, Remembered


@dataclass
class Asked:
    """A resolver that counts, and answers what a test lays in; the clock is beside it."""

    answers: dict[str, tuple[str, ...] | Exception] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    now: float = 0.0

    def __post_init__(self) -> None:
        self.gate.set()

    async def resolve(self, identifier: str) -> tuple[str, ...]:
        """Answer."""
        self.asked.append(identifier)
        await self.gate.wait()
        answer = self.answers.get(identifier, ())
        if isinstance(answer, Exception):
            raise answer
        return answer

    def remembered(self, *, most: int = 100) -> Remembered:
        """Give what is tested, over this."""
        return Remembered(self, kept_s=86_400.0, clock=lambda: self.now, most=most)


async def test_what_was_found_holds_for_its_time() -> None:
    """A second before it ends nobody is asked; at its end somebody is."""
    asked = Asked({"web:t.co/a": ("telegram:user/bluelantern",)})
    one = asked.remembered()

    for asked.now in (0.0, 1.0, 86_399.0):
        assert await one.resolve("web:t.co/a") == ("telegram:user/bluelantern",)
    assert len(asked.asked) == 1

    asked.now = 86_400.0
    await one.resolve("web:t.co/a")
    assert len(asked.asked) == 2


@pytest.mark.parametrize("answer", [CannotLook("its server says that it leads nowhere"), ()])
async def test_a_refusal_and_nothing_hold_for_ten_minutes(answer: tuple[str, ...] | Exception) -> None:
    """Whoever makes us ask again and again for what is not there gets the same answer."""
    asked = Asked({"web:t.co/a": answer})
    one = asked.remembered()

    said = []
    for asked.now in (0.0, REFUSED_S - 1, REFUSED_S):
        try:
            said.append(str(await one.resolve("web:t.co/a")))
        except CannotLook as exc:
            said.append(str(exc))

    assert said == [str(answer)] * 3
    assert len(asked.asked) == 2


async def test_a_busy_server_is_left_alone_as_long_as_it_asks() -> None:
    """The time that is left is told, and then it is asked again."""
    asked = Asked({"web:t.co/a": TryLater("its server is busy (429)", after=30.0)})
    one = asked.remembered()

    left = []
    for asked.now in (0.0, 10.0, 30.0):
        with pytest.raises(TryLater) as refused:
            await one.resolve("web:t.co/a")
        left.append(refused.value.after)

    assert left == [30.0, 20.0, 30.0]
    assert len(asked.asked) == 2


async def test_many_who_ask_at_once_ask_once() -> None:
    """A raid posts one link a hundred times."""
    asked = Asked({"web:t.co/a": ("telegram:user/bluelantern",)})
    asked.gate.clear()
    one = asked.remembered()

    async with asyncio.TaskGroup() as group:
        all_of_them = [group.create_task(one.resolve("web:t.co/a")) for _ in range(100)]
        other = group.create_task(one.resolve("web:t.co/b"))
        await asyncio.sleep(0)
        asked.gate.set()

    assert {task.result() for task in all_of_them} == {("telegram:user/bluelantern",)}
    assert other.result() == ()
    assert sorted(asked.asked) == ["web:t.co/a", "web:t.co/b"]


async def test_who_gives_up_does_not_take_the_answer_from_the_others() -> None:
    """The one who asked is cancelled; the next in line asks."""
    asked = Asked({"web:t.co/a": ("telegram:user/bluelantern",)})
    asked.gate.clear()
    one = asked.remembered()

    async with asyncio.TaskGroup() as group:
        first = group.create_task(one.resolve("web:t.co/a"))
        second = group.create_task(one.resolve("web:t.co/a"))
        await asyncio.sleep(0)
        first.cancel()
        asked.gate.set()

    assert first.cancelled()
    assert second.result() == ("telegram:user/bluelantern",)


async def test_the_one_not_asked_for_longest_is_forgotten() -> None:
    """Memory is bounded, and what is asked for again and again stays."""
    asked = Asked()
    one = asked.remembered(most=2)

    for name in ("a", "b", "a", "c", "a", "b"):
        await one.resolve(name)

    assert asked.asked == ["a", "b", "c", "b"]


async def test_an_error_that_is_remembered_holds_on_to_nothing() -> None:
    """Neither the frames nor the connection of the first time live on in it, nor grow with each raise."""
    asked = Asked({"web:t.co/a": CannotLook("no")})
    one = asked.remembered()
    raised = []

    for _ in range(2):
        with pytest.raises(CannotLook) as refused:
            await one.resolve("web:t.co/a")
        raised.append(refused.value)

    assert raised[0] is not raised[1]
    assert all(error is not asked.answers["web:t.co/a"] for error in raised)
