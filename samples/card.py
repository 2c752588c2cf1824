"""Draws the card in the README, `docs/card.svg`, as the terminal shows it.

Run it from the checkout as `python -m samples.card`. The picture asks for no font of anybody's server.
"""

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console

from bots.card import card_of
from bots.console.sheet import buttons, sheet
from core.case import Case
from core.model import (
    Account,
    Action,
    ActionKind,
    Bank,
    Entry,
    Gap,
    Match,
    Message,
    Place,
    Signal,
    Strength,
    Trust,
    Verdict,
)

NOON: Final = datetime(2026, 3, 14, 12, 5, tzinfo=UTC)
COLUMNS: Final = 76

_STRETCHED: Final = re.compile(r'(<text [^>]*) textLength="[0-9.]+"([^>]*>[^<─]*<)')
"""All but the rules. Letters spread to a length no longer join, and Arabic script cannot be read then."""

FORM: Final = """<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; white-space: pre; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Rich's own form without its web fonts."""


def case() -> Case:
    """Make the invented case that is drawn: a picture of the samples' list, and a video that is too large."""
    match = Match(
        signal=Signal(kind="pdq", value="92" * 32, part="attachment[0]", quality=100),
        bank=Bank(name="community-propaganda", trust=Trust.ACT),
        entry=Entry(
            kind="pdq", value="92" * 32, ref="bl-03", label="lantern poster 14", entity="Blue Lantern Front"
        ),
        strength=Strength.SAME,
        distance=8,
        because="same picture, 8 of 256 bits differ",
    )
    message = Message(
        id="telegram:-1001700000051/21",
        place=Place(id="telegram:-1001700000051", name="Kite Flyers"),
        author=Account(
            id="telegram:id/5190044128",
            name="آمنہ ر.",
            handle="telegram:user/amina_r",
            since=datetime(2026, 3, 11, 9, 0, tzinfo=UTC),
        ),
        at=datetime(2026, 3, 14, 12, 2, tzinfo=UTC),
        url="https://t.me/c/1700000051/21",
    )
    report = Action(kind=ActionKind.REPORT, by="policy default")
    verdict = Verdict(
        policy="default",
        matches=(match,),
        actions=(Action(kind=ActionKind.REPORT),),
        gaps=(Gap(part="attachment[1]", reason="video 34 MB (over the 20 MB limit)"),),
        rules=("known-media",),
    )
    return Case(id="7K3", message=message, verdict=verdict, opened_at=NOON, actions=(report,))


def picture() -> str:
    """Draw the card as SVG."""
    card = card_of(case(), zone=UTC, now=NOON)
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(sheet(card), buttons(card), "", sep="\n")
    drawn = console.export_svg(title="nigehban", code_format=FORM, unique_id="card")
    return "\n".join(line.rstrip() for line in _STRETCHED.sub(r"\1\2", drawn).splitlines()) + "\n"


if __name__ == "__main__":
    target = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parents[1] / "docs" / "card.svg"
    target.write_text(picture(), encoding="utf-8")
