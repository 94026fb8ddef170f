"""延期办理申请表: what the unit asked for, and what each level made of it."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.documents.papers.extension import ExtensionFacts, extension_facts, extension_values
from desktop_app.documents.papers.words import BY_HAND
from tests.documents.paper_cases import BARE, T, X, paper_source, source_of, steps_to

FORM = "extension"


def asked(days: str, on: str, **keys: str) -> tuple[str, str, dict[str, str]]:
    return ("apply-extension", on, {"days": days, "reason": "待检测", "applicant": "赵局长", **keys})


def answered(level: str, on: str, **keys: str) -> tuple[str, str, dict[str, str]]:
    return ("approve-extension", on, {"level": level, "by": "马主任", **keys})


def received(regulation: str) -> list[tuple[str, str, dict[str, str]]]:
    return [(action, on, dict(keys)) for action, on, keys in steps_to(FORM, regulation, BARE)[:-1]]


@pytest.mark.parametrize(
    ("regulation", "before", "wanted", "cap"), [(T, (10, 9), (10, 12), 3), (X, (10, 15), (10, 19), 20)]
)
def test_the_date_that_stood_and_the_date_asked_for(
    regulation: str, before: tuple[int, int], wanted: tuple[int, int], cap: int
) -> None:
    facts = extension_facts(paper_source(FORM, regulation))
    assert facts.due_before.on == date(2026, *before)
    assert facts.wanted_until == facts.granted_until == date(2026, *wanted)
    values = extension_values(facts)
    assert values["延期上限"] == f"一次交办内合计不超过{cap}个工作日"
    assert values["批准期限"] == f"准予延期2个工作日，至2026年{wanted[0]}月{wanted[1]}日当日止"


def test_every_level_has_its_row_and_the_unanswered_a_place_for_the_pen() -> None:
    steps = [
        *received(T),
        asked("2", "2026-09-29"),
        answered("承办单位主要负责人", "2026-09-29", opinion="急需"),
    ]
    values = extension_values(extension_facts(source_of(FORM, T, steps)))
    assert values["审批"] == [
        {"层级": "承办单位主要负责人", "意见": "同意延期2个工作日。急需。", "审批人": "马主任", "日期": "2026年9月29日"},
        {"层级": "交办单位", "意见": "", "审批人": "", "日期": BY_HAND},
    ]  # fmt: skip
    assert values["批准期限"] == ""


def test_a_case_from_above_has_one_level_more() -> None:
    steps = [*received(T), asked("2", "2026-09-29")]
    steps[0][2]["source"] = "主席板块"
    levels = [one.level for one in extension_facts(source_of(FORM, T, steps)).levels]
    assert levels == ["承办单位主要负责人", "交办单位", "政研室"]


def test_fewer_days_may_be_granted_and_none_at_all() -> None:
    fewer = [
        *received(T),
        asked("3", "2026-09-29"),
        answered("承办单位主要负责人", "2026-09-29", days="2"),
        answered("交办单位", "2026-09-30", days="1"),
    ]
    assert extension_values(extension_facts(source_of(FORM, T, fewer)))["批准期限"] == (
        "准予延期1个工作日，至2026年10月10日当日止"
    )
    none = [
        *received(X),
        asked("3", "2026-09-29"),
        ("refuse-extension", "2026-09-30", {"level": "交办单位", "by": "马主任", "opinion": "理由不足"}),
    ]
    values = extension_values(extension_facts(source_of(FORM, X, none)))
    assert values["批准期限"] == "不予延期，按原期限办理"
    assert values["审批"][0]["意见"] == "不同意延期。理由不足。"  # type: ignore[index]


def second() -> ExtensionFacts:
    steps = [
        *received(X),
        asked("2", "2026-09-29"),
        answered("交办单位", "2026-09-29"),
        asked("3", "2026-10-12"),
    ]
    return extension_facts(source_of(FORM, X, steps))


def test_the_second_application_counts_from_the_date_that_the_first_made() -> None:
    facts = second()
    assert (facts.occasion, facts.granted_before, facts.due_before.on) == (2, 2, date(2026, 10, 19))
    values = extension_values(facts)
    assert values["第几次"] == "第二次"
    assert values["延期上限"] == "一次交办内合计不超过20个工作日，此前已延2个工作日，尚可延18个工作日"


def test_asked_for_after_the_date_it_says_that_the_unit_stays_late() -> None:
    steps = [*received(T), asked("2", "2026-10-12")]
    values = extension_values(extension_facts(source_of(FORM, T, steps)))
    assert "曾逾期" in str(values["逾期申请"])
    assert extension_values(second())["逾期申请"] == ""
