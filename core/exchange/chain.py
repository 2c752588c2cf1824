"""The chain of what came signed: every bundle's manifest is kept, and can be checked again at any time."""

import json
from collections.abc import Iterator, Sequence

from pydantic import ValidationError

from core.exchange.bundle import Contents
from core.exchange.signing import fingerprint, is_signed
from core.model import Manifest, Subscription


def broken_links(subscription: Subscription, chain: Sequence[Manifest]) -> Iterator[str]:
    """Find what does not hold in a subscription's chain of manifests, each as a sentence."""
    allowed: tuple[str, ...] = ()
    version = 0
    for link in chain:
        try:
            contents = Contents.model_validate(json.loads(link.text))
        except (ValueError, ValidationError, RecursionError):
            yield f"manifest {link.version} cannot be read"
            continue
        if not is_signed(link.text.encode(), link.signature, key=link.key):
            yield f"manifest {link.version} is not signed by the key {_spoken(link.key)}"
        if (contents.version, contents.key) != (link.version, link.key):
            yield f"manifest {link.version} is filed under another version or key than it says"
        if allowed and link.key not in allowed:
            yield f"manifest {link.version} is signed by a key that no earlier one names"
        if link.version <= version:
            yield f"manifest {link.version} follows on version {version}"
        version = link.version
        allowed = (contents.key, contents.next_key) if contents.next_key else (contents.key,)
    if allowed and subscription.keys != allowed:
        yield "the pinned keys are not those of the last manifest"
    if (subscription.checkpoint or "0").partition(" ")[0] != str(version):
        yield f"the version that was taken in is not that of the last manifest, {version}"


def _spoken(key: str) -> str:
    try:
        return fingerprint(key)
    except ValueError:
        return key[:20]
