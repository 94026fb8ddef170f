"""The pages of an encrypted file that can still be read, each by itself, whatever has become of the others.

The engine gives up where one page it needs is damaged, the first above all. A page of SQLCipher 4 is sealed alone
(https://www.zetetic.net/sqlcipher/design/): AES-256-CBC under the key, its IV and an HMAC-SHA512 of it and of its
number at its end. So a page is either as it was written, or known to be lost.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from dataclasses import dataclass
from pathlib import Path

PAGE = 4096
RESERVED = 80
USABLE = PAGE - RESERVED
"""Bytes of a page that hold something; the rest is its IV and its seal."""

_SALT = 16
_IV = 16
_SEAL = 64
_MASK = 0x3A
_FAST_ROUNDS = 2
_MAGIC = b"SQLite format 3\0"
_WAL_HEADER, _FRAME_HEADER = 32, 24


@dataclass(frozen=True, slots=True)
class Pages:
    """`whole`: content by number, decrypted. `lost`: numbers of pages that are damaged or cut off."""

    whole: dict[int, bytes]
    lost: tuple[int, ...]


def read_pages(path: Path, key: bytes) -> Pages:
    """All pages of the file, those of its log before those of the file itself; OSError where nothing can be read."""
    content = path.read_bytes()
    seal_key = hashlib.pbkdf2_hmac(
        "sha512", key, bytes(one ^ _MASK for one in content[:_SALT]), _FAST_ROUNDS, 32
    )
    whole: dict[int, bytes] = {}
    lost: set[int] = set()
    for number in range(1, -(-len(content) // PAGE) + 1):
        plain = _opened(content[(number - 1) * PAGE : number * PAGE], number, key, seal_key)
        if plain is None:
            lost.add(number)
        else:
            whole[number] = plain
    for number, plain in _logged(path.with_name(path.name + "-wal"), key, seal_key).items():
        whole[number] = plain
        lost.discard(number)
    if 1 in whole:
        should = struct.unpack_from(">I", whole[1], 28)[0]
        lost |= set(range(1, should + 1)) - whole.keys()
    return Pages(whole, tuple(sorted(lost)))


def _opened(page: bytes, number: int, key: bytes, seal_key: bytes) -> bytes | None:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    if len(page) != PAGE:
        return None
    start = _SALT if number == 1 else 0
    sealed, seal = page[start:-_SEAL], page[-_SEAL:]
    told = hmac.new(seal_key, sealed + struct.pack("<I", number), hashlib.sha512).digest()
    if not hmac.compare_digest(told, seal):
        return None
    cipher = Cipher(algorithms.AES(key), modes.CBC(sealed[-_IV:])).decryptor()
    plain = cipher.update(sealed[:-_IV]) + cipher.finalize()
    return (_MAGIC if number == 1 else b"") + plain


def _logged(path: Path, key: bytes, seal_key: bytes) -> dict[int, bytes]:
    """What was committed and still lies in the log: up to the last frame that ends a transaction.

    Frames of an earlier round bear another salt; a damaged one ends what can be trusted.
    """
    content = path.read_bytes() if path.exists() else b""
    salts = content[16:24]
    committed: dict[int, bytes] = {}
    since: dict[int, bytes] = {}
    for place in range(_WAL_HEADER, len(content) - PAGE - _FRAME_HEADER + 1, PAGE + _FRAME_HEADER):
        number, ends = struct.unpack_from(">II", content, place)
        start = place + _FRAME_HEADER
        plain = _opened(content[start : start + PAGE], number, key, seal_key)
        if plain is None or content[place + 8 : place + 16] != salts:
            break
        since[number] = plain
        if ends:
            committed |= since
            since = {}
    return committed
