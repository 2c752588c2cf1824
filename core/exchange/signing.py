"""Who signed: keys and signatures (Ed25519), and fingerprints that two people can compare aloud."""

import hashlib
import os
import re
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from core.errors import BadInput

PUBLIC_KEY: Final = re.compile(r"[0-9a-f]{64}")
SIGNATURE: Final = re.compile(r"[0-9a-f]{128}")

_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_AS_MEANT: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_GROUPS: Final = 4
_MOST_BYTES: Final = 10_000


class SigningKey:
    """One's own key; nobody else gets to see it.

    Attributes:
        public: What others pin, 64 hex digits.
    """

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key().public_bytes_raw().hex()

    @classmethod
    def kept(cls, path: Path) -> Self:
        """Return the key of a file, which is made for its owner only where it is missing.

        Raises:
            BadInput: The file cannot be read or made, or holds no such key.
        """
        try:
            if not path.exists():
                return cls._made(path)
            with path.open("rb") as file:
                found = load_pem_private_key(file.read(_MOST_BYTES), password=None)
        except OSError as exc:
            raise BadInput(f"cannot use the key {path}: {(exc.strerror or str(exc)).lower()}.") from exc
        except (ValueError, TypeError) as exc:  # a TypeError where it is locked with a password
            raise BadInput(
                f"cannot use the key {path}: it is no private key in PEM without password."
            ) from exc
        if not isinstance(found, Ed25519PrivateKey):
            raise BadInput(f"cannot use the key {path}: it is of another kind than Ed25519.")
        return cls(found)

    @classmethod
    def _made(cls, path: Path) -> Self:
        key = Ed25519PrivateKey.generate()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return cls(key)

    def sign(self, text: bytes) -> str:
        """Return the signature of a text, 128 hex digits."""
        return self._key.sign(text).hex()


def is_signed(text: bytes, signature: str, *, key: str) -> bool:
    """Tell whether a text was signed with a public key; a key or signature in another form is none."""
    if not PUBLIC_KEY.fullmatch(key) or not SIGNATURE.fullmatch(signature):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(key: str) -> str:
    """Return a public key as people compare it aloud: sixteen letters and digits, 80 bits of its digest."""
    digest = int.from_bytes(hashlib.sha256(bytes.fromhex(key)).digest()[:10])
    letters = "".join(_LETTERS[digest >> 5 * place & 31] for place in reversed(range(4 * _GROUPS)))
    return "-".join(letters[4 * group : 4 * group + 4] for group in range(_GROUPS))


def is_key(said: str, key: str) -> bool:
    """Tell whether a person means a key: by its digits, or by its fingerprint however it is written."""
    if said.strip().lower() == key:
        return True
    spoken = re.sub(r"[\s-]", "", said).upper().translate(_AS_MEANT)
    return spoken == fingerprint(key).replace("-", "")
