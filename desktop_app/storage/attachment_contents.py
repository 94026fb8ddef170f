"""Where sealed files of cases lie: in a folder beside the database, or in its rows on a server."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import bindparam, delete, insert, select

from desktop_app.storage.safe_files import disk_faults_told, write_whole
from desktop_app.storage.tables import attachment_contents

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

ATTACHMENTS_FOLDER = "attachments"


class Contents(Protocol):
    """Sealed bytes by the name of their file. Raises StorageProblem where disk or server fail."""

    def put(self, file: str, sealed: bytes) -> None:
        """Lays a new file down; it goes again with a transaction that is rolled back."""

    def replace(self, file: str, sealed: bytes) -> None:
        """Lays other bytes down under a name that may be taken."""

    def get(self, file: str) -> bytes | None:
        """The file; None where it is lost."""

    def drop(self, files: Collection[str]) -> None:
        """Takes files away at once; one that is gone already is no fault."""

    def drop_with_rows(self, files: Collection[str]) -> None:
        """Takes away within the transaction what comes back with it, should it be rolled back."""

    def drop_after_rows(self, files: Collection[str]) -> None:
        """Takes away the rest, once the transaction stands."""

    def names(self) -> set[str]:
        """Of all files that lie there."""


def contents_of(
    connection: Connection, folder: Path, undo: list[Callable[[], None]] | None = None
) -> Contents:
    """Those of the office in that data folder, or of the one on the server that `connection` leads to. `undo` is
    called in turn where the transaction is rolled back."""
    if connection.dialect.name == "postgresql":
        return ContentsInRows(connection)
    return ContentsInFolder(folder / ATTACHMENTS_FOLDER, undo)


class ContentsInFolder:
    """One file each, written whole, readable by its owner only."""

    def __init__(self, folder: Path, undo: list[Callable[[], None]] | None = None) -> None:
        self._folder = folder
        self._undo = undo if undo is not None else []

    def put(self, file: str, sealed: bytes) -> None:
        self._undo.append(lambda: (self._folder / file).unlink(missing_ok=True))
        self.replace(file, sealed)

    def replace(self, file: str, sealed: bytes) -> None:
        with disk_faults_told():
            self._folder.mkdir(mode=0o700, exist_ok=True)
        write_whole(self._folder / file, sealed)

    def get(self, file: str) -> bytes | None:
        path = self._folder / file
        if not path.is_file():
            return None
        with disk_faults_told():
            return path.read_bytes()

    def drop(self, files: Collection[str]) -> None:
        with disk_faults_told():
            for file in files:
                (self._folder / file).unlink(missing_ok=True)

    def drop_with_rows(self, files: Collection[str]) -> None:
        pass

    def drop_after_rows(self, files: Collection[str]) -> None:
        self.drop(files)

    def names(self) -> set[str]:
        return {path.name for path in self._folder.iterdir()} if self._folder.is_dir() else set()


class ContentsInRows:
    """One row each, in the transaction of whatever they belong to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, file: str, sealed: bytes) -> None:
        self._connection.execute(_PUT, {"file": file, "content": sealed})

    def replace(self, file: str, sealed: bytes) -> None:
        self.drop([file])
        self.put(file, sealed)

    def get(self, file: str) -> bytes | None:
        # As they are: written out in digits they would be twice as many.
        driver: Any = self._connection.connection.driver_connection
        row = driver.execute(_GET, (file,), binary=True).fetchone()
        return None if row is None else bytes(row[0])

    def drop(self, files: Collection[str]) -> None:
        for file in files:
            self._connection.execute(_DROP, {"wanted": file})

    def drop_with_rows(self, files: Collection[str]) -> None:
        self.drop(files)

    def drop_after_rows(self, files: Collection[str]) -> None:
        pass

    def names(self) -> set[str]:
        return set(self._connection.execute(select(attachment_contents.c.file)).scalars())


_PUT = insert(attachment_contents)
_GET = "SELECT content FROM attachment_contents WHERE file = %s"
_DROP = delete(attachment_contents).where(attachment_contents.c.file == bindparam("wanted"))
