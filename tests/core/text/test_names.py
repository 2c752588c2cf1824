"""What names and handles are compared by, and which of them tell anything."""

import pytest

from core.text.names import handle_forms, name_spelling, read_handle, read_name, says_replacement


@pytest.mark.parametrize(
    "disguised",
    [
        "BLUE LANTERN FRONT",
        "Blue  Lantern | Front",
        "Blue Lantern Front (backup)",
        "The Official Blue Lantern Front 2",
        "New Blue Lantern Front 🇵🇰",
        "Blue Lantern Front 786",
        "Blue Lantern Front24",
        "\u0392lu\u0435 L\u0430nt\u0435rn Fr\u043ent",
        "\U0001d401\U0001d425\U0001d42e\U0001d41e Lantern Front",
        "B l u e Lantern Front",
        "Blue Lantern Front - بیک اپ",
    ],
)
def test_additions_and_disguises_leave_the_name(disguised: str) -> None:
    """Words that imitators add, numbers, flags and styles are not the name."""
    assert name_spelling(disguised) == name_spelling("Blue Lantern Front")
    assert read_name(disguised).spelling == name_spelling(disguised)


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("Blue Lantern News", "Blue Lantern Press"),
        ("Blue Lantern Front", "Blue Lantern Front Fans"),
        ("Blue Lantern Front", "Fact check: Blue Lantern Front"),
        ("Blue Lantern Front", "Green Lantern Front"),
        ("official", "new"),
    ],
)
def test_other_names_stay_apart(one: str, another: str) -> None:
    """Another kind of channel, or a word about the name, is another name; so is one of only such words."""
    assert name_spelling(one) != name_spelling(another)


def test_kinds_of_channel_are_one_word_in_two_scripts() -> None:
    """An Urdu channel and its retyped twin."""
    assert name_spelling("Zarbulan نیوز") == name_spelling("Zarbulan News")
    assert name_spelling("Zarbulan ٹی وی") == name_spelling("Zarbulan TV")
    assert name_spelling("زربلان میڈیا") == name_spelling("زربلان ميڈيا")


@pytest.mark.parametrize(
    ("name", "telling", "channel"),
    [
        ("Blue Lantern Front", True, False),
        ("Zarbulan Media", True, True),
        ("زربلان میڈیا", True, True),
        ("Islamic World News", True, False),
        ("Ali Mirza", False, False),
        ("Muhammad Ali Khan Baloch", False, False),
        ("محمد خان", False, False),
        ("City Desk", False, False),
        ("Daily Voice", False, False),
        ("Hope", False, False),
        ("Zed", False, False),
        ("", False, False),
        ("🔥🔥🔥", False, False),
    ],
)
def test_a_name_tells_something_or_not(name: str, telling: bool, channel: bool) -> None:  # noqa: FBT001  # a table
    """Names of people, plain words and very short names belong to many."""
    read = read_name(name)

    assert (read.telling, read.channel) == (telling, channel)


@pytest.mark.parametrize(
    ("name", "foreign"),
    [
        ("Z\u0430rbulan Media", True),
        ("\u0396arbulan", True),
        ("Zarbulan نیوز", False),
        ("Zárbulan", False),
        ("\U0001d419\U0001d41a\U0001d42b\U0001d41b\U0001d42e\U0001d425\U0001d41a\U0001d427", False),
        ("Zarbulan", False),
        ("زربلان", False),
    ],
)
def test_only_letters_of_another_alphabet_are_foreign(name: str, foreign: bool) -> None:  # noqa: FBT001  # a table
    """An Urdu word beside a Latin one hides nothing, and accents and styles are fashion."""
    assert read_name(name).foreign is foreign


@pytest.mark.parametrize(
    "handle",
    [
        "zarbulan_press_backup",
        "ZarbulanPressbackup",
        "the_zarbulan_press",
        "real_zarbulanpress",
        "zarbulanpress_official_2",
        "zarbulan_press4821",
        "z4rbul4n_pr355",
        "zarrbulan__press",
        "za_rbulanpress",
        "zarbulanpressnew",
    ],
)
def test_an_edited_handle_shares_a_form_with_the_known_one(handle: str) -> None:
    """Additions, digits, leet, doubled letters and separators."""
    assert set(handle_forms(handle)) & set(handle_forms("zarbulan_press"))


@pytest.mark.parametrize(
    "handle",
    ["zarbulan_news", "zarbulan", "zarbulan_press_fans", "against_zarbulan_press", "newszarbulan", "press"],
)
def test_another_handle_shares_none(handle: str) -> None:
    """Other words than those that imitators add make another name; "newszarbulan" is not new."""
    assert not set(handle_forms(handle)) & set(handle_forms("zarbulan_press"))


@pytest.mark.parametrize(
    ("handle", "telling", "automatic"),
    [
        ("zarbulan_press", True, False),
        ("z4rbul4n77", True, False),
        ("ali_mirza604", False, False),
        ("omarraza", False, False),
        ("citydesk_tv20", False, False),
        ("user4995482", False, True),
        ("id_1234567", False, True),
        ("zarbulan12345", True, False),
        ("", False, False),
    ],
)
def test_a_handle_tells_something_or_not(handle: str, telling: bool, automatic: bool) -> None:  # noqa: FBT001  # a table
    """Names of people with a number are common; "user" with a long one is made by a machine."""
    read = read_handle(handle)

    assert (read.telling, read.automatic) == (telling, automatic)


@pytest.mark.parametrize(
    ("handle", "about"),
    [
        ("against_zarbulan", {"agalnst"}),
        ("zarbulanwatch", {"watch"}),
        ("zarbulan_fans", {"fans"}),
        ("factcheckzarbulan", {"factcheck"}),
        ("zarbulan", set[str]()),
        ("wanting", set[str]()),
    ],
)
def test_a_handle_says_that_it_is_about_somebody(handle: str, about: set[str]) -> None:
    """Long words also where nothing sets them apart; short ones only as words of their own."""
    assert read_handle(handle).about == about


@pytest.mark.parametrize(
    ("bio", "claims"),
    [
        ("New account, old one suspended", True),
        ("our channel was banned, we are BACK", True),
        ("نیا اکاؤنٹ", True),
        ("القناة الجديدة", True),
        ("back-up", True),
        ("cricket and tea", False),
        ("a new phone, an old book of accounts", False),
        ("", False),
    ],
)
def test_a_bio_claims_to_replace_an_account(bio: str, claims: bool) -> None:  # noqa: FBT001  # a table
    """In the words of several languages, and not by single ones."""
    assert says_replacement(bio) is claims
