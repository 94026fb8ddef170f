"""The charts of a bulletin: months, topics, units. One that has nothing to show is left out."""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.documents.charts import DARK, HATCHED, PLAIN, Bars, Chart, Columns, Series, png
from desktop_app.documents.fields_of_bulletins import CHARTS
from desktop_app.documents.papers.bulletin_numbers import rate
from desktop_app.domain.figures import NOBODY, UNSAID, Grouping
from desktop_app.domain.figures_summed import Group
from desktop_app.services.bulletin_matter import BulletinMatter

WIDTH = 150.0
"""Millimetres, as the template's pictures are wide."""
_DPI = 200
_MOST_TOPICS, _MOST_UNITS = 10, 12

Captioned = tuple[str, Chart]


def bulletin_charts(matter: BulletinMatter) -> dict[str, tuple[str, bytes]]:
    """By field of the template the caption and the picture. Refusal ``no_chinese_face``."""
    return {
        name: (caption, png(chart, WIDTH, dpi=_DPI)) for name, (caption, chart) in charts_of(matter).items()
    }


def charts_of(matter: BulletinMatter) -> dict[str, Captioned]:
    """The charts not yet drawn, each in the field where it belongs."""
    found = dict(zip(CHARTS, (_months(matter), _topics(matter), _units(matter)), strict=True))
    return {name: chart for name, chart in found.items() if chart is not None}


def _months(matter: BulletinMatter) -> Captioned | None:
    """What came in and what was answered, month by month; one month alone is no chart."""
    groups = matter.now.by(Grouping.MONTH)
    if len(groups) < 2:
        return None
    several = groups[0].name[:4] != groups[-1].name[:4]
    names = tuple(f"{one.name[:4]}-{one.name[5:]}" if several else f"{int(one.name[5:])}月" for one in groups)
    series = (
        Series("收到", tuple(_counts(groups, "received")), PLAIN),
        Series("已答复", tuple(_counts(groups, "replied")), HATCHED),
        Series("逾期", tuple(_counts(groups, "overdue")), DARK),
    )
    return "各月收到的件和其中已答复、逾期的件", Columns("", names, series)


def _topics(matter: BulletinMatter) -> Captioned | None:
    groups = [one for one in matter.now.by(Grouping.TOPIC) if one.name != UNSAID][:_MOST_TOPICS]
    if not groups:
        return None
    names = tuple(one.name for one in groups)
    chart = Bars("", names, (Series("收到", tuple(_counts(groups, "received"))),))
    return "反映较多的话题", chart


def _units(matter: BulletinMatter) -> Captioned | None:
    """The units with most cases: answered in time, late, not yet; behind the bar the rate."""
    groups = [one for one in matter.now.by(Grouping.UNIT) if one.name != NOBODY and one.sums.count("replied")]
    groups = sorted(groups, key=lambda one: (-one.sums.count("replied"), one.name))[:_MOST_UNITS]
    if not groups:
        return None
    series = (
        Series("按期答复", tuple(_counts(groups, "on_time")), PLAIN),
        Series("逾期答复", tuple(_counts(groups, "replied_late")), DARK),
    )
    notes = tuple(f"按期{rate(one.sums, 'on_time_rate')}" for one in groups)
    chart = Bars("", tuple(one.name for one in groups), series, notes)
    return "答复较多的单位按期和逾期答复的件", chart


def _counts(groups: list[Group] | tuple[Group, ...], key: str) -> Iterator[float]:
    return (float(one.sums.count(key)) for one in groups)
