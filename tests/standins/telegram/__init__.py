"""A stand-in for the Telegram Bot API: a small Telegram over real sockets, for tests only.

`stage.py` is what a test holds: people, chats, posts, taps, faults. `server.py` speaks HTTP to the
unmodified client library. `world.py` is what exists (users, chats, members, messages, files),
`feed.py` the update queue, `chat_methods.py` and `message_methods.py` what the bot may call,
`wire.py` parameters and refusals, `markup.py` text entities, `spec.py` the check of every exchange
against the published description of the API.
"""
