"""A small Discord: REST, gateway and file server on loopback, for the unmodified discord.py.

Start it with `async with DiscordServer() as discord`, furnish it (`guild`, `channel`, `member`), let people
act (`post`, `edit`, `press`, `command`), and look at what the client did (`calls`, `said`, bans).
"""
