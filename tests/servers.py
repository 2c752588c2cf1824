"""Real servers that the tests start themselves, on a free port of this machine only."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

PATIENCE_S = 20.0


class RedisServer:
    """A Redis server in a folder of its own.

    Args:
        folder: Where it keeps what it writes.
        options: More of its command line.
    """

    def __init__(self, folder: Path, *options: str) -> None:
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if program is None:
            pytest.skip(
                "redis-server is not installed: the Redis inbox goes untested (apt-get install redis-server)"
            )
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        where = ("--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(folder))
        self._command = (program, *where, "--save", "", *options)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL)
        deadline = time.monotonic() + PATIENCE_S
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise TimeoutError("redis-server does not answer")
            time.sleep(0.02)

    def stop(self) -> None:
        """Kill it, as a machine that loses power would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE_S)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(7).startswith((b"+PONG", b"-NOAUTH"))
        except OSError:
            return False


@contextmanager
def redis_server(folder: Path, *options: str) -> Iterator[RedisServer]:
    """Lend a running server."""
    server = RedisServer(folder, *options)
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start one Redis server for all tests; they empty it before they begin."""
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server.url
