"""Links from texts, entities and buttons; what is written on one platform may mean nothing on another."""

import json
from datetime import UTC, datetime

from core.model import Account, Attachment, Link, Message, Part, Place, Signal, Text
from core.signals.links import Links
from tests.shared import rows


class NoFiles:
    """Files that nobody should ask for."""

    async def fetch(self, attachment: Attachment) -> bytes:
        """Refuse, loudly."""
        raise AssertionError(attachment)


def message(*parts: Part, platform: str = "telegram") -> Message:
    """Give a message in a group of a platform."""
    return Message(
        id=f"{platform}:1:1",
        place=Place(id=f"{platform}:1"),
        author=Account(),
        at=datetime(2026, 3, 1, tzinfo=UTC),
        parts=parts,
    )


async def taken(*parts: Part, platform: str = "telegram") -> list[tuple[str, str]]:
    """Give value and part of each signal."""
    found = await Links().signals(message(*parts, platform=platform), NoFiles())
    assert all(signal.kind == "link" for signal in found)
    return [(signal.value, signal.part) for signal in found]


async def test_texts_and_marked_addresses_give_their_identifiers_in_order() -> None:
    """Captions, hidden entities and buttons count; each says where it stood."""
    found = await taken(
        Text(text="x.com/BLF_example and t.me/example_media", path="caption"),
        Link(url="https://t.me/+AAAAAEexample01xyZ", path="caption.entity[0]"),
        Link(url="tg://resolve?domain=example_media", path="button[0].url"),
    )

    assert found == [
        ("x:user/blf_example", "caption"),
        ("telegram:user/example_media", "caption"),
        ("telegram:invite/AAAAAEexample01xyZ", "caption.entity[0]"),
        ("telegram:user/example_media", "button[0].url"),
    ]


async def test_the_same_identifier_counts_once_for_each_part() -> None:
    """Repeating a link in one text says nothing new; repeating it in another part does."""
    twice = Text(text="t.me/example_media t.me/s/EXAMPLE_MEDIA", path="text")

    found = await taken(twice, Link(url="t.me/example_media", path="text.entity[0]"))

    assert found == [
        ("telegram:user/example_media", "text"),
        ("telegram:user/example_media", "text.entity[0]"),
    ]


async def test_a_bare_handle_is_an_account_on_telegram_only() -> None:
    """On Discord `@name` is a word."""
    text = Text(text="thanks @example_media", path="text")

    assert await taken(text) == [("telegram:user/example_media", "text")]
    assert await taken(text, platform="discord") == []


async def test_what_the_eye_cannot_see_is_marked() -> None:
    """A link in a hidden part stays marked as hidden."""
    (signal,) = await Links().signals(
        message(Link(url="t.me/example_media", path="x", hidden=True)), NoFiles()
    )

    assert signal == Signal(kind="link", value="telegram:user/example_media", part="x", hidden=True)


async def test_an_address_that_names_nobody_gives_no_signal() -> None:
    """A marked address may still be nobody's, or not be one."""
    found = await taken(
        Link(url="mailto:someone@example.org", path="a"), Link(url="https://x.com/home", path="b")
    )

    assert found == []


async def test_every_labelled_case_passes() -> None:
    """Plain, disguised and negative cases of the labelled set: all that is expected, nothing that is not."""
    cases = list(rows("links/cases.ndjson"))
    failed: list[str] = []

    for case in cases:
        found = {value for value, _ in await taken(*parts(case), platform=str(case["platform"]))}
        expected, allowed, forbidden = (set(strings(case[k])) for k in ("expected", "allowed", "forbidden"))
        extra = {i for i in found - expected - allowed if not i.startswith("web:") or i in forbidden}
        if extra or not expected <= found:
            failed.append(
                json.dumps({"id": case["id"], "found": sorted(found), "expected": sorted(expected)})
            )

    assert len(cases) > 200
    assert failed == []


async def test_a_disguised_link_says_how_it_stood_there() -> None:
    """Moderators see what was seen, shortened; a plain link needs no telling."""
    text = Text(
        text=f"t dot me slash example_media and t . me / {'x' * 32} and t.me/example_two", path="text"
    )

    found = await Links().signals(message(text), NoFiles())

    assert {s.value: s.seen for s in found} == {
        "telegram:user/example_media": "t dot me slash example_media",
        f"telegram:user/{'x' * 32}": f"t . me / {'x' * 32}",
        "telegram:user/example_two": "",
    }


async def test_the_number_of_a_shared_contact_is_an_account() -> None:
    """A number on a list is also found where it is handed round as a contact card."""
    found = await taken(
        Text(text="+44 7700 900123", path="contact.phone"), Text(text="+44 7700", path="text")
    )

    assert found == [("whatsapp:number/447700900123", "contact.phone")]


def strings(value: object) -> list[str]:
    """Read a list of texts."""
    assert isinstance(value, list)
    return [str(one) for one in value]


def parts(case: dict[str, object]) -> list[Part]:
    """Give the parts that a platform would make of a case."""
    entities = case["entities"] if isinstance(case["entities"], list) else []
    urls = [e["url"] for e in entities if e["type"] == "text_link"]
    return [Text(text=str(case["text"]), path="text"), *(Link(url=u, path="entity") for u in urls)]
