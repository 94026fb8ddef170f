"""Good files made bad: bytes turned over, cut, put twice; parts of a zip broken from the inside, and given bad names."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from random import Random

_BYTES = (0, 1, 0x7F, 0x80, 0xFF)
_WORDS = (0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_NUMBER = re.compile(rb"\d+")
_VALUE = re.compile(rb'"[^"]*"')
_TAG = re.compile(rb"<[^<>]*>")
_NUMBERS = (b"0", b"-1", b"1048576", b"4294967296", b"9" * 400, b"1e309", b"NaN")
_VALUES = (
    b'""',
    b'"' + b"A" * 70_000 + b'"',
    b'"../../../etc/passwd"',
    b'"file:///etc/passwd"',
    b'"&#0;"',
    b'"&#xD800;"',
    b'"&lol;"',
    b'"\xed\xa0\x80"',
)
_TAGS = (
    b"",
    b"<a>",
    b"</a>",
    b"<!--",
    b"]]>",
    b"<![CDATA[",
    b"<?x?>",
    b"<x:y>",
    b"<a>" * 3000,
    b"\x00",
    b"&",
)
_NAMES = ("../evil", "/tmp/evil", "..\\evil", "C:\\evil", "a" * 300, "CON", "x/../../y", "")


def mutated(data: bytes, others: tuple[bytes, ...], chance: Random) -> bytes:
    """The file made bad in one to three ways."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        ways = [*_PLAIN, *([_package] * 6 if data.startswith(b"PK") else [_text, _text])]
        way = chance.choice(ways)
        data = way(data, chance) if chance.random() < 0.95 else _spliced(data, others, chance)
    return data


def _place(data: bytes, chance: Random) -> int:
    return chance.randrange(len(data)) if data else 0


def _flipped(data: bytes, chance: Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 4, 30))):
        if made:
            made[_place(made, chance)] = chance.choice((*_BYTES, chance.randrange(256)))
    return bytes(made)


def _word(data: bytes, chance: Random) -> bytes:
    at = _place(data, chance)
    word = struct.pack(chance.choice(("<I", ">I")), chance.choice(_WORDS))
    return data[:at] + word + data[at + 4 :]


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: _place(data, chance)]


def _without(data: bytes, chance: Random) -> bytes:
    at = _place(data, chance)
    return data[:at] + data[at + chance.choice((1, 7, 100, 5000)) :]


def _twice(data: bytes, chance: Random) -> bytes:
    at = _place(data, chance)
    piece = data[at : at + chance.choice((1, 20, 500))]
    return data[:at] + piece * chance.choice((2, 3, 200)) + data[at:]


def _spliced(data: bytes, others: tuple[bytes, ...], chance: Random) -> bytes:
    return data[: _place(data, chance)] + (other := chance.choice(others))[_place(other, chance) :]


def _text(data: bytes, chance: Random) -> bytes:
    """A number, a quoted value or a tag put in the place of another."""
    pattern, replacements = chance.choice(((_NUMBER, _NUMBERS), (_VALUE, _VALUES), (_TAG, _TAGS)))
    found = list(pattern.finditer(data[:2_000_000]))
    if not found:
        return _flipped(data, chance)
    one = chance.choice(found)
    return data[: one.start()] + chance.choice(replacements) + data[one.end() :]


def _package(data: bytes, chance: Random) -> bytes:
    """A zip of the same parts, one of them broken, renamed, left out, put twice, or lied about."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old:
            parts = [(name, old.read(name)) for name in old.namelist()]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        return _flipped(data, chance)
    if not parts:
        return data
    place = chance.randrange(len(parts))
    name, content = parts[place]
    way = chance.randrange(10)
    if way < 6:
        parts[place] = (
            name,
            chance.choice((_text, _text, _flipped, _cut, _twice, _without))(content, chance),
        )
    elif way == 6:
        parts.append((chance.choice(_NAMES), content))
    elif way == 7:
        parts[place] = (chance.choice(_NAMES), content)
    elif way == 8:
        del parts[place]
    else:
        parts[place] = (name, b"")
    return packed(parts, chance)


def packed(parts: list[tuple[str, bytes]], chance: Random) -> bytes:
    """These parts as a zip; now and then one is a symbolic link by its attributes."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w") as new:
        warnings.simplefilter("ignore")  # of names put twice, which is meant
        for name, content in parts:
            # What a broken directory called it may be more than a zip can hold.
            name = name.encode("utf-8", "replace")[:200].decode("utf-8", "replace")
            info = zipfile.ZipInfo(name or "x")
            info.compress_type = chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
            if chance.random() < 0.02:
                info.external_attr = 0o120777 << 16
            new.writestr(info, content)
    return target.getvalue()


Change = Callable[[bytes, Random], bytes]
_PLAIN: tuple[Change, ...] = (_flipped, _word, _cut, _without, _twice)
