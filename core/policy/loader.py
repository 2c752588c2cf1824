"""Policy files: the one place of the policy that touches the disk.

A file is taken whole or not at all; what is wrong with it is told all at once.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from errno import EINVAL
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO, Final

from pydantic import ValidationError

from core.errors import BadInput
from core.policy.cost import costly
from core.policy.document import document
from core.policy.faults import Fault, WrongPolicy, nearest, plain
from core.policy.limits import Limits
from core.policy.never import meaningless
from core.policy.plaintext import MAX_BYTES, text_of
from core.policy.policy import Group, Policy, Rule
from core.policy.refusals import refusals, same_names, spot_of, typeset_names
from core.policy.schema import PolicyKeys
from core.policy.trial import failing

MAX_EXTENDED: Final = 4
"""Files in a row that extend one another; more is a circle, or nobody can read it any more."""

MAX_TAKEN_UP: Final = 64
"""Files that are taken up in all, the same one each time it is."""

SHIPPED: Final = ("default", "observe", "strict", "newsroom", "high-risk-event")
"""The policies that come with the program, by name."""

HOUSE: Final = "house"
"""What a policy that is sent in a chat calls the one that holds everywhere, to extend it."""

Beside = Callable[[str], bytes]
"""Reads a file that stands beside a policy, by its name; raises BadInput."""

Files = tuple[tuple[str, str], ...]
"""A policy file, and each file beside it that it takes up: name and text."""


def load_policy(path: Path) -> Policy:
    """Read a policy file; the policy is called what the file is called.

    Raises:
        BadInput: The file cannot be read, or something in it is wrong; the message tells everything.
    """
    return _loaded(path, _Reading())


def read_policy(raw: bytes, *, name: str, where: str, beside: Beside | None = None) -> Policy:
    """Read a policy from the bytes of a file.

    Args:
        raw: The file.
        name: What the policy is called.
        where: What messages call the file.
        beside: Reads the files that it may take up; without it, there are only policies that ship.

    Raises:
        BadInput: As `load_policy`.
    """
    return _read(raw, name, where, _Reading(beside=beside))


def files_of(path: Path, *, reading: Callable[[str], None] = lambda _: None) -> Files:
    """Return a policy file with all that it takes up from its folder, so that it can be kept elsewhere.

    Args:
        path: The file.
        reading: Told the name of each file before it is read, also of one that cannot be.

    Raises:
        BadInput: As `load_policy`.
    """
    taken = dict[str, bytes]()

    def beside(name: str) -> bytes:
        reading(name)
        if name not in taken:  # once: what is kept is what was checked, whoever writes meanwhile
            taken[name] = _bytes(path.parent / name)
        return taken[name]

    read_policy(beside(path.name), name=path.stem, where=str(path), beside=beside)
    return tuple((name, raw.decode("utf-8-sig")) for name, raw in taken.items())


def policy_of(files: Files, *, house: Files = ()) -> Policy:
    """Read a policy that was kept.

    Args:
        files: As `files_of` gave them, or one file that was sent.
        house: Those of the policy that holds everywhere, which this one may extend as `house`; its exempt
            roles and its lanes hold here as well, whatever this one says.

    Raises:
        BadInput: As `load_policy`.
    """
    name, text = files[0]
    reading = _Reading(beside=_among(files), house=house)
    policy = _read(text.encode(), Path(name).stem, name, reading)
    return policy.within(_limits_of(house)) if house else policy


@lru_cache(maxsize=4)
def _limits_of(house: Files) -> Limits:
    """Return the bounds of the policy that holds everywhere; many places ask for the same ones."""
    return policy_of(house).limits


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What stays the same while one file leads to others.

    Attributes:
        through: The files that led here.
        under: What this one is laid over, before what it extends itself.
        taken: Every file that was taken up so far, as often as it was.
    """

    beside: Beside | None = None
    house: Files = ()
    through: tuple[str, ...] = ()
    under: Policy | None = None
    taken: list[str] = field(default_factory=list)


def _among(files: Files) -> Beside:
    texts: Mapping[str, str] = dict(files)

    def beside(name: str) -> bytes:
        if name not in texts:
            raise BadInput(f"there is no {name} beside it.")
        return texts[name].encode()

    return beside


def _file(path: Path) -> BinaryIO:
    """Open a file that is one: a pipe that nobody writes to would be waited for, for ever."""
    file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb")
    if not S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(EINVAL, "not a file")
    return file


def _whatever(path: Path) -> BinaryIO:
    """Open what somebody named at a command line, which may be a pipe from another command."""
    return path.open("rb")


def _bytes(path: Path, opened: Callable[[Path], BinaryIO] = _file) -> bytes:
    try:
        with opened(path) as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(
            f"cannot read {plain(str(path))}: {(error.strerror or str(error)).lower()}. {_remedy(path)}"
        ) from error


def _remedy(path: Path) -> str:
    """Say which policy may have been meant by a path that cannot be read.

    Of a name that is too long for a disk, `Path.is_file` raises what `isfile` answers.
    """
    meant = (path.with_suffix(end) for end in (".yaml", ".yml") if path.name)
    near = [plain(str(one)) for one in meant if one != path and os.path.isfile(one)]  # noqa: PTH113 - see below
    near += get_close_matches(path.name, SHIPPED, n=1)
    ships = f"a policy that ships ({', '.join(SHIPPED)})"
    return f"Did you mean {near[0]}?" if near else f"Name a policy file, or {ships}."


def _loaded(path: Path, reading: _Reading) -> Policy:
    beside: Beside = lambda name: _bytes(path.parent / name)  # noqa: E731  # a name for one expression
    return _read(_bytes(path, _whatever), path.stem, str(path), replace(reading, beside=beside))


def _read(raw: bytes, name: str, where: str, reading: _Reading) -> Policy:
    text = text_of(raw, where)
    found = document(text)
    faults = [*found.faults, *same_names(found), *typeset_names(found)]
    try:
        keys = PolicyKeys.model_validate(found.value)
    except ValidationError as error:
        if not found.broken:
            faults += refusals(error.errors(include_url=False), found)
        raise WrongPolicy(faults, text, where) from None
    if faults:
        raise WrongPolicy(faults, text, where)
    further = replace(reading, through=(*reading.through, where))

    def taken_up(name: str, *path: str | int, under: Policy | None = None) -> Policy:
        """Read another policy, laid over one; what is wrong with it is told where this one names it."""
        try:
            return _taken_up(name, replace(further, under=under))
        except BadInput as error:
            spot = spot_of(path if path in found.values else path[:-1], found)
            meant = nearest(name, SHIPPED) if "." not in name else ""
            hint = f'did you mean "{meant}"?' if meant and meant != name else ""
            fault = Fault(spot=spot, what="cannot take this up", hint=hint, remedy=str(error))
            raise WrongPolicy([fault], text, where) from None

    base = reading.under or Policy(name=name)
    for place, extended in enumerate(keys.extends):
        base = taken_up(extended, "extends", place, under=base)
    own = Policy(name=name, rules=tuple(rule.built() for rule in keys.rules), limits=keys.limits(base.limits))
    rules = _over(base.rules, own.rules)
    if wrong := [*meaningless(own, found), *costly(own, rules, found)] or [*failing(found)]:
        raise WrongPolicy(wrong, text, where)
    # What other files say about groups is theirs: of two that name each other, none would come to an end.
    groups = [
        Group(places=tuple(group.places), policy=taken_up(group.policy, "groups", place, "policy"))
        for place, group in enumerate(() if reading.through else keys.groups)
    ]
    return Policy(name=name, rules=rules, limits=own.limits, groups=tuple(groups)).within(own.limits)


def _taken_up(name: str, reading: _Reading) -> Policy:
    """Read the policy that another one takes up: a file beside it, one that ships, or the house's."""
    if len(reading.through) > MAX_EXTENDED:
        raise BadInput(
            f"{' extends '.join(reading.through)}: more than {MAX_EXTENDED} in a row, or a circle."
        )
    reading.taken.append(name)
    if len(reading.taken) > MAX_TAKEN_UP:
        raise BadInput(f"more than {MAX_TAKEN_UP} files are taken up in all. Write some of them into one.")
    if name in SHIPPED:
        return _loaded(bundled(name), reading)
    if name == HOUSE and reading.house:
        first, text = reading.house[0]
        return _read(text.encode(), HOUSE, first, replace(reading, beside=_among(reading.house), house=()))
    if reading.beside is None or "." not in name:
        there = [*SHIPPED, *([HOUSE] if reading.house else [])]
        raise BadInput(f"There is: {', '.join(there)}, or a file in the same folder, such as house.yaml.")
    return _read(reading.beside(name), Path(name).stem, name, reading)


def _over(base: tuple[Rule, ...], own: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Lay rules over those of another policy: one of the same id, or name, takes the other's place."""
    rules = {rule.key: rule for rule in base}
    rules |= {rule.key: rule for rule in own}
    return tuple(rules.values())


def bundled(name: str = "default") -> Path:
    """Return the path of a policy file that ships, one of `SHIPPED`."""
    return Path(__file__).parents[2] / "policies" / f"{name}.yaml"
