"""SQLCipher itself: how a file is opened, and how its complaints become StorageProblem."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from desktop_app.errors import StorageProblem
from desktop_app.storage.faults import as_problem

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_WAIT_SECONDS = 10.0
_CACHE_KIB = 16_000
"""Decrypted pages a connection may keep: what is warm need not be decrypted again."""


def connect_file(path: Path, key: bytes) -> Any:
    """A driver's connection to the encrypted file, in no transaction. Only its opener may use it at one time."""
    driver = dbapi2.connect(
        str(path),
        timeout=_WAIT_SECONDS,
        isolation_level=None,  # transactions are begun by us: the driver would not roll back DDL
        check_same_thread=False,  # for Database.close alone
        cached_statements=256,
    )
    try:
        # Without this a damaged page floods standard error.
        driver.execute("PRAGMA cipher_log_level = NONE")
        driver.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute("PRAGMA synchronous = FULL")
        driver.execute("PRAGMA secure_delete = ON")  # what is disposed of is gone from the pages, too
        driver.execute("PRAGMA temp_store = MEMORY")  # nothing in clear on the disk
        driver.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    except BaseException:
        driver.close()
        raise
    return driver


def make_engine(path: Path, key: bytes) -> Engine:
    """The engine of an office's file."""
    return create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect_file(path, key),
        poolclass=NullPool,  # a thread keeps its own; SQLAlchemy's default here would drop some at random
        hide_parameters=True,  # a citizen's words must not stand in the report of a bug
    )


@contextmanager
def translated() -> Iterator[None]:
    """Raises what the engine and the disk complain of inside as StorageProblem; bugs pass as they are."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        problem = as_problem(error)
        if problem is None:
            raise
        raise problem from error


class FilePlace:
    """An office's database in a file, as `Database` uses it; the pair of `server.ServerPlace`."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._engine = make_engine(path, key)

    def connect(self) -> Connection:
        return self._engine.connect()

    def begin_change(
        self, connection: Connection, patience: float | None, by: tuple[str, str] = ("", "")
    ) -> None:
        """Alone among all writers until the transaction ends; waits for another no longer than `patience` seconds.
        Nobody asks a file who writes (`by`)."""
        if patience is None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        driver: Any = connection.connection.driver_connection
        (usual,) = driver.execute("PRAGMA busy_timeout").fetchone()
        driver.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        finally:
            driver.execute(f"PRAGMA busy_timeout = {usual}")

    def begin_read(self, connection: Connection) -> None:
        """One snapshot."""
        connection.exec_driver_sql("BEGIN")

    def begin_beside(self, connection: Connection) -> None:
        """Where nobody else can be there is nothing to write beside the changes: one snapshot."""
        self.begin_read(connection)

    def interrupt(self, connection: Connection) -> None:
        """From any thread: ends the statement that is under way."""
        driver: Any = connection.connection.driver_connection
        driver.interrupt()

    def commit(self, connection: Connection) -> None:
        connection.commit()

    def is_broken(self, connection: Connection) -> bool:
        """Whether it is beyond use though it was rolled back; a file's says so when it is."""
        return False

    def let_go(self, connection: Connection) -> None:
        """It is closed; the system forgets it."""

    def check_still_there(self) -> None:
        """Where the file was deleted under us, the system lets us write on, into nothing."""
        if not self.path.exists():
            raise StorageProblem(
                "no_office",
                f"数据文件不见了：{self.path}。刚才这一步没有保存。",
                "请看磁盘、优盘或共享文件夹是否还连着，数据文件夹是否被移走或删除；找不回来的，从备份恢复。",
            )

    def version(self, connection: Connection) -> int:
        """Changes whenever another connection, of this process or another, has committed."""
        with translated():
            driver: Any = connection.connection.driver_connection
            return int(driver.execute("PRAGMA data_version").fetchone()[0])

    def faults_told(self) -> AbstractContextManager[None]:
        return translated()

    def close(self) -> None:
        self._engine.dispose()
