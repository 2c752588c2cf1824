"""Filing conditions on a match by what they need leaves out only what would not have fitted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import Match, Strength, Trust
from core.policy.conditions import Around, Facts, MatchFound
from core.policy.index import Index, filed_under
from tests import make


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (MatchFound(), ("match", "")),
        (MatchFound(signal="link", bank="b"), ("bank", "b")),
        (MatchFound(label="Banned", bank="b"), ("label", "banned")),
        (MatchFound(entity="The Front", label="x"), ("entity", "the front")),
        (MatchFound(signal="link", hidden=True), ("hidden", "")),
        (MatchFound(signal="link", hidden=False), ("signal", "link")),
    ],
)
def test_a_condition_is_filed_under_the_rarest_thing_it_needs(
    condition: MatchFound, expected: tuple[str, str]
) -> None:
    """All keys of a condition must fit the same match, so the rarest is enough to find it by."""
    assert filed_under(condition) == expected


WORDS = st.sampled_from((None, "a", "B"))
CONDITIONS = st.builds(
    MatchFound,
    signal=st.sampled_from((None, "link", "image")),
    bank=WORDS,
    label=WORDS,
    entity=WORDS,
    strength=st.sampled_from((None, *Strength)),
    trust=st.sampled_from((None, *Trust)),
    hidden=st.sampled_from((None, True, False)),
    part=st.sampled_from((None, "text", "caption")),
)


@st.composite
def found(draw: st.DrawFn) -> Match:
    """Draw a match with the words that conditions ask for."""
    word = st.sampled_from(("", "A", "b", "a", "B"))
    match = make.match(
        kind=draw(st.sampled_from(("link", "pdq"))),
        bank=draw(word),
        strength=draw(st.sampled_from(Strength)),
        trust=draw(st.sampled_from(Trust)),
    )
    entry = replace(match.entry, label=draw(word), entity=draw(word))
    return replace(match, entry=entry, signal=replace(match.signal, hidden=draw(st.booleans())))


@given(
    st.lists(CONDITIONS, max_size=6, unique=True),
    st.lists(found(), max_size=6),
    st.sampled_from((1, 2, 100)),
)
def test_no_condition_that_would_fit_is_left_out(
    conditions: list[MatchFound], matches: list[Match], remembered: int
) -> None:
    """Also not by what is remembered of an earlier match, however little is remembered."""
    index = Index(conditions, remembered=remembered)

    for twice in (matches, matches):
        facts = Facts(message=make.message(), matches=tuple(twice))

        may_fit = index.may_fit(twice)

        for place, condition in enumerate(conditions):
            around = Around(facts)
            some = may_fit.get(place, [])
            assert [m for m in some if condition.fits(m, around)] == [f.match for f in condition(facts)]
