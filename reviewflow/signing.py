"""The installation's signature (Ed25519) and its key; nothing else knows a library.

Ciphers are read when the first thing is signed: they are large, and seldom needed.
"""

import hashlib
import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reviewflow.errors import Unavailable, cause_of

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM = "Ed25519"
SEED_BYTES = 32
FILE = "signing.key"
KEPT_FOR_ITSELF = 0o600


class Signer:
    """Signs in the name of the installation.

    The key is given, or made at the first use and kept in the data folder.
    """

    def __init__(self, data_dir: Path, said: str = "") -> None:
        """Take where the key is kept, or the key itself in hexadecimal digits."""
        self._path = data_dir / FILE
        self._said = said

    @cached_property
    def _key(self) -> "Ed25519PrivateKey":
        from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

        seed = read_seed(self._said or self._kept)
        return ed25519.Ed25519PrivateKey.from_private_bytes(seed)

    @property
    def _kept(self) -> str:
        try:
            if not self._path.exists():
                _make(self._path)
            return self._path.read_text(encoding="ascii")
        except OSError as error:
            raise Unavailable(
                f"不能读写签名密钥 {self._path}：{cause_of(error)}。"
            ) from error

    @cached_property
    def public_key(self) -> str:
        """The public key, in 64 hexadecimal digits.

        Raises:
            Unavailable: There is no key, and none can be kept.
        """
        return self._key.public_key().public_bytes_raw().hex()

    def sign(self, text: str) -> str:
        """Return the signature of a text (of its UTF-8), in 128 hexadecimal digits.

        Raises:
            Unavailable: As for the public key.
        """
        return self._key.sign(text.encode()).hex()


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_signed(text: str, signature: str, public_key: str) -> bool:
    """The signature is of exactly this text, by the owner of that key."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    try:
        key = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def read_seed(said: str) -> bytes:
    """Return the secret half of a key as it is written.

    Raises:
        Unavailable: It is none.
    """
    try:
        seed = bytes.fromhex(said.strip())
    except ValueError:
        seed = b""
    if len(seed) != SEED_BYTES:
        raise Unavailable(
            f"签名密钥应为 {SEED_BYTES * 2} 位十六进制数字，"
            "请核对 REVIEWFLOW_SIGNING_KEY 或者数据目录中的 signing.key。"
        )
    return seed


def _make(path: Path) -> None:
    """Put a new key there, whole and for its owner alone, unless one has come."""
    beside = path.with_name(f"{FILE}.{secrets.token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, KEPT_FOR_ITSELF)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(SEED_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(beside)
    except FileExistsError:
        pass  # another process was first: its key holds
    finally:
        beside.unlink()
