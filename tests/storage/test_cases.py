from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.case_queries import CaseQuery, Cursor, SortKey
from desktop_app.domain.case_rows import CaseRow
from desktop_app.errors import Refusal
from desktop_app.storage.case_statements import prepared_for
from desktop_app.storage.cases import _LIVE_COUNTS
from desktop_app.storage.database import Database
from tests.storage.small_pieces import cut_small

MakeRow = Callable[..., CaseRow]

FULL = {
    "board_number": "0012345",
    "board": "市长",
    "domain": "城建",
    "category": "投诉",
    "urgency": "加急",
    "topic": "供水",
    "lead": "市住建局",
    "supporting": ("市水务局", "某区政府"),
    "due": date(2026, 10, 12),
    "reminder": date(2026, 10, 10),
    "provisional": True,
    "due_from": "receipt",
    "awaiting_reply": True,
    "was_overdue": True,
    "dispatched": date(2026, 9, 20),
    "taken": date(2026, 9, 21),
    "replied": date(2026, 10, 1),
    "published": date(2026, 10, 2),
    "private": True,
    "closed": date(2026, 10, 3),
    "archived": date(2026, 10, 4),
    "voided": True,
    "batch": 7,
}


def test_a_row_comes_back_as_it_was(office: Database, make_row: MakeRow) -> None:
    rows = [make_row(1, **FULL), make_row(12345), make_row(3, year=2025)]
    with office.change() as work:
        work.cases.insert(rows)
        work.cases.insert([])
    with office.read() as work:
        assert [work.cases.get(row.number) for row in rows] == rows
        assert work.cases.get("2026-0002") is None
        assert list(work.cases.all()) == [rows[2], rows[0], rows[1]]


def test_the_earliest_registration_counts_no_voided_case(office: Database, make_row: MakeRow) -> None:
    with office.change() as work:
        assert work.cases.first_received() is None
        work.cases.insert([make_row(1, received=date(2026, 3, 1)), make_row(2, received=date(2026, 2, 1))])
        work.cases.insert([make_row(3, received=date(2025, 2, 1), voided=True)])
        assert work.cases.first_received() == date(2026, 2, 1)


def test_an_update_replaces_every_field(office: Database, make_row: MakeRow) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1), make_row(2)])
        work.cases.update(make_row(1, **FULL))
    with office.read() as work:
        assert work.cases.get("2026-0001") == make_row(1, **FULL)
        assert work.cases.get("2026-0002") == make_row(2)


def test_updating_what_is_not_there_is_told(office: Database, make_row: MakeRow) -> None:
    with pytest.raises(LookupError), office.change() as work:
        work.cases.update(make_row(1))


def test_a_row_whose_number_disagrees_is_a_mistake(office: Database, make_row: MakeRow) -> None:
    with pytest.raises(ValueError, match="disagree"), office.change() as work:
        work.cases.insert([replace(make_row(1), serial=2)])


def test_rows_are_found_by_board_number_and_batch(office: Database, make_row: MakeRow) -> None:
    rows = [make_row(1, board_number="5", batch=1), make_row(2), make_row(3, board_number="5", batch=2)]
    with office.change() as work:
        work.cases.insert(rows)
    with office.read() as work:
        assert work.cases.by_board_number("5") == [rows[0], rows[2]]
        assert work.cases.by_board_number("") == []
        assert work.cases.of_batch(2) == [rows[2]]


def test_what_falls_due_and_what_must_be_reminded(office: Database, make_row: MakeRow) -> None:
    day = date(2026, 10, 12)
    rows = [
        make_row(1, due=day, reminder=day - timedelta(days=2), awaiting_reply=True),
        make_row(2, due=day + timedelta(days=1), reminder=day, awaiting_reply=True),
        make_row(3, due=day, reminder=day, awaiting_reply=False),
        make_row(4, due=day, reminder=day, awaiting_reply=True, voided=True),
        make_row(5),
    ]
    with office.change() as work:
        work.cases.insert(rows)
    with office.read() as work:
        assert work.cases.due_between(day, day) == [rows[0], rows[2]]
        assert work.cases.due_between(day, day + timedelta(days=1)) == [rows[0], rows[2], rows[1]]
        assert work.cases.reminders_between(day - timedelta(days=2), day) == [rows[0], rows[1]]


def test_what_a_calendar_counts_is_what_is_live_and_read_from_its_index_alone(
    office: Database, make_row: MakeRow
) -> None:
    day = date(2026, 10, 12)
    rows = [
        make_row(1, due=day, awaiting_reply=True, reminder=day),
        make_row(2, due=day, awaiting_reply=True, provisional=True),
        make_row(3, due=day, due_from="dispatch"),
        make_row(4, due=day, due_from="dispatch", replied=day),
        make_row(5, due=day, due_from="receipt"),
        make_row(6, due=day, awaiting_reply=True, voided=True),
        make_row(7, due=day + timedelta(days=9), awaiting_reply=True, due_from="receipt"),
    ]
    with office.change() as work:
        work.cases.insert(rows)
    with office.read() as work:
        found = work.cases.live_deadlines(day, day)
        assert sorted((one.awaiting_reply, one.certain, one.count) for one in found) == [
            (False, False, 1),
            (True, False, 1),
            (True, True, 1),
        ]
        assert work.cases.live_between(day, day) == rows[:3]
        assert work.cases.reminder_counts(day, day) == {day: 1}


@pytest.mark.file_only("the plan is SQLite's")
def test_a_calendar_is_counted_in_its_index_alone(office: Database) -> None:
    with office.read() as work:
        plan = work._connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {_LIVE_COUNTS.compile(work._connection)}", ("2026-10-12", "2026-10-12")
        ).all()
    assert "COVERING INDEX ix_cases_live_due" in plan[0][3]


def test_counts_follow_every_change(office: Database, make_row: MakeRow) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1), make_row(2), make_row(3, status="已归档", is_open=False)])
    with office.change() as work:
        work.cases.update(make_row(1, status="待交办"))
        work.cases.update(make_row(2, voided=True))
    with office.read() as work:
        assert work.cases.count_by_status() == {"待交办": 1, "已归档": 1}
        assert work.cases.count_by_status(include_voided=True) == {"待交办": 1, "已归档": 1, "待初审": 1}


def test_a_changed_unit_is_found_under_its_new_name_only(office: Database, make_row: MakeRow) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1, lead="甲", supporting=("乙",))])
        work.cases.update(make_row(1, lead="乙", supporting=("乙", "丙")))
    with office.read() as work:
        found = {unit: work.cases.numbers(CaseQuery(unit=unit)) for unit in ("甲", "乙", "丙")}
    assert found == {"甲": [], "乙": ["2026-0001"], "丙": ["2026-0001"]}


def test_numbers_sort_as_integers(office: Database, make_row: MakeRow) -> None:
    with office.change() as work:
        work.cases.insert([make_row(serial) for serial in (9, 10, 9999, 10000)] + [make_row(5, year=2025)])
    with office.read() as work:
        assert work.cases.numbers(CaseQuery()) == [
            "2025-0005",
            "2026-0009",
            "2026-0010",
            "2026-9999",
            "2026-10000",
        ]


def test_no_due_date_comes_last_in_both_directions(office: Database, make_row: MakeRow) -> None:
    days = [date(2026, 10, 12), None, date(2026, 10, 9), None]
    with office.change() as work:
        work.cases.insert([make_row(serial, due=day) for serial, day in enumerate(days, start=1)])
    with office.read() as work:
        forwards = work.cases.numbers(CaseQuery(sort="due"))
        backwards = work.cases.numbers(CaseQuery(sort="due", descending=True))
    assert forwards == ["2026-0003", "2026-0001", "2026-0002", "2026-0004"]
    assert backwards == ["2026-0001", "2026-0003", "2026-0004", "2026-0002"]


def test_a_case_is_overdue_from_the_day_after_due(office: Database, make_row: MakeRow) -> None:
    due = date(2026, 10, 12)
    with office.change() as work:
        work.cases.insert(
            [make_row(1, due=due, awaiting_reply=True), make_row(2, due=due, awaiting_reply=False)]
        )
    with office.read() as work:
        assert work.cases.numbers(CaseQuery(overdue_on=due)) == []
        assert work.cases.numbers(CaseQuery(overdue_on=due + timedelta(days=1))) == ["2026-0001"]


def test_a_page_without_rows_is_whole(office: Database) -> None:
    with office.read() as work:
        page = work.cases.page(CaseQuery(text="水压", sort="due"))
    assert (page.rows, page.next, page.total, page.total_exact) == ((), None, 0, True)


def test_a_status_and_statuses_must_both_hold(office: Database, make_row: MakeRow) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1, status="甲"), make_row(2, status="乙")])
    with office.read() as work:
        assert work.cases.numbers(CaseQuery(status="甲", statuses=("甲", "乙"))) == ["2026-0001"]
        assert work.cases.page(CaseQuery(status="甲", statuses=("乙",))).total == 0


@pytest.mark.parametrize("text", ["", "x", "????", "eyJhIjoxfQ", "WzFd", "é"])
def test_a_cursor_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        Cursor.decode(text, CaseQuery())
    assert refused.value.code == "unknown_value"


def test_a_cursor_of_another_order_is_refused() -> None:
    text = Cursor("due", False, "2026-10-12", 2026, 1).encode()
    assert Cursor.decode(text, CaseQuery(sort="due")) == Cursor("due", False, "2026-10-12", 2026, 1)
    for other in (CaseQuery(), CaseQuery(sort="due", descending=True)):
        with pytest.raises(Refusal):
            Cursor.decode(text, other)


DAYS = [None, *(date(2026, 2, 27) + timedelta(days=place) for place in range(4))]
STATUSES = ("待初审", "办理中", "已归档")
UNITS = ("", "甲", "乙")
TEXTS = ("供水水压不足", "水压", "供电", "ＡＢＣ路灯")


def _many(make_row: MakeRow) -> list[CaseRow]:
    """Ninety rows in which everything a query looks at varies at its own pace."""
    return [
        make_row(
            serial,
            year=2025 + serial % 2,
            title=TEXTS[serial % 4],
            status=STATUSES[serial % 3],
            is_open=serial % 3 != 2,
            category=("投诉", "咨询")[serial % 2],
            lead=UNITS[serial % 3],
            supporting=(UNITS[(serial + 1) % 3],) if serial % 5 == 0 and UNITS[(serial + 1) % 3] else (),
            due=DAYS[serial % 5],
            received=date(2026, 1, 1) + timedelta(days=serial % 7),
            awaiting_reply=serial % 4 == 1,
            voided=serial % 11 == 0,
        )
        for serial in range(1, 91)
    ]


def _passes(row: CaseRow, query: CaseQuery) -> bool:
    return (
        (query.include_voided or not row.voided)
        and (query.status is None or row.status == query.status)
        and (not query.statuses or row.status in query.statuses)
        and (query.unit is None or query.unit in (row.lead, *row.supporting))
        and (query.category is None or row.category == query.category)
        and (not query.open_only or row.is_open)
        and (query.due_from is None or (row.due is not None and row.due >= query.due_from))
        and (query.due_to is None or (row.due is not None and row.due <= query.due_to))
        and (
            query.overdue_on is None
            or (row.due is not None and row.awaiting_reply and row.due < query.overdue_on)
        )
        and (query.text is None or query.text in row.title.replace("ＡＢＣ", "abc"))
    )


def _sorted(rows: list[CaseRow], query: CaseQuery) -> list[CaseRow]:
    keys: dict[SortKey, Callable[[CaseRow], str]] = {
        "number": lambda row: "",
        "due": lambda row: row.due.isoformat() if row.due else "",
        "received": lambda row: row.received.isoformat(),
        "status": lambda row: row.status,
        "unit": lambda row: row.lead,
    }
    rows = sorted(
        rows,
        key=lambda row: (keys[query.sort](row).encode(), row.year, row.serial),
        reverse=query.descending,
    )
    return sorted(rows, key=lambda row: query.sort == "due" and row.due is None)


QUERIES = st.builds(
    CaseQuery,
    status=st.sampled_from([None, None, *STATUSES]),
    statuses=st.sampled_from([(), (), STATUSES[:2], STATUSES[1:]]),
    unit=st.sampled_from([None, None, "甲", "乙"]),
    category=st.sampled_from([None, None, "投诉"]),
    text=st.sampled_from([None, None, "水", "水压", "水压不足", "c路灯", "abc", "没有的"]),
    due_from=st.sampled_from([None, None, DAYS[2]]),
    due_to=st.sampled_from([None, None, DAYS[3]]),
    overdue_on=st.sampled_from([None, None, DAYS[4]]),
    open_only=st.booleans(),
    sort=st.sampled_from(["number", "due", "received", "status", "unit"]),
    descending=st.booleans(),
    include_voided=st.booleans(),
)


@pytest.fixture
def many(office: Database, make_row: MakeRow, monkeypatch: pytest.MonkeyPatch) -> Database:
    # Small enough that every way of reading a list is taken.
    monkeypatch.setattr("desktop_app.storage.indexed_list.GATHER_AT_MOST", 10)
    monkeypatch.setattr("desktop_app.storage.indexed_list._OF_A_MONTH", 20)
    monkeypatch.setattr("desktop_app.storage.indexed_list._FIRST_CHECKED", 4)
    monkeypatch.setattr("desktop_app.storage.case_pages._RECHECK_AT_MOST", 10)
    cut_small(monkeypatch)
    rows = _many(make_row)
    with office.change() as work:
        work.cases.insert(rows)
        work.search.put_many([(row.number, [row.title]) for row in rows])
    return office


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES, limit=st.integers(1, 40), offset=st.integers(0, 95))
def test_pages_and_windows_give_what_a_plain_list_gives(
    many: Database, make_row: MakeRow, query: CaseQuery, limit: int, offset: int
) -> None:
    wanted = _sorted([row for row in _many(make_row) if _passes(row, query)], query)
    with many.read() as work:
        found: list[CaseRow] = []
        starts: list[tuple[int, Cursor]] = []
        after: Cursor | None = None
        while True:
            page = work.cases.page(query, after, limit)
            found.extend(page.rows)
            assert page.total == len(wanted) or (not page.total_exact and page.total > len(wanted))
            if page.next is None:
                break
            after = Cursor.decode(page.next.encode(), query)
            starts.append((len(found), after))
        assert found == wanted
        assert work.cases.numbers(query) == [row.number for row in wanted]
        for near in (None, *starts[:2]):
            window = work.cases.window(query, offset, limit, near)
            assert list(window.rows) == wanted[offset : offset + limit]
            assert (window.next is None) == (offset + limit >= len(wanted))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES, every=st.integers(1, 20))
def test_places_in_a_list_are_where_a_plain_list_has_them(
    many: Database, make_row: MakeRow, query: CaseQuery, every: int
) -> None:
    rows = _many(make_row)
    wanted = _sorted([row for row in rows if _passes(row, query)], query)
    with many.read() as work:
        for place, cursor in work.cases.landmarks(query, every):
            assert place % every == 0
            assert list(work.cases.window(query, place, 3, (place, cursor)).rows) == wanted[place : place + 3]
        assert len(work.cases.landmarks(query, every)) == len(wanted) // every
        for row in (rows[0], rows[44], *wanted[:1]):
            at = work.cases.place_of(query, work.cases.cursor_of(query, row))
            assert wanted[:at] == _sorted(
                [one for one in wanted if _sorted([one, row], query)[-1] == row], query
            )
        quick = work.cases.quick_total(query)
        assert quick.count == len(wanted) or not quick.exact


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES)
def test_a_list_read_backwards_is_the_list_turned_round(many: Database, query: CaseQuery) -> None:
    with many.read() as work:
        forwards = work.cases.numbers(query)
        backwards = work.cases.numbers(replace(query, descending=not query.descending))
        if query.sort == "due":
            # Those without a date stand last either way.
            dated = {number for number in forwards if (row := work.cases.get(number)) and row.due is not None}
            forwards = [one for one in forwards if one in dated]
            backwards = [one for one in backwards if one in dated]
        assert forwards == backwards[::-1]


@pytest.mark.parametrize(
    "query",
    [
        CaseQuery(),
        CaseQuery(descending=True),
        CaseQuery(sort="due"),
        CaseQuery(sort="due", descending=True),
        CaseQuery(sort="received"),
        CaseQuery(sort="unit"),
        CaseQuery(sort="status"),
        CaseQuery(open_only=True, sort="due"),
        CaseQuery(status="办理中", sort="due"),
        CaseQuery(status="办理中"),
        CaseQuery(category="投诉", sort="due"),
        CaseQuery(category="投诉"),
        CaseQuery(overdue_on=date(2026, 3, 4), sort="due"),
    ],
)
@pytest.mark.file_only("the plans are SQLite's")
def test_common_lists_are_read_in_order_and_never_sorted(many: Database, query: CaseQuery) -> None:
    with many.read() as work:
        asked = work.cases._ask(query)
        params = {**asked._params, "limit": 1, "offset": 0}
        for dated in asked._parts(None):
            prepared = prepared_for(asked._shape("rows", dated=dated))
            sql, names = prepared.compiled(work._connection)
            steps = work._connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {sql}", tuple(params[name] for name in names or ())
            ).all()
            assert steps
            assert not any("TEMP B-TREE" in step[3] for step in steps), steps
