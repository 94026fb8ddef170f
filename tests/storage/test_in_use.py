"""Who has an office open: many share it, one alone is refused while they do, and the kernel lets go of the dead."""

from __future__ import annotations

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop_app.errors import StorageProblem
from desktop_app.paths import WINDOW_LOCK
from desktop_app.storage.database import Database
from desktop_app.storage.in_use import alone, share


def refused_alone(folder: Path, window_too: bool = True) -> str:
    with pytest.raises(StorageProblem) as told, alone(folder, window_too):
        pass
    assert told.value.code == "locked"
    return told.value.message


def test_many_share_and_nobody_is_alone_meanwhile(tmp_path: Path) -> None:
    first, second = share(tmp_path), share(tmp_path)
    first.release()
    assert "另一个程序" in refused_alone(tmp_path)
    second.release()
    second.release()
    with alone(tmp_path):
        pass


def test_nobody_comes_in_while_one_is_alone(tmp_path: Path) -> None:
    with alone(tmp_path):
        with pytest.raises(StorageProblem) as told:
            share(tmp_path)
        assert told.value.code == "locked" and "恢复" in told.value.message
    share(tmp_path).release()


def test_a_window_at_its_log_in_counts_too(tmp_path: Path) -> None:
    from filelock import FileLock

    with FileLock(tmp_path / WINDOW_LOCK):
        assert "窗口" in refused_alone(tmp_path)
        with alone(tmp_path, window_too=False):
            pass


def test_an_open_office_is_in_use_until_it_is_closed(office: Database) -> None:
    refused_alone(office.folder)
    office.close()
    with alone(office.folder):
        pass


def hold_until_killed(folder: Path, ready: Connection) -> None:
    hold = share(folder)
    ready.send(bool(hold))
    signal.pause()


def test_a_process_that_is_killed_holds_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=hold_until_killed, args=(tmp_path, theirs))
    child.start()
    assert ours.recv()
    refused_alone(tmp_path)
    assert child.pid is not None
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    with alone(tmp_path):
        pass
