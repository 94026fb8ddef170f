from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import StorageProblem
from desktop_app.storage.key_wrapping import Cost
from desktop_app.storage.keyring import create_keyring, unlock
from desktop_app.storage.recovery_codes import codes_made, open_by_codes, set_codes, set_password_by_codes
from desktop_app.storage.wrong_passwords import waiting

PASSWORD = "春风又绿江南岸呀呀呀"


@pytest.fixture
def key(tmp_path: Path, quick: Cost) -> bytes:
    return create_keyring(tmp_path, "王敏", PASSWORD, cost=quick)


def test_both_codes_open_and_one_alone_does_not(tmp_path: Path, key: bytes, quick: Cost) -> None:
    assert codes_made(tmp_path) == ""
    set_codes(tmp_path, key, ("甲", "乙"), "2026-11-26", cost=quick)
    assert codes_made(tmp_path) == "2026-11-26"
    assert open_by_codes(tmp_path, ("甲", "乙")).data_key == key
    for wrong in (("甲", ""), ("", "乙"), ("甲", "甲"), ("乙", "甲")):
        with pytest.raises(StorageProblem) as told:
            open_by_codes(tmp_path, wrong, now=0.0)
        assert told.value.code == "wrong_password"


def test_codes_are_tried_as_slowly_as_passwords(tmp_path: Path, key: bytes, quick: Cost) -> None:
    set_codes(tmp_path, key, ("甲", "乙"), "2026-11-26", cost=quick)
    for _ in range(5):
        with pytest.raises(StorageProblem, match="恢复码不对"):
            open_by_codes(tmp_path, ("甲", "丙"), now=0.0)
    with pytest.raises(StorageProblem) as told:
        open_by_codes(tmp_path, ("甲", "乙"), now=29.0)
    assert told.value.code == "account_locked"
    assert open_by_codes(tmp_path, ("甲", "乙"), now=30.0).data_key == key


def test_codes_give_one_password_and_are_used_up(tmp_path: Path, key: bytes, quick: Cost) -> None:
    set_codes(tmp_path, key, ("甲", "乙"), "2026-11-26", cost=quick)
    set_password_by_codes(tmp_path, key, "王敏", "想起来的新密码在这里", "2026-11-27", cost=quick)
    assert unlock(tmp_path, "王敏", "想起来的新密码在这里") == key
    assert codes_made(tmp_path) == ""
    with pytest.raises(StorageProblem, match="已经用过"):
        open_by_codes(tmp_path, ("甲", "乙"))


def test_the_codes_are_no_user(tmp_path: Path, key: bytes, quick: Cost) -> None:
    set_codes(tmp_path, key, ("甲", "乙"), "2026-11-26", cost=quick)
    with pytest.raises(StorageProblem, match="用户名或密码不对"):
        unlock(tmp_path, "", "甲 乙")
    assert waiting(tmp_path, now=0.0) == {}
