"""Blocks measured from bytes, wherever the chunks cut them."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.sheet_extents import (
    BiffExtent,
    Extent,
    OdsExtent,
    PlainXlsxExtent,
    XlsbExtent,
    XlsxExtent,
)
from tests.documents.sheet_samples import ods_cell, ods_row, text_cell

XLSX = (
    "<sheetData>"
    + "".join(f'<row r="{n}">{text_cell(f"B{n}", "甲" * 30)}<c r="ZZ{n}" s="1"/></row>' for n in range(3, 9))
    + "</sheetData>"
).encode()


def record(kind: int, data: bytes) -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    length = len(data)
    return head + (bytes([length]) if length < 128 else bytes([length & 127 | 128, length >> 7])) + data


XLSB = (
    record(145, b"")
    + record(0, struct.pack("<I", 4) + bytes(13))
    + record(6, struct.pack("<I", 2) + bytes(300))
    + record(1, struct.pack("<I", 900) + bytes(4))
    + record(0, struct.pack("<I", 9) + bytes(13))
    + record(7, struct.pack("<I", 5) + bytes(8))
)
ODS = (
    "<table:table>" + ods_row(ods_cell("a", 3), 2) + ods_row('<table:table-cell table:number-columns-repeated="999"/>', 5)
    + ods_row(ods_cell("b")) + "</table:table><table:table>" + ods_row(ods_cell("c", 2)) + "</table:table>"
).encode()  # fmt: skip


def measured(extent: Extent, data: bytes, size: int) -> Extent:
    for start in range(0, len(data), size):
        extent.feed(data[start : start + size])
    return extent


@given(st.integers(1, 400))
def test_chunks_make_no_difference(size: int) -> None:
    sheet = measured(XlsxExtent(), XLSX, size)
    assert (sheet.rows, sheet.columns) == (8, 2)
    binary = measured(XlsbExtent(), XLSB, size)
    assert (binary.rows, binary.columns) == (10, 6)
    assert measured(OdsExtent(), ODS, size).cells == 8 * 3 + 1 * 2
    plain = measured(PlainXlsxExtent(), XLSX.replace(b"ZZ", b"C"), size)
    assert isinstance(plain, PlainXlsxExtent)
    assert plain.is_plain


@pytest.mark.parametrize(
    "cell", ['<c r="DA1">', '<c r="A100000">', "<c><v>", '<c t="s" r="A1">', '<x:c r="A1">', '<c r="aaa1">']
)
def test_what_is_not_plain_is_looked_at_closely(cell: str) -> None:
    extent = PlainXlsxExtent()
    extent.feed(XLSX.replace(b"ZZ", b"C") + cell.encode())
    assert not extent.is_plain


def biff(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


@pytest.mark.parametrize(
    ("records", "cells"),
    [
        (biff(0x0203, struct.pack("<HHH", 9, 4, 0) + bytes(8)), 50),
        (biff(0x00BD, struct.pack("<HH", 1, 0) + bytes(12) + struct.pack("<H", 3)), 8),
        (biff(0x0200, struct.pack("<IIHHH", 0, 70_000, 0, 300, 0)), 21_000_000),
        (biff(0x0200, struct.pack("<HHHHH", 5, 7, 0, 3, 0)), 6),
        (biff(0x00FC, struct.pack("<II", 1, 99)), 99),
        (biff(0x0809, bytes(16)) + b"\x03\x02\xff", 0),
    ],
    ids=["number", "many", "range", "old range", "shared", "cut short"],
)
def test_records_of_old_workbooks(records: bytes, cells: int) -> None:
    assert BiffExtent(records).cells == cells
