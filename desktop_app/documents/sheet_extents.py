"""How large a block of cells a workbook's parts make the reader build, measured from their bytes."""

from __future__ import annotations

import re
import struct


class Extent:
    """The block that the filled cells of a part span, from the first cell on; the base counts none.

    `rows` × `columns` is the largest block of the part, `cells` the sum over its sheets.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def feed(self, chunk: bytes) -> None:
        """Takes the next bytes of the part."""

    def include(self, row: int, column: int) -> None:
        """A filled cell, counted from 1."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)


class _TagExtent(Extent):
    """For XML: hands on whole tags, wherever the chunks cut."""

    _LONGEST_TAG = 1 << 12

    def __init__(self) -> None:
        super().__init__()
        self._carried = b""

    def feed(self, chunk: bytes) -> None:
        data = self._carried + chunk
        end = data.rfind(b">") + 1
        # A long text has no tag for many chunks: of it only what may be a cut tag is carried on.
        self._carried = data[end:][-self._LONGEST_TAG :]
        self.tags(data[:end])

    def tags(self, data: bytes) -> None:
        raise NotImplementedError


class PlainXlsxExtent(_TagExtent):
    """The quick look at an .xlsx sheet: five times as fast as asking each cell where it stands.

    `is_plain` stays true while each cell names its place, up to row 99,999 and column CZ; a part that is not
    plain has to be measured with `XlsxExtent`.
    """

    ROWS, COLUMNS = 99_999, 104
    _NOT_PLAIN = re.compile(rb'<c(?! r="[A-C]?[A-Z]\d{1,5}")[\s/>]')

    def __init__(self) -> None:
        super().__init__()
        self.is_plain = True

    def tags(self, data: bytes) -> None:
        if not self.is_plain:
            return
        # b":c": a cell with a prefix, or any text with these two; then the slow look decides.
        self.is_plain = self._NOT_PLAIN.search(data) is None and b":c" not in data
        self.include(self.ROWS, self.COLUMNS)


def _are_usual(data: bytes) -> bool:
    """Whether every cell begins with its reference, as all known programs write it."""
    cells = data.count(b"<c ") + data.count(b"<c>") + data.count(b":c ") + data.count(b":c>")
    return cells == data.count(b'<c r="')


class SharedStringsExtent(Extent):
    """By the count that an .xlsx file's shared texts claim in their first tag: the reader makes room for so many."""

    _COUNT = re.compile(rb"<(?:\w+:)?sst\s[^>]*?\buniqueCount\s*=\s*[\"'](\d+)")

    def __init__(self) -> None:
        super().__init__()
        self._has_begun = False

    def feed(self, chunk: bytes) -> None:
        if self._has_begun:
            return
        self._has_begun = True
        found = self._COUNT.search(chunk)
        if found:
            self.include(int(found[1]), 1)


class XlsxExtent(_TagExtent):
    """By the references of an .xlsx sheet's cells, or their order where they have none."""

    # A cell in the usual form with something in it; <c r="A1" s="2"/> is formatted only.
    _FILLED = re.compile(rb'<c r="([A-Za-z]+)(\d+)"(?:[^>]*[^/>])?>')

    _TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>")
    _REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)(\d*)[\"']")

    def __init__(self) -> None:
        super().__init__()
        self._row = 0
        self._column = 0

    def tags(self, data: bytes) -> None:
        if _are_usual(data):
            filled = self._FILLED.findall(data)
            if filled:
                self.include(
                    max(int(row) for _, row in filled),
                    max(map(_column_number, {column for column, _ in filled})),
                )
                self._row = self.rows
            return
        for tag in self._TAG.finditer(data):
            self._take(tag[1] == b"row", tag[2])

    def _take(self, is_row: bool, attributes: bytes) -> None:
        reference = self._REFERENCE.search(attributes)
        if is_row:
            self._row = int(reference[2]) if reference and reference[2] else self._row + 1
            self._column = 0
            return
        self._column = _column_number(reference[1]) if reference else self._column + 1
        if attributes.endswith(b"/"):  # formatted, with no value: no part of the block
            return
        self.include(int(reference[2] or 0) if reference else self._row, self._column)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


class OdsExtent(_TagExtent):
    """By the tables of an .ods file: a row or cell says how often it is repeated, and each time counts.

    The reader builds all tables of the file at once, so their blocks add up.
    """

    _TAG = re.compile(rb"<table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
    _REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d+)"')

    def __init__(self) -> None:
        super().__init__()
        self._before = 0
        self._row = self._repeat = self._column = 0

    @property
    def cells(self) -> int:
        return self._before + self.rows * self.columns

    def tags(self, data: bytes) -> None:
        for tag in self._TAG.finditer(data):
            found = self._REPEATED.search(tag[2])
            repeated = int(found[1]) if found else 1
            if tag[1] == b"table":
                self._before = self.cells
                self.rows = self.columns = 0
                self._row = self._repeat = 0
            elif tag[1] == b"table-row":
                self._row += self._repeat
                self._repeat = repeated
                self._column = 0
            else:
                self._column += repeated
                if b"office:value-type" in tag[2]:
                    self.include(self._row + self._repeat, self._column)


class XlsbExtent(Extent):
    """By the row and cell records of an .xlsb sheet ([MS-XLSB] 2.1.4: type, length, data)."""

    _ROW = 0  # BrtRowHdr: row, 32 bits
    _CELLS = frozenset(range(2, 12))  # BrtCellRk … BrtFmlaError: column, 32 bits

    def __init__(self) -> None:
        super().__init__()
        self._carried = b""
        self._skip = 0
        self._row = 0

    def feed(self, chunk: bytes) -> None:
        if self._skip >= len(chunk):
            self._skip -= len(chunk)
            return
        data = self._carried + chunk[self._skip :]
        self._skip = 0
        position = 0
        while (head := _record_head(data, position)) is not None:
            kind, start, length = head
            if length >= 4 and start + 4 > len(data):
                break
            if length >= 4:
                self._take(kind, int.from_bytes(data[start : start + 4], "little"))
            position = start + length
            if position > len(data):
                self._skip = position - len(data)
                break
        self._carried = data[position:]

    def _take(self, kind: int, number: int) -> None:
        if kind == self._ROW:
            self._row = number + 1
        elif kind in self._CELLS:
            self.include(self._row, number + 1)


class BiffExtent(Extent):
    """By the cell records of an .xls workbook ([MS-XLS] 2.1.4: type and length of 16 bits, data).

    All sheets are taken as one block, which is never too small. What a sheet claims for its range, and the
    file for its shared texts, counts as well: the reader makes room for so much at once.
    """

    # Number, Label, BoolErr, Rk, LabelSst, Formula, RString: row, column. MulRk: row, first … last column.
    _CELLS = frozenset({0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x0006, 0x00D6, 0x0003, 0x0004})
    _MANY, _RANGE, _SHARED = 0x00BD, 0x0200, 0x00FC

    def __init__(self, stream: bytes) -> None:
        super().__init__()
        self._claimed = 0
        position = 0
        while position + 4 <= len(stream):
            kind, length = struct.unpack_from("<HH", stream, position)
            start, position = position + 4, position + 4 + length
            if position > len(stream):
                break
            self._take(kind, stream[start:position])

    @property
    def cells(self) -> int:
        return max(self.rows * self.columns, self._claimed)

    def _take(self, kind: int, data: bytes) -> None:
        if kind in self._CELLS and len(data) >= 4:
            row, column = struct.unpack_from("<HH", data)
            self.include(row + 1, column + 1)
        elif kind == self._MANY and len(data) >= 6:
            self.include(
                struct.unpack_from("<H", data)[0] + 1, struct.unpack_from("<H", data, len(data) - 2)[0] + 1
            )
        elif kind == self._RANGE and len(data) >= 12:
            first_row, end_row, first_column, end_column = struct.unpack_from("<IIHH", data)
            self._claim((end_row - first_row) % 2**32 * ((end_column - first_column) % 2**16))
        elif kind == self._RANGE and len(data) >= 8:
            first_row, end_row, first_column, end_column = struct.unpack_from("<HHHH", data)
            self._claim((end_row - first_row) % 2**16 * ((end_column - first_column) % 2**16))
        elif kind == self._SHARED and len(data) >= 8:
            self._claim(struct.unpack_from("<I", data, 4)[0])

    def _claim(self, cells: int) -> None:
        self._claimed = max(self._claimed, cells)


def _record_head(data: bytes, position: int) -> tuple[int, int, int] | None:
    """Type, where its data start, and their length; None where the head is not whole yet."""
    kind, position = _seven_bits(data, position, 2)
    if kind is None:
        return None
    length, position = _seven_bits(data, position, 4)
    return None if length is None else (kind, position, length)


def _seven_bits(data: bytes, position: int, longest: int) -> tuple[int | None, int]:
    number = 0
    for index in range(longest):
        if position >= len(data):
            return None, position
        byte = data[position]
        position += 1
        number |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    return number, position
