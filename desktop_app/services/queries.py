"""Questions to the register: lists, counts and what is to do. All answers are frozen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.case_queries import CasePage, CaseQuery, Cursor
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.deadlines import days_overdue
from desktop_app.domain.masking import masked
from desktop_app.domain.messages import Citizen, Message
from desktop_app.domain.open_items import OpenItem
from desktop_app.domain.privacy import masked_text
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services import regulations
from desktop_app.services.open_cases import open_cases
from desktop_app.services.searching import as_may_be_asked
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list as it may be shown: title and citizen masked, overdue counted for today. `found`: where in
    its text stands what was searched for."""

    row: CaseRow
    citizen: Citizen
    overdue: bool
    days_overdue: int
    days_left: int
    found: str = ""

    @property
    def number(self) -> str:
        return self.row.number


@dataclass(frozen=True, slots=True)
class ListPage:
    cases: tuple[Listed, ...]
    next: Cursor | None
    total: int
    total_exact: bool


def list_cases(session: Session, query: CaseQuery, limit: int = 50, after: Cursor | None = None) -> ListPage:
    """One page of the register, by keyset: the next begins after `next`."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        page: CasePage = work.cases.page(as_may_be_asked(session, work, query), after, limit)
        messages = work.messages.get_many([row.number for row in page.rows])
    listed = tuple(listed_row(row, messages.get(row.number), session) for row in page.rows)
    return ListPage(listed, page.next, page.total, page.total_exact)


def case_numbers(session: Session, query: CaseQuery) -> list[str]:
    """The register numbers of all that match, in the order of the list."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        return work.cases.numbers(as_may_be_asked(session, work, query))


def count_cases(session: Session, query: CaseQuery) -> int:
    session.require(Right.SEE_CASES)
    with session.read() as work:
        return work.cases.total(as_may_be_asked(session, work, query))[0]


def listed_row(row: CaseRow, message: Message | None, session: Session) -> Listed:
    citizen = masked(message.citizen) if message is not None else Citizen()
    return _listed(_covered(row, message.citizen if message is not None else Citizen()), citizen, session)


def row_without_citizen(row: CaseRow, citizen: Citizen, session: Session) -> Listed:
    """The same where the citizen is not shown at all, but for the title, in which she is masked."""
    return _listed(_covered(row, citizen), Citizen(), session)


def _covered(row: CaseRow, citizen: Citizen) -> CaseRow:
    topic = masked_text(row.topic, citizen) if row.topic else ""
    return replace(row, title=masked_text(row.title, citizen), topic=topic)


def _listed(row: CaseRow, citizen: Citizen, session: Session) -> Listed:
    calendar, today = session.calendar(), session.today
    late = row.awaiting_reply and row.due is not None and row.due < today
    left = calendar.working_days_between(today, row.due) if row.due is not None and row.due > today else 0
    return Listed(
        row=row,
        citizen=citizen,
        overdue=late,
        days_overdue=days_overdue(calendar, row.due, today) if late and row.due is not None else 0,
        days_left=left,
    )


def query_of(
    session: Session,
    *,
    status: str | None = None,
    unit: str | None = None,
    category: str | None = None,
    text: str | None = None,
    due_from: date | None = None,
    due_to: date | None = None,
    overdue: bool = False,
    sort: str = "number",
    descending: bool | None = None,
) -> CaseQuery:
    """A query from what a person says; a unit by any of its names, a category also in its short form.

    Refusal `unknown_unit`; `unknown_value` for a state or category that no regulation has. By number the
    newest stand first unless told otherwise; in other sorts the first.
    """
    if unit:
        with session.read() as work:
            found = session.units(work).find(unit)
        if found is None:
            raise Refusal("unknown_unit", f"单位名册中没有“{unit}”。", None, "请核对名称。")
        unit = found.name
    return CaseQuery(
        status=_state(status) if status else None,
        unit=unit or None,
        category=_category(category) if category else None,
        text=text or None,
        due_from=due_from,
        due_to=due_to,
        overdue_on=session.today if overdue else None,
        sort=sort,  # type: ignore[arg-type]
        descending=descending if descending is not None else sort == "number",
    )


def _state(name: str) -> str:
    known = dict.fromkeys(state.name for one in regulations.load_all() for state in one.states)
    if name not in known:
        raise Refusal("unknown_value", f"没有“{name}”这种状态；可填：{'、'.join(known)}。")
    return name


def _category(name: str) -> str:
    for one in regulations.load_all():
        term = one.term("category", name)
        if term is not None:
            return term.value
    known = dict.fromkeys(value for one in regulations.load_all() for value in one.values("category"))
    raise Refusal("unknown_value", f"没有“{name}”这种类别；可填：{'、'.join(known)}。")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases stand in each state, and how many are overdue today; voided ones left out."""

    by_status: dict[str, int]
    overdue: int

    @property
    def total(self) -> int:
        return sum(self.by_status.values())


def count_by_status(session: Session) -> Counts:
    session.require(Right.SEE_CASES)
    with session.read() as work:
        overdue, _ = work.cases.total(CaseQuery(overdue_on=session.today))
        return Counts(work.cases.count_by_status(), overdue)


# ------------------------------------------------------------------ to do


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One open item of one case."""

    item: OpenItem
    row: CaseRow


def todo(session: Session, on: date | None = None) -> tuple[TodoItem, ...]:
    """All that is open on that day, in the order of the regulations' files, then by number.

    On a day gone by: what is open still and was already then.
    """
    session.require(Right.SEE_CASES)
    day = on or session.today
    with session.read() as work:
        opened = [one for one in open_cases(session, work, day) if one.items[day]]
        rows = work.cases.some(one.row.number for one in opened)
    places = {
        one.id: {rule.kind: place for place, rule in enumerate(one.open_items)}
        for one in regulations.load_all()
    }
    found = [
        TodoItem(item, rows[one.row.number]) for one in opened for item in one.items[day] if item.since <= day
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (places[one.row.regulation][one.item.kind], one.row.year, one.row.serial),
        )
    )
