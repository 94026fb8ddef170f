"""The rules behind a deadline, in words, each with its clause."""

from __future__ import annotations

from typing import Any

from desktop_app.domain.clocks import clock_of
from desktop_app.domain.count_rules import CIVIL_CODE, CountRule, count_rules
from desktop_app.domain.wording import long_date

Walks = Any


def rules_of(walk: Any) -> tuple[CountRule, ...]:
    held = walk.case.lead
    clock = clock_of(held, walk.regulation, walk.case, walk.calendar)
    return count_rules(held, walk.case, walk.regulation, clock, long_date)


def test_a_plain_count_has_a_start_a_first_day_and_a_limit(tongliao: Walks) -> None:
    start, first_day, limit = rules_of(tongliao.received())
    assert (start.words, start.clause) == ("从收到之日 2026年9月21日 起算", "第十一条")
    assert (first_day.clause, first_day.text) == (CIVIL_CODE, "")
    assert (limit.words, limit.clause) == ("期限 5 个工作日，当日止", "第十一条")
    assert start.text and not limit.text  # an article is quoted once


def test_what_is_not_received_says_so(xizang: Walks) -> None:
    assert rules_of(xizang.dispatched())[0].words == (
        "从交办之日（未签收，先按交办日预计） 2026年9月19日 起算"
    )


def test_a_shorter_limit_an_extension_and_a_rework_each_say_their_part(both: Walks) -> None:
    walk = both.received(days="3")
    both.grant(both.extension(walk, "2026-09-22", "2"), "2026-09-22")
    both.rework(both.reply(walk, "2026-09-24"), "2026-09-24", "2026-09-28")
    words = [rule.words for rule in rules_of(walk)]
    base = 10 if both.is_x else 5
    assert f"期限 3 个工作日（本单位交办时定为 3，规定为 {base}），当日止" in words
    assert "准予延期 2 个工作日，从原到期日接着算" in words
    assert words[-1] == "2026年9月24日退回重办，重办期限定为 2026年9月28日；下表是退回前的计算"


def test_a_superiors_date_is_named(tongliao: Walks) -> None:
    walk = tongliao.new(received="2026-11-10", source="主席板块")
    walk.act("accept", "2026-11-10", category="咨询", upstream_due="2026-11-12")
    walk.act("dispatch", "2026-11-10", lead="教育局").act("receive", "2026-11-10", by="孙科")
    (rule,) = [one for one in rules_of(walk) if one.words.startswith("上级要求")]
    assert "2026年11月12日" in rule.words and rule.clause == "第三条"
