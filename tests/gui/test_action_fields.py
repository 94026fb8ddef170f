"""Forms as data: fields, what is required, what is proposed, what is wrong so far."""

from __future__ import annotations

import pytest

from desktop_app.domain.actions import ACTIONS
from desktop_app.errors import Refusal
from desktop_app.gui.action_fields import action_form, given_keys, is_shown, required_now
from desktop_app.gui.case_file import CaseFile, read_case_file
from desktop_app.gui.correction_fields import changes_nothing, correction_form, correction_keys
from desktop_app.gui.form_faults import fault_of_refusal, faults_as_typed, missing_fields, plain_words
from desktop_app.gui.form_proposals import proposals
from desktop_app.gui.form_shapes import Shape
from desktop_app.services.cases import act
from desktop_app.services.session import Session

NEW, RUNNING, OVERDUE = "2026-0009", "2026-0006", "2026-0001"


def read(session: Session, number: str) -> CaseFile:
    return read_case_file(session, number)


def test_every_action_of_the_regulation_has_a_form_with_all_its_keys(session: Session) -> None:
    file = read(session, RUNNING)
    for name in file.view.regulation.actions:
        form = action_form(file, name)
        asked = {field.name for field in form.fields}
        left_out = proposals(file, name).left_out
        assert {key.name for key in ACTIONS[name].keys} - {"cleared", "cleared_reason"} - left_out <= asked
        assert form.field("on") is not None


def test_required_marks_come_from_the_vocabulary_and_the_regulation(session: Session) -> None:
    form = action_form(read(session, OVERDUE), "reply")
    required = {field.name for field in form.fields if field.required}
    assert required == {"text", "signer", "stamped", "handler", "phone", "on"}
    assert form.clause == "第十一条" and "5个工作日" in form.article


def test_alternatives_are_said_in_words(session: Session) -> None:
    file = read(session, NEW)
    form = action_form(file, "refuse")
    assert form.ways == ("须填写：“说明”、“合理建议”；或者填写：“不告知的原因”。",)
    half = {"ground": "其他不予受理的事项", "explanation": "说明", "on": "2026-10-13"}
    (fault,) = missing_fields(form, file.situation, half)
    assert fault.field == "suggestion"
    assert not missing_fields(form, file.situation, {**half, "suggestion": "建议"})
    other = {"ground": "其他不予受理的事项", "not_told_reason": "涉密", "on": "2026-10-13"}
    assert not missing_fields(form, file.situation, other)


def test_a_ground_may_ask_for_more(session: Session) -> None:
    file = read(session, NEW)
    form = action_form(file, "refuse")
    regulation = file.view.regulation
    assert "duplicate_of" not in required_now(form, regulation, {"ground": "其他不予受理的事项"})
    assert "duplicate_of" in required_now(form, regulation, {"ground": "正在办理过程中或办理完毕的重复事项"})


def test_hidden_fields_are_not_sent(session: Session) -> None:
    form = action_form(read(session, OVERDUE), "reply")
    values = {"text": "已办", "suggested_public": "yes", "private_reason": "涉及国家秘密", "on": "2026-10-13"}
    assert not is_shown(form, "private_reason", values)
    assert given_keys(form, values) == {"text": "已办", "suggested_public": "yes"}


def test_rework_proposes_the_day_the_rules_allow(session: Session) -> None:
    reply(session)
    form = action_form(read(session, RUNNING), "rework")
    due = form.field("due")
    assert due is not None and due.default == "2026-10-19"
    assert due.hint == "最迟可定为 10月22日 周四"


def reply(session: Session, text: str = "已办。") -> None:
    keys = {"text": text, "signer": "赵", "stamped": "yes", "handler": "李某", "phone": "0475-3333333"}
    act(session, RUNNING, "reply", keys)


def test_the_next_level_and_what_was_asked_are_proposed_for_an_extension(session: Session) -> None:
    act(session, RUNNING, "apply-extension", {"days": "5", "reason": "踏勘", "applicant": "市教育局"})
    file = read(session, RUNNING)
    form = action_form(file, "approve-extension")
    defaults = {field.name: field.default for field in form.fields}
    assert (defaults["level"], defaults["days"]) == ("承办单位主要负责人", "5")
    faults = faults_as_typed(form, file.situation, defaults)
    assert [fault.field for fault in faults] == ["days"]
    assert "第十四条" in faults[0].text


def test_the_reminder_goes_to_the_head_where_the_article_wants_it(session: Session) -> None:
    to = action_form(read(session, OVERDUE), "remind").field("to")
    assert to is not None and to.default == "市住房和城乡建设局主要负责同志张平"


def test_served_is_proposed_the_newest_paper_still_waiting(session: Session) -> None:
    act(session, OVERDUE, "urge", {"to": "市住房和城乡建设局"})
    paper = action_form(read(session, OVERDUE), "serve").field("paper")
    assert paper is not None and paper.shape is Shape.CHOICE
    assert "催" in paper.default
    assert paper.choices[0].value == paper.default


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("lead", "没有的局", "单位名册中没有“没有的局”。"),
        ("supporting", "市公安局、没有的局", "没有的局"),
        ("days", "6", "只能缩短"),
        ("on", "2026-10-14", "之后"),
        ("on", "2026-09-01", "早于收件日"),
    ],
)
def test_faults_stand_at_the_field_as_it_is_typed(
    session: Session, field: str, value: str, words: str
) -> None:
    act(session, NEW, "accept", {"category": "投诉"})
    file = read(session, NEW)
    form = action_form(file, "dispatch")
    faults = faults_as_typed(form, file.situation, {"on": "2026-10-13", field: value})
    assert [fault.field for fault in faults] == [field]
    assert words in faults[0].text


def test_the_accused_unit_is_refused_at_the_field_that_names_it(session: Session) -> None:
    act(session, NEW, "accept", {"category": "投诉"})
    act(session, NEW, "complained-of", {"kind": "控告检举", "unit": "市公安局"})
    file = read(session, NEW)
    form = action_form(file, "dispatch")
    values = {"on": "2026-10-13", "lead": "市教育局", "supporting": "市公安局"}
    faults = faults_as_typed(form, file.situation, values)
    assert [fault.field for fault in faults] == ["supporting"]


def test_the_form_of_dispatch_warns_of_the_unit_complained_of(session: Session) -> None:
    act(session, NEW, "accept", {"category": "投诉"})
    assert "隐去身份" not in proposals(read(session, NEW), "dispatch").hints["lead"]
    act(session, NEW, "complained-of", {"kind": "投诉", "unit": "市公安局"})
    warning = proposals(read(session, NEW), "dispatch").hints["lead"]
    assert "市公安局" in warning and "隐去身份" in warning


def test_key_names_of_the_command_line_do_not_reach_the_window() -> None:
    assert plain_words("“交办”缺少牵头单位（lead）。") == "“交办”缺少牵头单位。"
    assert plain_words("注明已核对（cleared=yes）。") == "注明已核对。"
    assert plain_words("依据（第十一条）") == "依据（第十一条）"


def test_a_refusal_finds_its_field_by_key_or_by_code(session: Session) -> None:
    form = action_form(read(session, OVERDUE), "reply")
    assert fault_of_refusal(form, Refusal("missing_key", "缺少签发人（signer）。")).field == "signer"
    assert fault_of_refusal(form, Refusal("date_in_future", "日期在今天之后。")).field == "on"
    assert fault_of_refusal(form, Refusal("wrong_state", "现为“待审核”。")).field == ""


def test_a_correction_sends_only_what_differs(session: Session) -> None:
    file = read(session, RUNNING)
    event = next(one for one in file.view.events if one.action == "dispatch")
    form = correction_form(file, event.id)
    values = {field.name: field.default for field in form.fields}
    values |= {"how": "amend", "reason": "记错"}
    assert changes_nothing(form, values)
    values["new.days"] = "3"
    assert correction_keys(form, values) == {"event": str(event.id), "reason": "记错", "days": "3"}
    assert correction_keys(form, {**values, "how": "void"}) == {"event": str(event.id), "reason": "记错"}


def test_a_registration_can_only_have_its_day_corrected(session: Session) -> None:
    file = read(session, RUNNING)
    form = correction_form(file, file.view.events[0].id)
    how = form.field("how")
    assert how is not None and [choice.value for choice in how.choices] == ["amend"]
    assert [field.name for field in form.fields] == ["how", "new.on", "reason"]


def test_masked_words_never_stand_in_a_correction(session: Session) -> None:
    reply(session, "请拨打 13912345678。")
    file = read(session, RUNNING)
    event = file.view.events[-1]
    text = correction_form(file, event.id).field("new.text")
    assert text is not None and text.default == "" and "不填即不改" in text.hint
