"""Policy files: the one place of the policy that touches the disk.

A file is taken whole or not at all; what is wrong with it is told all at once.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from core.errors import BadInput
from core.policy.document import document
from core.policy.faults import told
from core.policy.policy import Policy
from core.policy.refusals import refusals, same_names
from core.policy.schema import SIGNALS, PolicyKeys

MAX_BYTES: Final = 256 * 1024
"""A policy is rules, not lists."""


def load_policy(path: Path, *, signals: Sequence[str] = SIGNALS) -> Policy:
    """Read a policy file; the policy is called what the file is called.

    Args:
        path: The file.
        signals: What conditions may name as `signal`; an extension's kinds come on top of the built-in ones.

    Raises:
        BadInput: The file cannot be read, or something in it is wrong; the message tells everything.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(
            f"cannot read {path}: {(error.strerror or str(error)).lower()}. "
            "Name a policy file, or leave it out for the default policy."
        ) from error
    return read_policy(raw, name=path.stem, where=str(path), signals=signals)


def read_policy(raw: bytes, *, name: str, where: str, signals: Sequence[str] = SIGNALS) -> Policy:
    """Read a policy from the bytes of a file; `where` is what messages call it.

    Raises:
        BadInput: As `load_policy`.
    """
    if len(raw) > MAX_BYTES:
        raise BadInput(
            f"{where}: larger than 256 kB. A policy is rules, not lists: "
            "put identifiers into a bank (nigehban bank import)."
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{where}:{line}: not UTF-8. Save the file as UTF-8.") from error
    found = document(text)
    faults = [*found.faults, *same_names(found)]
    try:
        keys = PolicyKeys.model_validate(found.value, context=signals)
    except ValidationError as error:
        if not found.broken:
            faults += refusals(error.errors(include_url=False), found, signals)
        raise BadInput(told(faults, text, where)) from None
    if faults:
        raise BadInput(told(faults, text, where))
    return Policy(name=name, rules=tuple(rule.built() for rule in keys.rules))


def bundled(name: str = "default") -> Path:
    """Return the path of a policy file that ships: default, observe or strict."""
    return Path(__file__).parents[2] / "policies" / f"{name}.yaml"
