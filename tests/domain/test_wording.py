from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain import wording

TODAY = date(2026, 10, 9)


def test_the_year_is_named_only_when_it_is_another_one() -> None:
    assert wording.date_words(date(2026, 10, 9), TODAY) == "10月9日 周五"
    assert wording.date_words(date(2027, 1, 5), TODAY) == "2027年1月5日 周二"
    assert wording.short_date(date(2026, 10, 14), TODAY) == "10-14 周三"
    assert wording.short_date(date(2027, 1, 5), TODAY) == "2027-01-05 周二"


def test_papers_write_dates_without_leading_zeros() -> None:
    assert wording.long_date(date(2026, 10, 9)) == "2026年10月9日"
    assert wording.full_date(date(2026, 11, 23)) == "2026年11月23日 星期一"
    assert wording.full_date(date(2026, 11, 22)).endswith("星期日")


@pytest.mark.parametrize(
    ("left", "words"), [(3, "还剩 3 个工作日"), (0, "今天到期"), (-2, "逾期 2 个工作日")]
)
def test_what_is_left_is_said_in_working_days(left: int, words: str) -> None:
    assert wording.remaining_words(left) == words


@pytest.mark.parametrize(
    ("due", "left", "words"),
    [
        (date(2026, 10, 9), 0, "今天到期"),
        (date(2026, 10, 10), 1, "明天到期 10-10 周六"),
        (date(2026, 10, 12), 2, "还剩 2 个工作日"),
        (date(2026, 10, 8), -1, "逾期 1 个工作日"),
        (date(2026, 9, 30), 0, "已逾期"),
    ],
)
def test_a_deadline_is_said_in_one_phrase(due: date, left: int, words: str) -> None:
    assert wording.deadline_words(due, TODAY, left) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (14, "十四"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (201, "二百零一"),
        (1005, "一千零五"),
        (9999, "九千九百九十九"),
    ],
)
def test_numbers_are_written_as_the_law_writes_its_articles(number: int, words: str) -> None:
    assert wording.chinese_number(number) == words


def test_a_number_that_has_no_words_here_is_an_error() -> None:
    for number in (-1, 10_000):
        with pytest.raises(ValueError, match="9999"):
            wording.chinese_number(number)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 9999), st.integers(0, 9999))
def test_two_numbers_are_never_written_alike(one: int, other: int) -> None:
    assert (wording.chinese_number(one) == wording.chinese_number(other)) == (one == other)
