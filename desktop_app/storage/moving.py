"""Carrying an office from one place to another, a file or a server: every row, every sealed file, every template of its
own, and compared afterwards; `arrival` is the place where it comes to.

What the engines have each in their own way is made anew: the search index, the triggers, the next number of a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import Cancelled, StorageProblem
from desktop_app.storage.attachment_contents import contents_of
from desktop_app.storage.carried_templates import templates_of
from desktop_app.storage.table_rows import (
    Row,
    TableRows,
    Teller,
    Told,
    carried_tables,
    numbered_tables,
    rows_of,
)

if TYPE_CHECKING:
    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

Progress = Callable[[int, int], bool]
"""So many steps done of so many; False to stop."""

Build = Callable[[Mapping[str, int], Progress], None]
"""Makes of the rows, whose numbers by table are given, all that follows from them (`rows_first`)."""

_A_STEP_OF_ROWS = 500
_PARTS = (0, 450, 700, 1000)
"""Where the rows, what is built of them, and the comparison begin and end, in thousandths of the way."""
_NO_HURRY = (
    # One side waits while the other works, longer than a seat that was switched off may hold others up.
    "SET LOCAL idle_in_transaction_session_timeout = 0",
    "SET LOCAL statement_timeout = 0",
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What has come to the other place: rows by table, sealed files, templates; `lost` are files that were not there
    to be carried."""

    tables: Mapping[str, int]
    attachments: int
    templates: int
    lost: tuple[str, ...]


class Departing:
    """An office about to be carried elsewhere, as its transaction sees it."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder

    def carry(self, target: Connection, folder: Path, progress: Progress, build: Build) -> Carried:
        """Everything into the empty tables behind `target` and the files of `folder`; then what has to be built of it
        there; then compared with what is here.

        `target` is within a transaction, and nothing there may count or guard yet. StorageProblem ``damaged`` where
        what came is not what went, ``unfit`` where the other engine can't keep a value; Cancelled.
        """
        for connection in (self._connection, target):
            _take_time(connection)
        here, there = rows_of(self._connection), rows_of(target)
        files = self._files()
        rows = sum(here.count(table) for table in carried_tables())
        steps = _Steps(_part(progress, 0), rows, len(files))
        told = {table: _copied(table, here, there, steps) for table in carried_tables()}
        for table in numbered_tables():
            there.go_on_after(table, here.last_given(table))
        lost = tuple(self._carry_files(files, target, folder, steps))
        templates = self._carry_templates(target, folder)
        counts = {table.name: one.count for table, one in told.items()}
        build(counts, _part(progress, 1))
        steps = _Steps(_part(progress, 2), rows, 0)
        for table, sent in told.items():
            _compare(table, sent, there, steps)
        return Carried(counts, len(files) - len(lost), templates, lost)

    def _files(self) -> list[str]:
        asked = "SELECT file FROM attachments ORDER BY id"
        return list(self._connection.exec_driver_sql(asked).scalars())

    def _carry_files(
        self, files: list[str], target: Connection, folder: Path, steps: _Steps
    ) -> Iterator[str]:
        """Sealed as they are, under the same key; the names of those that are lost."""
        here, there = contents_of(self._connection, self._folder), contents_of(target, folder)
        for file in files:
            sealed = here.get(file)
            if sealed is None:
                yield file
            else:
                there.put(file, sealed)
            steps.take()

    def _carry_templates(self, target: Connection, folder: Path) -> int:
        here, there = templates_of(self._connection, self._folder), templates_of(target, folder)
        count = 0
        for name, content in here.all():
            there.put(name, content)
            count += 1
        return count


def _copied(table: Table, here: TableRows, there: TableRows, steps: _Steps) -> Told:
    teller = Teller()
    try:
        with closing(here.read(table)) as rows:
            there.write(table, steps.counting(teller.passing(rows)))
    except Exception as error:
        if not _is_about_a_value(error):
            raise
        raise StorageProblem(
            "unfit",
            f"表 {table.name} 的第 {teller.told.count} 行里有另一种数据库存不下的内容。没有搬，原处没有改动。",
            "请运行 verify 核对数据，并把这句话告诉程序的维护者。",
        ) from error
    return teller.told


def _compare(table: Table, sent: Told, there: TableRows, steps: _Steps) -> None:
    teller = Teller()
    with closing(there.read(table)) as rows:
        for _ in steps.counting(teller.passing(rows)):
            pass
    if teller.told != sent:
        raise StorageProblem(
            "damaged",
            f"搬过去的表 {table.name} 与原处不符（原处 {sent.count:,} 行，新处 {teller.told.count:,} 行）。"
            "没有搬，原处没有改动。",
            "请检查新处的磁盘或服务器，再试一次。",
        )


def _part(progress: Progress, place: int) -> Progress:
    begin, end = _PARTS[place : place + 2]

    def tell(done: int, total: int) -> bool:
        return progress(begin + (end - begin) * min(done, total) // max(total, 1), _PARTS[-1])

    return tell


def _is_about_a_value(error: Exception) -> bool:
    """Of either driver, or of Python on the way to it: a NUL in a text, a number too large, a text for a number."""
    return any(one.__name__ in ("DataError", "OverflowError", "TypeError") for one in type(error).__mro__)


def _take_time(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        for statement in _NO_HURRY:
            connection.exec_driver_sql(statement)


class _Steps:
    """How far it is, told now and then; Cancelled where the user has had enough."""

    def __init__(self, progress: Progress, rows: int, files: int) -> None:
        self._progress = progress
        self._total = rows // _A_STEP_OF_ROWS + files + 1
        self._rows = self._taken = 0

    def counting(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self._rows += 1
            if self._rows % _A_STEP_OF_ROWS == 0:
                self.take()
            yield row

    def take(self) -> None:
        self._taken += 1
        if not self._progress(min(self._taken, self._total), self._total):
            raise Cancelled
