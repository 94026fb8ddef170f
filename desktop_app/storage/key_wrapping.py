"""How the data key is kept from whoever has no password: stretching, wrapping, sealing.

A password is stretched by Argon2id (RFC 9106) into a key that wraps the user's own private key (X25519) with
AES-256-GCM; the data key is sealed to the public half. So whoever holds the data key can give every user a new one
without knowing a password, and a change of password makes a new pair. What else is for one user's eyes, such as the
login on a server, is sealed to it as well.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

DATA_KEY_BYTES = 32

_SALT_BYTES = 16
_NONCE_BYTES = 12
_POINT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """How hard a password is to try. The default is RFC 9106's second recommendation, 0.14 s on two cores."""

    time: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


STANDARD = Cost()


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What one secret opens; binary values in hexadecimal.

    `wrapped` is the private key, `sealed` the data key, `vouched` proves that who put `public` there held the data
    key. An older keyring has no pair: there `wrapped` is the data key itself, and the last three are empty.
    """

    salt: str
    nonce: str
    wrapped: str
    time: int
    memory_kib: int
    lanes: int
    public: str = ""
    sealed: str = ""
    vouched: str = ""


def wrap(data_key: bytes, name: str, secret: str, cost: Cost = STANDARD) -> Wrapping:
    """The data key for whoever knows `secret`, under a new pair of keys; bound to `name`."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    wrapped = AESGCM(stretch(secret, salt, cost)).encrypt(nonce, private.private_bytes_raw(), _bound(2, name))
    return Wrapping(
        salt.hex(),
        nonce.hex(),
        wrapped.hex(),
        cost.time,
        cost.memory_kib,
        cost.lanes,
        public.hex(),
        _seal(data_key, public, _bound(2, name)).hex(),
        _vouch(data_key, public, name),
    )


def unwrap(kept: Wrapping, name: str, secret: str, further: str = "") -> tuple[bytes, bytes] | None:
    """The data key, and what was sealed beside it (`further`, of `seal_further`); None where the secret is another.

    ValueError where the secret is right, but what it opens was altered.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = stretch(secret, bytes.fromhex(kept.salt), Cost(kept.time, kept.memory_kib, kept.lanes))
    bound = _bound(2 if kept.public else 1, name)
    try:
        opened = AESGCM(key).decrypt(bytes.fromhex(kept.nonce), bytes.fromhex(kept.wrapped), bound)
    except InvalidTag:
        return None
    if not kept.public:
        return bytes(opened), b""
    beside = _unseal(bytes.fromhex(further), opened, _bound(3, name)) if further else b""
    return _unseal(bytes.fromhex(kept.sealed), opened, bound), beside


def seal_further(kept: Wrapping, name: str, content: bytes) -> str:
    """Something else for whoever knows the secret, and for nobody who does not; in hexadecimal."""
    return _seal(content, bytes.fromhex(kept.public), _bound(3, name)).hex()


def is_vouched(kept: Wrapping, data_key: bytes, name: str) -> bool:
    """Whether the pair was put there by one who held the data key: only then is another key sealed to it."""
    return bool(kept.public) and hmac.compare_digest(
        kept.vouched, _vouch(data_key, bytes.fromhex(kept.public), name)
    )


def sealed_anew(kept: Wrapping, data_key: bytes, name: str) -> Wrapping:
    """The same secret for another data key."""
    public = bytes.fromhex(kept.public)
    return Wrapping(
        kept.salt,
        kept.nonce,
        kept.wrapped,
        kept.time,
        kept.memory_kib,
        kept.lanes,
        kept.public,
        _seal(data_key, public, _bound(2, name)).hex(),
        _vouch(data_key, public, name),
    )


def stretch(secret: str, salt: bytes, cost: Cost) -> bytes:
    """A key of a secret that people can remember, as slowly as `cost` says."""
    from argon2.low_level import Type, hash_secret_raw

    # The same password from any keyboard and input method: full-width letters and composed accents are one.
    plain = unicodedata.normalize("NFKC", secret).encode()
    return bytes(
        hash_secret_raw(
            plain,
            salt,
            time_cost=cost.time,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=DATA_KEY_BYTES,
            type=Type.ID,
        )
    )


def stretch_for_nothing(secret: str) -> None:
    """What trying a password costs, for a name that nobody has: the time must not tell."""
    stretch(secret, b"\0" * _SALT_BYTES, STANDARD)


def _bound(version: int, name: str) -> bytes:
    return f"liuyan keyring {version} {name}".encode()


def _seal(content: bytes, public: bytes, bound: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    once = X25519PrivateKey.generate()
    point, nonce = once.public_key().public_bytes_raw(), secrets.token_bytes(_NONCE_BYTES)
    key = _agreed(once.exchange(X25519PublicKey.from_public_bytes(public)), point + public)
    return point + nonce + AESGCM(key).encrypt(nonce, content, bound)


def _unseal(sealed: bytes, private_bytes: bytes, bound: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    private = X25519PrivateKey.from_private_bytes(private_bytes)
    point, rest = sealed[:_POINT_BYTES], sealed[_POINT_BYTES:]
    shared = private.exchange(X25519PublicKey.from_public_bytes(point))
    key = _agreed(shared, point + private.public_key().public_bytes_raw())
    try:
        return bytes(AESGCM(key).decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], bound))
    except InvalidTag as error:
        raise ValueError("the sealed key was altered") from error


def _agreed(shared: bytes, salt: bytes) -> bytes:
    return _derived(shared, b"liuyan seal v1", salt)


def _vouch(data_key: bytes, public: bytes, name: str) -> str:
    key = _derived(data_key, b"liuyan keyring vouch v1", None)
    return hmac.digest(key, _bound(2, name) + b"\0" + public, "sha256").hex()


def _derived(secret: bytes, purpose: bytes, salt: bytes | None) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    made: Any = HKDF(algorithm=SHA256(), length=DATA_KEY_BYTES, salt=salt, info=purpose).derive(secret)
    return bytes(made)
