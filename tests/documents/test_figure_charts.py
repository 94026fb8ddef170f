"""Charts made of figures: the groups with most to show, last year beside this one, nothing where there is nothing."""

from __future__ import annotations

from datetime import date

from desktop_app.documents import figure_charts
from desktop_app.documents.figure_charts import MOST_BARS
from desktop_app.domain.figures import Grouping
from desktop_app.domain.figures_summed import Group, Sums
from desktop_app.services.statistics import Compared, Statistics

TODAY = date(2026, 11, 26)
NONE = Sums()


def sums(received: int, on_time: int = 0, late: int = 0, late_days: tuple[int, ...] = ()) -> Sums:
    numbers = tuple(f"2026-{place:04d}" for place in range(1, received + 1))
    replied = numbers[: on_time + late]
    return Sums(
        {
            "received": numbers,
            "replied": replied,
            "on_time": replied[:on_time],
            "replied_late": replied[on_time:],
        },
        late_days=tuple((days, f"2026-{place:04d}") for place, days in enumerate(late_days, start=1)),
    )


def told(units: tuple[Group, ...] = (), now: Sums = NONE, before: Sums = NONE) -> Compared:
    months = {
        Grouping.UNIT: units,
        Grouping.MONTH: (Group("2026-08", sums(4)), Group("2026-09", sums(6))),
    }
    then = {Grouping.MONTH: (Group("2025-09", sums(3)),)} if before.cases else {}
    return Compared(
        Statistics(date(2026, 8, 1), date(2026, 9, 30), TODAY, now, months),
        Statistics(date(2025, 8, 1), date(2025, 9, 30), TODAY, before, then),
    )


def test_answers_by_unit_with_the_rate_and_its_counts_behind_each_bar() -> None:
    chart = figure_charts.answers_chart(
        told((Group("甲局", sums(9, 6, 2)), Group("乙局", sums(3)))), Grouping.UNIT
    )
    assert chart.names == ("甲局",) and chart.notes == ("75.0%（6/8）",)
    assert [(one.name, one.values) for one in chart.series] == [
        ("按期答复", (6.0,)),
        ("逾期答复", (2.0,)),
        ("逾期未答复", (0.0,)),
    ]
    assert chart.title == "2026年8月至9月各承办单位答复情况"


def test_too_many_units_leave_the_smallest_out_and_say_so() -> None:
    units = tuple(Group(f"第{place}局", sums(place, place)) for place in range(1, MOST_BARS + 4))
    chart = figure_charts.answers_chart(told(units), Grouping.UNIT)
    assert len(chart.names) == MOST_BARS and chart.names[0] == f"第{MOST_BARS + 3}局"
    assert "第1局" not in chart.names and chart.title.endswith(f"（答复件数前 {MOST_BARS} 位）")


def test_months_beside_those_of_last_year_where_anything_came_then() -> None:
    alone = figure_charts.months_chart(told())
    assert [(one.name, one.values) for one in alone.series] == [("2026年", (4.0, 6.0))]
    both = figure_charts.months_chart(told(before=sums(3)))
    assert both.names == ("8月", "9月")
    assert [(one.name, one.values) for one in both.series] == [("2026年", (4.0, 6.0)), ("2025年", (0.0, 3.0))]
    assert both.title == "2026年8月至9月各月收到的留言，与上年同期"


def test_how_late_by_steps_and_no_chart_of_nothing() -> None:
    chart = figure_charts.late_chart(told(now=sums(5, late_days=(0, 1, 3, 12))))
    assert dict(zip(chart.names, chart.series[0].values, strict=True)) == {
        "不足1个工作日": 1.0,
        "1至3个工作日": 2.0,
        "4至5个工作日": 0.0,
        "6至10个工作日": 0.0,
        "10个工作日以上": 1.0,
    }
    assert figure_charts.late_chart(told()).names == ()


def test_received_by_group_the_most_first() -> None:
    chart = figure_charts.received_chart(
        told((Group("甲局", sums(2)), Group("乙局", sums(5)), Group("丙局", sums(0)))), Grouping.UNIT
    )
    assert (chart.names, chart.series[0].values) == (("乙局", "甲局"), (5.0, 2.0))
