"""`liuyan users rules`, `remove`, `readmit`, `recovery-codes`, `recover`, `renew-key` as called from a shell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.offices import FIRST, Answer, Office, make_passwords_quick

NEW = "xin-de-mi-ma-2027"


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    make_passwords_quick(monkeypatch)


@pytest.fixture
def new_password(tmp_path: Path) -> Path:
    file = tmp_path / "new-password"
    file.write_text(NEW, encoding="utf-8")
    return file


def test_rules_are_told_and_set(tongliao: Office) -> None:
    usual = {"idle_minutes": 10, "shortest": 10, "password_days": 0}
    assert tongliao.ok("users", "rules", user="周经办") == usual
    assert tongliao.ok("users", "rules", "--idle-minutes", "5") == usual | {"idle_minutes": 5}
    assert tongliao.ok("users", "rules", "--shortest", "12", "--password-days", "90") == {
        "idle_minutes": 5,
        "shortest": 12,
        "password_days": 90,
    }
    assert tongliao.refused("users", "rules", "--shortest", "9")[0] == "unknown_value"


def test_who_was_removed_is_out_and_can_be_readmitted(tongliao: Office, new_password: Path) -> None:
    removed = tongliao.ok("users", "remove", "周经办")
    assert (removed["active"], removed["roles"]) == (False, [])
    assert tongliao.call("list", user="周经办").code == 3
    assert {one["name"]: one["active"] for one in tongliao.ok("users", "list")}["周经办"] is False
    assert tongliao.refused("users", "remove", "周经办")[0] == "unknown_value"
    assert tongliao.refused("users", "remove", FIRST)[0] == "not_allowed_for_role"
    back = tongliao.ok("users", "readmit", "周经办", "--role", "审核", "--new-password-file", new_password)
    assert (back["active"], back["role"]) == (True, "审核")
    theirs = Office(tongliao.folder, tongliao.regulation, tongliao.cli, new_password)
    assert theirs.ok("list", user="周经办")["total"] == 0


def test_the_command_line_never_asks_for_another_password(tongliao: Office, new_password: Path) -> None:
    tongliao.ok("users", "password", "周经办", "--new-password-file", new_password)
    theirs = Office(tongliao.folder, tongliao.regulation, tongliao.cli, new_password)
    assert theirs.ok("list", user="周经办")["total"] == 0


def test_a_password_that_is_guessed_easily_is_warned_of(tongliao: Office, tmp_path: Path) -> None:
    file = tmp_path / "easy"
    file.write_text("1234567890", encoding="utf-8")
    answer = tongliao.call("users", "add", "新来的人", "--role", "经办", "--new-password-file", file)
    assert answer.code == 0
    assert "容易猜到" in answer.err


def test_two_persons_recover_and_the_codes_are_used_up(
    tongliao: Office, tmp_path: Path, new_password: Path
) -> None:
    codes = tongliao.ok("users", "recovery-codes")["codes"]
    files = [tmp_path / f"code-{place}" for place in range(2)]
    for file, code in zip(files, codes, strict=True):
        file.write_text(code + "\n", encoding="utf-8")

    def recover(*given: Path, name: str = FIRST) -> Answer:
        words: list[object] = ["users", "recover", name, "--new-password-file", new_password]
        for file in given:
            words += ["--code-file", file]
        return tongliao.cli(*map(str, words), "--data", str(tongliao.folder), "--json")

    assert recover(files[0]).code == 2
    assert recover(files[0], files[0]).error["code"] == "unknown_value"
    assert recover(*files, name="周经办").error["code"] == "not_allowed_for_role"
    assert recover(*files).document == {"name": FIRST}
    again = recover(*files)
    assert (again.code, again.error["code"]) == (3, "wrong_password")
    theirs = Office(tongliao.folder, tongliao.regulation, tongliao.cli, new_password)
    assert theirs.ok("list")["total"] == 0
    assert tongliao.call("list").code == 3


def test_the_key_is_renewed_and_everybody_comes_in_as_before(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.message()
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"SCAN")
    tongliao.ok("attach", number, scan, "--as", "other")
    done = tongliao.ok("users", "renew-key")
    assert done["attachments"] == 1 and done["lost"] == [] and done["fault"] is None
    assert Path(done["backup"]).exists()
    tongliao.verified()
    assert tongliao.ok("list", user="周经办")["total"] == 1
    answer = tongliao.call("users", "renew-key", json_wanted=False)
    assert "数据密钥已更换" in answer.out
    tongliao.verified()


def test_whoever_founds_an_office_with_an_easy_password_is_warned_and_told_of_the_codes(
    tongliao: Office, tmp_path: Path
) -> None:
    easy = tmp_path / "easy"
    easy.write_text("aaaaaaaaaaaa", encoding="utf-8")
    words = ("init", "--office", "甲市", "--regulation", "tongliao-2023", "--admin", FIRST)
    answer = tongliao.cli(*words, "--data", tmp_path / "new", "--password-file", easy)
    assert answer.code == 0
    assert "容易猜到" in answer.err
    assert "两人恢复码" in answer.out
