"""Telegram: raw updates in, cards out; the only place that knows the client library."""
