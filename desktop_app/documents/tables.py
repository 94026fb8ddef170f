"""A sheet read: its header and its rows, whatever kind of file it came from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from desktop_app.domain.columns import folded_name
from desktop_app.domain.incoming import cell_text
from desktop_app.domain.message_times import Cell
from desktop_app.errors import BadData, Fault

HEADER_WITHIN = 30
"""The header is looked for among so many filled rows from the top: above it stand at most a title, a unit
and a date."""


@dataclass(frozen=True, slots=True)
class Row:
    """A filled row; `number` is 1-based as a person sees it in the sheet, `cells` stand under the header."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a file. Empty rows are no rows; every row is as long as the header."""

    file: str
    sheet: str
    sheets: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def filled_rows(raw: Iterable[Sequence[Cell]], first_number: int = 1) -> Iterator[Row]:
    """Rows with anything in them; an empty text is None, and a row of white space alone is empty."""
    for number, cells in enumerate(raw, first_number):
        if any(map(_is_filled, cells)):
            yield Row(number, tuple([None if cell == "" else cell for cell in cells]))


def _is_filled(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or not (cell == "" or cell.isspace()))


def make_table(
    file: str, sheet: str, sheets: tuple[str, ...], rows: Sequence[Row], names: Collection[str]
) -> Table:
    """Finds the header (`names`: folded names it may have) and puts the rows below under it.

    Raises BadData where there is no filled row.
    """
    if not rows:
        where = f"工作表“{sheet}”" if sheet else ""
        raise BadData(Fault(file, where, "里面没有内容，一行也没有；请检查是否选错了文件或工作表"))
    index = header_index(rows, names)
    width = max(len(row.cells) for row in rows[index:])
    header = [cell_text(cell).strip() for cell in rows[index].cells]
    return Table(
        file,
        sheet,
        sheets,
        tuple(header + [""] * (width - len(header))),
        tuple(_padded(row, width) for row in rows[index + 1 :]),
    )


def _padded(row: Row, width: int) -> Row:
    missing = width - len(row.cells)
    return Row(row.number, row.cells + (None,) * missing) if missing else row


def header_index(rows: Sequence[Row], names: Collection[str]) -> int:
    """Which of the rows is the header: the first with the most known names, else the first with two texts."""
    near = rows[:HEADER_WITHIN]
    scores = [known_names(row, names) for row in near]
    if any(scores):
        return scores.index(max(scores))
    for index, row in enumerate(near):
        if sum(isinstance(cell, str) for cell in row.cells) > 1:
            return index
    return 0


def known_names(row: Row, names: Collection[str]) -> int:
    """How many of the row's cells are known names of columns."""
    # A name is a few characters; a message of 9,000 need not be folded to see that it is none.
    return len({folded_name(c) for c in row.cells if isinstance(c, str) and len(c) < 60} & set(names))
