"""Whatever stands in whatever place of a policy file: it is read, or refused with its place."""

import json
from collections.abc import Iterator

import pytest

from core.policy.faults import WrongPolicy
from core.policy.loader import policy_of

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

SITUATION: Json = {
    "finds": [{"signal": "link", "distance": 3, "hidden": True}],
    "gaps": ["attachment"],
    "roles": ["a"],
    "place": "Desk",
    "joined": "1d",
    "happening": "posted",
    "at": "2026-03-01T12:00Z",
    "earlier": 1,
}
WHOLE: Json = {
    "version": 1,
    "extends": ["house"],
    "exempt": ["a"],
    "lanes": [{"name": "desk", "places": ["Desk"]}],
    "groups": [{"places": ["Desk"], "policy": "house"}],
    "quiet": {"from": "22:00", "to": "07:00", "zone": "Asia/Karachi", "most": "delete"},
    "crisis": {"from": "2026-03-01T08:00+05:00", "until": "2026-03-02T08:00+05:00"},
    "quotas": {"delete": {"hour": 1, "day": 2}},
    "rules": [
        {
            "id": "a",
            "name": "a",
            "stage": "notify",
            "do": ["report", {"mute": {"for": "1h"}}, {"no_media": {"for": "1d"}}],
            "ladder": {"within": "1d", "second": ["delete"], "third": [{"mute": {"for": "1h"}}]},
            "because": {"en": "{entity}", "ur": "x"},
            "examples": {"must_match": [SITUATION], "must_not_match": [{"finds": []}]},
            "when": {
                "all": [
                    {"match": {"signal": "image", "distance": {"max": 9}, "part": "text", "carried": "own"}},
                    {"any": [{"gap": {"part": "text"}}, {"match": {"strength": "same", "trust": "act"}}]},
                    {"not": {"place": ["Desk"]}},
                    {"lane": "desk"},
                    {"author": {"joined_within": "1d", "created_within": "1d", "role": "a"}},
                    {"happening": ["posted"]},
                    {"hours": {"from": "01:00", "to": "02:00"}},
                    {"crisis": {}},
                    {"count": {"at_least": 2, "within": "1h"}},
                    {"cel": "found > 1"},
                ]
            },
        }
    ],
}
"""A policy that can be used, with every key that has a value of a form of its own."""

ODD: tuple[Json, ...] = (None, 10**30, "a*b\u202e", [[]], {"x": []})


def read(policy: Json) -> None:
    """Read a policy as if somebody had sent it."""
    house = (("house.yaml", "version: 1\nrules: []\n"),)
    policy_of((("p.yaml", json.dumps(policy)),), house=house)


def refusal(policy: Json) -> str:
    """Read a policy; return why it is refused, or ""."""
    try:
        read(policy)
    except WrongPolicy as wrong:
        return str(wrong)
    return ""


def with_each(value: Json, odd: Json) -> Iterator[Json]:
    """Give a value with an odd one in the place of each that it is made of, and of itself."""
    yield odd
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from ({**value, key: other} for other in with_each(inner, odd))
            yield {**{k: v for k, v in value.items() if k != key}, "x": odd}
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from ([*value[:place], other, *value[place + 1 :]] for other in with_each(inner, odd))
        yield [*value, odd]


def test_the_whole_policy_can_be_used() -> None:
    """Else nothing would be said by what follows."""
    read(WHOLE)


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_whatever_stands_in_whatever_place_is_read_or_refused_with_its_place(odd: Json) -> None:
    """No value of any form, in no place, brings another error; most are refused."""
    told = [refusal(policy) for policy in with_each(WHOLE, odd)]

    refused = [why for why in told if why]
    assert len(refused) > len(told) // 2 > 50
    assert all(one.startswith("p.yaml:1:") for one in refused)


@pytest.mark.parametrize("item", ["'a*b'", "1", "[a]", "'../house.yaml'", "''"])
def test_a_wrong_name_among_several_that_are_extended_is_told_at_its_place(item: str) -> None:
    """With what may be named there."""
    with pytest.raises(WrongPolicy) as refused:
        policy_of((("p.yaml", f"version: 1\nextends: [default, {item}]\nrules: []\n"),))

    first = str(refused.value).splitlines()[0]
    assert first.startswith("p.yaml:2:20: expected a policy that ships, such as default, or a file in the ")
