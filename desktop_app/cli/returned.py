"""`liuyan returned`: a slip that a unit filled in and sent back, read and recorded as its reply."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse, iso_date
from desktop_app.cli.steps import read_keys

if TYPE_CHECKING:
    from desktop_app.services.returned import Recorded, Understood
    from desktop_app.services.session import Session


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("returned", help="收回承办单位填好的承办单，登记答复")
    parser.add_argument("file", metavar="FILE.docx", type=Path)
    parser.add_argument("keys", metavar="KEY=VALUE", nargs="*", help="改正或补充答复的各项，如 stamped=yes")
    parser.add_argument("--on", type=iso_date, metavar="DATE", help="收到答复的日期，默认今天")
    parser.add_argument("--dry-run", action="store_true", help="只看读出什么，不登记")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    if not arguments.file.is_file():
        raise Misuse(f"找不到文件 {arguments.file}")
    given = read_keys(arguments.keys)
    with open_office(arguments) as session:
        from desktop_app.documents.returned_papers import read_returned
        from desktop_app.services import returned

        read = read_returned(arguments.file)
        found = returned.understand(session, read.paper, read.content)
        keys, doubts = _with_stamp(session, found, {**found.keys, **given})
        recorded = None
        if not arguments.dry_run:
            recorded = returned.record(
                session, found.number, keys, read.content, arguments.file.name, arguments.on
            )
    console.answer(_shape(found, keys, doubts, recorded), _table)
    return 0


def _with_stamp(
    session: Session, found: Understood, keys: dict[str, str]
) -> tuple[dict[str, str], list[str]]:
    """No file can tell whether the paper is stamped; where it must be said and nobody said it, it is not."""
    from desktop_app.services import returned

    if "stamped" in keys or not returned.needs_stamp(session, found.number):
        return keys, list(found.doubts)
    doubt = "电子文件看不出盖章，按未盖章登记；收到盖章原件的，写 stamped=yes。"
    return {**keys, "stamped": "no"}, [*found.doubts, doubt]


def _shape(
    found: Understood, keys: dict[str, str], doubts: list[str], recorded: Recorded | None
) -> dict[str, Any]:
    return {
        "number": found.number,
        "form": found.paper.form or None,
        "document": found.paper.document or None,
        "understood": keys,
        "signed": found.signed.isoformat() if found.signed is not None else None,
        "doubts": doubts,
        "event": recorded.done.event if recorded is not None else None,
        "status": recorded.done.status if recorded is not None else None,
        "attachment": recorded.attachment.id if recorded is not None else None,
    }


def _table(document: Any) -> str:
    from desktop_app.domain.actions import ACTIONS

    titles = {key.name: key.title for key in ACTIONS["reply"].keys}
    lines = [f"{titles.get(name, name)}：{value}" for name, value in document["understood"].items()]
    lines += [f"请核对：{doubt}" for doubt in document["doubts"]]
    if document["event"] is None:
        return "\n".join([f"{document['number']} 的答复，还没有登记：", *lines])
    head = f"{document['number']} 已登记答复，现为“{document['status']}”（第 {document['event']} 号记录）。"
    return "\n".join([head, *lines])
