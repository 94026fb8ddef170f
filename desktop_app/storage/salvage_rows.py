"""Rows out of single pages, by SQLite's file format (https://www.sqlite.org/fileformat2.html).

Where the tree above a page is gone, its rows are still found: every leaf tells its rows itself.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop_app.storage.salvage_pages import USABLE, Pages

_LEAF, _INTERIOR = 0x0D, 0x05
_FIRST_HEADER = 100
"""Bytes of the file's own header, before the first page's tree."""
_FIXED = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of an integer by its serial type."""

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """What is left of a table: rows with their rowids, and whether a page of it is gone."""

    rows: tuple[tuple[int, Row], ...]
    pages: frozenset[int]
    damaged: bool


def read_tree(pages: Pages, root: int) -> Tree:
    """Everything below a table's root page that can be read."""
    rows: list[tuple[int, Row]] = []
    seen: set[int] = set()
    damaged = False
    waiting = [root]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        page = pages.whole.get(number)
        kind = page[_start(number)] if page is not None else None
        if page is not None and kind == _INTERIOR:
            waiting += _children(page, number)
        elif page is not None and kind == _LEAF:
            for rowid, row in rows_of_leaf(pages, number):
                if row is None:
                    damaged = True
                else:
                    rows.append((rowid, row))
        else:
            damaged = True
    return Tree(tuple(rows), frozenset(seen), damaged)


def leaves(pages: Pages) -> Iterator[int]:
    """Every page that holds rows of a table, whichever."""
    for number, page in pages.whole.items():
        if page[_start(number)] == _LEAF:
            yield number


def rows_of_leaf(pages: Pages, number: int) -> Iterator[tuple[int, Row | None]]:
    """Rowid and values of each row that begins on the page; None for one whose rest is lost or makes no sense."""
    page = pages.whole[number]
    for place in _cells(page, number, 8):
        try:
            size, at = _varint(page, place)
            rowid, at = _varint(page, at)
            if rowid >= 1 << 63:
                rowid -= 1 << 64
        except IndexError:
            continue
        payload = _payload(pages, page, at, size)
        yield rowid, _record(payload) if payload is not None else None


def _start(number: int) -> int:
    return _FIRST_HEADER if number == 1 else 0


def _cells(page: bytes, number: int, header: int) -> Iterator[int]:
    start = _start(number)
    count = struct.unpack_from(">H", page, start + 3)[0]
    for index in range(min(count, USABLE // 2)):
        at = start + header + 2 * index
        if at + 2 <= USABLE:
            yield struct.unpack_from(">H", page, at)[0]


def _children(page: bytes, number: int) -> list[int]:
    found = [struct.unpack_from(">I", page, _start(number) + 8)[0]]
    found += [struct.unpack_from(">I", page, place)[0] for place in _cells(page, number, 12)]
    return [int(one) for one in found]


def _payload(pages: Pages, page: bytes, at: int, size: int) -> bytes | None:
    """The bytes of a row, put together from its overflow pages; None where one of them is lost."""
    most = USABLE - 35
    if size <= most:
        content = page[at : at + size]
        return content if len(content) == size else None
    least = (USABLE - 12) * 32 // 255 - 23
    local = least + (size - least) % (USABLE - 4)
    local = local if local <= most else least
    content = page[at : at + local]
    following = struct.unpack_from(">I", page, at + local)[0] if at + local + 4 <= len(page) else 0
    while len(content) < size:
        further = pages.whole.get(following)
        if further is None:
            return None
        content += further[4 : min(USABLE, 4 + size - len(content))]
        following = struct.unpack_from(">I", further)[0]
    return content


def _record(payload: bytes) -> Row | None:
    try:
        end, at = _varint(payload, 0)
        kinds: list[int] = []
        while at < end:
            kind, at = _varint(payload, at)
            kinds.append(kind)
        values: list[Any] = []
        for kind in kinds:
            value, at = _value(payload, at, kind)
            values.append(value)
    except (IndexError, ValueError, struct.error):
        return None
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind == 7:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    size = _FIXED[kind] if kind in _FIXED else (kind - 12) // 2
    content = payload[at : at + size]
    if kind in (10, 11) or len(content) != size:
        raise ValueError("not a value")
    if kind in _FIXED:
        return int.from_bytes(content, "big", signed=True), at + size
    return (content.decode() if kind % 2 else content), at + size


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index in range(8):
        byte = content[at + index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + index + 1
    return value << 8 | content[at + 8], at + 9
