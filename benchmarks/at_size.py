"""What an operator does all day, in offices of ten thousand, a hundred thousand, a million cases (``--size``)."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks import large_office
from benchmarks.measure import OFFICES, Row, processor_time_of, sizes
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.services import case_list, case_view, day_lists, desk, kept_items, office, queries
from desktop_app.services.cases import act
from desktop_app.services.kept_cases import KeptCases
from desktop_app.services.session import Session
from desktop_app.storage.engine import connect_file

_FIFTY = 50
_SEARCH, _PAGE, _FRAME = "<= 30 ms", "<= 16 ms", "<= 100 ms"
_UNIT, _QUIET_UNIT = "通辽市公安局", "霍林郭勒市交通运输局"
SEARCHES: tuple[tuple[str, CaseQuery], ...] = (
    ("one very frequent character", CaseQuery(text="的", descending=True)),
    ("frequent, two characters", CaseQuery(text="小区", descending=True)),
    ("frequent, with a rare state", CaseQuery(text="小区", status="待初审", descending=True)),
    ("frequent, with a quiet unit", CaseQuery(text="小区", unit=_QUIET_UNIT, descending=True)),
    ("frequent, soonest due of the open", CaseQuery(text="小区", open_only=True, sort="due")),
    ("frequent, by date of receipt", CaseQuery(text="小区", sort="received", descending=True)),
    (
        "frequent, due within three months",
        CaseQuery(text="小区", due_from=date(2025, 3, 5), due_to=date(2025, 6, 4), sort="due"),
    ),
    ("rare, with a wide filter", CaseQuery(text=large_office.RARE, status="已归档", descending=True)),
    ("long, all of it frequent", CaseQuery(text="希望领导尽快解决", descending=True)),
    ("long and frequent, found nowhere", CaseQuery(text="没有解决问题的人", descending=True)),
    ("found nowhere", CaseQuery(text="饕餮", descending=True)),
    ("a citizen by name", CaseQuery(text="王伟", descending=True)),
    ("a citizen by initials", CaseQuery(text="wxm", descending=True)),
    ("a unit by initials", CaseQuery(text="tlsgaj", descending=True)),
    ("part of a register number", CaseQuery(text="2025-01", descending=True)),
)
LISTS: tuple[tuple[str, CaseQuery], ...] = (
    ("newest first", CaseQuery(descending=True)),
    ("open, soonest due first", CaseQuery(open_only=True, sort="due")),
    ("overdue", CaseQuery(overdue_on=large_office.TODAY, sort="due")),
    ("one unit, one category, latest due first",
     CaseQuery(unit=_UNIT, category="投诉", sort="due", descending=True)),
    ("a rare state by receipt", CaseQuery(status="待初审", sort="received", descending=True)),
    ("by unit", CaseQuery(sort="unit")),
)  # fmt: skip


def run() -> list[Row]:
    """Processor time of the thriftiest of five each, the file in memory; the window itself is measured in `window_at_size`."""
    rows: list[Row] = []
    for size in sizes():
        with office_of(size) as session:
            shown = f"{size:,}"
            rows += _searches(session, shown, size)
            rows += _lists(session, shown, size)
            rows += _days(session, shown)
            rows += _case(session, shown)
    return rows


@contextlib.contextmanager
def office_of(size: int) -> Iterator[Session]:
    """The office of that size: one that is kept from an earlier run, else a new one."""
    with contextlib.ExitStack() as stack:
        kept = os.environ.get(OFFICES)
        home = Path(kept) if kept else Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder = home / f"office-{size}"
        if (folder / "office.db").exists():
            session = office.enter(folder, large_office.USER, large_office.PASSWORD, large_office.TODAY)
        else:
            session = large_office.make_office(folder, size)
        stack.callback(session.close)
        yield session


def _searches(session: Session, shown: str, size: int) -> list[Row]:
    like = _like(session) if size <= 100_000 else 0.0
    rows = []
    for words, query in SEARCHES:
        opened = case_list.open_list(session, query, 0, _FIFTY)
        taken = processor_time_of(partial(case_list.list_window, session, query, 0, _FIFTY))
        note = (
            f"{'more than ' if opened.or_more else '' if opened.total_exact else 'at most '}{opened.total:,}"
        )
        rare = words.startswith("rare")
        rows.append(
            Row(f"search: {words}", shown, taken, "LIKE" if rare else "", like if rare else 0, _SEARCH, note)
        )
    query = SEARCHES[0][1]
    rows.append(
        Row("search: how many, counted to the end", shown, processor_time_of(partial(case_list.measure_list, session,
            replace(query, sort="number"))), "", 0, "", "behind the list, with its landmarks")
    )  # fmt: skip
    return rows


def _like(session: Session) -> float:
    driver = connect_file(session.database.path, session.database.key)
    sql = "SELECT case_id FROM search_texts WHERE folded LIKE ? ORDER BY case_id DESC LIMIT 50"
    taken = processor_time_of(lambda: driver.execute(sql, (f"%{large_office.RARE}%",)).fetchall(), 3)
    driver.close()
    return taken


def _lists(session: Session, shown: str, size: int) -> list[Row]:
    rows = [
        Row(f"list: {words}, a page", shown, processor_time_of(partial(case_list.list_window, session, query, 0, _FIFTY)),
            "", 0, _PAGE)
        for words, query in LISTS
    ]  # fmt: skip
    whole = CaseQuery(sort="due", descending=True)
    measured: list[case_list.ListMeasures] = []
    walk = processor_time_of(lambda: measured.append(case_list.measure_list(session, whole)), 1)
    middle = size // 2 + 137
    near = max((one for one in measured[0].landmarks if one[0] <= middle), default=None)
    number = queries.list_cases(session, CaseQuery(), 1).cases[0].number
    rows += [
        Row("list: jump to its midst, unmarked", shown,
            processor_time_of(partial(case_list.list_window, session, whole, middle, 40)), "", 0, _FRAME),
        Row("list: jump to its midst, marked", shown,
            processor_time_of(partial(case_list.list_window, session, whole, middle, 40, near)), "", 0, _PAGE),
        Row("list: landmarks of all of it", shown, walk, "", 0, "", "once, behind the list"),
        Row("list: the place of a number", shown,
            processor_time_of(partial(case_list.find_place, session, CaseQuery(descending=True), number)), "", 0, _FRAME),
        Row("counts by state, and overdue", shown, processor_time_of(partial(queries.count_by_status, session)),
            "", 0, "<= 5 ms"),
        Row("count of one unit in one category", shown,
            processor_time_of(partial(queries.count_cases, session, CaseQuery(unit=_UNIT, category="投诉"))),
            "", 0, _PAGE),
    ]  # fmt: skip
    return rows


def _days(session: Session, shown: str) -> list[Row]:
    today = large_office.TODAY
    month = partial(day_lists.calendar_days, session, date(2026, 10, 26), date(2026, 12, 6))
    year = partial(day_lists.calendar_days, session, date(2026, 1, 1), date(2026, 12, 31))

    def first_question() -> None:
        session.kept_cases = KeptCases()
        desk.desk(session, 5)

    with session.change() as work:
        work.open_items.drop_all()
    anew = processor_time_of(first_question, 1)
    kept_items.save_found(session)
    note = f"{desk.desk(session, 5).total:,} things to do; {len(session.kept_cases.by_number):,} open"
    return [
        Row("calendar: a month", shown, processor_time_of(month), "", 0, _PAGE),
        Row("calendar: a year", shown, processor_time_of(year), "", 0, _FRAME),
        Row("calendar: the cases of a day", shown, processor_time_of(partial(day_lists.day_cases, session, today)),
            "", 0, _FRAME),
        Row("desk, first question", shown, processor_time_of(first_question), "", 0, "", note),
        Row("desk, first question, nothing kept", shown, anew, "", 0, "", "as after an import: all open cases folded"),
        Row("desk, asked again", shown, processor_time_of(partial(desk.desk, session, 5)), "", 0, "", note),
    ]  # fmt: skip


def _case(session: Session, shown: str) -> list[Row]:
    number = queries.list_cases(session, CaseQuery(status="已归档", descending=True), 1).cases[0].number
    waiting = queries.case_numbers(session, CaseQuery(status="待初审"))[:3]
    steps = [processor_time_of(_accept(session, one), 1) for one in waiting]
    return [
        Row(
            "a case opened",
            shown,
            processor_time_of(partial(case_view.view_case, session, number)),
            "",
            0,
            _FRAME,
        ),
        Row("a step recorded, durable", shown, min(steps, default=0.0), "", 0, _FRAME, _file_size(session)),
    ]


def _accept(session: Session, number: str) -> Callable[[], object]:
    return lambda: act(session, number, "accept", {"category": "投诉"}, large_office.TODAY)


def _file_size(session: Session) -> str:
    return f"the file is {session.database.path.stat().st_size / 1e6:,.0f} MB"
