"""The access log: who looked, printed, took out, came and went; numbered and chained as the journal is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, select, update

from desktop_app.domain.access_entries import Entry, NewEntry, canonical_entry, read_entry
from desktop_app.domain.events import FIRST_LINK, digest
from desktop_app.domain.office_records import Problem
from desktop_app.errors import StorageProblem
from desktop_app.storage.case_ids import id_of
from desktop_app.storage.chain import check_access_log
from desktop_app.storage.tables import access_log, journal_head

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_HEAD = 2
"""Its row of the table of heads; the journal has the first."""

_LAST = select(journal_head.c.event_id, journal_head.c.hash).where(journal_head.c.place == _HEAD)
_SET_HEAD = (
    update(journal_head)
    .where(journal_head.c.place == _HEAD)
    .values(event_id=bindparam("event_id"), hash=bindparam("hash"))
)


class AccessLog:
    """Entries of the office in one sequence of their own; only added to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, new: Sequence[NewEntry]) -> list[int]:
        """Numbers, chains and stores `new` in the order given; returns their numbers."""
        if not new:
            return []
        last = self.last()
        last_id, previous = last or (0, FIRST_LINK)
        rows: list[dict[str, Any]] = []
        for entry_id, entry in enumerate(new, start=last_id + 1):
            canonical = canonical_entry(entry_id, entry, previous)
            previous = digest(canonical)
            rows.append(
                {
                    "id": entry_id,
                    "case_id": None if entry.case is None else id_of(entry.case),
                    "action": entry.action,
                    "by": entry.by,
                    "day": entry.day,
                    "canonical": canonical,
                    "hash": previous,
                }
            )
        self._connection.execute(insert(access_log), rows)
        head = {"event_id": rows[-1]["id"], "hash": previous}
        if last is None:
            self._connection.execute(insert(journal_head), {"place": _HEAD, **head})
        else:
            self._connection.execute(_SET_HEAD, head)
        return [row["id"] for row in rows]

    def last(self) -> tuple[int, str] | None:
        """Number and digest of the newest entry; None in an empty log."""
        row = self._connection.execute(_LAST).first()
        return None if row is None else (row[0], row[1])

    def count(self) -> int:
        return int(self._connection.execute(select(func.count()).select_from(access_log)).scalar_one())

    def of_case(self, number: str) -> list[Entry]:
        """All entries that name the case, in order."""
        return self._read(
            select(access_log.c.canonical)
            .where(access_log.c.case_id == id_of(number))
            .order_by(access_log.c.id)
        )

    def since(self, entry_id: int) -> list[Entry]:
        """All entries after that number, in order."""
        return self._read(
            select(access_log.c.canonical).where(access_log.c.id > entry_id).order_by(access_log.c.id)
        )

    def check_chain(self) -> Iterator[Problem]:
        """Every fault of the log, the first entry's first; nothing where it is whole."""
        return check_access_log(self._connection)

    def _read(self, statement: Any) -> list[Entry]:
        try:
            return [read_entry(text) for text in self._connection.execute(statement).scalars()]
        except (ValueError, KeyError, TypeError) as error:
            raise StorageProblem(
                "damaged",
                "登录与查看记录中有一条读不出来。",
                "请运行 verify 查明是哪一条，并从最近的备份恢复。",
            ) from error
