"""What the morning desk shows, in words: its groups, lines, and what comes next. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.office_items import OfficeItem
from desktop_app.domain.wording import date_words, short_date
from desktop_app.gui.calendar_state import Mark
from desktop_app.gui.register_state import DeadlineWords, Filters, deadline_of
from desktop_app.gui.register_state import empty_words as words_of_empty_list
from desktop_app.services.desk import Desk, DeskGroup
from desktop_app.services.queries import Listed
from desktop_app.services.reminders import OVERDUE, REMINDER

LINES_AT_FIRST = 5
"""Cases under a heading until all are asked for: with many groups, the groups themselves must be in sight."""
TITLE = "今日工作台"
SETTLE = "登记办了"
OWN_RULE = "本单位规定"
"""In place of a clause where no regulation asks for it."""
OFFICE = "本单位的事"

_MARKS: Mapping[str, Mark] = {
    OVERDUE: Mark.OVERDUE,
    "due_today": Mark.DUE,
    REMINDER: Mark.REMIND,
    "unclaimed": Mark.EXPECTED,
}
PRESS_KEYS: Mapping[str, str] = {REMINDER: "F9", OVERDUE: "Shift+F9"}
"""Triggers whose step is taken on all cases at once, and the key that does it."""


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A case, or with an empty `number` something the office itself owes (`duty`)."""

    number: str
    title: str
    unit: str
    deadline: DeadlineWords
    detail: str
    duty: OfficeItem | None = None


@dataclass(frozen=True, slots=True)
class DeskHeading:
    """A group: its name, count and clause; the words of its button, empty where it has none.

    `key` tells it from the others from one showing to the next. `verb` is the step that its cases are opened with;
    `press` the trigger by which the button takes it on all of them. `rest`: cases that are not among its `lines`.
    """

    key: str
    name: str
    count: str
    clause: str
    clause_detail: str
    mark: Mark | None
    verb: str
    button: str
    press: str
    numbers: tuple[str, ...]
    lines: tuple[DeskLine, ...]
    rest: int

    @property
    def spoken(self) -> str:
        """The heading in one sentence, for screen readers."""
        return "，".join(part for part in (self.name, self.count, self.clause, self.button) if part)


def headings(desk: Desk, today: date) -> tuple[DeskHeading, ...]:
    """Every group of the desk, in its order; what the office itself owes last."""
    shown = [_heading(group, today, desk.day.working) for group in desk.groups]
    return tuple(shown) + ((_of_office(desk, today),) if desk.duties else ())


def _heading(group: DeskGroup, today: date, working: bool) -> DeskHeading:
    press = group.trigger if working and group.trigger in PRESS_KEYS and group.unpressed else ""
    clauses = tuple(dict.fromkeys(clause for _, clause in group.clauses))
    return DeskHeading(
        key=group.kinds[0],
        name="、".join(group.kinds),
        count=f"{len(group.numbers):,} 件",
        clause="、".join(clauses) or OWN_RULE,
        clause_detail="\n".join(f"{title} {clause}" for title, clause in group.clauses),
        mark=_MARKS.get(group.trigger),
        verb=group.verb if group.allowed else "",
        button=_button(group, press),
        press=press if group.allowed else "",
        numbers=group.numbers,
        lines=tuple(_line(one, today) for one in group.cases),
        rest=len(group.numbers) - len(group.cases),
    )


def _button(group: DeskGroup, press: str) -> str:
    if not group.allowed:
        return ""
    if not press:
        return group.verb_title
    some = "" if len(group.unpressed) == len(group.numbers) else f" {len(group.unpressed):,} 件"
    return f"全部{group.verb_title}并出单{some}　{PRESS_KEYS[press]}"


def _line(one: Listed, today: date) -> DeskLine:
    deadline = deadline_of(one, today)
    stands = " · ".join(part for part in (one.row.status, one.row.lead, deadline.text) if part)
    return DeskLine(
        one.number, one.row.title, one.row.lead, deadline, f"{one.number}  {one.row.title}\n{stands}"
    )


def _of_office(desk: Desk, today: date) -> DeskHeading:
    lines = tuple(_duty(one, today) for one in desk.duties)
    return DeskHeading(
        key=OFFICE,
        name=OFFICE,
        count=f"{len(lines)} 项",
        clause="、".join(dict.fromkeys(one.clause for one in desk.duties if one.clause)),
        clause_detail="",
        mark=None,
        verb="",
        button=SETTLE,
        press="",
        numbers=(),
        lines=lines,
        rest=0,
    )


def _duty(one: OfficeItem, today: date) -> DeskLine:
    until = f"到 {short_date(one.until, today)}" if one.until is not None else ""
    words = until or f"自 {short_date(one.since, today)}"
    late = one.until is not None and one.until < today
    return DeskLine(
        number="",
        title=f"{one.kind}　{one.period.words}",
        unit="",
        deadline=DeadlineWords(Mark.OVERDUE if late else None, words),
        detail=f"{one.kind}　{one.period.words}　自 {date_words(one.since, today)}",
        duty=one,
    )


def tab_title(desk: Desk) -> str:
    """``今日工作台(12)``."""
    return f"{TITLE}({desk.total:,})" if desk.total else TITLE


def day_words(desk: Desk, today: date) -> str:
    """``10月13日 周二 · 工作日``."""
    return f"{date_words(desk.day.date, today)} · {_why(desk)}"


def _why(desk: Desk) -> str:
    return desk.day.why.split("，", 1)[-1]


def sum_words(desk: Desk) -> str:
    return f"今天要办 {desk.total:,} 项" if desk.total else ""


def day_off_words(desk: Desk, today: date) -> str:
    """What stands over the groups on a day off; empty on a working day."""
    if desk.day.working:
        return ""
    words = f"今天不上班（{_why(desk)}），没有必须办理的事项。"
    if not desk.waiting:
        return words
    return f"{words}下面是下一个工作日 {date_words(desk.shown, today)} 要办的。"


def empty_words(desk: Desk, today: date) -> str:
    """What stands in the place of the groups where there are none, with what comes next."""
    if not desk.begun:
        return words_of_empty_list(Filters(), "")
    words = day_off_words(desk, today) or "今天没有必须办理的事项。"
    return f"{words}\n\n{coming_words(desk, today)}"


def coming_words(desk: Desk, today: date) -> str:
    """What the next working day brings: ``明天 10月14日 周三：须提醒 2 件，到期 3 件。``"""
    day = date_words(desk.next_day, today)
    ahead = (desk.next_day - today).days
    when = f"明天 {day}" if ahead == 1 else f"下一个工作日 {day}" if desk.day.working else f"其后 {day}"
    counts = [
        f"{words} {count:,} 件"
        for words, count in (("须提醒", desk.reminders_coming), ("到期", desk.due_coming))
        if count
    ]
    return f"{when}：{'，'.join(counts) or '没有新的须提醒和到期的件'}。"
