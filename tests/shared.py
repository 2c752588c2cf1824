"""Labelled data that lies beside the checkout (`<checkout>/../shared`), for tests that measure on it.

It is no part of the project: in a plain clone it is absent, and such a test skips, saying what is missing.
"""

import json
from pathlib import Path

import pytest

DEV = Path(__file__).parents[2] / "shared" / "data" / "dev"


def dev(path: str) -> Path:
    """Give a file of the development set, or skip the test that asks for it."""
    found = DEV / path
    if not found.exists():
        pytest.skip(f"{path} of the shared development data is not beside this checkout: nothing measured")
    return found


def rows(path: str) -> list[dict[str, object]]:
    """Read an NDJSON file of the development set."""
    return [json.loads(line) for line in dev(path).read_text(encoding="utf-8").splitlines() if line]
