"""Small documents beside the database: files of a folder, or rows of a server; the same promises of both."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from desktop_app.errors import StorageProblem
from desktop_app.storage.keyring import create_keyring
from desktop_app.storage.server_address import read_address
from desktop_app.storage.shelves import Shelf, shelf_of
from tests.engines import place, server


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = shelf_of(place(tmp_path / "office"))
    made.prepare()
    return made


def test_what_is_written_is_read_until_it_is_removed(shelf: Shelf) -> None:
    assert shelf.read("a.json") is None
    shelf.write("a.json", b"\0\xff\n")
    shelf.write("b.json", b"")
    assert (shelf.read("a.json"), shelf.read("b.json")) == (b"\0\xff\n", b"")
    shelf.write("a.json", b"other")
    assert shelf.read("a.json") == b"other"
    shelf.remove("a.json")
    shelf.remove("a.json")
    assert (shelf.read("a.json"), shelf.read("b.json")) == (None, b"")


def test_it_is_made_once(shelf: Shelf) -> None:
    shelf.write("a.json", b"one")
    shelf.prepare()
    assert shelf.read("a.json") == b"one"


def test_what_was_never_made_holds_nothing(tmp_path: Path) -> None:
    assert shelf_of(place(tmp_path / "office")).read("keyring.json") is None


def test_one_at_a_time_under_a_lock(shelf: Shelf, tmp_path: Path) -> None:
    shelf.write("count", b"0")

    def count() -> None:
        own = shelf_of(tmp_path / "office")
        for _ in range(10):
            with own.locked("count", "计数"):
                held = own.read("count")
                assert held is not None
                own.write("count", str(int(held) + 1).encode())

    counting = [Thread(target=count) for _ in range(3)]
    for one in counting:
        one.start()
    for one in counting:
        one.join()
    assert shelf.read("count") == b"30"


def test_who_waits_too_long_is_told(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.storage.shelves._LOCK_SECONDS", 0.05)
    other = shelf_of(tmp_path / "office")
    with (
        shelf.locked("a.json", "这个文件"),
        pytest.raises(StorageProblem, match="这个文件正被另一个程序写入") as told,
        other.locked("a.json", "这个文件"),
    ):
        pass
    assert told.value.code == "locked"
    with shelf.locked("a.json", "这个文件"), other.locked("b.json", "另一个文件"):
        pass


def test_a_lock_goes_with_whoever_failed(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), shelf.locked("a.json", "这个文件"):
        raise ZeroDivisionError
    with shelf_of(tmp_path / "office").locked("a.json", "这个文件"):
        pass


@pytest.mark.server_only("a file's office has no server")
def test_a_server_that_is_gone_is_told(shelf: Shelf, tmp_path: Path) -> None:
    address = read_address(tmp_path / "office")
    assert address is not None
    server().drop_database(address.database)
    with pytest.raises(StorageProblem) as told:
        shelf.read("a.json")
    assert told.value.code == "no_office"


@pytest.mark.server_only("a file's office needs no driver")
def test_asking_for_a_password_on_a_server_needs_no_sqlalchemy(tmp_path: Path) -> None:
    create_keyring(place(tmp_path / "office"), "王敏", "gou-chang-de-mi-ma")
    code = (
        "import sys; from pathlib import Path; from desktop_app.storage.keyring import unlock; "
        f"unlock(Path({str(tmp_path / 'office')!r}), '王敏', 'gou-chang-de-mi-ma'); "
        "sys.exit(any(name.split('.')[0] in {'sqlalchemy', 'alembic', 'sqlcipher3'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.file_only("about an office that lies in files")
def test_asking_for_a_password_of_a_file_needs_no_driver(tmp_path: Path) -> None:
    create_keyring(tmp_path / "office", "王敏", "gou-chang-de-mi-ma")
    code = (
        "import sys; from pathlib import Path; from desktop_app.storage.keyring import unlock; "
        f"unlock(Path({str(tmp_path / 'office')!r}), '王敏', 'gou-chang-de-mi-ma'); "
        "sys.exit('psycopg' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
