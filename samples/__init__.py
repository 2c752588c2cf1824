"""Invented exports to try the bot on, and the script that makes them."""
