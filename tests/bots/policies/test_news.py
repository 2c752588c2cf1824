"""How a change of policy reads in a moderators' room."""

from dataclasses import dataclass, field, fields, replace
from datetime import UTC, timedelta

import pytest

from bots.policies.news import _BOUNDS, NEWS_FOR, PolicyNews, changes
from core.announcing import Announcer
from core.errors import BadInput
from core.held import Held
from core.keeping import EVERYWHERE, Version
from core.policy.limits import Limits
from core.policy.loader import read_policy
from core.policy.policy import Policy
from tests import make
from tests.fake_platform import FakePlatform
from tests.fake_policies import MemoryPolicies
from tests.fakes import MemoryNotes, MemoryStore

BEFORE = """
version: 1
rules:
  - {name: links, when: {match: {signal: link}}, do: [report]}
  - {name: pictures, when: {match: {signal: image}}, do: [report]}
"""
AFTER = """
version: 1
exempt: [newsroom]
groups: [{places: [Desk], policy: newsroom}]
rules:
  - {name: links, when: {match: {signal: link}}, do: [report, delete]}
  - {name: "new @one", when: {match: {}}, do: [report]}
"""


def policy(text: str, name: str = "house") -> Policy:
    """Read a policy."""
    return read_policy(text.encode(), name=name, where="p.yaml")


@dataclass
class Desk:
    """Groups with rooms, at first two with a room each, and their news."""

    rooms: dict[str, str] = field(
        default_factory=lambda: {"fake:kites": "fake:desk", "fake:papers": "fake:other"}
    )
    platform: FakePlatform = field(default_factory=FakePlatform)
    store: MemoryPolicies = field(default_factory=MemoryPolicies)

    def __post_init__(self) -> None:
        """Build it."""
        rooms = MemoryStore(rooms=self.rooms)
        announce = Announcer(rooms, MemoryNotes(), {"fake": self.platform}, lambda: make.NOON)
        self.news = PolicyNews(announce, self.store, clock=lambda: make.NOON, zone=UTC)

    async def put(self, **fields: object) -> Version:
        """Keep a version."""
        files = (("house.yaml", AFTER),)
        version = Version(name="house", files=files, how="on the disk", at=make.NOON)
        return await self.store.put(replace(version, **fields))  # type: ignore[arg-type]  # fields of a Version

    @property
    def said(self) -> dict[str, tuple[str, ...]]:
        """By room, what was said."""
        return dict(self.platform.told)


def test_what_is_different_is_told_by_the_names_of_rules() -> None:
    """New, changed and gone rules, the bounds, the groups; nothing where nothing is different."""
    said = list(changes(policy(BEFORE), policy(AFTER)))

    assert said == [
        "New rules: “\u2068new @\u2060one\u2069”.",
        "Changed rules: “\u2068links\u2069”.",
        "Rules that are gone: “\u2068pictures\u2069”.",
        "Changed bounds: exempt roles.",
        "Which policy holds in which group changed.",
    ]
    assert list(changes(policy(BEFORE), policy(BEFORE))) == []


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        ("exempt: [helper]", "exempt roles"),
        ("lanes: [{name: news, places: [Desk]}]", "context lanes"),
        ('quiet: {from: "23:00", to: "06:00"}', "quiet hours"),
        ('crisis: {from: "2026-03-01T08:00+05:00", until: "2026-03-02T08:00+05:00"}', "crisis"),
        ("quotas: {delete: {hour: 2, day: 5}}", "quotas"),
        ("exempt: [helper]\nquotas: {ban: {hour: 1, day: 2}}", "exempt roles and quotas"),
    ],
)
def test_a_bound_that_changed_is_told_by_its_name(bounds: str, told: str) -> None:
    """Who lowered a quota must not look for it among quiet hours."""
    rules = "version: 1\nrules: []\n"

    assert list(changes(policy(rules), policy(f"{rules}{bounds}\n"))) == [f"Changed bounds: {told}."]


def test_no_bound_changes_unsaid() -> None:
    """Each field of `Limits` has its word."""
    assert {key for key, _ in _BOUNDS} == {one.name for one in fields(Limits)}


def test_of_many_rules_the_first_are_named() -> None:
    """A room is no list of a hundred names."""
    rules = "".join(f"  - {{name: rule {n}, when: {{match: {{}}}}, do: [report]}}\n" for n in range(8))

    (said,) = changes(policy("version: 1\nrules: []\n"), policy(f"version: 1\nrules:\n{rules}"))

    assert said.count("rule") == 6
    assert said.endswith("and 3 more.")


async def test_every_room_hears_what_the_house_changed() -> None:
    """Who, how and since when, and where to read more."""
    desk = Desk()
    await desk.put()
    version = await desk.put()

    await desk.news.changed(version, Held(house=policy(BEFORE)), Held(house=policy(AFTER)))

    assert set(desk.said) == {"fake:desk", "fake:other"}
    first, *_, last = desk.said["fake:desk"]
    assert first == (
        "⚪ The policy “\u2068house\u2069” was put in force (on the disk). "
        "It holds since 2026-03-01 12:00 UTC, where a group has none of its own."
    )
    assert last == "/policy shows what holds here."


async def test_only_the_room_of_a_place_hears_of_its_own_policy() -> None:
    """Its first one is news as well; that it was given back is told by what holds again."""
    desk = Desk()
    version = await desk.put(place="fake:kites", how="sent", by="Omar")
    house = Held(house=policy(BEFORE))
    own = replace(house, own={"fake:kites": policy(AFTER, "own")})
    await desk.news.changed(version, house, own)
    back = await desk.put(place="fake:kites", how="rolled back", by="Omar", files=())
    await desk.news.changed(back, own, house)

    assert [room for room, _ in desk.platform.told] == ["fake:desk"] * 2
    assert "(sent by “\u2068Omar\u2069”)" in desk.platform.told[0][1][0]
    assert desk.platform.told[0][1][0].endswith("It holds since 2026-03-01 12:00 UTC.")
    assert "“\u2068house\u2069” holds again" in desk.platform.told[1][1][0]


async def test_the_first_policy_of_all_is_no_change() -> None:
    """Before it there was nothing that somebody chose."""
    desk = Desk()

    await desk.news.changed(await desk.put(), Held(house=policy(BEFORE)), Held(house=policy(AFTER)))

    assert desk.platform.told == []


@pytest.mark.parametrize(("minutes", "wanted"), [(0, True), (60, True), (61, False)])
async def test_a_change_is_news_for_an_hour(minutes: int, *, wanted: bool) -> None:
    """Who starts a process much later has nothing to tell."""
    desk = Desk()
    late = NEWS_FOR - timedelta(hours=1)

    version = await desk.put(at=make.NOON - timedelta(minutes=minutes) - late)

    assert desk.news.wants(version) is wanted


LANES = "lanes: [{name: news, places: [Desk]}]\n"
SILENT = "version: 1\nrules: []\n"


@dataclass(frozen=True, kw_only=True)
class Change:
    """A change of the house's file, with it of a group's own policy, and what the rooms hear of it."""

    before: str
    after: str
    own: tuple[str, str] = (SILENT, SILENT)
    kites: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


CHANGES = {
    "a rule of the house's": Change(
        before=SILENT,
        after="version: 1\nrules:\n  - {name: links, when: {match: {}}, do: [report]}\n",
        others=("New rules: “\u2068links\u2069”.",),
    ),
    "a lane, which holds in all groups": Change(
        before=SILENT,
        after=SILENT + LANES,
        own=(SILENT, SILENT + LANES),
        kites=(
            "Where “\u2068own\u2069” holds, this changed with it:",
            "Changed bounds: context lanes.",
        ),
        others=("Changed bounds: context lanes.",),
    ),
    "a rule that the group's policy takes up": Change(
        before=BEFORE,
        after=AFTER.replace("groups", "# groups"),
        own=(BEFORE, AFTER.replace("groups", "# groups")),
        kites=(
            "Where “\u2068own\u2069” holds, this changed with it:",
            "New rules: “\u2068new @\u2060one\u2069”.",
            "Changed rules: “\u2068links\u2069”.",
            "Rules that are gone: “\u2068pictures\u2069”.",
            "Changed bounds: exempt roles.",
        ),
        others=(
            "New rules: “\u2068new @\u2060one\u2069”.",
            "Changed rules: “\u2068links\u2069”.",
            "Rules that are gone: “\u2068pictures\u2069”.",
            "Changed bounds: exempt roles.",
        ),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_a_room_is_told_where_what_holds_there_changed(change: Change) -> None:
    """A group with a policy of its own hears what changed for it, and nothing where nothing did."""
    desk = Desk()
    await desk.put()
    version = await desk.put()

    await desk.news.changed(
        version,
        Held(house=policy(change.before), own={"fake:kites": policy(change.own[0], "own")}),
        Held(house=policy(change.after), own={"fake:kites": policy(change.own[1], "own")}),
    )

    said = {room: lines[1:-1] for room, lines in desk.said.items()}
    assert said == {
        room: lines for room, lines in (("fake:desk", change.kites), ("fake:other", change.others)) if lines
    }


async def test_a_room_of_several_groups_hears_all_of_it_in_one_message() -> None:
    """What changed where the house's holds, and what changed with it elsewhere; each once."""
    desk = Desk({"fake:kites": "fake:desk", "fake:papers": "fake:desk", "fake:birds": "fake:desk"})
    await desk.put()
    version = await desk.put()

    await desk.news.changed(
        version,
        Held(house=policy(SILENT), own={"fake:kites": policy(SILENT, "own")}),
        Held(house=policy(SILENT + LANES), own={"fake:kites": policy(SILENT + LANES, "own")}),
    )

    ((room, (head, *lines)),) = desk.platform.told
    assert room == "fake:desk"
    assert head.endswith("where a group has none of its own.")
    assert sorted(lines[:-1]) == sorted(
        (
            "Changed bounds: context lanes.",
            "Where “\u2068own\u2069” holds, this changed with it:",
            "Changed bounds: context lanes.",
        )
    )


@pytest.mark.parametrize(
    ("groups", "desk", "others"),
    [
        # By its id the house's file says that another policy holds: the house's rules are not its rules.
        (("{places: ['fake:7'], policy: newsroom}", "{places: ['fake:7'], policy: newsroom}"), False, True),
        # Another one holds there now; whoever is not called that, by id, is not told.
        (("{places: ['fake:7'], policy: newsroom}", "{places: ['fake:7'], policy: strict}"), True, False),
        # A channel of it, and of nobody else.
        (("{places: ['fake:8'], policy: newsroom}", "{places: ['fake:7/5'], policy: newsroom}"), True, False),
        # What a group is called is not known: it may be any of them.
        (("{places: [Desk], policy: newsroom}", "{places: [Desk], policy: strict}"), True, True),
    ],
)
async def test_what_the_file_says_of_one_group_concerns_that_group(
    groups: tuple[str, str], *, desk: bool, others: bool
) -> None:
    """By its id, as far as that tells."""
    news = Desk({"fake:7": "fake:desk", "fake:papers": "fake:other"})
    await news.put()
    version = await news.put()
    rules = "version: 1\nrules: [{name: links, when: {match: {}}, do: [report]}]\n"
    other = rules.replace("links", "other") if not desk else rules
    before, after = f"{rules}groups: [{groups[0]}]\n", f"{other}groups: [{groups[1]}]\n"

    await news.news.changed(version, Held(house=policy(before)), Held(house=policy(after)))

    told = {"fake:desk": desk, "fake:other": others}
    assert set(news.said) == {room for room, hears in told.items() if hears}


async def test_a_file_that_cannot_be_used_is_told_with_what_is_wrong() -> None:
    """As much as a room bears; the same one once."""
    desk = Desk()
    why = "\n".join(f"house.yaml:{n}:1: wrong" for n in range(20))

    await desk.news.refused(why, "mark")
    await desk.news.refused(why, "mark")
    await desk.news.unread(await desk.put(place=EVERYWHERE), "house.yaml:1:1: wrong")

    assert len(desk.platform.told) == 4
    refused = desk.platform.told[0][1]
    assert "stays in force" in refused[0]
    assert refused[1] == "house.yaml:0:1: wrong"
    assert len(refused) == 11
    assert refused[-2] == "… and 12 more (nigehban policy check shows all of it)"
    assert refused[-1] == "Once the file can be used again, it holds by itself."
    assert "cannot be read any more" in desk.platform.told[2][1][0]


async def test_a_room_is_told_each_fault_in_one_line_and_no_line_of_the_file() -> None:
    """A caret points at nothing there; what was probably meant is told in words."""
    desk = Desk()
    wrong = "version: 1\nrules:\n  - nmae: secret list\n    when: {match: {signal: lnk}}\n    do: [deleet]\n"
    with pytest.raises(BadInput) as refused:
        policy(wrong)

    await desk.news.refused(str(refused.value), "mark")

    first, *faults, last = desk.platform.told[0][1]
    assert "stays in force" in first
    assert faults == [
        'p.yaml:3:5: unknown key "nmae", did you mean "name"?',
        (
            "p.yaml:4:28: expected link, account, file, image, video, text, phrase or likeness, "
            'found "lnk", did you mean "link"?'
        ),
        (
            "p.yaml:5:10: expected an action: report, notify, warn, delete, kick, ban, mute: {for: 1h} "
            'or no_media: {for: 1d}, found "deleet", did you mean "delete"?'
        ),
    ]
    assert "holds by itself" in last
