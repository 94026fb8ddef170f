"""The story of a case as lines: order, words, corrections, and what came late."""

from __future__ import annotations

from datetime import date

from desktop_app.gui.story_state import StoryLine, story
from desktop_app.services.case_view import view_case
from desktop_app.services.cases import act
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


def test_a_return_after_its_day_is_marked_late(session: Session) -> None:
    act(session, RUNNING, "return", {"reason": "不属本单位", "signer": "张局"}, date(2026, 10, 13))
    told = lines(session)
    assert told["return"].late == "迟退：应于收件当日2026年10月12日退回（第十五条）"
    assert told["receive"].late == ""


def test_a_corrected_day_moves_the_line_and_is_told_beside_it(session: Session) -> None:
    receive = lines(session)["receive"].event
    act(session, RUNNING, "correct", {"event": str(receive), "reason": "抄错", "on": "2026-10-09"})
    told = lines(session)["receive"]
    assert "更正：日期改为" in told.amended and "（抄错）" in told.amended
    assert not told.struck


def test_what_was_voided_is_struck_and_offers_no_further_correction(session: Session) -> None:
    receive = lines(session)["receive"].event
    act(session, RUNNING, "correct", {"event": str(receive), "reason": "登错了件"})
    told = lines(session)
    assert told["receive"].struck and not told["receive"].correctable
    assert told["correct"].title == "作废“签收”"
    assert told["dispatch"].correctable
