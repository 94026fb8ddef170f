"""The story of a case as lines: order, words, corrections, and what came late."""

from __future__ import annotations

import json
from datetime import date

from desktop_app.domain.messages import HandedDown, Message, Registration
from desktop_app.gui.story_state import StoryLine, effective_keys, story
from desktop_app.services import holidays
from desktop_app.services.case_view import reveal_case, view_case
from desktop_app.services.cases import act
from desktop_app.services.holidays import Given
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session

RUNNING = "2026-0006"
"""Dispatched on 10-09, received on 10-12; today is 10-13."""


def lines(session: Session) -> dict[str, StoryLine]:
    """By action; each stands once in the cases below."""
    return {line.action: line for line in story(view_case(session, RUNNING))}


def test_lines_stand_by_the_day_of_the_fact_and_not_of_entry(session: Session) -> None:
    act(session, RUNNING, "complained-of", {"kind": "投诉", "unit": "市公安局"}, date(2026, 10, 10))
    found = story(view_case(session, RUNNING))
    assert [line.action for line in found] == ["register", "accept", "dispatch", "complained-of", "receive"]
    assert [line.on for line in found] == sorted(line.on for line in found)


def test_keys_are_told_in_the_office_s_words(session: Session) -> None:
    notes = {note.label: note.words for note in lines(session)["receive"].notes}
    assert notes == {"签收人": "李某", "签收方式": "签收"}


def test_what_came_from_above_is_told_in_words(session: Session) -> None:
    above = HandedDown("自治区政府政研室", date(2026, 10, 12), date(2026, 10, 22))
    message = Message("路灯不亮", "半个月了")
    done = register_one(
        session, Registration("tongliao-2023", date(2026, 10, 13), "主席板块", message, handed_down=above)
    )
    (line,) = story(view_case(session, done.number))
    assert {note.label: note.words for note in line.notes} == {
        "来源": "主席板块",
        "上级交办单位": "自治区政府政研室",
        "上级交办日期": "10月12日 周一",
        "上级时限": "10月22日 周四",
    }


def test_a_return_after_its_day_is_marked_late(session: Session) -> None:
    act(session, RUNNING, "return", {"reason": "不属本单位", "signer": "张局"}, date(2026, 10, 13))
    told = lines(session)
    assert told["return"].late == "迟退：应于收件当日2026年10月12日退回（第十五条）"
    assert told["receive"].late == ""


def test_the_story_strikes_what_was_voided_and_tells_what_was_amended(session: Session) -> None:
    dispatch, receive = view_case(session, RUNNING).events[-2:]
    act(session, RUNNING, "correct", {"event": str(receive.id), "reason": "日期记错", "on": "2026-10-13"})
    lines = {line.event: line for line in story(view_case(session, RUNNING))}
    assert "日期改为10月13日 周二（日期记错）" in lines[receive.id].amended
    assert not lines[receive.id].struck
    act(session, RUNNING, "correct", {"event": str(receive.id), "reason": "并未签收"})
    view = view_case(session, RUNNING)
    lines = {line.event: line for line in story(view)}
    assert lines[receive.id].struck and not lines[receive.id].correctable
    assert lines[dispatch.id].correctable and not lines[dispatch.id].struck
    assert lines[view.events[-1].id].title == "作废“签收”"


def test_a_voided_correction_holds_no_more(session: Session) -> None:
    receive = view_case(session, RUNNING).events[-1]
    act(session, RUNNING, "correct", {"event": str(receive.id), "reason": "日期记错", "on": "2026-10-13"})
    correction = view_case(session, RUNNING).events[-1]
    act(session, RUNNING, "correct", {"event": str(correction.id), "reason": "原来是对的"})
    view = view_case(session, RUNNING)
    lines = {line.event: line for line in story(view)}
    assert lines[correction.id].struck
    assert "改为" not in lines[receive.id].amended
    assert effective_keys(view, receive)["on"] == "2026-10-12"


def test_the_story_speaks_the_offices_words(session: Session) -> None:
    handed_in = {"signer": "赵局", "stamped": "yes", "handler": "孙科", "phone": "0475-8230001"}
    act(session, RUNNING, "reply", {"text": "已修复。" * 30, **handed_in})
    reveal_case(session, RUNNING, "核对办理情况")
    lines = {line.action: line for line in story(view_case(session, RUNNING))}
    notes = {note.label: note for note in lines["reply"].notes}
    assert notes["已盖章"].words == "是"
    assert notes["答复内容"].long
    assert lines["dispatch"].document == "通民盼办〔2026〕6号"
    assert lines["reveal"].quiet and lines["reveal"].title == "查看受保护信息"
    assert {note.label for note in lines["register"].notes} == {"来源"}


def test_looks_one_after_the_other_are_one_line(session: Session) -> None:
    for reason in ("核对办理情况", "与留言人联系核实", "核对办理情况"):
        reveal_case(session, RUNNING, reason)
    (line,) = (line for line in story(view_case(session, RUNNING)) if line.action == "reveal")
    assert line.title == "查看受保护信息 3 次"
    assert [(note.label, note.words) for note in line.notes] == [("理由", "核对办理情况；与留言人联系核实")]
    act(session, RUNNING, "contact", {"when": "办前", "channel": "电话", "result": "已联系"})
    reveal_case(session, RUNNING, "登记回访")
    titles = [line.title for line in story(view_case(session, RUNNING)) if line.action == "reveal"]
    assert titles == ["查看受保护信息 3 次", "查看受保护信息"]


def test_a_deadline_counted_anew_tells_old_and_new_and_by_what(session: Session) -> None:
    days = [{"name": "某节", "date": f"2026-10-{day}", "isOffDay": True} for day in (14, 15)]
    given = Given(
        json.dumps({"year": 2026, "days": days}), "某节.json", region="某市", source="某府〔2026〕1号"
    )
    holidays.enter(session, given)
    line = lines(session)["recount"]
    assert (line.title, line.correctable) == ("期限重算", False)
    assert [(note.label, note.words) for note in line.notes] == [
        ("原到期日", "10月19日 周一"),
        ("现到期日", "10月21日 周三"),
        ("原提醒日", "10月16日 周五"),
        ("现提醒日", "10月20日 周二"),
        ("依据", "某府〔2026〕1号"),
    ]
