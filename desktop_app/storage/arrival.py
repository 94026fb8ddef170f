"""The place at which an office arrives that was carried from elsewhere: an empty folder, or an empty database.

All of it comes in one transaction, or into a folder beside, and is proved before it stands. Even then nobody can enter
yet: the key ring waits under another name until the place that the office comes from says that it has left. Whatever
is cut off before is taken away by the next that comes to the same place; what is cut off after it is finished by it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from desktop_app.errors import StorageProblem
from desktop_app.paths import WINDOW_LOCK
from desktop_app.storage import in_use, restoring
from desktop_app.storage.attachment_contents import ATTACHMENTS_FOLDER
from desktop_app.storage.backup import FORMS_FOLDER, mark_of
from desktop_app.storage.database import DATABASE_FILE, Database, open_database
from desktop_app.storage.engine import make_engine, translated
from desktop_app.storage.keyring_entries import KEYRING_FILE
from desktop_app.storage.rows_first import FileRowsFirst, ServerRowsFirst
from desktop_app.storage.safe_files import disk_faults_told, settle_folder
from desktop_app.storage.server_address import SERVER_FILE, ServerAddress, read_address
from desktop_app.storage.shelves import FolderShelf, ServerShelf, Shelf, shelf_of
from desktop_app.storage.waiting_entries import WAITING_FILE
from desktop_app.storage.work import Work

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from desktop_app.storage.moving import Build
    from desktop_app.storage.server import ServerPlace

T = TypeVar("T")
Carry = Callable[["Connection", Path, "Build"], T]
"""Brings everything into the empty tables behind a connection, and the files beside into a folder; has built of it what
follows from it."""

ARRIVING_FILE = "keyring.json.arriving"
_BESIDE = (WAITING_FILE,)
"""Documents on the shelf that come with the key ring."""
_WHO_KNOWS = frozenset(("outcome_unknown", "server_lost"))
_PARTS = (DATABASE_FILE, ATTACHMENTS_FOLDER, FORMS_FOLDER, ARRIVING_FILE, *_BESIDE)


@dataclass(frozen=True, slots=True)
class Papers:
    """What an arriving office is known by, and what it is entered with: `mark` of its key, `head` the link of its last
    event, `documents` by their names."""

    mark: str
    head: str
    documents: Mapping[str, bytes]


class Arrival(Protocol):
    """One place, held alone. Raises StorageProblem where disk or server fail."""

    folder: Path

    def fill(self, key: bytes, carry: Carry[T]) -> T:
        """Makes the tables, has everything carried in, and makes anew what each engine has in its own way: all of it
        once the rows are there."""

    def proved(self, key: bytes) -> Database:
        """What was filled, to be looked at before it stands."""

    def settle(self, papers: Papers) -> None:
        """From now on it stands there, whole, and nobody can enter."""

    def open_door(self) -> None:
        """The key ring in its place: whoever has a password may enter."""

    def discard(self) -> None:
        """Takes away all that came."""


@contextmanager
def arrival_at(folder: Path, key: bytes) -> Iterator[Arrival]:
    """An arrival in an empty folder, or in the empty database that the folder points to; what an arrival of the same
    office left there that was cut off is taken away first, and so is all of this one where anything fails.

    StorageProblem ``office_exists`` where there is an office, ``locked``, and what the server says.
    """
    with ExitStack() as stack:
        address = read_address(folder)
        arrival: Arrival
        if address is None:
            stack.enter_context(_swept_if_new(folder))
            stack.enter_context(in_use.alone(folder))
            arrival = FolderArrival(folder)
        else:
            arrival = stack.enter_context(ServerArrival(folder, address))
        waiting = papers_at(folder)
        if waiting is not None and waiting.mark == mark_of(key):
            arrival.discard()
        refuse_taken(folder)
        try:
            yield arrival
        except BaseException as error:
            # It stands, and nobody may be able to tell whether the old place has been left: the next move finds out.
            surely_not_left = isinstance(error, StorageProblem) and error.code not in _WHO_KNOWS
            if surely_not_left or papers_at(folder) is None:
                arrival.discard()
            raise


def papers_at(folder: Path) -> Papers | None:
    """Those of an office that has arrived there and that nobody can enter yet; None where there is none."""
    shelf = shelf_of(folder)
    content = shelf.read(ARRIVING_FILE)
    if content is None or shelf.read(KEYRING_FILE) is not None:
        return None
    told: Any = json.loads(content)
    return Papers(told["mark"], told["head"], {KEYRING_FILE: told["keyring"].encode()})


def open_door_at(folder: Path) -> None:
    """Lets people in to an office that has arrived."""
    shelf, papers = shelf_of(folder), papers_at(folder)
    if papers is not None:
        shelf.write(KEYRING_FILE, papers.documents[KEYRING_FILE])
    shelf.remove(ARRIVING_FILE)


def refuse_taken(folder: Path) -> None:
    """StorageProblem ``office_exists`` where the place is not empty."""
    address = read_address(folder)
    if address is None:
        taken = any((folder / name).exists() for name in (*_PARTS, KEYRING_FILE, SERVER_FILE))
    else:
        from desktop_app.storage import server_office

        shelf = shelf_of(folder)
        documents = (KEYRING_FILE, ARRIVING_FILE)
        taken = server_office.exists(address) or any(shelf.read(name) is not None for name in documents)
    if taken:
        where = str(folder) if address is None else address.shown
        raise StorageProblem(
            "office_exists",
            f"{where}里已有数据，不是空的。没有搬，什么都没有改动。",
            "请另选一个空文件夹，或请服务器管理员另建一个数据库。",
        )


# ------------------------------------------------------------------ a folder


class FolderArrival:
    """Made in `.restoring/` and put in place by the plan of renames that a restore uses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        restoring.settle_alone(folder)

    def fill(self, key: bytes, carry: Carry[T]) -> T:
        return fill_folder(restoring.clear_staging(self.folder), key, carry)

    def proved(self, key: bytes) -> Database:
        return open_database(self._staging, key)

    def settle(self, papers: Papers) -> None:
        _lay_down(FolderShelf(self._staging), papers)
        restoring.put_in_place(self.folder, _PARTS, kept="")

    def open_door(self) -> None:
        open_door_at(self.folder)

    def discard(self) -> None:
        restoring.drop_staging(self.folder)
        for name in (*_PARTS, f"{DATABASE_FILE}-wal", f"{DATABASE_FILE}-shm"):
            path = self.folder / name
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    @property
    def _staging(self) -> Path:
        return self.folder / in_use.STAGING


def fill_folder(folder: Path, key: bytes, carry: Carry[T]) -> T:
    """Makes the file of an office in the empty `folder`, with what `carry` brings; no key ring."""
    path = folder / DATABASE_FILE
    with translated(), disk_faults_told():
        engine = make_engine(path, key)
        try:
            with engine.connect() as connection:
                # They are looked at once, when all is there.
                connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
                connection.commit()
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                rows_first = FileRowsFirst(connection)
                rows_first.make()
                carried = carry(connection, folder, rows_first.finish)
                connection.commit()
        finally:
            engine.dispose()
        path.chmod(0o600)
        settle_folder(folder)
    return carried


@contextmanager
def _swept_if_new(folder: Path) -> Iterator[None]:
    """A folder that was not there, or held nothing, is so again after a failure."""
    with disk_faults_told():
        there = folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
    new = not any(folder.iterdir())
    try:
        yield
    except BaseException:
        if new:
            for name in (WINDOW_LOCK, in_use.IN_USE_LOCK):
                (folder / name).unlink(missing_ok=True)
        if not there:
            with suppress(OSError):
                folder.rmdir()
        raise


# ------------------------------------------------------------------ a server


class ServerArrival:
    """One transaction on the server, from the first table to the key ring that waits."""

    def __init__(self, folder: Path, address: ServerAddress) -> None:
        self.folder = folder
        self._address = address
        self._place: ServerPlace | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> ServerArrival:
        return self

    def __exit__(self, *raised: object) -> None:
        self._let_go()

    def fill(self, key: bytes, carry: Carry[T]) -> T:
        from desktop_app.storage import server_office
        from desktop_app.storage.server import ServerPlace, server_faults_told

        with server_faults_told():
            self._place = ServerPlace(self._address)
            self._connection = connection = self._place.connect()
            server_office.begin_empty(self._place, connection)
            rows_first = ServerRowsFirst(connection)
            rows_first.make()
            carried = carry(connection, self.folder, rows_first.finish)
        return carried

    def proved(self, key: bytes) -> Database:
        assert self._connection is not None and self._place is not None
        return Uncommitted(self.folder, key, self._place, self._connection)

    def settle(self, papers: Papers) -> None:
        from desktop_app.storage.server import server_faults_told

        assert self._connection is not None and self._place is not None
        driver: Any = self._connection.connection.driver_connection
        with server_faults_told():
            shelf = ServerShelf(self._address, driver)
            shelf.prepare()
            _lay_down(shelf, papers)
            self._place.commit(self._connection)
        self._let_go()

    def open_door(self) -> None:
        open_door_at(self.folder)

    def discard(self) -> None:
        from desktop_app.storage import server_office

        self._let_go()
        if papers_at(self.folder) is None:
            return
        shelf = shelf_of(self.folder)
        server_office.drop(self._address)
        for name in (*_BESIDE, ARRIVING_FILE):
            shelf.remove(name)

    def _let_go(self) -> None:
        """Rolls back what does not stand."""
        if self._connection is not None:
            with suppress(Exception):
                self._connection.rollback()
            with suppress(Exception):
                self._connection.close()
        if self._place is not None:
            self._place.close()
        self._connection = self._place = None


class Uncommitted(Database):
    """An office within a transaction that has not been committed: seen by whoever began it, to be proved before it
    stands."""

    def __init__(self, folder: Path, key: bytes, place: ServerPlace, connection: Connection) -> None:
        super().__init__(folder, key, in_use.Hold(None), place)
        self._within = connection

    @contextmanager
    def _transaction(self, begin: Callable[[Connection], None]) -> Iterator[Work]:
        with self._place.faults_told():
            work = Work(self._within, self.folder, self.key)
            yield work
            work.settle()

    def close(self) -> None:
        """The transaction is its owner's."""


def _lay_down(shelf: Shelf, papers: Papers) -> None:
    for name in _BESIDE:
        if name in papers.documents:
            shelf.write(name, papers.documents[name])
    told = {
        "mark": papers.mark,
        "head": papers.head,
        "keyring": papers.documents[KEYRING_FILE].decode(),
    }
    shelf.write(ARRIVING_FILE, json.dumps(told, ensure_ascii=False).encode())
