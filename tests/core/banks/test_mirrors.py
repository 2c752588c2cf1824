"""A profile among signals, and the matches it leads to."""

from dataclasses import replace

from core.banks.likeness import Profile
from core.banks.mirrors import TOLD, mirrors, namesakes, profile_in
from core.model import Bank, Entry, Signal, Strength

BANK = Bank(name="community")
PICTURE = "0f" * 32
SHOWN = Signal(kind="profile", value="Zarbulan Press", part="author")
MIRROR = Profile(identifiers=("telegram:user/zarbulan_press_2",), name="Zarbulan Press")


def account(value: str = "telegram:user/zarbulan_press", *, entity: str = "", avatar: str = "") -> Entry:
    """Give a known account."""
    return Entry(kind="link", value=value, name="Zarbulan Press", entity=entity, avatar=avatar)


def test_signals_of_a_profile_are_put_together() -> None:
    """Its own identifiers, its picture, and what its bio says; nothing of other parts."""
    signals = [
        Signal(kind="account", value="telegram:id/7", part="author"),
        Signal(kind="account", value="telegram:user/quince", part="author"),
        Signal(kind="account", value="telegram:user/other", part="forward.origin"),
        Signal(kind="link", value="telegram:user/quince", part="url"),
        Signal(kind="link", value="telegram:user/zarbulan_press", part="bio"),
        Signal(kind="link", value="telegram:user/elsewhere", part="biography"),
        Signal(kind="pdq", value=PICTURE, part="avatar", quality=90),
        Signal(kind="pdq", value="f0" * 32, part="avatar", quality=49),
        Signal(kind="pdq", value="ff" * 32, part="attachment[0]", quality=90),
        Signal(kind="handle", value="zarbulan_tv", part="bio"),
        Signal(kind="claim", value="replaces another account", part="bio"),
        SHOWN,
    ]

    assert profile_in(signals) == (
        SHOWN,
        Profile(
            identifiers=("telegram:id/7", "telegram:user/quince"),
            name="Zarbulan Press",
            avatars=(PICTURE,),
            linked=frozenset({"telegram:user/zarbulan_press"}),
            pointed_at=("zarbulan_tv",),
            replaces=True,
        ),
    )
    assert profile_in(signals[:-1]) is None


def test_a_mirror_is_told_in_one_sentence() -> None:
    """The known account and every ground; the picture's distance is the match's."""
    altered = f"{int(PICTURE, 16) ^ 0xFF:064x}"
    one = replace(MIRROR, avatars=(altered,))

    (match,) = mirrors(SHOWN, one, [(BANK, account(avatar=PICTURE))])

    assert (match.signal, match.bank, match.entry) == (SHOWN, BANK, account(avatar=PICTURE))
    assert (match.strength, match.distance) == (Strength.STRONG, 8)
    assert match.because == (
        "imitates telegram:user/zarbulan_press: handle differs only in digits at its ends, "
        "same display name, picture at 8 of 256 bits"
    )


def test_a_listed_account_is_no_mirror() -> None:
    """Neither of itself nor of its sister on another platform: it has a match of its own."""
    known = [(BANK, account()), (BANK, account("x:user/zarbulan_press"))]

    assert mirrors(SHOWN, replace(MIRROR, identifiers=("x:user/zarbulan_press",)), known) == ()


def test_the_likest_come_first_and_few_are_told() -> None:
    """Of equals, those of the same platform; an account on two lists is told with both."""
    values = [f"{platform}:user/zarbulan_press" for platform in ("x", "instagram", "tiktok", "telegram")]
    known = [(BANK, account(value)) for value in values] + [(Bank(name="other"), account())]

    found = mirrors(SHOWN, MIRROR, known)

    assert [(m.entry.value, m.bank.name) for m in found[:2]] == [
        ("telegram:user/zarbulan_press", "community"),
        ("telegram:user/zarbulan_press", "other"),
    ]
    assert len({m.entry.value for m in found}) == TOLD


def test_a_picture_that_many_organisations_have_says_little() -> None:
    """A flag on the accounts of five is no mirror's picture; on those of four it still is."""
    flag = Profile(identifiers=("telegram:user/quinceharbour",), name="Hope", avatars=(PICTURE,))
    known = [(BANK, account(f"x:user/zarbulan{n}", entity=f"Front {n}", avatar=PICTURE)) for n in range(5)]

    assert mirrors(SHOWN, flag, known) == ()
    assert {m.strength for m in mirrors(SHOWN, flag, known[:4])} == {Strength.STRONG}


def test_nobody_around_nobody_told() -> None:
    """An empty list has no mirrors."""
    assert mirrors(SHOWN, MIRROR, []) == ()


ORIGIN = Signal(kind="origin", value="ZARBULAN PRESS", part="forward.origin")


def test_the_name_of_a_forwards_origin_is_a_reason_to_look() -> None:
    """It is weak, so no policy does more than report it, and it says that it is no proof."""
    (match,) = namesakes(ORIGIN, [(BANK, account())])

    assert (match.signal, match.entry, match.strength) == (ORIGIN, account(), Strength.WEAK)
    assert match.signal.subject == "account"
    assert "a name alone proves nothing" in match.because


def test_another_name_is_no_namesake() -> None:
    """The index also gives names that are one letter away."""
    assert namesakes(replace(ORIGIN, value="Zarbulen Press"), [(BANK, account())]) == ()


def test_a_name_of_many_organisations_is_nobodys() -> None:
    """From five organisations on it says nothing; of the accounts of one, three are told."""
    one = [(BANK, account(f"x:user/zarbulan_{n}", entity="Front")) for n in range(5)]
    many = [(BANK, account(f"x:user/zarbulan_{n}", entity=f"Front {n}")) for n in range(5)]

    assert len(namesakes(ORIGIN, one)) == TOLD
    assert namesakes(ORIGIN, many) == ()
