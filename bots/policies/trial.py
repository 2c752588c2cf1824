"""A policy that is about to be offered: it is read, and its own examples are run."""

from bots.policies.words import Trial
from bots.wording import harmless
from core.policy.loader import Files, policy_of


def trial_of(files: Files, house: Files) -> Trial:
    """Return what is known of a policy before it is in force.

    Args:
        files: As `core.policy.loader.policy_of` takes them.
        house: Those of the policy that holds everywhere.

    Raises:
        BadInput: It cannot be used.
    """
    policy = policy_of(files, house=house)
    ran = [
        (rule, example, example.holds(rule.when, policy.limits))
        for rule in policy.rules
        for example in rule.examples
    ]
    failed = [
        (rule, f"must {'match' if example.must_match else 'not match'}: {harmless(example.told(), 200)}")
        for rule, example, fine in ran
        if not fine
    ]
    return Trial(policy=policy, examples=len(ran), wrong=len(failed), failed=next(iter(failed), None))
