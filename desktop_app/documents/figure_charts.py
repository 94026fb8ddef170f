"""Which charts a period's figures make: cases by group and how they were answered, and month by month beside last year."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.documents.charts import DARK, HATCHED, PLAIN, Bars, Columns, Series
from desktop_app.domain.figures import BY_KEY, GROUPING_WORDS, Grouping
from desktop_app.domain.figures_summed import Group
from desktop_app.domain.figures_wording import period_words, value_words
from desktop_app.services.statistics import Compared

MOST_BARS = 15
"""More would not be read; the rest stands in the table."""

_ANSWERS = (("on_time", PLAIN), ("replied_late", HATCHED), ("overdue_open", DARK))


def answers_chart(compared: Compared, by: Grouping) -> Bars:
    """By group: answered on time, late, and past due with no answer; the rate on time behind each bar."""
    now = compared.now
    groups = [one for one in now.by(by) if any(one.sums.count(key) for key, _ in _ANSWERS)]
    shown = groups[:MOST_BARS]
    left = f"（答复件数前 {MOST_BARS} 位）" if len(groups) > MOST_BARS else ""
    if left:
        groups.sort(key=lambda one: -sum(one.sums.count(key) for key, _ in _ANSWERS))
        shown = groups[:MOST_BARS]
    return Bars(
        title=f"{period_words(now.first, now.last)}各{GROUPING_WORDS[by]}答复情况{left}",
        names=tuple(one.name for one in shown),
        series=tuple(
            Series(BY_KEY[key].name, tuple(float(one.sums.count(key)) for one in shown), look)
            for key, look in _ANSWERS
        ),
        notes=tuple(value_words(one.sums, "on_time_rate") for one in shown),
    )


def received_chart(compared: Compared, by: Grouping) -> Bars:
    """How many came in, by group, the most first."""
    now = compared.now
    groups = sorted(now.by(by), key=lambda one: -one.sums.count("received"))
    shown = [one for one in groups if one.sums.count("received")][:MOST_BARS]
    return Bars(
        title=f"{period_words(now.first, now.last)}各{GROUPING_WORDS[by]}收到的留言",
        names=tuple(one.name for one in shown),
        series=(Series(BY_KEY["received"].name, _counts(shown)),),
    )


def months_chart(compared: Compared) -> Columns:
    """Month by month, and beside it the same months a year before where anything came in then."""
    now, before = compared.now, compared.before
    months = [one.name for one in now.by(Grouping.MONTH)]
    series = [Series(f"{now.last.year}年" if _one_year(months) else "本期", _counts(now.by(Grouping.MONTH)))]
    if before.total.count("received"):
        then = {one.name: one for one in before.by(Grouping.MONTH)}
        matching = [then.get(_year_back(name)) for name in months]
        values = tuple(float(one.sums.count("received")) if one is not None else 0.0 for one in matching)
        series.append(Series(f"{before.last.year}年" if _one_year(months) else "上年同期", values))
    return Columns(
        title=f"{period_words(now.first, now.last)}各月收到的留言"
        + ("，与上年同期" if len(series) > 1 else ""),
        names=tuple(_month_words(name, _one_year(months)) for name in months),
        series=tuple(series),
    )


def late_chart(compared: Compared) -> Bars:
    """By how many working days dates were missed, of late replies and of cases not answered yet."""
    now = compared.now
    steps = now.total.late_by() if now.total.late_days else ()
    return Bars(
        title=f"{period_words(now.first, now.last)}收到的件逾期多久",
        names=tuple(words for words, _ in steps),
        series=(Series(BY_KEY["overdue"].name, tuple(float(len(cases)) for _, cases in steps), HATCHED),),
    )


def _counts(groups: Iterable[Group]) -> tuple[float, ...]:
    return tuple(float(one.sums.count("received")) for one in groups)


def _one_year(months: list[str]) -> bool:
    return len({name[:4] for name in months}) == 1


def _year_back(name: str) -> str:
    return f"{int(name[:4]) - 1:04d}{name[4:]}"


def _month_words(name: str, short: bool) -> str:
    return f"{int(name[5:])}月" if short else name
