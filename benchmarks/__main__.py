"""`./x bench NAME`: run one measurement by name."""

import sys
from collections.abc import Callable, Mapping
from typing import Final

from benchmarks import banks, codes, loop, media, mirrors, policy, reload, statements, text

NAMES: Final[Mapping[str, Callable[[], None]]] = {
    module.__name__.rpartition(".")[2]: module.main
    for module in (banks, codes, loop, media, mirrors, policy, reload, statements, text)
}


def main() -> None:
    """Run what is named, or say what there is."""
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in NAMES:
        sys.exit(f"bench: there is no measurement {name!r}. There is: {', '.join(NAMES)}")
    NAMES[name]()


main()
