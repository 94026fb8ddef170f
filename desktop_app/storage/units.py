"""The register of units as the office keeps it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select

from desktop_app.domain.units import Unit
from desktop_app.storage.tables import units

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_ALL = select(
    units.c.name,
    units.c.short_names,
    units.c.superior,
    units.c.head,
    units.c.deputy,
    units.c.section,
    units.c.handler,
    units.c.phone,
    units.c.region,
    units.c.duties,
).order_by(units.c.place)


class Units:
    """All units, in the order in which they were entered."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Unit]:
        """Every unit in its order."""
        return [_to_unit(row) for row in self._connection.execute(_ALL)]

    def replace(self, wanted: Sequence[Unit]) -> None:
        """Makes the register exactly `wanted`."""
        self._connection.execute(delete(units))
        self._add(wanted, first=1)

    def upsert(self, wanted: Sequence[Unit]) -> None:
        """Changes units of the same full name where they stand, adds new ones at the end, leaves the others."""
        given = {unit.name: unit for unit in wanted}
        places = {
            row.name: row.place for row in self._connection.execute(select(units.c.name, units.c.place))
        }
        for name in given.keys() & places.keys():
            self._connection.execute(delete(units).where(units.c.name == name))
            self._add([given[name]], first=places[name])
        last = self._connection.execute(select(func.max(units.c.place))).scalar() or 0
        self._add([unit for name, unit in given.items() if name not in places], first=last + 1)

    def _add(self, wanted: Sequence[Unit], first: int) -> None:
        rows = [_to_params(unit, place) for place, unit in enumerate(wanted, start=first)]
        if rows:
            self._connection.execute(insert(units), rows)


def _to_params(unit: Unit, place: int) -> dict[str, Any]:
    return {
        "name": unit.name,
        "short_names": json.dumps(unit.short_names, ensure_ascii=False),
        "superior": unit.superior,
        "head": unit.head,
        "deputy": unit.deputy,
        "section": unit.section,
        "handler": unit.handler,
        "phone": unit.phone,
        "region": unit.region,
        "duties": unit.duties,
        "place": place,
    }


def _to_unit(row: Sequence[Any]) -> Unit:
    name, short_names, superior, head, deputy, section, handler, phone, region, duties = row
    return Unit(
        name=name,
        short_names=tuple(json.loads(short_names)),
        superior=superior,
        head=head,
        deputy=deputy,
        section=section,
        handler=handler,
        phone=phone,
        region=region,
        duties=duties,
    )
