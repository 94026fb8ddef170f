"""The flat row of a case, worked out from its events: what `verify` builds again and compares."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.case import Case
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.clocks import case_clock, present_lead
from desktop_app.domain.history import RETURNED, TAKEN_BACK
from desktop_app.domain.messages import Message
from desktop_app.domain.numbering import parse_register_number
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.work_calendar import WorkCalendar


def row_of(
    case: Case, message: Message, regulation: Regulation, calendar: WorkCalendar, batch: int | None = None
) -> CaseRow:
    """The row as it should stand now. `message` gives what the list shows of it."""
    number = parse_register_number(case.number)
    clock = case_clock(case, regulation, calendar)
    lead = present_lead(case)
    reply, taken = case.reply_in, case.taken_over
    return CaseRow(
        number=case.number,
        year=number.year,
        serial=number.serial,
        regulation=case.regulation,
        status=case.status,
        title=message.title,
        received=case.received,
        source=case.source,
        is_open=regulation.state(case.status).open and not case.voided,
        board_number=message.board_number,
        board=message.board,
        domain=message.domain,
        category=case.category,
        urgency=case.urgency,
        topic=case.topic,
        lead=lead.unit if lead is not None else taken.lead if taken is not None else "",
        supporting=_supporting(case),
        due=clock.due if clock is not None else None,
        reminder=clock.reminder if clock is not None else None,
        provisional=clock.provisional if clock is not None else False,
        due_from=clock.due_from if clock is not None else None,
        awaiting_reply=clock.running if clock is not None else False,
        # 曾逾期 of the unit that leads; a unit it was taken from keeps its own (docs/architecture.md, 期限 7).
        was_overdue=clock.ran_out if clock is not None else False,
        dispatched=lead.dispatched if lead is not None else None,
        taken=lead.received if lead is not None else None,
        replied=reply.on if reply is not None else taken.replied_on if taken is not None else None,
        published=_published_on(case),
        private=case.private_answer is not None,
        closed=case.closed_on,
        archived=case.archived_on,
        voided=case.voided,
        batch=batch,
    )


def _supporting(case: Case) -> tuple[str, ...]:
    """The units that support, or supported to the end; those that returned the case or lost it are out."""
    out = (RETURNED, TAKEN_BACK)
    held = [one.unit for one in case.assignments if not one.lead and one.how_ended not in out]
    return tuple(dict.fromkeys(held))


def _published_on(case: Case) -> date | None:
    return case.publications[0].on if case.publications else None
