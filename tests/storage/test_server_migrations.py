"""Migrations proven on a server: the models are the head, every step carries data over, a fault takes all back."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from desktop_app.errors import StorageProblem
from desktop_app.storage.database import Database, open_database
from desktop_app.storage.migrate import MIGRATIONS, upgrade_server
from desktop_app.storage.server_address import ServerAddress, read_address
from desktop_app.storage.server_line import connect
from desktop_app.storage.tables import SCHEMA_VERSION, metadata
from tests.engines import behind
from tests.storage.earlier_offices import NEXT, assert_all_there, with_next_step
from tests.storage.server_dumps import DUMPS, put_dump, shape_of

pytestmark = pytest.mark.server_only("steps on a server; those on a file are tried in test_migrations")

SERVERS_OWN = ("case_search", "presence", "last_changes", "ix_cases_")
"""What `server_extras` makes beside the tables that both engines have."""

SCHEMAS_ON_SERVER = sorted(file.stem for file in DUMPS.glob("*.sql"))


def _address(folder: Path) -> ServerAddress:
    address = read_address(folder)
    assert address is not None
    return address


def _version(folder: Path) -> str:
    with behind(folder, b"") as driver:
        (version,) = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(version)


def test_there_is_an_office_of_the_first_schema_that_came_to_a_server() -> None:
    assert SCHEMAS_ON_SERVER[0] == "0008"


def test_the_tables_are_what_the_migrations_make(office: Database, tmp_path: Path) -> None:
    put_dump(tmp_path / "earlier", SCHEMAS_ON_SERVER[0])
    upgrade_server(_address(tmp_path / "earlier"))
    assert shape_of(tmp_path / "earlier") == shape_of(office.folder)


def test_the_models_are_what_is_made(office: Database) -> None:
    engine = create_engine("postgresql+psycopg://", creator=lambda: connect(_address(office.folder)))
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()
    others = [one for one in found if not any(own in str(one) for own in SERVERS_OWN)]
    assert others == []


@pytest.mark.parametrize("schema", SCHEMAS_ON_SERVER)
def test_an_office_of_every_schema_comes_to_today_whole(tmp_path: Path, key: bytes, schema: str) -> None:
    put_dump(tmp_path, schema)
    office = open_database(tmp_path, key)
    with office.change() as work:
        assert_all_there(work)
        assert work.check_tables() == []
    office.close()
    assert _version(tmp_path) == SCHEMA_VERSION


def test_a_step_carries_data_over(tmp_path: Path, key: bytes) -> None:
    put_dump(tmp_path, SCHEMAS_ON_SERVER[0])
    upgrade_server(_address(tmp_path), with_next_step(tmp_path))
    assert _version(tmp_path) == NEXT
    with behind(tmp_path, key) as driver:
        assert driver.execute("SELECT name, fax FROM units").fetchall() == [("市住房和城乡建设局", "无")]


# The second fault is a reference that would lead nowhere.
@pytest.mark.parametrize(
    ("fault", "told"), [("1 / 0", "division"), ('op.execute("DELETE FROM cases")', "case_")]
)
def test_a_step_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, key: bytes, fault: str, told: str
) -> None:
    put_dump(tmp_path, SCHEMAS_ON_SERVER[0])
    shape = shape_of(tmp_path)
    with behind(tmp_path, key) as driver:
        before = driver.everything()
        with pytest.raises(Exception, match=told):
            upgrade_server(_address(tmp_path), with_next_step(tmp_path, fault))
        assert driver.everything() == before
    assert shape_of(tmp_path) == shape


def test_a_schema_of_a_newer_program_is_not_touched(office: Database, key: bytes) -> None:
    office.close()
    with behind(office.folder, key) as driver:
        driver.execute("UPDATE alembic_version SET version_num = ?", (NEXT,))
        before = driver.everything()
        with pytest.raises(StorageProblem) as told:
            open_database(office.folder, key)
        assert told.value.code == "newer_schema"
        assert driver.everything() == before


def test_two_seats_of_a_new_program_take_the_steps_once(tmp_path: Path) -> None:
    put_dump(tmp_path, SCHEMAS_ON_SERVER[0])
    scripts = with_next_step(tmp_path)
    seats = [threading.Thread(target=upgrade_server, args=(_address(tmp_path), scripts)) for _ in range(2)]
    for seat in seats:
        seat.start()
    for seat in seats:
        seat.join()
    assert _version(tmp_path) == NEXT


def test_an_office_at_the_head_is_left_alone(office: Database) -> None:
    before = shape_of(office.folder)
    upgrade_server(_address(office.folder), MIGRATIONS)
    assert shape_of(office.folder) == before
