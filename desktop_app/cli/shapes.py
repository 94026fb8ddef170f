"""The JSON shapes promised in docs/command-line.md: fields are added, never renamed."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.domain.case import Case
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.deadlines import CountedDay
from desktop_app.domain.evidence import Evidence, Served
from desktop_app.domain.messages import Citizen
from desktop_app.domain.office_items import OfficeItem
from desktop_app.domain.open_items import OpenItem
from desktop_app.domain.ratings import BoardRating
from desktop_app.services.case_view import AssignmentView, CaseView, EventView
from desktop_app.services.cases import Done
from desktop_app.services.office_duties import Settled
from desktop_app.services.queries import Listed, TodoItem

Document = dict[str, Any]

VOIDED = "已作废"
"""What stands in the place of the state of a case whose import was undone; its number stays used."""


def day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None


def listed(one: Listed) -> Document:
    return _case(one.row, one.citizen, one.overdue, one.days_overdue)


def _case(row: CaseRow, citizen: Citizen, overdue: bool, days_overdue: int) -> Document:
    return {
        "number": row.number,
        "board_number": row.board_number or None,
        "regulation": row.regulation,
        "status": VOIDED if row.voided else row.status,
        "title": row.title,
        "category": row.category or None,
        "urgency": row.urgency or None,
        "source": row.source,
        "received": day(row.received),
        "due": day(row.due),
        "reminder": day(row.reminder),
        "provisional": row.provisional,
        "due_from": row.due_from,
        "overdue": overdue,
        "days_overdue": days_overdue,
        "was_overdue": row.was_overdue or overdue,
        "lead": row.lead or None,
        "supporting": list(row.supporting),
        "voided": row.voided,
        "citizen": {
            "name": citizen.name,
            "contact": citizen.contact,
            "work_unit": citizen.work_unit,
            "address": citizen.address,
            "ip": citizen.ip,
        },
    }


def case_file(view: CaseView) -> Document:
    document = _case(view.row, view.message.citizen, view.overdue, view.days_overdue)
    document["title"] = view.message.title
    return document | {
        "text": view.message.text,
        "written": view.message.written or None,
        "board": view.message.board or None,
        "answer": view.message.answer or None,
        "extra": dict(view.message.extra),
        "ratings": _rating(view.rating) if view.rating is not None else None,
        "handed_down": _handed_down(view.case),
        "assessment": _assessment(view.case),
        "major": day(view.case.major.on) if view.case.major is not None else None,
        "taken_over": view.case.taken_over is not None,
        "linked_to": view.case.linked_to or None,
        "linked": list(view.case.linked),
        "assignments": [_assignment(one) for one in view.assignments],
        "events": [_event(one) for one in view.events],
        "papers": [
            {
                "id": paper.id,
                "form": paper.form,
                "number": paper.number or None,
                "made": paper.made,
                "by": paper.by,
                "sha256": paper.sha256,
                "joint": paper.joint,
                "void": paper.void,
            }
            for paper in view.papers
        ],
        "attachments": [
            {"name": one.name, "as": one.kind, "size": one.size, "sha256": one.sha256, "added": one.added}
            for one in view.attachments
        ],
        "evidence": [_evidence(one) for one in view.evidence],
        "days": [_counted_day(one) for one in view.days],
        "open_items": [_open_item(item) for item in view.items],
        "allowed": [{"action": one.action, "clause": one.clause} for one in view.offers if one.possible],
    }


def _assignment(one: AssignmentView) -> Document:
    held = one.held
    return {
        "unit": held.unit,
        "role": "lead" if held.lead else "supporting",
        "dispatched": day(held.dispatched),
        "received": day(held.received),
        "how_received": held.how_received or ("推定" if held.presumed else None),
        "presumed": held.presumed,
        "due": day(one.due),
        "ended": day(held.ended),
        "how": held.how_ended or None,
        "document": held.number or None,
    }


def _event(one: EventView) -> Document:
    return {
        "id": one.id,
        "action": one.action,
        "title": one.title,
        "on": day(one.on),
        "entered": one.entered,
        "by": one.by,
        "keys": dict(one.keys),
        "void": one.void,
        "practice": one.practice,
        "late": one.late or None,
        "hidden": one.hidden,
    }


def _rating(one: BoardRating) -> Document:
    return {
        "level": one.level,
        "manner": one.manner,
        "speed": one.speed,
        "satisfaction": one.satisfaction or None,
        "automatic": one.automatic,
        "words": one.words or None,
        "on": day(one.on),
    }


def _handed_down(case: Case) -> Document | None:
    told = case.handed_down
    return {"by": told.by or None, "on": day(told.on), "due": day(told.due)} if told is not None else None


def _assessment(case: Case) -> Document | None:
    """Without its note: that is free text, and stands masked in the event."""
    one = case.assessment
    return {"on": day(one.on), "demand": one.demand or None, "trend": one.trend} if one is not None else None


def _evidence(one: Evidence) -> Document:
    return {
        "event": one.event or None,
        "kind": one.kind,
        "what": one.what,
        "on": day(one.on),
        "document": one.document or None,
        "to": one.to or None,
        "by": one.by or None,
        "outcome": one.outcome or None,
        "served": _served(one.served) if one.served is not None else None,
        "papers": list(one.papers),
        "files": list(one.files),
    }


def _served(one: Served) -> Document:
    return {
        "on": day(one.on),
        "manner": one.manner or None,
        "received_by": one.received_by or None,
        "event": one.event,
    }


def _counted_day(one: CountedDay) -> Document:
    return {
        "date": day(one.date),
        "number": one.number,
        "why": one.why,
        "source": one.source or None,
        "provisional": one.provisional,
    }


def _open_item(item: OpenItem) -> Document:
    return {
        "kind": item.kind,
        "clause": item.clause,
        "since": day(item.since),
        "until": day(item.until),
        "blocking": item.blocking,
        "closed_by": item.closed_by,
    }


def todo_item(one: TodoItem) -> Document:
    return {
        "kind": one.item.kind,
        "number": one.row.number,
        "clause": one.item.clause,
        "since": day(one.item.since),
        "until": day(one.item.until),
        "blocking": one.item.blocking,
    }


def office_todo_item(one: OfficeItem) -> Document:
    """The same of what the office itself owes: it has no number."""
    return {
        "kind": one.kind,
        "number": None,
        "clause": one.clause,
        "since": day(one.since),
        "until": day(one.until),
        "blocking": False,
    }


def duty(one: OfficeItem) -> Document:
    return {
        "kind": one.kind,
        "period": one.period.text,
        "clause": one.clause,
        "since": day(one.since),
        "until": day(one.until),
    }


def settled_duty(one: Settled) -> Document:
    return {
        "kind": one.kind,
        "period": one.period.text,
        "on": day(one.on),
        "by": one.by,
        "note": one.note or None,
        "event": one.event,
    }


def done(one: Done) -> Document:
    return {
        "number": one.number,
        "status": one.status,
        "event": one.event,
        "due": day(one.due),
        "document": one.document or None,
    }
