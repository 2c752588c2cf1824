"""What is written down is read again exactly, and nothing else is."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.case import Case
from core.errors import StoreError
from core.model import Action, ActionKind, Notice, Sentence
from core.store.codec import CASE
from tests import make

st.register_type_strategy(
    datetime,
    st.datetimes(
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
    ),
)


@given(st.from_type(Case))
def test_a_case_is_read_as_it_was_written(case: Case) -> None:
    """Every field of every value inside comes back equal."""
    assert CASE.decode(CASE.encode(case)) == case


def test_half_a_character_is_kept_as_a_question_mark() -> None:
    """A stranger's name may hold what no text can: that must not make the case unkeepable."""
    broken = make.message(author=make.account("Amina \ud83d R."))
    case = Case(id="7K3", message=broken, verdict=make.verdict(), opened_at=make.NOON)

    kept = CASE.decode(CASE.encode(case))

    assert kept.message.author.name == "Amina ? R."
    assert kept.verdict == case.verdict


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "all of it: Invalid JSON"),
        ("{}", "id: Field required"),
        (CASE.encode(make.case()).replace('"open"', '"ajar"'), "state: Input should be 'open'"),
        (
            CASE.encode(make.case()).replace('"version":0', '"version":"0"'),
            "version: Input should be a valid",
        ),
    ],
)
def test_what_was_not_written_here_is_refused(text: str, complaint: str) -> None:
    """The reader never guesses: it names the field and what to do."""
    with pytest.raises(StoreError, match=complaint) as refusal:
        CASE.decode(text)

    assert "Restore a backup" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_text_without_a_newer_field_is_read() -> None:
    """A field that was added with a default since is filled with it."""
    text = CASE.encode(make.case()).replace(',"card":""', "")
    assert '"card"' not in text

    assert CASE.decode(text) == make.case()


def test_a_case_from_before_rules_spoke_to_members_is_read() -> None:
    """It has no sentences, in the verdict nor in a notice; one that has some keeps them."""
    case = make.case(actions=(Action(kind=ActionKind.NOTIFY, notice=Notice()),))
    said = ((Sentence("ur", "نہیں"), Sentence("en", "no")),)
    newer = replace(case, verdict=replace(case.verdict, because=said))
    text = CASE.encode(case)
    assert text.count(',"because":[]') == 2

    assert CASE.decode(text.replace(',"because":[]', "")) == case
    assert CASE.decode(CASE.encode(newer)) == newer


def test_a_verdict_from_before_quotas_is_read() -> None:
    """It has no rules in shadow as values, and nothing was held back."""
    text = CASE.encode(make.case()).replace(',"shadows":[],"braked":""', "")
    assert "braked" not in text

    assert CASE.decode(text) == make.case()
