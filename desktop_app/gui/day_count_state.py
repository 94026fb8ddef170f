"""Why the deadline is that day: the rules with their articles, and every day between. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.assignment import Assignment
from desktop_app.domain.deadlines import UNIT_WORDS, CountedDay
from desktop_app.domain.wording import date_words
from desktop_app.domain.work_calendar import PROVISIONAL
from desktop_app.services.case_view import CaseView

CIVIL_CODE = "《中华人民共和国民法典》第二百零一条"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the count in words, where it stands, and the words of its article."""

    words: str
    clause: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day: its place in the count (empty where it has none), why, and by which notice."""

    day: str
    place: str
    why: str
    source: str
    counts: bool


@dataclass(frozen=True, slots=True)
class DayCount:
    rules: tuple[Rule, ...]
    days: tuple[DayLine, ...]


def day_count(view: CaseView) -> DayCount:
    """The count of the assignment that leads, or led last; empty where the case was never dispatched."""
    held = view.case.lead
    if held is None or view.clock is None:
        return DayCount((), ())
    return DayCount(tuple(_rules(view, held)), tuple(_day(view, day) for day in view.days))


def _rules(view: CaseView, held: Assignment) -> list[Rule]:
    regulation, today = view.regulation, view.today
    limits = regulation.limits_on(view.case.received)
    start = held.received or held.dispatched
    how = f"{regulation.clock.starts_with}之日" if held.received else "交办之日（未签收，先按交办日预计）"
    rules = [
        Rule(
            f"从{how} {date_words(start, today)} 起算",
            regulation.clock.article,
            regulation.article_text(regulation.clock.article),
        ),
        Rule("开始的当日不计入，自下一日开始计算", CIVIL_CODE),
    ]
    days = held.days or limits.reply.days
    shorter = f"（本单位交办时定为 {days}，规定为 {limits.reply.days}）" if held.days else ""
    rules.append(
        Rule(
            f"期限 {days} {UNIT_WORDS[limits.reply.unit]}{shorter}，当日止",
            limits.reply.article,
            regulation.article_text(limits.reply.article),
        )
    )
    for one in held.extensions:
        if one.granted:
            rules.append(
                Rule(
                    f"准予延期 {one.granted} {UNIT_WORDS[limits.extension.unit]}，从原到期日接着算",
                    limits.extension.article,
                    regulation.article_text(limits.extension.article),
                )
            )
    if held.reworks:
        back = held.reworks[-1]
        rework = regulation.actions.get("rework")
        rules.append(
            Rule(
                f"{date_words(back.on, today)}退回重办，重办期限定为 {date_words(back.due, today)}；下表是退回前的计算",
                rework.article if rework is not None else "",
            )
        )
    if view.clock is not None and view.clock.provisional:
        rules.append(Rule(PROVISIONAL, "放假通知发布并录入后重新计算"))
    return _once(rules)


def _once(rules: list[Rule]) -> list[Rule]:
    """An article that stands behind two rules is quoted once."""
    quoted: set[str] = set()
    kept = []
    for rule in rules:
        kept.append(replace(rule, text="") if rule.text in quoted else rule)
        quoted.add(rule.text)
    return kept


def _day(view: CaseView, day: CountedDay) -> DayLine:
    written = f"{day.date.month}月{day.date.day}日"
    return DayLine(
        day=written if day.date.year == view.today.year else f"{day.date.year}年{written}",
        place=f"第 {day.number} 日" if day.number is not None else "—",
        why=f"{day.why}（暂定）" if day.provisional else day.why,
        source=day.source or "",
        counts=day.number is not None,
    )
