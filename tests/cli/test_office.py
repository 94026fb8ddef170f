"""`liuyan init`, `demo`, `users`, `units`, `verify`, `backup`: founding an office, running it, proving it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.domain.users import Role
from desktop_app.storage.engine import connect_file
from tests.cli.offices import BOTH, FIRST, PASSWORD, Cli, Office, T, X

NEW = "ling-yi-ge-mi-ma"


@pytest.fixture
def new_password(tmp_path: Path) -> Path:
    file = tmp_path / "new-password"
    file.write_text(NEW + "\n", encoding="utf-8")
    return file


# ------------------------------------------------------------------ init


@pytest.mark.parametrize("regulation", BOTH)
def test_init_makes_an_empty_office_of_one_person(
    cli: Cli, tmp_path: Path, password: Path, regulation: str
) -> None:
    folder = tmp_path / "新单位"
    words = ["init", "--office", "甲市督查室", "--regulation", regulation, "--admin", FIRST]
    answer = cli(*words, "--data", folder, "--password-file", password, "--json")
    assert answer.code == 0
    assert answer.document == {
        "data": str(folder),
        "office": "甲市督查室",
        "regulation": regulation,
        "admin": FIRST,
    }
    there = Office(folder, regulation, cli, password)
    (user,) = there.ok("users", "list")
    assert set(user) >= {"name", "role"}
    assert set(user["roles"]) == {Role.OPERATOR, Role.REVIEWER, Role.ADMINISTRATOR}
    assert there.ok("list")["total"] == 0
    assert there.verified()["cases"] == 0
    again = cli(*words, "--data", folder, "--password-file", password, "--json")
    assert (again.code, again.error["code"]) == (1, "office_exists")
    assert there.ok("list")["total"] == 0


def test_init_refuses_what_cannot_be(cli: Cli, tmp_path: Path, password: Path) -> None:
    def init(office: str, regulation: str, admin: str, secret: str) -> tuple[int, str]:
        file = tmp_path / "secret"
        file.write_text(secret, encoding="utf-8")
        words = ("init", "--office", office, "--regulation", regulation, "--admin", admin)
        answer = cli(*words, "--data", tmp_path / "office", "--password-file", file, "--json")
        return answer.code, answer.error["code"]

    assert init("甲市", "mars-2030", FIRST, PASSWORD) == (1, "unknown_value")
    assert init(" ", T, FIRST, PASSWORD) == (1, "missing_key")
    assert init("甲市", T, " ", PASSWORD) == (1, "missing_key")
    assert init("甲市", T, FIRST, "short") == (1, "weak_password")
    assert init("甲市", T, "wangmin", "Wangmin-2026-x") == (1, "weak_password")
    assert not (tmp_path / "office").exists()


def test_a_password_of_ten_characters_will_do(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("一二三四五六七八九十", encoding="utf-8")
    words = ("init", "--office", "甲市", "--regulation", T, "--admin", FIRST, "--data", tmp_path / "office")
    assert cli(*words, "--password-file", file, "--json").code == 0


# ------------------------------------------------------------------ demo


def test_demo_makes_a_sample_office_and_opens_the_window(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    answer = cli("demo", "--data", folder, "--json", "--today", "2026-10-30")
    assert answer.code == 0
    document = answer.document
    assert set(document) == {"data", "cases", "users"} and document["data"] == str(folder)
    assert document["cases"] >= 140
    assert all(set(user) == {"name", "password", "role"} for user in document["users"])
    assert [opened[0] for opened in cli.window.opened] == [folder]
    again = cli("demo", "--no-window", "--data", folder, "--json")
    assert (again.code, again.error["code"]) == (1, "office_exists")

    first = document["users"][0]
    file = tmp_path / "first"
    file.write_text(first["password"], encoding="utf-8")
    there = Office(folder, T, cli, file)
    total = there.call("list", "--limit", "500", user=first["name"]).document
    assert total["total"] == document["cases"]
    assert {"经办", "审核"} <= set(first["role"].split("、"))
    states = {state for action in cli("actions", "--json").document for state in action["states"]}
    assert {case["status"] for case in total["cases"]} == states
    assert {case["regulation"] for case in total["cases"]} == set(BOTH)
    verified = there.call("verify", user=first["name"])
    assert verified.code == 0 and verified.document["ok"]


# ------------------------------------------------------------------ users


def test_users_come_get_roles_and_passwords(tongliao: Office, new_password: Path) -> None:
    added = tongliao.ok(
        "users", "add", "吴新", "--role", "经办", "--role", "领导查看",
        "--new-password-file", new_password, user="孙管理",
    )  # fmt: skip
    assert (added["name"], added["role"], added["roles"]) == (
        "吴新",
        "经办、领导查看",
        ["operator", "viewer"],
    )
    theirs = Office(tongliao.folder, T, tongliao.cli, new_password)
    assert theirs.ok("list", user="吴新")["total"] == 0
    assert tongliao.call("list", user="吴新").error["code"] == "wrong_password"

    changed = tongliao.ok("users", "role", "吴新", "--role", "审核,经办", user="孙管理")
    assert changed["role"] == "经办、审核"
    assert tongliao.ok("users", "role", "吴新", "--role", "viewer", user="孙管理")["role"] == "领导查看"
    assert (
        theirs.refused("import", tongliao.sheet([{"留言主题": "a"}]), user="吴新")[0]
        == "not_allowed_for_role"
    )

    assert theirs.ok("users", "password", "--new-password-file", tongliao.password, user="吴新") == {
        "name": "吴新"
    }
    assert theirs.call("list", user="吴新").code == 3
    assert tongliao.ok("list", user="吴新")["total"] == 0
    tongliao.ok("users", "password", "吴新", "--new-password-file", new_password, user="孙管理")
    assert theirs.ok("list", user="吴新")["total"] == 0


def test_only_the_administrator_runs_the_users(tongliao: Office, new_password: Path) -> None:
    new = ("--new-password-file", new_password)
    for user in ("周经办", "李审核", "钱领导"):
        for words in (
            ("add", "吴新", "--role", "经办", *new),
            ("role", "周经办", "--role", "审核"),
            ("password", FIRST, *new),
            ("unlock", FIRST),
            ("separate",),
        ):
            assert tongliao.refused("users", *words, user=user)[0] == "not_allowed_for_role"
        assert len(tongliao.ok("users", "list", user=user)) == 5


def test_users_that_cannot_be(tongliao: Office, new_password: Path, tmp_path: Path) -> None:
    weak = tmp_path / "weak"
    weak.write_text("short", encoding="utf-8")
    new = ("--new-password-file", new_password)

    def code(*words: str | Path) -> str:
        return tongliao.refused("users", *words, user="孙管理")[0]

    assert code("add", "周经办", "--role", "审核", *new) == "unknown_value"
    assert code("add", "吴新", "--role", "皇帝", *new) == "unknown_value"
    assert code("add", "  ", "--role", "经办", *new) == "missing_key"
    assert code("add", "吴新", "--role", "经办", "--new-password-file", weak) == "weak_password"
    assert code("password", "周经办", "--new-password-file", weak) == "weak_password"
    for words in (("role", "无人", "--role", "经办"), ("password", "无人", *new), ("unlock", "无人")):
        assert code(*words) == "unknown_value"
    assert len(tongliao.ok("users", "list")) == 5


def test_an_office_keeps_an_administrator(tongliao: Office) -> None:
    tongliao.ok("users", "role", FIRST, "--role", "经办", user="孙管理")
    assert (
        tongliao.refused("users", "role", "孙管理", "--role", "经办", user="孙管理")[0]
        == "not_allowed_for_role"
    )


def test_posts_are_separated(make_office: Callable[[str], Office], new_password: Path) -> None:
    there = make_office(X)
    separated = {user["name"]: user["roles"] for user in there.ok("users", "separate")}
    assert separated[FIRST] == separated["孙管理"] == ["administrator"]
    assert separated["周经办"] == ["operator"]
    assert there.refused("list")[0] == "not_allowed_for_role"


def test_posts_cannot_be_separated_while_nobody_else_can_do_the_work(
    cli: Cli, tmp_path: Path, password: Path
) -> None:
    words = ("init", "--office", "甲市", "--regulation", T, "--admin", FIRST, "--data", tmp_path / "office")
    cli(*words, "--password-file", password)
    there = Office(tmp_path / "office", T, cli, password)
    assert there.refused("users", "separate")[0] == "not_allowed_for_role"
    assert there.ok("list")["total"] == 0


# ------------------------------------------------------------------ units


def test_units_come_from_a_sheet(tongliao: Office, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    header = "单位名称,简称,上级单位,负责人,分管领导,具体科室,经办人,联系电话,地区,职责\n"
    file.write_text(header + "乙县教育局,县教育局、乙教,甲市教育局,沈局长,,,,,乙县,\n", encoding="gb18030")
    assert tongliao.ok("units", "import", file) == {"imported": 1, "units": 6}
    unit = next(one for one in tongliao.ok("units", "list") if one["name"] == "乙县教育局")
    assert unit["short_names"] == ["县教育局", "乙教"]
    assert (unit["superior"], unit["head"], unit["region"]) == ("甲市教育局", "沈局长", "乙县")
    number = tongliao.accepted()
    tongliao.act(number, "dispatch", "2026-09-19", lead="乙教")
    assert tongliao.show(number)["lead"] == "乙县教育局"
    # The same unit again is the same unit.
    file.write_text(header + "乙县教育局,县教育局,,韩局长,,,,,乙县,\n", encoding="utf-8")
    assert tongliao.ok("units", "import", file) == {"imported": 1, "units": 6}
    assert "韩局长" in tongliao.call("units", "list", json_wanted=False).out


def test_a_unit_sheet_with_faults_is_not_brought_in(tongliao: Office, tmp_path: Path) -> None:
    file = tmp_path / "units.csv"
    file.write_text("单位名称,简称\n,无名\n丙局,\n丙局,\n", encoding="utf-8")
    answer = tongliao.call("units", "import", file)
    assert answer.code in (1, 2) and answer.error["message"]
    assert len(tongliao.ok("units", "list")) == 5
    assert tongliao.call("units", "import", tmp_path / "no-such-file.csv").code == 2
    for user in ("李审核", "钱领导"):
        good = tmp_path / "good.csv"
        good.write_text("单位名称\n丙局\n", encoding="utf-8")
        assert tongliao.refused("units", "import", good, user=user)[0] == "not_allowed_for_role"


# ------------------------------------------------------------------ verify and backup


def test_the_shape_of_verify(both: Office) -> None:
    both.replied()
    document = both.ok("verify")
    assert set(document) == {"ok", "problems", "notes", "cases", "events"}
    assert (document["ok"], document["problems"], document["cases"]) == (True, [], 1)
    assert document["events"] == len(both.show("2026-0001")["events"]) + 2 + 1
    assert "核验无误" in both.call("verify", json_wanted=False).out


def broken(there: Office) -> list[dict[str, str]]:
    """The problems that `verify` finds, exiting with 3."""
    answer = there.call("verify")
    assert answer.code == 3
    document = answer.document
    assert document["ok"] is False and document["problems"]
    assert all(set(one) == {"kind", "where", "message"} for one in document["problems"])
    problems: list[dict[str, str]] = document["problems"]
    return problems


def key_of(there: Office) -> bytes:
    from desktop_app.storage import keyring

    return keyring.unlock(there.folder, FIRST, PASSWORD)


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE cases SET title = '改'", "projection"),
        ("UPDATE cases SET status = '已归档', is_open = 0", "projection"),
        ("UPDATE cases SET due = '2030-01-01'", "projection"),
        ("UPDATE case_messages SET text = '改'", "projection"),
        ("UPDATE case_messages SET citizen_contact = '1'", "projection"),
        ("UPDATE protected_words SET words = '改' WHERE key = 'text'", "words_altered"),
        ("DELETE FROM protected_words WHERE key = 'text'", "words_missing"),
        ("UPDATE status_counts SET count = 9", "counts"),
        ("UPDATE search_texts SET folded = '改'", "search"),
        ("UPDATE search_texts SET names = '改'", "search"),
        ("DELETE FROM case_search WHERE rowid > 0", "search"),
    ],
)
def test_data_changed_behind_the_program_s_back_is_found(tongliao: Office, statement: str, kind: str) -> None:
    tongliao.replied()
    driver = connect_file(tongliao.folder / "office.db", key_of(tongliao))
    assert driver.execute(statement).rowcount > 0
    driver.close()
    assert kind in {problem["kind"] for problem in broken(tongliao)}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE status_counts SET count = 9",
        "UPDATE search_texts SET folded = '改', names = '改'",
        "DELETE FROM case_search WHERE rowid > 0",
    ],
)
def test_what_can_be_made_anew_is_made_anew(tongliao: Office, statement: str) -> None:
    number = tongliao.replied()
    driver = connect_file(tongliao.folder / "office.db", key_of(tongliao))
    assert driver.execute(statement).rowcount > 0
    driver.close()
    assert tongliao.ok("verify", "--rebuild")["ok"]
    found = tongliao.ok("list", "--text", "市民", "--status", tongliao.ok("show", number)["status"])
    assert found["total_exact"]


def test_a_changed_record_breaks_the_chain(tongliao: Office) -> None:
    tongliao.replied()
    driver = connect_file(tongliao.folder / "office.db", key_of(tongliao))
    for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        if "event" in name:
            driver.execute(f"DROP TRIGGER {name}")
    changed = "UPDATE events SET canonical = replace(canonical, '投诉', '建议')"
    assert driver.execute(changed).rowcount > 0
    driver.close()
    assert broken(tongliao)


@pytest.mark.parametrize("place", [5, 4096 * 2 + 100, 4096 * 20 + 7, -50])
def test_a_flipped_byte_is_found(tongliao: Office, place: int) -> None:
    tongliao.replied()
    file = tongliao.folder / "office.db"
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    assert broken(tongliao)


def test_half_a_file_is_found(tongliao: Office) -> None:
    file = tongliao.folder / "office.db"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert broken(tongliao)


def test_attachments_and_backups_are_looked_at_too(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.message()
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF" * 1000)
    tongliao.ok("attach", number, scan, "--as", "scan")
    tongliao.ok("backup")
    tongliao.verified()
    for folder, kind in (("attachments", "attachment"), ("backups", "backup")):
        (file,) = (tongliao.folder / folder).iterdir()
        content = file.read_bytes()
        changed = bytearray(content)
        changed[len(changed) // 2] ^= 1
        file.write_bytes(changed)
        assert [problem["kind"] for problem in broken(tongliao)] == [kind]
        file.write_bytes(content)
    tongliao.verified()


def test_wrong_password_is_no_finding(tongliao: Office, new_password: Path) -> None:
    stranger = Office(tongliao.folder, T, tongliao.cli, new_password)
    answer = stranger.call("verify")
    assert (answer.code, answer.error["code"]) == (3, "wrong_password")


def test_a_backup_is_one_file_that_proves_whole(tongliao: Office, tmp_path: Path) -> None:
    tongliao.replied()
    made = tongliao.ok("backup")
    assert set(made) >= {"file", "sha256"}
    file = Path(made["file"])
    assert file.parent == tongliao.folder / "backups" and file.suffix == ".backup"
    assert made["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert made["size"] == file.stat().st_size
    assert "路灯".encode() not in file.read_bytes()
    named = tongliao.ok("backup", "-o", tmp_path / "备份" / "九月.backup")
    assert Path(named["file"]).is_file()
    into = tongliao.ok("backup", "-o", tmp_path)
    assert Path(into["file"]).parent == tmp_path
    assert tongliao.ok("backup", user="孙管理")["size"] > 0
    assert tongliao.refused("backup", user="钱领导")[0] == "not_allowed_for_role"
    (tmp_path / "file").write_text("in the way")
    answer = tongliao.call("backup", "-o", tmp_path / "file" / "x.backup")
    assert (answer.code, answer.error["code"]) == (2, "file_not_writable")
