"""Media: fetched within limits, and decoded only in a child process that may die of it."""
