"""Ledgers with a line a step: what each line says, and that it covers what it must."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.documents.ledger_columns import STEP_KEYS
from desktop_app.domain.assignment import Assignment, ReturnRequest
from desktop_app.domain.case import Case, FollowUp, Pressure
from desktop_app.domain.oversight import Feedback, Instruction
from desktop_app.services import regulations
from desktop_app.services.ledger_lines import LINES, lines_of

T = "tongliao-2023"
D = [date(2026, 10, day) for day in range(1, 20)]


def covered(words: str) -> str:
    return words.replace("13904750001", "139****0001")


def full_case() -> Case:
    returned = (
        ReturnRequest(5, D[2], "张平", "市水务局", False, True, D[3], "不属我局，电话13904750001"),
        ReturnRequest(6, D[4], "李强", "", True, False, D[5], "再退"),
        ReturnRequest(7, D[6], "李强", "", True),
    )
    return Case(
        number="2026-0001",
        regulation=T,
        status="办理中",
        received=D[0],
        source="市长板块",
        assignments=(
            Assignment(2, "市住建局", True, D[1], number="通民盼办〔2026〕1号", return_requests=returned),
        ),
        pressure=(
            Pressure(8, "remind", D[7], "市住建局", "通民盼提〔2026〕1号", channel="电话", answer="马上办"),
            Pressure(
                9, "urge", D[8], "市住建局", "通民盼催〔2026〕1号", served_on=D[9], served_manner="当面"
            ),
        ),
        follow_ups=(FollowUp(10, D[10], "满意", "电话", True, "打13904750001回访"),),
        instructions=(
            Instruction(11, D[10], "甲市长", True, "请速办", D[14], "每周"),
            Instruction(12, D[12], "乙市长", False, "阅"),
            Instruction(13, D[15], "甲市长", True, "再报"),
        ),
        feedbacks=(
            Feedback(14, D[11], "甲市长", "已查"),
            Feedback(15, D[13], "甲市长", "已修"),
            Feedback(16, D[16], "甲市长", "已毕"),
        ),
    )


def of(kind: str) -> list[dict[str, object]]:
    return list(lines_of(kind, full_case(), regulations.load(T), covered))


@pytest.mark.parametrize("kind", LINES)
def test_a_line_says_all_that_its_ledger_may_show_and_nothing_else(kind: str) -> None:
    for line in of(kind):
        extra = {"satisfaction"} if kind == "follow_ups" else set()
        assert set(line) == set(STEP_KEYS[kind]) | extra


def test_each_step_of_pressure_has_its_line_with_its_service() -> None:
    first, second = of("pressure")
    assert (first["step"], first["document"], first["channel"], first["answer"]) == (
        "提醒",
        "通民盼提〔2026〕1号",
        "电话",
        "马上办",
    )
    assert (second["step_on"], second["served_on"], second["served_manner"]) == (D[8], D[9], "当面")


def test_each_return_has_its_line_with_what_came_of_it() -> None:
    lines = of("returns")
    assert [one["outcome"] for one in lines] == ["同意", "不予退件", "待答复"]
    assert [one["late"] for one in lines] == ["", "迟", "迟"]
    assert lines[0]["reason"] == "不属我局，电话139****0001" and lines[0]["returning_unit"] == "市住建局"


def test_a_follow_up_covers_what_was_noted() -> None:
    (line,) = of("follow_ups")
    assert (line["satisfaction"], line["solved"], line["note"]) == ("满意", "是", "打139****0001回访")


def test_feedback_belongs_to_the_instruction_it_followed() -> None:
    first, other, second = of("instructions")
    assert (first["feedback_on"], first["feedback"], first["principal"]) == (D[13], "已修", "是")
    assert (other["feedback_on"], other["feedback"], other["principal"]) == (None, "", "")
    assert (second["feedback_on"], second["feedback"]) == (D[16], "已毕")
