"""What was done later than the regulation says: recorded all the same, and marked late, with the clause."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.domain.assignment import Reply
from desktop_app.domain.case import Case
from desktop_app.domain.deadlines import publish_by
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.wording import long_date
from desktop_app.domain.work_calendar import WorkCalendar


def late_steps(case: Case, regulation: Regulation, calendar: WorkCalendar) -> dict[int, str]:
    """By event: when it should have happened, for returns, publications and reports that came late."""
    return {
        **dict(_returns(case, regulation)),
        **dict(_publications(case, regulation, calendar)),
        **dict(_transfers(case, regulation)),
    }


def _returns(case: Case, regulation: Regulation) -> Iterator[tuple[int, str]]:
    """X 第五条（五）, T 第十五条: back the same day."""
    for held in case.assignments:
        for request in held.return_requests:
            if request.late and held.received is not None:
                clause = regulation.actions["return"].article
                yield request.event, f"迟退：应于收件当日{long_date(held.received)}退回（{clause}）"


def _publications(case: Case, regulation: Regulation, calendar: WorkCalendar) -> Iterator[tuple[int, str]]:
    """T 第十二条: published on the day the reply came in; X asks for no day."""
    if not regulation.clock.publish_same_day:
        return
    for publication in case.publications:
        reply = _reply_before(case, publication.event)
        last = publish_by(calendar, reply.on) if reply is not None else publication.on
        if publication.on > last:
            clause = regulation.clock.publish_article
            yield publication.event, f"迟公开：应于{long_date(last)}公开（{clause}）"


def _transfers(case: Case, regulation: Regulation) -> Iterator[tuple[int, str]]:
    """T 第二十条: reported to the 督查室 at the same time as transferred."""
    for transfer in case.transfers:
        if transfer.reported_on > transfer.on:
            clause = regulation.actions["transfer"].article
            yield (
                transfer.event,
                f"迟报：应于移交当日{long_date(transfer.on)}报督查室，实于{long_date(transfer.reported_on)}报送（{clause}）",
            )


def _reply_before(case: Case, event: int) -> Reply | None:
    replies = [reply for held in case.assignments if held.lead for reply in held.replies]
    return max((reply for reply in replies if reply.event < event), key=lambda one: one.event, default=None)
