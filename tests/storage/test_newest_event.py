"""The newest event of a case: the right one, and found by the index of its case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Select, select
from sqlalchemy.dialects import postgresql

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.events import NewEvent
from desktop_app.storage.database import Database
from desktop_app.storage.newest_event import NEWEST_EVENT
from desktop_app.storage.tables import cases

ASKED: Select[tuple[int, int | None]] = select(cases.c.id, NEWEST_EVENT).order_by(cases.c.id)
CASES = 40


@pytest.fixture
def busy(office: Database, make_row: Callable[..., CaseRow], make_event: Callable[..., NewEvent]) -> Database:
    """Events of all cases by turns, and one case without any."""
    with office.change() as work:
        work.cases.insert([make_row(serial) for serial in range(1, CASES + 2)])
        for _ in range(5):
            for serial in range(1, CASES + 1):
                work.journal.append([make_event(f"2026-{serial:04}")])
    return office


def test_each_case_has_its_own_newest(busy: Database) -> None:
    with busy.read() as work:
        found = [newest for _, newest in work._connection.execute(ASKED)]
    assert found == [*range(4 * CASES + 1, 5 * CASES + 1), None]


@pytest.mark.server_only("a file's planner needs no statistics for it")
def test_a_server_without_statistics_does_not_walk_the_journal_for_it(busy: Database) -> None:
    sql = str(ASKED.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
    with busy.read() as work:
        plan = "\n".join(row[0] for row in work._connection.exec_driver_sql(f"EXPLAIN {sql}"))
    assert "ix_events_case_id" in plan
    assert "pk_events" not in plan
