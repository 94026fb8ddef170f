"""`journal`: the auditor's list on the command line, and what the command line itself leaves in it."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.cli.offices import FIRST, Office


def test_the_shape_of_journal(both: Office) -> None:
    number = both.replied()
    both.ok("show", number)
    document = both.ok("journal", "--number", number, "--limit", "2")
    assert set(document) == {"lines", "next"}
    line = document["lines"][0]
    assert set(line) == {
        "chain", "id", "entered", "by", "action", "title", "number", "facts", "words", "practice",
    }  # fmt: skip
    assert (line["chain"], line["action"], line["number"]) == ("access", "view", number)
    after = both.ok("journal", "--number", number, "--limit", "2", "--after", document["next"])
    assert {(one["chain"], one["id"]) for one in after["lines"]}.isdisjoint(
        (one["chain"], one["id"]) for one in document["lines"]
    )


def test_every_call_is_a_login(both: Office) -> None:
    before = len(both.ok("journal", "--action", "login", "--limit", "500")["lines"])
    both.ok("list")
    lines = both.ok("journal", "--action", "登录", "--user-name", FIRST, "--limit", "500")["lines"]
    assert len(lines) == before + 2
    assert lines[0]["facts"] == {"via": "command-line"}


def test_a_failed_login_is_there(both: Office, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("不是这个密码啊", "utf-8")
    options = both.options()
    options[options.index("--password-file") + 1] = str(wrong)
    assert both.cli("list", *options).code == 3
    (line,) = both.ok("journal", "--action", "login-failed")["lines"]
    assert (line["by"], line["facts"]) == (FIRST, {"why": "wrong_password"})


def test_it_goes_into_a_sheet(both: Office, tmp_path: Path) -> None:
    path = tmp_path / "日志.xlsx"
    document = both.ok("journal", "-o", str(path))
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert document == {"file": str(path), "rows": sheet.max_row - 3}
    assert both.call("journal", "-o", str(tmp_path / "日志.txt")).code == 2
