"""Units (承办单位): who investigates and answers. The register of an office holds them (T 第七条, 第十七条)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


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


class UnitRegister:
    """All units of an office, found by any of their names."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._by_name: dict[str, Unit] = {}
        self._units = tuple(units)
        for unit in self._units:
            for name in unit.short_names:
                self._by_name.setdefault(name, unit)
        for unit in self._units:
            self._by_name[unit.name] = unit

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._units)

    def __len__(self) -> int:
        return len(self._units)

    def find(self, name: str) -> Unit | None:
        """The unit of that full or short name; a full name wins over another unit's short one."""
        return self._by_name.get(name.strip())

    def superiors_of(self, unit: Unit) -> tuple[Unit, ...]:
        """From the unit above upwards; a ring in the data ends the climb."""
        above: list[Unit] = []
        current = self.find(unit.superior) if unit.superior else None
        while current is not None and current not in above and current != unit:
            above.append(current)
            current = self.find(current.superior) if current.superior else None
        return tuple(above)

    def is_same_or_below(self, unit: Unit, accused: Unit) -> bool:
        """Whether `unit` is the accused unit or one of its subordinates, under whatever name."""
        return unit.name == accused.name or accused in self.superiors_of(unit)
