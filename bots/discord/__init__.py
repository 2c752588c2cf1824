"""Discord, through discord.py: the one place where that package is known."""
