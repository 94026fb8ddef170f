"""What the register of issued papers shows, without Qt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.gui import issued_state as state
from desktop_app.services.issued_papers import IssuedPaper, SeriesChoice

TODAY = date(2026, 10, 30)
FIRST = IssuedPaper(
    *("通民盼催〔2026〕9号", "tongliao-2023", "urge", 2026, 9, date(2026, 10, 9), "催办单", "市教育局"),
    cases=("2026-0001", "2026-0002"),
    by="王敏",
)
SECOND = replace(FIRST, document="通民盼催〔2026〕10号", serial=10, to="市水务局", cases=("2026-0003",))
VOID = replace(SECOND, document="通民盼催〔2026〕11号", serial=11, voided_reason="卡纸")
SERVED = replace(FIRST, served_on=date(2026, 10, 10), served_manner="当面")
MISSING = IssuedPaper("通民盼办〔2026〕3号", "tongliao-2023", "slip", 2026, 3, missing=True)


def test_numbers_are_sorted_as_numbers() -> None:
    assert state.in_order([VOID, FIRST, SECOND], 0, descending=False) == [FIRST, SECOND, VOID]


def test_the_newest_stand_first_and_those_without_a_day_last() -> None:
    old = replace(FIRST, document="旧", serial=1, on=date(2026, 9, 1))
    assert state.in_order([MISSING, old, FIRST, SECOND], state.DAY, True) == [SECOND, FIRST, old, MISSING]


@pytest.mark.parametrize("column", range(len(state.COLUMNS)))
def test_every_column_can_be_sorted_and_shown(column: int) -> None:
    papers = [FIRST, SECOND, VOID, SERVED, MISSING]
    assert len(state.in_order(papers, column, True)) == 5
    assert all(isinstance(state.COLUMNS[column].text(one), str) for one in papers)


def test_a_line_says_all_there_is() -> None:
    said = [column.text(replace(SERVED, voided_reason="卡纸", replaced_by="通民盼催〔2026〕12号"))
            for column in state.COLUMNS]  # fmt: skip
    assert said == [
        *("通民盼催〔2026〕9号", "2026-10-09", "催办单", "市教育局", "2026-0001、2026-0002"),
        *("2026-10-10 当面", "作废：卡纸；换为通民盼催〔2026〕12号", "王敏"),
    ]


@pytest.mark.parametrize(
    ("prefix", "typed", "found"),
    [
        ("", "", [FIRST, VOID, MISSING]),
        ("通民盼催", "", [FIRST, VOID]),
        ("", "0003", [VOID]),
        ("", "卡纸", [VOID]),
        ("", "教育 2026-0001", [FIRST]),
        ("通民盼办", "催办单", []),
    ],
)
def test_what_is_typed_is_looked_for_in_every_column(
    prefix: str, typed: str, found: list[IssuedPaper]
) -> None:
    assert state.matching([FIRST, VOID, MISSING], prefix, typed) == found


def test_this_year_can_always_be_chosen() -> None:
    choices = [
        SeriesChoice("t", "urge", "催办单", "通", (2024, 2025)),
        SeriesChoice("t", "slip", "", "", (2025,)),
    ]
    assert state.years_of(choices, TODAY) == [2026, 2025, 2024]
    assert state.years_of((), TODAY) == [2026]


@pytest.mark.parametrize(
    ("paper", "may", "words"),
    [
        (FIRST, True, ""),
        (FIRST, False, "审核"),
        (VOID, True, "已经作废"),
        (SERVED, True, "10月10日"),
        (MISSING, True, "没有编出"),
    ],
)
def test_why_a_number_cannot_be_voided(paper: IssuedPaper, may: bool, words: str) -> None:
    told = state.why_not_void(paper, may, TODAY)
    assert words in told and bool(told) == bool(words)


def test_the_sum_below() -> None:
    assert state.summary([FIRST, SECOND]) == "共 2 号"
    assert state.summary([FIRST, VOID, MISSING]) == "共 2 号，其中作废 1 号；缺 1 号，请核验数据"
