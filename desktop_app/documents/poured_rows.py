"""Rows of a sheet as XML, in a stream: what openpyxl takes 23 s for takes 2 s so (docs: `make bench`).

Texts are inline strings and never formulas, whatever they begin with; dates are real dates; counts are numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

Cell = str | int | date | None

LONGEST_TEXT = 32767
"""What Excel holds in one cell, in UTF-16 units; a longer text makes it call the file damaged."""
CUT_NOTE = "……（全文见办件）"

_AT_ONCE = 256
_FIRST_DAY = date(1900, 3, 1)
# Excel counts 1900 as a leap year: from its March on, days since 1899-12-30 are right.
_DAY_ZERO = date(1899, 12, 30).toordinal()
_WIDEST_NUMBER = 10**15
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# Of 9 pt text; rows without a height are not fitted by every suite, and wrapped words would lie over each other.
_LINE_HEIGHT = 12.75
_MOST_LINES = 32  # Excel's highest row is 409 pt
_FORMULA_STARTS = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class PouredColumn:
    """A column as the sheet knows it: letter, `text`, `number` or `date`, width in figures, numbers of styles."""

    letter: str
    kind: str
    width: float
    style: int
    text_style: int
    quoted_style: int


def pour(
    columns: Sequence[PouredColumn], rows: Iterable[Sequence[Cell]], first_row: int
) -> Iterator[tuple[int, bytes]]:
    """Yields the number of rows and their XML, some hundred rows at a time.

    A row whose length differs from `columns` is a ValueError. Memory is that of some hundred rows.
    """
    source = iter(rows)
    at = first_row
    while batch := list(islice(source, _AT_ONCE)):
        if any(len(row) != len(columns) for row in batch):
            raise ValueError(f"a row has not {len(columns)} cells")
        numbers = [str(number) for number in range(at, at + len(batch))]
        lines = [1] * len(batch)
        cells = [
            _cells(column, values, numbers, lines)
            for column, values in zip(columns, zip(*batch, strict=True), strict=True)
        ]
        opening = [
            f'<row r="{number}" ht="{min(count, _MOST_LINES) * _LINE_HEIGHT:g}">'
            for number, count in zip(numbers, lines, strict=True)
        ]
        closing = ["</row>"] * len(batch)
        xml = "".join(chain.from_iterable(zip(opening, *cells, closing, strict=True)))
        yield len(batch), xml.encode()
        at += len(batch)


def fitting(text: str) -> str:
    """`text` as a cell can hold it: LF line ends, □ for what XML has no place for, cut where it is too long."""
    text = _NOT_IN_XML.sub("□", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) * 2 <= LONGEST_TEXT or _units(text) <= LONGEST_TEXT:
        return text
    room = LONGEST_TEXT - _units(CUT_NOTE)
    kept = text.encode("utf-16-le")[: room * 2].decode("utf-16-le", errors="ignore")
    return kept + CUT_NOTE


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _cells(
    column: PouredColumn, values: Sequence[Cell], numbers: Sequence[str], lines: list[int]
) -> list[str]:
    """The cells of one column, without touching the next; `lines` of each row grow to what its cell needs."""
    start = f'<c r="{column.letter}'
    if column.kind != "text":
        return [start + number + _value(column, value) for value, number in zip(values, numbers, strict=True)]
    texts = [value if type(value) is str else _as_text(value) for value in values]
    plain = _are_plain(texts)
    if not plain or 2 * max(map(len, texts)) > column.width:
        _count_lines(texts, plain, column.width, lines)
    if plain:
        full = f'" s="{column.style}" t="inlineStr"><is><t>'
        blank = f'" s="{column.style}"/>'
        return [
            f"{start}{number}{full}{text}</t></is></c>" if text else f"{start}{number}{blank}"
            for text, number in zip(texts, numbers, strict=True)
        ]
    return [
        start + number + _text(column.style, column.quoted_style, text)
        for text, number in zip(texts, numbers, strict=True)
    ]


def _count_lines(texts: Sequence[str], plain: bool, width: float, lines: list[int]) -> None:
    """Raises each row's number of lines to what its text needs in a column of that width."""
    # A character of GBK has two bytes and twice the width of a figure; all texts are measured at once.
    short = texts if plain else [text[:4000].replace("<", " ") for text in texts]
    measured = "<".join(short).encode("gbk", "replace").split(b"<")
    if plain:
        sizes = list(map(len, measured))
        if max(sizes) <= width:
            return
        needed = [-(-size // int(width)) for size in sizes]
    else:
        needed = [
            sum(max(1, math.ceil(len(line) / width)) for line in text.splitlines()) for text in measured
        ]
    lines[:] = map(max, lines, needed)


def _are_plain(texts: Sequence[str]) -> bool:
    """Whether none needs escaping, quoting, cutting or its spaces kept: asked of many at once, in C."""
    joined = "<" + "<".join(texts) + "<"
    return (
        joined.isprintable()
        and joined.count("<") == len(texts) + 1
        and "&" not in joined
        and ">" not in joined
        and "<=" not in joined
        and "<+" not in joined
        and "<-" not in joined
        and "<@" not in joined
        and "< " not in joined
        and " <" not in joined
        and "_x" not in joined
        and (len(joined) * 2 <= LONGEST_TEXT or 2 * max(map(len, texts)) <= LONGEST_TEXT)
    )


def _as_text(value: Cell) -> str:
    return "" if value is None else str(value)


def _value(column: PouredColumn, value: Cell) -> str:
    """The rest of a cell of dates or counts; what is neither stands as the text it is."""
    if value is None or value == "":
        return f'" s="{column.style}"/>'
    if column.kind == "date" and isinstance(value, date) and value >= _FIRST_DAY:
        return f'" s="{column.style}"><v>{value.toordinal() - _DAY_ZERO}</v></c>'
    if column.kind == "number" and isinstance(value, int) and abs(value) < _WIDEST_NUMBER:
        return f'" s="{column.style}"><v>{value:d}</v></c>'
    return _text(column.text_style, column.quoted_style, str(value))


def _text(style: int, quoted_style: int, text: str) -> str:
    """The rest of a text cell, for texts that need care."""
    if not text:
        return f'" s="{style}"/>'
    chosen = quoted_style if text.startswith((*_FORMULA_STARTS, "\r")) else style
    text = fitting(text)
    # Excel reads _x0041_ as A: the underscore of a text that happens to look so is written as itself.
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    keep = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'" s="{chosen}" t="inlineStr"><is><t{keep}>{text}</t></is></c>'
