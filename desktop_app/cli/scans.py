"""`liuyan scans`: scanned papers filed to their cases by the code printed on them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse

if TYPE_CHECKING:
    from desktop_app.documents.scan_filing import Filed, FoundPart
    from desktop_app.domain.office_records import Attachment


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("scans", help="按识别码把扫描件归到各件")
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="只看结果，不存入")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    if not arguments.folder.is_dir():
        raise Misuse(f"找不到文件夹 {arguments.folder}")
    with open_office(arguments) as session:
        from desktop_app.documents import scan_filing

        found = scan_filing.read_scans(session, [arguments.folder])
        wanted = [
            (part, part.sorted.paper.number)
            for part in found
            if part.sorted.paper is not None and not part.sorted.kept
        ]
        if arguments.dry_run:
            kept = scan_filing.Filed()
            filed = [
                _filed(part, number, None)
                for part, _ in wanted
                for number in (part.sorted.paper.numbers if part.sorted.paper is not None else ())
            ]
        else:
            kept = scan_filing.file_parts(session, wanted)
            filed = [_filed(part, attachment.case, attachment) for part, attachment in kept.filed]
    document = {
        "filed": filed,
        "unknown": [_unknown(part) for part in (*_unplaced(found), *kept.failed)],
        "already": _already(found, kept),
    }
    console.answer(document, _table)
    return 0


def _unplaced(found: tuple[FoundPart, ...]) -> list[FoundPart]:
    return [part for part in found if part.sorted.paper is None and not part.sorted.kept]


def _already(found: tuple[FoundPart, ...], kept: Filed) -> list[dict[str, Any]]:
    before = [(part, part.sorted.kept) for part in found if part.sorted.kept]
    return [{"file": part.file, "number": number} for part, number in (*before, *kept.already)]


def _filed(part: FoundPart, number: str, attachment: Attachment | None) -> dict[str, Any]:
    paper = part.sorted.paper
    assert paper is not None
    return {
        "file": part.file,
        "number": number,
        "form": paper.form or None,
        "document": paper.document or None,
        "attachment": attachment.id if attachment is not None else None,
        "pages": part.run.pages,
        "first_page": part.run.first,
        "without_code": part.run.without,
        "sha256": part.sorted.part.sha256,
    }


def _unknown(part: FoundPart) -> dict[str, Any]:
    return {
        "file": part.file,
        "reason": part.sorted.reason,
        "message": part.sorted.message,
        "pages": part.run.pages,
        "first_page": part.run.first,
    }


def _table(document: Any) -> str:
    rows = [
        [one["number"], one["document"] or "", f"{one['pages']} 页", one["file"]] for one in document["filed"]
    ]
    lines = [columns([["登记号", "字号", "页数", "文件"], *rows])] if rows else []
    lines += [f"{one['file']} 已在 {one['number']}，不再存入。" for one in document["already"]]
    lines += [f"未归件 {one['file']}：{one['message']}" for one in document["unknown"]]
    counts = (len(document[name]) for name in ("filed", "already", "unknown"))
    return "\n".join([*lines, "归件 {} 份，已有 {} 份，未归件 {} 份。".format(*counts)])
