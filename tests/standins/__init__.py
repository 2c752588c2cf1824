"""Servers that speak like Telegram and Discord, for tests over real sockets."""
