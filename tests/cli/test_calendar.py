"""Holiday notices on the command line: December's deadlines before and after, what is shown, what is refused."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_app.domain.events import NewEvent
from desktop_app.services import office
from desktop_app.services.session import CHINA
from tests.cli.offices import DATA, FIRST, PASSWORD, Office
from tests.cli.test_promise import named, table

NOTICE = DATA / "notices" / "2027-made-up.txt"
SOURCE = "国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕99号）"
LOCAL = "藏历新年：12月24日（周四）至25日（周五）放假调休，共2天。12月26日（周六）上班。"


@pytest.fixture
def december(make_office: Callable[[str], Office]) -> Office:
    """An office at the end of 2026, before the notice of 2027 is out."""
    made = make_office("tongliao-2023")
    made.today = "2026-12-31"
    return made


def taken(office: Office, on: str) -> str:
    """A case that its unit took on a day of December."""
    number = office.message(received="2026-12-18")
    office.act(number, "accept", "2026-12-18", category="投诉")
    office.act(number, "dispatch", "2026-12-18", lead="教育局")
    office.act(number, "receive", on, manner="签收")
    return number


def due(office: Office, number: str) -> tuple[str, str, bool]:
    case = office.show(number)
    return case["due"], case["reminder"], case["provisional"]


def json_file(office: Office, name: str = "2027.json", **document: Any) -> Path:
    file = office.folder.parent / name
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return file


# ------------------------------------------------------------------ December, before and after


def test_december_before_and_after_the_notice_and_after_undo(december: Office) -> None:
    numbers = {day: taken(december, f"2026-12-{day}") for day in (21, 24, 28)}
    before = {day: due(december, number) for day, number in numbers.items()}
    assert before == {
        21: ("2026-12-28", "2026-12-25", False),
        24: ("2026-12-31", "2026-12-30", False),
        28: ("2027-01-05", "2027-01-04", True),
    }
    trial = december.ok("calendar", "import", NOTICE, "--dry-run")
    assert trial["event"] is None
    assert {day: due(december, number) for day, number in numbers.items()} == before

    entered = december.ok("calendar", "import", NOTICE)
    assert (entered["year"], entered["region"], entered["source"], entered["days"]) == (2027, "", SOURCE, 36)
    assert entered | {"event": None} == trial
    assert {day: due(december, number) for day, number in numbers.items()} == {
        21: ("2026-12-27", "2026-12-25", False),
        24: ("2026-12-30", "2026-12-29", False),
        28: ("2027-01-06", "2027-01-05", False),
    }
    assert [(one["number"], one["old_due"], one["new_due"]) for one in entered["moved"]] == [
        (numbers[21], "2026-12-28", "2026-12-27"),
        (numbers[24], "2026-12-31", "2026-12-30"),
        (numbers[28], "2027-01-05", "2027-01-06"),
    ]
    assert [(one["old_provisional"], one["new_provisional"]) for one in entered["moved"]][-1] == (True, False)
    (event,) = [one for one in december.show(numbers[24])["events"] if one["action"] == "recount"]
    assert event["keys"]["old_due"], event["keys"]["new_due"] == ("2026-12-31", "2026-12-30")
    assert (event["title"], event["keys"]["source"]) == ("期限重算", SOURCE)
    december.verified()

    undone = december.ok("calendar", "undo", "2027")
    assert {one["number"] for one in undone["moved"]} == set(numbers.values())
    assert {day: due(december, number) for day, number in numbers.items()} == before
    december.verified()
    assert december.refused("calendar", "undo", "2027") == ("nothing_to_undo", None)


def test_new_steps_count_by_what_was_entered(december: Office) -> None:
    december.ok("calendar", "import", NOTICE)
    number = taken(december, "2026-12-29")
    assert due(december, number) == ("2027-01-07", "2027-01-06", False)
    todo = december.ok("todo", "--on", "2027-01-06")["items"]
    assert "今日须提醒" in {one["kind"] for one in todo if one["number"] == number}
    december.verified()


def test_a_json_of_days(december: Office) -> None:
    number = taken(december, "2026-12-28")
    days = [{"name": "元旦", "date": f"2027-01-0{day}", "isOffDay": True} for day in (1, 2, 3, 4)]
    days.append({"name": "元旦", "date": "2027-01-09", "isOffDay": False})
    entered = december.ok("calendar", "import", json_file(december, year=2027, days=days))
    assert (entered["days"], entered["source"]) == (5, "国务院办公厅关于2027年部分节假日安排的通知")
    assert due(december, number) == ("2027-01-06", "2027-01-05", False)
    assert any("没有写到这些法定节假日" in one["reason"] for one in entered["warnings"])
    again = json_file(december, "again.json", year=2027, days=days[:3])
    entered = december.ok("calendar", "import", again, "--source", "另一份")
    assert entered["replaced"] == ["国务院办公厅关于2027年部分节假日安排的通知"]
    assert due(december, number)[0] == "2027-01-05"
    december.ok("calendar", "undo", "2027")
    assert due(december, number)[0] == "2027-01-06"
    december.verified()


def test_a_local_notice_from_standard_input(december: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    number = taken(december, "2026-12-21")
    words = (
        "calendar",
        "import",
        "-",
        "--local",
        "西藏自治区",
        "--year",
        "2026",
        "--source",
        "藏政办发〔2026〕1号",
    )
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LOCAL.encode("gb18030"))))
    entered = december.ok(*words)
    assert (entered["region"], entered["source"], entered["issuer"]) == (
        "西藏自治区",
        "藏政办发〔2026〕1号",
        "西藏自治区",
    )
    assert [one["new_due"] for one in entered["moved"]] == ["2026-12-29"]
    shown = {day["date"]: day for day in december.ok("calendar", "show", "2026")["days"]}
    assert shown["2026-12-24"] == {
        "date": "2026-12-24",
        "working": False,
        "why": "藏历新年放假",
        "name": "藏历新年",
        "source": "藏政办发〔2026〕1号",
    }
    assert shown["2026-12-26"]["name"] == "藏历新年" and shown["2026-12-26"]["working"]
    other = {day["date"]: day for day in december.ok("calendar", "show", "2026", "--local", "别处")["days"]}
    assert other["2026-12-24"]["working"] and not other["2026-10-01"]["working"]
    assert december.refused("calendar", "undo", "2026") == ("nothing_to_undo", None)
    december.ok("calendar", "undo", "2026", "--local", "西藏自治区")
    assert due(december, number)[0] == "2026-12-28"
    december.verified()


# ------------------------------------------------------------------ a year


def test_a_year_is_shown_day_by_day(december: Office) -> None:
    before = december.ok("calendar", "show", "2027")
    assert (before["provisional"], before["notices"], len(before["days"])) == (True, [], 365)
    assert before["days"][0]["why"] == "元旦，法定节假日（暂定）"
    december.ok("calendar", "import", NOTICE)
    after = december.ok("calendar", "show", "2027")
    assert after["provisional"] is False
    assert [one["source"] for one in after["notices"]] == [SOURCE]
    shown = {day["date"]: day for day in after["days"]}
    assert (shown["2027-01-30"]["working"], shown["2027-01-30"]["name"]) == (True, "春节")
    assert shown["2027-03-01"] == {
        "date": "2027-03-01",
        "working": True,
        "why": "星期一，工作日",
        "name": None,
        "source": None,
    }
    of_2026 = december.ok("calendar", "show", "2026")
    assert [one["year"] for one in of_2026["notices"]] == [2026, 2027]
    assert {day["date"]: day["working"] for day in of_2026["days"]}["2026-12-31"] is False


def test_a_table_is_for_people(december: Office) -> None:
    taken(december, "2026-12-24")
    said = december.call("calendar", "import", NOTICE, json_wanted=False).out
    assert "已录入：" + SOURCE in said and "期限改变 1 件" in said and "2026-12-31 → 2026-12-30" in said
    shown = december.call("calendar", "show", "2027", json_wanted=False).out
    assert "2027年2月5日 星期五   休  春节放假" in shown
    assert "已撤销：" in december.call("calendar", "undo", "2027", json_wanted=False).out
    assert "暂定" in december.call("calendar", "show", "2027", json_wanted=False).out


# ------------------------------------------------------------------ refused


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "2027年放假安排\n春节：2月5日至11日放假，共8天。",
            "第 2 行“2月5日至11日放假，共8天”：写明 8 天，按日期数是 7 天",
        ),
        ("元旦：1月1日放假。", "没有写是哪一年"),
        ("各单位：请做好值班。", "没有找到放假或上班的日期"),
        ('{"year": 2027, "days": [{"date": "2027-01-01"}]}', "days 第 1 项：name"),
    ],
)
def test_what_does_not_hold_together_is_not_entered(december: Office, text: str, reason: str) -> None:
    file = december.folder.parent / "notice.txt"
    file.write_text(text, encoding="utf-8")
    answer = december.call("calendar", "import", file)
    assert (answer.code, answer.error["code"]) == (2, "bad_data")
    assert reason in answer.error["message"] and answer.error["message"].startswith("notice.txt")
    assert december.ok("calendar", "show", "2027")["provisional"] is True


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"PK\x03\x04" + b"\0" * 40, "Word 文档"), (b"%PDF-1.7", "PDF 文件"), (None, "找不到这个文件")],
)
def test_a_file_that_is_no_text_says_so(december: Office, data: bytes | None, reason: str) -> None:
    file = december.folder.parent / "notice.docx"
    if data is not None:
        file.write_bytes(data)
    answer = december.call("calendar", "import", file)
    assert (answer.code, answer.error["code"]) == (2, "bad_data")
    assert reason in answer.error["message"]


@pytest.mark.parametrize(
    "words", [("show", "27"), ("show", "2027年"), ("undo", "1800"), ("import", NOTICE, "--year", "x")]
)
def test_a_year_that_is_none_is_a_misuse(december: Office, words: tuple[str, ...]) -> None:
    answer = december.call("calendar", *words)
    assert (answer.code, answer.error["code"]) == (2, "usage")


def test_notice_and_password_cannot_both_come_from_standard_input(december: Office) -> None:
    answer = december.cli(
        "calendar", "import", "-", "--data", december.folder, "--user", FIRST, "--password-file", "-"
    )
    assert answer.code == 2 and "都从标准输入" in answer.err


@pytest.mark.parametrize("user", ["李审核", "钱领导"])
def test_reviewers_and_viewers_may_look(december: Office, user: str) -> None:
    assert december.refused("calendar", "import", NOTICE, user=user)[0] == "not_allowed_for_role"
    assert december.refused("calendar", "undo", "2020", user=user)[0] == "not_allowed_for_role"
    assert december.ok("calendar", "show", "2027", user=user)["year"] == 2027


def test_an_administrator_enters_without_seeing_titles(december: Office) -> None:
    taken(december, "2026-12-24")
    entered = december.ok("calendar", "import", NOTICE, user="孙管理")
    assert [one["title"] for one in entered["moved"]] == [""]


# ------------------------------------------------------------------ the promise, and the clock


def test_fields_are_those_of_the_page(december: Office) -> None:
    taken(december, "2026-12-24")
    entered = december.ok("calendar", "import", NOTICE)
    fields = table("`calendar import`、`undo` 的字段")
    assert set(entered) == set(fields)
    moved = {name for words in table("改变的件的字段") for name in words.replace("`", "").split()}
    assert set(entered["moved"][0]) == moved
    assert set(december.ok("calendar", "undo", "2027")) == set(fields)
    broken = json_file(december, year=2027, days=[{"name": "元旦", "date": "2027-01-01", "isOffDay": True}])
    (warning,) = december.ok("calendar", "import", broken)["warnings"]
    assert set(warning) == named(fields["warnings"])
    shown = december.ok("calendar", "show", "2027")
    told = table("`calendar show` 的字段")
    assert set(shown) == set(told)
    assert set(shown["notices"][0]) == named(told["notices"])
    assert set(shown["days"][0]) == named(told["days"]) - {"null"}


def record_at(december: Office, moment: datetime) -> None:
    session = office.enter(december.folder, FIRST, PASSWORD)
    with session.change() as work:
        work.journal.append([NewEvent("backup", moment.date(), FIRST, moment.isoformat())])
    session.close()


def test_a_clock_before_the_last_record_is_told_beside_the_answer(december: Office) -> None:
    record_at(december, datetime.now(CHINA) + timedelta(days=3))
    december.today = ""
    answer = december.call("list")
    assert answer.code == 0 and answer.document["total"] == 0
    assert len(answer.err.splitlines()) == 1 and "早于最近一条记录的时间" in answer.err
    december.today = "2026-12-31"
    assert december.call("list").err == ""


def test_a_clock_that_only_goes_on_is_not_mentioned(december: Office) -> None:
    december.today = ""
    assert december.call("list").err == ""
