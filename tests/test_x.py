"""The bootstrap `x`: small, of the standard library alone, and faithful to what pip is configured with."""

import ast
import importlib.machinery
import importlib.util
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

import pytest

from tests import programs
from tests.tree import ROOT, text


def load_x() -> ModuleType:
    """Import `x`, which has no suffix."""
    loader = importlib.machinery.SourceFileLoader("x", str(ROOT / "x"))
    spec = importlib.util.spec_from_loader("x", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _no_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Importing `x` leaves no file beside it."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout of `x` and the lock alone, in a folder with a space in its name."""
    folder = tmp_path / "my copy"
    folder.mkdir()
    for name in ("x", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    return folder


def program(path: Path, source: str) -> None:
    """Write a shell program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{source}\n", encoding="utf-8")
    path.chmod(0o755)


def run_x(
    checkout: Path, *args: str, path: Path, python: str = sys.executable
) -> subprocess.CompletedProcess[str]:
    """Run `x` without a terminal, with `path` first on PATH and pip configured by PIP_INDEX_URL alone."""
    env = {
        "PATH": f"{path}:/usr/bin:/bin",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://mirror.example/simple",
        "LOG": str(checkout / "log"),
    }
    return subprocess.run(
        [python, "x", *args], cwd=checkout, env=env, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder for PATH with a uv that writes down how it is called, and makes the tools it is asked for."""
    python = getattr(sys, "_base_executable", sys.executable)
    find_pip = "import importlib.util as u; raise SystemExit(u.find_spec('pip') is None)"
    if subprocess.run([python, "-c", find_pip], check=False).returncode:
        pytest.skip("this Python has no pip whose configuration x could read")
    folder = tmp_path / "tools"
    program(
        folder / "uv",
        'echo "$UV_DEFAULT_INDEX $UV_PYTHON_DOWNLOADS $*" >>"$LOG"\n'
        '[ "$1" = venv ] || exit 0\n'
        "mkdir -p .venv/bin\n"
        """printf '#!/bin/sh\\necho "bot: $*"\\nexit 3\\n' >.venv/bin/nigehban\n"""
        "chmod +x .venv/bin/nigehban",
    )
    return folder


def test_it_is_short_and_needs_the_standard_library_alone() -> None:
    """Under 80 lines, executable, and no import that a bare Python lacks."""
    source = text("x")

    names = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [str(node.module)])
    }

    assert len(source.splitlines()) < 80
    assert names
    assert names <= sys.stdlib_module_names
    assert (ROOT / "x").stat().st_mode & stat.S_IXUSR


def test_an_old_python_can_read_it_up_to_the_line_that_refuses() -> None:
    """No syntax younger than 3.8, so that an older Python says what is needed instead of "invalid syntax"."""
    source = text("x")

    ast.parse(source, feature_version=(3, 8))

    assert source.index("sys.version_info < (3, 11)") < source.index("def ")


def test_help_names_every_command(checkout: Path, tmp_path: Path) -> None:
    """`python3 x --help` explains; a word that is no command gives the same and fails."""
    help_ = run_x(checkout, "--help", path=tmp_path)
    wrong = run_x(checkout, "biuld", path=tmp_path)

    assert help_.returncode == 0
    assert [
        word for word in ("run", "test", "lint", "bench", "lock") if f"./x {word}" not in help_.stdout
    ] == []
    assert wrong.returncode == 2
    assert wrong.stdout == help_.stdout


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("", {}),
        ("global.index-url='https://a.example/simple'", {"UV_DEFAULT_INDEX": "https://a.example/simple"}),
        (
            ":env:.index-url='https://env.example/'\ninstall.index-url='https://file.example/'",
            {"UV_DEFAULT_INDEX": "https://env.example/"},
        ),
        (
            "global.index-url='https://a.example/'\ninstall.index-url='https://b.example/'",
            {"UV_DEFAULT_INDEX": "https://b.example/"},
        ),
        (
            "global.extra-index-url='https://a.example/ https://b.example/'",
            {"UV_INDEX": "https://a.example/ https://b.example/"},
        ),
        ("global.extra-index-url='\\nhttps://a.example/\\nhttps://b.example/'",
         {"UV_INDEX": "https://a.example/ https://b.example/"}),
        ("global.find-links='wheels /mnt/wheels'", {"UV_FIND_LINKS": "wheels,/mnt/wheels"}),
        ("global.cert='/etc/ssl/ca.pem'", {"SSL_CERT_FILE": "/etc/ssl/ca.pem"}),
        ("global.proxy='http://proxy.example:3128'", {"ALL_PROXY": "http://proxy.example:3128"}),
        ("global.trusted-host='a.example b.example'", {"UV_INSECURE_HOST": "a.example b.example"}),
        ("freeze.index-url='https://a.example/'\nglobal.timeout='60'", {}),
    ],
)  # fmt: skip
def test_what_pip_is_configured_with_reaches_uv(listed: str, expected: Mapping[str, str]) -> None:
    """Index, extra indexes, folders, certificate, proxy: the environment over [install] over [global]."""
    always = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_PYTHON_DOWNLOADS": "never"}

    assert load_x().uv_variables(listed) == {**always, **expected}


def test_a_first_run_installs_the_runtime_by_the_locks_hashes(checkout: Path, tools: Path) -> None:
    """Three steps from pip's index, then the bot in x's place: its words and its exit code are x's."""
    ran = run_x(checkout, "run", "--role", "all", path=tools)

    steps = (checkout / "log").read_text(encoding="utf-8").splitlines()
    assert len(steps) == 3
    assert all(line.startswith("http://mirror.example/simple never ") for line in steps)
    assert "--require-hashes -c requirements.lock -r pyproject.toml" in steps[1]
    assert steps[2].endswith("--no-deps -b requirements.lock -e .")
    assert (ran.stdout, ran.returncode) == ("bot: run --role all\n", 3)
    assert ran.stderr.splitlines() == [
        "x: make .venv ...",
        "x: install the packages (once) ...",
        "x: install this checkout ...",
    ]


def test_a_second_run_asks_nobody(checkout: Path, tools: Path) -> None:
    """What is there for this lock is used as it is."""
    run_x(checkout, "run", path=tools)
    (checkout / "log").unlink()

    again = run_x(checkout, "run", path=tools)

    assert not (checkout / "log").exists()
    assert (again.stderr, again.stdout) == ("", "bot: run\n")


def test_another_lock_makes_the_environment_anew(checkout: Path, tools: Path) -> None:
    """After an update of the checkout its new packages are installed."""
    run_x(checkout, "run", path=tools)
    with (checkout / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# newer\n")
    left_over = checkout / ".venv/left-over"
    left_over.touch()

    run_x(checkout, "run", path=tools)

    assert len((checkout / "log").read_text(encoding="utf-8").splitlines()) == 6
    assert not left_over.exists()


def test_a_failed_step_ends_in_one_line_and_is_tried_again(checkout: Path, tools: Path) -> None:
    """No trace of Python's: what failed, and what to look at; the next run starts over."""
    program(tools / "uv", 'echo "$*" >>"$LOG"; [ "$1" = venv ] || { echo "no route to host" >&2; exit 2; }')

    ran = run_x(checkout, "run", path=tools)
    run_x(checkout, "run", path=tools)

    mend = "No pip? Install python3-pip. A mirror? Set PIP_INDEX_URL."
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-2:] == [
        "no route to host",
        f"x: cannot install the packages (once): see above. {mend}",
    ]
    assert (checkout / "log").read_text(encoding="utf-8").count("venv -q .venv") == 2


def test_without_uv_the_locked_one_is_asked_of_pip(checkout: Path, tmp_path: Path) -> None:
    """The pin and hashes of uv are those of requirements.lock, and it goes into the checkout alone."""
    python = tmp_path / "fake/python"
    program(python, f'case "$1" in -m) echo "$*" >>"$LOG"; exit 1;; *) exec {sys.executable} "$@";; esac')
    source = (checkout / "x").read_text(encoding="utf-8")
    (checkout / "x").write_text(
        source.replace('getattr(sys, "_base_executable", sys.executable)', repr(str(python)))
    )

    ran = run_x(checkout, "run", path=tmp_path / "nothing")

    asked = (checkout / "log").read_text(encoding="utf-8").splitlines()
    pin = (checkout / ".uv/pin").read_text(encoding="utf-8")
    assert "--target=.uv -r .uv/pin" in asked[-1]
    assert pin.startswith("uv==")
    assert pin.count("==") == 1
    assert pin.count("--hash=sha256:") > 5
    assert ran.stderr.splitlines()[-1].startswith("x: cannot fetch uv (25 MB, once): see above.")


def test_a_missing_program_is_named_and_its_tests_are_skipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without rights to install, one line says what is not there; nothing fails."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", "")

    programs.main()

    assert capsys.readouterr().err == (
        "x: not found: redis-server, docker-compose: the tests that start them are skipped, "
        "and pytest says below which and how many\n"
    )


def test_root_on_debian_installs_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Package lists first, then the packages alone; what then is there is not named again."""
    program(tmp_path / "redis-server", "exit 0")
    (tmp_path / "redis-server").chmod(0o644)
    program(tmp_path / "docker-compose", "exit 0")
    program(tmp_path / "apt-get", f'echo "$*"; [ "$2" = update ] || /bin/chmod +x "{tmp_path}/redis-server"')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setenv("PATH", str(tmp_path))

    programs.main()

    out, err = capfd.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "x: install with apt, for the tests: redis-server ...",
        "-qq update",
        "-qq install -y --no-install-recommends redis-server",
    ]
