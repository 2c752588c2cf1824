"""Fetching from servers of others: one guarded door to the Internet for the whole project."""
