"""`liuyan stats`: the figures of a period, as a whole and by group, with their definitions."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import iso_date

if TYPE_CHECKING:
    from desktop_app.domain.figures import Grouping
    from desktop_app.domain.figures_summed import Group, Sums
    from desktop_app.services.statistics import Statistics

GROUPINGS = ("unit", "category", "topic", "source", "month")
_IN_TABLE = (
    *("received", "accepted", "dispatched", "replied", "on_time_rate", "overdue", "extended", "returned"),
    *("reworked", "satisfaction_rate", "median_days"),
)
"""What a line of a terminal has room for; all of it is in the JSON."""


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("stats", help="统计")
    parser.add_argument("--from", dest="first", type=iso_date, required=True, metavar="D", help="收件日期从")
    parser.add_argument("--to", dest="last", type=iso_date, required=True, metavar="D", help="收件日期到")
    parser.add_argument("--by", choices=GROUPINGS, help="按单位、类别、话题、板块或收件月份分列")
    parser.add_argument("--all", action="store_true", help="连同其他各项数字")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.domain.figures import DEFINITIONS, PROMISED, Grouping
        from desktop_app.services.statistics import up_to_date_statistics

        by = Grouping(arguments.by) if arguments.by else None
        told = up_to_date_statistics(session, arguments.first, arguments.last, (by,) if by else ())
        keys = tuple(one.key for one in DEFINITIONS) if arguments.all else PROMISED
    if console.json:
        console.answer(_document(told, by, keys), str)
    else:
        console.answer(told, lambda one: _table(one, by, keys))
    return 0


def _document(told: Statistics, by: Grouping | None, keys: tuple[str, ...]) -> dict[str, Any]:
    from desktop_app.domain.figures import BY_KEY

    return {
        "from": told.first.isoformat(),
        "to": told.last.isoformat(),
        "on": told.today.isoformat(),
        "by": str(by) if by is not None else None,
        "definitions": {key: BY_KEY[key].in_full for key in keys},
        "total": _values(told.total, keys),
        "groups": [{"name": group.name, **_values(group.sums, keys)} for group in _groups(told, by, keys)],
    }


def _groups(told: Statistics, by: Grouping | None, keys: tuple[str, ...]) -> list[Group]:
    """Without units that did nothing but support, where that is not among the figures; months stay."""
    if by is None:
        return []
    return [one for one in told.by(by) if by == "month" or any(one.sums.value(key) for key in keys)]


def _values(sums: Sums, keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: sums.value(key) for key in keys}


def _table(told: Statistics, by: Grouping | None, keys: tuple[str, ...]) -> str:
    from desktop_app.domain.figures import BY_KEY, COHORT, GROUPING_WORDS, OF_UNITS, Grouping
    from desktop_app.domain.figures_wording import period_words, value_words

    head = f"{period_words(told.first, told.last)}收到的留言，截至 {told.today} 的办理情况"
    if by is None:
        rows = [["项目", "数字", "说明"]]
        rows += [[BY_KEY[key].name, value_words(told.total, key), BY_KEY[key].words] for key in keys]
        return f"{head}\n{columns(rows)}\n{COHORT}"
    rows = [[GROUPING_WORDS[by], *(BY_KEY[key].name for key in _IN_TABLE)]]
    for name, sums in (*((one.name, one.sums) for one in _groups(told, by, keys)), ("合计", told.total)):
        rows.append([name, *(value_words(sums, key) for key in _IN_TABLE)])
    note = f"{COHORT}{OF_UNITS}" if by is Grouping.UNIT else COHORT
    return f"{head}\n{columns(rows)}\n{note}"
