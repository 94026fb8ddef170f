"""The archive that a backup is, read with suspicion: it may have lain on a stick, and nothing in it is taken at its word.

What the program writes is never packed and never encrypted by the zip itself, so an archive that is cannot be ours,
and none can unpack into more than its own size.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
FORMAT = 1
PIECE = 1024 * 1024

_LARGEST_MANIFEST = 256 * PIECE
"""A million attachments take half of it."""
_ENCRYPTED = 0x1
_SHAPE: Mapping[str, type] = {
    "format": int,
    "made": str,
    "cases": int,
    "events": int,
    "head": str,
    "files": dict,
    "lost": list,
}


@contextmanager
def opened_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at `path`. zipfile.BadZipFile for one that no program of ours wrote, OSError."""
    size = path.stat().st_size
    with zipfile.ZipFile(path) as archive:
        for one in archive.infolist():
            plain = one.compress_type == zipfile.ZIP_STORED and not one.flag_bits & _ENCRYPTED
            if not plain or one.compress_size != one.file_size or not 0 <= one.header_offset < size:
                raise zipfile.BadZipFile(one.filename)
        yield archive


def read_manifest(archive: zipfile.ZipFile, needed: tuple[str, ...], parts: frozenset[str]) -> dict[str, Any]:
    """The manifest, of the shape that ours have. KeyError or ValueError where it is another.

    `needed`: files without which it is none; `parts`: what one may speak for.
    """
    if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise ValueError("the manifest is too long")
    try:
        manifest: Any = json.loads(archive.read(MANIFEST))
    except RecursionError as error:
        raise ValueError("the manifest is too deep") from error
    if not isinstance(manifest, dict) or any(
        not isinstance(manifest[name], kind) for name, kind in _SHAPE.items()
    ):
        raise ValueError("the manifest is not one of ours")
    if manifest["format"] > FORMAT:
        raise ValueError("a newer program made this backup")
    if not set(needed) <= manifest["files"].keys() or not all(map(_is_told_file, manifest["files"].values())):
        raise ValueError("the backup is not complete")
    access = manifest.get("access", [0, ""])
    if not isinstance(access, list) or [type(one) for one in access] != [int, str]:
        raise ValueError("the manifest is not one of ours")
    # Whatever is spoken for makes room for what the backup holds: a path from elsewhere would be moved aside, too.
    if not set(map(str, manifest.get("parts", ()))) <= parts:
        raise ValueError("the backup speaks for what is no part of an office")
    return manifest


def _is_told_file(told: object) -> bool:
    return (
        isinstance(told, dict) and isinstance(told.get("size"), int) and isinstance(told.get("sha256"), str)
    )


def matches(archive: zipfile.ZipFile, name: str, told: Mapping[str, Any]) -> bool:
    """Whether a file in the archive is the one that the manifest tells of."""
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as file:
            while piece := file.read(PIECE):
                digest.update(piece)
                size += len(piece)
    except (KeyError, EOFError, zipfile.BadZipFile):
        return False
    return (size, digest.hexdigest()) == (told["size"], told["sha256"])
