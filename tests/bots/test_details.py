"""What moderators are told of a case when they ask for all of it."""

from dataclasses import replace
from datetime import UTC

from bots.details import details_of
from tests import make


def told(seen: str) -> str:
    """Give the details of a case whose one link stood there like this."""
    case = make.case()
    match = case.verdict.matches[0]
    disguised = replace(match, signal=replace(match.signal, seen=seen))
    verdict = replace(case.verdict, matches=(disguised,))
    lines = "\n".join(details_of(replace(case, verdict=verdict), zone=UTC))
    return lines.translate({0x2068: None, 0x2069: None})


def test_a_disguised_link_is_shown_as_it_stood_there() -> None:
    """Moderators see what members saw, and what it was read as, and neither can be tapped."""
    assert "seen in text, written “t dot me / example_media”, as link" in told("t dot me / example_media")
    assert "t.me/example" not in told("t.me/example_media\u200b")


def test_the_name_of_a_rule_leads_nowhere() -> None:
    """Whoever may send a policy names rules; what they wrote is read by whoever decides its cases."""
    verdict = replace(make.case().verdict, rules=("@amina_r at a.example",))

    lines = "\n".join(details_of(replace(make.case(), verdict=verdict), zone=UTC))

    assert "@amina_r" not in lines
    assert "a.example" not in lines


def test_a_plain_link_is_told_once() -> None:
    """Where nothing was disguised, nothing is repeated."""
    assert "written" not in told("")
