"""Text as it is compared: letters folded and words told apart, for every script, and never for display."""
