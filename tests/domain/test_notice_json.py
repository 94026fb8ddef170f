"""Holiday notices as JSON of the shape of holiday-cn, and what is wrong in them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.notice_json import read_notice_json
from desktop_app.domain.notice_read import NoticeRead, Scope
from desktop_app.errors import BadData

NEW_YEAR = {"name": "元旦", "date": "2027-01-01", "isOffDay": True}
MAKE_UP = {"name": "元旦", "date": "2027-01-09", "isOffDay": False}


def read(*days: Any, **more: Any) -> NoticeRead:
    return read_notice_json(json.dumps({"year": 2027, "days": list(days), **more}), "a.json")


def faults(found: NoticeRead) -> str:
    return "\n".join(str(fault) for fault in found.faults)


def test_days_are_read_with_their_names() -> None:
    found = read(MAKE_UP, NEW_YEAR, papers=["https://www.gov.cn/"], **{"$schema": "schema.json"})
    notice = found.sure()
    assert [(day.date, day.name, day.is_off) for day in notice.days] == [
        (date(2027, 1, 1), "元旦", True),
        (date(2027, 1, 9), "元旦", False),
    ]
    assert (notice.year, notice.region, notice.issuer, found.scope) == (2027, "", "国务院办公厅", Scope.YEAR)
    assert notice.source == "国务院办公厅关于2027年部分节假日安排的通知"
    assert "没有写到这些法定节假日" in found.warnings[0].reason


def test_a_local_notice_names_its_region_and_source() -> None:
    day = {"name": "雪顿节", "date": "2027-09-01", "isOffDay": True}
    text = json.dumps({"year": 2027, "days": [day], "source": "某府〔2027〕1号"})
    found = read_notice_json(text, "a.json", region="西藏自治区")
    notice = found.sure()
    assert (notice.region, notice.issuer, notice.source) == ("西藏自治区", "西藏自治区", "某府〔2027〕1号")
    assert (found.scope, found.warnings) == (Scope.HOLIDAYS, ())
    named = read_notice_json(text, "a.json", region="西藏自治区", source="另一份通知")
    assert named.sure().source == "另一份通知"


def test_the_operator_may_say_the_year() -> None:
    text = json.dumps({"days": [NEW_YEAR]})
    assert "没有写年份" in faults(read_notice_json(text, "a.json"))
    assert read_notice_json(text, "a.json", year=2027).sure().year == 2027
    other = read_notice_json(json.dumps({"year": 2027, "days": [NEW_YEAR]}), "a.json", year=2028)
    assert "文件里是 2027 年，与指定的 2028 年不符" in faults(other)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"year": 2027', "a.json，第 1 行：不是正确的 JSON"),
        ("[]", "应当是"),
        ('{"year": 2027}', "应当是"),
        ('{"year": "2027", "days": []}', "现为 '2027'"),
        ('{"year": 1800, "days": []}', "现为 1800"),
        ('{"year": 2027, "days": []}', "没有找到放假或上班的日期"),
    ],
)
def test_what_is_no_such_document_says_what_was_expected(text: str, reason: str) -> None:
    found = read_notice_json(text, "a.json")
    assert reason in faults(found)
    with pytest.raises(BadData):
        found.sure()


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2027-01-02", "days 第 2 项：应当是"),
        ({"name": "", "date": "2027-01-02", "isOffDay": True}, "days 第 2 项：name"),
        ({"name": "元旦", "date": "2027-1-2", "isOffDay": True}, "现为 '2027-1-2'"),
        ({"name": "元旦", "date": "2027-02-30", "isOffDay": True}, "现为 '2027-02-30'"),
        ({"name": "元旦", "date": "2027-01-02", "isOffDay": 1}, "isOffDay 应当是 true 或 false"),
        ({"name": "元旦", "date": "2027-01-01", "isOffDay": False}, "2027-01-01：既写了放假，又写了上班"),
        ({"name": "元旦", "date": "2026-11-30", "isOffDay": True}, "2026-11-30：2027 年的通知只安排"),
    ],
)
def test_a_day_that_is_wrong_is_named_by_its_place(day: Any, reason: str) -> None:
    assert reason in faults(read(NEW_YEAR, day))


KEYS = st.sampled_from(["year", "days", "name", "date", "isOffDay"])
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner),
)


@given(DOCUMENTS)
def test_no_document_is_too_odd_to_be_answered(document: Any) -> None:
    found = read_notice_json(json.dumps(document), "a.json")
    assert found.faults or (found.notice is not None and found.notice.days)
