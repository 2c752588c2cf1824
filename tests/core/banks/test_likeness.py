"""Each way to imitate an account, with what comes close to it and is none: weighed and told.

Everybody is invented. `Zarbulan` is a word that nobody else uses, `Blue Lantern Front` is made of plain ones.
"""

from dataclasses import replace

import pytest

from core.banks.likeness import Profile, handle_of, likeness
from core.model import Entry, Strength

PICTURE = "0f" * 32
KNOWN = Entry(kind="link", value="telegram:user/zarbulan_press", name="Zarbulan Press", avatar=PICTURE)
FRONT = Entry(kind="link", value="x:user/bluelanternfront", name="Blue Lantern Front")
PERSON = Entry(kind="link", value="x:user/alimirza", name="Ali Mirza", avatar=PICTURE)

STRONG, WEAK = Strength.STRONG, Strength.WEAK


def picture(bits: int) -> str:
    """Give a hash that differs from the known one in so many bits."""
    return f"{int(PICTURE, 16) ^ ((1 << bits) - 1):064x}"


def profile(handle: str = "", name: str = "", platform: str = "telegram") -> Profile:
    """Give an account."""
    return Profile(identifiers=(f"{platform}:user/{handle}",) if handle else (), name=name)


def found(one: Profile, known: Entry = KNOWN) -> tuple[Strength | None, list[str]]:
    """Return how strong a likeness is, and its grounds."""
    alike = likeness(one, known)
    return (alike.strength, [ground.says for ground in alike.grounds]) if alike else (None, [])


NAME = "same display name"


@pytest.mark.parametrize(
    ("handle", "said"),
    [
        ("zarbulan_press_backup", "handle adds backup"),
        ("zarbulanpressbackup", "handle adds backup"),
        ("zarbulan_press_bkp", "handle adds bkp"),
        ("zarbulan_press_official", "handle adds official"),
        ("zarbulanpressnew", "handle adds new"),
        ("the_zarbulan_press", "handle adds the"),
        ("zarbulan_press_new2", "handle adds new2"),
        ("zarbulanpressbackup2", "handle adds backup"),
        ("zarbulan_press_live", "handle has the known one in it"),
        ("xx_zarbulan_press_xx", "handle has the known one in it"),
        ("zarbulan_press_bak", "handle adds bak"),
        ("zarbulan_press_ofc", "handle adds ofc"),
        ("zarbulan_press_pk", "handle adds pk"),
        ("zarbulan_press_mirror", "handle adds mirror"),
        ("real_zarbulan_press_2", "handle adds real"),
        ("zarbulan_press_2", "handle differs only in digits at its ends"),
        ("zarbulanpress4821", "handle differs only in digits at its ends"),
        ("zarbulanpress", "handle differs only in what sets its letters apart"),
        ("za_rbulan.press", "handle differs only in what sets its letters apart"),
        ("zarrbulan_press", "handle says a letter twice, or once instead of twice"),
        ("zarbulan_pres", "handle says a letter twice, or once instead of twice"),
        ("z4rbul4n_pr355", "handle differs only in characters that stand for the same letters"),
        ("zarbuian_press", "handle differs only in characters that stand for the same letters"),
        ("zarublan_press", "handle swaps two letters"),
        ("zarbulanp_ress2", "handle differs only in digits at its ends"),
        ("zarbulxn_press", "handle differs by one letter"),
        ("zarbuln_press", "handle differs by one letter"),
        ("z4rublan_press_backup", "handle swaps two letters"),
    ],
)
def test_an_edited_handle_with_the_same_name_is_a_mirror(handle: str, said: str) -> None:
    """The edit is told in words; suffixes, digits, leet, swaps, doubled letters, separators."""
    strength, grounds = found(profile(handle, "Zarbulan Press"))

    assert strength is STRONG
    assert grounds[:2] == [said, NAME]


@pytest.mark.parametrize(
    ("handle", "name"),
    [
        ("zarbulan_news", "Zarbulan News"),
        ("zarbulan_media", "Zarbulan Media"),
        ("zarbuvel_press", "Zarbuvel Press"),
        ("zarlantuv3", "Zarlantuv"),
        ("press_tv46", "City Desk"),
        ("omarraza304", "Omar Raza"),
        ("zarbulan_press_fans", "Zarbulan Press Fans"),
        ("against_zarbulan", "Fact check: Zarbulan Press"),
        ("zarbulan_watch", "Zarbulan Watch"),
        ("lantern_books", "Lantern Books"),
        ("user4995482", "Hope"),
        ("mirror_works", "Mirror Works"),
        ("copy_shop_two", "Copy Shop Two"),
    ],
)
def test_what_shares_only_a_word_is_no_mirror(handle: str, name: str) -> None:
    """Another channel of the same word, news, fans, critics, common names, the same first letters."""
    assert found(profile(handle, name)) == (None, [])
    assert found(profile(handle, name), FRONT) == (None, [])


@pytest.mark.parametrize(
    "name", ["صدائے زربلان", "صداۓ زربلان", "صداے زربلان", "صدای زربلان", "صَدائے زَربلان"]
)
def test_an_urdu_ending_is_one_however_it_is_written(name: str) -> None:
    """Keyboards write the yeh that ends a word with a hamza on it, before it, or with none."""
    known = Entry(kind="link", value="telegram:user/sadaezarbulan", name="صدائے زربلان")

    assert NAME in found(profile("sadaezarbulan2", name), known)[1]
    assert NAME not in found(profile("sadaezarbulan2", "صدا زربلان"), known)[1]


@pytest.mark.parametrize("handle", ["harbournvoice", "harbour_mvoice", "harborunvoice", "harbournovice"])
def test_edits_around_rn_are_edits_like_others(handle: str) -> None:
    """Although rn looks like m, a swap beside it is one edit; and the m is none."""
    known = Entry(kind="link", value="x:user/harbourn_voice", name="Harbourn Voice")

    assert found(profile(handle, "Harbourn Voice"), known)[0] is STRONG
    assert found(profile(handle, "Nadia Poems"), known) == (None, [])


def test_a_handle_that_has_the_known_one_in_it_needs_the_very_name() -> None:
    """A name that is only like it is shown; another one, a critic's word or a short handle is not enough."""
    short = Entry(kind="link", value="x:user/zarbul", name="Zarbulan Press")

    assert found(profile("zarbulan_press_live", "Zarbulan Prese"))[0] is WEAK
    assert found(profile("zarbulan_press_live", "Nadia Poems")) == (None, [])
    assert found(profile("zarbulan_press_exposed", "Zarbulan Press"))[0] is WEAK
    assert found(profile("not_zarbulan_press", "Zarbulan Press"))[0] is WEAK
    assert found(profile("zarbulistan", "Zarbulan Press"), short) == (None, [])


def test_the_same_handle_elsewhere_needs_the_name_as_well() -> None:
    """Two people may have one handle on two platforms; with one name they are one."""
    assert found(profile("zarbulan_press", "Zarbulan Press", platform="x"))[0] is STRONG
    assert found(profile("zarbulan_press", "Nadia Poems", platform="x")) == (None, [])
    assert found(profile("bluelanternfront", "Blue Lantern Front"), FRONT)[0] is STRONG


@pytest.mark.parametrize(
    ("name", "known", "strength"),
    [
        ("Z\u0430rbul\u0430n Pr\u0435ss", KNOWN, STRONG),
        ("Blu\u0435 L\u0430nt\u0435rn Front", FRONT, STRONG),
        ("ZARBULAN \u067e\u0631\u06cc\u0633", KNOWN, None),
        ("\U0001d419\U0001d41a\U0001d42bbulan Press", KNOWN, None),
        ("Al\u0456 M\u0456rza", PERSON, None),
        ("Zarbulan Press", KNOWN, None),
        ("Blue Lantern Front", FRONT, None),
    ],
)
def test_letters_of_another_alphabet_are_a_ground_of_their_own(
    name: str, known: Entry, strength: Strength | None
) -> None:
    """Under a handle of its own only a telling name in foreign letters is sure; else it may be chance."""
    assert found(profile("quinceharbour", name), known)[0] is strength


@pytest.mark.parametrize(
    ("handle", "name", "known", "strength"),
    [
        ("user4995482", "Zarbulan Press", KNOWN, STRONG),
        ("user4995482", "Zarbulan \u067e\u0631\u06cc\u0633", KNOWN, STRONG),
        ("user4995482", "Blue Lantern Front", FRONT, WEAK),
        ("user4995482", "Ali Mirza", PERSON, None),
        ("quinceharbour", "Zarbulan Press (backup)", KNOWN, STRONG),
        ("quinceharbour", "Blue Lantern Front (backup)", FRONT, WEAK),
        ("user4995482", "Blue Lantern Front (backup)", FRONT, STRONG),
        ("quinceharbour", "Ali Mirza (backup)", PERSON, None),
        ("zarbulxn_press", "Zarbulxn Press", KNOWN, WEAK),
        ("ali_mirza604", "Ali Mirza", PERSON, None),
        ("alimirzaa", "Ali Mirza", PERSON, None),
    ],
)
def test_a_name_alone_never_suffices(handle: str, name: str, known: Entry, strength: Strength | None) -> None:
    """A channel's name weighs more than others, a common one nothing; each needs something beside it."""
    assert found(profile(handle, name), known)[0] is strength


@pytest.mark.parametrize(
    ("bits", "replaces", "handle", "strength"),
    [
        (0, False, "quinceharbour", STRONG),
        (31, False, "quinceharbour", STRONG),
        (32, False, "quinceharbour", None),
        (32, False, "acc8333822", STRONG),
        (48, True, "quinceharbour", STRONG),
        (49, True, "quinceharbour", WEAK),
        (64, True, "acc8333822", STRONG),
        (65, True, "acc8333822", None),
    ],
)
def test_the_same_picture_suffices_and_an_altered_one_helps(
    bits: int,
    replaces: bool,  # noqa: FBT001  # a table
    handle: str,
    strength: Strength | None,
) -> None:
    """Up to 31 bits it is the same picture; up to 64 it is a ground beside others."""
    one = replace(profile(handle, "Hope"), avatars=(picture(bits), "f0" * 32), replaces=replaces)

    alike = likeness(one, KNOWN)

    assert (alike.strength if alike else None) is strength
    if alike:
        assert alike.distance == bits
        assert f"picture at {bits} of 256 bits" in [ground.says for ground in alike.grounds]


def test_a_picture_of_many_organisations_is_nobodys_own() -> None:
    """A flag, or a name that many use, counts less; beside each other they still add up."""
    one = replace(profile("quinceharbour", "Hope"), avatars=(PICTURE,))
    named = profile("zarbulan_press", "Zarbulan Press", platform="x")
    shared = frozenset({"name", "picture"})

    assert likeness(one, KNOWN, shared=shared) is None
    assert likeness(profile("user4995482", "Zarbulan Press"), KNOWN, shared=shared) is not None
    alike = likeness(named, KNOWN, shared=shared)
    assert alike
    assert (alike.strength, alike.weight) == (STRONG, 105)


def test_a_bio_counts_only_together_with_another_ground() -> None:
    """A critic links to what they warn of, and a member to what they like."""
    linked = frozenset({KNOWN.value})
    stranger = profile("quinceharbour", "Nadia Poems")

    assert found(replace(stranger, linked=linked)) == (None, [])
    assert found(replace(stranger, pointed_at=("zarbulan_press",), replaces=True)) == (None, [])
    assert found(replace(profile("zarbulan_press_2", "Nadia Poems"), linked=linked)) == (
        STRONG,
        ["handle differs only in digits at its ends", "its bio links to it"],
    )
    assert found(replace(profile("quinceharbour", "Zarbulan Press"), pointed_at=("zarbulan_press",))) == (
        STRONG,
        [NAME, "its bio names it"],
    )


@pytest.mark.parametrize("name", ["Fact check: Zarbulan", "Zarbulan Press Watch", "Stop Zarbulan"])
def test_who_speaks_about_an_account_is_at_most_shown(name: str) -> None:
    """With its very picture and a link to it: a critic shows what they write about."""
    one = replace(profile("zarbulan_press_2", name), avatars=(PICTURE,), linked=frozenset({KNOWN.value}))
    picture_only = replace(profile("quinceharbour", name), avatars=(PICTURE,))

    assert found(one)[0] is WEAK
    assert found(picture_only) == (None, [])


def test_a_known_account_that_speaks_about_somebody_can_be_imitated() -> None:
    """The word is its own then, and says nothing about the mirror."""
    watch = Entry(kind="link", value="telegram:user/zarbulan_watch", name="Zarbulan Watch")

    assert found(profile("zarbulan_watch_2", "Zarbulan Watch"), watch)[0] is STRONG


def test_a_list_of_bare_handles_has_mirrors_too() -> None:
    """Where the known account has no name, the handle that the new name repeats counts instead."""
    bare = Entry(kind="link", value="telegram:user/zarbulan")

    assert found(profile("zarbulan_backup", "Zarbulan (backup)"), bare)[0] is STRONG
    assert found(profile("zarbulan_backup", "Hope"), bare) == (
        WEAK,
        ["handle adds backup", "it says that it replaces another account"],
    )
    assert found(profile("zarbulan_tv", "Hope"), bare) == (None, [])


@pytest.mark.parametrize(
    ("identifier", "handle"),
    [
        ("telegram:user/zarbulan", "zarbulan"),
        ("facebook:page/zarbulan.press", "zarbulan.press"),
        ("matrix:user/@zarbulan:example.org", "zarbulan"),
        ("telegram:id/51900412", ""),
        ("discord:user/1150000000000000002", ""),
        ("telegram:invite/AAAAAEexample", ""),
        ("whatsapp:channel/0029Vexample", ""),
        ("web:example.org/zarbulan", ""),
        ("", ""),
    ],
)
def test_only_names_are_handles(identifier: str, handle: str) -> None:
    """Numbers and codes resemble nothing."""
    assert handle_of(identifier) == handle


@pytest.mark.parametrize("avatar", ["", "no hash", "0f" * 31])
def test_a_picture_that_is_none_is_no_ground(avatar: str) -> None:
    """On either side."""
    one = replace(profile("quinceharbour", "Hope"), avatars=(avatar,))

    assert likeness(one, KNOWN) is None
    assert likeness(replace(one, avatars=(PICTURE,)), replace(KNOWN, avatar=avatar)) is None
