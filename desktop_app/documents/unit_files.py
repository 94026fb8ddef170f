"""From a sheet of units to the register: one row a unit, columns known by name (docs/command-line.md)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from desktop_app.documents.sheets import read_table
from desktop_app.documents.tables import Row, Table
from desktop_app.domain.columns import folded_name
from desktop_app.domain.incoming import cell_text
from desktop_app.domain.message_text import clean
from desktop_app.domain.units import Unit
from desktop_app.errors import BadData, Fault

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "name": ("单位名称", "单位全称", "承办单位", "单位", "名称"),
    "short_names": ("简称", "单位简称", "别名"),
    "superior": ("上级单位", "上级", "主管单位", "主管部门"),
    "head": ("主要负责人", "负责人", "主要负责同志", "单位负责人"),
    "deputy": ("分管领导", "分管负责人", "分管负责同志"),
    "section": ("具体科室", "科室", "承办科室", "处室", "责任科室"),
    "handler": ("经办人", "具体经办人", "联系人", "联络员"),
    "phone": ("联系电话", "电话", "办公电话", "联系方式"),
    "region": ("地区", "所在地区", "区域"),
    "duties": ("职责", "主要职责", "职能"),
}
"""Field of a unit → the names its column goes by; the first is the program's own."""

_FIELD_OF = {folded_name(name): field for field, names in SYNONYMS.items() for name in names}
_BETWEEN_NAMES = re.compile(r"[、，,；;/\n]+")
_LONGEST_NAME = 60


def read_units(path: Path) -> list[Unit]:
    """The units of a sheet in its order, each full name once.

    A superior written in its short form comes back under its full name where the sheet has that unit. Raises
    BadData with all faults at once: a row without a name, one name on two rows with different contents, a
    short name that two units share, a unit that is its own superior.
    """
    table = read_table(path, names=frozenset(_FIELD_OF))
    columns = _columns(table)
    rows = [(row.number, _unit(row, columns)) for row in table.rows]
    if not rows:
        raise BadData(Fault(path.name, "", "表头下面一个单位也没有；请检查是否选错了文件或工作表"))
    faults = [*_faulty_rows(path.name, rows), *_shared_names(path.name, rows)]
    if faults:
        raise BadData(sorted(faults, key=_row_of))
    return _with_full_superiors(dict.fromkeys(unit for _, unit in rows))


def _columns(table: Table) -> dict[str, int]:
    columns: dict[str, int] = {}
    for synonyms in SYNONYMS.values():
        for name in map(folded_name, synonyms):
            for index, header in enumerate(table.header):
                if folded_name(header) == name:
                    columns.setdefault(_FIELD_OF[name], index)
    if "name" not in columns:
        known = "、".join(name for name in table.header if name) or "（空）"
        raise BadData(Fault(table.file, "表头", f"没有“单位名称”这一列；表头是：{known}"))
    return columns


def _unit(row: Row, columns: Mapping[str, int]) -> Unit:
    texts = {field: clean(cell_text(row.cells[index])) for field, index in columns.items()}
    line = {field: " ".join(text.split()) for field, text in texts.items() if field != "short_names"}
    line["name"] = _joined(line["name"])
    line["superior"] = _joined(line.get("superior", ""))
    short = (_joined(name) for name in _BETWEEN_NAMES.split(texts.get("short_names", "")))
    return Unit(
        short_names=tuple(dict.fromkeys(name for name in short if name and name != line["name"])), **line
    )


def _joined(name: str) -> str:
    """A Chinese name broken over lines, or spread out to fill its cell, is one word."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", name.strip())


def _faulty_rows(file: str, rows: Sequence[tuple[int, Unit]]) -> list[Fault]:
    faults = []
    first: dict[str, tuple[int, Unit]] = {}
    for number, unit in rows:
        earlier, known = first.setdefault(unit.name, (number, unit))
        reason = None
        if not unit.name:
            reason = "没有单位名称；请补上，或删去这一行（合并的单元格请先取消合并）"
        elif len(unit.name) > _LONGEST_NAME:
            reason = f"单位名称有 {len(unit.name)} 个字，超过 {_LONGEST_NAME} 个字；请检查各列是否错位"
        elif unit.superior in unit.names:
            reason = f"“{unit.name}”的上级单位写的是它自己"
        elif known != unit:
            reason = f"“{unit.name}”已在第 {earlier} 行，内容不同；请合并成一行"
        if reason:
            faults.append(Fault(file, f"第 {number} 行", reason))
    return faults


def _shared_names(file: str, rows: Sequence[tuple[int, Unit]]) -> list[Fault]:
    """Short names under which a case could go to either of two units."""
    holders: dict[str, dict[str, int]] = defaultdict(dict)
    for number, unit in rows:
        for name in unit.names:
            holders[name].setdefault(unit.name, number)
    faults = []
    for name, units in holders.items():
        if name and len(units) > 1:
            (first, first_row), *others = units.items()
            faults += [
                Fault(
                    file,
                    f"第 {row} 行",
                    f"“{name}”既指“{first}”（第 {first_row} 行），又指“{other}”；请改一个简称",
                )
                for other, row in others
            ]
    return faults


def _row_of(fault: Fault) -> int:
    return int("".join(filter(str.isdigit, fault.place)))


def _with_full_superiors(units: Mapping[Unit, None]) -> list[Unit]:
    full = {short: unit.name for unit in units for short in unit.short_names}
    full |= {unit.name: unit.name for unit in units}
    return [replace(unit, superior=full.get(unit.superior, unit.superior)) for unit in units]
