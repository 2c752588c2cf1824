"""STIX 2.0 and 2.1: the indicators of a bundle, with the marks and opinions that other objects give them.

Source: docs.oasis-open.org/cti/stix/v2.1; the ids of the TLP marks are fixed there and at first.org/tlp.
"""

import re
from collections.abc import Iterator
from typing import Final

from core.banks.values import DIGESTS, address
from core.errors import BadInput
from core.exchange.formats.record import Item, Position, Record, kind_of, state, strictest
from core.exchange.formats.stix_pattern import Comparison, alternatives

KEYS: Final = (frozenset({"type", "id"}),)

_TLP: Final = {
    "613f2e26-407d-48c7-9eca-b8e91df99dc9": "clear",
    "34098fce-860f-48ae-8e50-ebd3cc5e41da": "green",
    "f88d31f6-486f-44da-b317-01333bde0b82": "amber",
    "5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "red",
    "94868c89-83c2-464b-929b-a1a8aa3c8487": "clear",
    "bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "green",
    "55d920b0-5e8b-4f79-9ee9-91f868d9b421": "amber",
    "939a9414-2ddd-4d32-a0cd-375ea402b003": "amber+strict",
    "e828b379-4e03-4974-9ac4-e53a884c97c1": "red",
}
"""The marks that every producer refers to, of TLP 1 and TLP 2."""

_ABOUT_OTHERS: Final = frozenset(
    {
        "extension-definition",
        "grouping",
        "identity",
        "language-content",
        "marking-definition",
        "note",
        "opinion",
        "relationship",
        "report",
        "sighting",
    }
)
"""Objects that are no items: they say something about other objects."""

_HASH: Final = re.compile(r"(?:file|artifact)(?::|:.*\.)hashes\.'?([^']+)'?")
_ADDRESSES: Final = frozenset({"url:value", "domain-name:value", "ipv4-addr:value", "ipv6-addr:value"})
_ACCOUNT: Final = "user-account:"
_NAMES: Final = ("user_id", "account_login", "display_name")


def is_object(record: Record) -> bool:
    """Tell whether a record is an object of a bundle: its id begins with its type."""
    kind = record.text("type")
    return kind not in {"", "bundle"} and record.text("id").startswith(f"{kind}--")


def spoken_of(record: Record) -> Iterator[str]:
    """Give the keys under which other objects look a record up."""
    kind = record.text("type")
    if kind in {"marking-definition", "identity"}:
        yield record.text("id")
    elif kind == "opinion" and "disagree" in record.text("opinion"):
        for ref in record.words("object_refs"):
            yield f"disputed {ref}"


def read(record: Record, position: Position) -> Item | None:
    """Make an item of an indicator."""
    kind = record.text("type")
    if kind in _ABOUT_OTHERS:
        return None
    if kind != "indicator":
        raise BadInput(f"a STIX {kind[:40]} is not taken: only indicators are")
    if (language := record.text("pattern_type") or "stix") != "stix":
        raise BadInput(f"a pattern in {language[:40]} is not read: only those in STIX are")
    keys, unused = _keys(record.needed("pattern"))
    labels = (*record.words("labels"), *record.words("indicator_types"))
    name = record.text("name")
    return Item(
        keys=keys,
        fields={
            "ref": record.text("id"),
            "label": next(iter(labels), ""),
            "reason": record.text("description") or name,
            "source": position.around(record.text("created_by_ref")).text("name"),
            "state": state(
                withdrawn=record.flag("revoked") or "benign" in labels,
                disputed=bool(position.around(f"disputed {record.text('id')}")),
            ),
            "first_seen": record.moment("created"),
            "last_seen": record.moment("modified"),
            "expires_at": record.moment("valid_until"),
            "sharing": strictest(_limits(record, position)),
            "+name": name,
            "+labels": ", ".join(labels),
            "+not used": "; ".join(unused),
        },
    )


def _limits(record: Record, position: Position) -> Iterator[str]:
    refs = [*record.words("object_marking_refs")]
    refs += [one.text("marking_ref") for one in record.records("granular_markings")]
    for ref in refs:
        mark = position.around(ref)
        extensions = mark.inner("extensions")
        extended = (extensions.inner(name).text("tlp_2_0") for name in extensions)
        yield (
            _TLP.get(ref.removeprefix("marking-definition--"))
            or mark.inner("definition").text("tlp")
            or next((tlp for tlp in extended if tlp), "")
        )


def _keys(pattern: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Return what a pattern's item is recognised by, and why other alternatives of it are not used."""
    keys: dict[tuple[str, str], None] = {}
    unused: dict[str, None] = {}
    for tests in alternatives(pattern):
        try:
            keys |= dict.fromkeys(_known(tests))
        except BadInput as error:
            unused[str(error)] = None
    if not keys:
        raise BadInput("; ".join(unused))
    return list(keys), list(unused)


def _known(tests: tuple[Comparison, ...]) -> list[tuple[str, str]]:
    """Return what is known when all of these tests hold.

    A hash is enough, whatever else is asked of the file; anything else counts only where nothing is added.
    """
    wrong = next((test.wrong for test in tests if test.wrong), "")
    if wrong:
        raise BadInput(f"a comparison by {wrong} is not made here: only those by = and IN are")
    hashes = [(hashed[1], test.value) for test in tests if (hashed := _HASH.fullmatch(test.path))]
    if hashes:
        usable = [(kind, value) for name, value in hashes if (kind := _digest(name))]
        return usable or [(kind_of(hashes[0][0]), hashes[0][1])]
    if all(test.path.startswith(_ACCOUNT) for test in tests):
        return [_account({test.path.removeprefix(_ACCOUNT): test.value for test in tests})]
    if len(tests) > 1:
        raise BadInput("conditions joined by AND would match more than was meant")
    if tests[0].path not in _ADDRESSES:
        raise BadInput(f"{tests[0].path[:40]} is not compared here: only hashes, addresses and accounts are")
    return [("url", tests[0].value)]


def _digest(name: str) -> str:
    try:
        kind = kind_of(name)
    except BadInput:
        return ""
    return kind if kind in DIGESTS else ""


def _account(properties: dict[str, str]) -> tuple[str, str]:
    platform = properties.get("account_type", "")
    named = next((properties[name] for name in _NAMES if name in properties), "")
    found = address(named, platform) if platform and named else None
    if not found:
        raise BadInput("an account needs account_type and a name or number that is one there")
    return "canonical", found
