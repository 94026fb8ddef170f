"""The flat row of a case, as lists and ledgers read it."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.domain.messages import Message
from desktop_app.domain.projection import row_of

Walks = Any
MESSAGE = Message("路灯不亮", "详情", board_number="123", board="市长留言板", domain="城建")


def row(walk: Any) -> Any:
    return row_of(walk.case, MESSAGE, walk.regulation, walk.calendar, batch=7)


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_a_case_just_registered(both: Walks) -> None:
    found = row(both.new())
    assert (found.number, found.year, found.serial, found.batch) == ("2026-0001", 2026, 1, 7)
    assert (found.status, found.title, found.board_number) == ("待初审", "路灯不亮", "123")
    assert (found.received, found.is_open, found.lead, found.supporting) == (day("2026-09-18"), True, "", ())
    assert (found.due, found.reminder, found.due_from, found.awaiting_reply) == (None, None, None, False)


def test_a_case_at_work_and_answered(both: Walks) -> None:
    found = row(both.dispatched(supporting="住建局"))
    assert (found.lead, found.supporting) == ("甲市教育局", ("甲市住建局",))
    assert (found.due_from, found.awaiting_reply, found.taken) == ("dispatch", both.is_x, None)
    found = row(both.received())
    assert (found.due_from, found.awaiting_reply, found.taken) == ("receipt", True, day("2026-09-21"))
    assert (found.dispatched, found.was_overdue) == (day("2026-09-19"), False)
    found = row(both.published())
    assert (found.replied, found.published, found.private) == (day("2026-09-25"), day("2026-09-25"), False)
    assert not found.awaiting_reply


def test_a_late_reply_is_remembered(both: Walks) -> None:
    assert row(both.reply(both.received(), "2026-10-30")).was_overdue


def test_a_case_that_came_back_belongs_to_nobody(both: Walks) -> None:
    walk = both.received(supporting="住建局").act("return", "2026-09-21", reason="无关")
    found = row(walk.act("accept-return", "2026-09-30"))
    assert (found.status, found.lead, found.supporting) == ("待交办", "", ())
    assert (found.due, found.reminder, found.dispatched, found.taken) == (None, None, None, None)
    assert not found.awaiting_reply and not found.was_overdue


def test_the_delay_of_a_unit_that_lost_the_case_is_not_the_next_ones(both: Walks) -> None:
    walk = both.received().act("change-units", "2026-10-30", lead="住建局", reason="调整")
    found = row(walk)
    assert (found.lead, found.was_overdue, found.taken) == ("甲市住建局", False, None)


def test_the_archive_still_names_all_who_held_it(both: Walks) -> None:
    found = row(both.closed(supporting="住建局,交通局").act("archive", retention="30年"))
    assert (found.is_open, found.lead) == (False, "甲市教育局")
    assert found.supporting == ("甲市住建局", "甲市交通局")
    assert (found.closed, found.archived) == (day("2026-09-28"), day("2026-11-23"))


def test_a_private_answer_shows_as_such(both: Walks) -> None:
    found = row(both.to_publish("no").act("answer-privately", "2026-09-26", by="孙科", channel="电话"))
    assert (found.private, found.published) == (True, None)


def test_a_voided_case_is_not_open(both: Walks) -> None:
    from dataclasses import replace

    walk = both.new()
    walk.case = replace(walk.case, voided=True)
    assert (row(walk).is_open, row(walk).voided) == (False, True)
