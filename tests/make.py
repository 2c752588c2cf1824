"""Builders: each gives a valid value with only the interesting field spelled out by its test.

All people, places and lists are invented.
"""

from datetime import UTC, datetime

from core.case import Case, State
from core.model import (
    Account,
    Action,
    ActionKind,
    Bank,
    Entry,
    Gap,
    Happening,
    Match,
    Message,
    Part,
    Place,
    Signal,
    Strength,
    Text,
    Trust,
    Verdict,
    is_forward,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
"""When everything happens, unless a test says otherwise."""


def account(name: str = "Amina R.", *, number: int = 51900412, platform: str = "fake") -> Account:
    """Give a member whose identifiers follow from name and number."""
    handle = "".join(c for c in name.lower() if c.isalnum())
    return Account(id=f"{platform}:id/{number}", name=name, handle=f"{platform}:user/{handle}")


def place(name: str = "Kite Flyers", *, place_id: str = "fake:room") -> Place:
    """Give a group."""
    return Place(id=place_id, name=name)


def message(  # noqa: PLR0913 - a builder: every argument has a default
    text: str = "",
    *,
    message_id: str = "fake:room:1",
    author: Account | None = None,
    at: datetime = NOON,
    happening: Happening = Happening.POSTED,
    parts: tuple[Part, ...] = (),
    reporter: Account | None = None,
) -> Message:
    """Give a message whose parts are its text, if any, and those named."""
    texts: tuple[Part, ...] = (Text(text=text, path="text"),) if text else ()
    return Message(
        id=message_id,
        place=place(),
        author=author or account(),
        at=at,
        happening=happening,
        parts=texts + parts,
        forwarded=is_forward(parts),
        url="https://fake.example/room/1",
        reporter=reporter,
    )


def entry(value: str = "telegram:user/bluelantern", *, kind: str = "link", ref: str = "r1") -> Entry:
    """Give a known item."""
    return Entry(kind=kind, value=value, ref=ref, label="lantern channel", entity="Blue Lantern Front")


def match(
    value: str = "telegram:user/bluelantern",
    *,
    kind: str = "link",
    strength: Strength = Strength.SAME,
    trust: Trust = Trust.TRIAL,
    bank: str = "community",
) -> Match:
    """Give a match of a signal in the text with an entry of the same value."""
    return Match(
        signal=Signal(kind=kind, value=value, part="text"),
        bank=Bank(name=bank, trust=trust),
        entry=entry(value, kind=kind),
        strength=strength,
        because="the text links to it",
    )


def verdict(*matches: Match, actions: tuple[ActionKind, ...] = (), gaps: tuple[Gap, ...] = ()) -> Verdict:
    """Give what a policy named `default` says; without matches named, it has one; actions are only kinds."""
    return Verdict(
        policy="default",
        matches=matches or (match(),),
        actions=tuple(Action(kind=kind) for kind in actions or (ActionKind.REPORT,)),
        gaps=gaps,
        rules=("known-links",),
    )


def case(
    *,
    case_id: str = "7K3",
    state: State = State.OPEN,
    actions: tuple[Action, ...] = (),
    card: str = "",
) -> Case:
    """Give a case about `message()` and `verdict()`, as it was just opened."""
    return Case(
        id=case_id,
        message=message().bare(),
        verdict=verdict(),
        opened_at=NOON,
        state=state,
        actions=actions,
        card=card,
    )
