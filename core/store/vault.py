"""What lists hold, closed at rest: AES-GCM with a key of the operator's, beneath the columns that hold it.

The same text is closed to the same letters under one key, so that the database can compare and hold apart
what it cannot read: the nonce is taken from the text itself, by a key of its own. Who sees the file learns
which entries are equal, and no more. Of several keys the first one closes; the others only open what was
closed before, until all of it is closed anew (`core.store.rekeying`).
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from core.errors import BadInput, StoreError

MARK: Final = "\x02"
"""What a closed text begins with; no list's text does, for it is taken out where one would."""

_NONCE: Final = 12
_ID: Final = 8
_KEY: Final = re.compile(r"[0-9a-fA-F]{64}")


class Vault:
    """Closes texts and opens them; without a key it leaves them as they are.

    Args:
        keys: 32 bytes each.
    """

    def __init__(self, keys: Sequence[bytes] = ()) -> None:
        self._first = _Key(keys[0]) if keys else None
        self._keys = {one.id: one for one in map(_Key, keys)}

    @property
    def key_id(self) -> str:
        """Names the key that closes; "" where nothing is closed."""
        return self._first.id if self._first else ""

    def knows(self, key_id: str) -> bool:
        """Tell whether what was closed under a key can be opened."""
        return not key_id or key_id in self._keys

    def closed(self, text: str) -> str:
        """Return a text as it is kept; what begins like a closed one loses its beginning."""
        text = text.lstrip(MARK)
        if self._first is None or not text:
            return text
        return f"{MARK}{self._first.id}{base64.b64encode(self._first.closed(text.encode())).decode()}"

    def opened(self, kept: str) -> str:
        """Return the text that is kept, whether it was closed or not.

        Raises:
            StoreError: The key it was closed under is not among the keys, or it was changed since.
        """
        if not kept.startswith(MARK):
            return kept
        key = self._keys.get(kept[1 : 1 + _ID])
        if key is None:
            raise StoreError(
                "a list was closed under a key that is not in NIGEHBAN_KEYS. Add it after the present one"
            )
        try:
            return key.opened(base64.b64decode(kept[1 + _ID :], validate=True)).decode()
        except (InvalidTag, binascii.Error, UnicodeDecodeError) as exc:
            raise StoreError("what is kept of a list was changed by somebody else. Restore a backup") from exc

    def closed_bytes(self, content: bytes) -> bytes:
        """Return the content of a file as it is kept."""
        if self._first is None:
            return content
        return MARK.encode() + self._first.id.encode() + self._first.closed(content)

    @staticmethod
    def is_closed(path: Path) -> bool:
        """Tell whether a file is kept closed."""
        with path.open("rb") as file:
            return file.read(len(MARK)) == MARK.encode()

    def opened_bytes(self, kept: bytes) -> bytes:
        """Return the content of a file that was kept closed, or of one that was not.

        Raises:
            StoreError: As for `opened`.
        """
        if not kept.startswith(MARK.encode()):
            return kept
        key = self._keys.get(kept[1 : 1 + _ID].decode("ascii", "replace"))
        if key is None:
            raise StoreError("a file was closed under a key that is not in NIGEHBAN_KEYS")
        try:
            return key.opened(kept[1 + _ID :])
        except InvalidTag as exc:
            raise StoreError("a file that is kept closed was changed by somebody else") from exc


class _Key:
    """One key, as the two that it stands for: one closes, one makes nonces."""

    def __init__(self, secret: bytes) -> None:
        self.id = hashlib.sha256(b"nigehban key id" + secret).hexdigest()[:_ID]
        self._aes = AESGCM(hmac.digest(secret, b"nigehban close", "sha256"))
        self._nonces = hmac.digest(secret, b"nigehban nonce", "sha256")

    def closed(self, content: bytes) -> bytes:
        nonce = hmac.digest(self._nonces, content, "sha256")[:_NONCE]
        return nonce + self._aes.encrypt(nonce, content, None)

    def opened(self, kept: bytes) -> bytes:
        return self._aes.decrypt(kept[:_NONCE], kept[_NONCE:], None)


def keys_of(written: str) -> tuple[bytes, ...]:
    """Read keys as an operator writes them: 64 hex digits each, with commas between, the present one first.

    Raises:
        BadInput: One is none; it is not repeated in the message.
    """
    named = [one.strip() for one in written.split(",") if one.strip()]
    for place, one in enumerate(named, 1):
        if not _KEY.fullmatch(one):
            raise BadInput(
                f"NIGEHBAN_KEYS: key {place} is not 64 hex digits. Make one with: openssl rand -hex 32"
            )
    return tuple(bytes.fromhex(one) for one in named)
