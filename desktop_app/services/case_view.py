"""A case as it is shown: masked until revealed, with its story, its papers, what is open and what may be done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.archive_numbers import FILE_NUMBER
from desktop_app.domain.assignment import Assignment
from desktop_app.domain.case import Case
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.clocks import Clock, clock_of, counted_days, overdue_days
from desktop_app.domain.corrections import CORRECT, effective_steps
from desktop_app.domain.deadlines import CountedDay
from desktop_app.domain.events import Event
from desktop_app.domain.evidence import Evidence
from desktop_app.domain.history import TAKE_OVER
from desktop_app.domain.late_steps import late_steps
from desktop_app.domain.masking import masked
from desktop_app.domain.messages import Message
from desktop_app.domain.office_records import Attachment, PaperMade
from desktop_app.domain.open_items import OpenItem, all_items
from desktop_app.domain.oversight_changes import LINKED, UNLINKED
from desktop_app.domain.privacy import masked_text
from desktop_app.domain.public_words import permitted_numbers
from desktop_app.domain.ratings import REVIEW_TEXT, BoardRating, rating_of
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.rights import Right
from desktop_app.domain.situation import Situation
from desktop_app.domain.workflow import Offer, offers
from desktop_app.errors import Refusal
from desktop_app.services.case_chain import chain_of
from desktop_app.services.case_loading import Loaded, find_row, load_case, situation_of
from desktop_app.services.cases import plain_keys
from desktop_app.services.covered_steps import covered_case, covered_keys
from desktop_app.services.journaling import note
from desktop_app.services.recount import RECOUNT
from desktop_app.services.seen_by import case_as_read, covered, hidden_events
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of the story. `void` tells that a later correction took it back, `late` what was due before.

    `hidden`: this user may not read what it says; a mark stands in place of every value.
    """

    id: int
    action: str
    title: str
    on: date
    entered: str
    by: str
    keys: Mapping[str, str]
    void: bool
    practice: bool
    late: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """An assignment and its own due date."""

    held: Assignment
    due: date


@dataclass(frozen=True, slots=True)
class CaseView:
    """The whole of one case. `revealed` tells whether protected words stand in the clear."""

    row: CaseRow
    overdue: bool
    days_overdue: int
    days_left: int
    clock: Clock | None
    days: tuple[CountedDay, ...]
    message: Message
    revealed: bool
    case: Case
    regulation: Regulation
    assignments: tuple[AssignmentView, ...]
    events: tuple[EventView, ...]
    papers: tuple[PaperMade, ...]
    attachments: tuple[Attachment, ...]
    items: tuple[OpenItem, ...]
    offers: tuple[Offer, ...]
    today: date
    rating: BoardRating | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def version(self) -> int:
        """The number of its newest event: what an act on what is shown here sends along (`services.overtaken`)."""
        return max((one.id for one in self.events), default=0)

    @property
    def open_items(self) -> tuple[OpenItem, ...]:
        """What is still to do; `items` also has what was waived."""
        return tuple(item for item in self.items if item.closed_by is None)


def view_case(session: Session, number: str) -> CaseView:
    """The case with everything protected masked."""
    with session.read() as work:
        loaded = load_case(work, number)
        session.require(Right.SEE_CASES)
        return view_of(session, work, loaded, revealed=False)


def reveal_case(session: Session, number: str, reason: str) -> CaseView:
    """The case in the clear; who revealed it, when and why is an event of its own (X 第六条)."""
    with session.change() as work:
        row = find_row(work, number)
        session.require(Right.WORK_ON_CASES)
        if not reason.strip():
            raise Refusal("missing_key", "查看受保护的信息须写明理由（reason）。")
        note(session, work, "reveal", protected={"reason": reason.strip()}, case=row.number)
        return view_of(session, work, load_case(work, row.number), revealed=True)


def view_of(session: Session, work: Work, loaded: Loaded, revealed: bool) -> CaseView:
    """The view of a case that a transaction has loaded; who asks for it in the clear sees to right and record."""
    situation = situation_of(session, work, loaded)
    calendar, today, clock = session.calendar(), session.today, situation.clock
    case, regulation = loaded.case, loaded.regulation
    message = loaded.message if revealed else masked_message(loaded.message)
    permitted = _telephones(situation)
    shown = case if revealed else covered_case(loaded, permitted)
    papers = tuple(work.papers.of_case(case.number))
    attachments = tuple(
        one if revealed else replace(one, name=masked_text(one.name, loaded.message.citizen))
        for one in work.attachments.of_case(case.number)
    )
    came_late = late_steps(case, regulation, calendar)
    late = overdue_days(clock, calendar, today) if clock is not None else 0
    ahead = calendar.working_days_between(today, clock.due) if clock is not None and clock.due > today else 0
    return CaseView(
        row=loaded.row,
        overdue=clock is not None and clock.overdue_on(today),
        days_overdue=late,
        days_left=ahead,
        clock=clock,
        days=counted_days(case.lead, regulation, case, calendar) if case.lead is not None else (),
        message=message,
        revealed=revealed,
        case=case_as_read(shown, regulation, session.roles),
        regulation=regulation,
        assignments=tuple(
            AssignmentView(one, clock_of(one, regulation, case, calendar).due) for one in shown.assignments
        ),
        events=_events(session, loaded, came_late, revealed, permitted),
        papers=papers,
        attachments=attachments,
        items=all_items(situation),
        offers=offers(situation, session.roles),
        today=today,
        rating=rating_of(message.ratings),
        evidence=chain_of(replace(loaded, case=shown), papers, attachments, came_late),
    )


def masked_message(message: Message) -> Message:
    """The message as third parties may see it: identity masked, protected words in title and text covered."""
    citizen = message.citizen
    return Message(
        title=masked_text(message.title, citizen),
        text=masked_text(message.text, citizen),
        citizen=masked(citizen),
        board_number=message.board_number,
        board=message.board,
        kind=message.kind,
        domain=message.domain,
        written=message.written,
        answer=masked_text(message.answer, citizen),
        answered_at=message.answered_at,
        answered_by=message.answered_by,
        ratings={
            name: masked_text(value, citizen) if name == REVIEW_TEXT else value
            for name, value in message.ratings.items()
        },
        extra={name: masked_text(value, citizen) for name, value in message.extra.items()},
    )


def _telephones(situation: Situation) -> frozenset[str]:
    """The units' and their handlers' telephones: T 第十二条 wants them told, so they are not covered."""
    replies = [reply for held in situation.case.assignments for reply in held.replies]
    return frozenset((*permitted_numbers(situation), *(reply.phone for reply in replies)))


def _events(
    session: Session,
    loaded: Loaded,
    late: Mapping[int, str],
    revealed: bool,
    permitted: Collection[str],
) -> tuple[EventView, ...]:
    hidden = hidden_events(loaded.events, loaded.regulation, session.roles)
    standing = {step.id for step in effective_steps(loaded.events)}
    return tuple(
        EventView(
            id=event.id,
            action=event.action,
            title=_title(loaded.regulation, event.action),
            on=event.on,
            entered=event.entered,
            by=event.by,
            keys=_shown_keys(event, loaded.message, revealed, hidden.get(event.id, ""), permitted),
            void=event.action != CORRECT and event.id not in standing,
            practice=event.practice,
            late=late.get(event.id, ""),
            hidden=event.id in hidden,
        )
        for event in loaded.events
    )


def _shown_keys(
    event: Event, message: Message, revealed: bool, hidden: str, permitted: Collection[str]
) -> dict[str, str]:
    """Short facts as recorded; free text masked until revealed; what repeats the message left out.

    `hidden` stands in place of every value where this user may read none.
    """
    keys = plain_keys(event)
    if hidden:
        return covered(keys, hidden)
    if event.action == "register":
        keys = dict(event.keys)
    if revealed:
        return keys
    return covered_keys(event.action, keys, message.citizen, permitted, event.protected)


OTHER_TITLES = {
    "register": "登记",
    "void": "作废",
    "reveal": "查看受保护信息",
    "dispose-words": "销毁受保护文字",
    "paper": "制作文书",
    "paper-again": "原样再出文书",
    "renumber": "文号作废换号",
    "attach": "存入附件",
    FILE_NUMBER: "编档号",
    TAKE_OVER: "由旧台账接收",
    "correct": "更正",
    LINKED: "有件并入",
    UNLINKED: "并入的件退出",
    RECOUNT: "期限重算",
}


def _title(regulation: Regulation, action: str) -> str:
    rule = regulation.actions.get(action)
    return rule.title if rule is not None else OTHER_TITLES.get(action, action)
