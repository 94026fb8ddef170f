"""What was typed at a seat and is not on the server yet: a small sealed file a form, in the seat's folder.

AES-256-GCM under a key of one user's at one office, which comes from the data key. Neither the name of a file nor its
length tells whose words it holds, of which case, or how many; of two files none can take the other's place.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.storage.safe_files import disk_faults_told, settle_folder, sweep_half_written, write_whole

TYPED_FOLDER = "typed"

_PURPOSE = b"liuyan typed here v1"
_NAMES = b"liuyan names of what is typed here v1"
_NONCE_BYTES = 12
_ROOM = 1024
_SUFFIX, _ASIDE = ".typed", ".unreadable"
_USER_DIGITS, _PLACE_DIGITS = 16, 32


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the user's; `content` is None where it can't be opened."""

    name: str
    content: bytes | None


class TypedHere:
    """The files of one user at one seat. StorageProblem `disk_full`, `read_only`."""

    def __init__(self, folder: Path, key: bytes, user: str) -> None:
        self._folder = folder / TYPED_FOLDER
        self._cipher = _cipher(key, user)
        self._names = _derived(key, _NAMES)
        self._user = self._tag(f"user {user}")[:_USER_DIGITS]

    def write(self, place: str, content: bytes) -> None:
        """In the place of what was kept there."""
        name, nonce = self._name(place), secrets.token_bytes(_NONCE_BYTES)
        padded = content + b"\0" * (-len(content) % _ROOM)
        with disk_faults_told():
            self._folder.mkdir(mode=0o700, exist_ok=True)
        write_whole(self._folder / name, nonce + self._cipher.encrypt(nonce, padded, name.encode()))

    def drop(self, place: str) -> None:
        """There is nothing of that place any more."""
        self.drop_file(self._name(place))

    def drop_file(self, name: str) -> None:
        with disk_faults_told():
            (self._folder / name).unlink(missing_ok=True)

    def found(self) -> list[Found]:
        """All files of the user's; what was half written as a program was killed is cleared away."""
        if not self._folder.is_dir():
            return []
        with disk_faults_told():
            sweep_half_written(self._folder)
            files = sorted(self._folder.glob(f"{self._user}-*{_SUFFIX}"))
            return [Found(file.name, self._opened(file.name, file.read_bytes())) for file in files]

    def put_aside(self, name: str) -> Path:
        """Out of the way, and not lost; returns where."""
        file = self._folder / name
        aside = file.with_suffix(f".{secrets.token_hex(4)}{_ASIDE}")
        with disk_faults_told():
            file.rename(aside)
            settle_folder(self._folder)
        return aside

    def _opened(self, name: str, sealed: bytes) -> bytes | None:
        from cryptography.exceptions import InvalidTag

        try:
            padded = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name.encode())
        except (InvalidTag, ValueError):
            return None
        return bytes(padded).rstrip(b"\0")

    def _name(self, place: str) -> str:
        return f"{self._user}-{self._tag(f'place {place}')[:_PLACE_DIGITS]}{_SUFFIX}"

    def _tag(self, words: str) -> str:
        return hmac.digest(self._names, words.encode(), "sha256").hex()


def _cipher(key: bytes, user: str) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(_derived(key, _PURPOSE + b" " + user.encode()))


def _derived(key: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    made: Any = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(key)
    return bytes(made)
