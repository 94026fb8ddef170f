"""Migrations proven: the models are the head, every step carries data over, and nothing is lost on the way."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.events import FIRST_LINK, NewEvent, canonical_text, digest
from desktop_app.errors import StorageProblem
from desktop_app.storage import migrate as migrating
from desktop_app.storage.database import Database, open_database
from desktop_app.storage.engine import connect_file, make_engine
from desktop_app.storage.index_terms import Search
from desktop_app.storage.integrity import check_file
from desktop_app.storage.migrate import MIGRATIONS, migrate
from desktop_app.storage.tables import SCHEMA_VERSION, metadata
from tests.storage.earlier_offices import NEXT, SCHEMAS, assert_all_there, with_next_step

MakeRow = Callable[..., CaseRow]

pytestmark = pytest.mark.file_only("steps on files; those on a server are tried in test_server_migrations")


def _schema(path: Path, key: bytes) -> dict[str, str]:
    driver = connect_file(path, key)
    rows = driver.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    driver.close()
    return {name: re.sub(r'[\s"]+', " ", sql) for name, sql in rows if name != "alembic_version"}


def _upgraded_from_nothing(path: Path, key: bytes, to: str = "head") -> None:
    driver = connect_file(path, key)
    driver.execute("CREATE TABLE alembic_version (version_num TEXT PRIMARY KEY)")
    driver.close()
    migrating.upgrade(path, key, to=to)


def test_the_tables_are_what_the_migrations_make(office: Database, tmp_path: Path, key: bytes) -> None:
    path = tmp_path / "migrated.db"
    _upgraded_from_nothing(path, key)
    assert _schema(path, key) == _schema(office.path, key)
    engine = make_engine(path, key)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    assert [one for one in found if "case_search" not in str(one)] == []


def test_the_newest_step_is_the_schema_the_program_knows() -> None:
    directory = ScriptDirectory(str(MIGRATIONS))
    assert directory.get_heads() == [SCHEMA_VERSION]
    assert len(directory.get_bases()) == 1


@pytest.mark.parametrize(
    "revision", [step.revision for step in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
)
def test_an_office_of_every_schema_comes_to_today_whole(tmp_path: Path, key: bytes, revision: str) -> None:
    """Each step has beside this test what an office held at that schema; it must all be there at the head."""
    path = tmp_path / "office.db"
    _upgraded_from_nothing(path, key, to=revision)
    driver = connect_file(path, key)
    driver.executescript((SCHEMAS / f"{revision}.sql").read_text("utf-8"))
    driver.close()
    office = open_database(tmp_path, key)
    with office.change() as work:
        assert_all_there(work)
    office.close()
    assert check_file(path, key) == []


def _events_of_one_case(told: Iterable[tuple[str, dict[str, str]]]) -> Iterator[tuple[int, str, str, str]]:
    """Rows of the journal: a step a day, from 2026-10-01 on."""
    previous = FIRST_LINK
    for place, (action, keys) in enumerate(told, start=1):
        event = NewEvent(
            action, date(2026, 10, place), "王敏", "2026-10-30T08:00:00+08:00", "2026-0001", keys
        )
        canonical = canonical_text(place, event, {}, previous)
        previous = digest(canonical)
        yield place, action, canonical, previous


def test_numbers_given_out_before_they_could_be_shared_are_tied_to_their_steps(
    tmp_path: Path, key: bytes
) -> None:
    path = tmp_path / "office.db"
    _upgraded_from_nothing(path, key, to="0001")
    driver = connect_file(path, key)
    driver.executescript((SCHEMAS / "0001.sql").read_text("utf-8"))
    driver.execute("DROP TRIGGER events_are_not_deleted")
    driver.execute("DELETE FROM protected_words")
    driver.execute("DELETE FROM events")
    steps = _events_of_one_case(
        (
            ("register", {}),
            ("dispatch", {"lead": "甲局", "document": "办1"}),
            ("receive", {"manner": "当面"}),
            ("urge", {"to": "乙科", "document": "催1"}),
            ("urge", {"to": "乙科", "document": "催2"}),
            ("correct", {"event": "4", "reason": "误"}),
            ("correct", {"event": "5", "reason": "误"}),
            ("correct", {"event": "7", "reason": "没有误"}),
            ("correct", {"event": "5", "with.to": "丙科", "reason": "误"}),
        )
    )
    rows = [(place, 2026000000001, *rest) for place, *rest in steps]
    driver.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?)", rows)
    driver.execute("DELETE FROM documents_issued")
    driver.executemany(
        "INSERT INTO documents_issued VALUES (?, 2026, ?, ?, 2026000000001, ?, ?)",
        [("办", 1, "办1", 2, ""), ("催", 1, "催1", 4, "误"), ("催", 2, "催2", 5, "误")],
    )
    driver.close()
    migrating.upgrade(path, key, to="0002")
    driver = connect_file(path, key)
    issued = driver.execute(
        "SELECT number_text, by, voided_reason FROM documents_issued ORDER BY 1"
    ).fetchall()
    held = driver.execute(
        "SELECT number_text, event_id, standing, issued_on, addressee, served_on, served_manner "
        "FROM document_cases ORDER BY 1"
    ).fetchall()
    driver.close()
    # 催2 stands again: the correction that voided it was itself taken back.
    assert issued == [("催1", "王敏", "误"), ("催2", "王敏", ""), ("办1", "王敏", "")]
    assert held == [
        ("催1", 4, 0, "2026-10-04", "", None, ""),
        ("催2", 5, 1, "2026-10-05", "丙科", None, ""),
        ("办1", 2, 1, "2026-10-02", "甲局", "2026-10-03", "当面"),
    ]


def test_an_office_of_today_needs_no_alembic(office: Database, key: bytes) -> None:
    office.close()
    code = (
        "import sys; from pathlib import Path; from desktop_app.storage.database import open_database; "
        f"open_database(Path({str(office.folder)!r}), bytes.fromhex({key.hex()!r})).close(); "
        "sys.exit(any(name.split('.')[0] == 'alembic' or name.startswith('sqlalchemy.orm') "
        "for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_step_carries_data_over_and_keeps_the_file_as_it_was(
    office: Database, tmp_path: Path, key: bytes, make_row: MakeRow
) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1)])
        work.search.put("2026-0001", ["水压"])
        work._connection.exec_driver_sql(
            "INSERT INTO units VALUES ('市水务局', '[]', '', '', '', '', '', '', '', '', 1)"
        )
    office.close()
    kept = migrate(office.path, key, with_next_step(tmp_path))
    assert kept is not None
    driver = connect_file(office.path, key)
    assert driver.execute("SELECT name, fax FROM units").fetchall() == [("市水务局", "无")]
    found = Search.of("水压")
    assert found is not None
    assert driver.execute(
        "SELECT rowid FROM case_search WHERE case_search MATCH ?", (found.match,)
    ).fetchall()
    assert driver.execute("SELECT version_num FROM alembic_version").fetchall() == [(NEXT,)]
    driver.close()
    assert check_file(office.path, key) == []
    before = connect_file(kept, key)
    assert before.execute("SELECT * FROM units").fetchall()[0][0] == "市水务局"
    assert before.execute("SELECT version_num FROM alembic_version").fetchall() == [(SCHEMA_VERSION,)]
    before.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(office: Database, tmp_path: Path, key: bytes) -> None:
    office.close()
    before = _schema(office.path, key)
    with pytest.raises(ZeroDivisionError):
        migrate(office.path, key, with_next_step(tmp_path, "1 / 0"))
    assert _schema(office.path, key) == before
    again = open_database(office.folder, key)
    with again.read() as work:
        assert work.units.all() == []
    again.close()


def test_a_step_that_breaks_references_is_taken_back(
    office: Database, tmp_path: Path, key: bytes, make_row: MakeRow
) -> None:
    with office.change() as work:
        work.cases.insert([make_row(1)])
        work.search.put("2026-0001", ["水压"])
    office.close()
    scripts = with_next_step(tmp_path, 'op.execute("DELETE FROM cases")')
    with pytest.raises(StorageProblem, match="撤回") as told:
        migrate(office.path, key, scripts)
    assert told.value.code == "damaged"
    again = open_database(office.folder, key)
    with again.read() as work:
        assert work.cases.get("2026-0001") == make_row(1)
    again.close()


def test_an_office_at_the_head_is_left_alone(office: Database, key: bytes) -> None:
    office.close()
    assert migrate(office.path, key) is None
    assert not (office.folder / "backups").exists()


@pytest.mark.parametrize("version", ["9999", ""])
def test_a_schema_of_a_newer_program_is_not_touched(office: Database, key: bytes, version: str) -> None:
    with office.change() as work:
        work._connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (version,))
    office.close()
    with pytest.raises(StorageProblem) as told:
        open_database(office.folder, key)
    assert told.value.code == "newer_schema"
    assert not (office.folder / "backups").exists()
