"""The morning desk (今日工作台): what must be done today, in the order of the law, and what comes on the next working day.

On a day off nothing must be done; the desk then shows what waits for the next working day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.kept_items import OpenRow
from desktop_app.domain.office_items import OfficeItem
from desktop_app.domain.open_items import OpenItem
from desktop_app.domain.regulation import OpenItemRule, Regulation
from desktop_app.domain.rights import Right
from desktop_app.domain.work_calendar import Day
from desktop_app.services import regulations
from desktop_app.services.office_duties import duties_in
from desktop_app.services.open_cases import OpenCase, open_cases
from desktop_app.services.pressure import PRESSING
from desktop_app.services.queries import Listed, row_without_citizen
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

REMINDER, DUE = "reminder_due", "due_today"
"""Triggers (`open_items.TRIGGERS`) of what the desk foretells for the next working day."""


@dataclass(frozen=True, slots=True)
class DeskGroup:
    """All cases on which one thing is to be done. `cases` are the first of `numbers`, as they may be shown.

    `kinds`: how the regulations call it, one name each where they differ; `clauses`: their articles, by the
    regulation's short title. `verb` is the step that settles it, empty where none does; `verb_title` its name;
    `allowed` whether this user may take it. `unpressed`: those on which that step has not been taken since the
    thing came up, where it is one of pressure.
    """

    trigger: str
    kinds: tuple[str, ...]
    clauses: tuple[tuple[str, str], ...]
    verb: str
    verb_title: str
    allowed: bool
    blocking: bool
    numbers: tuple[str, ...]
    cases: tuple[Listed, ...]
    unpressed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of one day. `shown` is the day whose groups stand there: the day itself, or the next working day.

    On `next_day`, the working day after the one shown, `reminders_coming` cases must be reminded of for the first
    time, and `due_coming` fall due. `begun`: the office has a case at all.
    """

    day: Day
    shown: date
    groups: tuple[DeskGroup, ...]
    duties: tuple[OfficeItem, ...]
    next_day: date
    reminders_coming: int
    due_coming: int
    begun: bool = True

    @property
    def total(self) -> int:
        """How many things must be done on the day itself; none on a day off."""
        return self.waiting if self.day.working else 0

    @property
    def waiting(self) -> int:
        """How many things stand there, whichever day they are for."""
        return sum(len(group.numbers) for group in self.groups) + len(self.duties)


@dataclass(slots=True)
class _Pile:
    """A group while it is gathered: the rules that mean it, and what they found."""

    rules: dict[str, OpenItemRule] = field(default_factory=dict)
    found: list[tuple[OpenCase, OpenItem]] = field(default_factory=list)

    def means(self, rule: OpenItemRule) -> bool:
        """Two regulations ask for one thing where its name is one, or trigger and step are."""
        return any(
            (one.trigger, one.verb) == (rule.trigger, rule.verb) or one.kind == rule.kind
            for one in self.rules.values()
        )

    def first(self, most: int, whole: Collection[str]) -> list[OpenCase]:
        """The cases that are shown; a line that says of a single further one takes the place of that one."""
        all_of_it = any(rule.kind in whole for rule in self.rules.values()) or len(self.found) == most + 1
        return [one for one, _ in (self.found if all_of_it else self.found[:most])]


def desk(session: Session, most: int = 50, whole: Collection[str] = ()) -> Desk:
    """The desk of today, with at most `most` cases shown in each group, and all of those whose kind is in `whole`."""
    session.require(Right.SEE_CASES)
    calendar, today = session.calendar(), session.today
    shown = calendar.next_working_day_on_or_after(today)
    next_day = calendar.nth_working_day_after(shown, 1)
    with session.read() as work:
        piles = _in_order(session.default_regulation(work))
        cases = open_cases(session, work, shown, ahead=next_day)
        duties = duties_in(session, work, shown)
        begun = work.cases.first_received() is not None
        _gather(piles, cases, shown)
        lines = _lines(session, work, [one for pile in piles for one in pile.first(most, whole)])
    ahead = [(_rule(one.row, item).trigger, item) for one in cases for item in one.items.get(next_day, ())]
    return Desk(
        day=calendar.day(today),
        shown=shown,
        groups=tuple(
            _group(session, pile, [lines[one.row.number] for one in pile.first(most, whole)])
            for pile in piles
            if pile.found
        ),
        duties=duties,
        next_day=next_day,
        reminders_coming=sum(
            1 for trigger, item in ahead if trigger == REMINDER and shown < item.since <= next_day
        ),
        due_coming=sum(1 for trigger, _ in ahead if trigger == DUE),
        begun=begun,
    )


def _rule(row: OpenRow, item: OpenItem) -> OpenItemRule:
    return next(rule for rule in regulations.load(row.regulation).open_items if rule.kind == item.kind)


def _lines(session: Session, work: Work, cases: Iterable[OpenCase]) -> dict[str, Listed]:
    numbers = list(dict.fromkeys(one.row.number for one in cases))
    rows, citizens = work.cases.some(numbers), work.messages.citizens(numbers)
    return {number: row_without_citizen(rows[number], citizens[number], session) for number in numbers}


def _in_order(own: Regulation) -> list[_Pile]:
    """A pile for each thing that any regulation asks for, in the order of the office's own; what only another
    knows stands after what comes before it there."""
    piles: list[_Pile] = []
    for regulation in (own, *(one for one in regulations.load_all() if one.id != own.id)):
        place = -1
        for rule in regulation.open_items:
            known = next(
                (at for at, one in enumerate(piles) if regulation.id not in one.rules and one.means(rule)),
                None,
            )
            if known is None:
                place += 1
                piles.insert(place, _Pile({regulation.id: rule}))
            else:
                piles[known].rules[regulation.id] = rule
                place = known
    return piles


def _gather(piles: Iterable[_Pile], cases: Iterable[OpenCase], day: date) -> None:
    of_rule = {(regulation, rule.kind): pile for pile in piles for regulation, rule in pile.rules.items()}
    for one in cases:
        for item in one.items[day]:
            of_rule[one.row.regulation, item.kind].found.append((one, item))


def _group(session: Session, pile: _Pile, lines: Sequence[Listed]) -> DeskGroup:
    used = [regulations.load(name) for name in dict.fromkeys(one.row.regulation for one, _ in pile.found)]
    rules = [pile.rules[one.id] for one in used]
    verb = rules[0].verb
    actions = [one.actions[verb] for one in used if verb in one.actions]
    return DeskGroup(
        trigger=rules[0].trigger,
        kinds=tuple(dict.fromkeys(rule.kind for rule in rules)),
        clauses=tuple(
            (one.short_title, rule.article) for one, rule in zip(used, rules, strict=True) if rule.article
        ),
        verb=verb,
        verb_title="、".join(dict.fromkeys(action.title for action in actions)),
        allowed=any(action.role in session.roles for action in actions),
        blocking=any(rule.blocking for rule in rules),
        numbers=tuple(one.row.number for one, _ in pile.found),
        cases=tuple(lines),
        unpressed=tuple(
            one.row.number
            for one, item in pile.found
            if verb in PRESSING and not one.pressed_since(verb, item.since)
        ),
    )
