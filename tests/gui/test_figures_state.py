"""统计通报 without Qt: periods, columns, what is ranked and what is too little to be, and the words."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.figures import BY_KEY, Grouping
from desktop_app.domain.figures_summed import Group, Sums
from desktop_app.domain.figures_wording import (
    change_words,
    percent_words,
    period_words,
    points_words,
    rate_words,
)
from desktop_app.gui import figures_state as state
from desktop_app.gui.figures_state import Row
from desktop_app.services import regulations
from desktop_app.services.statistics import Compared, Statistics

TODAY = date(2026, 11, 26)


def sums(received: int, replied: int = 0, on_time: int = 0, open_late: int = 0) -> Sums:
    numbers = tuple(f"2026-{place:04d}" for place in range(1, received + 1))
    return Sums(
        {
            "received": numbers,
            "replied": numbers[:replied],
            "on_time": numbers[:on_time],
            "overdue_open": numbers[:open_late],
        }
    )


def told(total: Sums, before: Sums, *groups: Group) -> Compared:
    now = Statistics(date(2026, 7, 1), date(2026, 9, 30), TODAY, total, {Grouping.UNIT: groups})
    return Compared(now, Statistics(date(2025, 7, 1), date(2025, 9, 30), TODAY, before, {}))


@pytest.mark.parametrize(
    ("choice", "first", "last"),
    [
        ("month", "2026-11-01", "2026-11-26"),
        ("quarter", "2026-10-01", "2026-11-26"),
        ("half", "2026-07-01", "2026-11-26"),
        ("year", "2026-01-01", "2026-11-26"),
        ("last-month", "2026-10-01", "2026-10-31"),
        ("last-quarter", "2026-07-01", "2026-09-30"),
        ("last-half", "2026-01-01", "2026-06-30"),
        ("last-year", "2025-01-01", "2025-12-31"),
    ],
)
def test_periods_end_today_while_they_run(choice: str, first: str, last: str) -> None:
    assert state.period_of(choice, TODAY) == (date.fromisoformat(first), date.fromisoformat(last))


def test_the_month_before_january_is_december() -> None:
    assert state.period_of("last-month", date(2026, 1, 8)) == (date(2025, 12, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-01-01", "2026-12-31", "2026年"),
        ("2026-07-01", "2026-09-30", "2026年第三季度"),
        ("2026-01-01", "2026-06-30", "2026年上半年"),
        ("2026-09-01", "2026-09-30", "2026年9月"),
        ("2026-02-01", "2026-04-30", "2026年2月至4月"),
        ("2025-12-01", "2026-01-31", "2025年12月至2026年1月"),
        ("2026-09-01", "2026-09-29", "2026年9月1日至2026年9月29日"),
        ("2026-09-01", "2026-09-01", "2026年9月1日"),
    ],
)
def test_periods_in_words(first: str, last: str, words: str) -> None:
    assert period_words(date.fromisoformat(first), date.fromisoformat(last)) == words


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [
        (28, 30, "93.3%（28/30）"),
        (0, 0, "—"),
        (1999, 2000, "99.9%（1999/2000）"),
        (2000, 2000, "100.0%（2000/2000）"),
        (1, 9999, "0.1%（1/9999）"),
        (0, 5, "0.0%（0/5）"),
    ],
)
def test_no_percentage_without_its_counts(part: int, whole: int, words: str) -> None:
    assert rate_words(part, whole) == words
    assert words.startswith(percent_words(part, whole))


def test_changes_are_told_in_percent_only_of_enough_cases() -> None:
    assert change_words(12, 5) == "增加 7 件"
    assert change_words(112, 100) == "增加 12 件（12.0%）"
    assert change_words(88, 100) == "减少 12 件（12.0%）"
    assert change_words(5, 5) == "持平"
    assert points_words((90, 100), (8, 9)) == ""
    assert points_words((90, 100), (80, 100)) == "上升 10.0 个百分点"
    assert points_words((80, 100), (90, 100)) == "下降 10.0 个百分点"
    assert points_words((80, 100), (40, 50)) == "持平"


def test_the_whole_and_the_year_before_stand_on_top() -> None:
    groups = (Group("甲局", sums(3, 3, 3)), Group("乙局", sums(40, 30, 15)), Group("丙局", sums(20, 20, 19)))
    rows = state.rows_of(told(sums(63, 53, 37), sums(50, 50, 50), *groups), Grouping.UNIT)
    assert [row.name for row in rows[:2]] == [state.TOTAL, state.YEAR_BEFORE]
    by_rate = state.sorted_rows(rows, "on_time_rate", descending=True)
    # All on time, but of three cases: no place among those that can be compared.
    assert [row.name for row in by_rate] == [state.TOTAL, state.YEAR_BEFORE, "丙局", "乙局", "甲局"]
    assert [row.name for row in state.sorted_rows(rows, "on_time_rate", descending=False)][2:] == [
        "乙局",
        "丙局",
        "甲局",
    ]
    by_count = state.sorted_rows(rows, "received", descending=True)
    assert [row.name for row in by_count][2:] == ["乙局", "丙局", "甲局"]
    assert [row.name for row in state.sorted_rows(rows, "", descending=False)][2:] == sorted(
        ("甲局", "乙局", "丙局")
    )


def test_what_is_made_of_few_cases_says_so() -> None:
    few, none = Row("甲局", sums(3, 3, 3)), Row("乙局", sums(3))
    assert state.too_few(few.sums, "on_time_rate") and not state.too_few(none.sums, "on_time_rate")
    assert state.cell_hint(few, "on_time_rate") == ("甲局　按期答复率 100.0%（3/3）（不足 10 件，不宜比较）")
    assert state.cell_words(sums(1234), "received") == "1,234"


def test_the_sentence_above_the_table() -> None:
    words = state.summary(told(sums(112, 100, 90, 2), sums(100, 80, 64)))
    assert words == (
        "2026年第三季度收到 112 件，比上年同期增加 12 件（12.0%）；按期答复率 90.0%（90/100），"
        "比上年同期上升 10.0 个百分点；逾期未答复 2 件（截至 2026-11-26）。"
    )
    assert "上年同期" not in state.summary(told(sums(3, 3, 3), sums(0)))


def test_every_column_is_a_figure_and_stands_once() -> None:
    keys = [key for keys in state.COLUMN_SETS.values() for key in keys]
    assert len(keys) == len(set(keys)) and set(keys) <= set(BY_KEY)
    assert all(state.heading_words(key).replace("\n", "") == BY_KEY[key].name for key in keys)


def test_definitions_name_the_article_of_the_offices_own_regulation() -> None:
    regulation = regulations.load("tongliao-2023")
    assert state.heading_hint("returned", regulation).endswith("（第十五条）")
    assert not state.heading_hint("returned", None).endswith("）")
    page = state.definitions_page(regulation)
    assert all(one.name in page for one in BY_KEY.values()) and "第十八条" in page


def test_the_list_says_what_a_rate_is_told_of_and_that_it_is_cut() -> None:
    assert state.list_note("on_time_rate", 5).startswith("共 5 件，即计算所依据的件。")
    assert state.list_note("received", 5_000).startswith("共 5,000 件，列出前 300 件")
