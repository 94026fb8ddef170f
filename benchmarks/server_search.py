"""Lists and searches of an office on a PostgreSQL server, beside LIKE and pg_trgm on the same texts (``--size``).

Processor time of this thread and of the server's process that answers it, together: on a machine that others use as
well the clock tells of them. Without the server's programs on this machine nothing is measured, and a row says so.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import large_office
from benchmarks.at_size import LISTS, SEARCHES
from benchmarks.measure import OFFICES, Row, sizes
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.services import case_list, day_lists, office, queries
from desktop_app.services.cases import act
from desktop_app.services.session import Session
from desktop_app.storage.case_pages import _Indexed
from desktop_app.storage.server_address import ServerAddress, read_address, write_address
from desktop_app.storage.server_line import connect
from tests.engines import NoServer
from tests.postgres_server import PostgresServer

_FIFTY = 50
_SEARCH, _PAGE, _FRAME = "<= 30 ms", "<= 16 ms", "<= 100 ms"
_COMPARED = (
    ("found in one message of ten thousand, five characters", large_office.RARE),
    ("the same, two characters", large_office.RARE[:2]),
    ("found nowhere, two characters", "饕餮"),
    ("found nowhere, eight frequent characters", "没有解决问题的人"),
    ("frequent, two characters", "小区"),
    ("one very frequent character", "的"),
)
_LIKE = "SELECT case_id FROM {} WHERE folded LIKE %s ORDER BY case_id DESC LIMIT 50"
_TRIGRAMS_AT_MOST = 100_000
"""Their index takes longer to make than all else here."""
_ACTS = 60


def run() -> list[Row]:
    """Offices of ten thousand cases, a hundred thousand, a million."""
    try:
        return [row for size in sizes() for row in _at(size)]
    except NoServer as lacking:
        return [Row("on a server: left out", "-", 0, "", 0, "", str(lacking))]


def _at(size: int) -> Iterator[Row]:
    shown = f"{size:,}"
    with _office_of(size) as (server, session):
        asked = _Asked(session)
        for words, query in SEARCHES:
            opened = case_list.open_list(session, query, 0, _FIFTY)
            note = f"{'more than ' if opened.or_more else '' if opened.total_exact else 'at most '}{opened.total:,}"
            taken = asked.time(partial(case_list.list_window, session, query, 0, _FIFTY))
            yield Row(f"server, search: {words}", shown, taken, "", 0, _SEARCH, note)
            taken = asked.time(partial(asked.quick_total, query))
            yield Row(f"server, how many at once: {words}", shown, taken, "", 0, _FRAME, note)
        for words, query in LISTS:
            taken = asked.time(partial(case_list.list_window, session, query, 0, _FIFTY))
            yield Row(f"server, list: {words}, a page", shown, taken, "", 0, _PAGE)
        yield from _whole(asked, session, shown, size)
        yield from _compared(asked, server, session, shown, size)
        if server is not None:
            yield from _acts(asked, session, shown)


def _whole(asked: _Asked, session: Session, shown: str, size: int) -> Iterator[Row]:
    whole = CaseQuery(sort="due", descending=True)
    measured: list[case_list.ListMeasures] = []
    walk = asked.time(lambda: measured.append(case_list.measure_list(session, whole)), 1)
    middle = size // 2 + 137
    near = max((one for one in measured[0].landmarks if one[0] <= middle), default=None)
    jump = partial(case_list.list_window, session, whole, middle, 40)
    month = partial(day_lists.calendar_days, session, date(2026, 10, 26), date(2026, 12, 6))
    for words, taken, target in (
        ("list: jump to its midst, unmarked", asked.time(jump), _FRAME),
        ("list: jump to its midst, marked", asked.time(partial(jump, near)), _PAGE),
        ("list: landmarks of all of it, behind it", walk, ""),
        ("counts by state, and overdue", asked.time(partial(queries.count_by_status, session)), "<= 5 ms"),
        ("calendar: a month", asked.time(month), _PAGE),
    ):
        yield Row(f"server, {words}", shown, taken, "", 0, target)


def _compared(
    asked: _Asked, server: PostgresServer | None, session: Session, shown: str, size: int
) -> Iterator[Row]:
    """The first fifty cases with the same words, the newest first, rows not read: by our index, by LIKE over all texts,
    and by LIKE with an index of pg_trgm."""
    target = ">= 100 x faster" if size == 100_000 else ""
    with _trigrams(server, session, size) as trigrams:
        for words, term in _COMPARED:
            query = CaseQuery(text=term, descending=True)
            ours = asked.time(partial(asked.first_ids, query))
            like = asked.time(partial(asked.like, "search_texts", term), 3)
            rare = "frequent" not in words or "nowhere" in words
            yield Row(
                f"server, against LIKE: {words}",
                shown,
                ours,
                "LIKE",
                like,
                target if rare else "",
                asked.found(term),
            )
            if trigrams is not None:
                taken = trigrams.time(partial(trigrams.like, "texts", term), 3)
                yield Row(f"server, against pg_trgm: {words}", shown, ours, "pg_trgm", taken, "")


def _acts(asked: _Asked, session: Session, shown: str) -> Iterator[Row]:
    waiting = queries.case_numbers(session, CaseQuery(status="待初审"))[:_ACTS]
    steps = [asked.time(_accept(session, number), 1) for number in waiting]
    if steps:
        note = f"the dearest of {len(steps)}: {max(steps) * 1000:.0f} ms, the pending list written"
        yield Row("server, a step recorded", shown, sum(steps) / len(steps), "", 0, _FRAME, note)


def _accept(session: Session, number: str) -> Callable[[], object]:
    return lambda: act(session, number, "accept", {"category": "投诉"}, large_office.TODAY)


# ------------------------------------------------------------------ the clock


@dataclass
class _Line:
    """A line to the server, and the processor time that both its ends have taken."""

    driver: Any

    def time(self, fn: Callable[[], object], repeats: int = 5) -> float:
        """Of the thriftiest of so many calls."""
        best = float("inf")
        for _ in range(repeats):
            here, there = time.thread_time(), self._there()
            fn()
            best = min(best, time.thread_time() - here + self._there() - there)
        return best

    def like(self, table: str, term: str) -> list[Any]:
        found: list[Any] = self.driver.execute(_LIKE.format(table), (f"%{term}%",)).fetchall()
        return found

    def _there(self) -> float:
        told = Path(f"/proc/{self.driver.info.backend_pid}/schedstat").read_text("ascii")
        return int(told.split()[0]) / 1e9


class _Asked(_Line):
    """The line of an office that is open."""

    def __init__(self, session: Session) -> None:
        self._session = session
        with session.read() as work:
            super().__init__(work._connection.connection.driver_connection)
        # One process answers, so that one is to be counted.
        self.driver.execute("SET max_parallel_workers_per_gather = 0")

    def first_ids(self, query: CaseQuery) -> object:
        with self._session.read() as work:
            asked = work.cases._ask(query)
            assert isinstance(asked, _Indexed)
            return list(islice(asked._list.ids(page=_FIFTY), _FIFTY))

    def quick_total(self, query: CaseQuery) -> object:
        with self._session.read() as work:
            return work.cases.quick_total(replace(query, by_name=True))

    def found(self, term: str) -> str:
        with self._session.read() as work:
            total = work.cases.quick_total(CaseQuery(text=term))
        return f"{'more than ' if total.or_more else '' if total.exact else 'at most '}{total.count:,}"


# ------------------------------------------------------------------ offices


@contextlib.contextmanager
def _office_of(size: int) -> Iterator[tuple[PostgresServer | None, Session]]:
    """An office of that size: one that is kept, on a server that runs; else a new one on a server of its own."""
    kept = Path(os.environ.get(OFFICES, "")) / f"server-{size}"
    with contextlib.ExitStack() as stack:
        server = None
        if read_address(kept) is not None:
            session = office.enter(kept, large_office.USER, large_office.PASSWORD, large_office.TODAY)
        else:
            server = stack.enter_context(PostgresServer.start(durable=True))
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            write_address(folder, ServerAddress.of(server.make_database("office")))
            session = large_office.make_office(folder, size)
            server.execute("VACUUM ANALYZE", database="office")
        stack.callback(session.close)
        yield server, session


@contextlib.contextmanager
def _trigrams(server: PostgresServer | None, session: Session, size: int) -> Iterator[_Line | None]:
    """The same texts in a database that takes Chinese characters for letters, under an index of pg_trgm."""
    address = read_address(session.database.folder)
    if server is None or address is None or size > _TRIGRAMS_AT_MOST:
        yield None
        return
    server.execute(
        "CREATE DATABASE trigrams TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
    )
    with server.connect("trigrams") as there, connect(address) as here:
        there.execute("CREATE EXTENSION pg_trgm")
        there.execute("CREATE TABLE texts (case_id bigint PRIMARY KEY, folded text NOT NULL)")
        with (
            here.cursor().copy("COPY (SELECT case_id, folded FROM search_texts) TO STDOUT") as out,
            there.cursor().copy("COPY texts FROM STDIN") as into,
        ):
            for piece in out:
                into.write(piece)
        there.execute("CREATE INDEX ON texts USING gin (folded gin_trgm_ops)")
        there.execute("VACUUM ANALYZE texts")
        there.execute("SET max_parallel_workers_per_gather = 0")
        yield _Line(there)
