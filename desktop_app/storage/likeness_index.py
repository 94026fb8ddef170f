"""The index of the pieces by which a message is found that says the same (domain.likeness)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    MetaData,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
)

from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.chunks import chunked
from desktop_app.storage.tables import likeness_keys

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_held = Table(
    "held_likeness_keys",
    MetaData(),
    Column("key", Integer, primary_key=True),
    Column("case_id", BigInteger, primary_key=True),
)
_HOLD = text(
    "CREATE TEMPORARY TABLE IF NOT EXISTS held_likeness_keys "
    "(key INTEGER NOT NULL, case_id BIGINT NOT NULL, PRIMARY KEY (key, case_id))"
)
_SETTLE = text(
    "INSERT INTO likeness_keys (key, case_id) SELECT key, case_id FROM held_likeness_keys ORDER BY key, case_id"
)
_LET_GO = text("DROP TABLE held_likeness_keys")
_DROP = delete(likeness_keys).where(
    likeness_keys.c.case_id == bindparam("case"), likeness_keys.c.key.in_(bindparam("keys", expanding=True))
)


_MOST_HELD = 400_000
"""Rows of keys held in memory before they are written: those of some 25,000 messages."""


def _cases_by(table: Table) -> Any:
    return (
        select(table.c.key, table.c.case_id)
        .where(table.c.key.in_(bindparam("wanted", expanding=True)))
        .order_by(table.c.key, table.c.case_id)
    )


def _counts_by(table: Table) -> Any:
    return (
        select(table.c.key, func.count())
        .where(table.c.key.in_(bindparam("wanted", expanding=True)))
        .group_by(table.c.key)
    )


_FIND, _FIND_HELD = _cases_by(likeness_keys), _cases_by(_held)
_COUNT, _COUNT_HELD = _counts_by(likeness_keys), _counts_by(_held)
_KEPT = select(likeness_keys.c.key, likeness_keys.c.case_id).where(
    likeness_keys.c.key.in_(bindparam("wanted", expanding=True)),
    likeness_keys.c.case_id.between(bindparam("low"), bindparam("high")),
)
_TOTAL = select(func.count()).select_from(likeness_keys)


class LikenessIndex:
    """Keys of messages → the cases that bear them, in the order of their numbers.

    Keys lie in no order in the messages, so writing them as they come would touch a page for each: a large import
    `hold`s its keys, finds by them as well, and `settle`s them at its end, in the order of the index.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._holds = 0

    def find(self, keys: Iterable[int]) -> dict[int, list[str]]:
        """The register numbers under each key that any case bears."""
        found: dict[int, list[str]] = {}
        for part in chunked(sorted(set(keys))):
            for statement in (_FIND, _FIND_HELD) if self._holds else (_FIND,):
                for key, case_id in self._connection.execute(statement, {"wanted": part}):
                    found.setdefault(key, []).append(number_of(case_id))
        return found

    def counts(self, keys: Iterable[int]) -> dict[int, int]:
        """How many cases bear each of the keys that any bears."""
        found: dict[int, int] = {}
        for part in chunked(sorted(set(keys))):
            for statement in (_COUNT, _COUNT_HELD) if self._holds else (_COUNT,):
                for key, count in self._connection.execute(statement, {"wanted": part}):
                    found[key] = found.get(key, 0) + count
        return found

    def lacking(self, keys: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
        """Of the keys given for cases, by register number, those that are not kept for them; what is held is not seen.

        Quick where the cases are neighbours in the register.
        """
        ids = {id_of(number): number for number in keys}
        wanted: dict[int, set[int]] = {}
        for case_id, number in ids.items():
            for key in keys[number]:
                wanted.setdefault(key, set()).add(case_id)
        span = {"low": min(ids, default=0), "high": max(ids, default=0)}
        for part in chunked(sorted(wanted)):
            for key, case_id in self._connection.execute(_KEPT, {"wanted": part, **span}):
                wanted[key].discard(case_id)
        found: dict[str, list[int]] = {}
        for key, without in wanted.items():
            for case_id in without:
                found.setdefault(ids[case_id], []).append(key)
        return found

    def total(self) -> int:
        """How many keys of cases are kept."""
        return int(self._connection.execute(_TOTAL).scalar_one())

    def clear(self) -> None:
        """Forget all cases."""
        self._connection.execute(delete(likeness_keys))

    def add(self, keys: Mapping[str, Sequence[int]]) -> None:
        """Make cases known by their keys, by register number."""
        rows = _rows(keys)
        if rows:
            self._connection.execute(insert(likeness_keys), rows)

    def hold(self, keys: Mapping[str, Sequence[int]]) -> None:
        """The same, kept in memory until `settle`; a transaction that ends before leaves nothing of it."""
        rows = _rows(keys)
        if rows:
            self._connection.execute(_HOLD)
            self._connection.execute(insert(_held), rows)
            self._holds += len(rows)
            if self._holds > _MOST_HELD:
                self.settle()

    def settle(self) -> None:
        """Write what is held."""
        if self._holds:
            self._connection.execute(_SETTLE)
            self._connection.execute(_LET_GO)
            self._holds = 0

    def drop(self, number: str, keys: Sequence[int]) -> None:
        """Forget a case whose message has these keys."""
        if keys:
            self._connection.execute(_DROP, {"case": id_of(number), "keys": keys})


def _rows(keys: Mapping[str, Sequence[int]]) -> list[dict[str, int]]:
    ids = {number: id_of(number) for number in keys}
    pairs = sorted((key, ids[number]) for number, several in keys.items() for key in several)
    return [{"key": key, "case_id": case_id} for key, case_id in pairs]
