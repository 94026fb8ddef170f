"""Bringing an older schema up to date, with Alembic; imported only when there is something to do."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError

from desktop_app.errors import StorageProblem
from desktop_app.storage.engine import connect_file, make_engine, translated
from desktop_app.storage.safe_files import disk_faults_told

if TYPE_CHECKING:
    from desktop_app.storage.server_address import ServerAddress

MIGRATIONS = Path(__file__).parent / "migrations"
BACKUPS_FOLDER = "backups"


def migrate(path: Path, key: bytes, scripts: Path = MIGRATIONS) -> Path | None:
    """Upgrades the office file to the newest schema of `scripts`, in one transaction, the file backed up first.

    Returns where the copy lies, or None where another process had just done the work.
    StorageProblem ``newer_schema`` where a newer program wrote the file.
    """
    directory = ScriptDirectory.from_config(_config(scripts))
    head = directory.get_current_head()
    with translated():
        version = _version(path, key)
        if version == head:
            return None
        _refuse_unknown(directory, version)
        kept = _keep_copy(path, key, version)
        upgrade(path, key, scripts)
    return kept


def upgrade(path: Path, key: bytes, scripts: Path = MIGRATIONS, to: str = "head") -> None:
    """Runs the steps that the file lacks, as far as `to`, in one transaction; a fault takes all of them back."""
    config = _config(scripts)
    engine = make_engine(path, key)
    with engine.connect() as connection:
        # A table that is rebuilt must not drag its children along; the check below makes up for it.
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.commit()
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            connection.rollback()
            raise StorageProblem(
                "damaged",
                f"升级数据格式时发现表 {broken[0]} 的数据前后不符，已全部撤回，数据保持原样。",
                "请运行 verify 核对数据，并联系维护人员。",
            )
        connection.commit()
    engine.dispose()


def upgrade_server(address: ServerAddress, scripts: Path = MIGRATIONS, to: str = "head") -> None:
    """The same for an office on a server, alone among all seats; a fault takes all steps back.

    StorageProblem ``newer_schema`` where a newer program made it.
    """
    from desktop_app.storage import server_accounts
    from desktop_app.storage.server import ServerPlace

    config = _config(scripts)
    directory = ScriptDirectory.from_config(config)
    place = ServerPlace(address)
    try:
        with place.faults_told(), place.connect() as connection:
            place.begin_change(connection, None)
            version = str(
                connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or ""
            )
            if version == directory.get_current_head():
                return
            _refuse_unknown(directory, version)
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            server_accounts.settle(connection)
            place.commit(connection)
    finally:
        place.close()


def made_by_steps(path: Path, key: bytes) -> str:
    """A new empty file made by all steps from the first, for the self-test; returns the schema it ended at."""
    upgrade(path, key)
    return _version(path, key)


def _config(scripts: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _version(path: Path, key: bytes) -> str:
    driver = connect_file(path, key)
    try:
        row = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        driver.close()
    return str(row[0]) if row else ""


def _refuse_unknown(directory: ScriptDirectory, version: str) -> None:
    try:
        known = bool(version) and directory.get_revision(version) is not None
    except CommandError:
        known = False
    if not known:
        raise StorageProblem(
            "newer_schema",
            f"数据由更新版本的程序写入（格式 {version or '不明'}），本版本打不开；数据没有改动。",
            "请安装新版本的程序后再打开。",
        )


def _keep_copy(path: Path, key: bytes, version: str) -> Path:
    folder = path.parent / BACKUPS_FOLDER
    with disk_faults_told():
        folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / f"office-schema-{version}-{time.strftime('%Y%m%d-%H%M%S')}.db"
    target.unlink(missing_ok=True)
    driver = connect_file(path, key)
    try:
        driver.execute("VACUUM INTO ?", (str(target),))
    finally:
        driver.close()
    return target
