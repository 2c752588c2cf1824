"""A warning on standard error where a policy is tried without the lists that it asks for.

Nothing is wrong with such a policy, because a list may come later; but "would have hit 0 items" reads as a
finding about the policy, and is none.
"""

import sys
from collections.abc import Collection, Iterator
from difflib import get_close_matches

from bots.commands.said import plainly
from core.policy.named import banks_named
from core.policy.policy import Policy


def absent(policy: Policy, there: Collection[str]) -> Iterator[str]:
    """Yield a sentence for each list that a rule asks for and that is not there, or one where there is none.

    Args:
        policy: What is tried.
        there: The names of the banks in the home.
    """
    if not there:
        yield "there is no list here, so nothing is found. Take one in: nigehban bank import FILE --bank NAME"
        return
    for rule, bank in banks_named(policy):
        if bank not in there:
            near = get_close_matches(bank.lower(), there, n=1)
            meant = f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(there)}."
            yield f'rule "{rule}" asks for the list "{bank}", which is not here, so it finds nothing. {meant}'


def warn(policy: Policy, there: Collection[str]) -> None:
    """Tell people which lists are absent."""
    for sentence in absent(policy, there):
        sys.stderr.write(f"nigehban: {plainly(sentence)}\n")
