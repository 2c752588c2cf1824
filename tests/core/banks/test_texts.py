"""A copy of a known statement is known however it was altered; a quotation of it is none."""

import random
import re
from collections.abc import Callable, Iterable

import pytest

from core.banks.banks import Banks
from core.banks.sketch import statement
from core.case import opened
from core.media.fetch import OncePerMessage
from core.model import Entry, Match, Signal, Strength
from core.policy.policy import Policy
from core.signals.texts import Texts
from core.store.codec import CASE
from tests import make
from tests.core.banks import kites
from tests.fake_banks import MemoryBanks
from tests.fake_platform import FakePlatform

FILES = OncePerMessage(FakePlatform())
SAME, STRONG, WEAK = Strength.SAME, Strength.STRONG, Strength.WEAK

Alter = Callable[[str, str, random.Random], str]


async def known(entries: Iterable[Entry]) -> Banks:
    """Give banks that know entries."""
    store = MemoryBanks()
    await store.add("statements", list(entries))
    banks = Banks(store, clock=lambda: make.NOON)
    await banks.refresh()
    return banks


def listed(texts: Iterable[str]) -> list[Entry]:
    """Give entries of statements, numbered from 0."""
    return [make.entry(statement(text), kind="text", ref=str(at)) for at, text in enumerate(texts)]


async def matches(text: str, banks: Banks) -> tuple[Match, ...]:
    """Return what a text that somebody wrote is found to be."""
    signals = [s for s in await Texts().signals(make.message(text), FILES) if isinstance(s, Signal)]
    return await banks.match(signals)


async def found(text: str, *statements: str) -> list[tuple[str, Strength]]:
    """Return which statements are found in a text, and how surely."""
    return [(m.entry.ref, m.strength) for m in await matches(text, await known(listed(statements)))]


def each_word(change: Callable[[str], str], share: float) -> Alter:
    """Alter a share of the words."""

    def altered(text: str, _: str, chance: random.Random) -> str:
        return " ".join(change(w) if chance.random() < share else w for w in text.split(" "))

    return altered


def exchanged(share: float) -> Alter:
    """Exchange, leave out or add words."""

    def altered(text: str, language: str, chance: random.Random) -> str:
        others = " ".join(kites.NEWS[language]).split()
        kept: list[str] = []
        for word in text.split(" "):
            kind = chance.random() / share
            kept += [word] if kind >= 0.8 else []
            kept += [chance.choice(others)] if kind < 0.6 or 0.8 <= kind < 1 else []
        return " ".join(kept)

    return altered


def swapped(word: str) -> str:
    """Swap two letters in the middle."""
    middle = len(word) // 2
    return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :] if middle else word


def dressed(before: str, after: str) -> Alter:
    """Put something before and after."""
    return lambda text, _, __: before + text + after


def spelled(table: dict[str, str | int | None]) -> Alter:
    """Write other letters."""
    return lambda text, _, __: text.translate(str.maketrans(table))


def in_order(chosen: Callable[[tuple[str, ...]], Iterable[str]]) -> Alter:
    """Choose and order the sentences."""
    return lambda _, language, __: " ".join(chosen(kites.STATEMENTS[language]))


ARABIC_KEYBOARD: dict[str, str | int | None] = {"ی": "ي", "ک": "ك", "ہ": "ه", "ې": "ي", "ګ": "گ"}
URDU_KEYBOARD: dict[str, str | int | None] = {
    "ي": "ی",
    "ك": "ک",
    "ه": "ہ",
    "ة": "ه",
    "أ": "ا",
    "إ": "ا",
    "ى": "ی",
}
HOMOGLYPHS: dict[str, str | int | None] = {
    "a": "а",
    "e": "е",
    "o": "о",
    "c": "с",
    "p": "р",
    "i": "і",
    "ه": "ە",
    "ی": "ى",
}

ALTERATIONS: dict[str, Alter] = {
    "as it is": dressed("", ""),
    "capitals": lambda text, _, __: text.upper(),
    "an Arabic keyboard": spelled(ARABIC_KEYBOARD),
    "an Urdu keyboard": spelled(URDU_KEYBOARD),
    "homoglyphs": spelled(HOMOGLYPHS),
    "digits for letters": spelled(dict(zip("aeiost", "431057", strict=True))),
    "emoji": each_word(lambda word: f"{word} 🪁", 0.3),
    "hashtags": dressed("#kites #wind ", " #kites"),
    "an address": dressed("", " https://kites.example/a?b=c"),
    "no punctuation": lambda text, _, __: re.sub(r"[.,،۔]", "", text),
    "tatweel": lambda text, _, __: re.sub("(?<=[بتسنيهمک])(?=[بتسنيهمک])", "ـــ", text),
    "marks": each_word("\u0651".join, 0.4),
    "zero-width": each_word("\u200c".join, 0.4),
    "bidi controls": each_word(lambda word: f"\u202b{word}\u202c", 0.4),
    "s p a c e d": lambda text, _, __: " ".join(text),
    "joined": lambda text, _, __: text.replace(" ", ""),
    "letters doubled": each_word(lambda word: word[:1] + word, 0.3),
    "letters swapped": each_word(swapped, 0.25),
    "letters left out": each_word(lambda word: word[:2] + word[3:], 0.25),
    "one word in twenty": exchanged(0.05),
    "one word in seven": exchanged(0.15),
    "three words in ten": exchanged(0.3),
    "the first half": in_order(lambda all_: all_[:3]),
    "the second half": in_order(lambda all_: all_[3:]),
    "another order": in_order(reversed),
    "sentences left out": in_order(lambda all_: all_[::2]),
    "lines": lambda text, _, __: text.replace(" ", "\n"),
    "forwarded": dressed("Forwarded from Kite Flyers:\n\n", ""),
    "in a chat": lambda text, lang, _: f"{kites.NEWS[lang][3]}\n\n{text}\n\n{kites.NEWS[lang][4]}",
    "in a long post": lambda text, lang, _: " ".join((*kites.NEWS[lang], text, *kites.NEWS[lang])),
    "twice": lambda text, _, __: f"{text} {text}",
}


@pytest.mark.parametrize("language", kites.LANGUAGES)
@pytest.mark.parametrize("alteration", ALTERATIONS)
async def test_an_altered_copy_is_a_copy(alteration: str, language: str) -> None:
    """Five times with other choices; the other languages' statements have nothing to do with it."""
    every = [kites.statement(one) for one in kites.LANGUAGES]
    expected = str(kites.LANGUAGES.index(language))
    banks = await known(listed(every))
    told = []
    for seed in range(5):
        chance = random.Random(seed)  # noqa: S311 - any words will do
        text = ALTERATIONS[alteration](kites.statement(language), language, chance)
        told.append([(m.entry.ref, m.strength) for m in await matches(text, banks)])

    assert [[ref for ref, _ in one] for one in told] == [[expected]] * 5
    assert {strength for one in told for _, strength in one} <= {SAME, STRONG}


@pytest.mark.parametrize("language", kites.LANGUAGES)
@pytest.mark.parametrize(
    "alteration", ["as it is", "emoji", "an address", "no punctuation", "zero-width", "marks", "lines"]
)
async def test_what_only_looks_different_is_the_same(alteration: str, language: str) -> None:
    """Word for word, after folding."""
    text = ALTERATIONS[alteration](kites.statement(language), language, random.Random(1))  # noqa: S311 - any words

    assert await found(text, kites.statement(language)) == [("0", SAME)]


@pytest.mark.parametrize("language", kites.LANGUAGES)
@pytest.mark.parametrize("quoted", [(0,), (3,), (5,), (1, 2), (4, 0), (2, 5)])
async def test_a_quotation_is_for_the_moderators_eyes_only(quoted: tuple[int, ...], language: str) -> None:
    """News with one or two sentences is a weak match, and never more."""
    told = await found(kites.news(language, *quoted), kites.statement(language))

    assert told == [("0", WEAK)]


async def test_a_quotation_says_how_much_it_quotes() -> None:
    """Shares of both, in whole numbers."""
    (match,) = await matches(kites.news("en", 1, 4), await known(listed([kites.statement("en")])))

    assert re.fullmatch(
        r"quotes [23]\d % of a known statement, which is [23]\d % of this text", match.because
    )


@pytest.mark.parametrize(
    ("text", "because"),
    [
        (kites.statement("en"), "the same statement, word for word"),
        (
            f"look at this: {kites.statement('en')}",
            r"a copy of a known statement: (99|100) % of it, which is 9\d % of this text",
        ),
        (
            " ".join(kites.STATEMENTS["en"][:3]),
            r"a part of a known statement: [45]\d % of it, which is (9\d|100) % of this text",
        ),
    ],
)
async def test_a_copy_says_what_it_is(text: str, because: str) -> None:
    """The whole, altered or within something; or a part."""
    (match,) = await matches(text, await known(listed([kites.statement("en")])))

    assert re.fullmatch(because, match.because)


@pytest.mark.parametrize("language", kites.LANGUAGES)
async def test_most_of_a_short_statement_in_quotation_marks_is_a_quotation(language: str) -> None:
    """Two sentences of three: a report marks whose words they are. The whole, or without marks, is a copy."""
    short = " ".join(kites.STATEMENTS[language][1:4])
    report = kites.news(language, 1, 2)

    assert await found(report, short) == [("0", WEAK)]
    assert await found(re.sub("[“”]", "", report), short) == [("0", STRONG)]
    assert await found(kites.news(language, 1, 2, 3), short) == [("0", STRONG)]
    assert await found(f"“{' '.join(kites.STATEMENTS[language][1:3])}”", short) == [("0", STRONG)]


@pytest.mark.parametrize("language", kites.LANGUAGES)
async def test_news_about_the_club_is_nothing(language: str) -> None:
    """It quotes nothing."""
    assert await found(kites.news(language), kites.statement(language)) == []


FORMULAE = {
    "en": (
        "Dear friends of wind and paper, hear us.",
        "May your string never break, neither here nor at sea.",
    ),
    "ur": ("ہوا اور کاغذ کے پیارے دوستو ہماری بات سنو۔", "تمہاری ڈور نہ یہاں ٹوٹے نہ سمندر پر۔"),
    "ar": ("يا أحباب الريح والورق اسمعوا منا.", "لا انقطع خيطكم هنا ولا في البحر."),
    "ps": ("د باد او کاغذ ګرانو ملګرو زموږ خبره واورئ.", "ستاسو تار دې نه دلته پرې شي نه په سمندر کې."),
}


@pytest.mark.parametrize("language", kites.LANGUAGES)
async def test_another_statement_of_the_club_is_another_one(language: str) -> None:
    """They greet and end alike; what they say is not the same."""
    greeting, end = FORMULAE[language]
    listed_one = " ".join((greeting, *kites.STATEMENTS[language], end))
    other = " ".join((greeting, *kites.NEWS[language], end))

    told = await found(other, listed_one)

    assert told in ([], [("0", WEAK)])


async def test_a_prayer_that_many_statements_have_is_none_of_them() -> None:
    """What ten statements begin with tells nothing about who says it."""
    prayer = "May the wind be with us and with those who hold the other end, today and in each March to come."
    rest = [random.Random(seed).sample(" ".join(kites.NEWS["en"]).split(), 60) for seed in range(10)]  # noqa: S311
    statements = [" ".join((prayer, *words)) for words in rest]

    assert await found(f"Good morning. {prayer} Who brings the bread?", *statements) == []
    assert ("3", SAME) in await found(statements[3], *statements)


async def test_two_statements_in_one_post_are_two() -> None:
    """Both are named."""
    both = f"{kites.statement('en')}\n\n{kites.statement('ur')}"

    told = await found(both, kites.statement("en"), kites.statement("ur"))

    assert sorted(told) == [("0", STRONG), ("1", STRONG)]


async def test_halves_of_two_statements_are_parts_of_both() -> None:
    """Nobody speaks but they."""
    halves = " ".join((*kites.STATEMENTS["en"][:3], *kites.STATEMENTS["ur"][3:]))

    told = await found(halves, kites.statement("en"), kites.statement("ur"))

    assert sorted(told) == [("0", STRONG), ("1", STRONG)]


async def test_what_two_statements_share_is_told_of_the_copied_one_only() -> None:
    """A copy of one is no quotation of the other."""
    first = kites.statement("en")
    second = " ".join((*kites.STATEMENTS["en"][:1], *kites.NEWS["en"]))

    assert await found(first, first, second) == [("0", SAME)]


async def test_a_short_statement_is_known_by_equality() -> None:
    """Too short for likeness, it must be the same."""
    short = "Lanterns belong to the hill"

    assert await found("LANTERNS belong — to the hill!", short) == [("0", SAME)]
    assert await found("Lanterns belong to a hill", short) == []


async def test_a_statement_from_before_there_were_fingerprints_is_found() -> None:
    """An older bank keeps texts; they are known all the same."""
    banks = await known([make.entry(kites.statement("en"), kind="text")])

    (match,) = await matches(f"look: {kites.statement('en')}", banks)

    assert match.strength is STRONG
    assert "kite" not in match.entry.value


async def test_what_is_withdrawn_is_no_longer_found() -> None:
    """The index forgets it."""
    store = MemoryBanks()
    await store.add("statements", listed([kites.statement("en"), kites.statement("ur")]))
    banks = Banks(store, clock=lambda: make.NOON)
    await banks.refresh()

    await store.remove("statements", ref="0")
    await banks.refresh()

    assert await matches(kites.statement("en"), banks) == ()
    assert len(await matches(kites.statement("ur"), banks)) == 1


async def test_phrases_and_expressions_are_phrases() -> None:
    """What was found is named as the admin wrote it, beside a statement in the same text."""
    entries = [
        make.entry("silver ribbon", kind="phrase", ref="p"),
        make.entry(r"forty \w+ kites", kind="expression", ref="e"),
        *listed([kites.statement("en")]),
    ]

    told = await matches(kites.statement("en"), await known(entries))

    assert {
        (m.signal.subject, m.signal.value if m.entry.kind != "text" else "", m.entry.ref) for m in told
    } == {
        ("phrase", "silver ribbon", "p"),
        ("phrase", r"forty \w+ kites", "e"),
        ("text", "", "0"),
    }
    assert {(m.strength, m.because) for m in told if m.entry.ref == "p"} == {
        (WEAK, "the phrase stands in the text; a reason to look, and no more")
    }


async def test_a_case_keeps_neither_the_text_nor_the_list() -> None:
    """What is saved of a match names the statement by the hashes that the bank keeps of it."""
    told = await matches(f"look: {kites.statement('en')}", await known(listed([kites.statement("en")])))
    verdict = Policy(name="default").judge(make.message(), told, ())

    saved = CASE.encode(opened("7K3", make.message("x").bare(), verdict, at=make.NOON))

    assert "copy of a known statement" in saved
    assert not [word for word in kites.statement("en").casefold().split() if len(word) > 6 and word in saved]
    assert len(saved) < 5_000
    assert CASE.decode(saved).verdict == verdict


async def test_an_edit_that_leaves_a_copy_a_copy_brings_nothing_new() -> None:
    """A match names the statement and not the text, so a case does not grow with every comma."""
    banks = await known(listed([kites.statement("en")]))

    first = await matches(f"look: {kites.statement('en')}", banks)
    second = await matches(f"look again: {kites.statement('en')}", banks)

    assert [m.signal for m in first] == [m.signal for m in second]


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "ab " * 33_000, "kite " * 20_000, "\u0301" * 100_000, kites.statement("ar") * 200],
    ids=["one letter", "two letters", "one word", "marks", "a statement 200 times"],
)
@pytest.mark.timeout(60)
async def test_a_hostile_text_ends(text: str) -> None:
    """Whatever is known."""
    banks = await known([*listed(map(kites.statement, kites.LANGUAGES)), make.entry("kite", kind="phrase")])

    assert len(await matches(text, banks)) <= 2
