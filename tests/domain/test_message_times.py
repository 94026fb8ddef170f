"""Times in all forms that exports bring."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.message_times import CHINA, Cell, MessageTime, read_time

DAY = MessageTime(date(2020, 1, 6))
MOMENT = MessageTime(date(2020, 1, 6), time(9, 9, 38))
SENSIBLE = st.datetimes(datetime(1990, 1, 2), datetime(2099, 12, 30)).map(lambda t: t.replace(microsecond=0))


@pytest.mark.parametrize(
    "cell",
    [
        "2020/1/6 9:09:38",
        "2020/01/06 09:09:38",
        "2020-1-6 09:09:38.000",
        "2020.1.6 9:9:38",
        "2020年1月6日 9:09:38",
        "2020年1月6日9时09分38秒",
        "2020年1月6日 上午9:09:38",
        "2020/1/6 9:09:38 AM",
        "2020-01-06T09:09:38+08:00",
        "2020-01-06T01:09:38Z",
        "2020-01-05T20:09:38-0500",
        "２０２０／１／６　９：０９：３８",
        "\t2020/1/6 9:09:38\n",
        "\u200b2020/1/6 星期一 9:09:38",
        "20200106090938",
        "20200106 09:09:38",
        datetime(2020, 1, 6, 9, 9, 38),
        datetime(2020, 1, 6, 9, 9, 37, 999_900),
        datetime(2020, 1, 6, 1, 9, 38, tzinfo=UTC),
        43836.38168981481,
    ],
)
def test_a_moment(cell: Cell) -> None:
    assert read_time(cell) == MOMENT


@pytest.mark.parametrize(
    "cell",
    ["2020/1/6", "2020-01-06", "2020.01.06", "2020年1月6日", "2020年01月06", "20200106", "2020-1-6（周一）",
     date(2020, 1, 6), 43836, 43836.0],
)  # fmt: skip
def test_a_day_without_a_time(cell: Cell) -> None:
    assert read_time(cell) == DAY


def test_midnight_and_afternoon() -> None:
    assert read_time("2020/1/6 0:00:00") == MessageTime(date(2020, 1, 6), time(0))
    assert read_time("2020/1/6 12:30 AM") == MessageTime(date(2020, 1, 6), time(0, 30))
    assert read_time("2020年1月6日 下午3:05") == MessageTime(date(2020, 1, 6), time(15, 5))
    assert read_time("2020/1/6 下午12:05") == MessageTime(date(2020, 1, 6), time(12, 5))


@pytest.mark.parametrize("cell", [None, "", " \u3000", "-", "——", "/", "无", "NULL", "NaT"])
def test_no_time(cell: Cell) -> None:
    assert read_time(cell) is None


@pytest.mark.parametrize("cell", [1578272978, 1578272978.0, "1578272978", 1578272978000, " 1578272978 "])
def test_seconds_only_where_the_column_is_the_boards(cell: Cell) -> None:
    assert read_time(cell, unix_seconds=True) == MOMENT
    with pytest.raises(ValueError):
        read_time(cell)


def test_no_seconds_at_all_are_no_time() -> None:
    assert read_time(0, unix_seconds=True) is None
    assert read_time("0", unix_seconds=True) is None
    assert read_time("2020/1/6", unix_seconds=True) == DAY


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("2019/13/40", "没有 13 月"),
        ("2019/2/29", "2019 年 2 月没有 29 日"),
        ("2019/2/28 25:00:00", "没有 25:00:00 这个时刻"),
        ("2019/2/28 8点半", "日期后面的时间"),
        ("昨天", "看不出是哪一天"),
        ("1月6日", "看不出是哪一天"),
        ("2019/2-28", "看不出是哪一天"),
        ("0219/2/28", "年份 219 不合理"),
        ("0000/2/28", "没有 0 年"),
        ("2020-01-06T09:09:38+99:00", "没有 .* 这个时区"),
        (12.0, "是一个数，不是日期"),
        (1e300, "是一个数，不是日期"),
        (float("inf"), "是一个数，不是日期"),
        (float("nan"), "是一个数，不是日期"),
        (True, "不是日期或时间"),
        (datetime(1899, 12, 31), "年份 1899 不合理"),
        (datetime(9999, 12, 31, 23, 59, 59, 999_999), "不是合理的日期"),
    ],
)
def test_nonsense_says_why(cell: Cell, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_time(cell)


@pytest.mark.parametrize("cell", [1e300, float("inf"), float("nan"), -1e18, "9" * 400, 10**400])
def test_nonsense_seconds_say_why(cell: Cell) -> None:
    with pytest.raises(ValueError, match="不是合理的"):
        read_time(cell, unix_seconds=True)


@given(
    SENSIBLE,
    st.sampled_from(["%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y年%m月%d日 %H:%M:%S", "%Y%m%d%H%M%S"]),
)
def test_what_is_written_is_read(moment: datetime, form: str) -> None:
    read = MessageTime(moment.date(), moment.time())
    assert read_time(moment.strftime(form)) == read
    assert read_time(str(read)) == read
    assert read_time(str(DAY)) == DAY


@given(SENSIBLE)
def test_serials_and_seconds_are_the_same_moment(moment: datetime) -> None:
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    read = MessageTime(moment.date(), moment.time())
    if serial != int(serial):
        assert read_time(serial) == read
    assert read_time(moment.replace(tzinfo=CHINA).timestamp(), unix_seconds=True) == read


@given(SENSIBLE, st.integers(-12, 12))
def test_every_offset_comes_to_china(moment: datetime, hours: int) -> None:
    elsewhere = moment.replace(tzinfo=CHINA).astimezone(timezone(timedelta(hours=hours)))
    assert read_time(elsewhere.isoformat()) == MessageTime(moment.date(), moment.time())


@given(st.text(max_size=25) | st.floats() | st.integers())
def test_anything_else_is_refused_in_words(cell: Cell) -> None:
    for unix_seconds in (False, True):
        try:
            read = read_time(cell, unix_seconds=unix_seconds)
        except ValueError as error:
            assert any("一" <= character <= "鿿" for character in str(error))
        else:
            assert read is None or 1990 <= read.date.year <= 2099
