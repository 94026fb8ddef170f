"""Units (承办单位): who investigates and answers. The register of an office holds them (T 第七条, 第十七条)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from desktop_app.domain.message_text import well_formed


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `short_names` are other names it goes by; `superior` is the full name of the unit above it, or empty."""

    name: str
    short_names: tuple[str, ...] = ()
    superior: str = ""
    head: str = ""
    deputy: str = ""
    section: str = ""
    handler: str = ""
    phone: str = ""
    region: str = ""
    duties: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.short_names)


def well_formed_unit(unit: Unit) -> Unit:
    """The unit as what is typed into a step is read: without what no file and no server can hold."""
    kept: dict[str, Any] = {one.name: getattr(unit, one.name) for one in fields(unit)}
    for name, value in kept.items():
        kept[name] = tuple(map(well_formed, value)) if isinstance(value, tuple) else well_formed(value)
    return Unit(**kept)


def plain_name(name: str) -> str:
    """A name without what two clerks write differently: widths, blanks, case."""
    return "".join(unicodedata.normalize("NFKC", name).lower().split())


def renamed(unit: Unit, before: str) -> Unit:
    """The unit under its new full name. The former one stays among its short names: cases, subordinate units and
    complaints know it by that."""
    if not before.strip() or before in unit.names:
        return unit
    return replace(unit, short_names=(*unit.short_names, before))


class UnitRegister:
    """All units of an office, found by any of their names."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._by_name: dict[str, Unit] = {}
        self._by_plain_name: dict[str, list[Unit]] = {}
        self._units = tuple(units)
        for unit in self._units:
            for name in unit.short_names:
                self._by_name.setdefault(name, unit)
            for name in dict.fromkeys(map(plain_name, unit.names)):
                self._by_plain_name.setdefault(name, []).append(unit)
        for unit in self._units:
            self._by_name[unit.name] = unit

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units)

    def __len__(self) -> int:
        return len(self._units)

    def find(self, name: str) -> Unit | None:
        """The unit of that full or short name; a full name wins over another unit's short one."""
        return self._by_name.get(name.strip())

    def named(self, name: str) -> tuple[Unit, ...]:
        """Every entry that bears that name, full or short, however it is written; one unit may stand there twice."""
        return tuple(self._by_plain_name.get(plain_name(name), ()))

    def superiors_of(self, unit: Unit) -> tuple[Unit, ...]:
        """From the unit above upwards; a ring in the data ends the climb."""
        above: list[Unit] = []
        current = self.find(unit.superior) if unit.superior else None
        while current is not None and current not in above and current != unit:
            above.append(current)
            current = self.find(current.superior) if current.superior else None
        return tuple(above)

    def is_same_or_below(self, unit: Unit, accused: Unit) -> bool:
        """Whether `unit` is the accused unit or one of its subordinates, of any depth and under whatever name."""
        return accused in self._itself_and_above(unit)

    def _itself_and_above(self, unit: Unit) -> list[Unit]:
        """The unit, whatever shares a name with it, and all that stands above either; a ring ends the climb."""
        reached = [unit]
        for one in reached:
            for name in (*one.names, one.superior):
                reached += [other for other in self.named(name) if other not in reached]
        return reached
