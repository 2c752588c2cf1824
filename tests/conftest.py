"""Fixtures that every test may ask for: the stand-in servers."""

pytest_plugins = ("tests.standins.discord.plugin", "tests.standins.telegram.plugin", "tests.servers")
