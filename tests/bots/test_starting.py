"""Ctrl-C while the program is loaded."""

import signal
import subprocess
import sys

import pytest

from tests.tree import ROOT

LOADING = """
import os, signal, sys

class Pressing:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Pressing())
{before}
sys.argv = ["nigehban", "policy", "schema"]
from bots.__main__ import main
main()
"""
IGNORED = "signal.signal(signal.SIGINT, signal.SIG_IGN)"


def loaded(module: str, before: str = "") -> subprocess.CompletedProcess[str]:
    """Start a command, and press Ctrl-C the moment that a module is looked for."""
    program = LOADING.format(module=module, before=before)
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("module", ["asyncio", "rich.console", "bots.arguments", "core.judge"])
def test_ctrl_c_while_it_is_loaded_ends_it_without_a_word(module: str) -> None:
    """Early or late, whatever is just being imported: nobody is shown where in the program it was."""
    done = loaded(module)

    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_who_ignores_ctrl_c_is_not_ended_by_it() -> None:
    """A script may start a command in the background so that Ctrl-C is not meant for it."""
    done = loaded("core.judge", IGNORED)

    assert done.returncode == 0
    assert '"$schema"' in done.stdout


def test_ctrl_c_is_what_it_was_once_all_is_loaded() -> None:
    """Whoever imports the program into another one keeps what Ctrl-C does there."""
    program = "import bots.__main__, signal; print(signal.getsignal(signal.SIGINT).__name__)"

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )

    assert done.stdout == f"{signal.default_int_handler.__name__}\n"
