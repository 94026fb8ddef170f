from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from desktop_app.errors import StorageProblem
from desktop_app.storage.key_wrapping import Cost
from desktop_app.storage.keyring import create_keyring, unlock
from desktop_app.storage.keyring_entries import KEYRING_FILE
from desktop_app.storage.wrong_passwords import unlock_account, waiting

PASSWORD = "春风又绿江南岸呀呀呀"


@pytest.fixture
def key(tmp_path: Path, quick: Cost) -> bytes:
    return create_keyring(tmp_path, "王敏", PASSWORD, cost=quick)


def _code(folder: Path, user: str, password: str, now: float) -> str:
    with pytest.raises(StorageProblem) as told:
        unlock(folder, user, password, now=now)
    return told.value.code


def _fail(folder: Path, times: int, now: float = 0.0) -> None:
    for _ in range(times):
        assert _code(folder, "王敏", "x" * 10, now) == "wrong_password"


def test_five_failures_make_an_account_wait_even_for_the_right_password(tmp_path: Path, key: bytes) -> None:
    _fail(tmp_path, 4)
    assert unlock(tmp_path, "王敏", PASSWORD, now=0.0) == key
    _fail(tmp_path, 5)
    assert _code(tmp_path, "王敏", PASSWORD, 29.0) == "account_locked"
    assert unlock(tmp_path, "王敏", PASSWORD, now=30.0) == key


def test_success_forgets_the_failures(tmp_path: Path, key: bytes) -> None:
    _fail(tmp_path, 5)
    unlock(tmp_path, "王敏", PASSWORD, now=30.0)
    _fail(tmp_path, 4, now=30.0)
    assert unlock(tmp_path, "王敏", PASSWORD, now=30.0) == key


def test_the_wait_doubles_but_never_traps(tmp_path: Path, key: bytes) -> None:
    now = 0.0
    _fail(tmp_path, 5)
    for wait in (30.0, 60.0, 120.0, 240.0, 480.0, 900.0, 900.0):
        assert _code(tmp_path, "王敏", PASSWORD, now + wait - 1) == "account_locked"
        now += wait
        _fail(tmp_path, 1, now)
    assert unlock(tmp_path, "王敏", PASSWORD, now=now + 900.0) == key


def test_a_clock_set_back_does_not_turn_minutes_into_years(tmp_path: Path, key: bytes) -> None:
    _fail(tmp_path, 5, now=10_000_000.0)
    with pytest.raises(StorageProblem, match="请在 30 秒后再试。"):
        unlock(tmp_path, "王敏", PASSWORD, now=0.0)
    assert unlock(tmp_path, "王敏", PASSWORD, now=30.0) == key


def test_an_administrator_frees_an_account(tmp_path: Path, key: bytes) -> None:
    _fail(tmp_path, 5)
    unlock_account(tmp_path, "王敏")
    assert unlock(tmp_path, "王敏", PASSWORD, now=0.0) == key


def test_failures_from_several_sides_are_all_counted(tmp_path: Path, key: bytes) -> None:
    def fail() -> None:
        with pytest.raises(StorageProblem):
            unlock(tmp_path, "王敏", "x" * 10, now=0.0)

    threads = [threading.Thread(target=fail) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = json.loads((tmp_path / KEYRING_FILE).read_text("utf-8"))
    assert told["users"]["王敏"]["failures"] == 5


def test_who_waits_is_told_and_for_how_long(tmp_path: Path, key: bytes) -> None:
    _fail(tmp_path, 5, now=100.0)
    assert waiting(tmp_path, now=110.0) == {"王敏": 20.0}
    assert waiting(tmp_path, now=131.0) == {}
