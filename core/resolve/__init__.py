"""Opaque identifiers: which there are, and who can say what they lead to."""
