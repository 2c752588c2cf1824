"""How an example is told: by what sets it apart from the others of its rule."""

import pytest

from core.policy.loader import bundled, load_policy, read_policy


@pytest.mark.parametrize(
    ("situation", "told"),
    [
        ("finds: []", "a message with nothing found"),
        ("finds: [{}]", "same link (act)"),
        ("finds: [{signal: image, strength: strong, distance: 12}]", "strong image (act, 12 bits)"),
        ("finds: [{hidden: true, part: caption}]", "same link (act, hidden, in caption)"),
        ("finds: [{entity: Blue Lantern Front}]", "same link (act, Blue Lantern Front)"),
        ("finds: [{}], forwarded: true", "same link (act), forwarded"),
        ("finds: [{}], forwarded: false, earlier: 0", "same link (act)"),
        ("finds: [{}], joined: 2d, roles: [helper]", "same link (act), joined 2d ago, role helper"),
        ("finds: [{}], happening: joined, place: Desk", "same link (act), joined, in Desk"),
        (
            'finds: [{}], at: "2026-03-01T23:30+05:00", earlier: 2',
            "same link (act), at 2026-03-01T23:30+05:00, 2 before it",
        ),
        ('gaps: ["attachment[0]"], joined: 1h', "gap in attachment[0], joined 1h ago"),
    ],
)
def test_an_example_is_told_with_what_surrounds_it(situation: str, told: str) -> None:
    """What was left out is not told."""
    text = (
        "version: 1\nrules:\n  - {name: a, when: {any: [match: {}, gap: {}]}, do: [report],"
        f" examples: {{must_match: [{{{situation}}}]}}}}\n"
    )

    (rule,) = read_policy(text.encode(), name="p", where="p").rules

    assert [example.told() for example in rule.examples] == [told]


@pytest.mark.parametrize(
    ("situation", "held"),
    [
        ("must_match: [{finds: [{}]}]", True),
        ("must_match: [{finds: []}]", False),
        ("must_not_match: [{finds: []}]", True),
        ("must_not_match: [{finds: [{}]}]", False),
        ("must_match: [{finds: [{}, {signal: image}]}]", True),
    ],
)
def test_an_example_holds_where_its_rule_does_what_it_says(situation: str, *, held: bool) -> None:
    """Both kinds can fail: a table that always says yes would be believed."""
    text = (
        "version: 1\nrules:\n  - {name: a, when: {match: {signal: link}}, do: [report],"
        f" examples: {{{situation}}}}}\n"
    )
    policy = read_policy(text.encode(), name="p", where="p")

    ((rule, (example,)),) = ((one, one.examples) for one in policy.rules)

    assert example.holds(rule.when, policy.limits) is held


@pytest.mark.parametrize("name", ["default", "strict", "newsroom", "high-risk-event", "observe"])
def test_no_two_examples_of_a_rule_that_ships_read_alike(name: str) -> None:
    """One that must match and one that must not, in the same words, would puzzle whoever reads the table."""
    for rule in load_policy(bundled(name)).rules:
        told = [example.told() for example in rule.examples]
        assert told
        assert len(set(told)) == len(told)
