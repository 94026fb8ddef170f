"""How the deadline of a case stands: a shape and words for its heading. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.clocks import FROM_DISPATCH
from desktop_app.domain.wording import date_words, deadline_words, short_date
from desktop_app.domain.work_calendar import PROVISIONAL
from desktop_app.services.case_view import CaseView

OVERDUE, DUE, REMIND, EXPECTED, PLAIN = "overdue", "due", "remind", "expected", "plain"
MARKS = {OVERDUE: "■", DUE: "●", REMIND: "▲", EXPECTED: "◇", PLAIN: ""}
"""The shape of each tone: colour never says anything alone."""


@dataclass(frozen=True, slots=True)
class DeadlineLine:
    """How the deadline stands: a tone with its shape, and words."""

    tone: str
    words: str

    @property
    def text(self) -> str:
        return f"{MARKS[self.tone]} {self.words}".strip()


def deadline_line(view: CaseView) -> DeadlineLine:
    """``■ 逾期 2 个工作日 · 10月9日 周五 当日止``; why there is none, where there is none."""
    clock, held = view.clock, view.case.lead
    if view.row.voided:
        return DeadlineLine(PLAIN, "")
    if held is None:
        return DeadlineLine(PLAIN, "尚未交办，没有办理期限" if _to_be_dispatched(view) else "没有办理期限")
    if clock is None or (not held.open and held.reply_in is None):
        again = "，重新交办后重新计算期限" if _to_be_dispatched(view) else ""
        return DeadlineLine(PLAIN, f"上次交办已结束（{held.how_ended}）{again}")
    day = f"{date_words(clock.due, view.today)} 当日止"
    notes = [PROVISIONAL] if clock.provisional else []
    if clock.ran_out or view.row.was_overdue:
        notes.append("曾逾期")
    reply = held.reply_in
    if reply is not None:
        return _line(PLAIN, f"已于 {date_words(reply.on, view.today)} 答复", f"期限 {day}", *notes)
    if clock.due_from == FROM_DISPATCH:
        notes.insert(0, "未签收，按交办日预计")
    left = -view.days_overdue if view.overdue else view.days_left
    # The day itself stands beside these words, so “明天到期 10-14 周三” says it once.
    words = deadline_words(clock.due, view.today, left).removesuffix(f" {short_date(clock.due, view.today)}")
    if not view.overdue and not clock.running and clock.due < view.today:
        return _line(EXPECTED, day, *notes)
    return _line(_tone(view), words, day, *notes)


def _to_be_dispatched(view: CaseView) -> bool:
    """Whether the case stands where it is dispatched, or before that."""
    states = [state.name for state in view.regulation.states]
    rule = view.regulation.actions["dispatch"]
    return states.index(view.case.status) <= max(map(states.index, rule.from_states))


def _line(tone: str, *parts: str) -> DeadlineLine:
    return DeadlineLine(tone, " · ".join(parts))


def _tone(view: CaseView) -> str:
    clock = view.clock
    if clock is None:
        return PLAIN
    if view.overdue:
        return OVERDUE
    if clock.due_from == FROM_DISPATCH:
        return EXPECTED
    if clock.due == view.today:
        return DUE
    if clock.reminder <= view.today:
        return REMIND
    return EXPECTED if clock.provisional else PLAIN
