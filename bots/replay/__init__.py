"""The third platform: exported chats, lists of messages and plain files, read from a disk."""
