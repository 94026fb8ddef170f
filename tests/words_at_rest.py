"""Words that must never lie on the disk in clear, and a search for them in everything below a folder.

They are looked for in every shape that a program may give to text: encodings, escapes, packed in zips and PDFs, and
in the names of files.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

CHINESE, LATIN = "鸾翔凤翥", "ZQXJKVBEACON"
WORDS = f"{CHINESE}{LATIN}"
"""Put into every field; neither half stands anywhere in the program."""

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def _shapes(word: str) -> Iterator[bytes]:
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        yield word.encode(encoding)
    if not word.isascii():
        yield word.encode("gb18030")
        yield word.encode("unicode_escape")
        yield word.encode("unicode_escape").replace(b"\\u", b"\\x")
        yield quote(word).encode()
        yield "".join(f"&#{ord(one)};" for one in word).encode()
    yield word.encode().hex().encode()
    for shift in range(3):
        # As base64, wherever in a text it begins: without the edges, which depend on what stands around.
        yield base64.b64encode(b"\0" * shift + word.encode())[4 if shift else 0 : -4]


SHAPES = tuple({shape for word in (CHINESE, LATIN) for shape in _shapes(word)})


def found_below(folder: Path) -> list[str]:
    """Each file below the folder that shows one of the words, in its name or in what it holds."""
    return [str(path) for path in sorted(folder.rglob("*")) if _shows(path)]


def _shows(path: Path) -> bool:
    if CHINESE in str(path) or LATIN in str(path):
        return True
    if not path.is_file():
        return False
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return False  # came and went while we looked
    return any(shape in each for each in _unpacked(data) for shape in SHAPES)


def _unpacked(data: bytes) -> Iterator[bytes]:
    yield data
    if b"PK\x03\x04" in data:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for name in packed.namelist():
                    yield from _unpacked(packed.read(name))
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
            pass
    if data.startswith(b"%PDF"):
        for stream in _STREAM.finditer(data):
            try:
                yield zlib.decompress(stream[1])
            except zlib.error:
                continue
