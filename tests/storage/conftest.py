"""Real encrypted offices in a temporary folder, with passwords that are quick to try."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.events import NewEvent
from desktop_app.storage.chunks import CHUNK
from desktop_app.storage.database import Database, create
from desktop_app.storage.key_wrapping import Cost
from tests.engines import place


@pytest.fixture
def quick() -> Cost:
    """The least that Argon2 allows."""
    return Cost(time=1, memory_kib=8, lanes=1)


@pytest.fixture
def key() -> bytes:
    return secrets.token_bytes(32)


@pytest.fixture
def office(tmp_path: Path, key: bytes) -> Iterator[Database]:
    """A new, empty, encrypted office."""
    database = create(place(tmp_path / "office"), key)
    yield database
    database.close()


@pytest.fixture
def make_row() -> Callable[..., CaseRow]:
    """A row with that serial of 2026; other fields by name."""

    def make(serial: int, **fields: Any) -> CaseRow:
        year = fields.pop("year", 2026)
        usual: dict[str, Any] = {
            "regulation": "tongliao-2023",
            "status": "待初审",
            "title": f"标题{serial}",
            "received": date(2026, 1, 1),
            "source": "市长板块",
            "is_open": True,
        }
        return CaseRow(number=f"{year}-{serial:04d}", year=year, serial=serial, **{**usual, **fields})

    return make


@pytest.fixture
def make_event() -> Callable[..., NewEvent]:
    """An event of that case; other fields by name."""

    def make(case: str | None = "2026-0001", **fields: Any) -> NewEvent:
        usual: dict[str, Any] = {
            "action": "register",
            "on": date(2026, 1, 2),
            "by": "王敏",
            "entered": "2026-01-02T08:00:00+08:00",
            "keys": {"source": "市长板块"},
            "protected": {"text": "二次供水水压不足", "name": "李某"},
        }
        return NewEvent(case=case, **{**usual, **fields})

    return make


@pytest.fixture
def with_cases(office: Database, make_row: Callable[..., CaseRow]) -> Database:
    """An office that has more cases than one statement takes."""
    with office.change() as work:
        work.cases.insert([make_row(serial) for serial in range(1, CHUNK + 3)])
    return office
