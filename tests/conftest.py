"""Fixtures that every test may ask for: the stand-in servers."""

import os

from hypothesis import settings

# Hundreds of processes are started here: where none may keep what it compiled, each compiles everything anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# Time is for benchmarks: a busy machine must not fail a test.
settings.register_profile("nigehban", deadline=None)
settings.load_profile("nigehban")

pytest_plugins = ("tests.standins.discord.plugin", "tests.standins.telegram.plugin", "tests.servers")
