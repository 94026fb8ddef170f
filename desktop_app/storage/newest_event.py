"""The newest event of a case, as a column of a question about cases."""

from __future__ import annotations

from sqlalchemy import func, literal_column, select

from desktop_app.storage.tables import cases, events

# Of the bare number, a server that has no statistics yet would look for the largest from the end of the whole journal
# backwards, once for every case; of a sum it can't, and takes the index of the events by case.
NEWEST_EVENT = (
    select(func.max(events.c.id + literal_column("0")))
    .where(events.c.case_id == cases.c.id)
    .correlate(cases)
    .scalar_subquery()
)
