"""Judging the quick way comes to what asking every rule one by one comes to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from core.model import Action, ActionKind, Gap, Happening, Mention, Sentence, Strength, Trust
from core.model import Match as Found
from core.policy.circumstances import AtHours, ByAuthor, Counted, Happened, InCrisis, InPlace
from core.policy.conditions import AllOf, AnyOf, Condition, Facts, Finding, GapFound, MatchFound, Not
from core.policy.limits import Crisis, Hours, Lane, Limits, Quiet
from core.policy.policy import Policy, Rule, Stage, Steps
from tests import make

NIGHT = Hours(start_min=0, end_min=13 * 60)
CRISIS = Crisis(start=datetime(2026, 2, 1, tzinfo=UTC), until=datetime(2026, 4, 1, tzinfo=UTC))
WORDS = ("", "a", "A", "B")
KINDS = ("link", "pdq", "phrase", "profile", "account")
PARTS = ("text", "caption", "quote.text", "forward.origin", "attachment[0].qr", "attachment[1]")
REPORT = Action(kind=ActionKind.REPORT)


def test_no_verdict_differs_from_asking_every_rule_by_itself() -> None:
    """Of 400 policies and a dozen messages each, rules, notes and actions are the same, in order."""
    chance = Random(481)  # noqa: S311  # repeatable, not secret
    outcomes = set()
    for _ in range(400):
        policy = some_policy(chance)
        for _ in range(12):
            facts = some_facts(chance, policy)

            verdict = policy.of(facts)

            told = tuple(one.text for said in verdict.because for one in said)
            assert (verdict.rules, verdict.notes, told, verdict.actions) == plainly(policy, facts)
            outcomes.add((len(verdict.rules), len(verdict.actions)))
    assert {rules for rules, _ in outcomes} >= {0, 1, 2, 3, 4}
    assert {actions for _, actions in outcomes} >= {0, 1, 2, 3}


def test_a_rule_that_acts_rests_on_the_best_of_its_grounds_whoever_shares_its_condition() -> None:
    """For a rule that only reports the first match is enough; that must not cut short what others rest on."""
    sure, weak = (replace(make.match(trust=Trust.ACT), strength=s) for s in (Strength.SAME, Strength.WEAK))
    when = MatchFound(carried="own")
    acting = Rule(name="acting", when=when, do=(Action(kind=ActionKind.BAN),))
    telling = Rule(name="telling", when=AllOf((when,)), do=(REPORT,))

    for rules in ((acting, telling), (telling, acting)):
        verdict = Policy(name="p", rules=rules).judge(make.message(), (weak, sure), ())
        assert [a.kind for a in verdict.actions] == [ActionKind.REPORT, ActionKind.BAN]


def test_a_condition_is_asked_once_and_only_where_it_could_hold() -> None:
    """However many rules share it; one that rests on a gap is not asked where nothing was left out."""
    asked: list[str] = []

    @dataclass(frozen=True, slots=True)
    class Asks(GapFound):
        """A condition that says that it was asked."""

        word: str = ""

        def __call__(self, facts: Facts) -> Iterator[Finding]:
            asked.append(self.word)
            yield from GapFound(part=self.part)(facts)

    rules = tuple(Rule(name=f"rule {n}", when=AnyOf((Asks(word="gap"),)), do=(REPORT,)) for n in range(3))
    others = tuple(Rule(name=f"other {n}", when=Asks(word="alone"), do=(REPORT,)) for n in range(2))
    policy = Policy(name="p", rules=rules + others)

    policy.judge(make.message(), (make.match(),), ())
    before = list(asked)
    policy.judge(make.message(), (), (Gap(part="attachment[0]", reason="too large"),))

    assert before == []
    assert sorted(asked) == ["alone", "gap"]


def plainly(
    policy: Policy, facts: Facts
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[Action, ...]]:
    """Give the rules that fire, the notes and the actions, by the plainest way there is."""
    fired: list[str] = []
    notes: list[str] = []
    told: list[str] = []
    proposed: list[Action] = []
    for rule in policy.rules:
        findings = tuple(rule.when(facts))
        if rule.stage is Stage.DRAFT or not findings:
            continue
        does = list(allowed(rule, findings, facts))
        if rule.stage is Stage.SHADOW:
            kinds = ", ".join(dict.fromkeys(str(a.kind) for a in does)) or "record"
            notes.append(f"rule {rule.name}, in shadow, would: {kinds}")
            continue
        fired.append(rule.name)
        proposed += [REPORT] if rule.stage is Stage.NOTIFY else does
        match = next((f.match for f in findings if f.match), None)
        said = [in_words(sentence.text, facts, match) for sentence in rule.because]
        notes += [f"rule {rule.name}: {one}" for one in said]
        if any(a.kind is not ActionKind.REPORT for a in does) and rule.stage is Stage.ENFORCE:
            told += said
    if facts.message.happening is Happening.REPORTED:
        fired.append("a member's report")
        proposed.append(REPORT)
    actions = merged(proposed)
    for most, sentence_ in policy.limits.on(facts.message):
        within = merged([a if a.kind.rank <= most.rank else REPORT for a in actions])
        if within != actions:
            notes.append(sentence_)
        actions = within
    return tuple(fired), tuple(notes), tuple(dict.fromkeys(told)), actions


def in_words(text: str, facts: Facts, match: Found | None) -> str:
    """Give a sentence filled."""
    values = {"place": facts.message.place.name, "entity": "", "part": ""}
    if match:
        values |= {"entity": match.entry.entity, "part": match.signal.part}
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", f"\u2068{value}\u2069" if value else "unknown")
    return text


def allowed(rule: Rule, findings: tuple[Finding, ...], facts: Facts) -> Iterator[Action]:
    """Give what a rule proposes, held to what its findings are ground enough for."""
    most = max(strongest(finding).rank for finding in findings)
    do = rule.do
    if rule.ladder and (earlier := facts.earlier_within(rule.ladder.within_s)):
        third = rule.ladder.second if rule.ladder.third is None else rule.ladder.third
        do = rule.ladder.second if earlier == 1 else third
    for action in do:
        shown = facts.message.happening in {Happening.JOINED, Happening.PROFILE}
        possible = not (shown and action.kind is ActionKind.DELETE)
        yield action if action.kind.rank <= most and possible else REPORT


def strongest(finding: Finding) -> ActionKind:
    """Give what one finding is ground enough for."""
    match = finding.match
    guess = match is not None and (
        match.signal.kind == "phrase" or (match.signal.kind == "profile" and not finding.named)
    )
    if match is None or guess or match.bank.trust is not Trust.ACT or match.strength is Strength.WEAK:
        return ActionKind.REPORT
    return match.bank.most or ActionKind.BAN


def merged(actions: list[Action]) -> tuple[Action, ...]:
    """Give each kind once, the longest mute, and nothing beside what outdoes it."""
    kinds = {action.kind for action in actions}
    if ActionKind.BAN in kinds:
        kinds -= {ActionKind.NO_MEDIA, ActionKind.MUTE, ActionKind.KICK}
    if ActionKind.KICK in kinds:
        kinds -= {ActionKind.NO_MEDIA, ActionKind.MUTE}
    if ActionKind.MUTE in kinds:
        kinds -= {ActionKind.NO_MEDIA}
    if ActionKind.WARN in kinds:
        kinds -= {ActionKind.NOTIFY}
    longest = [
        max((a for a in actions if a.kind is kind), key=lambda a: (a.for_s is None, a.for_s or 0))
        for kind in kinds
    ]
    return tuple(sorted(longest, key=lambda a: a.kind.rank))


def some_policy(chance: Random) -> Policy:
    """Give a policy whose rules share conditions, as those of one community do."""
    shared = [some_condition(chance, depth=2) for _ in range(5)]
    rules = tuple(
        Rule(
            name=f"rule {number}",
            when=chance.choice(shared) if chance.random() < 0.5 else some_condition(chance, depth=3),
            do=some_actions(chance),
            stage=chance.choice((Stage.ENFORCE, Stage.ENFORCE, Stage.NOTIFY, Stage.SHADOW, Stage.DRAFT)),
            ladder=some_ladder(chance),
            because=chance.choice(((), (Sentence("en", "{entity} in {place}, {part}"),))),
        )
        for number in range(chance.randint(1, 12))
    )
    lanes = (Lane(name="newsroom", places=("fake:room",)),)
    limits = Limits(
        exempt=chance.choice((frozenset(), frozenset({"mod"}))),
        lanes=chance.choice(((), (), lanes)),
        quiet=chance.choice((None, None, Quiet(hours=NIGHT, most=ActionKind.DELETE))),
        crisis=chance.choice((None, CRISIS)),
    )
    return Policy(name="some", rules=rules, limits=limits)


def some_condition(chance: Random, *, depth: int) -> Condition:
    """Give a condition of any kind, one in another down to a depth."""
    if depth and chance.random() < 0.5:
        inner = tuple(some_condition(chance, depth=depth - 1) for _ in range(chance.randint(0, 3)))
        return chance.choice((AllOf, AllOf, AnyOf))(inner) if inner or depth < 3 else Not(MatchFound())
    kind = chance.random()
    if kind < 0.6:
        return some_match_condition(chance)
    if kind < 0.7:
        return Not(some_condition(chance, depth=max(depth - 1, 0)))
    return chance.choice(
        (
            GapFound(),
            GapFound(part="attachment[0]"),
            InPlace(places=("fake:room",)),
            ByAuthor(role="MOD"),
            ByAuthor(newcomer_s=3600),
            Happened((Happening.POSTED, Happening.JOINED)),
            AtHours(NIGHT),
            InCrisis(),
            Counted(at_least=2, within_s=600),
        )
    )


def some_match_condition(chance: Random) -> MatchFound:
    """Give a condition on a match with some of its keys."""
    every = MatchFound(
        signal=chance.choice(("link", "image", "phrase", "likeness")),
        bank=chance.choice(WORDS),
        label=chance.choice(WORDS),
        entity=chance.choice(WORDS),
        strength=chance.choice(tuple(Strength)),
        max_distance=chance.choice((0, 10)),
        trust=chance.choice(tuple(Trust)),
        part=chance.choice(("attachment", "text", "quote")),
        sources=chance.choice((1, 2)),
        hidden=chance.choice((True, False)),
        carried=chance.choice(("own", "quoted", "forwarded")),
    )
    left_out = {key: None for key in MatchFound.__slots__ if chance.random() < 0.8}
    return replace(every, **left_out)


def some_actions(chance: Random) -> tuple[Action, ...]:
    """Give up to three actions."""
    kinds = (REPORT.kind, REPORT.kind, *ActionKind)
    some = [chance.choice(kinds) for _ in range(chance.randint(0, 3))]
    return tuple(
        Action(kind=kind, for_s=chance.choice((None, 60, 600)) if kind is ActionKind.MUTE else None)
        for kind in some
    )


def some_ladder(chance: Random) -> Steps | None:
    """Give a ladder, or none."""
    if chance.random() < 0.7:
        return None
    third = chance.choice((None, some_actions(chance)))
    return Steps(within_s=600, second=some_actions(chance), third=third)


def some_facts(chance: Random, policy: Policy) -> Facts:
    """Give a message with what was found in it."""
    forward = Mention(account=make.account("Blue"), path="forward.origin")
    message = make.message(
        "hello",
        at=make.NOON + timedelta(hours=chance.choice((0, 2))),
        happening=chance.choice((Happening.POSTED, Happening.POSTED, *Happening)),
        parts=chance.choice(((), (), (forward,))),
    )
    author = replace(
        message.author,
        roles=chance.choice(((), ("mod",))),
        since=chance.choice((None, message.at - timedelta(minutes=5))),
    )
    gaps = (Gap(part="attachment[0]", reason="too large"),)
    return Facts(
        message=replace(message, author=author),
        matches=tuple(some_match(chance) for _ in range(chance.choice((0, 1, 2, 5)))),
        gaps=chance.choice(((), (), gaps)),
        earlier=tuple(message.at - timedelta(minutes=5 * n) for n in range(1, chance.randint(1, 4))),
        limits=policy.limits,
    )


def some_match(chance: Random) -> Found:
    """Give a match with the words that conditions ask for."""
    match = make.match(
        kind=chance.choice(KINDS),
        bank=chance.choice(WORDS),
        trust=chance.choice((Trust.ACT, *Trust)),
        strength=chance.choice(tuple(Strength)),
    )
    return replace(
        match,
        distance=chance.choice((None, 5, 12)),
        signal=replace(match.signal, part=chance.choice(PARTS), hidden=chance.random() < 0.3),
        entry=replace(match.entry, label=chance.choice(WORDS), entity=chance.choice(WORDS)),
        bank=replace(
            match.bank,
            origin=chance.choice(("", "", "desk")),
            most=chance.choice((None, None, ActionKind.DELETE)),
        ),
    )
