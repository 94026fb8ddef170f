"""What the page of a case says, worked out from a real case with no window."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.gui.case_deadline import DUE, EXPECTED, OVERDUE, PLAIN, REMIND, deadline_line
from desktop_app.gui.case_file import CaseFile, read_case_file
from desktop_app.gui.case_state import case_state
from desktop_app.gui.case_steps import barred_steps, possible_steps, primary_step
from desktop_app.gui.case_texts_state import case_texts
from desktop_app.gui.day_count_state import day_count
from desktop_app.services.cases import act
from desktop_app.services.session import Session

RUNNING = "2026-0006"


def read(session: Session, number: str) -> CaseFile:
    return read_case_file(session, number)


@pytest.mark.parametrize(
    ("number", "tone", "words"),
    [
        ("2026-0001", OVERDUE, "■ 逾期 16 个工作日 · 9月15日 周二 当日止"),
        ("2026-0004", DUE, "● 今天到期 · 10月13日 周二 当日止"),
        ("2026-0005", REMIND, "▲ 明天到期 · 10月14日 周三 当日止"),
        ("2026-0006", PLAIN, "还剩 4 个工作日 · 10月19日 周一 当日止"),
        ("2026-0007", EXPECTED, "◇ 还剩 4 个工作日 · 10月19日 周一 当日止 · 未签收，按交办日预计"),
        ("2026-0008", PLAIN, "没有办理期限"),
        ("2026-0009", PLAIN, "尚未交办，没有办理期限"),
    ],
)
def test_the_deadline_line_has_shape_and_words(session: Session, number: str, tone: str, words: str) -> None:
    line = deadline_line(read(session, number).view)
    assert (line.tone, line.text) == (tone, words)


def test_once_answered_the_line_tells_the_day_and_that_it_was_late(session: Session) -> None:
    keys = {"text": "已办。", "signer": "张平", "stamped": "yes", "handler": "李某", "phone": "1"}
    act(session, "2026-0001", "reply", keys)
    line = deadline_line(read(session, "2026-0001").view)
    assert line.text == "已于 10月13日 周二 答复 · 期限 9月15日 周二 当日止 · 曾逾期"


def test_after_a_return_the_line_says_the_assignment_is_over(session: Session) -> None:
    act(session, RUNNING, "return", {"reason": "不属本单位"})
    act(session, RUNNING, "accept-return", {})
    assert deadline_line(read(session, RUNNING).view).text == "上次交办已结束（退件），重新交办后重新计算期限"


def test_facts_are_masked_and_empty_ones_are_dashes(session: Session) -> None:
    facts = {fact.label: fact for fact in case_state(read(session, "2026-0001")).facts}
    assert facts["网民"].value == "王**" and facts["网民"].protected
    assert facts["联系方式"].value == "138****0000"
    assert facts["住址"].value == "—"
    assert facts["板块编号"].value == "18000000"
    assert facts["类别"].value == "投诉"


def test_holders_tell_receipt_limit_and_whom_to_call(session: Session) -> None:
    (holder,) = case_state(read(session, RUNNING)).holders
    facts = {fact.label: fact.value for fact in holder.facts}
    assert holder.heading == "牵头　市教育局" and holder.current
    assert facts["签收"] == "10月12日 周一　签收　李某"
    assert facts["期限"] == "10月19日 周一 当日止（5 个工作日）"
    assert facts["电话"] == "0475-3333333" and facts["主要负责人"] == "名册未填"


def test_extensions_and_reworks_stand_with_their_holder(session: Session) -> None:
    act(session, RUNNING, "apply-extension", {"days": "2", "reason": "踏勘", "applicant": "市教育局"})
    (holder,) = case_state(read(session, RUNNING)).holders
    assert ("延期", "10月13日 周二申请 2 日，待批") in [(fact.label, fact.value) for fact in holder.facts]


@pytest.mark.parametrize(
    ("number", "primary"),
    [("2026-0009", "accept"), (RUNNING, "reply"), ("2026-0001", "urge"), ("2026-0008", "close")],
)
def test_the_primary_step_is_what_the_open_items_ask_for(session: Session, number: str, primary: str) -> None:
    file = read(session, number)
    assert primary_step(file.view) == primary
    first = possible_steps(file)[0]
    assert (first.action, first.primary) == (primary, True)


def test_every_action_is_offered_or_said_to_be_barred(session: Session) -> None:
    file = read(session, RUNNING)
    offered = {step.title for step in possible_steps(file)}
    barred = {step.split("（")[0] for group in barred_steps(file) for step in group.steps}
    titles = {rule.title for rule in file.view.regulation.actions.values()}
    assert offered | barred | {"免办事项", "更正"} == titles
    assert not offered & barred


def test_a_guard_that_bars_says_so_itself(session: Session) -> None:
    reasons = {step: group.reason for group in barred_steps(read(session, RUNNING)) for step in group.steps}
    assert reasons["批准延期（第十四条）"] == "没有等待批复的延期申请"


def test_open_items_carry_clause_and_what_may_be_waived(session: Session) -> None:
    lines = {line.kind: line for line in case_state(read(session, "2026-0004")).open_lines}
    assert lines["今日到期"].clause == "第十一条" and lines["今日到期"].waivable
    act(
        session,
        "2026-0009",
        "refuse",
        {"ground": "涉军涉安", "explanation": "不属受理范围", "suggestion": "向军队反映"},
    )
    told = {line.kind: line for line in case_state(read(session, "2026-0009")).open_lines}
    assert told["不予受理告知"].blocking and not told["不予受理告知"].waivable


def test_texts_begin_with_the_message_and_mask_the_reply(session: Session) -> None:
    keys = {
        "text": "请拨打 13912345678。",
        "signer": "张平",
        "stamped": "yes",
        "handler": "李某",
        "phone": "1",
    }
    act(session, RUNNING, "reply", keys)
    texts = case_texts(read(session, RUNNING).view)
    assert [text.heading for text in texts] == ["留言", "承办单位答复"]
    assert "13912345678" not in texts[1].text and "请拨打" in texts[1].text


def test_the_day_count_quotes_the_article_and_numbers_every_counted_day(session: Session) -> None:
    count = day_count(read(session, RUNNING).view)
    assert count.rules[0].words == "从收到之日 10月12日 周一 起算"
    assert "5个工作日" in count.rules[0].text
    counted = [day.place for day in count.days if day.counts]
    assert counted == [f"第 {number} 日" for number in range(1, 6)]
    assert [day.day for day in count.days][-1] == "10月19日"


def test_there_is_no_count_before_a_dispatch(session: Session) -> None:
    count = day_count(read(session, "2026-0009").view)
    assert (count.rules, count.days) == ((), ())


def test_the_count_says_what_an_extension_and_a_rework_did(session: Session) -> None:
    act(session, RUNNING, "apply-extension", {"days": "2", "reason": "踏勘", "applicant": "市教育局"})
    act(session, RUNNING, "approve-extension", {"level": "承办单位主要负责人", "by": "赵"})
    act(session, RUNNING, "approve-extension", {"level": "交办单位", "by": "王敏"})
    keys = {"text": "已办。", "signer": "赵", "stamped": "yes", "handler": "李某", "phone": "1"}
    act(session, RUNNING, "reply", keys)
    act(session, RUNNING, "rework", {"ground": "答非所问", "due": date(2026, 10, 16).isoformat()})
    words = [rule.words for rule in day_count(read(session, RUNNING).view).rules]
    assert "准予延期 2 个工作日，从原到期日接着算" in words
    assert any("重办期限定为 10月16日 周五" in one for one in words)
