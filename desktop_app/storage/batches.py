"""Imports, and by what an incoming message is known again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, bindparam, delete, insert, select, update

from desktop_app.domain.office_records import ImportBatch, IncomingKey
from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.chunks import chunked
from desktop_app.storage.tables import import_batches, incoming_keys

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_BATCH_COLUMNS = (
    import_batches.c.file,
    import_batches.c.sha256,
    import_batches.c.by,
    import_batches.c.entered,
    import_batches.c.rows,
    import_batches.c.imported,
    import_batches.c.duplicates,
    import_batches.c.rejected,
    import_batches.c.id,
    import_batches.c.undone,
)
_BATCHES = select(*_BATCH_COLUMNS).order_by(import_batches.c.id.desc())
_BATCH = select(*_BATCH_COLUMNS).where(import_batches.c.id == bindparam("wanted"))
_UNDO = (
    update(import_batches).where(import_batches.c.id == bindparam("wanted")).values(undone=bindparam("at"))
)
_COUNTED = (
    update(import_batches)
    .where(import_batches.c.id == bindparam("wanted"))
    .values(
        rows=bindparam("all_rows"),
        imported=bindparam("were_imported"),
        duplicates=bindparam("were_duplicates"),
        rejected=bindparam("were_rejected"),
    )
)
_DROP_KEY = delete(incoming_keys).where(incoming_keys.c.case_id == bindparam("case"))


def _keys_by(column: Column[Any]) -> Any:
    return (
        select(column, incoming_keys.c.content_digest, incoming_keys.c.case_id)
        .where(column.in_(bindparam("wanted", expanding=True)))
        .order_by(incoming_keys.c.case_id)
    )


_BY_BOARD_NUMBER = _keys_by(incoming_keys.c.board_number)
_BY_DIGEST = _keys_by(incoming_keys.c.content_digest)
_BY_LIKENESS = _keys_by(incoming_keys.c.likeness)
_BY_TITLE_LIKENESS = _keys_by(incoming_keys.c.title_likeness)


class Batches:
    """The imports of the office, one record a file brought in."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, batch: ImportBatch) -> int:
        """Records an import and gives it its number; the number in `batch` is not looked at."""
        params = {
            column.name: getattr(batch, column.name) for column in _BATCH_COLUMNS if column.name != "id"
        }
        made = self._connection.execute(insert(import_batches).returning(import_batches.c.id), params)
        return int(made.scalar_one())

    def count(self, batch_id: int, *, rows: int, imported: int, duplicates: int, rejected: int) -> None:
        """Sets what an import came to, once it is known; LookupError where there is no such import."""
        self._change(
            _COUNTED,
            batch_id,
            all_rows=rows,
            were_imported=imported,
            were_duplicates=duplicates,
            were_rejected=rejected,
        )

    def get(self, batch_id: int) -> ImportBatch | None:
        """The import of that number."""
        row = self._connection.execute(_BATCH, {"wanted": batch_id}).first()
        return None if row is None else _to_batch(row)

    def all(self) -> list[ImportBatch]:
        """Every import, the newest first; undone ones too."""
        return [_to_batch(row) for row in self._connection.execute(_BATCHES)]

    def mark_undone(self, batch_id: int, at: str) -> None:
        """Notes at what time the import was taken back; LookupError where there is no such import."""
        self._change(_UNDO, batch_id, at=at)

    def _change(self, statement: Any, batch_id: int, **params: Any) -> None:
        if self._connection.execute(statement, {"wanted": batch_id, **params}).rowcount != 1:
            raise LookupError(batch_id)


def _to_batch(row: Sequence[Any]) -> ImportBatch:
    file, sha256, by, entered, rows, imported, duplicates, rejected, batch_id, undone = row
    return ImportBatch(
        file, sha256, by, entered, rows, imported, duplicates, rejected, id=batch_id, undone=undone
    )


class ContentIndex:
    """Which case an incoming message may be a second copy of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_many(self, keys: Sequence[IncomingKey]) -> None:
        """Makes new cases known by their keys."""
        if keys:
            self._connection.execute(
                insert(incoming_keys),
                [
                    {
                        "case_id": id_of(key.number),
                        "content_digest": key.content_digest,
                        "board_number": key.board_number,
                        "likeness": key.likeness,
                        "title_likeness": key.title_likeness,
                    }
                    for key in keys
                ],
            )

    def drop(self, number: str) -> None:
        """Forgets a case, so that its message may come in again."""
        self._connection.execute(_DROP_KEY, {"case": id_of(number)})

    def by_board_numbers(self, board_numbers: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        """For each number of the board that is known: (content digest, register number), oldest first."""
        return self._found(_BY_BOARD_NUMBER, board_numbers)

    def by_digests(self, digests: Iterable[str]) -> dict[str, list[str]]:
        """For each content digest that is known: the register numbers under which it came in, oldest first."""
        found = self._found(_BY_DIGEST, digests)
        return {digest: [number for _, number in pairs] for digest, pairs in found.items()}

    def by_likeness(self, likenesses: Iterable[str]) -> dict[str, list[str]]:
        """For each likeness that is known, of text or of citizen and title: the register numbers, oldest first."""
        wanted = list(likenesses)
        found: dict[str, list[str]] = {}
        for statement in (_BY_LIKENESS, _BY_TITLE_LIKENESS):
            for likeness, pairs in self._found(statement, wanted).items():
                found.setdefault(likeness, []).extend(number for _, number in pairs)
        return found

    def _found(self, statement: Any, wanted: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for part in chunked(word for word in wanted if word):
            for word, digest, case_id in self._connection.execute(statement, {"wanted": part}):
                found.setdefault(word, []).append((digest, number_of(case_id)))
        return found
