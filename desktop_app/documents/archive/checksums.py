"""SHA-256 and SM3 of files, in one reading, and lists of them as `sha256sum` and `sm3sum` write them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_PIECE = 1 << 20
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


@dataclass(frozen=True, slots=True)
class Sums:
    """Both digests of a file, in hexadecimal, and its size in bytes."""

    sha256: str
    sm3: str
    size: int


def sums_of(content: bytes | Path) -> Sums:
    """Of bytes at hand, or of a file, read piece by piece. OSError where it can't be read."""
    sha256, sm3, size = hashlib.sha256(), hashlib.new("sm3"), 0
    if isinstance(content, bytes):
        pieces: Iterable[bytes] = (content,)
    else:
        pieces = _pieces(content)
    for piece in pieces:
        sha256.update(piece)
        sm3.update(piece)
        size += len(piece)
    return Sums(sha256.hexdigest(), sm3.hexdigest(), size)


def _pieces(file: Path) -> Iterable[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def written(digests: Mapping[str, str]) -> bytes:
    """The list: one line a file, digest, two blanks, its path with slashes."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()


def read(data: bytes) -> dict[str, str]:
    """Digests by path; ValueError with the line that is none."""
    found: dict[str, str] = {}
    for place, line in enumerate(data.decode("utf-8").splitlines(), start=1):
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"第 {place} 行不是校验值")
        found[match[2]] = match[1]
    return found
