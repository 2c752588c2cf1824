"""What fingerprints files in tests: no decoding, the same answer for the same file name."""

from collections.abc import Sequence
from pathlib import Path

from core.model import Gap, Signal

SHA256, PDQ = "3c" * 32, "0f" * 32


async def look(path: Path) -> tuple[Sequence[Signal], Sequence[Gap]]:
    """Take a digest from any file, and a hash from a picture: a good one, a plain one, or none."""
    if path.name == "empty.jpg":
        return (), (Gap(part="attachment[0]", reason="picture without content"),)
    found = [Signal(kind="sha256", value=SHA256, part="attachment[0]")]
    if path.name == "broken.jpg":
        return found, (Gap(part="attachment[0]", reason="picture that cannot be read"),)
    if path.suffix == ".jpg":
        quality = 12 if path.name == "plain.jpg" else 100
        found.append(Signal(kind="pdq", value=PDQ, part="attachment[0]", quality=quality))
        found.append(Signal(kind="link", value="telegram:user/inside_a_code", part="attachment[0].qr"))
    return found, ()


async def never(path: Path) -> tuple[Sequence[Signal], Sequence[Gap]]:
    """Refuse to be asked."""
    raise AssertionError(path)
