"""A .docx as a zip, written so that the same paper always gives the same bytes, and quickly.

`zipfile` packs every part anew and stamps it with the time of day. Here parts that do not change are carried
over as they lie packed in the template, the few that do are packed at level 1, and every stamp is 1980-01-01.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_NEEDED = 20  # version 2.0: deflate
_UTF8_NAME = 0x800
_FIRST_OF_1980 = 0x21  # DOS date
_LOCAL_HEADER_SIZE = 30


@dataclass(frozen=True, slots=True)
class PackedPart:
    """One member of the zip as it lies in the file. method: 0 stored, 8 deflated; size: unpacked, in bytes."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes


def pack(name: str, data: bytes) -> PackedPart:
    """Packs one part at level 1: papers are many and small, the time counts and the bytes do not."""
    deflater = zlib.compressobj(1, zlib.DEFLATED, -15)
    return PackedPart(name, 8, zlib.crc32(data), len(data), deflater.compress(data) + deflater.flush())


def unpack(part: PackedPart) -> bytes:
    """The part's own bytes. zipfile.BadZipFile where there are more than its directory states, zlib.error."""
    if not part.method:
        return part.packed
    packed = zlib.decompressobj(-15)
    plain = packed.decompress(part.packed, part.size + 1)
    if len(plain) > part.size:
        raise zipfile.BadZipFile(f"{part.name}: more than it states")
    return plain


def read_parts(data: bytes) -> tuple[PackedPart, ...]:
    """The members of a zip, still packed, in the order of its directory; folders are left out.

    Raises zipfile.BadZipFile where it is none, or holds parts encrypted or packed in a way docx does not use.
    """
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if info.is_dir():
                continue
            if info.flag_bits & 1 or info.compress_type not in (0, 8):
                raise zipfile.BadZipFile(
                    f"{info.filename}: encrypted, or packed by method {info.compress_type}"
                )
            name_size, extra_size = struct.unpack_from("<2H", data, info.header_offset + 26)
            start = info.header_offset + _LOCAL_HEADER_SIZE + name_size + extra_size
            packed = data[start : start + info.compress_size]
            parts.append(PackedPart(info.filename, info.compress_type, info.CRC, info.file_size, packed))
    return tuple(parts)


class PackageWriter:
    """Writes packages that share their constant parts: these are laid out once, at construction."""

    def __init__(self, constant: Iterable[PackedPart]) -> None:
        body: list[bytes] = []
        directory: list[bytes] = []
        self._offset = _lay_out(constant, body, directory, 0)
        self._body = b"".join(body)
        self._directory = b"".join(directory)
        self._count = len(directory)

    def write(self, parts: Sequence[PackedPart]) -> bytes:
        """The whole package: the constant parts, then these."""
        body = [self._body]
        directory = [self._directory]
        end = _lay_out(parts, body, directory, self._offset)
        count = self._count + len(parts)
        size = sum(map(len, directory))
        return b"".join((*body, *directory, _END.pack(b"PK\5\6", 0, 0, count, count, size, end, 0)))


def write_package(parts: Sequence[PackedPart]) -> bytes:
    """One package, written from its parts in their order."""
    return PackageWriter(()).write(parts)


def _lay_out(parts: Iterable[PackedPart], body: list[bytes], directory: list[bytes], offset: int) -> int:
    """Adds local entries and directory entries; the offset after the last."""
    for part in parts:
        name = part.name.encode()
        flags = 0 if part.name.isascii() else _UTF8_NAME
        stamp = (0, _FIRST_OF_1980)
        sizes = (part.crc, len(part.packed), part.size)
        local = _LOCAL.pack(b"PK\3\4", _NEEDED, flags, part.method, *stamp, *sizes, len(name), 0)
        body += (local, name, part.packed)
        directory.append(
            _CENTRAL.pack(
                b"PK\1\2",
                _NEEDED,
                _NEEDED,
                flags,
                part.method,
                *stamp,
                *sizes,
                len(name),
                0,
                0,
                0,
                0,
                0,
                offset,
            )
            + name
        )
        offset += len(local) + len(name) + len(part.packed)
    return offset
