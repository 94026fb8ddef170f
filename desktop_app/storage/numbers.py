"""Numbers without gaps: register numbers of cases, document numbers of papers.

The counters live in the same transaction as what is numbered, so what is rolled back uses no number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, insert, select, update

from desktop_app.domain.office_records import DocumentIssued, DocumentOfCase
from desktop_app.storage.issued_numbers import IssuedNumbers
from desktop_app.storage.tables import counters

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_REGISTER = ""
"""The register has no series name of its own; document series always have one."""

_LAST = select(counters.c.last).where(
    counters.c.series == bindparam("of_series"), counters.c.year == bindparam("of_year")
)
_SET = (
    update(counters)
    .where(counters.c.series == bindparam("of_series"), counters.c.year == bindparam("of_year"))
    .values(last=bindparam("last"))
)
_OF_FILES = "档号/"
"""Begins the name of every series of 件号, which no paper bears."""
_SERIES = (
    select(counters.c.series, counters.c.year, counters.c.last)
    .where(counters.c.series != _REGISTER, ~counters.c.series.startswith(_OF_FILES))
    .order_by(counters.c.year, counters.c.series)
)


class Numbers:
    """Counters of the office."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_register(self, year: int, count: int = 1) -> list[int]:
        """The next `count` serials of the register in that year; gone for good once the transaction ends well."""
        last = self._advance(_REGISTER, year, count)
        return list(range(last - count + 1, last + 1))

    def next_file(self, series: str, year: int) -> int:
        """The next 件号 of a series of 档号 (`domain.archive_numbers.FileSeries.name`)."""
        if not series.startswith(_OF_FILES):
            raise ValueError(f"a series of files begins with {_OF_FILES}")
        return self._advance(series, year, 1)

    def issue(
        self,
        series: str,
        year: int,
        text_of: Callable[[int], str],
        case: str | None = None,
        *,
        cases: Iterable[str] = (),
        title: str = "",
        by: str = "",
    ) -> str:
        """Gives out the next number of a series: `text_of(serial)` is how it is written; that text is returned.

        `cases` are those of a joint paper; which step of each bears the number is told to `IssuedNumbers.settle`
        once it is recorded. `title` of the paper and `by`, the user, are kept for the register of issued papers.
        """
        if not series:
            raise ValueError("a document series needs a name")
        serial = self._advance(series, year, 1)
        number = DocumentIssued(
            series=series,
            year=year,
            serial=serial,
            text=text_of(serial),
            title=title,
            by=by,
            of_cases=tuple(
                DocumentOfCase(one) for one in dict.fromkeys([*cases] if case is None else [case, *cases])
            ),
        )
        IssuedNumbers(self._connection).add(number)
        return number.text

    def series(self) -> list[tuple[str, int, int]]:
        """Every document series and year from which numbers were taken, with the last serial given out."""
        return [(series, year, last) for series, year, last in self._connection.execute(_SERIES)]

    def register_ends(self) -> list[tuple[int, int]]:
        """Every year of the register, with the last serial given out."""
        wanted = select(counters.c.year, counters.c.last).where(counters.c.series == _REGISTER)
        return [(year, last) for year, last in self._connection.execute(wanted.order_by(counters.c.year))]

    def see_to(self, series: str, year: int, serial: int) -> None:
        """Makes sure that `serial` is not given out again; an empty `series` is the register."""
        last = self._connection.execute(_LAST, {"of_series": series, "of_year": year}).scalar() or 0
        if serial > last:
            self._advance(series, year, serial - last)

    def _advance(self, series: str, year: int, count: int) -> int:
        if count < 1:
            raise ValueError("count must be at least 1")
        place = {"of_series": series, "of_year": year}
        before = self._connection.execute(_LAST, place).scalar()
        last = (before or 0) + count
        if before is None:
            self._connection.execute(insert(counters), {"series": series, "year": year, "last": last})
        else:
            self._connection.execute(_SET, {**place, "last": last})
        return last
