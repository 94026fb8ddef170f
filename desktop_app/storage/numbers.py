"""Numbers without gaps: register numbers of cases, document numbers of papers.

The counters live in the same transaction as what is numbered, so what is rolled back uses no number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, update

from desktop_app.domain.office_records import DocumentIssued
from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.tables import counters, documents_issued

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
_VOID = (
    update(documents_issued)
    .where(documents_issued.c.number_text == bindparam("wanted"))
    .values(voided_reason=bindparam("reason"))
)
_SET_EVENT = (
    update(documents_issued)
    .where(documents_issued.c.number_text == bindparam("wanted"))
    .values(event_id=bindparam("event"))
)
_ISSUED_FOR = (
    select(*documents_issued.c)
    .where(documents_issued.c.case_id == bindparam("case"))
    .order_by(documents_issued.c.year, documents_issued.c.series, documents_issued.c.serial)
)


class Numbers:
    """Counters of the office and the document numbers that were given out."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_register(self, year: int, count: int = 1) -> list[int]:
        """The next `count` serials of the register in that year; gone for good once the transaction ends well."""
        last = self._advance(_REGISTER, year, count)
        return list(range(last - count + 1, last + 1))

    def next_document(self, series: str, year: int) -> int:
        """The next serial of a document series in that year. `issue` also records it."""
        if not series:
            raise ValueError("a document series needs a name")
        return self._advance(series, year, 1)

    def issue(
        self,
        series: str,
        year: int,
        text_of: Callable[[int], str],
        case: str | None = None,
        event_id: int | None = None,
    ) -> str:
        """Gives out the next number of a series: `text_of(serial)` is how it is written; that text is returned."""
        serial = self.next_document(series, year)
        number_text = text_of(serial)
        self._connection.execute(
            insert(documents_issued),
            {
                "series": series,
                "year": year,
                "serial": serial,
                "number_text": number_text,
                "case_id": None if case is None else id_of(case),
                "event_id": event_id,
                "voided_reason": "",
            },
        )
        return number_text

    def set_event(self, number_text: str, event_id: int) -> None:
        """Ties an issued number to the event that it belongs to; LookupError where it was never issued."""
        self._change(_SET_EVENT, number_text, {"event": event_id})

    def void(self, number_text: str, reason: str) -> None:
        """Marks an issued number 作废; it stays used. LookupError where it was never issued."""
        self._change(_VOID, number_text, {"reason": reason})

    def issued_for(self, case: str) -> list[DocumentIssued]:
        """All numbers issued for papers of a case, voided ones too."""
        return [_to_issued(row) for row in self._connection.execute(_ISSUED_FOR, {"case": id_of(case)})]

    def _change(self, statement: Any, number_text: str, params: dict[str, Any]) -> None:
        if self._connection.execute(statement, {"wanted": number_text, **params}).rowcount != 1:
            raise LookupError(number_text)

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


def _to_issued(row: Sequence[Any]) -> DocumentIssued:
    series, year, serial, number_text, case_id, event_id, voided_reason = row
    case = None if case_id is None else number_of(case_id)
    return DocumentIssued(series, year, serial, number_text, case, event_id, voided_reason)
