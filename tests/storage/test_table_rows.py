"""Rows carried from one engine to the other are the same rows, whatever stands in them; what can't be is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.errors import StorageProblem
from desktop_app.storage import database, tables
from desktop_app.storage.moving import Departing
from desktop_app.storage.server_address import ServerAddress, write_address
from desktop_app.storage.table_rows import Teller, carried_tables, numbered_tables, rows_of
from tests import engines

KEY = b"k" * 32
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40) | st.sampled_from(
    ["\\N", "\\.", "\t\r\n", "'\"\\", "\u200b\ufeff", "é\u0301", "\U0001f600𠮷", "NULL", "", " ", "\x7f\x1f"]
)
NUMBERS = st.integers(-(2**63), 2**63 - 1)


def told(rows: Any, table: Any) -> Any:
    teller = Teller()
    for _ in teller.passing(rows.read(table)):
        pass
    return teller.told


@contextmanager
def opened(folder: Path) -> Iterator[Any]:
    """An office's connection within a transaction that is rolled back."""
    office = database.open_database(folder, KEY)
    try:
        with pytest.raises(ZeroDivisionError), office.change() as work:
            yield work._connection
            raise ZeroDivisionError
    finally:
        office.close()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """An empty office in a file, and one on the server."""
    folder = tmp_path_factory.mktemp("rows")
    database.create(folder / "file", KEY).close()
    url = engines.server().make_database("rows")
    write_address(folder / "seat", ServerAddress.of(url))
    database.create(folder / "seat", KEY).close()
    yield folder / "file", folder / "seat"
    engines.server().drop_database("rows")


@pytest.mark.server_only("it is about both engines")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.dictionaries(TEXTS, TEXTS, max_size=8),
    links=st.lists(st.tuples(NUMBERS, st.none() | NUMBERS, TEXTS), max_size=8, unique_by=lambda row: row[0]),
    files=st.dictionaries(TEXTS, st.binary(max_size=60), max_size=5),
    flags=st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 2**31 - 1)), max_size=4),
)
def test_odd_values_come_over_and_back(
    both: tuple[Path, Path], words: Any, links: Any, files: Any, flags: Any
) -> None:
    given_rows = {
        tables.settings: list(words.items()),
        tables.events: [(number, case, "a", text, text) for number, case, text in links],
        tables.paper_templates: list(files.items()),
        tables.status_counts: [
            (str(place), int(open_), int(voided), count) for place, (open_, voided, count) in enumerate(flags)
        ],
    }
    with opened(both[0]) as file, opened(both[1]) as server:
        here, there = rows_of(file), rows_of(server)
        for table, rows in given_rows.items():
            here.write(table, rows)
            sent = Teller()
            there.write(table, sent.passing(here.read(table)))
            assert sent.told == told(there, table) == told(here, table)
            back = list(there.read(table))
            assert sorted(back) == sorted(map(tuple, rows)) and back == list(here.read(table))
            assert [[type(value) for value in row] for row in back] == [
                [type(value) for value in row] for row in here.read(table)
            ]


@pytest.mark.server_only("it is about both engines")
def test_a_nul_in_what_is_searched_comes_over_and_back(both: tuple[Path, Path]) -> None:
    """Elsewhere PostgreSQL keeps none, and it is told in which table and row."""
    with opened(both[0]) as file, opened(both[1]) as server:
        here, there = rows_of(file), rows_of(server)
        for rows in (here, there):
            rows.write(tables.cases, [_case(2026000000001)])
        row = (2026000000001, "a\x00b", "\x00")
        there.write(tables.search_texts, [row])
        assert list(there.read(tables.search_texts)) == [row]
        here.write(tables.search_texts, [row])
        assert told(here, tables.search_texts) == told(there, tables.search_texts)


@pytest.mark.server_only("it is about both engines")
@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("甲", *[""] * 9, 1), ("乙", "a\x00b", *[""] * 8, 2)], "unfit"),
        # The driver cuts it off without a word: the comparison finds it.
        ([("甲", *[""] * 9, 2**40)], "damaged"),
    ],
)
def test_a_value_that_the_other_engine_cannot_keep_is_told(
    both: tuple[Path, Path], rows: list[tuple[Any, ...]], code: str
) -> None:
    with opened(both[0]) as file, opened(both[1]) as server:
        rows_of(file).write(tables.units, rows)
        with pytest.raises(StorageProblem) as told_of:
            Departing(file, both[0]).carry(server, both[1], lambda done, total: True, lambda *_: None)
    assert told_of.value.code == code and "units" in told_of.value.message


@pytest.mark.server_only("it is about both engines")
def test_the_next_number_comes_after_the_last_one_given(both: tuple[Path, Path]) -> None:
    batches = tables.import_batches
    assert batches in numbered_tables()
    row = ("a.csv", "ab", "王敏", "2026-01-02T08:00:00+08:00", 1, 1, 0, 0, "")
    with opened(both[0]) as file, opened(both[1]) as server:
        here, there = rows_of(file), rows_of(server)
        here.write(batches, [(7, *row)])
        file.exec_driver_sql("DELETE FROM import_batches")
        assert here.last_given(batches) == 7
        there.go_on_after(batches, here.last_given(batches))
        assert there.last_given(batches) == 7
        columns = ", ".join(f'"{column.name}"' for column in batches.columns if column.name != "id")
        put = (
            f"INSERT INTO import_batches ({columns}) VALUES ('a', 'b', 'c', 'd', 1, 1, 0, 0, '') RETURNING id"
        )
        assert server.exec_driver_sql(put).scalar_one() == 8
        here.go_on_after(batches, there.last_given(batches))
        assert file.exec_driver_sql(put).scalar_one() == 9


def test_every_table_is_carried_after_those_it_refers_to() -> None:
    names = [table.name for table in carried_tables()]
    aside = {"alembic_version", "attachment_contents", "office_forms"}
    assert set(names) == set(tables.metadata.tables) - aside
    for table in carried_tables():
        for key in table.foreign_keys:
            assert names.index(key.column.table.name) < names.index(table.name)


def _case(number: int) -> tuple[Any, ...]:
    given_values: dict[str, Any] = {"id": number, "is_open": 1, "voided": 0, "provisional": 0, "private": 0}
    given_values |= {"awaiting_reply": 0, "was_overdue": 0, "batch": None}
    return tuple(given_values.get(column.name, "") for column in tables.cases.columns)
