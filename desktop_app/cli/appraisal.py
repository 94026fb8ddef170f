"""`liuyan appraisal`: the yearly sheet of deductions, what each failing costs, appeals and decisions."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse

_PAIR = "KIND=POINTS"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    sheet = commands.add_parser("appraisal", help="考核扣分表、分值、申诉和裁定")
    sheet.add_argument("--year", type=int, metavar="Y", help="年度")
    sheet.add_argument("-o", dest="output", type=Path, metavar="FILE.xlsx", help="写到哪个文件")
    sheet.add_argument("--final", action="store_true", help="定稿上报：工作台上的考核事项随之办结")
    sheet.set_defaults(run=run_sheet)
    verbs = sheet.add_subparsers(title="动作", metavar="动作", parser_class=type(sheet))
    points = verbs.add_parser("points", help="列出或设定分值")
    points.add_argument("pairs", nargs="*", metavar=_PAIR, help="设定分值；等号后留空为取消")
    points.add_argument("--file", type=Path, metavar="F", help="每行一个 KIND=POINTS 的文件")
    points.set_defaults(run=run_points)
    for name, run, words in (
        ("appeal", run_appeal, "登记单位的申诉"),
        ("override", run_override, "登记裁定"),
    ):
        verb = verbs.add_parser(name, help=words)
        verb.add_argument("number", metavar="NUMBER", help="登记号")
        verb.add_argument("failing", metavar="KIND", help="扣分情形")
        verb.add_argument("--year", type=int, required=True, metavar="Y", help="年度")
        verb.add_argument("--event", type=int, metavar="ID", help="同一件有几处时，哪一条记录")
        verb.add_argument("--reason", required=True, metavar="R", help="理由")
        verb.set_defaults(run=run)
        if name == "override":
            verb.add_argument("--points", required=True, metavar="P", help="改扣几分，0 为不扣")
            verb.add_argument("--by", required=True, metavar="NAME", help="由谁决定")


def run_sheet(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.year is None or arguments.output is None:
        raise Misuse("应写作 appraisal --year Y -o FILE.xlsx，或 appraisal points、appeal、override")
    if arguments.output.suffix.lower() != ".xlsx":
        raise Misuse("-o 应为 .xlsx 文件")
    with open_office(arguments) as session:
        from desktop_app.documents.appraisal_sheet import write_appraisal
        from desktop_app.services import appraisal

        found = appraisal.appraisal(session, arguments.year)
        rows = write_appraisal(found, arguments.output)
        settled = appraisal.note_made(session, arguments.year, rows, final=arguments.final)
    document = {
        "file": str(arguments.output),
        "year": arguments.year,
        "rows": rows,
        "units": [
            {"unit": one.unit, "points": float(one.points), "times": dict(one.times)} for one in found.sums
        ],
        "unset": [one.rule.kind for one in found.failings if one.points is None],
        "settled": settled,
    }
    console.answer(document, _sheet_table)
    return 0


def _sheet_table(document: Any) -> str:
    lines = [f"已写到 {document['file']}，{document['year']} 年共 {document['rows']} 处扣分情形。"]
    if document["unset"]:
        lines.append(f"没有设定分值、没有计分的：{'、'.join(document['unset'])}。用 appraisal points 设定。")
    if document["settled"]:
        lines.append(f"工作台上的“{'、'.join(document['settled'])}”已办结。")
    rows = [["单位", "扣分"], *([one["unit"], f"{one['points']:g}"] for one in document["units"])]
    return "\n".join([*lines, columns(rows)])


def run_points(arguments: argparse.Namespace, console: Console) -> int:
    wanted = dict(_pair(one) for one in [*_lines(arguments.file), *arguments.pairs])
    with open_office(arguments) as session:
        from desktop_app.services import appraisal

        failings = appraisal.set_points(session, wanted) if wanted else appraisal.points(session)
    document = [
        {
            "kind": one.rule.kind,
            "clause": one.rule.article or None,
            "points": None if one.points is None else float(one.points),
        }
        for one in failings
    ]
    console.answer(document, _points_table)
    return 0


def _lines(file: Path | None) -> list[str]:
    if file is None:
        return []
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse(f"不能读取 {file}（应为 UTF-8 文字）") from error
    return [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]


def _pair(text: str) -> tuple[str, str]:
    kind, equals, value = text.partition("=")
    if not equals:
        raise Misuse(f"应写作 {_PAIR}（如 逾期办理=2），现为“{text}”")
    return kind.strip(), value.strip()


def _points_table(document: Any) -> str:
    rows = [["情形", "条款", "分值"]]
    rows += [
        [one["kind"], one["clause"] or "", "未设定" if one["points"] is None else f"{one['points']:g}"]
        for one in document
    ]
    return columns(rows)


def run_appeal(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.services import appraisal

        found = appraisal.appeal(
            session,
            arguments.year,
            arguments.number,
            arguments.failing,
            arguments.reason,
            arguments.event,
        )
    document = {"number": found.case, "kind": found.kind, "unit": found.unit, "event": found.event}
    console.answer(document, lambda one: f"{one['number']}“{one['kind']}”：已登记{one['unit']}的申诉。")
    return 0


def run_override(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.services import appraisal

        found = appraisal.override(
            session,
            arguments.year,
            arguments.number,
            arguments.failing,
            appraisal.Decision(arguments.points, arguments.by, arguments.reason),
            arguments.event,
        )
    document = {"number": found.case, "kind": found.kind, "unit": found.unit, "event": found.event}
    console.answer(document, lambda one: f"{one['number']}“{one['kind']}”：已登记裁定。")
    return 0
