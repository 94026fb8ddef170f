"""时限计算说明: the printed proof of a date, every day counted and why (X 第五条（四）, T 第十一条)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, clock_now, head_of
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.recorded_values import Values
from desktop_app.documents.template_pieces import Row
from desktop_app.domain.clocks import FROM_DISPATCH, counted_days
from desktop_app.domain.count_rules import CountRule, count_rules
from desktop_app.domain.deadlines import CountedDay
from desktop_app.domain.wording import full_date, long_date
from desktop_app.domain.work_calendar import PROVISIONAL, WEEKDAYS
from desktop_app.services.papers import PaperSource

_FIRST_MARK = ord("①")


@dataclass(frozen=True, slots=True)
class DeadlineNoteFacts:
    """All that the note says. start: the day on which the count begins, itself not counted; reminder_article: where
    the reminder stands."""

    head: PaperHead
    on: date
    start: date
    starts_with: str
    from_dispatch: bool
    due: date
    reminder: date
    reminder_article: str
    provisional: bool
    rules: tuple[CountRule, ...]
    days: tuple[CountedDay, ...]


def deadline_note_facts(source: PaperSource) -> DeadlineNoteFacts:
    held, clock = source.assignment, clock_now(source)
    if held is None or clock is None:
        raise ValueError("a count of days needs a unit's clock")
    regulation, case = source.regulation, source.case
    return DeadlineNoteFacts(
        head=head_of(source),
        on=source.today,
        start=clock.start,
        starts_with=regulation.clock.starts_with,
        from_dispatch=clock.due_from == FROM_DISPATCH,
        due=clock.due,
        reminder=clock.reminder,
        reminder_article=regulation.clock.reminder_article,
        provisional=clock.provisional,
        rules=count_rules(held, case, regulation, clock, long_date),
        days=counted_days(held, regulation, case, source.calendar),
    )


def deadline_note_values(facts: DeadlineNoteFacts) -> Values:
    marks = _marks(facts.days)
    reminder = CountRule("提醒日为到期日前的最后一个工作日", facts.reminder_article)
    counted = sum(1 for day in facts.days if day.number is not None)
    return {
        **head_values(facts.head),
        "起算日期": full_date(facts.start),
        "起算事由": "交办（未签收，按交办日预计）" if facts.from_dispatch else facts.starts_with,
        "到期日": full_date(facts.due),
        "提醒日": full_date(facts.reminder),
        "计入天数": f"计入{counted}日，不计入{len(facts.days) - counted}日",
        "通知名录": "\n".join(f"{mark}{source}" for source, mark in marks.items()),
        "暂定说明": f"{PROVISIONAL}，放假通知发布并录入后重新计算。" if facts.provisional else "",
        "署名": facts.head.office.name,
        "成文日期": long_date(facts.on),
        "规则": [
            {"序号": str(number), "内容": rule.words, "依据": rule.clause or "本单位规定", "条文": rule.text}
            for number, rule in enumerate((*facts.rules, reminder), start=1)
        ],
        "日": [_first_day(facts), *(_day(day, marks) for day in facts.days)],
    }


def _marks(days: Iterable[CountedDay]) -> dict[str, str]:
    """Each notice once, with the mark by which the days cite it."""
    sources = dict.fromkeys(day.source for day in days if day.source)
    return {source: chr(_FIRST_MARK + place) for place, source in enumerate(sources)}


def _first_day(facts: DeadlineNoteFacts) -> Row:
    return {
        "日期": long_date(facts.start),
        "星期": WEEKDAYS[facts.start.weekday()],
        "计数": "不计",
        "理由": "起算当日，不计入",
        "通知": "—",
    }


def _day(day: CountedDay, marks: Mapping[str, str]) -> Row:
    return {
        "日期": long_date(day.date),
        "星期": WEEKDAYS[day.date.weekday()],
        "计数": f"第{day.number}日" if day.number is not None else "不计",
        "理由": day.why,
        "通知": marks[day.source] if day.source else "—",
    }
