"""The image and the compose files are what they say: small rights, one volume, every setting explained."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from core.settings import read_settings
from tests.tree import ROOT, text

DOCKERFILE = "docker/Dockerfile"
COMPOSE_FILES = ("docker/compose.yaml", "docker/compose.valkey.yaml")


def hadolint(dockerfile: str) -> str:
    """Give what the Dockerfile linter says."""
    program = str(Path(sys.executable).with_name("hadolint"))
    said = subprocess.run(
        [program, "-"], input=dockerfile, capture_output=True, text=True, check=False, timeout=60
    )
    return said.stdout + said.stderr


def compose() -> list[str]:
    """Give the compose command of this machine, or skip the test that asks for it."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if not shutil.which(command[0]):
            continue
        if subprocess.run([*command, "version"], capture_output=True, check=False).returncode == 0:
            return command
    pytest.skip("neither `docker compose` nor docker-compose is on this machine")


def services(path: str) -> dict[str, dict[str, object]]:
    """Read the services of a compose file."""
    found: dict[str, dict[str, object]] = YAML(typ="safe").load(text(path))["services"]
    return found


def commands(dockerfile: str) -> Iterator[str]:
    """Give the RUN commands of a Dockerfile, each in one line."""
    for line in dockerfile.replace("\\\n", " ").splitlines():
        if line.startswith("RUN "):
            yield " ".join(line.split()[1:])


def test_the_linter_has_nothing_to_say_about_the_dockerfile() -> None:
    """And it does have something to say about a careless one."""
    assert hadolint(text(DOCKERFILE)) == ""
    assert "DL3006" in hadolint("FROM debian\n")


def test_the_image_runs_as_a_user_without_rights_and_is_asked_for_its_health() -> None:
    """The last stage ends as uid 10001, keeps state in the volume, and answers /healthz."""
    last = text(DOCKERFILE).rpartition("\nFROM ")[2]

    assert "\nUSER 10001:10001\n" in last
    assert "NIGEHBAN_HOME=/data" in last
    assert "\nVOLUME /data\n" in last
    assert "/healthz" in last.partition("HEALTHCHECK")[2]
    assert last.rstrip().endswith('CMD ["nigehban", "run"]')


def test_nothing_enters_the_image_without_a_hash() -> None:
    """Every install is held to requirements.lock: by its hashes, or as constraints of the build."""
    installs = [
        part
        for command in commands(text(DOCKERFILE))
        for part in command.split(" && ")
        if "pip install" in part
    ]

    assert len(installs) == 3
    for line in installs:
        assert any(word in line for word in ("--require-hashes", "-r /uv.txt", "--build-constraints"))


def test_the_image_is_built_from_what_is_let_into_its_context() -> None:
    """What the Dockerfile copies is what .dockerignore lets through, and no more."""
    copied = {
        word.rstrip("/")
        for line in text(DOCKERFILE).splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for word in line.split()[1:-1]
    }
    let_in = {line[1:].rstrip("/") for line in text(".dockerignore").splitlines() if line.startswith("!")}

    assert copied == let_in
    assert [path for path in copied if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("path", COMPOSE_FILES)
def test_a_compose_file_is_understood(path: str, tmp_path: Path) -> None:
    """The compose command reads it together with a copy of the example settings."""
    command = compose()
    shutil.copytree(ROOT / "docker", tmp_path / "docker")
    shutil.copy(ROOT / "docker/env.example", tmp_path / "docker/.env")

    said = subprocess.run(
        [*command, "-f", str(tmp_path / path), "config"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert said.returncode == 0, said.stderr
    assert "read_only: true" in said.stdout
    assert "/data" in said.stdout


def test_the_bot_gets_no_right_that_it_does_not_use() -> None:
    """No capability, no new privilege, no writable file system but the volume, no port."""
    bot = services("docker/compose.yaml")["bot"]

    assert bot["cap_drop"] == ["ALL"]
    assert bot["security_opt"] == ["no-new-privileges:true"]
    assert bot["read_only"] is True
    assert bot["volumes"] == ["data:/data"]
    assert "ports" not in bot


def test_valkey_keeps_what_was_taken_in() -> None:
    """The inbox is written to disk and never dropped for room; the bot waits for it."""
    with_valkey = services("docker/compose.valkey.yaml")

    assert with_valkey["bot"]["extends"] == {"file": "compose.yaml", "service": "bot"}
    assert with_valkey["bot"]["environment"] == {"NIGEHBAN_REDIS_URL": "redis://valkey:6379/0"}
    words = " ".join(str(with_valkey["valkey"]["command"]).replace("'", "").replace(",", "").split())
    assert "--appendonly yes" in words
    assert "--maxmemory-policy noeviction" in words
    assert with_valkey["valkey"]["volumes"] == ["inbox:/data"]


def test_the_example_settings_show_the_defaults(tmp_path: Path) -> None:
    """Taking the # off a line of the example changes nothing; only the worker's name has no fixed default."""
    lines = [line[1:] for line in text("docker/env.example").splitlines() if line.startswith("#NIGEHBAN_")]
    example = tmp_path / ".env"
    example.write_text("\n".join(line for line in lines if "_WORKER=" not in line), encoding="utf-8")

    assert len(lines) > 10
    assert read_settings(env_file=example) == read_settings(env_file=tmp_path / "absent")


def test_the_image_reads_videos_and_iphone_pictures() -> None:
    """The extras are installed where the rest of pyproject.toml is."""
    (install,) = [command for command in commands(text(DOCKERFILE)) if "-r pyproject.toml" in command]

    assert "--extra=video" in install
    assert "--extra=heic" in install
    assert "--extra=cel" in install
