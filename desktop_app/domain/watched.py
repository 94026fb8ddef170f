"""A day and a unit register that remember how they were looked at, so that what was concluded may be kept as long as it holds.

A rule that only compares today with other days concludes the same on every day that compares alike; which days
these are need not be told by each rule, and so can't be told wrongly (docs/adr/034).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from desktop_app.domain.units import Unit, UnitRegister

_ONE_DAY = timedelta(days=1)


class WatchedDay(date):
    """A date like any other. `first` and `last` are the days between which any other, itself included, would have
    compared alike up to now; `pinned` where it was used in any other way, so that nothing is known of other days."""

    first: date
    last: date
    pinned: bool

    @classmethod
    def of(cls, day: date) -> WatchedDay:
        watched = cls(day.year, day.month, day.day)
        watched.begin()
        return watched

    def begin(self) -> None:
        """Forget how it was looked at."""
        self.first, self.last, self.pinned = date.min, date.max, False

    def _is_before(self, other: date) -> bool:
        if date.__lt__(self, other):
            self.last = min(self.last, other - _ONE_DAY)
            return True
        self.first = max(self.first, other)
        return False

    def _is_after(self, other: date) -> bool:
        if date.__gt__(self, other):
            self.first = max(self.first, other + _ONE_DAY)
            return True
        self.last = min(self.last, other)
        return False

    def __lt__(self, other: date) -> bool:
        return self._is_before(other)

    def __ge__(self, other: date) -> bool:
        return not self._is_before(other)

    def __gt__(self, other: date) -> bool:
        return self._is_after(other)

    def __le__(self, other: date) -> bool:
        return not self._is_after(other)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, date) and not self._is_before(other) and not self._is_after(other)

    def __ne__(self, other: object) -> bool:
        return not self == other


def _pinning(name: str) -> Callable[..., Any]:
    """A method of a date that takes it for what it is."""
    plain = getattr(date, name)

    def method(self: WatchedDay, *given: Any, **named: Any) -> Any:
        self.pinned = True
        return plain(self, *given, **named)

    return method


def _pinning_part(name: str) -> property:
    plain = getattr(date, name)

    def part(self: WatchedDay) -> Any:
        self.pinned = True
        return plain.__get__(self)

    return property(part)


for _name in (
    *(
        "__add__",
        "__radd__",
        "__sub__",
        "__rsub__",
        "__hash__",
        "__format__",
        "__str__",
        "__repr__",
        "__reduce__",
    ),
    *("ctime", "isocalendar", "isoformat", "isoweekday", "replace", "strftime", "timetuple", "toordinal"),
    "weekday",
):
    setattr(WatchedDay, _name, _pinning(_name))
for _name in ("year", "month", "day"):
    setattr(WatchedDay, _name, _pinning_part(_name))


class WatchedUnits(UnitRegister):
    """A unit register like the one it stands for. `asked` are the names of which alone it was asked; `whole` where
    it was looked through in any other way."""

    def __init__(self, register: UnitRegister) -> None:
        super().__init__(())
        self._register = register
        self.asked: set[str] = set()
        self.whole = False

    def _looked_through(self) -> UnitRegister:
        self.whole = True
        return self._register

    def find(self, name: str) -> Unit | None:
        self.asked.add(name)
        return self._register.find(name)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._looked_through())

    def __len__(self) -> int:
        return len(self._looked_through())

    def named(self, name: str) -> tuple[Unit, ...]:
        return self._looked_through().named(name)

    def superiors_of(self, unit: Unit) -> tuple[Unit, ...]:
        return self._looked_through().superiors_of(unit)

    def is_same_or_below(self, unit: Unit, accused: Unit) -> bool:
        return self._looked_through().is_same_or_below(unit, accused)
