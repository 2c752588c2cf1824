"""The accounts that a profile may resemble come out of the index, and no others."""

from core.banks.known_accounts import FEW, KnownAccounts
from core.banks.likeness import Profile
from core.keeping import Change
from core.model import Entry

PICTURE = "0f" * 32
ALTERED = f"{int(PICTURE, 16) ^ ((1 << 60) - 1):064x}"


def change(number: int, entry: Entry, *, matchable: bool = True) -> Change:
    """Give an entry as it comes, or goes."""
    return Change(
        revision=number,
        entry_id=number,
        kind="link",
        value=entry.value,
        matchable=matchable,
        name=entry.name if matchable else "",
        avatar=entry.avatar if matchable else "",
    )


def account(handle: str, name: str = "", avatar: str = "") -> Entry:
    """Give a known account."""
    return Entry(kind="link", value=f"telegram:user/{handle}", name=name, avatar=avatar)


def known(*entries: Entry) -> KnownAccounts:
    """Give an index of accounts, numbered from 1."""
    accounts = KnownAccounts()
    accounts.apply([change(number, entry) for number, entry in enumerate(entries, start=1)])
    return accounts


def profile(handle: str = "", name: str = "", avatars: tuple[str, ...] = ()) -> Profile:
    """Give an account that shows itself."""
    return Profile(identifiers=(f"x:user/{handle}",) if handle else (), name=name, avatars=avatars)


ACCOUNTS = (
    account("zarbulan_press", "Zarbulan Press"),
    account("quintor_voice", "Quintor Voice", PICTURE),
    account("alimirza", "Ali Mirza"),
)


def test_each_ground_leads_to_its_account() -> None:
    """The handle, the name, the picture, a name in the bio; together they lead to each once."""
    accounts = known(*ACCOUNTS)

    assert accounts.around(profile("z4rbulan_press_backup")) == (1,)
    assert accounts.around(profile("user4995482", "Zarbulan پریس")) == (1,)
    assert accounts.around(profile(avatars=(ALTERED,))) == (2,)
    assert accounts.around(Profile(pointed_at=("quintorvoice",))) == (2,)
    assert accounts.around(profile("zarbulan_press", "Zarbulan Press", (PICTURE,))) == (2, 1)


def test_a_name_that_many_have_leads_nowhere() -> None:
    """Nor does a handle made of it; the index is not even asked."""
    accounts = known(*ACCOUNTS)

    assert accounts.around(profile("ali_mirza604", "Ali Mirza")) == ()
    assert accounts.around(profile()) == ()


def test_an_account_without_a_name_is_found_by_a_name_that_repeats_its_handle() -> None:
    """Lists of bare handles are the most common ones."""
    assert known(account("zarbulan")).around(profile("quinceharbour", "Zarbulan")) == (1,)


def test_a_group_without_a_handle_is_found_by_its_name() -> None:
    """An invitation is a code; its name is what a mirror repeats."""
    group = Entry(kind="link", value="telegram:invite/AAAAAEexample", name="Zarbulan Press")

    assert known(group).around(profile("user4995482", "Zarbulan Press")) == (1,)


def test_accounts_come_change_and_go_one_by_one() -> None:
    """A new name replaces the old one, and what is gone is not found; the same again changes nothing."""
    accounts = known(*ACCOUNTS)
    renamed = account("harbourlight", "Harbourlight Press")

    accounts.apply([change(1, renamed)])
    accounts.apply([change(1, renamed)])
    accounts.apply([change(2, ACCOUNTS[1], matchable=False)])

    assert accounts.around(profile("user4995482", "Zarbulan Press")) == ()
    assert accounts.around(profile("user4995482", "Harbourlight Press")) == (1,)
    assert accounts.around(profile("quintor_voice", "Quintor Voice", (PICTURE,))) == ()


def test_few_are_weighed_however_many_there_are() -> None:
    """A thousand accounts of one name and one picture cost no more than a page of them."""
    accounts = known(*(account(f"zarbulan{n}", "Zarbulan Press", PICTURE) for n in range(1000)))

    found = accounts.around(profile("zarbulan", "Zarbulan Press", (PICTURE,)))

    assert FEW // 2 <= len(found) <= FEW
    assert accounts.nbytes > 0


def test_a_channel_is_found_by_its_name_and_a_person_is_not() -> None:
    """People share names, channels do not; what many channels have in their name is none of its own."""
    accounts = known(*ACCOUNTS, account("city_news", "City News"))

    assert accounts.named("ZARBULAN PRESS") == (1,)
    assert accounts.named("Zarbulan پریس") == (1,)
    assert accounts.named("Quintor") == ()
    assert accounts.named("Ali Mirza") == ()
    assert accounts.named("City News") == ()
    assert accounts.named("") == ()
