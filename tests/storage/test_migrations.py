"""Migrations proven: the models are the head, every step carries data over, and nothing is lost on the way."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.case_rows import CaseRow
from desktop_app.errors import StorageProblem
from desktop_app.storage import migrate as migrating
from desktop_app.storage.database import Database, open_database
from desktop_app.storage.engine import connect_file, make_engine
from desktop_app.storage.integrity import check_file
from desktop_app.storage.migrate import MIGRATIONS, migrate
from desktop_app.storage.search_index import Search
from desktop_app.storage.tables import SCHEMA_VERSION, metadata

MakeRow = Callable[..., CaseRow]

SCHEMAS = Path(__file__).parent / "schemas"

NEXT_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    with op.batch_alter_table("units") as units:
        units.add_column(sa.Column("fax", sa.Text(), nullable=False, server_default="无"))
    {more}
"""


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


def _with_next_step(tmp_path: Path, more: str = "pass") -> Path:
    scripts = tmp_path / "scripts % 中文"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    step = NEXT_STEP.format(revision="9999", before=SCHEMA_VERSION, more=more)
    (scripts / "versions" / "9999_next.py").write_text(step, "utf-8")
    return scripts


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
        assert list(work.journal.check_chain()) == []
        assert [(event.id, event.case) for event in work.journal.since(0)] == [
            (1, "2026-0001"),
            (2, "2026-0001"),
            (3, None),
        ]
        assert work.journal.of_case("2026-0001")[0].protected == {
            "name": "李某",
            "text": "二次供水水压不足。",
        }
        assert [row.lead for row in work.cases.all()] == ["市住建局", ""]
        assert work.cases.count_by_status() == {"办理中": 1, "待初审": 1}
        assert work.cases.numbers(CaseQuery(text="水压不足", unit="市水务局")) == ["2026-0001"]
        assert work.messages.get("2026-0001").citizen.name == "李某"
        assert [unit.names for unit in work.units.all()] == [("市住房和城乡建设局", "市住建局")]
        assert work.users.all()[0].role_labels == "经办、系统管理员"
        assert work.settings.all() == {"office": "某市政府"}
        assert work.numbers.next_register(2026) == [3]
        (issued,) = work.issued.of_case("2026-0001")
        assert (issued.text, issued.by, issued.cases) == ("督〔2026〕1号", "王敏", ("2026-0001",))
        assert (issued.of_cases[0].event_id, issued.of_cases[0].on) == (2, date(2026, 1, 3))
        assert [paper.form for paper in work.papers.of_case("2026-0001")] == ["slip"]
        assert [batch.imported for batch in work.batches.all()] == [2]
        assert work.content_index.by_board_numbers({"7"}) == {"7": [("d1", "2026-0001")]}
        assert [one.name for one in work.attachments.of_case("2026-0001")] == ["扫描件.pdf"]
        assert work.drafts.get("王敏", "2026-0001", "reply") == "{}"
        assert [notice.year for notice in work.notices.all()] == [2027]
    office.close()
    assert check_file(path, key) == []


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
    kept = migrate(office.path, key, _with_next_step(tmp_path))
    assert kept is not None
    driver = connect_file(office.path, key)
    assert driver.execute("SELECT name, fax FROM units").fetchall() == [("市水务局", "无")]
    found = Search.of("水压")
    assert found is not None
    assert driver.execute(
        "SELECT rowid FROM case_search WHERE case_search MATCH ?", (found.match,)
    ).fetchall()
    assert driver.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
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
        migrate(office.path, key, _with_next_step(tmp_path, "1 / 0"))
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
    scripts = _with_next_step(tmp_path, 'op.execute("DELETE FROM cases")')
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
