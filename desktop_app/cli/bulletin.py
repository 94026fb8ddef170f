"""`liuyan bulletin`: the periodic report as a Word draft, issued with a number, or made again."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse, iso_date

_ORDERS = ("figure", "register")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("bulletin", help="督查通报、办理情况报告")
    parser.add_argument("--from", dest="first", type=iso_date, metavar="D", help="收件日期从")
    parser.add_argument("--to", dest="last", type=iso_date, metavar="D", help="收件日期到")
    parser.add_argument("-o", dest="output", type=Path, metavar="FILE.docx", help="写到哪个文件")
    parser.add_argument("--issue", action="store_true", help="印发：编期号，数字就此冻结")
    parser.add_argument("--sort", choices=_ORDERS, default="figure", help="单位表按承办件数，或按名册次序")
    parser.set_defaults(run=run)
    verbs = parser.add_subparsers(title="动作", metavar="动作", parser_class=type(parser))
    listing = verbs.add_parser("list", help="历次通报")
    listing.set_defaults(run=run_list)
    again = verbs.add_parser("again", help="把印发过的一期原样再出一份")
    again.add_argument("id", type=int, metavar="ID", help="list 给出的编号")
    again.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE.docx")
    again.set_defaults(run=run_again)


def run(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.first is None or arguments.last is None or arguments.output is None:
        raise Misuse("应写作 bulletin --from D --to D -o FILE.docx，或 bulletin list、again")
    target = _checked(arguments.output, (".docx",) if arguments.issue else (".docx", ".pdf"))
    span = arguments.first, arguments.last
    with open_office(arguments) as session:
        from desktop_app.documents import bulletin_run

        if arguments.issue:
            issued = bulletin_run.issue_bulletin(session, *span, target, arguments.sort)
            number, title, settled = issued.bulletin.number, issued.bulletin.title, list(issued.settled)
        else:
            number, title, settled = (
                "",
                bulletin_run.draft_bulletin(session, *span, target, arguments.sort),
                [],
            )
    document = {
        "from": span[0].isoformat(),
        "to": span[1].isoformat(),
        "file": str(target),
        "title": title,
        "number": number or None,
        "settled": settled,
    }
    console.answer(document, _table)
    return 0


def _checked(target: Path, kinds: tuple[str, ...]) -> Path:
    if target.suffix.lower() not in kinds:
        raise Misuse(f"-o 应为 {' 或 '.join(kinds)} 文件")
    return target


def _table(document: Any) -> str:
    what = f"{document['number']}已印发，数字就此冻结" if document["number"] else "草稿"
    lines = [f"《{document['title']}》{what}：{document['file']}"]
    if document["settled"]:
        lines.append(f"工作台上的“{'、'.join(document['settled'])}”已办结。")
    return "\n".join(lines)


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.services import issued_bulletins

        document = [
            {
                "id": one.id,
                "number": one.number or None,
                "title": one.title,
                "from": one.first.isoformat(),
                "to": one.last.isoformat(),
                "issued": one.issued_on.isoformat(),
                "by": one.by,
            }
            for one in issued_bulletins.issued(session)
        ]
    console.answer(document, _list_table)
    return 0


def _list_table(document: Any) -> str:
    if not document:
        return "还没有印发过通报。"
    rows = [["编号", "期号", "时段", "印发", "经手人", "标题"]]
    rows += [
        [
            str(one["id"]),
            one["number"] or "",
            f"{one['from']} 至 {one['to']}",
            one["issued"],
            one["by"],
            one["title"],
        ]
        for one in document
    ]
    return columns(rows)


def run_again(arguments: argparse.Namespace, console: Console) -> int:
    target = _checked(arguments.output, (".docx", ".pdf"))
    with open_office(arguments) as session:
        from desktop_app.documents import bulletin_run

        number = bulletin_run.bulletin_again(session, arguments.id, target)
    document = {"id": arguments.id, "number": number or None, "file": str(target)}
    console.answer(document, lambda one: f"{one['number'] or one['id']}已原样写到 {one['file']}。")
    return 0
