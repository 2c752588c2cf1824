"""How often others are asked: some at once, then one every so often, counted for each of them apart."""

from core.errors import TryLater


class Rate:
    """At most `burst` at once, and one every `every_s` seconds in the long run, for each name.

    The names are few and chosen by us (hosts on a list), so none is ever forgotten.

    Args:
        burst: How many may follow each other without a pause.
        every_s: The pause between the ones after that.
        patience_s: The longest wait; who would wait longer is refused at once.
    """

    def __init__(self, *, burst: int, every_s: float, patience_s: float) -> None:
        self._slack_s = (burst - 1) * every_s
        self._every_s = every_s
        self._patience_s = patience_s
        self._due: dict[str, float] = {}

    def wait_s(self, name: str, *, now: float) -> float:
        """Take a turn; returns the seconds to wait for it.

        Raises:
            TryLater: The turn would come too late, and was not taken.
        """
        due = max(now, self._due.get(name, now))
        wait_s = max(0.0, due - self._slack_s - now)
        if wait_s > self._patience_s:
            raise TryLater("asked too often for now", after=wait_s)
        self._due[name] = due + self._every_s
        return wait_s
