"""What is kept of what is open on each open case, and the open cases with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select

from desktop_app.domain.kept_items import KeptItems, OpenRow
from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.chunks import chunked
from desktop_app.storage.newest_event import NEWEST_EVENT
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.spellings import is_set, is_unset
from desktop_app.storage.tables import cases, open_items

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
    from sqlalchemy.sql.elements import BindParameter

_CASES: BindParameter[list[int]] = bindparam("cases", expanding=True)
_OPEN = (
    select(
        *(cases.c.id, cases.c.regulation, cases.c.lead, cases.c.due, cases.c.reminder, NEWEST_EVENT),
        *(open_items.c.last_event, open_items.c.edition, open_items.c.units, open_items.c["items"]),
    )
    .select_from(cases.outerjoin(open_items, open_items.c.case_id == cases.c.id))
    .where(is_set(cases.c.is_open), is_unset(cases.c.voided))
)
_ALL_OPEN = Prepared(_OPEN)
_SOME = _OPEN.where(cases.c.id.in_(_CASES)).order_by(cases.c.id)
_KEPT = select(open_items).order_by(open_items.c.case_id)
_DROP = delete(open_items).where(open_items.c.case_id.in_(_CASES))


class OpenItems:
    """Kept items by case; the journal is the truth, and these are only as good as their stamps."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_rows(self) -> list[OpenRow]:
        """Every open case in the order of the register; one without any event is damage, and left out."""
        rows = sorted(_ALL_OPEN.rows(self._connection, {}), key=lambda row: int(row[0]))
        return [_to_row(row) for row in rows if row[5] is not None]

    def of(self, numbers: Iterable[str]) -> list[OpenRow]:
        """Those of these cases that are open, in order."""
        return [
            _to_row(row)
            for part in chunked(sorted({id_of(number) for number in numbers}))
            for row in self._connection.execute(_SOME, {"cases": part})
            if row[5] is not None
        ]

    def kept(self) -> dict[str, KeptItems]:
        """All that is kept, by register number."""
        rows = self._connection.execute(_KEPT)
        return {(number := number_of(case_id)): KeptItems(number, *rest) for case_id, *rest in rows}

    def put_many(self, kept: Iterable[KeptItems]) -> None:
        """Keeps these in the place of what was kept of the same cases."""
        for part in chunked(kept):
            self.drop(one.number for one in part)
            rows = [
                {
                    "case_id": id_of(one.number),
                    "last_event": one.last_event,
                    "edition": one.edition,
                    "units": one.units,
                    "items": one.items,
                }
                for one in part
            ]
            self._connection.execute(insert(open_items), rows)

    def drop(self, numbers: Iterable[str]) -> None:
        """Keeps nothing of these cases."""
        for part in chunked(id_of(number) for number in numbers):
            self._connection.execute(_DROP, {"cases": part})

    def drop_all(self) -> None:
        self._connection.execute(delete(open_items))


def _to_row(row: Any) -> OpenRow:
    case_id, regulation, lead, due, reminder, newest, last_event, edition, units, items = row
    number = number_of(case_id)
    kept = KeptItems(number, last_event, edition, units, items) if last_event is not None else None
    return OpenRow(number, regulation, lead, _day(due), _day(reminder), newest, kept)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
