"""Searches and lists of an office on a server: the same answers as those of a file, out of the index and in its order."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.case_queries import CaseQuery, Cursor, SortKey
from desktop_app.domain.case_rows import CaseRow
from desktop_app.storage.case_statements import prepared_for
from desktop_app.storage.database import Database, create
from desktop_app.storage.server_list import ServerList
from desktop_app.storage.server_pieces import Days, Numbers
from desktop_app.storage.work import Work
from tests.storage.small_pieces import cut_small

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

pytestmark = pytest.mark.server_only("beside an office in a file, which the rest of the tests are about")

MakeRow = Callable[..., CaseRow]

ALPHABET = "水压不足小区没有的Aaａß \n.%_*\"'\\\\()<>&|!:{}-é\u0301𠮷\x00"
WORDS = st.text(alphabet=ALPHABET, max_size=10)
NAMES = st.sampled_from(["", "王小明", "单晓", "网友06", "O'Neil"])
STATUSES = ("待初审", "办理中", "已归档", "'\\\\:*")
UNITS = ("", "甲", "乙 局", "丙'局")
FIRST = date(2025, 12, 30)
DAYS = st.none() | st.integers(0, 70).map(lambda after: FIRST + timedelta(days=after))
CASES = st.lists(
    st.fixed_dictionaries(
        {
            "year": st.sampled_from([2025, 2026]),
            "status": st.sampled_from(STATUSES),
            "is_open": st.booleans(),
            "voided": st.booleans(),
            "awaiting_reply": st.booleans(),
            "category": st.sampled_from(["", "投诉"]),
            "lead": st.sampled_from(UNITS),
            "due": DAYS,
            "received": st.integers(0, 70).map(lambda after: FIRST + timedelta(days=after)),
        }
    ),
    min_size=1,
    max_size=40,
)
QUERIES = st.builds(
    CaseQuery,
    text=st.none() | WORDS | st.sampled_from(["wx", "wang", "水压不足", "没有的"]),
    status=st.none() | st.sampled_from(STATUSES),
    unit=st.none() | st.sampled_from(UNITS[1:]),
    category=st.none() | st.just("投诉"),
    due_from=DAYS,
    due_to=DAYS,
    overdue_on=st.none() | st.none() | DAYS,
    open_only=st.booleans(),
    sort=st.sampled_from(["number", "due", "received", "status", "unit"]),
    descending=st.booleans(),
    include_voided=st.booleans(),
    by_name=st.booleans(),
    spelled_units=st.sampled_from([(), UNITS[1:3]]),
)


@pytest.fixture
def both(
    office: Database, tmp_path: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Database, Database]]:
    """An office on a server, and one in a file."""
    cut_small(monkeypatch)
    monkeypatch.setattr("desktop_app.storage.case_pages._RECHECK_AT_MOST", 5)
    monkeypatch.setattr("desktop_app.storage.case_pages._QUICK_AT_MOST", 12)
    file = create(tmp_path / "file", key)
    yield office, file
    file.close()


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=CASES, texts=st.lists(st.lists(WORDS, max_size=3), max_size=40), names=st.lists(NAMES, max_size=40),
       queries=st.lists(QUERIES, min_size=1, max_size=4), limit=st.integers(1, 12), offset=st.integers(0, 30))  # fmt: skip
def test_a_server_answers_as_a_file_does(
    both: tuple[Database, Database],
    make_row: MakeRow,
    told: list[dict[str, Any]],
    texts: list[list[str]],
    names: list[str],
    queries: list[CaseQuery],
    limit: int,
    offset: int,
) -> None:
    rows = [make_row(serial, **fields) for serial, fields in enumerate(told, 1)]
    words = list(zip((row.number for row in rows), texts, names, strict=False))
    with pytest.raises(RuntimeError, match="undo"), ExitStack() as stack:
        works = [stack.enter_context(database.change()) for database in both]
        answers = []
        for work in works:
            work.cases.insert(rows)
            work.search.put_many(words)
            answers.append([_answers(work, query, limit, offset, rows) for query in queries])
        on_server, in_file = answers
        assert on_server == in_file
        assert list(works[0].search.faults()) == []
        raise RuntimeError("undo")


def _answers(work: Work, query: CaseQuery, limit: int, offset: int, rows: list[CaseRow]) -> dict[str, object]:
    pages = []
    after: Cursor | None = None
    while not pages or after is not None:
        page = work.cases.page(query, after, limit)
        pages.append(page)
        after = page.next
    return {
        "pages": pages,
        "numbers": work.cases.numbers(query),
        "window": work.cases.window(query, offset, limit),
        "total": work.cases.total(query),
        "at once": work.cases.quick_total(query),
        "landmarks": work.cases.landmarks(query, 3),
        "places": [work.cases.place_of(query, work.cases.cursor_of(query, row)) for row in rows[:3]],
        "marked": [
            work.cases.window(query, place, limit, (place, cursor))
            for place, cursor in work.cases.landmarks(query, 5)
        ],
    }


@pytest.fixture
def filled(office: Database, make_row: MakeRow) -> Database:
    """Enough cases that a plan is worth the planner's while."""
    chance = random.Random(7)
    rows = [
        make_row(
            serial,
            status=STATUSES[serial % 3],
            is_open=serial % 3 != 2,
            lead=UNITS[serial % 4],
            due=FIRST + timedelta(days=serial % 200) if serial % 9 else None,
            received=FIRST + timedelta(days=serial % 150),
        )
        for serial in range(1, 2001)
    ]
    with office.change() as work:
        work.cases.insert(rows)
        work.search.put_many(
            [(row.number, ["".join(chance.choices("水压不足小区没有", k=40))]) for row in rows]
        )
    with office.change() as work:
        work._connection.exec_driver_sql("ANALYZE cases")
        work._connection.exec_driver_sql("ANALYZE case_search")
    return office


@pytest.mark.parametrize(
    "query",
    [
        CaseQuery(text="水压"),
        CaseQuery(text="水"),
        CaseQuery(text="水压不足", status="办理中", sort="due"),
        CaseQuery(unit="甲", sort="received", descending=True),
    ],
)
def test_words_and_filters_are_asked_of_the_index(
    filled: Database, query: CaseQuery, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[str] = []
    plainly = ServerList._rows

    def explained(self: ServerList, sql: str, params: dict[str, Any]) -> Any:
        plans.append("\n".join(row[0] for row in plainly(self, f"EXPLAIN {sql}", params)))
        return plainly(self, sql, params)

    monkeypatch.setattr(ServerList, "_rows", explained)
    with filled.read() as work:
        assert work.cases.window(query, 0, 50).rows
        work.cases.total(query)
    asked = [plan for plan in plans if "case_search" in plan]
    assert asked
    for plan in asked:
        assert plan.count("on case_search") == plan.count("Bitmap Index Scan on ix_case_search_terms"), plan
        assert "Gather" not in plan, plan


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", ["number", "due", "received"])
@pytest.mark.parametrize("text", ["水压", "水压不足", "饕餮", "没有小区"])
def test_a_page_is_one_question_to_the_index(
    filled: Database, text: str, sort: SortKey, descending: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    plainly = ServerList._rows

    def told(self: ServerList, sql: str, params: dict[str, Any]) -> Any:
        asked.append(sql)
        return plainly(self, sql, params)

    query = CaseQuery(text=text, sort=sort, descending=descending)
    with filled.read() as work:
        held = set(work.cases.numbers(query))
        monkeypatch.setattr(ServerList, "_rows", told)
        found = work.cases.window(query, 0, 20).rows
    assert {row.number for row in found} <= held
    assert len(found) == min(20, len(held))
    # Of few cases what is left is asked for behind the first pieces; those without a due date stand behind all others.
    assert len(asked) == 1 if len(held) > 20 else len(asked) <= 4, asked


@pytest.mark.parametrize(
    "query",
    [
        CaseQuery(),
        CaseQuery(descending=True),
        CaseQuery(sort="due"),
        CaseQuery(sort="due", descending=True),
        CaseQuery(sort="received"),
        CaseQuery(sort="unit", descending=True),
        CaseQuery(sort="status"),
        CaseQuery(open_only=True, sort="due"),
        CaseQuery(status="办理中", sort="due"),
        CaseQuery(status="办理中"),
        CaseQuery(category="投诉", sort="due"),
        CaseQuery(category="投诉"),
    ],
)
def test_common_lists_are_read_in_order_and_never_sorted(filled: Database, query: CaseQuery) -> None:
    with filled.read() as work:
        asked = work.cases._ask(query)
        params = {**asked._params, "limit": 51, "offset": 0}
        for dated in asked._parts(None):
            sql, _ = prepared_for(asked._shape("rows", dated=dated)).compiled(work._connection)
            cursor = work._connection.connection.cursor()
            plan = "\n".join(row[0] for row in cursor.execute(f"EXPLAIN {sql}", params).fetchall())
            assert "Index" in plan
            assert "Sort" not in plan, plan


def test_a_text_beyond_what_the_index_holds_is_kept_and_found_by_what_came_first(
    office: Database, make_row: MakeRow
) -> None:
    chance = random.Random(1)
    book = "".join(chr(chance.randrange(0x4E00, 0x9F00)) for _ in range(150_000))
    with office.change() as work:
        work.cases.insert([make_row(1), make_row(2)])
        work.search.put_many([("2026-0001", [book], "王小明"), ("2026-0002", ["供水"], "")])
    with office.read() as work:
        assert work.cases.numbers(CaseQuery(text=book[:1])) == ["2026-0001"]
        assert work.cases.numbers(CaseQuery(text="wxm", by_name=True)) == ["2026-0001"]
        assert work.cases.numbers(CaseQuery(open_only=True, text="供水")) == ["2026-0002"]
        assert list(work.search.faults()) == []


def test_an_act_that_changes_no_mark_and_no_word_leaves_the_index_alone(
    office: Database, make_row: MakeRow
) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1)])
        work.search.put("2026-0001", ["供水"])
    with office.read() as work:
        (before,) = work._connection.exec_driver_sql("SELECT ctid::text FROM case_search").scalars()
    with office.change() as work:
        work.cases.update(replace(make_row(1), title="另一题"))
        work.search.put("2026-0001", ["供水"])
        work.search.touch(2026000000001)
    with office.read() as work:
        (after,) = work._connection.exec_driver_sql("SELECT ctid::text FROM case_search").scalars()
    assert after == before


@pytest.mark.parametrize(
    ("key", "descending", "levels"),
    [
        (2026_000_180_900, True, [0, 1, 1, 2, 3]),
        (2026_000_001_700, True, [0, 1]),
        (2026_000_001_100, True, [0, 0, 1]),
        (2026_000_000_300, True, [0]),
        (2026_000_000_001, False, [0, 1]),
        (2026_000_001_000, False, [0, 0, 1]),
    ],
)
def test_a_ladder_of_numbers_ends_where_the_next_year_may_be_a_full_one(
    key: int, descending: bool, levels: list[int]
) -> None:
    numbers = Numbers(cast("Connection", None), descending)
    assert [level for _, level in numbers.rungs(key, smallest=0)] == levels


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("day", ["0001-01-01", "2026-01-31", "2026-12-01", "9999-12-31"])
def test_a_ladder_of_days_goes_up_through_months_and_a_year(day: str, descending: bool) -> None:
    days = Days(cast("Connection", None), descending, "d", "due")
    rungs = list(days.rungs(day, smallest=0))
    levels = [level for _, level in rungs]
    assert levels == ([0, 0, 0, 0, 1, 1, 2, 3] if day != "9999-12-31" or descending else [0, 0, 0, 0, 1, 3])
    places = [days.end(key, level) for key, level in rungs[:-1]]
    assert places == sorted(places, key=lambda place: place.key or "", reverse=descending)
    assert rungs[0] == (day, 0)
