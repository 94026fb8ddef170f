"""The office's database: one encrypted SQLite file, opened in one place.

SQLCipher is the only SQLite in the process: a second copy of the library on one file can corrupt it. The key
is given raw, so opening derives nothing. A connection belongs to the thread that first used it.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from desktop_app.errors import StorageProblem
from desktop_app.storage import tables
from desktop_app.storage.engine import connect_file, make_engine, translated
from desktop_app.storage.in_use import Hold, share
from desktop_app.storage.safe_files import disk_faults_told, settle_folder
from desktop_app.storage.sqlite_extras import SQLITE_EXTRAS
from desktop_app.storage.work import Work

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

DATABASE_FILE = "office.db"
KEY_BYTES = 32


class _ThreadsOwn(threading.local):
    connection: Connection | None = None
    busy: bool = False


class Database:
    """An open office. `change` and `read` are the only ways in; both give a `Work`.

    `close` may be called from any thread once no other is inside `change` or `read`.
    """

    def __init__(self, folder: Path, key: bytes, hold: Hold) -> None:
        self.folder = folder
        self.path = folder / DATABASE_FILE
        self.key = key
        self._hold = hold
        self._engine = make_engine(self.path, key)
        self._own = _ThreadsOwn()
        self._opened: weakref.WeakSet[Connection] = weakref.WeakSet()
        self._guard = threading.Lock()

    @contextmanager
    def change(self, patience: float | None = None) -> Iterator[Work]:
        """One immediate transaction: committed at the end, rolled back whole on any exception.

        `patience`: so many seconds, and no longer, while another program writes; then StorageProblem ``locked``.
        """
        with self._waiting(patience), self._transaction("BEGIN IMMEDIATE") as work:
            yield work
            self._check_still_there()

    @contextmanager
    def read(self) -> Iterator[Work]:
        """One snapshot: all that is read inside belongs to one moment, whatever others write meanwhile."""
        with self._transaction("BEGIN") as work:
            yield work

    def data_version(self) -> int:
        """Changes whenever another connection, of this process or another, has committed; asked per thread."""
        with translated():
            driver: Any = self._connection().connection.driver_connection
            return int(driver.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Closes the connections of all threads. The last one out writes the WAL back into the file."""
        with self._guard:
            for connection in list(self._opened):
                connection.close()
            self._opened.clear()
            self._own = _ThreadsOwn()
        self._engine.dispose()
        self._hold.release()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Work]:
        if self._own.busy:
            raise RuntimeError("a transaction of this thread is already open")
        with translated():
            connection = self._connection()
            self._own.busy = True
            work = Work(connection, self.folder, self.key)
            try:
                connection.exec_driver_sql(begin)
                yield work
                work.settle()
                connection.commit()
            except BaseException:
                self._roll_back(connection)
                work.undo_files()
                raise
            finally:
                self._own.busy = False

    def _check_still_there(self) -> None:
        """Where the file was deleted under us, the system lets us write on, into nothing."""
        if not self.path.exists():
            raise StorageProblem(
                "no_office",
                f"数据文件不见了：{self.path}。刚才这一步没有保存。",
                "请看磁盘、优盘或共享文件夹是否还连着，数据文件夹是否被移走或删除；找不回来的，从备份恢复。",
            )

    @contextmanager
    def _waiting(self, patience: float | None) -> Iterator[None]:
        if patience is None:
            yield
            return
        with translated():
            driver: Any = self._connection().connection.driver_connection
            (usual,) = driver.execute("PRAGMA busy_timeout").fetchone()
            driver.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
        try:
            yield
        finally:
            driver.execute(f"PRAGMA busy_timeout = {usual}")

    def _roll_back(self, connection: Connection) -> None:
        try:
            connection.rollback()
        except SQLAlchemyError:
            # Beyond use, as after a failed disk: the next transaction of this thread begins with a new one.
            connection.invalidate()
            self._own.connection = None

    def _connection(self) -> Connection:
        connection = self._own.connection
        if connection is None:
            connection = self._engine.connect()
            with self._guard:
                self._opened.add(connection)
            self._own.connection = connection
        return connection


def create(folder: Path, key: bytes) -> Database:
    """A new office in `folder`, empty and at the newest schema; StorageProblem ``office_exists`` if there is one.

    It is made under another name first, so that a crash leaves no half-made office behind.
    """
    path = folder / DATABASE_FILE
    if path.exists():
        raise StorageProblem(
            "office_exists", f"此处已有数据：{folder}。", "请换一个空文件夹，或直接登录已有的数据。"
        )
    _check_key(key)
    unfinished = folder / (DATABASE_FILE + ".new")
    with translated(), disk_faults_told():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        engine = make_engine(unfinished, key)
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            make_tables(connection)
            connection.commit()
        engine.dispose()
        unfinished.chmod(0o600)
        unfinished.rename(path)
        settle_folder(folder)
    return open_database(folder, key)


def make_tables(connection: Connection) -> None:
    """All tables at the newest schema, stamped so; Alembic is not needed for that."""
    tables.metadata.create_all(connection, checkfirst=False)
    for statement in SQLITE_EXTRAS:
        connection.exec_driver_sql(statement)
    connection.execute(tables.schema_version.insert().values(version_num=tables.SCHEMA_VERSION))


def open_database(folder: Path, key: bytes) -> Database:
    """Opens the office in `folder`, bringing an older schema up to date after a backup of the file.

    StorageProblem: ``no_office``, ``wrong_key``, ``damaged``, ``locked``, ``read_only``, ``newer_schema``.
    """
    path = folder / DATABASE_FILE
    if not path.exists():
        raise StorageProblem(
            "no_office", f"此处没有数据：{folder}。", "请核对数据文件夹，或先用 init 建立单位数据。"
        )
    _check_key(key)
    hold = share(folder)
    try:
        with translated():
            if read_schema_version(path, key) != tables.SCHEMA_VERSION:
                from desktop_app.storage.migrate import migrate

                migrate(path, key)
        return Database(folder, key, hold)
    except BaseException:
        hold.release()
        raise


def read_schema_version(path: Path, key: bytes) -> str:
    """The schema that the file is at, by a plain SELECT; sets WAL as well, which a restored copy lacks.

    StorageProblem ``damaged`` where the file holds no office at all (an empty file opens under any key).
    """
    driver = connect_file(path, key)
    try:
        if not driver.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
            raise StorageProblem("damaged", f"数据文件是空的或不完整：{path}。", "请从最近的备份恢复。")
        row = driver.execute("SELECT version_num FROM alembic_version").fetchone()
        driver.execute("PRAGMA journal_mode = WAL").fetchone()
    finally:
        driver.close()
    return str(row[0]) if row else ""


def _check_key(key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise ValueError(f"the key must be {KEY_BYTES} bytes")
