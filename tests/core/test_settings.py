"""Settings come from the environment or a file; what is not known, or does not fit, is refused by name."""

from pathlib import Path

import pytest

from core.errors import BadInput
from core.resolve.lookup import Lookup
from core.settings import PREFIX, read_settings, setting_names

ENV_EXAMPLE = Path(__file__).parents[2] / "docker" / "env.example"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the settings of whoever runs the tests."""
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)


def test_without_anything_set_nothing_is_served_and_state_is_in_one_folder(tmp_path: Path) -> None:
    """The defaults need no server, no token and no database."""
    settings = read_settings(env_file=tmp_path / ".env")

    assert settings.home == Path(".nigehban")
    assert settings.telegram.token.get_secret_value() == ""
    assert settings.discord.token.get_secret_value() == ""
    assert settings.policy == "default"


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three sources, one order."""
    env = tmp_path / ".env"
    env.write_text("NIGEHBAN_HOME=from-file\nNIGEHBAN_POLICY=observe\nNIGEHBAN_HTTP__PORT=1\nELSE=x\n")
    monkeypatch.setenv("NIGEHBAN_POLICY", "strict")

    settings = read_settings(home=tmp_path, env_file=env)

    assert (settings.home, settings.policy, settings.http.port) == (tmp_path, "strict", 1)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "NIGEHBAN_TELEGRAM__TOKN",
            "x",
            "environment: NIGEHBAN_TELEGRAM__TOKN is not a setting. Did you mean NIGEHBAN_TELEGRAM__TOKEN?",
        ),
        (
            "NIGEHBAN_QQQQQQQ",
            "x",
            "environment: NIGEHBAN_QQQQQQQ is not a setting. docker/env.example lists all settings.",
        ),
        ("NIGEHBAN_TIME_ZONE", "Mars", "NIGEHBAN_TIME_ZONE: expected a zone such as UTC or Asia/Karachi"),
        (
            "NIGEHBAN_RESOLVE",
            "discord-invites, everything",
            "NIGEHBAN_RESOLVE: Input should be 'short-links', 'discord-invites' or 'telegram-names'",
        ),
        (
            "NIGEHBAN_EXCHANGE__INSIDE",
            "10.0.0.7:443, lists.example:443",
            "NIGEHBAN_EXCHANGE__INSIDE: expected numbers and ports such as 10.0.0.7:8443",
        ),
        (
            "NIGEHBAN_HTTP__PORT",
            "70000",
            "NIGEHBAN_HTTP__PORT: Input should be less than or equal to 65535",
        ),
    ],
)
def test_a_bad_setting_is_refused_by_name(
    name: str, value: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line says which setting, and what would do."""
    monkeypatch.setenv(name, value)

    with pytest.raises(BadInput) as refused:
        read_settings(env_file=tmp_path / ".env")

    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        (None, (Lookup.DISCORD_INVITES, Lookup.TELEGRAM_NAMES)),
        ("", ()),
        ("short-links", (Lookup.SHORT_LINKS,)),
        (" telegram-names , short-links,", (Lookup.TELEGRAM_NAMES, Lookup.SHORT_LINKS)),
    ],
)
def test_only_the_bots_own_platforms_are_asked_unless_somebody_says_more(
    given: str | None, allowed: tuple[Lookup, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No server of a stranger hears of a message by default; an empty setting asks nobody."""
    if given is not None:
        monkeypatch.setenv("NIGEHBAN_RESOLVE", given)

    assert read_settings(env_file=tmp_path / ".env").resolve == allowed


def test_a_typo_in_the_file_is_refused_with_the_files_name(tmp_path: Path) -> None:
    """The line says where to look."""
    env = tmp_path / ".env"
    env.write_text("NIGEHBAN_POLICI=strict\n")

    with pytest.raises(BadInput) as refused:
        read_settings(env_file=env)

    assert str(refused.value) == f"{env}: NIGEHBAN_POLICI is not a setting. Did you mean NIGEHBAN_POLICY?"


def test_a_secret_never_shows_even_where_it_does_not_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the settings' text nor a complaint contains a value."""
    monkeypatch.setenv("NIGEHBAN_TELEGRAM__TOKEN", "12345:secret")
    shown = repr(read_settings(env_file=tmp_path / ".env"))
    monkeypatch.setenv("NIGEHBAN_DISCORD__API_BASE", "secret-not-a-url")

    with pytest.raises(BadInput) as refused:
        read_settings(env_file=tmp_path / ".env")

    assert "secret" not in shown
    assert "secret" not in str(refused.value)


@pytest.mark.skipif(not ENV_EXAMPLE.exists(), reason="docker/env.example is not in this checkout")
@pytest.mark.parametrize("name", list(setting_names()))
def test_every_setting_is_documented(name: str) -> None:
    """The example file names each setting and says what it does."""
    lines = ENV_EXAMPLE.read_text(encoding="utf-8").splitlines()
    at = [i for i, line in enumerate(lines) if line.lstrip("# ").startswith(f"{name}=")]

    assert at, f"{name} is missing in docker/env.example"
    assert lines[at[0] - 1].startswith("#"), f"{name} has no line above it that says what it does"


def test_no_other_name_with_the_prefix_is_in_the_example() -> None:
    """What the example offers is read."""
    if not ENV_EXAMPLE.exists():
        pytest.skip("docker/env.example is not in this checkout")
    offered = {
        line.lstrip("# ").partition("=")[0]
        for line in ENV_EXAMPLE.read_text(encoding="utf-8").splitlines()
        if line.lstrip("# ").startswith(PREFIX) and "=" in line
    }

    assert offered == set(setting_names())
