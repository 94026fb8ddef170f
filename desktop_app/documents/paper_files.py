"""Papers on disk: as Word, or as PDF through the office suite of the machine; whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.errors import StorageProblem
from desktop_app.private_folder import HALF_MADE, PrivateFolder


def check_target(target: Path) -> None:
    """Try the place before a paper is made, so that nobody waits for one that cannot be saved."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=target.parent):
            pass
    except OSError as error:
        raise _not_writable(target, error) from error


def save_bytes(data: bytes, target: Path) -> Path:
    """Write whole or not at all."""
    with files_together(target.parent) as files:
        files.write(target.name, data)
        files.publish()
    return target


def free_name(folder: Path | None, name: str, taken: frozenset[str] = frozenset()) -> str:
    """``承办单.docx``, else ``承办单（2）.docx`` and so on, whatever is not there and not `taken` yet."""
    stem, ending, count = Path(name).stem, Path(name).suffix, 2
    while name in taken or (folder is not None and (folder / name).exists()):
        name = f"{stem}（{count}）{ending}"
        count += 1
    return name


@dataclass
class FilesTogether:
    """Files that come into a folder all at once or not at all.

    They are written aside; `publish` moves them to their names, `take_back` undoes that. What bore such a name
    before is put back with it.
    """

    folder: Path
    stage: Path
    names: list[str] = field(default_factory=list)
    _moved: list[tuple[Path, Path]] = field(default_factory=list)

    def write(self, name: str, data: bytes) -> None:
        """One file more, safely on disk before it counts. StorageProblem `file_not_writable`."""
        try:
            with (self.stage / name).open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _not_writable(self.folder / name, error) from error
        self.names.append(name)

    def publish(self) -> None:
        """Move all to their places; StorageProblem, and none is there, where one cannot be."""
        before = self.stage / "before"
        name = ""
        try:
            before.mkdir(exist_ok=True)
            for name in self.names:
                target = self.folder / name
                if target.exists():
                    self._move(target, before / name)
                self._move(self.stage / name, target)
        except OSError as error:
            self.take_back()
            raise _not_writable(self.folder / name, error) from error
        except BaseException:
            self.take_back()
            raise

    def take_back(self) -> None:
        """Everything as it was before `publish`."""
        while self._moved:
            came_from, target = self._moved.pop()
            with suppress(OSError):
                target.replace(came_from)

    def _move(self, file: Path, target: Path) -> None:
        file.replace(target)
        self._moved.append((file, target))


@contextmanager
def files_together(folder: Path) -> Iterator[FilesTogether]:
    """Files for a folder, which is made where it is not there, and unmade where none came into it.

    StorageProblem `file_not_writable`. What a program that was killed had laid aside there is swept away.
    """
    try:
        # In the very folder they are for, so that a move is a rename.
        stage = PrivateFolder(folder, HALF_MADE)
    except OSError as error:
        raise _not_writable(folder, error) from error
    try:
        yield FilesTogether(folder, stage.path)
    finally:
        stage.close()
        stage.forget_parents()


def _not_writable(target: Path, error: OSError) -> StorageProblem:
    return StorageProblem(
        "file_not_writable",
        f"文书未能写入 {target}（{error.strerror or type(error).__name__}）。",
        "请关闭正在打开它的程序，或另选文件夹。",
    )
