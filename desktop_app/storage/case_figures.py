"""What is kept of each case for the figures, and the cases of a period with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select

from desktop_app.domain.figures_of_cases import CaseFacts
from desktop_app.domain.kept_facts import Counted, KeptFacts
from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.chunks import chunked
from desktop_app.storage.newest_event import NEWEST_EVENT
from desktop_app.storage.spellings import is_unset, within
from desktop_app.storage.tables import case_figures, cases

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection
    from sqlalchemy.sql.elements import BindParameter

_CASES: BindParameter[list[int]] = bindparam("cases", expanding=True)
_RECEIVED = select(cases.c.id).where(
    within(cases.c.received, bindparam("first"), bindparam("last")), is_unset(cases.c.voided)
)
_OF_CASES = (
    select(
        *(cases.c.id, cases.c.regulation, cases.c.received, cases.c.source, cases.c.category),
        *(cases.c.topic, cases.c.lead, NEWEST_EVENT),
        *(case_figures.c.last_event, case_figures.c.edition, case_figures.c.facts),
    )
    .select_from(cases.outerjoin(case_figures, case_figures.c.case_id == cases.c.id))
    .where(cases.c.id.in_(_CASES))
    .order_by(cases.c.id)
)
_DROP = delete(case_figures).where(case_figures.c.case_id.in_(_CASES))


class CaseFigures:
    """Facts by case; the journal is the truth, and these are only as good as their stamp (`Counted.still_true`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put_many(self, kept: Iterable[KeptFacts]) -> None:
        """Keeps these in the place of what was kept of the same cases."""
        for part in chunked(kept):
            rows = [
                {
                    "case_id": id_of(one.number),
                    "last_event": one.last_event,
                    "edition": one.edition,
                    "facts": one.facts,
                }
                for one in part
            ]
            self._connection.execute(_DROP, {"cases": [row["case_id"] for row in rows]})
            self._connection.execute(insert(case_figures), rows)

    def received_between(self, first: date, last: date) -> list[str]:
        """The register numbers of cases received in the span, both days included, in order; voided ones left out."""
        span = {"first": first.isoformat(), "last": last.isoformat()}
        return [number_of(one) for one in sorted(self._connection.execute(_RECEIVED, span).scalars())]

    def of(self, numbers: Iterable[str]) -> Iterator[Counted]:
        """Each of these cases with what is kept of it, read piece by piece; unknown ones are left out."""
        for part in chunked(id_of(number) for number in numbers):
            for row in self._connection.execute(_OF_CASES, {"cases": part}):
                yield _to_counted(row)


def _to_counted(row: Any) -> Counted:
    case_id, regulation, received, source, category, topic, lead, newest, last_event, edition, facts = row
    number = number_of(case_id)
    plain = CaseFacts(number, date.fromisoformat(received), source, category, topic, lead)
    kept = KeptFacts(number, last_event, edition, facts) if last_event is not None else None
    return Counted(plain, regulation, newest or 0, kept)
