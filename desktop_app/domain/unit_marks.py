"""What a kept conclusion about a case took from the unit register, and whether the register says it still."""

from __future__ import annotations

import json
from functools import cached_property
from hashlib import sha256

from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.domain.watched import WatchedUnits

_WHOLE = "\n"
"""Stands for all of the register; no name is a line break."""


class UnitMarks:
    """The marks of one register: digests of single units by the names that were asked for, or of all of it."""

    def __init__(self, register: UnitRegister) -> None:
        self._register = register
        self._known: dict[str, bool] = {}

    def of(self, watched: WatchedUnits) -> str:
        """What it was asked, as text."""
        if watched.whole:
            return json.dumps({_WHOLE: self._whole})
        marks = {name: _mark(self._register.find(name)) for name in sorted(watched.asked)}
        return json.dumps(marks, ensure_ascii=False, separators=(",", ":"))

    def hold(self, text: str) -> bool:
        """Whether the register would answer the same. Many cases have the same unit, so answers are kept."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._holds(text)
        return known

    def _holds(self, text: str) -> bool:
        try:
            told = json.loads(text)
            return all(
                mark == (self._whole if name == _WHOLE else _mark(self._register.find(name)))
                for name, mark in told.items()
            )
        except (ValueError, AttributeError):
            return False

    @cached_property
    def _whole(self) -> str:
        return _digest(repr(tuple(self._register)))


def _mark(unit: Unit | None) -> str:
    return "" if unit is None else _digest(repr(unit))


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
