"""What a ledger says of each case: one flat set of facts, masked at the source unless the right is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from desktop_app.domain.case import Case
from desktop_app.domain.case_queries import CaseQuery, Cursor
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.clocks import case_clock, overdue_days
from desktop_app.domain.messages import Message
from desktop_app.domain.privacy import masked_text
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services.case_loading import Loaded, load_row
from desktop_app.services.case_view import masked_message
from desktop_app.services.journaling import note
from desktop_app.services.ledger_lines import CASES, lines_of
from desktop_app.services.searching import as_may_be_asked
from desktop_app.services.session import Session

COVERED = frozenset(("title", "text", "summary", "citizen", "contact", "work_unit", "address", "ip"))
"""Keys of a case whose values come covered, unless they are wanted unmasked; in a line of a step all its own are."""

_PAGE = 200


def regulation_of(session: Session) -> Regulation:
    """The office's own regulation, whose columns its ledgers have."""
    with session.read() as work:
        return session.default_regulation(work)


def office_name(session: Session) -> str:
    with session.read() as work:
        return session.office_name(work)


def begin_export(session: Session, query: CaseQuery, ledger: str, unmasked: bool, reason: str) -> int:
    """Note the export in the journal, and return how many cases it will look at.

    Unmasked it needs a reviewer and a reason: Refusal `not_allowed_for_role`, `missing_key`.
    """
    if unmasked:
        session.require(Right.EXPORT_UNMASKED)
        if not reason.strip():
            raise Refusal("missing_key", "导出未遮盖的台账须写明理由（reason）。")
    else:
        session.require(Right.SEE_CASES)
    with session.change() as work:
        facts = {"ledger": ledger, "unmasked": "yes" if unmasked else "no"}
        note(session, work, "export-ledger", facts, {"reason": reason.strip()} if reason.strip() else {})
        return work.cases.total(as_may_be_asked(session, work, query))[0]


def ledger_facts(
    session: Session, query: CaseQuery, unmasked: bool, wanted: Collection[str], kind: str = CASES
) -> Iterator[dict[str, object]]:
    """Every case of the query in its order, page by page, so that memory stays flat.

    What costs to find out, the masked text and the story, is left out unless it is among the keys `wanted`.
    `kind`: of what a line tells (`ledger_lines.LINES`); a case then has as many lines as it has of that.
    """
    session.require(Right.EXPORT_UNMASKED if unmasked else Right.SEE_CASES)
    with_text, with_story = not _TEXT.isdisjoint(wanted), not _STORY.isdisjoint(wanted)
    after: Cursor | None = None
    while True:
        with session.read() as work:
            page = work.cases.piece(as_may_be_asked(session, work, query), after, _PAGE)
            messages = work.messages.get_many([row.number for row in page.rows])
            # A case that was never dispatched has no more to tell; its events need not be read.
            told = [row.number for row in page.rows if kind != CASES or (with_story and row.dispatched)]
            events = work.journal.of_cases(told)
            facts = []
            for row in page.rows:
                message = messages[row.number]
                one = _facts(row, _shown(message, unmasked, with_text))
                loaded = load_row(work, row, message, events[row.number]) if row.number in events else None
                if with_story and row.dispatched is not None and loaded is not None:
                    one |= _story(session, loaded)
                if kind == CASES:
                    facts.append(one)
                elif loaded is not None:
                    facts += _lines(loaded, unmasked, kind, one)
        yield from facts
        if page.next is None:
            return
        after = page.next


def _lines(loaded: Loaded, unmasked: bool, kind: str, facts: dict[str, object]) -> list[dict[str, object]]:
    """A line a step, each with what is known of its case."""

    def cover(words: str) -> str:
        return words if unmasked else masked_text(words, loaded.message.citizen)

    lines = lines_of(kind, loaded.case, loaded.regulation, cover)
    # Whoever makes a line may forget to cover a word of it; here none gets past.
    return [
        facts | {key: cover(value) if isinstance(value, str) else value for key, value in line.items()}
        for line in lines
    ]


def _shown(message: Message, unmasked: bool, with_text: bool) -> Message:
    if unmasked:
        return message
    return masked_message(replace(message, text=message.text if with_text else "", answer="", extra={}))


def _facts(row: CaseRow, shown: Message) -> dict[str, object]:
    return {
        "number": row.number,
        "board_number": row.board_number,
        "regulation": row.regulation,
        "status": row.status,
        "title": shown.title,
        "category": row.category,
        "urgency": row.urgency,
        "source": row.source,
        "received": row.received,
        "due": row.due,
        "reminder": row.reminder,
        "provisional": row.provisional,
        "due_from": row.due_from,
        "lead": row.lead,
        "supporting": row.supporting,
        "citizen": shown.citizen.name,
        "contact": shown.citizen.contact,
        "work_unit": shown.citizen.work_unit,
        "address": shown.citizen.address,
        "ip": shown.citizen.ip,
        "text": shown.text,
        "summary": shown.text[:120],
        "dispatched": row.dispatched,
        "received_by_unit": row.taken,
        "replied_on": row.replied,
        "published_on": row.published,
        "private": row.private,
        "closed_on": row.closed,
        "archived_on": row.archived,
    }


_TEXT = frozenset(("text", "summary"))
_STORY = frozenset(
    (
        *("overdue", "days_overdue", "was_overdue", "extended_days", "returned"),
        *("reminders", "urges", "supervisions", "satisfaction"),
    )
)


def _story(session: Session, loaded: Loaded) -> dict[str, object]:
    case, clock = loaded.case, case_clock(loaded.case, loaded.regulation, session.calendar())
    late = overdue_days(clock, session.calendar(), session.today) if clock is not None else 0
    return {
        "overdue": late > 0,
        "days_overdue": late,
        "was_overdue": loaded.row.was_overdue or late > 0,
        "extended_days": case.lead.granted_days if case.lead is not None else 0,
        "returned": _returns(case),
        "reminders": _pressure(case, "remind"),
        "urges": _pressure(case, "urge"),
        "supervisions": _pressure(case, "supervise"),
        "satisfaction": case.follow_ups[-1].result if case.follow_ups else "",
    }


def _returns(case: Case) -> str:
    units = [one.unit for one in case.assignments if any(ask.accepted for ask in one.return_requests)]
    return "、".join(units)


def _pressure(case: Case, action: str) -> int:
    return sum(step.action == action for step in case.pressure)
