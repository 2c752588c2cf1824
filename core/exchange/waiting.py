"""What goes with an update until it is taken in, written beside it, as it may have to wait for days."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Self

from core.exchange.sources import Opened
from core.model import Manifest, Sharing, Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What is true of a subscription once its update is taken in.

    Attributes:
        opened: The subscription, with what was learned of its server.
        by_item: Each item has a checkpoint of its own; else that of the subscription holds.
        whole: The update is all that there is.
        sharing: How far its entries may be handed on.
    """

    opened: Subscription
    by_item: bool
    whole: bool
    manifest: Manifest | None = None
    sharing: Sharing | None = None

    @classmethod
    def of(cls, opened: Opened) -> Self:
        """Say what is true once what was opened is taken in."""
        return cls(
            opened=opened.subscription,
            by_item=opened.copy is None,
            whole=opened.whole,
            manifest=opened.manifest,
            sharing=opened.sharing,
        )

    def note(self) -> dict[str, object]:
        """Write it for JSON."""
        manifest = asdict(self.manifest) if self.manifest else None
        if manifest and self.manifest:
            manifest["at"] = self.manifest.at.isoformat()
        return {
            "keys": self.opened.keys,
            "checkpoint": self.opened.checkpoint,
            "etag": self.opened.etag,
            "modified": self.opened.modified,
            "by_item": self.by_item,
            "whole": self.whole,
            "manifest": manifest,
            "sharing": self.sharing,
        }

    @classmethod
    def read(cls, note: Mapping[str, object], subscription: Subscription) -> Self:
        """Read it from JSON, for the subscription as it is now."""
        manifest, sharing, checkpoint = note["manifest"], note["sharing"], note["checkpoint"]
        if isinstance(manifest, dict):
            manifest = Manifest(**{**manifest, "at": datetime.fromisoformat(str(manifest["at"]))})
        return cls(
            opened=replace(
                subscription,
                keys=tuple(map(str, note["keys"])),  # type: ignore[call-overload]  # as it was written
                checkpoint=None if checkpoint is None else str(checkpoint),
                etag=str(note["etag"]),
                modified=str(note["modified"]),
            ),
            by_item=bool(note["by_item"]),
            whole=bool(note["whole"]),
            manifest=manifest if isinstance(manifest, Manifest) else None,
            sharing=Sharing(str(sharing)) if sharing else None,
        )

    def learned(self, checkpoint: str | None) -> Subscription:
        """Return the subscription once the update is taken in.

        Args:
            checkpoint: Of the last item; None where there was none.
        """
        if not self.by_item:
            return self.opened
        return replace(self.opened, checkpoint=checkpoint or self.opened.checkpoint)
