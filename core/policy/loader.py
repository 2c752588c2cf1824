"""Policy files: the one place of the policy that touches the disk.

A file is taken whole or not at all; what is wrong with it is told all at once.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from core.errors import BadInput
from core.policy.cost import costly
from core.policy.document import document
from core.policy.example_keys import SIGNALS
from core.policy.faults import Fault, WrongPolicy
from core.policy.never import meaningless
from core.policy.policy import Policy, Rule
from core.policy.refusals import refusals, same_names, spot_of
from core.policy.schema import PolicyKeys
from core.policy.trial import failing

MAX_BYTES: Final = 256 * 1024
"""A policy is rules, not lists."""

MAX_EXTENDED: Final = 4
"""Files in a row that extend one another; more is a circle, or nobody can read it any more."""

SHIPPED: Final = ("default", "observe", "strict", "newsroom", "high-risk-event")
"""The policies that come with the program, by name."""


def load_policy(path: Path, *, signals: Sequence[str] = SIGNALS) -> Policy:
    """Read a policy file; the policy is called what the file is called.

    Args:
        path: The file.
        signals: What conditions may name as `signal`; an extension's kinds come on top of the built-in ones.

    Raises:
        BadInput: The file cannot be read, or something in it is wrong; the message tells everything.
    """
    return _loaded(path, signals, ())


def read_policy(
    raw: bytes, *, name: str, where: str, signals: Sequence[str] = SIGNALS, folder: Path | None = None
) -> Policy:
    """Read a policy from the bytes of a file; `where` is what messages call it.

    Args:
        raw: The file.
        name: What the policy is called.
        where: What messages call the file.
        signals: As `load_policy`.
        folder: Where the files are that it may extend; without it, only policies that ship.

    Raises:
        BadInput: As `load_policy`.
    """
    return _read(raw, name, where, signals, folder, ())


def _loaded(path: Path, signals: Sequence[str], through: tuple[str, ...]) -> Policy:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(
            f"cannot read {path}: {(error.strerror or str(error)).lower()}. "
            "Name a policy file, or leave it out for the default policy."
        ) from error
    return _read(raw, path.stem, str(path), signals, path.parent, through)


def _read(  # noqa: PLR0913, PLR0917 - one place, called by the two above with everything in order
    raw: bytes,
    name: str,
    where: str,
    signals: Sequence[str],
    folder: Path | None,
    through: tuple[str, ...],
) -> Policy:
    text = _text(raw, where)
    found = document(text)
    faults = [*found.faults, *same_names(found)]
    try:
        keys = PolicyKeys.model_validate(found.value, context=signals)
    except ValidationError as error:
        if not found.broken:
            faults += refusals(error.errors(include_url=False), found, signals)
        raise WrongPolicy(faults, text, where) from None
    base = Policy(name=name)
    if keys.extends and not faults:
        try:
            base = _extended(keys.extends, signals, folder, (*through, where))
        except BadInput as error:
            spot = spot_of(("extends",), found)
            fault = Fault(spot=spot, what="cannot extend this", remedy=str(error))
            raise WrongPolicy([fault], text, where) from None
    own = Policy(name=name, rules=tuple(rule.built() for rule in keys.rules), limits=keys.limits(base.limits))
    rules = _over(base.rules, own.rules)
    faults += () if faults else (*meaningless(own, found), *costly(own, rules, found))
    faults += () if faults else failing(found)
    if faults:
        raise WrongPolicy(faults, text, where)
    return Policy(name=name, rules=rules, limits=own.limits)


def _text(raw: bytes, where: str) -> str:
    if len(raw) > MAX_BYTES:
        raise BadInput(
            f"{where}: larger than 256 kB. A policy is rules, not lists: "
            "put identifiers into a bank (nigehban bank import)."
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{where}:{line}: not UTF-8. Save the file as UTF-8.") from error


def _extended(name: str, signals: Sequence[str], folder: Path | None, through: tuple[str, ...]) -> Policy:
    """Read the policy that another one extends: a file beside it, or one that ships."""
    if len(through) > MAX_EXTENDED:
        raise BadInput(f"{' extends '.join(through)}: more than {MAX_EXTENDED} in a row, or a circle.")
    if name in SHIPPED:
        return _loaded(bundled(name), signals, through)
    if folder is None or "." not in name:
        raise BadInput(f"There is: {', '.join(SHIPPED)}, or a file in the same folder, such as house.yaml.")
    return _loaded(folder / name, signals, through)


def _over(base: tuple[Rule, ...], own: tuple[Rule, ...]) -> tuple[Rule, ...]:
    """Lay rules over those of another policy: one of the same id, or name, takes the other's place."""
    rules = {rule.key: rule for rule in base}
    rules |= {rule.key: rule for rule in own}
    return tuple(rules.values())


def bundled(name: str = "default") -> Path:
    """Return the path of a policy file that ships, one of `SHIPPED`."""
    return Path(__file__).parents[2] / "policies" / f"{name}.yaml"
