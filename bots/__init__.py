"""The only place that knows a platform; the composition root is `bots.__main__`."""
