"""The worked examples of each regulation, `<id>/deadlines.toml`, one test an example."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain import deadlines
from desktop_app.domain.national_notices import standard_calendar
from desktop_app.domain.regulation import CALENDAR_DAYS, WORKING_DAYS
from desktop_app.domain.work_calendar import Notice, NoticeDay, WorkCalendar
from desktop_app.errors import Refusal
from desktop_app.services import regulations

HERE = Path(__file__).parent
UNITS = {"工作日": WORKING_DAYS, "日": CALENDAR_DAYS}

Example = dict[str, Any]


class Limits:
    """The table 期限 of a file; what no example states is the regulation's own."""

    def __init__(self, table: Example, regulation: str) -> None:
        unit = UNITS[table["单位"]]
        self.claim = regulations.load(regulation).limits.claim
        self.reply = deadlines.Limit(table["办理"], unit)
        self.cap = deadlines.Limit(table["延期上限"], unit)
        self.grace = deadlines.Limit(table["超期重办"], unit)
        self.clause: str = table["条款"]


def calendar_of(example: Example) -> WorkCalendar:
    """The standard calendar, with the notice the example supposes where it does."""
    supposed = example.get("假设通知")
    if supposed is None:
        return standard_calendar()
    off = [NoticeDay(day, "假设的节日", True) for day in supposed["放假"]]
    worked = [NoticeDay(day, "假设的节日", False) for day in supposed.get("上班", [])]
    notice = Notice(supposed["年份"], "假设的通知", "假设", (*off, *worked), supposed.get("地方", ""))
    return standard_calendar().with_notices(notice)


def due(example: Example, limits: Limits) -> None:
    found = deadlines.deadline(
        calendar_of(example), example["起算"], limits.reply, tuple(example.get("延期", ()))
    )
    assert (found.due, found.reminder) == (example["到期"], example["提醒"])
    assert found.provisional_years == tuple(example.get("暂定年份", ()))
    assert found.provisional is bool(example.get("暂定年份"))


def day_by_day(example: Example, limits: Limits) -> None:
    found = deadlines.deadline(
        calendar_of(example), example["起算"], limits.reply, tuple(example.get("延期", ()))
    )
    said = [
        f"{each.date} {'不计' if each.number is None else f'第{each.number}日'} {each.why}"
        for each in found.days
    ]
    assert said == example["各日"]


def over_cap(example: Example, limits: Limits) -> None:
    with pytest.raises(Refusal) as refused:
        deadlines.check_extension(limits.cap, example["已延"], example["再延"], limits.clause)
    assert (refused.value.code, refused.value.clause) == ("extension_over_cap", limits.clause)


def within_cap(example: Example, limits: Limits) -> None:
    deadlines.check_extension(limits.cap, example["已延"], example["再延"], limits.clause)
    assert deadlines.remaining_extension(limits.cap, example["已延"]) >= example["再延"]


def applied_late(example: Example, limits: Limits) -> None:
    assert deadlines.late_application(example["到期"], example["申请"]) is example["曾逾期"]


def overdue(example: Example, limits: Limits) -> None:
    today = example["今天"]
    stopped = min(example.get("答复", today), today)
    assert deadlines.is_overdue(example["到期"], stopped) is example["逾期"]
    if "工作日" in example:
        assert deadlines.days_overdue(standard_calendar(), example["到期"], today) == example["工作日"]


def rework(example: Example, limits: Limits) -> None:
    calendar, sent_back = standard_calendar(), example["退回"]
    terms = (example["起算"], limits.reply, limits.cap, sent_back)
    assert deadlines.latest_rework_date(calendar, *terms, grace=limits.grace) == example["最迟"]
    proposed = deadlines.proposed_rework_date(calendar, *terms, example["现到期"], limits.grace)
    assert proposed == example["建议"]


def claim(example: Example, limits: Limits) -> None:
    found = deadlines.end_of_period(standard_calendar(), example["交办"], limits.claim)
    assert found == example["最迟认领"]


def same_day(example: Example, limits: Limits) -> None:
    assert deadlines.publish_by(standard_calendar(), example["收到答复"]) == example["应公开"]


CHECKS: dict[str, Callable[[Example, Limits], None]] = {
    "到期": due,
    "逐日": day_by_day,
    "延期超限": over_cap,
    "延期允许": within_cap,
    "迟申请": applied_late,
    "逾期": overdue,
    "重办": rework,
    "认领": claim,
    "当日公开": same_day,
}


def files() -> list[tuple[str, Example]]:
    return [
        (path.parent.name, tomllib.loads(path.read_text("utf-8")))
        for path in sorted(HERE.glob("*/deadlines.toml"))
    ]


def examples() -> list[Any]:
    return [
        pytest.param(section, example, Limits(table["期限"], folder), id=f"{folder}-{section}-{number}")
        for folder, table in files()
        for section, entries in table.items()
        if section in CHECKS
        for number, example in enumerate(entries, start=1)
    ]


@pytest.mark.parametrize(("section", "example", "limits"), examples())
def test_example(section: str, example: Example, limits: Limits) -> None:
    CHECKS[section](example, limits)


@pytest.mark.parametrize(("folder", "table"), files(), ids=[folder for folder, _ in files()])
def test_a_file_holds_only_known_sections(folder: str, table: Example) -> None:
    assert set(table) - set(CHECKS) == {"规定", "期限"}
    assert table["规定"] == folder


@pytest.mark.parametrize(("folder", "table"), files(), ids=[folder for folder, _ in files()])
def test_the_limits_of_the_examples_are_those_of_the_regulation(folder: str, table: Example) -> None:
    told, held = Limits(table["期限"], folder), regulations.load(folder).limits
    for mine, limit in ((told.reply, held.reply), (told.cap, held.extension), (told.grace, held.rework)):
        assert (mine.days, mine.unit) == (limit.days, limit.unit)
    assert told.clause == held.extension.article


def test_every_row_of_the_rules_is_there() -> None:
    """The rows of the design's table of worked examples, one by one."""
    rows = {
        "xizang-2017": {
            (date(2026, 9, 21), 0),
            (date(2026, 9, 21), 20),
            (date(2026, 2, 9), 0),
            (date(2026, 2, 13), 0),
            (date(2026, 11, 23), 0),
            (date(2026, 12, 21), 0),
        },
        "tongliao-2023": {
            (date(2026, 9, 24), 0),
            (date(2026, 9, 24), 3),
            (date(2026, 9, 26), 0),
            (date(2026, 9, 30), 0),
            (date(2026, 4, 28), 0),
        },
    }
    held = {
        folder: {(each["起算"], sum(each.get("延期", ()))) for each in table["到期"]}
        for folder, table in files()
    }
    assert {folder: wanted - held[folder] for folder, wanted in rows.items()} == {
        folder: set() for folder in rows
    }
