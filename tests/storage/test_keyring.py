from __future__ import annotations

import json
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop_app.errors import StorageProblem
from desktop_app.storage.key_wrapping import STANDARD, Cost, stretch
from desktop_app.storage.keyring import (
    add_user,
    cannot_follow,
    change_password,
    create_keyring,
    password_state,
    remove_user,
    unlock,
    write_renewed,
)
from desktop_app.storage.keyring_entries import KEYRING_FILE, PasswordState
from desktop_app.storage.recovery_codes import open_by_codes, set_codes

PASSWORD = "春风又绿江南岸呀呀呀"


@pytest.fixture
def key(tmp_path: Path, quick: Cost) -> bytes:
    return create_keyring(tmp_path, "王敏", PASSWORD, cost=quick)


def _code(folder: Path, user: str, password: str, now: float = 0.0) -> str:
    with pytest.raises(StorageProblem) as told:
        unlock(folder, user, password, now=now)
    return told.value.code


def test_the_password_gives_the_key(tmp_path: Path, key: bytes) -> None:
    assert len(key) == 32
    assert unlock(tmp_path, "王敏", PASSWORD) == key


def test_every_office_has_a_key_of_its_own(tmp_path: Path, key: bytes, quick: Cost) -> None:
    assert create_keyring(tmp_path / "other", "王敏", PASSWORD, cost=quick) != key


def test_the_same_password_in_full_width_opens_too(tmp_path: Path, quick: Cost) -> None:
    key = create_keyring(tmp_path, "admin", "abcde12345", cost=quick)
    assert unlock(tmp_path, "admin", "ａｂｃｄｅ１２３４５") == key


def test_a_wrong_password_and_an_unknown_user_are_told_alike(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(StorageProblem) as wrong:
        unlock(tmp_path, "王敏", "x" * 10)
    with pytest.raises(StorageProblem) as unknown:
        unlock(tmp_path, "无此人", PASSWORD)
    assert wrong.value.code == unknown.value.code == "wrong_password"
    assert wrong.value.message == unknown.value.message


def test_another_user_opens_the_same_key(tmp_path: Path, key: bytes, quick: Cost) -> None:
    add_user(tmp_path, key, "李强", "另一个人的长密码呀呀", cost=quick)
    assert unlock(tmp_path, "李强", "另一个人的长密码呀呀") == key
    assert unlock(tmp_path, "王敏", PASSWORD) == key
    assert _code(tmp_path, "李强", PASSWORD) == "wrong_password"


def test_one_user_s_entry_is_no_good_under_another_s_name(tmp_path: Path, key: bytes, quick: Cost) -> None:
    path = tmp_path / KEYRING_FILE
    told = json.loads(path.read_text("utf-8"))
    told["users"]["李强"] = told["users"]["王敏"]
    path.write_text(json.dumps(told), "utf-8")
    assert _code(tmp_path, "李强", PASSWORD) == "wrong_password"


def test_a_user_is_added_once(tmp_path: Path, key: bytes, quick: Cost) -> None:
    with pytest.raises(ValueError, match="already"):
        add_user(tmp_path, key, "王敏", "x" * 10, cost=quick)
    assert unlock(tmp_path, "王敏", PASSWORD) == key


def test_a_changed_password_replaces_the_old_one(tmp_path: Path, key: bytes, quick: Cost) -> None:
    change_password(tmp_path, key, "王敏", "新的密码也要够长才行", cost=quick)
    assert unlock(tmp_path, "王敏", "新的密码也要够长才行") == key
    assert _code(tmp_path, "王敏", PASSWORD) == "wrong_password"


def test_changing_a_user_who_is_not_there_is_told(tmp_path: Path, key: bytes, quick: Cost) -> None:
    with pytest.raises(LookupError):
        change_password(tmp_path, key, "无此人", "x" * 10, cost=quick)


def test_neither_password_nor_key_stands_in_the_file(tmp_path: Path, key: bytes) -> None:
    content = (tmp_path / KEYRING_FILE).read_bytes()
    assert PASSWORD.encode() not in content
    assert key not in content
    assert key.hex().encode() not in content


def test_a_second_keyring_is_refused(tmp_path: Path, key: bytes, quick: Cost) -> None:
    with pytest.raises(StorageProblem) as refused:
        create_keyring(tmp_path, "王敏", PASSWORD, cost=quick)
    assert refused.value.code == "office_exists"
    assert unlock(tmp_path, "王敏", PASSWORD) == key


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", "not json", '{"version": 1, "users": {"a": {"salt": 1}}}']
)
def test_a_file_that_is_no_keyring_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / KEYRING_FILE).write_text(content, "utf-8")
    assert _code(tmp_path, "王敏", PASSWORD) == "damaged"


def test_a_newer_keyring_and_none_at_all_are_told(tmp_path: Path) -> None:
    assert _code(tmp_path, "王敏", PASSWORD) == "no_office"
    (tmp_path / KEYRING_FILE).write_text('{"version": 3, "users": {}}', "utf-8")
    assert _code(tmp_path, "王敏", PASSWORD) == "newer_schema"


def test_the_standard_cost_is_no_less_than_rfc_9106_asks() -> None:
    assert (STANDARD.time, STANDARD.memory_kib, STANDARD.lanes) == (3, 65_536, 4)


def test_the_log_in_window_does_not_wait_for_the_database_s_libraries() -> None:
    code = (
        "import sys, desktop_app.storage.keyring; "
        "sys.exit(any(name.split('.')[0] in {'sqlalchemy', 'alembic', 'sqlcipher3'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ------------------------------------------------------------------ re-wrapping, never re-encrypting


def test_a_user_who_was_removed_opens_nothing_and_the_others_do(
    tmp_path: Path, key: bytes, quick: Cost
) -> None:
    add_user(tmp_path, key, "李强", PASSWORD, cost=quick)
    remove_user(tmp_path, "李强")
    remove_user(tmp_path, "李强")
    assert _code(tmp_path, "李强", PASSWORD) == "wrong_password"
    assert unlock(tmp_path, "王敏", PASSWORD) == key


def test_who_set_a_password_and_when_is_known(tmp_path: Path, key: bytes, quick: Cost) -> None:
    state = PasswordState("2026-11-26T08:00:00.000+08:00", handed_over=True)
    add_user(tmp_path, key, "李强", PASSWORD, state, cost=quick)
    assert password_state(tmp_path, "李强") == state
    change_password(tmp_path, key, "李强", PASSWORD, PasswordState("2026-11-27"), cost=quick)
    assert password_state(tmp_path, "李强") == PasswordState("2026-11-27", handed_over=False)
    assert password_state(tmp_path, "无此人") == PasswordState()


def test_a_key_ring_of_before_opens_and_is_brought_up_to_date(tmp_path: Path, quick: Cost) -> None:
    key = secrets.token_bytes(32)
    path = tmp_path / KEYRING_FILE
    path.write_text(json.dumps({"version": 1, "users": {"王敏": wrapped_by_version_1(key, quick)}}), "utf-8")
    assert cannot_follow(tmp_path, key, ["王敏"]) == ["王敏"]
    assert unlock(tmp_path, "王敏", PASSWORD) == key
    assert cannot_follow(tmp_path, key, ["王敏"]) == []
    assert json.loads(path.read_text("utf-8"))["version"] == 2
    assert unlock(tmp_path, "王敏", PASSWORD) == key


def test_a_key_ring_of_before_opens_where_nothing_can_be_written(
    tmp_path: Path, quick: Cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = secrets.token_bytes(32)
    path = tmp_path / KEYRING_FILE
    path.write_text(json.dumps({"version": 1, "users": {"王敏": wrapped_by_version_1(key, quick)}}), "utf-8")

    def full(path: Path, content: bytes) -> None:
        raise StorageProblem("disk_full", "磁盘空间已满。")

    monkeypatch.setattr("desktop_app.storage.shelves.write_whole", full)
    assert unlock(tmp_path, "王敏", PASSWORD) == key


def wrapped_by_version_1(key: bytes, cost: Cost) -> dict[str, object]:
    """As the first program wrote it: the data key itself under the password."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(stretch(PASSWORD, salt, cost)).encrypt(nonce, key, "liuyan keyring 1 王敏".encode())
    return {
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "wrapped": sealed.hex(),
        "time": cost.time,
        "memory_kib": cost.memory_kib,
        "lanes": cost.lanes,
        "failures": 0,
        "locked_until": 0.0,
    }


def test_a_sealed_key_that_was_altered_is_told_as_damage(tmp_path: Path, key: bytes) -> None:
    path = tmp_path / KEYRING_FILE
    told = json.loads(path.read_text("utf-8"))
    sealed = told["users"]["王敏"]["sealed"]
    told["users"]["王敏"]["sealed"] = sealed[:-2] + ("00" if sealed[-2:] != "00" else "01")
    path.write_text(json.dumps(told), "utf-8")
    assert _code(tmp_path, "王敏", PASSWORD) == "damaged"


# ------------------------------------------------------------------ another data key


def test_another_data_key_for_the_same_passwords(tmp_path: Path, key: bytes, quick: Cost) -> None:
    add_user(tmp_path, key, "李强", "另一个人的长密码呀呀", cost=quick)
    add_user(tmp_path, key, "走了的人", "他的密码谁也不知道啊", cost=quick)
    set_codes(tmp_path, key, ("A1", "B1"), "2026-11-26", cost=quick)
    new_key, target = secrets.token_bytes(32), tmp_path / "new"
    target.mkdir()
    write_renewed(tmp_path, target, key, new_key, ["王敏", "李强"])
    assert unlock(target, "王敏", PASSWORD) == new_key
    assert unlock(target, "李强", "另一个人的长密码呀呀") == new_key
    assert open_by_codes(target, ("A1", "B1")).data_key == new_key
    assert _code(target, "走了的人", "他的密码谁也不知道啊") == "wrong_password"
    assert unlock(tmp_path, "走了的人", "他的密码谁也不知道啊") == key


def test_a_pair_put_there_by_one_without_the_key_gets_no_other_key(
    tmp_path: Path, key: bytes, quick: Cost
) -> None:
    """Whoever may write the folder could slip in a pair of his own and wait for the next renewal."""
    stranger = tmp_path / "stranger"
    create_keyring(stranger, "王敏", "the-stranger-s-own", cost=quick)
    slipped_in = json.loads((stranger / KEYRING_FILE).read_text("utf-8"))["users"]["王敏"]
    path = tmp_path / KEYRING_FILE
    told = json.loads(path.read_text("utf-8"))
    told["users"]["王敏"] = slipped_in
    path.write_text(json.dumps(told), "utf-8")
    assert cannot_follow(tmp_path, key, ["王敏"]) == ["王敏"]
    target = tmp_path / "new"
    target.mkdir()
    write_renewed(tmp_path, target, key, secrets.token_bytes(32), ["王敏"])
    assert _code(target, "王敏", "the-stranger-s-own") == "wrong_password"


def test_a_changed_password_makes_another_pair(tmp_path: Path, key: bytes, quick: Cost) -> None:
    """Else a copy of the old ring, with the old password, would open what is sealed to the pair later."""
    before = json.loads((tmp_path / KEYRING_FILE).read_text("utf-8"))["users"]["王敏"]["public"]
    change_password(tmp_path, key, "王敏", PASSWORD, cost=quick)
    assert json.loads((tmp_path / KEYRING_FILE).read_text("utf-8"))["users"]["王敏"]["public"] != before
