"""The register of units as its page shows it, worked out without Qt."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain.names import match_units
from desktop_app.domain.units import Unit


@dataclass(frozen=True, slots=True)
class UnitField:
    """One field of the form."""

    name: str
    label: str
    required: bool = False
    hint: str = ""
    long: bool = False


FIELDS = (
    UnitField("name", "单位名称", required=True, hint="全称，印在文书上"),
    UnitField("short_names", "简称", hint="几个简称用“、”隔开"),
    UnitField("superior", "上级单位", hint="全称"),
    UnitField("head", "主要负责人"),
    UnitField("deputy", "分管领导"),
    UnitField("section", "具体科室"),
    UnitField("handler", "经办人"),
    UnitField("phone", "联系电话"),
    UnitField("region", "地区"),
    UnitField("duties", "职责", long=True),
)

COMPLETE = ("head", "deputy", "section", "handler", "phone")
"""What the register should hold of every unit (T 第十七条)."""

_LABELS = {field.name: field.label for field in FIELDS}
_BETWEEN_NAMES = re.compile(r"[、，,；;]+")


def matching(query: str, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units that answer what is typed, the closest first."""
    return tuple(match.unit for match in match_units(query, units))


def gaps(unit: Unit) -> tuple[str, ...]:
    """What is still missing, in the words of the form."""
    return tuple(_LABELS[name] for name in COMPLETE if not getattr(unit, name))


def texts_of(unit: Unit) -> dict[str, str]:
    """The form's texts."""
    texts = {field.name: getattr(unit, field.name) for field in FIELDS if field.name != "short_names"}
    return texts | {"short_names": "、".join(unit.short_names)}


def written(drafts: Mapping[str, Unit]) -> dict[str, str]:
    """What was typed into units, by the name each had, as words to keep."""
    return {name: json.dumps(texts_of(unit), ensure_ascii=False) for name, unit in drafts.items()}


def read_written(kept: Mapping[str, str]) -> dict[str, Unit]:
    """The same as it was kept."""
    return {name: unit_of(json.loads(text)) for name, text in kept.items()}


def unit_of(texts: Mapping[str, str]) -> Unit:
    """The unit that the form's texts describe."""
    plain = {
        name: " ".join(text.split()) if name != "duties" else text.strip() for name, text in texts.items()
    }
    short = (name.strip() for name in _BETWEEN_NAMES.split(plain.pop("short_names", "")))
    return Unit(short_names=tuple(dict.fromkeys(filter(None, short))), **plain)


def faults(unit: Unit, others: Sequence[Unit]) -> dict[str, str]:
    """What keeps a unit from being saved, by field; `others` are all the others of the register."""
    found: dict[str, str] = {}
    if not unit.name:
        found["name"] = "单位名称不能空着"
    elif any(unit.name == other.name for other in others):
        found["name"] = "名册里已有这个单位"
    for name in unit.short_names:
        holder = next((other for other in others if name in other.names), None)
        if holder is not None:
            found["short_names"] = f"“{name}”已是“{holder.name}”的名称"
    if unit.superior and unit.superior in unit.names:
        found["superior"] = "上级单位不能是它自己"
    return found


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What a sheet of units would bring: `new` are not in the register, `changed` stand there otherwise."""

    new: tuple[Unit, ...]
    changed: tuple[Unit, ...]
    same: tuple[Unit, ...]

    @property
    def words(self) -> str:
        """``表中 35 个单位：新增 30 个，更新 5 个``."""
        total = len(self.new) + len(self.changed) + len(self.same)
        parts = [
            f"{word} {len(units)} 个"
            for word, units in (("新增", self.new), ("更新", self.changed), ("没有变化", self.same))
            if units
        ]
        return f"表中 {total} 个单位：{'，'.join(parts)}"


def arrivals(given: Sequence[Unit], register: Sequence[Unit]) -> Arrivals:
    """The units of a sheet against the register."""
    known = {unit.name: unit for unit in register}
    return Arrivals(
        new=tuple(unit for unit in given if unit.name not in known),
        changed=tuple(unit for unit in given if unit.name in known and known[unit.name] != unit),
        same=tuple(unit for unit in given if known.get(unit.name) == unit),
    )
