"""Both chains read backwards, for whoever looks through what was done: narrowed in the database, piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from desktop_app.errors import StorageProblem
from desktop_app.storage.case_ids import id_of
from desktop_app.storage.chain import ACCESS_LOG, JOURNAL, Chain
from desktop_app.storage.spellings import PlaceOf

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_CHUNK = 500
_ENTERED = '"entered":"'
_DAY_LETTERS = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is empty or None narrows nothing. Days are those of entering."""

    actions: tuple[str, ...] = ()
    by: str = ""
    case: str = ""
    low: date | None = None
    high: date | None = None


@dataclass(frozen=True, slots=True)
class TrailRow:
    """An entry of either chain, without protected words."""

    chain: str
    id: int
    action: str
    by: str
    entered: str
    case: str | None
    on: str
    keys: dict[str, str]
    practice: bool


class Trail:
    """Reads only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def journal(self, wanted: Wanted, before: int | None = None) -> Iterator[TrailRow]:
        """What was done, the newest first; `before` is a number from which on nothing is wanted."""
        return self._backwards(JOURNAL, wanted, before)

    def access_log(self, wanted: Wanted, before: int | None = None) -> Iterator[TrailRow]:
        """Who looked, came and went."""
        return self._backwards(ACCESS_LOG, wanted, before)

    def users(self) -> list[str]:
        """Everybody who ever left an entry in the access log, in order of their names."""
        columns = ACCESS_LOG.table.c
        return sorted(self._connection.execute(select(columns.by).distinct()).scalars())

    def _backwards(self, chain: Chain, wanted: Wanted, before: int | None) -> Iterator[TrailRow]:
        columns = chain.table.c
        asked = select(columns.id, columns.canonical).order_by(columns.id.desc()).limit(_CHUNK)
        for condition in _conditions(chain, wanted):
            asked = asked.where(condition)
        while True:
            part = asked if before is None else asked.where(columns.id < before)
            rows = self._connection.execute(part).all()
            for number, canonical in rows:
                row = _read(chain, number, canonical)
                if not wanted.by or row.by == wanted.by:
                    yield row
            if len(rows) < _CHUNK:
                return
            before = rows[-1].id


def _conditions(chain: Chain, wanted: Wanted) -> Iterator[Any]:
    columns = chain.table.c
    if wanted.actions:
        yield columns.action.in_(wanted.actions)
    if wanted.case:
        yield columns.case_id == id_of(wanted.case)
    if chain is ACCESS_LOG:
        day: Any = columns.day
        if wanted.by:
            yield columns.by == wanted.by
    else:
        # Nothing that stands before the first "entered" of a text can hold a quotation mark of its own.
        place = PlaceOf(columns.canonical, _ENTERED) + len(_ENTERED)
        day = func.substr(columns.canonical, place, _DAY_LETTERS)
        if wanted.by:
            name = json.dumps(wanted.by, ensure_ascii=False)
            yield columns.canonical.contains(f'","by":{name},"case":', autoescape=True)
    if wanted.low is not None:
        yield day >= wanted.low.isoformat()
    if wanted.high is not None:
        yield day <= wanted.high.isoformat()


def _read(chain: Chain, number: int, canonical: str) -> TrailRow:
    try:
        told = json.loads(canonical)
        return TrailRow(
            chain.word,
            number,
            told["action"],
            told["by"],
            told["entered"],
            told["case"],
            told.get("on", told["entered"][:_DAY_LETTERS]),
            told["keys"],
            told["practice"],
        )
    except (ValueError, KeyError, TypeError) as error:
        raise StorageProblem(
            "damaged",
            f"{chain.title}第 {number} 号读不出来。",
            "请运行 verify 查明，并从最近的备份恢复。",
        ) from error
