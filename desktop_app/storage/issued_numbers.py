"""The document numbers that were given out, and the cases that each stands on. A number once given is never dropped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, ColumnElement, bindparam, insert, select, tuple_, update

from desktop_app.domain.office_records import DocumentIssued, DocumentOfCase
from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.chunks import chunked
from desktop_app.storage.spellings import is_set, within
from desktop_app.storage.tables import document_cases, documents_issued

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
    from sqlalchemy.sql.selectable import Select

_WANTED: BindParameter[Any] = bindparam("wanted")
_ISSUED = select(
    documents_issued.c.series,
    documents_issued.c.year,
    documents_issued.c.serial,
    documents_issued.c.number_text,
    documents_issued.c.title,
    documents_issued.c.by,
    documents_issued.c.voided_reason,
    documents_issued.c.replaced_by,
).order_by(documents_issued.c.year, documents_issued.c.series, documents_issued.c.serial)
_BORNE = select(
    document_cases.c.number_text,
    document_cases.c.case_id,
    document_cases.c.event_id,
    document_cases.c.standing,
    document_cases.c.issued_on,
    document_cases.c.addressee,
    document_cases.c.served_on,
    document_cases.c.served_manner,
).order_by(document_cases.c.number_text, document_cases.c.case_id)
_ONE = (
    _ISSUED.where(documents_issued.c.number_text == _WANTED),
    _BORNE.where(document_cases.c.number_text == _WANTED),
)
_BORNE_BY_SOME = _BORNE.where(document_cases.c.number_text.in_(bindparam("wanted", expanding=True)))
_PLACE = ("series", "year", "serial")
_PIECE = (
    _ISSUED.order_by(None)
    .where(tuple_(*(documents_issued.c[name] for name in _PLACE)) > tuple_(*map(bindparam, _PLACE)))
    .order_by(*(documents_issued.c[name] for name in _PLACE))
    .limit(1_000)
)
_BORNE_BY_CASE = _BORNE.where(document_cases.c.case_id == _WANTED)
_NUMBERS_OF_CASE = select(document_cases.c.number_text).where(document_cases.c.case_id == _WANTED)
_OF_CASE = (
    _ISSUED.where(documents_issued.c.number_text.in_(_NUMBERS_OF_CASE)),
    _BORNE.where(document_cases.c.number_text.in_(_NUMBERS_OF_CASE)),
)
_BORNE_JOINED = _BORNE.join(documents_issued, documents_issued.c.number_text == document_cases.c.number_text)
_STILL_BORNE = select(document_cases.c.case_id).where(
    document_cases.c.number_text == _WANTED, is_set(document_cases.c.standing)
)
_SET_VOIDED = (
    update(documents_issued)
    .where(documents_issued.c.number_text == _WANTED)
    .values(voided_reason=bindparam("reason"), replaced_by=bindparam("anew"))
)
_SET_BORNE = (
    update(document_cases)
    .where(
        document_cases.c.number_text == bindparam("of_number"),
        document_cases.c.case_id == bindparam("of_case"),
    )
    .values(
        event_id=bindparam("event"),
        standing=bindparam("stands"),
        issued_on=bindparam("on"),
        addressee=bindparam("to"),
        served_on=bindparam("served"),
        served_manner=bindparam("manner"),
    )
)


class IssuedNumbers:
    """Numbers as given out. Which stand, and on which cases, follows from the steps of these cases (`settle`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, number: DocumentIssued) -> None:
        """Keeps a number just given out."""
        self._connection.execute(
            insert(documents_issued),
            {
                "series": number.series,
                "year": number.year,
                "serial": number.serial,
                "number_text": number.text,
                "title": number.title,
                "by": number.by,
                "voided_reason": number.voided_reason,
                "replaced_by": number.replaced_by,
            },
        )
        for one in number.of_cases:
            self._add_case(number.text, one)

    def tie(self, case: str, borne: Mapping[str, DocumentOfCase]) -> None:
        """Puts down what numbers are to a case that is made again; such as were never given out are left out."""
        for number, one in borne.items():
            if self.find(number) is not None:
                self._add_case(number, replace(one, case=case))

    def settle(
        self, case: str, borne: Mapping[str, DocumentOfCase], reason: str = "", replaced_by: str = ""
    ) -> None:
        """Makes the numbers of a case what its steps now bear (`domain.issued_numbers.numbers_borne`).

        A number that fell away here and stands on no other case is voided with `reason`; one that came back
        stands again. LookupError for a number that was never given out.
        """
        held = self.held_by(case)
        for number, one in borne.items():
            before = held.get(number)
            if before is None:
                if self.find(number) is None:
                    raise LookupError(number)
                self._add_case(number, one)
            elif before != one:
                self._set_case(number, one)
                if not before.standing:
                    self._set_voided(number, "", "")
        for number, before in held.items():
            if before.standing and number not in borne:
                self._set_case(number, replace(before, standing=False))
                if self._connection.execute(_STILL_BORNE, {"wanted": number}).first() is None:
                    self._set_voided(number, reason, replaced_by)

    def find(self, number: str) -> DocumentIssued | None:
        """The number, written as it was given out, with its cases; None where it never was."""
        found = self._read(*_ONE, {"wanted": number})
        return found[0] if found else None

    def of_case(self, case: str) -> list[DocumentIssued]:
        """All numbers given out for papers of a case, voided ones too."""
        return self._read(*_OF_CASE, {"wanted": id_of(case)})

    def all(
        self,
        series: Collection[str] | None = None,
        year: int | None = None,
        on_from: date | None = None,
        on_to: date | None = None,
    ) -> list[DocumentIssued]:
        """The numbers of those series, of that year, of which a step lies in these days, else all; by year, series
        and serial."""
        where: list[ColumnElement[bool]] = []
        if series is not None:
            where.append(documents_issued.c.series.in_(sorted(series)))
        if year is not None:
            where.append(documents_issued.c.year == year)
        if on_from is not None or on_to is not None:
            days = within(
                document_cases.c.issued_on,
                (on_from or date.min).isoformat(),
                (on_to or date.max).isoformat(),
            )
            where.append(documents_issued.c.number_text.in_(select(document_cases.c.number_text).where(days)))
        return self._read(_ISSUED.where(*where), _BORNE_JOINED.where(*where), {})

    def each(self) -> Iterator[DocumentIssued]:
        """Every number by series, year and serial, read piece by piece."""
        place = ("", 0, 0)
        while rows := self._connection.execute(_PIECE, dict(zip(_PLACE, place, strict=True))).all():
            of_cases: dict[str, list[DocumentOfCase]] = {}
            for part in chunked(row.number_text for row in rows):
                for row in self._connection.execute(_BORNE_BY_SOME, {"wanted": part}):
                    of_cases.setdefault(row[0], []).append(_to_of_case(row))
            for row in rows:
                yield _to_issued(row, of_cases.get(row.number_text, ()))
            place = rows[-1][:3]

    def held_by(self, case: str) -> dict[str, DocumentOfCase]:
        """The numbers kept here as a case's own, standing or not, for comparison with its steps."""
        rows = self._connection.execute(_BORNE_BY_CASE, {"wanted": id_of(case)})
        return {row[0]: _to_of_case(row) for row in rows}

    def _read(
        self, issued: Select[Any], borne: Select[Any], params: Mapping[str, Any]
    ) -> list[DocumentIssued]:
        of_cases: dict[str, list[DocumentOfCase]] = {}
        for row in self._connection.execute(borne, params):
            of_cases.setdefault(row[0], []).append(_to_of_case(row))
        return [
            _to_issued(row, of_cases.get(row.number_text, ()))
            for row in self._connection.execute(issued, params)
        ]

    def _add_case(self, number: str, one: DocumentOfCase) -> None:
        self._connection.execute(
            insert(document_cases),
            {
                "number_text": number,
                "case_id": id_of(one.case),
                "event_id": one.event_id,
                "standing": one.standing,
                "issued_on": _to_text(one.on),
                "addressee": one.addressee,
                "served_on": _to_text(one.served_on),
                "served_manner": one.served_manner,
            },
        )

    def _set_case(self, number: str, one: DocumentOfCase) -> None:
        self._connection.execute(
            _SET_BORNE,
            {
                "of_number": number,
                "of_case": id_of(one.case),
                "event": one.event_id,
                "stands": one.standing,
                "on": _to_text(one.on),
                "to": one.addressee,
                "served": _to_text(one.served_on),
                "manner": one.served_manner,
            },
        )

    def _set_voided(self, number: str, reason: str, replaced_by: str) -> None:
        told = {"wanted": number, "reason": reason, "anew": replaced_by}
        self._connection.execute(_SET_VOIDED, told)


def _to_issued(row: Sequence[Any], of_cases: Iterable[DocumentOfCase]) -> DocumentIssued:
    series, year, serial, number_text, title, by, voided_reason, replaced_by = row
    return DocumentIssued(
        series, year, serial, number_text, title, by, voided_reason, replaced_by, tuple(of_cases)
    )


def _to_of_case(row: Sequence[Any]) -> DocumentOfCase:
    _, case_id, event_id, standing, issued_on, addressee, served_on, served_manner = row
    return DocumentOfCase(
        case=number_of(case_id),
        event_id=event_id,
        standing=standing,
        on=_to_day(issued_on),
        addressee=addressee,
        served_on=_to_day(served_on),
        served_manner=served_manner,
    )


def _to_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _to_day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
