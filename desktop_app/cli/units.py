"""`liuyan units`: the register of units."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office

if TYPE_CHECKING:
    from desktop_app.domain.units import Unit


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    units = commands.add_parser("units", help="承办单位名册")
    verbs = units.add_subparsers(title="动作", metavar="动作", required=True, parser_class=type(units))
    bring = verbs.add_parser("import", help="从表格导入单位")
    bring.add_argument("file", metavar="FILE", type=Path)
    bring.set_defaults(run=run_import)
    verbs.add_parser("list", help="列出单位").set_defaults(run=run_list)


def run_import(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.documents.unit_files import read_units
        from desktop_app.services import office

        count = office.bring_in_units(session, read_units(arguments.file))
        total = len(office.list_units(session))
    document = {"imported": count, "units": total}
    console.answer(document, lambda one: f"导入 {one['imported']} 个单位，名册现有 {one['units']} 个。")
    return 0


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import office

    with open_office(arguments) as session:
        units = office.list_units(session)
    console.answer([_shape(unit) for unit in units], _table)
    return 0


def _shape(unit: Unit) -> dict[str, Any]:
    return {
        "name": unit.name,
        "short_names": list(unit.short_names),
        "superior": unit.superior,
        "head": unit.head,
        "deputy": unit.deputy,
        "section": unit.section,
        "handler": unit.handler,
        "phone": unit.phone,
        "region": unit.region,
        "duties": unit.duties,
    }


def _table(document: Any) -> str:
    rows = [["单位名称", "简称", "主要负责人", "经办人", "联系电话"]]
    rows += [
        [one["name"], "、".join(one["short_names"]), one["head"], one["handler"], one["phone"]]
        for one in document
    ]
    return columns(rows)
