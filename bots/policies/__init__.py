"""Policies in chats and in rooms: what holds, what is proposed, what changed, and why."""
