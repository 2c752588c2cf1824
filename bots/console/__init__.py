"""Desks that belong to no chat platform: the playground in the terminal."""
