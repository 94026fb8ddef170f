"""What a damaged office still holds, table by table, and how it is put into a new one.

Records and the citizens' words prove themselves by their digests. Rows whose tree is gone are told by their shape:
no two tables of the office have the same.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, Column, Integer, LargeBinary, Table, Text
from sqlcipher3 import dbapi2

from desktop_app.domain.events import DIGEST_PREFIX, digest, salted_digest
from desktop_app.errors import StorageProblem
from desktop_app.storage import tables
from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.salvage_pages import Pages, read_pages
from desktop_app.storage.salvage_rows import Row, Tree, leaves, read_tree, rows_of_leaf
from desktop_app.storage.seals import SEAL_KEY

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_MASTER = 1
"""Root page of the table of tables."""
_KINDS = frozenset(("table", "index", "trigger", "view"))

Found = dict[str, Any]
"""A row by its columns."""


@dataclass
class Salvage:
    """Rows by table and primary key. `damaged`: tables of which something is lost, whether seen or not."""

    rows: dict[str, dict[tuple[Any, ...], Found]] = field(default_factory=dict)
    damaged: set[str] = field(default_factory=set)
    lost_pages: int = 0

    @classmethod
    def of_nothing(cls) -> Salvage:
        """Of a file that is gone: whatever a backup has is missing here."""
        return cls(damaged={table.name for table in _tables()})

    def of(self, name: str) -> list[Found]:
        """The rows of that table."""
        return list(self.rows.get(name, {}).values())

    def part_from_cases(self, name: str, numbers: Collection[str]) -> list[tuple[str, Found]]:
        """Takes out of a table the rows of cases that are not among these, since nothing may point to what is not
        there; returns them with the numbers of their cases."""
        there = {id_of(number) for number in numbers}
        rows = self.rows.get(name, {})
        self.rows[name] = {key: row for key, row in rows.items() if row["case_id"] in there}
        return [(number_of(row["case_id"]), row) for row in rows.values() if row["case_id"] not in there]

    def fill_up(self, other: Salvage) -> None:
        """What is lost here and stands in `other`, an earlier state of the same office."""
        for name in self.damaged:
            here = self.rows.setdefault(name, {})
            for key, row in other.rows.get(name, {}).items():
                here.setdefault(key, row)

    def agrees_with(self, other: Salvage) -> bool:
        """Whether every record that both hold is the same: else these are two histories, and nothing may be mixed."""
        here, there = (one.rows.get(tables.events.name, {}) for one in (self, other))
        return bool(here.keys() & there.keys()) and all(
            here[key]["hash"] == there[key]["hash"] for key in here.keys() & there.keys()
        )


def salvage(path: Path, key: bytes) -> Salvage:
    """Everything that can be read of the office file. StorageProblem ``damaged`` where not one page can."""
    pages = read_pages(path, key)
    if not pages.whole:
        raise StorageProblem("damaged", f"数据文件 {path} 一页也读不出来。", "请从备份恢复（命令 restore）。")
    found = Salvage(lost_pages=len(pages.lost))
    master = read_tree(pages, _MASTER)
    seen: set[int] = set(master.pages)
    for table in _tables():
        statement = _statement(master, table.name)
        tree = read_tree(pages, statement[0]) if statement is not None else None
        if tree is None or statement is None or (tree.damaged and pages.lost):
            found.damaged.add(table.name)
        if tree is not None and statement is not None:
            seen |= tree.pages
            _take(found, table, statement[1], tree.rows)
    if found.damaged:
        _take_strays(found, pages, seen)
    _keep_what_proves_itself(found)
    return found


def put_rows(connection: Connection, name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows as they were found, into that table; it holds none of them yet."""
    given = [dict(row) for row in rows]
    if given:
        connection.execute(tables.metadata.tables[name].insert(), given)


def put_journal(connection: Connection, found: Salvage) -> tuple[list[int], list[tuple[int, str | None]]]:
    """Events under their old numbers and links, their words, and the last link, into an empty journal.

    Returns the numbers of events that are lost, and the events, with their cases, whose words are: these are left
    as words are that were disposed of.
    """
    there: dict[int, Found] = {row["id"]: row for row in found.of("events")}
    last = max(there)
    heads = [(row["event_id"], row["hash"]) for row in found.of("journal_head") if row["place"] == 1]
    end, link = max(heads, default=(0, ""))
    if end < last:
        end, link = last, there[last]["hash"]
    put_rows(connection, "events", (there[event_id] for event_id in sorted(there)))
    put_rows(connection, "journal_head", [{"place": 1, "event_id": end, "hash": link}])
    kept = found.rows.get("protected_words", {})
    lost: list[tuple[int, str | None]] = []
    words: list[Found] = []
    for event_id, row in sorted(there.items()):
        told = json.loads(row["canonical"])
        for key in sorted(told["protected"]):
            one = kept.get((event_id, key))
            if one is None:
                lost.append((event_id, told["case"]))
            words.append(one or {"event_id": event_id, "key": key, "words": None, "salt": ""})
    put_rows(connection, "protected_words", words)
    return sorted(set(range(1, end + 1)) - there.keys()), list(dict.fromkeys(lost))


def put_access_log(connection: Connection, found: Salvage) -> list[int]:
    """The same for the access log; returns the numbers of entries that are lost."""
    there: dict[int, Found] = {row["id"]: row for row in found.of("access_log")}
    heads = [(row["event_id"], row["hash"]) for row in found.of("journal_head") if row["place"] == 2]
    last = max(there, default=0)
    end, link = max(heads, default=(0, ""))
    if end < last:
        end, link = last, there[last]["hash"]
    put_rows(connection, "access_log", (there[number] for number in sorted(there)))
    if end:
        put_rows(connection, "journal_head", [{"place": 2, "event_id": end, "hash": link}])
    return sorted(set(range(1, end + 1)) - there.keys())


def put_seals(connection: Connection, found: Salvage) -> bool:
    """The seals, where all are there: a row of them with gaps proves nothing. Whether none is lost."""
    there = sorted(found.of("seals"), key=lambda row: int(row["id"]))
    whole = [row["id"] for row in there] == list(range(1, len(there) + 1))
    keyed = any(row["key"] == SEAL_KEY for row in found.of("settings"))
    if whole and (keyed or not there):
        put_rows(connection, "seals", there)
    return whole and keyed


def _tables() -> Iterator[Table]:
    """Those that can't be made again from others, and the register, for cases whose records are gone."""
    made_anew = {
        *("case_units", "status_counts", "search_texts", "incoming_keys", "likeness_keys"),
        *("learned", "case_figures", "open_items"),
    }
    return (table for table in tables.metadata.tables.values() if table.name not in made_anew)


def _statement(master: Tree, name: str) -> tuple[int, list[str]] | None:
    """Root page of a table, and its columns in the order in which the file keeps them."""
    for _, row in master.rows:
        if row[:2] == ("table", name):
            memory = dbapi2.connect(":memory:")
            try:
                memory.execute(row[4])
                return row[3], [column[1] for column in memory.execute(f"PRAGMA table_info({name})")]
            finally:
                memory.close()
    return None


def _take(found: Salvage, table: Table, columns: Sequence[str], rows: Iterable[tuple[int, Row]]) -> None:
    kept = found.rows.setdefault(table.name, {})
    for rowid, values in rows:
        row = dict(zip(columns, values, strict=False))
        own = _rowid_column(table)
        if own is not None and row.get(own) is None:
            row[own] = rowid
        if row.keys() >= {column.name for column in table.columns}:
            wanted = {column.name: row[column.name] for column in table.columns}
            kept.setdefault(tuple(wanted[column.name] for column in table.primary_key), wanted)


def _rowid_column(table: Table) -> str | None:
    """The column that is the rowid itself and so is stored as nothing."""
    keys = list(table.primary_key)
    alone = len(keys) == 1 and isinstance(keys[0].type, Integer)
    return keys[0].name if alone else None


def _take_strays(found: Salvage, pages: Pages, seen: set[int]) -> None:
    """Rows on pages that no tree leads to any more, into the damaged table whose shape they have."""
    wanted = [table for table in _tables() if table.name in found.damaged]
    for number in leaves(pages):
        if number in seen:
            continue
        for rowid, row in rows_of_leaf(pages, number):
            fitting = [table for table in wanted if row is not None and _has_shape(table, row)]
            if row is not None and len(fitting) == 1:
                _take(found, fitting[0], [column.name for column in fitting[0].columns], [(rowid, row)])


def _has_shape(table: Table, row: Row) -> bool:
    columns = list(table.columns)
    own = _rowid_column(table)
    return (
        len(columns) == len(row)
        and row[0] not in _KINDS
        and all(_fits(column, value, column.name == own) for column, value in zip(columns, row, strict=True))
    )


def _fits(column: Column[Any], value: Any, is_rowid: bool) -> bool:
    if value is None or is_rowid:
        return value is None and (is_rowid or bool(column.nullable))
    if isinstance(column.type, Boolean):
        return value in (0, 1) and isinstance(value, int)
    if isinstance(column.type, Text):
        return isinstance(value, str)
    return isinstance(value, bytes if isinstance(column.type, LargeBinary) else int)


def _keep_what_proves_itself(found: Salvage) -> None:
    """Records by their own digest; words by the digest in their record. What does not fit is as good as lost."""
    told: dict[int, dict[str, Any]] = {}
    for key, row in list(found.rows.get("events", {}).items()):
        content = _told(row)
        if content is None:
            del found.rows["events"][key]
            found.damaged.add("events")
        else:
            told[row["id"]] = content
    for key, row in list(found.rows.get("access_log", {}).items()):
        if digest(row["canonical"]) != row["hash"]:
            del found.rows["access_log"][key]
    for key, row in list(found.rows.get("protected_words", {}).items()):
        wanted = told.get(row["event_id"], {}).get("protected", {}).get(row["key"])
        whole = row["words"] is None or wanted == DIGEST_PREFIX + salted_digest(row["salt"], row["words"])
        if wanted is not None and not whole:
            del found.rows["protected_words"][key]
            found.damaged.add("protected_words")


def _told(row: Found) -> dict[str, Any] | None:
    if digest(row["canonical"]) != row["hash"]:
        return None
    try:
        content = json.loads(row["canonical"])
        case = None if content["case"] is None else id_of(content["case"])
    except (ValueError, KeyError, TypeError):
        return None
    fits = (content.get("id"), case, content.get("action")) == (row["id"], row["case_id"], row["action"])
    return content if fits else None
