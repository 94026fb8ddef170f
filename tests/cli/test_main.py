"""How the program is called: global options, exit codes, where errors go, the window."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.offices import FIRST, PASSWORD, Cli, Office, X


def test_no_command_opens_the_window(cli: Cli, tmp_path: Path) -> None:
    assert cli().code == 0
    assert cli("--data", tmp_path / "office", "--today", "2026-10-30").code == 0
    assert cli.window.opened == [(None, None), (tmp_path / "office", date(2026, 10, 30))]


def test_the_window_needs_no_command_s_module(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    monkeypatch.setattr(importlib, "import_module", lambda name: pytest.fail(f"{name} was imported"))
    assert cli("--data", "office").code == 0
    assert len(cli.window.opened) == 1


def test_global_options_stand_before_or_after_the_command(tongliao: Office, cli: Cli) -> None:
    number = tongliao.message()
    options = tongliao.options()
    before = cli(*options, "show", number)
    after = cli("show", number, *options)
    split = cli(*options[:4], "show", *options[4:], number)
    assert before.code == after.code == split.code == 0
    assert before.document == after.document == split.document
    as_one_word = [f"--data={tongliao.folder}", f"--user={FIRST}", f"--password-file={tongliao.password}"]
    assert cli("list", *as_one_word, "--json").document["total"] == 1


def test_a_folder_or_user_may_bear_the_name_of_a_command(tongliao: Office, cli: Cli) -> None:
    named = tongliao.folder.rename(tongliao.folder.with_name("demo"))
    words = ["--data", str(named), "--user", FIRST, "--password-file", str(tongliao.password), "--json"]
    assert cli(*words, "list").document["total"] == 0
    assert cli("--user", "list", "show", "2026-0001", "--json").document["error"]["code"] == "usage"


def test_keys_may_stand_on_either_side_of_an_option(tongliao: Office, cli: Cli) -> None:
    number = tongliao.message()
    words = [
        "act",
        number,
        "accept",
        "--on",
        "2026-09-18",
        "category=投诉",
        *tongliao.options(),
        "topic=照明",
    ]
    answer = cli(*words)
    assert answer.code == 0 and answer.document["status"] == "待交办"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["foo"], "没有“foo”这个命令"),
        (["list", "--colour"], "--colour"),
        (["show"], "NUMBER"),
        (["list", "--limit", "0"], "正整数"),
        (["list", "--limit", "-3"], "正整数"),
        (["list", "--sort", "colour"], "colour"),
        (["list", "--due-from", "20261009"], "2026-10-09 这样的日期"),
        (["list", "--today", "2026-13-01"], "2026-10-09 这样的日期"),
        (["act", "2026-0001", "accept", "category"], "KEY=VALUE"),
        (["act", "2026-0001", "accept", "=x"], "KEY=VALUE"),
        (["act", "2026-0001", "accept", "a=1", "a=2"], "两次"),
        (["act", "2026-0001", "reply", "text=@does-not-exist"], "does-not-exist"),
        (["import", "undo"], "import undo"),
        (["import", "undo", "first"], "import undo"),
        (["import", "one.csv", "two.csv"], "一个文件"),
        (["import", "one.csv", "--map", "title"], "--map"),
        (["replay", "does-not-exist.jsonl"], "does-not-exist"),
        (["attach", "2026-0001", "does-not-exist", "--as", "scan"], "does-not-exist"),
        (["attach", "2026-0001", "pyproject.toml", "--as", "picture"], "picture"),
        (["form", "2026-0001", "slip"], "-o"),
        (["form", "2026-0001", "slip", "-o", "slip.txt"], ".docx"),
        (["form", "--batch", "slip", "-o", "out"], "NUMBER"),
        (["form", "--batch", "slip", "2026-0001"], "-o DIR"),
        (["ledger", "-o", "ledger.csv"], ".xlsx"),
        (["forms", "check"], "forms check DIR"),
        (["forms", "check", "does-not-exist"], "does-not-exist"),
        (["users"], "动作"),
        (["users", "expel", "x"], "expel"),
        (["init"], "--office"),
        (["show", "2026-\udcff"], "UTF-8"),
    ],
)
def test_a_call_that_cannot_be_understood_exits_2(cli: Cli, words: list[str], said: str) -> None:
    answer = cli(*words, "--json")
    assert answer.code == 2
    assert set(answer.document) == {"error"} and answer.err == ""
    assert answer.error["code"] == "usage" and answer.error["clause"] is None
    assert said in answer.error["message"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql+psycopg://server", "没有写明数据库名"),
        ("mysql://server/office", "应以 postgresql+psycopg:// 开头"),
    ],
)
def test_what_is_no_address_of_a_server_exits_2(cli: Cli, address: str, said: str) -> None:
    answer = cli("--data", address, "list", "--user", "x", "--json")
    assert (answer.code, answer.error["code"]) == (2, "bad_address")
    assert said in answer.error["message"]


def test_without_json_errors_are_sentences_on_standard_error(tongliao: Office, cli: Cli) -> None:
    misused = cli("list")
    assert (misused.code, misused.out) == (2, "") and "--user" in misused.err
    refused = tongliao.call("show", "2026-0009", json_wanted=False)
    assert (refused.code, refused.out) == (
        1,
        "",
    ) and refused.err == "登记簿中没有 2026-0009。请核对登记号。\n"


def test_user_and_password_must_be_told(tongliao: Office, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = cli("list", "--data", tongliao.folder, "--json")
    assert nobody.code == 2 and "--user" in nobody.error["message"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    silent = cli("list", "--data", tongliao.folder, "--user", FIRST, "--json")
    assert silent.code == 2 and "--password-file" in silent.error["message"]
    words = ["list", "--data", tongliao.folder, "--user", FIRST, "--json", "--password-file"]
    assert cli(*words, tongliao.folder / "no-such-file").code == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PASSWORD.encode(), 0),
        (PASSWORD.encode() + b"\n", 0),
        (PASSWORD.encode() + b"\r\n", 0),
        (b"\xef\xbb\xbf" + PASSWORD.encode() + b"\n", 0),
        (PASSWORD.encode() + b"\n\n", 3),
        (b" " + PASSWORD.encode(), 3),
        (b"", 3),
    ],
)
@pytest.mark.parametrize("through", ["file", "standard input"])
def test_one_trailing_newline_is_no_part_of_the_password(
    tongliao: Office, cli: Cli, monkeypatch: pytest.MonkeyPatch, content: bytes, code: int, through: str
) -> None:
    file = tongliao.folder.parent / "typed"
    file.write_bytes(content)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    given = str(file) if through == "file" else "-"
    answer = cli("list", "--data", tongliao.folder, "--user", FIRST, "--password-file", given, "--json")
    assert answer.code == code
    if code:
        assert answer.error["code"] == "wrong_password"


def test_wrong_password_unknown_user_and_no_office_exit_3(tongliao: Office, cli: Cli, tmp_path: Path) -> None:
    stranger = tongliao.call("list", user="陌生人")
    assert (stranger.code, stranger.error["code"]) == (3, "wrong_password")
    words = ["list", "--user", FIRST, "--password-file", tongliao.password, "--json"]
    nowhere = cli(*words, "--data", tmp_path / "nowhere")
    assert (nowhere.code, nowhere.error["code"]) == (3, "no_office")
    assert not (tmp_path / "nowhere").exists()


def test_five_wrong_passwords_lock_the_account_and_the_administrator_frees_it(tongliao: Office) -> None:
    wrong = tongliao.folder.parent / "wrong"
    wrong.write_text("not-the-password")
    words = ["--data", tongliao.folder, "--user", "周经办", "--password-file", wrong, "--json", "list"]
    codes = [tongliao.cli(*words).error["code"] for _ in range(6)]
    assert codes == ["wrong_password"] * 5 + ["account_locked"]
    right = tongliao.call("list", user="周经办")
    assert (right.code, right.error["code"]) == (3, "account_locked")
    assert tongliao.ok("users", "unlock", "周经办", user="孙管理") == {"name": "周经办"}
    assert tongliao.ok("list", user="周经办")["total"] == 0


def test_damaged_data_exit_3(tongliao: Office) -> None:
    (tongliao.folder / "office.db").write_bytes(b"no database at all" * 500)
    answer = tongliao.call("list")
    assert (answer.code, answer.error["code"]) == (3, "wrong_key")


def test_a_bug_is_told_in_a_sentence_and_kept_in_a_file(
    tongliao: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.services import queries

    said = "居民" + "张三"

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError(said)

    monkeypatch.setattr(queries, "list_cases", broken)
    answer = tongliao.call("list")
    assert (answer.code, answer.error["code"]) == (3, "internal_error")
    assert "Traceback" not in answer.out + answer.err
    (report,) = (tongliao.folder / "bug-reports").iterdir()
    assert str(report) in answer.error["message"]
    assert said not in report.read_text(encoding="utf-8")


def test_today_marks_what_is_entered_as_practice(tongliao: Office) -> None:
    number = tongliao.message()
    tongliao.act(number, "accept", category="投诉")
    events = tongliao.show(number)["events"]
    assert [event["practice"] for event in events] == [True, True]
    assert events[1]["on"] == tongliao.today
    assert not events[1]["entered"].startswith(tongliao.today) and events[1]["entered"].endswith("+08:00")
    assert tongliao.act_refused(number, "dispatch", "2026-10-31", lead="教育局")[0] == "date_in_future"


def test_help_names_every_command(cli: Cli) -> None:
    from desktop_app.cli.main import _MODULES

    answer = cli("--help")
    assert answer.code == 0
    assert all(f"    {name} " in answer.out for name in _MODULES)
    assert "--on" in cli("act", "--help").out


def _run(*words: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The program as the shell starts it, in a locale that knows no Chinese."""
    root = Path(__file__).parents[2]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "desktop_app", *map(str, words)]
    return subprocess.run(command, input=given, capture_output=True, env=environment, cwd=root, check=False)


def test_as_a_process_of_its_own(tmp_path: Path) -> None:
    data = ["--data", tmp_path / "office", "--password-file", "-", "--json"]
    made = _run(
        "init", "--office", "甲市督查室", "--regulation", X, "--admin", FIRST, *data, given=PASSWORD.encode()
    )
    assert made.returncode == 0 and made.stderr == b""
    assert json.loads(made.stdout)["office"] == "甲市督查室"
    listed = _run(*data, "--user", FIRST, "list", given=PASSWORD.encode() + b"\n")
    assert listed.returncode == 0
    assert listed.stdout == b'{"total": 0, "total_exact": true, "next": null, "cases": []}\n'
    refused = _run("show", "2026-0001", *data, "--user", FIRST, given=PASSWORD.encode())
    assert refused.returncode == 1 and refused.stderr == b""
    assert json.loads(refused.stdout)["error"]["code"] == "unknown_case"
    assert _run("list", "--json").returncode == 2
    wrong = _run(*data, "--user", FIRST, "list", given=b"wrong-password")
    assert wrong.returncode == 3 and json.loads(wrong.stdout)["error"]["code"] == "wrong_password"


@pytest.mark.parametrize("day", ["0001-01-01", "1900-12-31", "2101-01-01", "9999-12-31"])
def test_no_desk_is_looked_at_on_a_day_that_no_calendar_knows(tongliao: Office, day: str) -> None:
    for words in (("todo", "--on", day), ("duties", "--on", day), ("todo", "--today", day)):
        run = tongliao.call(*words)
        assert run.code == 2 and run.document["error"]["code"] == "usage"
    assert tongliao.call("todo", "--on", "2100-12-31").code == 0


@pytest.mark.parametrize("digits", ["9" * 20, "1" * 5000, "²"])
def test_numbers_that_nobody_means_are_told_and_not_stumbled_over(tongliao: Office, digits: str) -> None:
    number = tongliao.accepted()
    for words in (("list", "--limit", digits), ("import", "undo", digits)):
        run = tongliao.call(*words)
        assert run.code == 2 and run.document["error"]["code"] == "usage"
    assert tongliao.act_refused(number, "dispatch", lead="教育局", days=digits)[0] == "unknown_value"
    code = "nothing_to_undo" if digits.isascii() else "unknown_value"
    assert tongliao.act_refused(number, "correct", event=digits, reason="记错了")[0] == code


def test_two_passwords_cannot_both_come_from_standard_input(
    tongliao: Office, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(PASSWORD.encode())))
    from_input = ["--data", str(tongliao.folder), "--user", FIRST, "--password-file", "-", "--json"]
    for words in (("add", "赵六", "--role", "viewer"), ("password",)):
        run = cli("users", *words, "--new-password-file", "-", *from_input)
        assert run.code == 2 and run.document["error"]["code"] == "usage"


def test_the_password_that_is_missing_is_named(
    tongliao: Office, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    entrance = ["--data", str(tongliao.folder), "--user", FIRST, "--json"]
    own = [*entrance, "--password-file", str(tongliao.password)]
    for words, option in (
        (["list", *entrance], "--password-file"),
        (["users", "add", "赵六", "--role", "viewer", *own], "--new-password-file"),
        (["users", "password", *own], "--new-password-file"),
    ):
        run = cli(*words)
        assert run.code == 2 and f"须用 {option} " in run.document["error"]["message"]


def test_a_file_is_no_data_folder(tongliao: Office, cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    entrance = ["--user", FIRST, "--password-file", str(tongliao.password), "--json"]
    founding = [
        "--office",
        "测试办",
        "--regulation",
        X,
        "--admin",
        FIRST,
        "--password-file",
        str(tongliao.password),
    ]
    for data in (file, file / "office"):
        for words in (["list", *entrance], ["demo", "--no-window", "--json"], ["init", *founding, "--json"]):
            run = cli(*words, "--data", data)
            assert run.code == 2 and run.document["error"]["code"] == "usage"
