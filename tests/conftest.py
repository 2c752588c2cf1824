"""Fixtures that every test may ask for: the stand-in servers."""

from hypothesis import settings

# Time is for benchmarks: a busy machine must not fail a test.
settings.register_profile("nigehban", deadline=None)
settings.load_profile("nigehban")

pytest_plugins = ("tests.standins.discord.plugin", "tests.standins.telegram.plugin", "tests.servers")
