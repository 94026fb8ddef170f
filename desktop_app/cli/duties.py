"""`liuyan duties`: what the office itself owes, and noting that it is done."""

from __future__ import annotations

import argparse
from typing import Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import countable_date


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    duties = commands.add_parser("duties", help="本单位定期要办的事")
    duties.add_argument("--on", type=countable_date, metavar="DATE", help="哪一天")
    duties.set_defaults(run=run_list)
    verbs = duties.add_subparsers(title="动作", metavar="动作", parser_class=type(duties))
    for name, run, words in (
        ("settle", run_settle, "登记办了"),
        ("reopen", run_reopen, "登记有误，收回"),
    ):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("kind", metavar="KIND", help="事项")
        verb.add_argument("period", metavar="PERIOD", help="时期：2026-09、2026-Q3 或 2026")
        verb.set_defaults(run=run)
        if name == "settle":
            verb.add_argument("--note", default="", metavar="N", help="备注")
    every = verbs.add_parser("every", help="多久办一次")
    every.add_argument("kind", metavar="KIND", help="事项")
    every.add_argument("often", metavar="month|quarter|year", help="每月、每季度、每年")
    every.set_defaults(run=run_every)


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.cli import shapes
        from desktop_app.services import office_duties

        day = arguments.on or session.today
        document = {
            "date": day.isoformat(),
            "items": [shapes.duty(one) for one in office_duties.duties(session, day)],
            "settled": [shapes.settled_duty(one) for one in office_duties.settled_duties(session)],
            "every": {one.kind: one.period for one in office_duties.how_often(session)},
        }
    console.answer(document, _duties_table)
    return 0


def _duties_table(document: Any) -> str:
    if not document["items"]:
        return f"{document['date']}：本单位没有要办的事。"
    rows = [["事项", "时期", "条款", "自", "至"]]
    rows += [
        [one["kind"], one["period"], one["clause"] or "", one["since"], one["until"] or ""]
        for one in document["items"]
    ]
    return columns(rows)


def run_settle(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.cli import shapes
        from desktop_app.services import office_duties

        done = office_duties.settle(session, arguments.kind, arguments.period, arguments.note)
        document = shapes.settled_duty(done)
    console.answer(document, lambda one: f"{one['period']} {one['kind']}：已登记办了。")
    return 0


def run_reopen(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.services import office_duties

        office_duties.reopen(session, arguments.kind, arguments.period)
        document = {"kind": arguments.kind, "period": arguments.period}
    console.answer(document, lambda one: f"{one['period']} {one['kind']}：已收回，重新列出。")
    return 0


def run_every(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.domain.office_items import PERIOD_WORDS

    with open_office(arguments) as session:
        from desktop_app.services import office_duties

        often = office_duties.set_how_often(session, arguments.kind, arguments.often)
        document = {"kind": arguments.kind, "every": often}
    console.answer(document, lambda one: f"{one['kind']}：{PERIOD_WORDS[one['every']]}一次。")
    return 0
