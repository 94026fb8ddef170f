"""What the register says of deadlines, and what it asks for, without a window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.messages import Citizen
from desktop_app.gui.calendar_state import Mark
from desktop_app.gui.register_columns import COLUMNS, PLACES, beside_title, sort_value, title_of
from desktop_app.gui.register_lines import found_in
from desktop_app.gui.register_state import (
    CHOSEN,
    DUE_CHOICES,
    DeadlineWords,
    Filters,
    Sorting,
    deadline_of,
    due_span,
    empty_words,
    total_words,
)
from desktop_app.services.queries import Listed

TODAY = date(2026, 10, 13)


def listed(
    *, overdue: bool = False, lost: int = 0, left: int = 0, name: str = "王**", **facts: object
) -> Listed:
    known: dict[str, object] = {
        "number": "2026-0312",
        "year": 2026,
        "serial": 312,
        "regulation": "tongliao-2023",
        "status": "办理中",
        "title": "某小区二次供水水压不足",
        "received": date(2026, 9, 21),
        "source": "市长板块",
        "is_open": True,
        "awaiting_reply": True,
        "due_from": "receipt",
    }
    return Listed(CaseRow(**(known | facts)), Citizen(name=name), overdue, lost, left)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("case", "mark", "words"),
    [
        (listed(due=None), None, ""),
        (listed(due=date(2026, 10, 9), overdue=True, lost=2), Mark.OVERDUE, "逾期 2 个工作日"),
        (listed(due=date(2026, 10, 11), overdue=True, lost=0), Mark.OVERDUE, "已逾期"),
        (listed(due=TODAY), Mark.DUE, "今天到期"),
        (
            listed(due=date(2026, 10, 14), reminder=TODAY, left=1),
            Mark.REMIND,
            "明天到期 10-14 周三",
        ),
        (
            listed(due=date(2026, 10, 19), reminder=TODAY, left=4),
            Mark.REMIND,
            "还剩 4 个工作日 10-19 周一",
        ),
        (listed(due=date(2026, 10, 19), reminder=date(2026, 10, 16)), None, "10-19 周一"),
        (
            listed(due=date(2026, 10, 16), due_from="dispatch", awaiting_reply=False),
            Mark.EXPECTED,
            "按交办日预计 10-16 周五",
        ),
        (listed(due=date(2027, 2, 1), provisional=True), Mark.EXPECTED, "暂定 2027-02-01 周一"),
        (listed(due=date(2026, 9, 1), awaiting_reply=False), None, "09-01 周二"),
    ],
)
def test_a_deadline_says_how_it_stands(case: Listed, mark: Mark | None, words: str) -> None:
    assert deadline_of(case, TODAY) == DeadlineWords(mark, words)


def test_the_shape_stands_before_the_words() -> None:
    assert deadline_of(listed(due=TODAY), TODAY).text == "● 今天到期"
    assert deadline_of(listed(due=date(2026, 12, 1)), TODAY).text == "12-01 周二"


def test_beside_the_title_stand_the_masked_citizen_and_the_board() -> None:
    assert beside_title(listed()) == "（王** · 市长板块）"
    assert beside_title(listed(name="")) == "（市长板块）"
    assert beside_title(listed(board="主席留言专栏")) == "（王** · 主席留言专栏）"


def test_a_title_stands_on_one_line() -> None:
    assert title_of(listed(title="第一行\n 第二行\t完")) == "第一行 第二行 完"
    assert title_of(listed(title=" ")) == "（无标题）"


@pytest.mark.parametrize(
    ("name", "words"),
    [("number", "2026-0312"), ("status", "办理中"), ("received", "09-21"), ("due", ""), ("unit", "")],
)
def test_a_column_says_its_part_of_a_case(name: str, words: str) -> None:
    assert COLUMNS[PLACES[name]].text(listed(), TODAY) == words


def test_a_date_of_another_year_bears_its_year() -> None:
    column = COLUMNS[PLACES["received"]]
    assert column.text(listed(received=date(2025, 12, 31)), TODAY) == "2025-12-31"


def test_a_case_without_a_deadline_sorts_behind_those_with_one() -> None:
    due = COLUMNS[PLACES["due"]]
    assert sort_value(listed(due=date(2099, 1, 1)), due) < sort_value(listed(due=None), due)
    number = COLUMNS[PLACES["number"]]
    assert sort_value(listed(serial=9_999), number) < sort_value(listed(serial=10_000), number)


# ------------------------------------------------------------------ what is searched for


@pytest.mark.parametrize(
    ("text", "term", "spans"),
    [
        ("供水水压", "水", ((1, 2), (2, 3))),
        ("Ａ小区ABC", "a", ((0, 1), (3, 4))),
        ("供水", "", ()),
        ("供水", "电", ()),
    ],
)
def test_matches_are_found_where_they_stand(text: str, term: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert found_in(text, term) == spans


# ------------------------------------------------------------------ filters


def test_no_filter_asks_for_everything_newest_first() -> None:
    assert Filters().query("", Sorting(), TODAY) == CaseQuery(sort="number", descending=True)


def test_every_filter_goes_into_the_query() -> None:
    filters = Filters("办理中", False, "市公安局", "投诉", "today")
    assert filters.query("水压", Sorting("due", False), TODAY) == CaseQuery(
        status="办理中",
        unit="市公安局",
        category="投诉",
        text="水压",
        due_from=TODAY,
        due_to=TODAY,
        open_only=True,
        sort="due",
    )


def test_overdue_is_asked_as_of_today_and_chosen_days_as_they_are() -> None:
    assert Filters(overdue=True).query("", Sorting(), TODAY).overdue_on == TODAY
    chosen = Filters(due=CHOSEN, first=date(2026, 9, 1), last=date(2026, 9, 30)).query("", Sorting(), TODAY)
    assert (chosen.due_from, chosen.due_to, chosen.open_only) == (
        date(2026, 9, 1),
        date(2026, 9, 30),
        False,
    )


@pytest.mark.parametrize(
    ("due", "first", "last"),
    [
        ("3", date(2026, 10, 13), date(2026, 10, 15)),
        ("week", date(2026, 10, 12), date(2026, 10, 18)),
        ("next-week", date(2026, 10, 19), date(2026, 10, 25)),
        ("month", date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_spans_of_days(due: str, first: date, last: date) -> None:
    assert due_span(due, TODAY) == (first, last)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_month_ends_on_its_last_day_and_a_week_holds_today(today: date) -> None:
    first, last = due_span("month", today)
    assert first is not None and last is not None
    assert (last + timedelta(days=1)).day == 1 and first.month == last.month == today.month
    monday, sunday = due_span("week", today)
    assert monday is not None and sunday is not None
    assert monday.weekday() == 0 and monday <= today <= sunday


days = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(
    st.builds(
        Filters,
        state=st.text(),
        overdue=st.booleans(),
        unit=st.text(),
        category=st.text(),
        due=st.sampled_from(list(DUE_CHOICES)),
        first=days,
        last=days,
    )
)
def test_filters_come_back_as_they_were_kept(filters: Filters) -> None:
    assert Filters.read(filters.written()) == filters


def test_what_was_kept_wrongly_is_not_set() -> None:
    kept = {
        "state": 3,
        "overdue": "yes",
        "due": "someday",
        "first": "2026-99-99",
        "last": None,
        "unit": "市公安局",
    }
    assert Filters.read(kept) == Filters(unit="市公安局")
    assert Sorting.read({"key": "colour", "descending": True}) == Sorting()
    assert Sorting.read({"key": "due", "descending": False}) == Sorting("due", False)


def test_a_second_click_turns_the_order_round() -> None:
    by_due = Sorting().by("due")
    assert by_due == Sorting("due", False)
    assert by_due.by("due") == Sorting("due", True)
    assert by_due.by("received") == Sorting("received", True)


# ------------------------------------------------------------------ words


def test_an_empty_list_says_what_to_do_next() -> None:
    assert "Ctrl+I 导入" in empty_words(Filters(), "")
    assert empty_words(Filters(state="办理中"), "") == "没有符合条件的件。"
    assert "换个词" in empty_words(Filters(), "电梯")


def test_a_count_that_is_not_exact_says_so() -> None:
    assert total_words(2801, True) == "共 2,801 件"
    assert total_words(2801, False) == "不超过 2,801 件"
