"""`liuyan papers`: the register of issued papers, to look at and to print, and the numbers of spoiled sheets."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse, iso_date
from desktop_app.cli.shapes import day

if TYPE_CHECKING:
    from desktop_app.services.issued_papers import IssuedPaper


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    papers = commands.add_parser("papers", help="发文登记：列出、打印、作废印废的文号")
    verbs = papers.add_subparsers(title="动作", metavar="动作", required=True, parser_class=type(papers))
    listing = verbs.add_parser("list", help="列出已编的文号")
    _add_filters(listing)
    listing.set_defaults(run=run_list)
    register = verbs.add_parser("register", help="发文登记簿，存成 Excel、Word 或 PDF")
    register.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE.xlsx|.docx|.pdf")
    _add_filters(register)
    register.set_defaults(run=run_register)
    void = verbs.add_parser("void", help="作废印废的文号，文书另编一号")
    void.add_argument("number", metavar="NUMBER_TEXT", help="文号，如 通民盼督〔2026〕3号")
    void.add_argument("--reason", default="", metavar="R", help="为什么作废")
    void.set_defaults(run=run_void)


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--series", metavar="S", help="哪一种文号：代号、文书名称或文号开头的字")
    parser.add_argument("--year", type=_year, metavar="Y", help="文号的年份")
    parser.add_argument("--from", dest="on_from", type=iso_date, metavar="D", help="日期从")
    parser.add_argument("--to", dest="on_to", type=iso_date, metavar="D", help="日期到")


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise argparse.ArgumentTypeError(f"“{text}”不是四位的年份")
    return int(text)


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.services import issued_papers

        found = issued_papers.list_issued(
            session, arguments.series, arguments.year, arguments.on_from, arguments.on_to
        )
    document = {
        "papers": [_shape(one) for one in found if not one.missing],
        "missing": [one.document for one in found if one.missing],
    }
    console.answer(document, _list_table)
    return 0


def _shape(one: IssuedPaper) -> dict[str, Any]:
    return {
        "document": one.document,
        "regulation": one.regulation,
        "series": one.series,
        "year": one.year,
        "serial": one.serial,
        "date": day(one.on),
        "form": one.title,
        "to": one.to or None,
        "cases": list(one.cases),
        "voided_reason": one.voided_reason or None,
        "replaced_by": one.replaced_by or None,
        "served_on": day(one.served_on),
        "served_manner": one.served_manner or None,
        "by": one.by,
    }


def _list_table(document: Any) -> str:
    rows = [["文号", "日期", "文书", "主送", "所涉登记号", "送达", "作废及理由"]]
    rows += [
        [
            one["document"],
            one["date"] or "",
            one["form"],
            one["to"] or "",
            "、".join(one["cases"]),
            one["served_on"] or "",
            one["voided_reason"] or "",
        ]
        for one in document["papers"]
    ]
    gaps = f"\n缺号：{'、'.join(document['missing'])}" if document["missing"] else ""
    return f"{columns(rows)}\n共 {len(document['papers'])} 号{gaps}"


def run_register(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.documents.issued_register import KINDS, RegisterQuery, write_register

    if arguments.output.suffix.lower() not in KINDS:
        raise Misuse(f"-o 的文件名应以 {'、'.join(KINDS)} 结尾")
    query = RegisterQuery(arguments.series, arguments.year, arguments.on_from, arguments.on_to)
    with open_office(arguments) as session:
        rows = write_register(session, query, arguments.output)
    document = {"file": str(arguments.output), "rows": rows}
    console.answer(document, lambda one: f"发文登记簿 {one['rows']} 行，已存为 {one['file']}。")
    return 0


def run_void(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.services import spoiled_papers

        done = spoiled_papers.void(session, arguments.number, arguments.reason)
    document = {"voided": done.voided, "document": done.document, "cases": list(done.cases)}
    console.answer(
        document,
        lambda one: f"{one['voided']} 已作废，{'、'.join(one['cases'])} 的文书换为 {one['document']}。",
    )
    return 0
