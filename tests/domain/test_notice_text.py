"""Notices in the sentences of all years against chinese-calendar, sentences written at random, and what is wrong in them.

The texts of tests/data/notices are in the wording of their years; their days are checked, not their letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.national_notices import national_notices
from desktop_app.domain.notice_read import NoticeRead, Scope
from desktop_app.domain.notice_text import read_notice_text
from desktop_app.domain.statutory_holidays import statutory_days
from desktop_app.domain.work_calendar import Notice, NoticeDay, WorkCalendar
from desktop_app.errors import BadData

NOTICES = Path(__file__).parents[1] / "data" / "notices"
TODAY = date(2026, 11, 26)
FILE = "通知"
ONE = timedelta(days=1)
TIBET = "西藏自治区"


def read(text: str, year: int | None = None, region: str = "", standing: Sequence[Notice] = ()) -> NoticeRead:
    return read_notice_text(text, FILE, TODAY, year=year, region=region, standing=standing)


def published(name: str) -> NoticeRead:
    """A notice of tests/data/notices, read as if what was built in before it were all there is."""
    text = (NOTICES / f"{name}.txt").read_text(encoding="utf-8")
    earlier = [
        notice for notice in national_notices() if "调整" not in notice.source and "延长" not in notice.source
    ]
    return read(text, standing=earlier)


def marks(found: NoticeRead) -> str:
    """``02-14班 02-15休``: the days as a calendar prints them."""
    assert found.notice is not None
    return " ".join(f"{day.date:%m-%d}{'休' if day.is_off else '班'}" for day in found.notice.days)


def faults(found: NoticeRead) -> str:
    return "\n".join(str(fault) for fault in found.faults)


def warnings(found: NoticeRead) -> str:
    return "\n".join(str(fault) for fault in found.warnings)


# ------------------------------------------------------------------ as published


@pytest.mark.parametrize(
    "year", [2007, 2008, 2009, 2012, 2014, 2015, 2016, 2019, 2020, 2022, 2023, 2024, 2025, 2026]
)
def test_a_published_notice_gives_the_days_of_chinese_calendar(year: int) -> None:
    notice = published(str(year)).sure()
    assert notice.year == year
    built_in = [one for one in national_notices() if one.year != year + 1]
    first = next(one for one in built_in if one.year == year)
    expected = WorkCalendar(built_in, statutory_days)
    ours = WorkCalendar([notice if one is first else one for one in built_in], statutory_days)
    days = [date(year - 1, 12, 1) + ONE * ahead for ahead in range(396)]
    assert [day for day in days if ours.is_working(day) is not expected.is_working(day)] == []


@pytest.mark.parametrize("year", [2019, 2020, 2023, 2024, 2025, 2026])
def test_its_days_bear_the_names_of_their_holidays(year: int) -> None:
    names = {day.date: day.name for one in national_notices() if one.year == year for day in one.days}
    for day in published(str(year)).sure().days:
        assert names[day.date] in day.name or day.name in ("中秋节、国庆节", "国庆节、中秋节")


@pytest.mark.parametrize("year", [2015, 2019, 2022, 2025, 2026])
def test_a_published_notice_raises_no_doubt(year: int) -> None:
    found = published(str(year))
    assert (found.faults, found.warnings, found.scope) == ((), (), Scope.YEAR)


def test_it_is_cited_by_title_and_number() -> None:
    notice = published("2023").sure()
    assert notice.source == "国务院办公厅关于2023年部分节假日安排的通知（国办发明电〔2022〕16号）"
    assert notice.issuer == "国务院办公厅"
    assert read("2027年元旦：1月1日放假1天。").sure().source == "国务院办公厅关于2027年部分节假日安排的通知"


@pytest.mark.parametrize(
    ("name", "scope", "days"),
    [
        ("2015-victory-day", Scope.HOLIDAYS, "09-03休 09-04休 09-05休 09-06班"),
        ("2019-labour-day", Scope.HOLIDAYS, "04-28班 05-01休 05-02休 05-03休 05-04休 05-05班"),
        ("2020-spring-longer", Scope.DAYS, "01-31休 02-01休 02-02休"),
    ],
)
def test_a_change_says_only_its_own_days(name: str, scope: Scope, days: str) -> None:
    found = published(name)
    assert (marks(found), found.scope, faults(found)) == (days, scope, "")


def test_a_holiday_that_is_not_known_cannot_be_prolonged() -> None:
    found = read("延长2029年春节假期至2月20日。")
    assert "没有可以延长到这一天的春节假期" in faults(found)


# ------------------------------------------------------------------ usual sentences


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        (
            "二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。"
            "2月14日（周六）、2月28日（周六）上班。",
            "02-14班 02-15休 02-16休 02-17休 02-18休 02-19休 02-20休 02-21休 02-22休 02-23休 02-28班",
        ),
        ("一、元旦：１月１日（星期四）至３日放假，共３天。", "01-01休 01-02休 01-03休"),
        ("元旦：1月1日（周四）放假1天，不调休。", "01-01休"),
        ("五、端午节：6月19日放假，与周末连休。", "06-19休"),
        ("清明节：4月5日放假，4月6日（星期一）补休。", "04-05休 04-06休"),
        ("劳动节：5月1日—3日放假公休，共三天。5月9日（星期六）照常上班。", "05-01休 05-02休 05-03休 05-09班"),
        ("国庆节：10月1-3日放假；9月20日（周日）调休上班", "09-20班 10-01休 10-02休 10-03休"),
        ("国庆节：自10月1日起至10月3日放假", "10-01休 10-02休 10-03休"),
        ("元旦：2025年12月31日至2026年1月2日放假调休，共3天。", "12-31休 01-01休 01-02休"),
        ("元旦：12月31日至1月2日放假。12月28日（星期日）上班。", "12-28班 12-31休 01-01休 01-02休"),
        ("国庆节：12月31日至次年1月1日放假，共2天。", "12-31休 01-01休"),
        ("**元旦**：1月1日放假", "01-01休"),
        ("元旦：1月\n1日至3\n日放\n假，共3天", "01-01休 01-02休 01-03休"),
        ("元旦：1月1日、2日和3日放假，共3天", "01-01休 01-02休 01-03休"),
    ],
)
def test_a_sentence_is_read(sentence: str, days: str) -> None:
    found = read(sentence, year=2026)
    assert (marks(found), faults(found)) == (days, "")


@pytest.mark.parametrize(
    "text",
    [
        "拉萨市人民政府办公室关于2026年\n\n藏历新年放假安排的通知\n2026年藏历新年放假时间为 2月15日至26日，共12天。"
        "2月14日（星期六）、28日（星期六）上班。\n拉萨市人民政府办公室\n2026年1月28日",
        "根据《国务院办公厅关于2026年部分节假日安排的通知》精神，2026年藏历新年放假12天，2月15日至2月26日放假调休，"
        "2月14日（周六）、2月28日（周六）上班。",
        "2026年藏历新年放假12天。即：2026年2月15日至2月26日放假调休。2月14日、28日上班。",
        "藏历新年 2026: 2月15日–26日放假, 2月14日、28日上班",
    ],
)
def test_a_local_notice_is_read(text: str) -> None:
    found = read(text, region=TIBET)
    notice = found.sure()
    off = [date(2026, 2, 15) + ONE * ahead for ahead in range(12)]
    assert [day.date for day in notice.days if day.is_off] == off
    assert [day.date.day for day in notice.days if not day.is_off] == [14, 28]
    assert {day.name for day in notice.days} == {"藏历新年"}
    assert (notice.year, notice.region, found.scope, found.warnings) == (2026, TIBET, Scope.HOLIDAYS, ())
    assert "国务院" not in notice.source


def test_a_local_notice_of_one_day() -> None:
    notice = read(
        "2026年3月28日为西藏百万农奴解放纪念日，放假1天，3月30日（星期一）补休。", region=TIBET
    ).sure()
    assert [(day.date.day, day.name) for day in notice.days] == [
        (28, "西藏百万农奴解放纪念日"),
        (30, "西藏百万农奴解放纪念日"),
    ]


# ------------------------------------------------------------------ the year


def test_weekdays_tell_the_year_where_nothing_else_does() -> None:
    found = read("元旦：1月1日（周五）至3日（周日）放假，共3天。")
    assert found.sure().year == 2027
    assert "按星期推定为 2027 年" in warnings(found)


@pytest.mark.parametrize(
    "text", ["元旦：1月1日至3日放假。", "元旦：1月1日（周一）放假，5月1日（周一）放假。"]
)
def test_a_year_that_cannot_be_told_is_a_fault(text: str) -> None:
    found = read(text)
    assert found.notice is None
    assert "没有写是哪一年" in faults(found)
    with pytest.raises(BadData, match="没有写是哪一年"):
        found.sure()


def test_a_year_other_than_the_one_asked_for_is_a_fault() -> None:
    found = read("国务院办公厅关于2026年部分节假日安排的通知\n一、元旦：1月1日放假。", year=2027)
    assert "文中是 2026 年的安排，与指定的 2027 年不符" in faults(found)


# ------------------------------------------------------------------ what does not hold together


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        (
            "春节：2月5日至11日放假调休，共8天。",
            "第 1 行“2月5日至11日放假调休，共8天”：写明 8 天，按日期数是 7 天",
        ),
        ("藏历新年放假5天，2月5日至11日放假。", "写明 5 天，按日期数是 7 天"),
        (
            "春节：2月5日（周四）至11日放假。",
            "第 1 行“2月5日（周四）”：2027-02-05 是星期五，与所写的星期不符",
        ),
        (
            "春节：2月5日至11日放假。\n2月20日（星期日）上班。",
            "第 2 行“2月20日（星期日）”：2027-02-20 是星期六",
        ),
        ("春节：2月30日放假。", "没有2月30日这一天"),
        ("春节：2月11日至5日放假。", "结束的日子不在开始的日子之后"),
        (
            "元旦：2026年10月1日至3日放假。2027年1月1日放假。",
            "2026-10-01：2027 年的通知只安排上年12月到次年1月",
        ),
        ("春节：2月6日放假。2月6日上班。", "2027-02-06：既写了放假，又写了上班"),
        ("今年的安排另行通知。", "没有找到放假或上班的日期"),
        ("", "没有找到放假或上班的日期"),
    ],
)
def test_a_contradiction_is_a_fault_with_its_place(sentence: str, reason: str) -> None:
    found = read(sentence, year=2027)
    assert reason in faults(found)
    with pytest.raises(BadData):
        found.sure()


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("春节：2月6日放假。2月12日（星期五）上班。", "2027-02-12：写了上班，而这一天是星期五，不是周末"),
        ("春节：2月6日（农历正月初三）放假。", "2027-02-06 是农历正月初一，请核对"),
        ("春节：2月6日放假。2月20日另行安排。", "第 1 行“2月20日另行安排”：没有看出是放假还是上班"),
        (
            "元旦：1月1日放假。",
            "除夕2月5日、春节2月8日、清明节4月5日、端午节6月9日、中秋节9月15日、国庆节10月1日",
        ),
    ],
)
def test_a_doubt_is_told_and_let_pass(sentence: str, reason: str) -> None:
    found = read(sentence, year=2027)
    assert reason in warnings(found)
    assert found.sure().days


# ------------------------------------------------------------------ written at random, and read back


@dataclass(frozen=True)
class Holiday:
    name: str
    off: tuple[date, ...]
    worked: tuple[date, ...]


WINDOWS = (
    *(("元旦", -2, 3), ("春节", 20, 55), ("清明节", 90, 98), ("劳动节", 116, 128), ("端午节", 145, 180)),
    *(("中秋节", 245, 262), ("国庆节", 271, 283)),
)
"""The days of the year, from 1 January on, within which each holiday begins and ends."""


@st.composite
def holidays(draw: st.DrawFn) -> tuple[int, list[Holiday]]:
    """A year's arrangement: spans within each holiday's time of the year, weekends around them worked."""
    year = draw(st.integers(2008, 2098))
    found = []
    for name, low, high in draw(st.lists(st.sampled_from(WINDOWS), min_size=1, unique=True)):
        first = date(year, 1, 1) + ONE * draw(st.integers(low, high - 3))
        length = draw(st.integers(1, 9 if name == "春节" else 3))
        off = tuple(first + ONE * ahead for ahead in range(length))
        near = [off[0] - ONE * back for back in (1, 2, 3)] + [off[-1] + ONE * ahead for ahead in (1, 2, 3)]
        weekends = [day for day in near if day.weekday() >= 5 and day >= date(year - 1, 12, 1)]
        worked = draw(st.lists(st.sampled_from(weekends), unique=True, max_size=2)) if weekends else []
        found.append(Holiday(name, off, tuple(sorted(worked))))
    return year, found


@st.composite
def sentences(draw: st.DrawFn, year: int, arranged: Sequence[Holiday]) -> str:
    """The arrangement in the words of one year or another."""

    def beside(day: date) -> str:
        weekday = "一二三四五六日"[day.weekday()]
        return draw(
            st.sampled_from(["", f"（星期{weekday}）", f"（周{weekday}）", f"(农历某日、周{weekday})"])
        )

    def written(day: date, before: date | None = None) -> str:
        month = "" if before and before.month == day.month and draw(st.booleans()) else f"{day.month}月"
        # Outside the year of the notice, and back in it, the year is written out; else now and then.
        turned = day.year != year or (before is not None and before.year != day.year)
        told = f"{day.year}年" if month and (turned or draw(st.integers(0, 9)) == 0) else ""
        return f"{told}{month}{day.day}日{beside(day)}"

    lines = [f"国务院办公厅关于{year}年部分节假日安排的通知"]
    for place, one in enumerate(arranged):
        head = draw(st.sampled_from([f"{'一二三四五六七'[place]}、{one.name}：", f"{one.name}："]))
        span = written(one.off[0])
        if len(one.off) > 1:
            span += draw(st.sampled_from(["至", "到", "—", "-", "–", "～"])) + written(
                one.off[-1], one.off[0]
            )
        count = draw(
            st.sampled_from(["", f"，共{len(one.off)}天", f"{len(one.off)}天", f"，共计{len(one.off)}天"])
        )
        body = span + draw(st.sampled_from(["放假", "放假调休", "放假公休", "调休放假"])) + count + "。"
        if one.worked:
            days = [written(one.worked[0])]
            days += [written(day, one.worked[0]) for day in one.worked[1:]]
            body += "、".join(days) + draw(st.sampled_from(["上班", "照常上班"])) + "。"
        cut = draw(st.integers(0, len(body)))
        lines.append(f"{head}{body[:cut]}{draw(st.sampled_from(['', chr(10), '　', ' ']))}{body[cut:]}")
    text = draw(st.sampled_from(["\n", "\n\n　　"])).join(lines)
    if draw(st.booleans()):
        text = text.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"})
    return text + draw(st.sampled_from(["", "\n节假日期间，要妥善安排好值班。\n国务院办公厅\n2025年11月4日"]))


@given(st.data())
def test_what_is_written_in_usual_sentences_is_read_back(data: st.DataObject) -> None:
    year, arranged = data.draw(holidays())
    text = data.draw(sentences(year, arranged))
    found = read(text)
    expected = {NoticeDay(day, one.name, True) for one in arranged for day in one.off}
    expected |= {NoticeDay(day, one.name, False) for one in arranged for day in one.worked}
    assert faults(found) == ""
    assert set(found.sure().days) == expected
    assert found.sure().year == year
    assert all("没有写到这些法定节假日" in fault.reason for fault in found.warnings)


@given(
    st.text(
        alphabet="0123456789年月日至、，。（）周一二三放假调休上班共天元旦春节：\n-延长到 号次", max_size=120
    )
)
def test_no_text_is_too_odd_to_be_answered(text: str) -> None:
    found = read(text, year=2027)
    assert found.notice is not None
    assert found.faults or found.notice.days
    assert [day.date for day in found.notice.days] == sorted(day.date for day in found.notice.days)
