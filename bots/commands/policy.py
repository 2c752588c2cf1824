"""`nigehban policy check|test|schema|new`: what needs no bank; whether policy files can be used, and do.

A file named `-` is standard input, so that editors and CI can ask about what is not saved yet.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from bots.commands.policy_new import new
from bots.commands.said import line, plainly, say, table
from bots.wording import counted
from core.errors import BadInput
from core.policy.faults import Fault, WrongPolicy
from core.policy.loader import SHIPPED, bundled, load_policy, read_policy
from core.policy.plaintext import MAX_BYTES
from core.policy.policy import Policy, Rule
from core.policy.reference import reference
from core.policy.schema import policy_schema

STDIN: Final = Path("-")


def check(paths: Sequence[Path], form: str) -> int:
    """Say of each file whether it can be used, and everything that is wrong with it.

    Returns:
        2 if one of them cannot be read, else 1 if one cannot be used, else 0.
    """
    code = 0
    for path in paths:
        try:
            rules = counted(len(opened(path).rules), "rule")
        except BadInput as exc:
            code = max(code, _refused(path, form, exc))
        else:
            _tell(path, form, fine=True, what=rules)
    return code


def run_examples(paths: Sequence[Path], form: str) -> int:
    """Run every example of each file, and print what became of it.

    Returns:
        2 if a file cannot be read, else 1 if an example does not hold or a file cannot be used, else 0.
    """
    code = 0
    for path in paths:
        try:
            policy = opened(path)
        except BadInput as exc:
            code = max(code, _refused(path, form, exc))
            continue
        results = list(_results(policy))
        code = max(code, int(not all(row["fine"] for _, row in results)))
        if form == "ndjson":
            for _, row in results:
                line({"schema": "nigehban.example/1", "source": str(path), **row})
        else:
            _show(path, results)
    return code


def opened(path: Path) -> Policy:
    """Load a policy: a file, standard input, or one that ships by its name."""
    if path == STDIN:
        return read_policy(sys.stdin.buffer.read(MAX_BYTES + 1), name="stdin", where="stdin")
    return load_policy(bundled(str(path)) if str(path) in SHIPPED else path)


def schema(form: str) -> int:
    """Print the JSON Schema, or the reference for people."""
    sys.stdout.write(reference() if form == "markdown" else policy_schema())
    return 0


def _asked(question: str) -> str:
    """Ask a person, or read a line.

    Raises:
        EOFError: There are no more lines; what is not answered stays careful.
        BadInput: A person left (Ctrl-D).
    """
    try:
        return input(question)
    except EOFError:
        say("")
        if sys.stdin.isatty():
            raise BadInput("you left before the last question. Nothing was written.") from None
        raise


ALONE: Final[Mapping[str, Callable[[argparse.Namespace], int]]] = {
    "check": lambda given: check(given.paths, given.format),
    "test": lambda given: run_examples(given.paths, given.format),
    "schema": lambda given: schema(given.format),
    "new": lambda given: new(given.path, ask=_asked),
}
"""The verbs that need neither a home nor a bank."""


def _results(policy: Policy) -> Iterator[tuple[Rule, Mapping[str, object]]]:
    for rule in policy.rules:
        for example in rule.examples:
            yield (
                rule,
                {
                    "rule": rule.name,
                    "must_match": example.must_match,
                    "example": example.told(),
                    "fine": example.holds(rule.when, policy.limits),
                },
            )


def _show(path: Path, results: Sequence[tuple[Rule, Mapping[str, object]]]) -> None:
    if not results:
        say(f"! {path}: no examples. See policies/README.md#examples")
        return
    shown = table("", "rule", "must", "example")
    for rule, row in results:
        must = "match" if row["must_match"] else "not match"
        shown.add_row("✔" if row["fine"] else "✘", plainly(rule.name), must, plainly(str(row["example"])))
    Console(markup=False).print(shown)
    failed = sum(not row["fine"] for _, row in results)
    say(f"{'✘' if failed else '✔'} {path}: {len(results) - failed} of {len(results)} examples hold")


def _refused(path: Path, form: str, error: BadInput) -> int:
    """Tell why a file cannot be used; returns 1 if what is written in it is wrong, 2 if it cannot be read."""
    faults = error.faults if isinstance(error, WrongPolicy) else ()
    unreadable = "" if faults or form == "ndjson" else "nigehban: "
    _tell(path, form, fine=False, what=f"{unreadable}{error}", faults=faults)
    return 1 if faults else 2


def _tell(path: Path, form: str, *, fine: bool, what: str, faults: Sequence[Fault] = ()) -> None:
    if form == "ndjson":
        said: dict[str, object] = {"source": str(path), "fine": fine, "what": what}
        broken = {} if fine else {"faults": [_fault(one) for one in faults]}
        line({"schema": "nigehban.policy/1"} | said | broken)
    elif fine:
        say(f"✔ {path}: {what}")
    else:
        sys.stderr.write(f"{what}\n")


def _fault(fault: Fault) -> dict[str, object]:
    """Return a fault for an editor; lines and columns count from 1."""
    return {
        "line": fault.spot.line + 1,
        "column": fault.spot.column + 1,
        "width": fault.spot.width,
        "what": fault.what,
        "hint": fault.hint,
        "remedy": fault.remedy,
    }
