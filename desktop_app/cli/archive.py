"""`liuyan archive`: packages for the archive, and proving one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office, today
from desktop_app.cli.main import Misuse, iso_date

if TYPE_CHECKING:
    from desktop_app.documents.archive.checks import Report
    from desktop_app.documents.archive.package import Package
    from desktop_app.services.session import Session

_VERIFY, _DUE = "verify", "due"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "archive", help="制作归档数据包；archive verify DIR 检测；archive due 列出到期的"
    )
    parser.add_argument(
        "words", nargs="*", metavar="NUMBER…|verify DIR|due", help="登记号，或 verify 文件夹，或 due"
    )
    parser.add_argument("--year", type=int, metavar="Y", help="该年度办结并已归档的全部办件")
    parser.add_argument("-o", dest="output", type=Path, metavar="DIR", help="新的空文件夹；due 时为 .xlsx")
    parser.add_argument("--no-pdf", action="store_true", help="文书只存 Word 原件，不转 PDF")
    parser.add_argument("--on", type=iso_date, metavar="DATE", help="due：哪一天之前到期，默认今天")
    parser.add_argument("--fonds", metavar="CODE", help="设置全宗号")
    parser.add_argument("--section", metavar="CODE", help="设置机构（问题）代码")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    words = arguments.words
    if words[:1] == [_VERIFY]:
        return _verify(arguments, console)
    if words == [_DUE]:
        return _due(arguments, console)
    if arguments.fonds is not None or arguments.section is not None:
        return _set(arguments, console)
    if bool(words) == (arguments.year is not None):
        raise Misuse("archive 后面写登记号，或者用 --year 写年度")
    if arguments.output is None:
        raise Misuse("须用 -o 写明存到哪个文件夹")
    from desktop_app.documents.archive.package import write_package
    from desktop_app.services import archive

    with open_office(arguments) as session:
        year = arguments.year
        chosen = archive.of_numbers(session, words) if year is None else archive.of_year(session, year)
        made = write_package(session, chosen, arguments.output, not arguments.no_pdf)
    console.answer(_shape(made), _made_words)
    return 0


def _set(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import archive

    with open_office(arguments) as session:
        now = archive.settings(session)
        archive.put_settings(
            session,
            archive.ArchiveSettings(
                now.fonds if arguments.fonds is None else arguments.fonds,
                now.section if arguments.section is None else arguments.section,
            ),
        )
        kept = archive.settings(session)
    document = {"fonds": kept.fonds, "section": kept.section}
    console.answer(
        document, lambda one: f"全宗号：{one['fonds'] or '未设'}　机构代码：{one['section'] or '未设'}"
    )
    return 0


def _due(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import archive_list

    with open_office(arguments) as session:
        on = arguments.on or today(arguments) or session.today
        found = archive_list.expired(session, on)
        if arguments.output is not None:
            from desktop_app.documents.archive.expired_list import write_expired

            write_expired(session, on, found, arguments.output)
    document = {
        "date": on.isoformat(),
        "file": str(arguments.output) if arguments.output is not None else None,
        "items": [
            {
                "number": one.number,
                "file_number": one.file_number,
                "title": one.title,
                "retention": one.retention,
                "closed": one.closed.isoformat(),
                "until": one.until.isoformat(),
            }
            for one in found
        ],
    }
    console.answer(document, _due_words)
    return 0


def _verify(arguments: argparse.Namespace, console: Console) -> int:
    if len(arguments.words) != 2:
        raise Misuse("写作 archive verify 文件夹")
    folder = Path(arguments.words[1])
    if not folder.is_dir():
        raise Misuse(f"没有 {folder} 这个文件夹")
    from desktop_app.documents.archive import checks

    report = checks.check_package(folder)
    known: bool | None = None
    if getattr(arguments, "user", None):
        with open_office(arguments) as session:
            known = _prove_by_journal(session, report)
    found = [
        {"kind": one.check, "check": checks.TITLES[one.check], "where": one.where, "message": one.message}
        for one in report.findings
    ]
    document = {
        "ok": report.ok,
        "problems": found,
        "warnings": report.warnings,
        "cases": len(report.items),
        "files": report.files,
        "known": known,
    }
    console.answer(document, lambda _: checks.report_text(report).rstrip("\n"))
    return 0 if report.ok else 3


def _prove_by_journal(session: Session, report: Report) -> bool:
    from desktop_app.documents.archive.journal_proof import prove

    return prove(session, report)


def _shape(made: Package) -> dict[str, Any]:
    return {
        "dir": str(made.folder),
        "cases": [
            {
                "number": one.number,
                "file_number": one.file_number or None,
                "folder": one.folder,
                "files": len(one.files),
            }
            for one in made.items
        ],
        "files": made.files,
        "sha256": made.digest,
        "warnings": list(made.warnings),
    }


def _made_words(made: Any) -> str:
    lines = [f"归档数据包已存为 {made['dir']}：{len(made['cases'])} 件，{made['files']} 个文件。"]
    lines += made["warnings"]
    return "\n".join([*lines, "数据包含有网民个人信息，请按内部资料保管。"])


def _due_words(document: Any) -> str:
    if not document["items"]:
        return f"到 {document['date']} 没有保管期满的办件。"
    rows = [
        [one["number"], one["file_number"], one["retention"], one["until"], one["title"]]
        for one in document["items"]
    ]
    return columns([["登记号", "档号", "保管期限", "保管至", "题名"], *rows])
