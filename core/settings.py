"""The settings: environment variables `NIGEHBAN_…`, nested by `__`, or the same lines in a `.env` file.

Read once, at start. A name that is not known is refused with the nearest one that is: a typo in a setting
must not pass for its default. `docker/env.example` documents every setting; a test says so.
"""

import difflib
import os
import socket
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv import dotenv_values
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.errors import BadInput
from core.resolve.lookup import Lookup

PREFIX: Final = "NIGEHBAN_"

Url = Annotated[str, StringConstraints(pattern=r"^(https?|wss?)://[^\s]+$")]


class Telegram(BaseModel):
    """How to reach Telegram; without a token it is not served."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    token: SecretStr = SecretStr("")
    base_url: Url = "https://api.telegram.org/bot"
    base_file_url: Url = "https://api.telegram.org/file/bot"


class Discord(BaseModel):
    """How to reach Discord; without a token it is not served."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    token: SecretStr = SecretStr("")
    api_base: Url = "https://discord.com/api/v10"
    gateway: Url = "wss://gateway.discord.gg/"
    cdn_base: Url = "https://cdn.discordapp.com"


class Http(BaseModel):
    """Where the process answers `/healthz`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)


class Exchange(BaseModel):
    """How lists of others are kept up to date.

    Attributes:
        sync: A live process does so by itself.
        inside: Servers of one's own network that lists may come from, as 10.0.0.7:8443, with commas between.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    sync: bool = True
    inside: str = ""

    @field_validator("inside")
    @classmethod
    def _are_addresses(cls, given: str) -> str:
        for one in filter(None, map(str.strip, given.split(","))):
            address, _, port = one.rpartition(":")
            try:
                ip_address(address.strip("[]"))
            except ValueError as exc:
                raise ValueError("expected numbers and ports such as 10.0.0.7:8443") from exc
            if not port.isdecimal():
                raise ValueError("expected numbers and ports such as 10.0.0.7:8443")
        return given

    @property
    def endpoints(self) -> frozenset[tuple[str, int]]:
        """The servers of `inside`, each as its address and port."""
        pairs = (one.strip().rpartition(":") for one in self.inside.split(",") if one.strip())
        return frozenset((address.strip("[]"), int(port)) for address, _, port in pairs)


class Settings(BaseSettings):
    """Everything an operator can set.

    Attributes:
        home: The one folder that state is kept in.
        database_url: Of another database file; "" means the one in `home`.
        redis_url: Of a Redis or Valkey server that keeps the inbox; "" means the database keeps it.
        policy: A policy file, or the name of one that ships.
        time_zone: Of the times on cards, as in the zone database (`Asia/Karachi`).
        extensions: Names of extensions to load, with commas between; their packages are installed here.
        resolve: What may be looked up, with commas between; "" is nothing.
        remember_days: How many days messages are remembered by their fingerprints, for lists that come later.
        search: Whether Discord's own search is asked about entries that arrive.
        fuse: How many people an hour one entry may meet before it is only reported.
        keys: What lists are closed with at rest: 64 hex digits each, the present key first.
        worker: This process's name among workers; it takes its own unfinished work up again after a restart.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    home: Path = Path(".nigehban")
    database_url: SecretStr = SecretStr("")
    redis_url: SecretStr = SecretStr("")
    policy: str = "default"
    time_zone: str = "UTC"
    extensions: Annotated[tuple[str, ...], NoDecode] = ()
    resolve: Annotated[tuple[Lookup, ...], NoDecode] = (Lookup.DISCORD_INVITES, Lookup.TELEGRAM_NAMES)
    remember_days: int = Field(default=30, ge=0, le=365)
    search: bool = True
    fuse: int = Field(default=20, ge=1)
    worker: str = Field(default_factory=socket.gethostname, min_length=1)
    log_level: Annotated[str, StringConstraints(pattern="^(debug|info|warning|error)$", to_lower=True)] = (
        "warning"
    )
    keys: SecretStr = SecretStr("")
    telegram: Telegram = Telegram()
    discord: Discord = Discord()
    http: Http = Http()
    exchange: Exchange = Exchange()

    @field_validator("extensions", "resolve", mode="before")
    @classmethod
    def _names(cls, given: object) -> object:
        return tuple(filter(None, map(str.strip, given.split(",")))) if isinstance(given, str) else given

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as exc:
            raise ValueError("expected a zone such as UTC or Asia/Karachi") from exc
        return name

    def beside(self, folder: str) -> "Settings":
        """Return the same settings for a trial: its state in a folder of its own, in no shared database."""
        return self.model_copy(update={"home": self.home / folder, "database_url": SecretStr("")})

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of cards."""
        return ZoneInfo(self.time_zone)


def read_settings(*, home: Path | None = None, env_file: Path = Path(".env")) -> Settings:
    """Read the environment and the file; the environment wins.

    Args:
        home: From the command line; wins over both.
        env_file: Lines `NIGEHBAN_…=value`; need not exist.

    Raises:
        BadInput: A name is not known, or a value does not fit; every such setting is named.
    """
    known = frozenset(setting_names())
    given = [(name, "environment") for name in os.environ]
    given += [(name, str(env_file)) for name in _names_in(env_file)]
    unknown = [
        _unknown(name, where, known)
        for name, where in given
        if name.upper().startswith(PREFIX) and name.upper() not in known
    ]
    if unknown:
        raise BadInput("; ".join(unknown))
    over: Mapping[str, Path] = {} if home is None else {"home": home}
    try:
        return Settings(_env_file=env_file, **over)  # type: ignore[call-arg,arg-type]  # pydantic-settings takes init values by name
    except ValidationError as exc:
        raise BadInput("; ".join(_complaints(exc))) from exc


def secret_of(name: str, *, env_file: Path = Path(".env")) -> str:
    """Return a token by the name of its variable, from the environment or the file.

    Raises:
        BadInput: There is none, or it is one of our own settings: a list's server must not be sent those.
    """
    if name.upper().startswith(PREFIX):
        raise BadInput(
            f"{name} is a setting of Nigehban and no list's token. Give the token a name of its own"
        )
    found = os.environ.get(name) or (dotenv_values(env_file).get(name) if env_file.exists() else None)
    if not found:
        raise BadInput(f"the token is missing: set {name} in the environment or in {env_file}")
    return found


def setting_names() -> Iterator[str]:
    """Yield every environment variable that is read."""
    for name, field in Settings.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from (f"{PREFIX}{name}__{sub}".upper() for sub in inner.model_fields)
        else:
            yield f"{PREFIX}{name}".upper()


def _names_in(env_file: Path) -> tuple[str, ...]:
    try:
        return tuple(name for name in dotenv_values(env_file) if name.upper().startswith(PREFIX))
    except (OSError, UnicodeDecodeError) as exc:
        raise BadInput(f"cannot read {env_file}: {exc}. Write it as UTF-8 lines {PREFIX}NAME=value.") from exc


def _unknown(name: str, where: str, known: frozenset[str]) -> str:
    bare = {one.removeprefix(PREFIX): one for one in sorted(known)}
    near = difflib.get_close_matches(name.upper().removeprefix(PREFIX), bare, n=1)
    hint = f"Did you mean {bare[near[0]]}?" if near else "docker/env.example lists all settings."
    return f"{where}: {name} is not a setting. {hint}"


def _complaints(exc: ValidationError) -> Iterator[str]:
    """One line for each bad setting, by its name, never with its value: it may be a secret."""
    for error in exc.errors(include_input=False, include_url=False):
        # A number in the place is that of one word among several: the setting is named, not the word.
        name = PREFIX + "__".join(part for part in error["loc"] if isinstance(part, str)).upper()
        yield f"{name}: {error['msg'].removeprefix('Value error, ')}"
