"""Which printer shows results: for programs or for people."""

import argparse
import sys

from rich.console import Console

from bots.commands.lines import Lines
from bots.commands.looking import Printer
from bots.commands.tables import Tables
from core.entities.directory import Directory


def printer(given: argparse.Namespace, known: Directory) -> Printer:
    """Return what the words of the command line ask for.

    Args:
        given: The words; without `all`, everything is shown.
        known: Which organisations are designated.
    """
    every = getattr(given, "all", True)
    if given.format == "ndjson":
        return Lines(file=sys.stdout, every=every, known=known)
    return Tables(console=Console(), every=every, known=known)
