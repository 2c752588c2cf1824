"""`nigehban policy`: whether policy files can be used, and the schema that editors use."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from core.errors import BadInput
from core.policy.loader import load_policy
from core.policy.schema import policy_schema


def check(paths: Sequence[Path], form: str) -> int:
    """Say of each file whether it can be used, and everything that is wrong with it.

    Returns:
        1 if one of them cannot be used, else 0.
    """
    failed = 0
    for path in paths:
        try:
            rules = len(load_policy(path).rules)
        except BadInput as exc:
            failed += 1
            _tell(path, form, fine=False, what=str(exc))
        else:
            _tell(path, form, fine=True, what=f"{rules} {'rule' if rules == 1 else 'rules'}")
    return 1 if failed else 0


def schema() -> int:
    """Print the JSON Schema."""
    sys.stdout.write(policy_schema())
    return 0


def _tell(path: Path, form: str, *, fine: bool, what: str) -> None:
    if form == "ndjson":
        line = {"schema": "nigehban.policy/1", "source": str(path), "fine": fine, "what": what}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    elif fine:
        sys.stdout.write(f"✔ {path}: {what}\n")
    else:
        sys.stderr.write(f"{what}\n")
