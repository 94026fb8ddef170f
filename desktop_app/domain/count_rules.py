"""The rules by which a deadline was counted, in words, each with the clause behind it: for the screen and for paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.domain.assignment import Assignment
from desktop_app.domain.case import Case
from desktop_app.domain.clocks import Clock, upstream_due
from desktop_app.domain.deadlines import UNIT_WORDS
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.work_calendar import PROVISIONAL

CIVIL_CODE = "《中华人民共和国民法典》第二百零一条"

Say = Callable[[date], str]


@dataclass(frozen=True, slots=True)
class CountRule:
    """One rule of the count in words, where it stands, and the words of its article."""

    words: str
    clause: str
    text: str = ""


def count_rules(
    held: Assignment, case: Case, regulation: Regulation, clock: Clock, say: Say
) -> tuple[CountRule, ...]:
    """Every rule that made the due date of this assignment, in the order in which it worked. `say` writes a day."""
    return tuple(_once(_rules(held, case, regulation, clock, say)))


def _rules(
    held: Assignment, case: Case, regulation: Regulation, clock: Clock, say: Say
) -> Iterator[CountRule]:
    limits = regulation.limits_on(case.received)
    starts_with, article = regulation.clock.starts_with, regulation.clock.article
    start = held.received or held.dispatched
    how = f"{starts_with}之日" if held.received else "交办之日（未签收，先按交办日预计）"
    yield CountRule(f"从{how} {say(start)} 起算", article, regulation.article_text(article))
    yield CountRule("开始的当日不计入，自下一日开始计算", CIVIL_CODE)
    days, unit = held.days or limits.reply.days, UNIT_WORDS[limits.reply.unit]
    shorter = f"（本单位交办时定为 {days}，规定为 {limits.reply.days}）" if held.days else ""
    article = limits.reply.article
    yield CountRule(f"期限 {days} {unit}{shorter}，当日止", article, regulation.article_text(article))
    wanted_above = upstream_due(case)
    if wanted_above is not None:
        origin = regulation.term("source", case.source)
        yield CountRule(
            f"上级要求 {say(wanted_above)} 前办结，承办单位的期限不得超过这一天",
            origin.article if origin is not None else "",
        )
    article = limits.extension.article
    for one in held.extensions:
        if one.granted:
            yield CountRule(
                f"准予延期 {one.granted} {UNIT_WORDS[limits.extension.unit]}，从原到期日接着算",
                article,
                regulation.article_text(article),
            )
    if held.reworks:
        back = held.reworks[-1]
        rework = regulation.actions.get("rework")
        yield CountRule(
            f"{say(back.on)}退回重办，重办期限定为 {say(back.due)}；下表是退回前的计算",
            rework.article if rework is not None else "",
        )
    if clock.provisional:
        yield CountRule(PROVISIONAL, "放假通知发布并录入后重新计算")


def _once(rules: Iterable[CountRule]) -> Iterator[CountRule]:
    """An article that stands behind two rules is quoted once."""
    quoted: set[str] = set()
    for rule in rules:
        yield replace(rule, text="") if rule.text in quoted else rule
        quoted.add(rule.text)
