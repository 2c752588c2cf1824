"""What files hold gives the same signals as if it had been posted by itself."""

from collections.abc import Sequence

from core.errors import CannotLook
from core.media.digests import digests
from core.media.frames import Fingerprint, Seen
from core.media.pieces import Digested, Linked, Piece, Shown, Unread, Written
from core.model import Attachment, Gap, Signal
from core.signals.contents import Contents
from core.signals.texts import Texts
from tests import make
from tests.core.media.packed import zipped

ZIP = zipped({"a.txt": b"kite"})
KITE = digests(b"kite")


class Shelf:
    """Files by reference; what is not there is refused."""

    def __init__(self, **files: bytes) -> None:
        self.files = files

    async def fetch(self, attachment: Attachment) -> bytes:
        """Give the file, or refuse."""
        if attachment.ref not in self.files:
            raise CannotLook("file that is no longer there")
        return self.files[attachment.ref]


class Unfolder:
    """Gives the same pieces for every file, and remembers what it was asked."""

    def __init__(self, *pieces: Piece) -> None:
        self.pieces = pieces
        self.asked: list[bytes] = []

    async def unfold(self, content: bytes) -> Sequence[Piece]:
        """Answer."""
        self.asked.append(content)
        return self.pieces


async def taken(
    *pieces: Piece, content: bytes = ZIP, name: str = "", media_type: str = "", hidden: bool = False
) -> list[Signal | Gap]:
    """Take the signals of one file that holds such pieces."""
    part = Attachment(ref="a", path="attachment[0]", name=name, media_type=media_type, hidden=hidden)
    message = make.message("a text of its own", parts=(part,))
    return list(await Contents(Unfolder(*pieces)).signals(message, Shelf(a=content)))


async def test_a_member_is_known_by_its_digests_and_by_what_it_shows() -> None:
    """Its part says where it is; it is as hidden as the file around it."""
    seen = Seen(
        fingerprints=(Fingerprint(kind="pdq", value="0f" * 32, quality=90),), codes=("t.me/example_kite",)
    )
    place = "attachment[0].member[3]"

    found = await taken(
        Digested(place="member[3]", values=KITE), Shown(place="member[3]", seen=seen), hidden=True
    )

    assert found == [
        Signal(kind="sha256", value=KITE[0], part=place, hidden=True),
        Signal(kind="sha1", value=KITE[1], part=place, hidden=True),
        Signal(kind="md5", value=KITE[2], part=place, hidden=True),
        Signal(kind="pdq", value="0f" * 32, part=place, hidden=True, quality=90),
        Signal(kind="link", value="telegram:user/example_kite", part=f"{place}.qr", hidden=True),
    ]


async def test_links_name_the_page_and_a_link_behind_words_is_hidden() -> None:
    """In texts, in names of members, and where the document itself marks them."""
    found = await taken(
        Written(place="page[2]", text="see t.me/example_one"),
        Linked(place="page[2].link", url="https://t.me/example_two"),
        Written(place="member[0].name", text="t.me/example_three/a"),
    )

    links = [(s.value, s.part, s.hidden) for s in found if isinstance(s, Signal) and s.kind == "link"]
    assert links == [
        ("telegram:user/example_one", "attachment[0].page[2]", False),
        ("telegram:user/example_two", "attachment[0].page[2].link", True),
        ("telegram:user/example_three", "attachment[0].member[0].name", False),
    ]


async def test_a_text_is_compared_whole_however_it_was_cut() -> None:
    """A statement runs over pages; those of another member are another text, and names are none."""
    found = await taken(
        Written(place="member[0].name", text="a name"),
        Written(place="member[0].page[1]", text="one kite and"),
        Written(place="member[0].page[2]", text="one lantern"),
        Written(place="member[1].text", text="another"),
    )

    (whole,) = await Texts().signals(make.message("one kite and\none lantern"), Shelf())
    texts = [(s.value, s.part, s.text) for s in found if isinstance(s, Signal) and s.kind == "text"]
    assert isinstance(whole, Signal)
    assert texts[0] == (whole.value, "attachment[0].member[0].text", whole.text)
    assert [part for _, part, _ in texts] == [
        "attachment[0].member[0].text",
        "attachment[0].member[1].text",
    ]


async def test_a_very_long_text_is_several_and_no_gap() -> None:
    """Each of a length that is compared to its end."""
    found = await taken(*(Written(place="text", text=f"kite {n} " * 2500) for n in range(10)))

    texts = [one for one in found if isinstance(one, Signal) and one.kind == "text"]
    assert len(texts) == 2
    assert all(len(one.text) <= 100_000 for one in texts)
    assert not [one for one in found if isinstance(one, Gap)]


async def test_what_could_not_be_looked_at_is_a_gap() -> None:
    """Many that say the same are told a few times, and counted."""
    found = await taken(
        Unread(place="", reason="encrypted: 2 of 3 members"),
        *(Unread(place=f"member[{n}]", reason="file that is damaged") for n in range(9)),
    )

    assert found[0] == Gap(part="attachment[0]", reason="encrypted: 2 of 3 members")
    assert found[1] == Gap(part="attachment[0].member[0]", reason="file that is damaged")
    assert found[6:] == [Gap(part="attachment[0]", reason="4 more inside: file that is damaged")]


async def test_a_file_that_cannot_be_fetched_is_a_gap() -> None:
    """And nothing is unfolded."""
    unfolder = Unfolder()
    part = Attachment(ref="gone", path="attachment[0]")

    found = await Contents(unfolder).signals(make.message(parts=(part,)), Shelf())

    assert list(found) == [Gap(part="attachment[0]", reason="file that is no longer there")]
    assert unfolder.asked == []


async def test_what_holds_nothing_is_not_asked_about() -> None:
    """Pictures, sound and programs have sources of their own, or none."""
    unfolder = Unfolder()
    parts = tuple(Attachment(ref=ref, path=f"attachment[{ref}]") for ref in ("png", "mp3", "exe"))
    files = Shelf(png=b"\x89PNG\r\n\x1a\n" + bytes(99), mp3=b"ID3\4" + bytes(99), exe=b"MZ" + bytes(99))

    assert list(await Contents(unfolder).signals(make.message(parts=parts), files)) == []
    assert unfolder.asked == []


async def test_a_file_that_is_not_what_it_claims_is_a_gap() -> None:
    """People's programs open it by its name; here it cannot be read. What claims nothing is none."""
    noise = bytes(range(256)) * 4

    assert await taken(content=noise, name="KITE.PDF") == [
        Gap(part="attachment[0]", reason="PDF in a form that cannot be read")
    ]
    assert await taken(content=noise, media_type="text/plain") == [
        Gap(part="attachment[0]", reason="text in a form that cannot be read")
    ]
    assert await taken(content=noise, name="kite.bin", media_type="application/octet-stream") == []
