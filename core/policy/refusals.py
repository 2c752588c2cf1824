"""What the schema refuses, in an admin's words and at its place in the file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from core.policy import condition_keys, example_keys, limit_keys, schema
from core.policy.document import Document, Path, Value
from core.policy.example_keys import SIGNALS
from core.policy.faults import MOST, Fault, Spot, inside, nearest, quoted
from core.policy.meant import ACTIONS, TIMES, meant
from core.policy.program import FUNCTIONS
from core.policy.slips import unquoted
from core.policy.variables import VARIABLES


@dataclass(frozen=True, slots=True)
class Form:
    """A map of the language: what it is called, its schema, where it is explained."""

    noun: str
    keys: type[BaseModel]
    anchor: str

    @property
    def fields(self) -> Mapping[str, str]:
        """Its keys as the file spells them, each with what it expects."""
        return {f.alias or name: f.description or "" for name, f in self.keys.model_fields.items()}

    @property
    def remedy(self) -> str:
        """What is known here, and where to read on."""
        return f"{self.noun} knows: {', '.join(self.fields)}. See policies/README.md#{self.anchor}"


_POLICY: Final = Form("A policy", schema.PolicyKeys, "the-file")
_CONDITION: Final = Form("A condition", condition_keys.ConditionKeys, "conditions")
FORMS: Final[Mapping[str | int, Form]] = {
    "rules": Form("A rule", schema.RuleKeys, "rules"),
    "when": _CONDITION,
    "all": _CONDITION,
    "any": _CONDITION,
    "not": _CONDITION,
    "match": Form("A match condition", condition_keys.MatchKeys, "conditions"),
    "gap": Form("A gap condition", condition_keys.GapKeys, "conditions"),
    "distance": Form("A distance", condition_keys.DistanceKeys, "conditions"),
    "do": Form("An action with a key", schema.KeyedAction, "actions"),
    "mute": Form("A mute", schema.MuteKeys, "actions"),
    "no_media": Form("A hold on media", schema.NoMediaKeys, "actions"),
    "second": Form("An action with a key", schema.KeyedAction, "actions"),
    "third": Form("An action with a key", schema.KeyedAction, "actions"),
    "author": Form("An author condition", limit_keys.AuthorKeys, "circumstances"),
    "hours": Form("A span of hours", limit_keys.HoursKeys, "circumstances"),
    "count": Form("A count", limit_keys.CountKeys, "circumstances"),
    "ladder": Form("A ladder", schema.LadderKeys, "ladders"),
    "groups": Form("A group", schema.GroupKeys, "which-policy-holds-where"),
    "lanes": Form("A lane", limit_keys.LaneKeys, "bounds"),
    "quiet": Form("Quiet hours", limit_keys.QuietKeys, "bounds"),
    "quotas": Form("A map of quotas", limit_keys.QuotasKeys, "bounds"),
    "examples": Form("Examples", example_keys.ExamplesKeys, "examples"),
    "must_match": Form("An example", example_keys.SituationKeys, "examples"),
    "must_not_match": Form("An example", example_keys.SituationKeys, "examples"),
    "finds": Form("A find", example_keys.FindKeys, "examples"),
}
"""The form of the map that stands under a key, or in the list under a key."""

_CRISIS: Final = Form("A crisis", limit_keys.CrisisKeys, "bounds")
_QUOTA: Final = Form("A quota", limit_keys.QuotaKeys, "bounds")
_IN_CRISIS: Final = Form("A crisis condition", limit_keys.CrisisCondition, "circumstances")


def forms() -> Mapping[str, Form]:
    """Return every form once, under the first key it stands under; "" is the file itself."""
    found = {"": _POLICY, **{str(key): form for key, form in FORMS.items()}}
    found |= {"crisis": _CRISIS, "when … crisis": _IN_CRISIS, "quotas … delete": _QUOTA}
    first: dict[str, str] = {}
    for key, form in found.items():
        first.setdefault(form.noun, key)
    return {key: found[key] for key in first.values()}


_ACTION: Final = "an action: report, notify, warn, delete, kick, ban, mute: {for: 1h} or no_media: {for: 1d}"
_ITEMS: Final[Mapping[str | int, str]] = {
    "extends": "a policy that ships, such as default, or a file in the same folder, such as house.yaml",
    "rules": "a rule, such as {name: …, when: …, do: …}",
    "do": _ACTION,
    "all": "a condition, such as {match: {signal: link}}",
    "any": "a condition, such as {match: {signal: link}}",
    "second": _ACTION,
    "third": _ACTION,
    "groups": "a group, such as {places: [Newsroom], policy: newsroom}",
    "lanes": "a lane, such as {name: newsroom, places: [Desk]}",
    "must_match": "a situation, such as {finds: [{signal: link}]}",
    "must_not_match": "a situation, such as {finds: []}",
    "finds": "a find, such as {signal: link}",
    "place": "the id or the name of a place",
    "places": "the id or the name of a place",
    "happening": "posted, edited, joined, profile or reported",
    "exempt": "the name or the id of a role",
    "roles": "the name or the id of a role",
    "gaps": "a part of a message, such as attachment[0]",
}

_AROUND: Final = 20
"""Characters that are shown of an expression whose place in the file cannot be told."""


_COMPARED: Final = ("bank", "label", "entity", "part", "role", "roles", "place", "places", "lane", "exempt")
"""Keys of names that are compared with what is found; what else is text is shown as it stands."""


def refusals(errors: Sequence[ErrorDetails], found: Document) -> Iterator[Fault]:
    """Yield a fault for each error, save those that follow from something already refused."""
    placed = [(error, *_path(error["loc"], found, error["type"])) for error in errors[: 2 * MOST]]
    misspelt = {
        (path[:-1], nearest(str(path[-1]), _form(path[:-1]).fields))
        for error, path, _ in placed
        if error["type"] == "extra_forbidden"
    }
    for error, path, missing in placed:
        if not _refused(path, found) and (path, missing) not in misspelt:
            yield _fault(error, path, missing, found)


def same_names(found: Document) -> Iterator[Fault]:
    """Yield a fault for each rule whose name or id an earlier rule has: cards and other files name rules."""
    rules = found.value.get("rules") if isinstance(found.value, dict) else None
    for key in ("name", "id"):
        seen: dict[str, int] = {}
        for i, rule in enumerate(rules if isinstance(rules, list) else ()):
            name = rule.get(key) if isinstance(rule, dict) else None
            if not isinstance(name, str):
                continue
            spot = found.values["rules", i, key]
            if name in seen:
                what = f"a second rule with the {key} {quoted(name)}"
                hint = f"already on line {seen[name]}"
                yield Fault(spot=spot, what=what, hint=hint, remedy=FORMS["rules"].remedy)
            seen.setdefault(name, spot.line + 1)


def typeset_names(found: Document) -> Iterator[Fault]:
    """Yield a fault for each name that is compared and would never be met, for the quotes that are in it."""
    for path in found.typeset:
        key, form = _named(path)
        if key in _COMPARED and not _refused(path, found):
            text = found.text.splitlines()[found.values[path].line]
            spot = found.values[path]
            plain = unquoted(text[spot.column : spot.column + spot.width])
            yield Fault(
                spot=spot,
                what="the quotes of a word processor, which would be part of the name",
                hint=f"use plain quotes: {quoted(plain)}",
                remedy=f"See policies/README.md#{form.anchor}",
            )


def _path(loc: tuple[int | str, ...], found: Document, kind: str) -> tuple[Path, str]:
    """Turn pydantic's location into a path of the document; the names of its unions are not steps there.

    Returns:
        The path, and the name of the key that is missing, if one is.
    """
    steps, missing = (loc[:-1], str(loc[-1])) if kind == "missing" else (loc, "")
    path: Path = ()
    for step in steps:
        if (*path, step) in found.values:
            path = (*path, step)
    return path, missing


def _refused(path: Path, found: Document) -> bool:
    """Tell whether the place or something above it was refused by the YAML reader."""
    return any(path[:n] in found.refused for n in range(len(path) + 1))


def _fault(error: ErrorDetails, path: Path, missing: str, found: Document) -> Fault:
    form = _form(path)
    match error["type"]:
        case "missing":
            return Fault(spot=spot_of(path, found), what=f'missing key "{missing}"', remedy=form.remedy)
        case "extra_forbidden":
            key, above = str(path[-1]), _form(path[:-1])
            word = nearest(key, above.fields)
            hint = f'did you mean "{word}"?' if word else ""
            return Fault(
                spot=found.keys[path], what=f"unknown key {quoted(key)}", hint=hint, remedy=above.remedy
            )
        case "one_key":
            given = error["msg"]
            hint = f"here: {given}" if given else "none here"
            return Fault(
                spot=spot_of(path, found),
                what=f"{form.noun[0].lower()}{form.noun[1:]} has exactly one key",
                hint=hint,
                remedy=form.remedy,
            )
        case "expression":
            return _of_expression(error, path, found)
        case "span" | "empty_span":
            return Fault(
                spot=spot_of(path, found),
                what=error["msg"],
                remedy=f"See policies/README.md#{form.anchor}",
            )
    return _unexpected(error["input"], path, found)


def _of_expression(error: ErrorDetails, path: Path, found: Document) -> Fault:
    """Return the fault of an expression, placed within its text."""
    told = error.get("ctx", {})
    whole, text = spot_of(path, found), str(error["input"])
    spot = inside(whole, found.text, text, told["at"], told["width"])
    hint = told["hint"] or (f"at {quoted(text[told['at'] :][:_AROUND])}" if spot == whole else "")
    remedy = told["remedy"] or f"An expression knows: {', '.join((*VARIABLES, *FUNCTIONS))}."
    remedy += " See policies/README.md#expressions"
    return Fault(spot=spot, what=told["what"], hint=hint, remedy=remedy)


def _unexpected(value: Value, path: Path, found: Document) -> Fault:
    """Say what was expected in a place and what was found there."""
    key, form = _named(path)
    in_list = bool(path) and isinstance(path[-1], int)
    if in_list:
        expected, anchor = _ITEMS[key], "actions" if key in ACTIONS else form.anchor
    elif key == "signal":
        expected, anchor = f"{', '.join(SIGNALS[:-1])} or {SIGNALS[-1]}", form.anchor
    else:
        expected = form.fields.get(key, "a map of version and rules")
        anchor = "durations" if key in TIMES else form.anchor
    return Fault(
        spot=spot_of(path, found),
        what=f"expected {expected}, found {_shown(value)}",
        hint=meant(key, value, in_list=in_list),
        remedy=f"See policies/README.md#{anchor}",
    )


def _form(path: Path) -> Form:
    """Return the form of the map at a path."""
    named = [step for step in path if isinstance(step, str)]
    if named[-1:] == ["crisis"]:
        return _CRISIS if len(path) == 1 else _IN_CRISIS
    if named[:1] == ["quotas"] and len(named) > 1:
        return _QUOTA
    return FORMS.get(named[-1], _POLICY) if named else _POLICY


def _named(path: Path) -> tuple[str, Form]:
    """Return the key a value belongs to, and the form of the map that key is in."""
    if len(path) > 1 and path[-2] == "because":
        path = path[:-1]  # a language is no key of ours
    named = [i for i, step in enumerate(path) if isinstance(step, str)]
    return (str(path[named[-1]]), _form(path[: named[-1]])) if named else ("", _POLICY)


def spot_of(path: Path, found: Document) -> Spot:
    """Return where a value stands; a collection or nothing is shown by its key, where it has one."""
    value = found.values.get(path, Spot(line=0, column=0))
    first = [spot for key, spot in found.keys.items() if key[:-1] == path]
    if path in found.keys and (value.width == 0 or first or not _is_text(path, found)):
        return found.keys[path]
    return first[0] if first else value


def _is_text(path: Path, found: Document) -> bool:
    value: Value = found.value
    for step in path:
        if isinstance(value, dict):
            value = value[str(step)]
        elif isinstance(value, list):
            value = value[int(step)]
    return not isinstance(value, dict | list)


def _shown(value: Value) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            return quoted(value)
        case list():
            return "a list" if value else "an empty list"
        case dict():
            return "a map"
    return str(value)
