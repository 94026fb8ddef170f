"""Register numbers as the integers that tables keep (year × 10⁹ + serial), and back."""

from __future__ import annotations

from desktop_app.domain.numbering import parse_register_number

_YEAR = 10**9


def join_id(year: int, serial: int) -> int:
    """The integer of a year and a serial."""
    return year * _YEAR + serial


def split_id(case_id: int) -> tuple[int, int]:
    """Year and serial of an integer."""
    return divmod(case_id, _YEAR)


def id_of(number: str) -> int:
    """``2026-0312`` as an integer; Refusal ``unknown_case`` where it is no register number."""
    parsed = parse_register_number(number)
    return parsed.year * _YEAR + parsed.serial


def number_of(case_id: int) -> str:
    """The register number as it is shown."""
    year, serial = divmod(case_id, _YEAR)
    return f"{year}-{serial:04d}"
