"""`liuyan move` as called from a shell."""

from __future__ import annotations

from pathlib import Path

from tests.cli.offices import Office


def test_an_office_moves_to_a_folder_and_says_so(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.replied()
    there = tmp_path / "there"
    before = tongliao.ok("verify")
    done = tongliao.ok("move", "--to", there)
    assert done["to"] == str(there) and done["cases"] == before["cases"] == 1
    assert done["events"] == before["events"] + 1 == done["tables"]["events"]
    assert (done["attachments"], done["templates"], done["problems"], done["finished"]) == (0, 0, [], False)
    gone = tongliao.call("list")
    assert gone.code == 1 and gone.error["code"] == "moved" and str(there) in gone.error["message"]
    assert tongliao.ok("verify")["ok"]
    old, tongliao.folder = tongliao.folder, there
    assert tongliao.show(number)["number"] == number
    assert tongliao.ok("verify") == {**before, "events": before["events"] + 1}
    tongliao.folder = old
    assert tongliao.refused("move", "--reopen") == ("missing_key", None)
    back = tongliao.ok("move", "--reopen", "--reason", "那里的盘坏了")
    assert back["reopened"] and back["moved_to"] == str(there)
    assert tongliao.show(number)["number"] == number


def test_a_place_that_is_taken(tongliao: Office) -> None:
    assert tongliao.refused("move", "--to", tongliao.folder) == ("office_exists", None)


def test_what_it_says_to_people(tongliao: Office, tmp_path: Path) -> None:
    answer = tongliao.call("move", "--to", tmp_path / "there", json_wanted=False)
    assert answer.code == 0 and "逐行比对相同" in answer.out and "不能再办件" in answer.out
    answer = tongliao.call("move", "--reopen", "--reason", "试一试", json_wanted=False)
    assert answer.code == 0 and "已重新启用" in answer.out


def test_calls_that_cannot_be_understood(tongliao: Office, tmp_path: Path) -> None:
    for words in ((), ("--to", tmp_path, "--reopen"), ("--to", tmp_path, "--reason", "为什么")):
        answer = tongliao.call("move", *words)
        assert answer.code == 2 and answer.error["code"] == "usage"
