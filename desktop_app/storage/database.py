"""The office's database, opened in one place: an encrypted SQLite file, or tables on a PostgreSQL server.

SQLCipher is the only SQLite in the process: a second copy of the library on one file can corrupt it. The key
is given raw, so opening derives nothing. A connection belongs to the thread that first used it. What differs
between the two kinds stands in `engine.FilePlace` and `server.ServerPlace`.
"""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from desktop_app.domain.waiting import Waiting
from desktop_app.errors import StorageProblem
from desktop_app.storage import tables
from desktop_app.storage.engine import FilePlace, connect_file, make_engine, translated
from desktop_app.storage.faults import as_problem
from desktop_app.storage.in_use import Hold, share
from desktop_app.storage.readings import Readings
from desktop_app.storage.safe_files import disk_faults_told, settle_folder
from desktop_app.storage.server_address import ServerAddress, read_address
from desktop_app.storage.sqlite_extras import SQLITE_EXTRAS
from desktop_app.storage.work import Work

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from desktop_app.storage.keyring import Login
    from desktop_app.storage.server import ServerPlace
    from desktop_app.storage.server_news import Heard

_LOG = logging.getLogger(__name__)

DATABASE_FILE = "office.db"
KEY_BYTES = 32


class _ThreadsOwn(threading.local):
    connection: Connection | None = None
    busy: bool = False


class Database:
    """An open office. `change` and `read` are the only ways in; both give a `Work`.

    `close` may be called from any thread once no other is inside `change` or `read`.
    """

    def __init__(
        self, folder: Path, key: bytes, hold: Hold, place: FilePlace | ServerPlace, login: Login | None = None
    ) -> None:
        self.folder = folder
        self.path = folder / DATABASE_FILE
        self.key = key
        self.login = login
        """The user's own account on the server; None where all go by one account, and in a file."""
        self._hold = hold
        self._place = place
        self._readings = Readings(place.interrupt, aside=self.on_server)
        self._own = _ThreadsOwn()
        self._opened: weakref.WeakSet[Connection] = weakref.WeakSet()
        self._guard = threading.Lock()

    @property
    def on_server(self) -> bool:
        """Whether the office is shared by several seats, and has no file of its own here."""
        return not isinstance(self._place, FilePlace)

    def renew_login(self, login: Login) -> None:
        """From the next connection on: the user has another password, and with it another one on the server."""
        if self.login is not None and not isinstance(self._place, FilePlace):
            self.login = login
            self._place.address = self._place.address.with_account(login.account, login.password)

    @contextmanager
    def change(self, patience: float | None = None, by: tuple[str, str] = ("", "")) -> Iterator[Work]:
        """One change, alone among all writers: committed at the end, rolled back whole on any exception.

        `patience`: so many seconds, and no longer, while another program writes; then StorageProblem ``locked``. `by`:
        who makes it and what it is called, for other seats that wait for it.
        """
        place = self._place
        with self._transaction(lambda connection: place.begin_change(connection, patience, by=by)) as work:
            yield work
            place.check_still_there()

    @contextmanager
    def read(self) -> Iterator[Work]:
        """One snapshot: all that is read inside belongs to one moment, whatever others write meanwhile."""
        with self._transaction(self._place.begin_read) as work, self._readings.under_way(self._connection()):
            yield work

    def interrupt(self, thread: int) -> None:
        """From another thread: has what that one (`threading.get_ident`) reads just now end in Cancelled. What it
        changes goes on."""
        self._readings.interrupt(thread)

    @contextmanager
    def beside(self) -> Iterator[Work]:
        """For what is no act of the office and is kept on a server only (`Work.presence`): waits for no writer."""
        with self._transaction(self._place.begin_beside) as work:
            yield work

    def data_version(self) -> int:
        """Changes whenever another connection, of this process or another, has committed; asked per thread."""
        return self._place.version(self._connection())

    def listen(
        self, changed: Callable[[Heard | None], None], reachable: Callable[[StorageProblem | None], None]
    ) -> Callable[[], None] | None:
        """Has other seats' changes told as they happen (None: nobody knows what), on a thread of its own; and why the
        server can't be reached (None: it can). Returns what ends it; None for a file, which tells nothing."""
        if isinstance(self._place, FilePlace):
            return None
        from desktop_app.storage.server_news import ServerNews

        return ServerNews(self._place, changed, reachable).close

    def ask_no_longer(self) -> None:
        """From any thread: a change whose answer was lost is told as ``outcome_unknown`` now, not when the server is
        back; one that waits for its turn is given up."""
        if not isinstance(self._place, FilePlace):
            self._place.ask_no_longer()

    def tell_waits(self, waits: Callable[[Waiting | None], None]) -> None:
        """From now on `waits` is told, on the thread that waits, of a long wait for another seat that writes; None
        ends it. A file tells of none."""
        if not isinstance(self._place, FilePlace):
            self._place.waits = waits

    def leave(self) -> None:
        """From any thread, as the program ends: nothing waits for a server that does not answer."""
        if not isinstance(self._place, FilePlace):
            self._place.leave()

    def close(self) -> None:
        """Closes the connections of all threads. The last one out of a file writes the WAL back into it."""
        with self._guard:
            for connection in list(self._opened):
                self._let_go(connection)
            self._opened.clear()
            self._own = _ThreadsOwn()
        self._place.close()
        self._hold.release()

    @contextmanager
    def _transaction(self, begin: Callable[[Connection], None]) -> Iterator[Work]:
        if self._own.busy:
            raise RuntimeError("a transaction of this thread is already open")
        with self._place.faults_told():
            connection = self._begun(begin)
            self._own.busy = True
            work = Work(connection, self.folder, self.key)
            try:
                yield work
                work.settle()
                self._place.commit(connection)
                if self._place.is_broken(connection):
                    self._forget(connection)  # it stands, though the line was lost as the server said so
            except BaseException:
                self._roll_back(connection)
                work.undo_files()
                raise
            finally:
                self._own.busy = False

    def _begun(self, begin: Callable[[Connection], None]) -> Connection:
        """This thread's connection with a transaction open; a new one where the server left the old one alone."""
        was_there = self._own.connection is not None
        try:
            return self._begun_once(begin)
        except Exception as error:
            problem = as_problem(error)
            gone = was_there and self._own.connection is None and self.on_server
            if not gone or problem is None or problem.code != "server_lost":
                raise
            _LOG.info("a line to the server had gone, another is made")
        return self._begun_once(begin)

    def _begun_once(self, begin: Callable[[Connection], None]) -> Connection:
        connection = self._connection()
        try:
            begin(connection)
        except BaseException:
            self._roll_back(connection)
            raise
        return connection

    def _roll_back(self, connection: Connection) -> None:
        try:
            connection.rollback()
        except Exception as error:
            if not isinstance(error, SQLAlchemyError) and as_problem(error) is None:
                raise
            self._forget(connection)
        else:
            if self._place.is_broken(connection):
                self._forget(connection)

    def _forget(self, connection: Connection) -> None:
        """Beyond use, as after a failed disk or a lost line: the next transaction of this thread begins with a new one."""
        connection.invalidate()
        self._let_go(connection)
        self._own.connection = None

    def _let_go(self, connection: Connection) -> None:
        self._place.let_go(connection)
        try:
            connection.close()
        except Exception as error:
            if as_problem(error) is None:
                raise

    def _connection(self) -> Connection:
        connection = self._own.connection
        if connection is None:
            with self._place.faults_told():
                connection = self._place.connect()
            with self._guard:
                self._opened.add(connection)
            self._own.connection = connection
        return connection


def create(folder: Path, key: bytes) -> Database:
    """A new office in `folder`, or where its `server.json` points to; empty and at the newest schema.

    StorageProblem ``office_exists`` if there is one. A file is made under another name first, and tables on a server
    in one transaction, so that a crash leaves no half-made office behind.
    """
    _check_key(key)
    address = read_address(folder)
    if address is None:
        _create_file(folder, key)
    else:
        from desktop_app.storage import server_office

        server_office.create(address)
    return open_database(folder, key)


def _create_file(folder: Path, key: bytes) -> None:
    path = folder / DATABASE_FILE
    if path.exists():
        raise StorageProblem(
            "office_exists", f"此处已有数据：{folder}。", "请换一个空文件夹，或直接登录已有的数据。"
        )
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


def make_tables(connection: Connection) -> None:
    """All tables of a file at the newest schema, stamped so; Alembic is not needed for that."""
    tables.metadata.create_all(connection, checkfirst=False)
    for statement in SQLITE_EXTRAS:
        connection.exec_driver_sql(statement)
    connection.execute(tables.schema_version.insert().values(version_num=tables.SCHEMA_VERSION))


def open_database(folder: Path, key: bytes, hold: Hold | None = None, login: Login | None = None) -> Database:
    """Opens the office of that folder, bringing an older schema up to date (a file is backed up first); under the
    `hold` of whoever is alone there, else shared with others.

    `login`: the user's own account, by which the tables of a server are reached where the folder's address is no more
    than the door. Whoever has the address of the account that founded the office goes by that.

    StorageProblem: ``no_office``, ``wrong_key``, ``damaged``, ``locked``, ``read_only``, ``newer_schema``; of a
    server also ``server_lost``, ``server_refused``, ``server_busy``.
    """
    _check_key(key)
    address = read_address(folder)
    path = folder / DATABASE_FILE
    if address is None and not path.exists():
        raise StorageProblem(
            "no_office", f"此处没有数据：{folder}。", "请核对数据文件夹，或先用 init 建立单位数据。"
        )
    hold = hold or share(folder)
    try:
        if address is None:
            return Database(folder, key, hold, _file_place(path, key))
        used = login if address.is_door else None
        return Database(folder, key, hold, _server_place(address, used), used)
    except BaseException:
        hold.release()
        raise


def _file_place(path: Path, key: bytes) -> FilePlace:
    with translated():
        if read_schema_version(path, key) != tables.SCHEMA_VERSION:
            from desktop_app.storage.migrate import migrate

            migrate(path, key)
    return FilePlace(path, key)


def _server_place(address: ServerAddress, login: Login | None) -> ServerPlace:
    from desktop_app.storage import server_office
    from desktop_app.storage.server import ServerPlace

    if login is not None:
        address = address.with_account(login.account, login.password)
    server_office.bring_up_to_date(address, own_tables=login is None)
    return ServerPlace(address)


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
