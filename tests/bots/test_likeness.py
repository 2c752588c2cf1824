"""A likeness card lets the eye compare: both accounts, what differs in brackets, nothing to be tapped."""

from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.card import LIMIT, Press, card_of, decision_of
from bots.likeness import likeness
from core.case import Case, decided, opened, settled
from core.model import (
    Account,
    ActionKind,
    Bank,
    Entry,
    Happening,
    Match,
    Place,
    Signal,
    Status,
    Strength,
    Trust,
)
from tests import make

KNOWN = Account(name="Blue Lantern", handle="telegram:user/bluelantern")
MIRROR = Account(id="telegram:id/5190044128", name="Blue Lantem", handle="telegram:user/bluelantem")


def match(known: Account = KNOWN, *, distance: int | None = None, trust: Trust = Trust.TRIAL) -> Match:
    """Give a likeness with a known account, as the recogniser makes it."""
    return Match(
        signal=Signal(kind="profile", value="seen", part="author"),
        bank=Bank(name="community", trust=trust),
        entry=Entry(kind="link", value=known.handle, name=known.name, entity="Blue Lantern Front"),
        strength=Strength.STRONG,
        distance=distance,
        because="the handle looks like a known one",
    )


def compared(known: Account, here: Account, *, platform: str = "telegram") -> tuple[str, ...]:
    """Give the lines, without the marks that isolate names."""
    return tuple(plain(line) for line in likeness(match(known), here, platform=platform))


def plain(line: str) -> str:
    """Take the marks that isolate names and break mentions away."""
    return line.translate({0x2068: None, 0x2069: None, 0x2060: None})


def case(*matches: Match, author: Account = MIRROR, happening: Happening = Happening.PROFILE) -> Case:
    """Give the case of an account that showed itself."""
    message = replace(make.message(author=author, happening=happening), url="")
    message = replace(message, place=Place(id="telegram:-100", name="Kite Flyers"))
    return opened("7K3", message, make.verdict(*(matches or (match(),))), at=make.NOON)


def test_the_card_puts_both_accounts_one_under_the_other() -> None:
    """The whole card, line by line; there is no message, so there is nothing to delete."""
    card = card_of(case(match(distance=8)), zone=UTC, now=make.NOON)

    assert tuple(map(plain, card.lines)) == (
        "🟡 Looks like a known account · case 7K3",
        "“Blue Lantem” (@bluelantem, id 51900…128)",
        "in Kite Flyers · 2026-03-01 12:00 UTC · profile",
        "Known: “Blue Lante[rn]” · @bluelante[rn]",
        "Here: “Blue Lante[m]” · @bluelante[m]",
        "  the handle looks like a known one · picture: 8 of 256 bits differ",
        "  in list community (on trial) · entity: Blue Lantern Front",
        "Policy default: report only. Nothing has been done.",
    )
    assert [button.label for button in card.buttons] == ["Ban", "Dismiss", "Details"]


@pytest.mark.parametrize("happening", [Happening.JOINED, Happening.PROFILE])
def test_a_ban_takes_nothing_away_and_can_be_undone(happening: Happening) -> None:
    """An account that only showed itself is banned and unbanned; no deletion is spoken of."""
    moderator = make.account("Omar", number=7)
    fresh = case(happening=happening)
    ban = decision_of(fresh, Press.BAN, moderator=moderator, at=make.NOON)
    assert ban

    banned = settled(decided(fresh, ban), 1, status=Status.DONE)
    undo = decision_of(banned, Press.UNDO, moderator=moderator, at=make.NOON)
    assert undo
    undone = decided(banned, undo)

    assert ban.actions == (ActionKind.BAN,)
    assert [a.kind for a in undone.actions] == [ActionKind.REPORT, ActionKind.BAN, ActionKind.UNBAN]
    assert not any("elete" in line for line in card_of(undone, zone=UTC, now=make.NOON).lines)


@pytest.mark.parametrize("strength", list(Strength))
def test_a_likeness_is_yellow_however_strong(strength: Strength) -> None:
    """It is for human eyes; something surely known beside it turns the card red."""
    alone = case(replace(match(), strength=strength))
    beside = case(replace(match(), strength=Strength.STRONG), make.match(kind="account"))

    assert card_of(alone, zone=UTC, now=make.NOON).title == "🟡 Looks like a known account · case 7K3"
    assert card_of(beside, zone=UTC, now=make.NOON).title == "🔴 Account on a list · case 7K3"


@pytest.mark.parametrize(
    ("known", "here", "shown"),
    [
        ("Blue Lantern", "Blue Lantern", ("Blue Lantern", "Blue Lantern")),
        ("Blue Lantern", "BLUE LANTERN", ("Blue Lantern", "BLUE LANTERN")),
        ("Blue Lantern", "Blue Lantem", ("Blue Lante[rn]", "Blue Lante[m]")),
        ("Blue Lantern", "Blue Lantenr", ("Blue Lanter[n]", "Blue Lante[n]r")),
        ("Blue Lantern", "Blue Lanntern", ("Blue Lantern", "Blue Lan[n]tern")),
        ("Blue Lantern", "Blue Lantrn", ("Blue Lant[e]rn", "Blue Lantrn")),
        ("Blue Lantern", "BIue Lantern", ("B[l]ue Lantern", "B[I]ue Lantern")),
        ("Blue Lantern", "Blue Lаntern", ("Blue L[a]ntern", "Blue L[а]ntern")),  # Cyrillic
        ("Blue Lantern", "Blue Lantern News", ("Blue Lantern", "Blue Lantern[ News]")),
        ("Blue Lantern", "Blue\u200b Lan\u00adtern", ("Blue Lantern", "Blue Lantern")),
        ("Blue Lantern", "\u202eBlue Lantern", ("Blue Lantern", "Blue Lantern")),
        ("Blue Lantern", "Blue  Lantern\n", ("Blue Lantern", "Blue Lantern")),
        ("Blue Lantern", "Blue Lánterń", ("Blue L[a]nter[n]", "Blue L[á]nter[ń]")),
        ("Blue Lántern", "Blue La\u0301ntern", ("Blue Lántern", "Blue Lántern")),
        ("Blue Lantern", "Blue Lan\u0336tern", ("Blue La[n]tern", "Blue La[n\u0336]tern")),
        ("نیلی لالٹین", "نيلي لالٹين", ("ن[ی]ل[ی] لالٹ[ی]ن", "ن[ي]ل[ي] لالٹ[ي]ن")),
        ("نیلی لالٹین", "نیلی لالٹینن", ("نیلی لالٹین", "نیلی لالٹین[ن]")),
        ("Blue Lantern", "Zahra", ("Blue Lantern", "Zahra")),
        ("Blue Lantern", "Blue [Lantern", ("Blue Lantern", "Blue [(]Lantern")),
        ("x" * 60, "x" * 60, ("x" * 39 + "…", "x" * 39 + "…")),
    ],
)
def test_what_differs_stands_in_brackets(known: str, here: str, shown: tuple[str, str]) -> None:
    """Letters replaced, swapped, doubled, left out or of another script; not case, nor what nobody sees."""
    lines = compared(Account(name=known, handle=""), Account(name=here))

    assert [line.partition(": ")[2] for line in lines[:2]] == [f"“{name}”" for name in shown]


@pytest.mark.parametrize(
    ("known", "here", "told"),
    [
        ("Blue Lantern", "Blue Lаntern", ["Cyrillic letters"]),  # Cyrillic
        ("Blue Lantern", "Вluе Lаntеrn", ["Cyrillic letters"]),  # Cyrillic
        ("Blue Lantern", "B1ue Lаntern", ["Cyrillic letters and digits"]),  # Cyrillic
        ("Blue Lantern", "Blue Lαntern", ["Greek letters"]),  # Greek
        ("Blue Lantern", "𝐁lue Lantern", ["Mathematical letters"]),  # mathematical
        ("نیلی لالٹین", "نيلي لالٹين", []),
        ("Blue Lantern 24", "B1ue Lantern 24", []),
        ("Blue Lantern", "Blue Lantem 🏮", []),
        ("", "Зоя", []),
    ],
)
def test_letters_of_another_script_are_named(known: str, here: str, told: list[str]) -> None:
    """The eye does not see them; scripts that the known name has as well are not worth a word."""
    lines = compared(Account(name=known, handle=""), Account(name=here))

    found = [line.removeprefix("  written here with ") for line in lines if "written here" in line]
    assert found == told


@pytest.mark.parametrize(
    ("known", "here", "shown"),
    [
        (KNOWN, MIRROR, ("@bluelante[rn]", "@bluelante[m]")),
        (replace(KNOWN, handle="x:user/blue_lantern"), MIRROR, ("@blue[_]lante[rn] on X", "@bluelante[m]")),
        (replace(KNOWN, handle="matrix:user/kite"), MIRROR, ("@kite on Matrix", "@bluelantem")),
        (replace(KNOWN, handle="telegram:id/5190011999"), MIRROR, ("id 51900…999", "@bluelantem")),
        (KNOWN, replace(MIRROR, handle=""), ("@bluelantern", "id 51900…128")),
    ],
)
def test_handles_are_compared_as_well(known: Account, here: Account, shown: tuple[str, str]) -> None:
    """Of another service that is named; an account without a handle goes by its number."""
    lines = compared(known, here)

    assert tuple(line.rpartition(" · ")[2] for line in lines[:2]) == shown


def test_names_on_it_can_neither_ping_nor_lead_anywhere_nor_turn_the_line() -> None:
    """Marked names are as harmless as any: isolated, no mention, no address, no direction of their own."""
    hostile = "\u202e@everyone https://bad.example/x t.me/bluelantern\n🔴"
    lines = likeness(
        match(replace(KNOWN, name=hostile)),
        replace(MIRROR, name=hostile, handle="telegram:user/a.b"),
        platform="telegram",
    )

    for line in lines[:2]:
        assert line.count("\u2068") == line.count("\u2069") == 2
        for bad in ("\u202e", "@everyone", "://", "bad.example", "\n", "t.me", "@a"):
            assert bad not in line


@pytest.mark.parametrize(
    ("because", "distance", "told"),
    [
        ("same display name", None, "  same display name"),
        ("same display name", 8, "  same display name · picture: 8 of 256 bits differ"),
        ("same display name, picture at 8 of 256 bits", 8, "  same display name, picture at 8 of 256 bits"),
    ],
)
def test_how_far_the_pictures_are_apart_is_said_once(because: str, distance: int | None, told: str) -> None:
    """By the grounds, where they speak of it, else beside them."""
    found = replace(match(distance=distance), because=because)

    assert plain(likeness(found, MIRROR, platform="telegram")[2]) == told


def test_a_promoted_list_is_not_called_a_trial() -> None:
    """The card tells how far the list is trusted."""
    assert "trial" not in likeness(match(trust=Trust.ACT), MIRROR, platform="telegram")[-1]


@given(known=st.text(max_size=300), here=st.text(max_size=300), matches=st.integers(1, 12))
def test_whatever_names_hold_the_card_stays_short(known: str, here: str, matches: int) -> None:
    """Long names, accents upon accents, brackets: a phone shows it, one line is one line."""
    found = [
        replace(match(replace(KNOWN, name=known)), bank=Bank(name=f"{known}{n}")) for n in range(matches)
    ]

    card = card_of(case(*found, author=replace(MIRROR, name=here)), zone=UTC, now=make.NOON)

    assert sum(len(line) + 1 for line in card.lines) <= LIMIT
    assert all("\n" not in line for line in card.lines)
