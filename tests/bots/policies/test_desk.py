"""The desk takes policies in, puts them in force by one tap and takes them back by one, each once."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bots.policies.desk import GONE, REPLACED, TOO_OLD, oversized
from bots.policies.words import Said, Step, pages, pressed
from core.keeping import Version
from core.model import Account
from core.policy.policy import Policy
from tests import make
from tests.bots.policies.kites import BROKEN, FAILING, GOOD, HOUSE, Policies
from tests.fake_platform import FakePlatform
from tests.fake_policies import MemoryPolicies
from tests.fakes import MemoryNotes, MemoryStore

KITES = make.place("Kite Flyers", place_id="fake:kites")
OMAR = make.account("Omar", number=2)
WHERE = "“\u2068Kite Flyers\u2069”: the policy"
CHAT, DISK = "\u2068in the chat\u2069", "\u2068on the disk\u2069"
BY = "“\u2068Omar\u2069”"


@dataclass
class Desk:
    """A desk for one group, whose room hears the news."""

    now: datetime = make.NOON
    platform: FakePlatform = field(default_factory=FakePlatform)
    kept: MemoryPolicies = field(default_factory=MemoryPolicies)

    def __post_init__(self) -> None:
        store = MemoryStore(rooms={KITES.id: "fake:mods"})
        self.all = Policies(store, MemoryNotes(), {"fake": self.platform}, lambda: self.now, self.kept)
        self.desk = self.all.desk

    @property
    def holds(self) -> str:
        """The name of what holds in the group."""
        return self.all.in_force.of(KITES.id).name

    async def propose(self, raw: bytes = GOOD, name: str = "kites.yaml") -> Said:
        """Send a file."""
        await self.all.in_force.refresh()
        return await self.desk.propose(KITES, name, raw, OMAR)

    async def tap(self, said: Said, step: Step) -> Said:
        """Tap a button of an answer."""
        (button,) = [one for one in said.buttons if one.step is step]
        read = pressed(button.press)
        assert read == (step, button.numbers)
        if step is Step.LIVE:
            proposal = await self.desk.proposal(button.numbers[0])
            assert proposal is not None
            return await self.desk.make_live(proposal, KITES, OMAR, seen=button.numbers[1])
        version = await self.desk.live(button.numbers[0])
        assert version is not None
        return await self.desk.roll_back(version, KITES, OMAR)


async def test_a_file_that_can_be_used_is_offered_with_what_it_would_change() -> None:
    """Rules and examples are counted, changes named; nothing is in force before the tap."""
    desk = Desk()

    said = await desk.propose()

    text = "\n".join(said.lines)
    assert "“\u2068kites\u2069” can be used: 2 rules; 6 of 6 examples hold." in text
    assert "In “\u2068Kite Flyers\u2069”, where “\u2068default\u2069” holds, this would change:" in text
    assert "New rules: “\u2068known links\u2069”." in text
    assert [one.step for one in said.buttons] == [Step.LIVE, Step.LEAVE]
    assert said.buttons[0].label == "Make it live in “\u2068Kite Flyers\u2069”"
    assert (desk.holds, desk.all.live(KITES.id)) == ("default", [])


async def test_one_tap_makes_it_live_and_tells_the_room() -> None:
    """It holds in that group at once, and nowhere else; the room reads who did it and what changed."""
    desk = Desk()

    said = await desk.tap(await desk.propose(), Step.LIVE)

    assert said.lines[0].startswith(
        "✔ “\u2068kites\u2069” holds in “\u2068Kite Flyers\u2069” since 2026-03-01"
    )
    assert (desk.holds, desk.all.in_force.of("fake:elsewhere").name) == ("kites", "default")
    ((room, lines),) = desk.platform.told
    assert room == "fake:mods"
    assert "“\u2068kites\u2069” was put in force (in the chat by “\u2068Omar\u2069”)" in lines[0]
    assert lines[1] == "New rules: “\u2068known links\u2069”."


async def test_a_second_tap_makes_nothing_live() -> None:
    """The same answer comes again; there is one version and one line in the room."""
    desk = Desk()
    offer = await desk.propose()

    first, again = await desk.tap(offer, Step.LIVE), await desk.tap(offer, Step.LIVE)

    assert again.lines[0] == first.lines[0].replace(" holds in", " already holds in")
    assert again.buttons == first.buttons
    assert (desk.all.live(KITES.id), len(desk.platform.told)) == (["kites"], 1)


async def test_taps_at_the_same_moment_make_it_live_once() -> None:
    """Workers that take several taps at once: one version, and nobody is told that another came between."""
    desk = Desk()
    offer = await desk.propose()

    async with asyncio.TaskGroup() as tasks:
        taps = [tasks.create_task(desk.tap(offer, Step.LIVE), name=f"tap {n}") for n in range(4)]

    assert all(one.result().lines[0].startswith("✔") for one in taps)
    assert (desk.all.live(KITES.id), len(desk.platform.told)) == (["kites"], 1)


async def test_one_tap_gives_the_place_back_to_the_house() -> None:
    """Where there was nothing of its own before, the policy for all groups holds again."""
    desk = Desk()
    live = await desk.tap(await desk.propose(), Step.LIVE)

    said = await desk.tap(live, Step.BACK)

    assert live.buttons[0].label == "Roll back to “\u2068default\u2069” in “\u2068Kite Flyers\u2069”"
    assert "“\u2068default\u2069” holds in “\u2068Kite Flyers\u2069” again" in said.lines[0]
    assert (desk.holds, desk.all.live(KITES.id)) == ("default", ["kites", ""])
    assert "taken back (rolled back by “\u2068Omar\u2069”)" in desk.platform.told[1][1][0]


async def test_one_tap_brings_the_version_before_back() -> None:
    """What the place had of its own before is put there as a new version."""
    desk = Desk()
    await desk.tap(await desk.propose(name="first.yaml"), Step.LIVE)
    second = await desk.tap(await desk.propose(GOOD.replace(b", delete", b""), "second.yaml"), Step.LIVE)

    await desk.tap(second, Step.BACK)

    assert desk.all.live(KITES.id) == ["first", "second", "first"]
    assert desk.holds == "first"


async def test_what_cannot_be_read_any_more_is_not_brought_back() -> None:
    """An update may know an old file no longer: the tap says why, and what holds stays."""
    desk = Desk()
    old = Version(
        place=KITES.id,
        name="old",
        files=(("old.yaml", "version: 1\nrulez: []\n"),),
        at=desk.now,
        how="before",
    )
    await desk.all.store.put(old)
    live = await desk.tap(await desk.propose(), Step.LIVE)

    said = await desk.tap(live, Step.BACK)

    assert said.lines == (
        "✘ “\u2068old[.]yaml\u2069” cannot be used. Nothing was changed; what holds stays in force.",
    )
    assert 'unknown key "rulez"' in said.block
    assert desk.holds == "kites"


@pytest.mark.parametrize(
    ("lines", "most", "paged"),
    [
        (("one", "two"), 7, [("one", "two")]),
        (("one", "two"), 6, [("one",), ("two",)]),
        (("one", "too long"), 5, [("one",), ("too l",)]),
        (("too long", "one"), 5, [("too l",), ("one",)]),
        ((), 5, [()]),
    ],
)
def test_a_long_answer_comes_in_pages(
    lines: tuple[str, ...], most: int, paged: list[tuple[str, ...]]
) -> None:
    """None is empty, which a platform would refuse; the block and the buttons stand under the last."""
    said = Said(lines=lines, block="block")

    found = list(pages(said, most))

    assert [page.lines for page in found] == paged
    assert [page.block for page in found] == ["" for _ in paged[1:]] + ["block"]


async def test_a_second_tap_rolls_nothing_back() -> None:
    """The button names what it rolls back: once that is gone, nothing is left to do."""
    desk = Desk()
    await desk.tap(await desk.propose(name="first.yaml"), Step.LIVE)
    second = await desk.tap(await desk.propose(GOOD.replace(b", delete", b""), "second.yaml"), Step.LIVE)

    told = [await desk.tap(second, Step.BACK) for _ in range(2)]

    assert told[0] == told[1]
    assert desk.all.live(KITES.id) == ["first", "second", "first"]


async def test_a_late_tap_does_not_roll_back_what_came_later() -> None:
    """A button of an earlier version says that it is not in force any more."""
    desk = Desk()
    first = await desk.tap(await desk.propose(name="first.yaml"), Step.LIVE)
    await desk.tap(await desk.propose(GOOD.replace(b", delete", b""), "second.yaml"), Step.LIVE)

    said = await desk.tap(first, Step.BACK)

    assert said.lines == ("“\u2068first\u2069” is not in force any more. Nothing was changed.",)
    assert desk.holds == "second"


async def test_a_proposal_that_was_rolled_back_stays_so() -> None:
    """A tap on the old offer does not bring it back by accident."""
    desk = Desk()
    offer = await desk.propose()
    await desk.tap(await desk.tap(offer, Step.LIVE), Step.BACK)

    said = await desk.tap(offer, Step.LIVE)

    assert (said.lines, desk.holds) == ((REPLACED,), "default")


async def test_what_was_put_in_force_meanwhile_is_said_first() -> None:
    """The tap changes nothing; a second one, on what is said then, does."""
    desk = Desk()
    offer = await desk.propose()
    await desk.tap(await desk.propose(GOOD.replace(b", delete", b""), "other.yaml"), Step.LIVE)

    said = await desk.tap(offer, Step.LIVE)
    before = desk.holds
    await desk.tap(said, Step.LIVE)

    assert said.lines[0].startswith("! Not made live yet: “\u2068other\u2069” was put in force meanwhile")
    assert "  Changed rules: “\u2068known links\u2069”." in said.lines
    assert (before, desk.holds) == ("other", "kites")


async def test_a_change_of_the_house_is_said_first_too() -> None:
    """A policy that extends it means something else since."""
    desk = Desk()
    offer = await desk.propose()
    house = desk.all.store.versions[0]
    await desk.all.store.put(replace(house, name="strict", how="on the disk"))

    said = await desk.tap(offer, Step.LIVE)

    assert said.lines[0].startswith("! Not made live yet: “\u2068strict\u2069” was put in force meanwhile")
    assert desk.all.live(KITES.id) == []


OTHER = Version(place=KITES.id, name="other", files=(("other.yaml", HOUSE),), at=make.NOON)


@dataclass
class Overtaken(MemoryPolicies):
    """Somebody else puts versions in force just before the next one, after whoever puts that looked."""

    before: list[Version] = field(default_factory=list)

    async def put(self, version: Version, *, seen: int | None = None) -> Version:
        """Keep what comes before it, and then the version."""
        others, self.before = self.before, []
        for other in others:
            await super().put(other)
        return await super().put(version, seen=seen)


async def test_of_two_who_tap_at_the_same_moment_the_second_is_told_of_the_first() -> None:
    """Both looked before either put something there: none is put over the other's unseen."""
    desk = Desk(kept=(store := Overtaken()))
    offer = await desk.propose()
    store.before = [replace(OTHER, how="in the chat")]

    said = await desk.tap(offer, Step.LIVE)
    before = desk.all.live(KITES.id)
    again = await desk.tap(said, Step.LIVE)

    assert said.lines[0].startswith("! Not made live yet: “\u2068other\u2069” was put in force meanwhile")
    assert (before, again.lines[0][:1], desk.all.live(KITES.id)) == (["other"], "✔", ["other", "kites"])


async def test_what_is_put_there_while_somebody_rolls_back_stays() -> None:
    """The button named another version; where only the house's changed, it does what it says."""
    desk = Desk(kept=(store := Overtaken()))
    first = await desk.tap(await desk.propose(), Step.LIVE)
    store.before = [OTHER]
    overtaken = await desk.tap(first, Step.BACK)
    second = await desk.tap(await desk.propose(name="second.yaml"), Step.LIVE)
    store.before = [replace(store.versions[0], how="on the disk")]

    said = await desk.tap(second, Step.BACK)

    assert overtaken.lines == ("“\u2068kites\u2069” is not in force any more. Nothing was changed.",)
    assert "“\u2068other\u2069” holds in “\u2068Kite Flyers\u2069” again" in said.lines[0]
    assert desk.all.live(KITES.id) == ["kites", "other", "second", "other"]


async def test_a_proposal_gets_old() -> None:
    """After seven days it must be sent again; up to then it can be made live."""
    desk, late = Desk(), Desk()
    offers = [await desk.propose(), await late.propose()]
    desk.now += timedelta(days=7)
    late.now += timedelta(days=7, seconds=1)

    told = [await desk.tap(offers[0], Step.LIVE), await late.tap(offers[1], Step.LIVE)]

    assert told[1].lines == (TOO_OLD,)
    assert (desk.holds, late.holds) == ("kites", "default")


async def test_a_broken_file_is_told_as_policy_check_does() -> None:
    """Line, column, caret and remedy, in letters of one width; nothing of it is kept."""
    desk = Desk()

    said = await desk.propose(BROKEN)

    assert said.lines == (
        "✘ “\u2068kites[.]yaml\u2069” cannot be used. Nothing was changed; what holds stays in force.",
    )
    assert said.block.splitlines()[:4] == [
        'kites.yaml:5:28: expected link, account, file, image, video, text, phrase or likeness, found "lnk"',
        "  |",
        "5 |     when: {match: {signal: lnk}}",
        '  |                            ^^^ did you mean "link"?',
    ]
    assert (said.buttons, len(desk.all.store.versions)) == ((), 1)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"\xff\xfe", "text in UTF-16"),
        (b"\xff", "not UTF-8"),
        (b"#" * 262_145, "larger than 256 kB"),
        (GOOD.replace(b"house", b"other.yaml"), "there is no other.yaml beside it"),
        (GOOD.replace(b"house", b"../house.yaml"), "extends"),
        (GOOD.replace(b"house", b"kites.yaml"), "cannot take this up"),
        (b"", "version"),
    ],
)
async def test_what_cannot_be_read_is_refused_in_short(raw: bytes, words: str) -> None:
    """Whatever is sent, the answer is a few lines, and no file but those that ship is read for it."""
    desk = Desk()

    said = await desk.propose(raw)

    assert words in said.block
    assert len(said.block) < 3_000
    assert len(desk.all.store.versions) == 1


async def test_many_faults_are_cut() -> None:
    """A message has room for some of them; where all are told is said."""
    desk = Desk()

    said = await desk.propose(b"version: 1\n" + b"".join(b"wrong%d: 1\n" % n for n in range(500)))

    lines = said.block.splitlines()
    assert len(lines) == 18
    assert [line.startswith("A policy knows: ") for line in lines] == [n in {4, 10, 16} for n in range(18)]
    assert lines[-1] == "… and 97 more (nigehban policy check shows all of it)"


async def test_a_policy_whose_examples_fail_is_not_offered() -> None:
    """The first that fails is told; there is nothing to tap."""
    desk = Desk()

    said = await desk.propose(FAILING)

    assert said.lines[0] == (
        "✘ “\u2068kites\u2069” is not offered: 5 of 6 examples hold. Nothing was changed."
    )
    assert "the rule “\u2068known links\u2069” must not match: \u2068same link (act)\u2069." in said.lines[1]
    assert (said.buttons, len(desk.all.store.versions)) == ((), 1)


async def test_the_backtest_is_one_sentence_of_the_offer() -> None:
    """It is asked for the policy, the place and the person, and left out where nobody can say."""
    asked: list[tuple[str, str, str]] = []

    async def tried(policy: Policy, *, place: str, by: Account) -> str:
        asked.append((policy.name, place, by.name))
        return "would have hit 3 messages, 1 of them dismissed by you"

    desk = Desk()
    silent = await desk.propose()
    desk.all.tried = tried
    desk.all.__post_init__()

    said = await desk.all.desk.propose(KITES, "kites.yaml", GOOD, OMAR)

    assert "In the last 30 days it would have hit 3 messages, 1 of them dismissed by you." in said.lines
    assert not any("30 days" in line for line in silent.lines)
    assert asked == [("kites", "fake:kites", "Omar")]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("../../etc/kites.yaml", "kites"),
        ("kites\n\u202e.yaml", "kites"),
        (f"{'k' * 500}.yml", "k" * 60),
        ("kites.v2.TXT", "kites-v2"),
        ("@amina_r.yaml", "amina_r"),
        ("join a.example.yaml", "join a-example"),
        ("<@&7> [x](y).yaml", "&7- -x-y"),
        ("...yaml", "policy"),
        ("پتنگ باز.yaml", "پتنگ باز"),
        (".yaml", "policy"),
        ("", "policy"),
    ],
)
async def test_a_files_name_is_made_harmless(name: str, called: str) -> None:
    """It becomes the policy's name: nothing in it leads anywhere, pings, or breaks a line."""
    desk = Desk()

    await desk.propose(name=name)

    assert desk.all.store.versions[-1].name == called


async def test_what_holds_is_told_with_what_changed_last() -> None:
    """Moderators read who and what; in the group only the name and since when are told."""
    desk = Desk()
    house = await desk.desk.shown(KITES)
    await desk.tap(await desk.propose(), Step.LIVE)

    own, to_all = await desk.desk.shown(KITES), await desk.desk.shown_to_all(KITES)

    assert house.lines == (
        f"{WHERE} “\u2068default\u2069”, the one that holds everywhere, since 2026-02-28 12:00 UTC ({DISK}).",
    )
    assert house.buttons == ()
    assert own.lines == (
        f"{WHERE} “\u2068kites\u2069”, its own, since 2026-03-01 12:00 UTC ({CHAT} by {BY}).",
        "  New rules: “\u2068known links\u2069”.",
    )
    assert [one.step for one in own.buttons] == [Step.BACK]
    assert to_all.lines == ("⚪ The policy “\u2068kites\u2069” holds here since 2026-03-01 12:00 UTC.",)
    assert to_all.buttons == ()


async def test_moderators_are_told_what_rules_in_shadow_matched() -> None:
    """Of their own group alone, and never in the group."""

    async def shadows(place: str) -> tuple[str, ...]:
        return (f"Rule x (shadow) in {place}",)

    desk = Policies(MemoryStore(), MemoryNotes(), {}, lambda: make.NOON, shadows=shadows).desk

    assert (await desk.shown(KITES)).lines[-1].strip() == "Rule x (shadow) in fake:kites"
    assert "shadow" not in "".join((await desk.shown_to_all(KITES)).lines)


async def test_a_place_that_gave_its_own_up_tells_what_changed_last() -> None:
    """That it was rolled back is the latest, until the house's policy changes."""
    desk = Desk()
    await desk.tap(await desk.tap(await desk.propose(), Step.LIVE), Step.BACK)
    rolled = await desk.desk.shown(KITES)
    house = desk.all.store.versions[0]
    await desk.all.store.put(replace(house, how="on the disk again"))

    changed = await desk.desk.shown(KITES)

    assert "(\u2068rolled back\u2069 by “\u2068Omar\u2069”)" in rolled.lines[0]
    assert rolled.lines[1] == "  Rules that are gone: “\u2068known links\u2069”."
    assert "(\u2068on the disk again\u2069)" in changed.lines[0]
    assert rolled.buttons == changed.buttons == ()


async def test_what_an_example_names_is_harmless_where_it_is_told() -> None:
    """Places, roles and organisations in it are the sender's words: nothing to tap, and on one line."""
    wrong = (
        b"version: 1\nrules:\n  - {name: a, when: {match: {}}, do: [report], examples: "
        b'{must_not_match: [{finds: [{}], place: "x @everyone t.me/x", roles: ["/ban me"]}]}}\n'
    )

    said = await Desk().propose(wrong)

    assert said.lines[1] == (
        "The first that fails: the rule “\u2068a\u2069” must not match: "
        "\u2068same link (act), role /\u2060ban me, in x @\u2060everyone t[.]me/x\u2069."
    )


async def test_a_group_takes_its_own_policy_along_to_another_number() -> None:
    """Once, and not over one that the new number has already."""
    desk = Desk()
    await desk.tap(await desk.propose(), Step.LIVE)

    for _ in range(2):
        await desk.desk.moved(KITES.id, "fake:new")
    await desk.desk.moved("fake:nothing", "fake:other")

    assert (desk.all.live("fake:new"), desk.all.live("fake:other")) == (["kites"], [])
    assert desk.all.in_force.of("fake:new").name == "kites"


async def test_only_proposals_are_made_live_and_only_live_versions_rolled_back() -> None:
    """A number in a made-up button that is something else leads to nothing; the house's file is no chat's."""
    desk = Desk()
    await desk.tap(await desk.propose(), Step.LIVE)
    await desk.all.store.put(Version(place=KITES.id, name="x", at=make.NOON, live=False))

    assert [number for number in range(6) if await desk.desk.proposal(number)] == [2]
    assert [number for number in range(6) if await desk.desk.live(number)] == [3]
    assert "Send the file again" in GONE


@pytest.mark.parametrize(
    ("press", "read"),
    [
        ("policy:live:12:11", (Step.LIVE, (12, 11))),
        ("policy:for:5:-1001234567890", (Step.FOR, (5, -1001234567890))),
        ("policy:back:13", (Step.BACK, (13,))),
        ("policy:back", None),
        ("policy:back:x", None),
        ("policy:back:--1", None),
        ("policy:back:1:", None),
        ("policy:back:²", None),
        ("policy:back:1\n", None),
        (f"policy:back:{9**18}", (Step.BACK, (9**18,))),
        (f"policy:back:{10**18}", None),
        ("policy:burn:13", None),
        ("case:live:12", None),
        ("policy", None),
        ("", None),
    ],
)
def test_a_button_says_what_it_is_about(press: str, read: tuple[Step, tuple[int, ...]] | None) -> None:
    """Anything that is not one of these is no button of ours."""
    assert pressed(press) == read


@pytest.mark.parametrize(("size", "fetched"), [(None, True), (262_144, True), (262_145, False)])
def test_a_large_file_is_not_fetched(size: int | None, *, fetched: bool) -> None:
    """The platform tells the size beforehand."""
    assert (oversized("kites.yaml", size) is None) is fetched
