"""`liuyan replay`: many steps in one process, lines answered only once they are safely on disk; several at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.services import cases
from tests.cli.offices import FIRST, Office


def replay_file(office: Office, lines: Iterable[Any], name: str = "steps.jsonl") -> Path:
    file = office.folder.parent / name
    words = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    file.write_text("\n".join(words) + "\n", encoding="utf-8")
    return file


def step(number: str, action: str, on: str = "2026-09-18", **keys: Any) -> dict[str, Any]:
    return {"number": number, "action": action, "on": on, "keys": keys}


def test_answers_a_line_each(tongliao: Office) -> None:
    number = tongliao.message()
    lines = [
        step(number, "accept", category="投诉"),
        "",
        step(number, "dispatch", "2026-09-19", lead="教育局", supporting=["住建局", "交通局"], days=4),
        {"number": "board:700001", "action": "receive", "on": "2026-09-21"},
    ]
    document = tongliao.ok("replay", replay_file(tongliao, lines))
    assert set(document) == {"lines"}
    assert [line["line"] for line in document["lines"]] == [1, 3, 4]
    assert all(line["ok"] and line["number"] == number for line in document["lines"])
    assert [line["status"] for line in document["lines"]] == ["待交办", "待签收", "办理中"]
    assert tongliao.show(number)["supporting"] == ["甲市住房和城乡建设局", "甲市交通运输局"]


def test_without_on_a_step_happened_today(tongliao: Office) -> None:
    number = tongliao.message()
    line = {"number": number, "action": "accept", "keys": {"category": "投诉"}}
    assert tongliao.ok("replay", replay_file(tongliao, [line]))["lines"][0]["ok"]
    assert tongliao.show(number)["events"][-1]["on"] == tongliao.today


def test_stops_at_the_first_refused_line(tongliao: Office) -> None:
    number = tongliao.message()
    lines = [
        step(number, "accept", category="投诉"),
        step(number, "accept", category="投诉"),
        step(number, "dispatch", lead="教育局"),
    ]
    file = replay_file(tongliao, lines)
    answer = tongliao.call("replay", file)
    assert answer.code == 1
    done, refused = answer.document["lines"]
    assert done["ok"] and refused["line"] == 2 and not refused["ok"]
    assert set(refused["error"]) == {"code", "message", "clause"}
    assert (refused["error"]["code"], refused["error"]["clause"]) == ("wrong_state", "第九条")
    assert tongliao.show(number)["status"] == "待交办"

    kept_going = tongliao.call("replay", file, "--keep-going")
    assert kept_going.code == 0
    assert [line["ok"] for line in kept_going.document["lines"]] == [False, False, True]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "unknown_value"),
        ("[]", "unknown_value"),
        ('"accept"', "unknown_value"),
        ({"action": "accept"}, "missing_key"),
        ({"number": "2026-0001"}, "missing_key"),
        ({"number": 1, "action": "accept"}, "missing_key"),
        ({"number": "2026-0001", "action": "accept", "colour": "red"}, "unknown_value"),
        ({"number": "2026-0001", "action": "accept", "keys": ["投诉"]}, "unknown_value"),
        (
            {"number": "2026-0001", "action": "accept", "on": "今天", "keys": {"category": "投诉"}},
            "unknown_value",
        ),
        ({"import": "no-such-file.csv"}, "bad_data"),
        ({"import": "no-such-file.csv", "colour": "red"}, "unknown_value"),
        ({"import": ["a.csv"]}, "unknown_value"),
        ({"import": None}, "missing_key"),
        ('{"number": "\\ud800", "action": "accept"}', "unknown_value"),
        ("# 说明", "unknown_value"),
        ({"import": "steps.jsonl", "map": "title=甲"}, "unknown_value"),
        ({"import": "steps.jsonl", "regulation": 3}, "unknown_value"),
    ],
)
def test_a_line_that_cannot_be_understood_is_refused_like_a_step(
    tongliao: Office, line: Any, code: str
) -> None:
    number = tongliao.message()
    answer = tongliao.call("replay", replay_file(tongliao, [line, step(number, "accept", category="投诉")]))
    assert answer.code == 1
    (refused,) = answer.document["lines"]
    assert (refused["line"], refused["ok"], refused["error"]["code"]) == (1, False, code)
    assert refused["error"]["message"]


def test_files_are_brought_in_by_the_way(tongliao: Office) -> None:
    row = {
        "留言编号": "900001",
        "甲": "路灯不亮",
        "留言详情": "路灯坏了半个月，夜里看不清路。",
        "留言用户": "云朵",
    }
    sheet = tongliao.sheet([row, row], "bring.csv")
    lines = [
        {"import": sheet.name, "on": "2026-09-17", "source": "主席板块", "map": {"title": "甲"}},
        step("board:900001", "accept", category="投诉"),
    ]
    brought, accepted = tongliao.ok("replay", replay_file(tongliao, lines))["lines"]
    assert brought["ok"] and brought["numbers"] == ["2026-0001"] and len(brought["duplicates"]) == 1
    assert accepted["number"] == "2026-0001"
    case = tongliao.show("2026-0001")
    assert (case["title"], case["received"], case["source"]) == ("路灯不亮", "2026-09-17", "主席板块")


def test_without_json_people_read_a_table(tongliao: Office) -> None:
    number = tongliao.message()
    lines = [step(number, "accept", category="投诉"), step(number, "accept", category="投诉")]
    answer = tongliao.call("replay", replay_file(tongliao, lines), json_wanted=False)
    assert answer.code == 1
    head, done, refused = answer.out.splitlines()
    assert head.split() == ["行", "结果", "登记号", "说明"]
    assert done.split() == ["1", "已办", number, "待交办"] and "第九条" in refused


def test_a_stream_is_one_object_a_line(tongliao: Office) -> None:
    number = tongliao.message()
    lines = [
        step(number, "accept", category="投诉"),
        step(number, "accept", category="投诉"),
        step(number, "dispatch", "2026-09-19", lead="教育局"),
    ]
    file = replay_file(tongliao, lines)
    answer = tongliao.call("replay", file, "--stream", "--keep-going")
    assert answer.code == 0
    told = [json.loads(line) for line in answer.out.splitlines()]
    assert [(one["line"], one["ok"]) for one in told] == [(1, True), (2, False), (3, True)]


def test_a_streamed_line_is_on_disk_when_it_is_printed(
    tongliao: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another connection sees each step at the moment its line is written."""
    from desktop_app.cli.console import Console
    from desktop_app.services import office
    from tests.cli.offices import PASSWORD

    number = tongliao.message()
    other = office.enter(tongliao.folder, FIRST, PASSWORD)
    written = Console.line
    seen: list[str] = []

    def line(self: Console, document: Any) -> None:
        with other.read() as work:
            row = work.cases.get(number)
        assert row is not None
        seen.append(row.status)
        written(self, document)

    monkeypatch.setattr(Console, "line", line)
    steps = [step(number, "accept", category="投诉"), step(number, "dispatch", lead="教育局")]
    assert tongliao.call("replay", replay_file(tongliao, steps), "--stream").code == 0
    other.database.close()
    assert seen == ["待交办", "待签收"]


def test_storage_trouble_stops_a_replay_and_what_was_done_is_told(
    tongliao: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.errors import StorageProblem

    number = tongliao.message()
    acted = cases.act

    def full(session: Any, number: str, action: str, *rest: Any) -> Any:
        if action == "dispatch":
            raise StorageProblem("disk_full", "磁盘空间已满。")
        return acted(session, number, action, *rest)

    monkeypatch.setattr(cases, "act", full)
    steps = [step(number, "accept", category="投诉"), step(number, "dispatch", lead="教育局")]
    answer = tongliao.call("replay", replay_file(tongliao, steps))
    assert answer.code == 3
    done, failed = answer.document["lines"]
    assert done["ok"] and (failed["ok"], failed["error"]["code"]) == (False, "disk_full")


def test_an_interrupted_replay_tells_what_was_done(tongliao: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    number = tongliao.message()
    acted = cases.act

    def stopped(session: Any, number: str, action: str, *rest: Any) -> Any:
        if action == "dispatch":
            raise KeyboardInterrupt
        return acted(session, number, action, *rest)

    monkeypatch.setattr(cases, "act", stopped)
    steps = [step(number, "accept", category="投诉"), *[step(number, "dispatch", lead="教育局")] * 2]
    answer = tongliao.call("replay", replay_file(tongliao, steps), "--keep-going")
    assert answer.code == 1
    done, last = answer.document["lines"]
    assert done["ok"] and (last["line"], last["error"]["code"]) == (2, "cancelled")
    assert tongliao.show(number)["status"] == "待交办"


def test_a_fault_of_the_program_hides_nothing_that_was_done(
    tongliao: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = tongliao.message()
    acted = cases.act

    def broken(session: Any, number: str, action: str, *rest: Any) -> Any:
        if action == "dispatch":
            raise AssertionError
        return acted(session, number, action, *rest)

    monkeypatch.setattr(cases, "act", broken)
    steps = [step(number, "accept", category="投诉"), *[step(number, "dispatch", lead="教育局")] * 2]
    for option in ((), ("--stream",)):
        answer = tongliao.call("replay", replay_file(tongliao, steps), "--keep-going", *option)
        assert answer.code == 3
        lines = [json.loads(one) for one in answer.out.splitlines()] if option else answer.document["lines"]
        assert (lines[-1]["line"], lines[-1]["error"]["code"]) == (2, "internal_error")
        assert str(tongliao.folder) in lines[-1]["error"]["message"]


def test_files_as_windows_writes_them(tongliao: Office) -> None:
    number = tongliao.message()
    file = tongliao.folder.parent / "windows.jsonl"
    words = [json.dumps(one, ensure_ascii=False) for one in (step(number, "accept", category="投诉"),)]
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(["", *words, "  "]).encode())
    (done,) = tongliao.ok("replay", file)["lines"]
    assert (done["line"], done["number"]) == (2, number)


def test_words_in_another_encoding_are_not_kept_as_rubbish(tongliao: Office) -> None:
    number = tongliao.received()
    contact = step(number, "contact", "2026-09-22", when="办前", channel="电话", result="已联系")
    file = tongliao.folder.parent / "gbk.jsonl"
    file.write_bytes(json.dumps(contact, ensure_ascii=False).encode("gb18030"))
    answer = tongliao.call("replay", file)
    (refused,) = answer.document["lines"]
    assert answer.code == 1 and "UTF-8" in refused["error"]["message"]
    assert [event["action"] for event in tongliao.show(number)["events"]][-1] == "receive"


def process(office: Office, *words: str | Path) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "desktop_app", *map(str, words), *office.options()]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    )


def test_what_a_killed_replay_printed_is_there(tongliao: Office) -> None:
    number = tongliao.received()
    contact = step(number, "contact", "2026-09-22", when="办前", channel="电话", result="说明情况")
    running = process(tongliao, "replay", replay_file(tongliao, [contact] * 5000), "--stream")
    assert running.stdout is not None and running.stderr is not None
    told = [json.loads(running.stdout.readline()) for _ in range(20)]
    running.kill()
    rest, _ = running.communicate()
    told += [json.loads(line) for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    assert running.returncode != 0 and len(told) < 5000
    recorded = {event["id"] for event in tongliao.show(number)["events"]}
    assert {line["event"] for line in told} <= recorded
    tongliao.verified()


def test_two_processes_write_to_one_office_at_a_time(tongliao: Office) -> None:
    first, second = tongliao.received(), tongliao.received()
    before = tongliao.verified()["events"]
    running = []
    for name, number in (("a", first), ("b", second)):
        contact = step(number, "contact", "2026-09-22", when="办前", channel="电话", result="说明情况")
        urge = step(number, "urge", "2026-10-20", to="教育局")
        file = replay_file(tongliao, [contact, urge] * 15, f"{name}.jsonl")
        running.append(process(tongliao, "replay", file))
    for one in running:
        out, err = one.communicate(timeout=120)
        assert one.returncode == 0, out + err
        assert all(line["ok"] for line in json.loads(out)["lines"])
    assert tongliao.verified()["events"] == before + 60
    papers = [
        event["keys"]["document"]
        for number in (first, second)
        for event in tongliao.show(number)["events"]
        if event["action"] == "urge"
    ]
    serials = sorted(int(paper.split("〕")[1].removesuffix("号")) for paper in papers)
    assert serials == list(range(1, 31)), "numbers of papers have no gaps and none comes twice"
