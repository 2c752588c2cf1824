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


def absent(policy: Policy, there: Collection[str], *, anew: bool) -> Iterator[str]:
    """Yield a sentence for each list that a rule asks for and that is not there, or one where there is none.

    Args:
        policy: What is tried.
        there: The names of the banks in the home.
        anew: Something is looked at that was not looked at before; what is stored was recognised then, by
            lists that may have gone since.
    """
    if anew and not there:
        yield "there is no list here, so nothing is found. Take one in: nigehban bank import FILE --bank NAME"
        return
    for rule, bank in banks_named(policy):
        if bank not in there:
            near = get_close_matches(bank.lower(), there, n=1)
            known = f"There are: {', '.join(there)}." if there else "There is none yet: import a list."
            meant = f'Did you mean "{near[0]}"?' if near else known
            yield f'rule "{rule}" asks for the list "{bank}", and there is none of this name. {meant}'


def warn(policy: Policy, there: Collection[str], *, anew: bool) -> None:
    """Tell people which lists are absent."""
    for sentence in absent(policy, there, anew=anew):
        sys.stderr.write(f"nigehban: {plainly(sentence)}\n")
