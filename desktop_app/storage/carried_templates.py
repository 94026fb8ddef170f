"""The office's own paper templates, wherever they lie: files under `forms/`, or rows on a server; to be carried over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from desktop_app.storage.backup import FORMS_FOLDER
from desktop_app.storage.office_forms import OfficeForms
from desktop_app.storage.safe_files import disk_faults_told, write_whole

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_CHINA = timezone(timedelta(hours=8))


class Templates(Protocol):
    """Templates by the name of their file, which may stand in a folder of its own."""

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Each with what it holds, in the order of their names."""

    def put(self, name: str, content: bytes) -> None:
        """Lays one down where there is none."""


def templates_of(connection: Connection, folder: Path) -> Templates:
    """Those of the office in that data folder, or of the one on the server that `connection` leads to."""
    if connection.dialect.name == "postgresql":
        return TemplatesInRows(connection)
    return TemplatesInFolder(folder / FORMS_FOLDER)


class TemplatesInFolder:
    """One file each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> Iterator[tuple[str, bytes]]:
        with disk_faults_told():
            for path in sorted(self._folder.rglob("*")):
                if path.is_file():
                    yield path.relative_to(self._folder).as_posix(), path.read_bytes()

    def put(self, name: str, content: bytes) -> None:
        path = self._folder / name
        with disk_faults_told():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(path, content)


class TemplatesInRows:
    """One row each, in the transaction of the connection."""

    def __init__(self, connection: Connection) -> None:
        self._forms = OfficeForms(connection)

    def all(self) -> Iterator[tuple[str, bytes]]:
        for form in self._forms.all():
            yield form.name, bytes(form.content)

    def put(self, name: str, content: bytes) -> None:
        # Whose it was and since when no file tells.
        self._forms.put(name, content, datetime.now(_CHINA).isoformat(timespec="seconds"), "")
