"""`liuyan list`, `show` and `todo`: shapes, filters, order, paging, masking."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from desktop_app.cli.register import SORTS
from tests.cli.offices import Office, T, X, reply_keys

CASE_KEYS = {
    *("number", "board_number", "regulation", "status", "title", "category", "urgency", "source"),
    *("received", "due", "reminder", "provisional", "due_from", "overdue", "days_overdue", "was_overdue"),
    *("lead", "citizen"),
}
SHOW_KEYS = CASE_KEYS | {"text", "assignments", "events", "papers", "open_items", "allowed"}
CITIZEN_KEYS = {"name", "contact", "work_unit", "address", "ip"}


def numbers(document: Any) -> list[str]:
    return [case["number"] for case in document["cases"]]


def paged(office: Office, *words: str, limit: int = 3) -> list[str]:
    """All numbers of a list, page by page."""
    found: list[str] = []
    cursor: list[str] = []
    while True:
        page = office.ok("list", *words, "--limit", str(limit), *cursor)
        assert len(page["cases"]) <= limit
        found += numbers(page)
        if page["next"] is None:
            return found
        cursor = ["--after", page["next"]]


@pytest.fixture
def filled(tongliao: Office) -> Office:
    """Eleven cases in several states, two of them late, one voided."""
    tongliao.message(received="2025-12-30")
    for lead in ("教育局", "住建局"):
        tongliao.dispatched(lead)
    tongliao.message()
    tongliao.received()
    tongliao.received()
    tongliao.replied()
    tongliao.reviewed()
    tongliao.accepted(留言主题="校车太挤")
    late = tongliao.message(received="2026-10-29")
    tongliao.act(late, "accept", "2026-10-29", category="建议")
    tongliao.act(late, "dispatch", "2026-10-29", lead="交通局", supporting="教育局")
    tongliao.act(late, "receive", "2026-10-29")
    voided = tongliao.message()
    batch = tongliao.show(voided)["events"][0]["keys"]["batch"]
    tongliao.ok("import", "undo", batch)
    return tongliao


def test_the_shape_of_a_list(filled: Office) -> None:
    document = filled.ok("list")
    assert set(document) == {"total", "total_exact", "next", "cases"}
    assert (document["total"], document["total_exact"], document["next"]) == (10, True, None)
    for case in document["cases"]:
        assert set(case) >= CASE_KEYS and set(case["citizen"]) == CITIZEN_KEYS
        assert (case["due_from"] is None) == (case["due"] is None) == (case["reminder"] is None)
        assert case["due_from"] in (None, "receipt", "dispatch")
        assert isinstance(case["overdue"], bool) and isinstance(case["days_overdue"], int)
        date.fromisoformat(case["received"])


def test_the_newest_number_comes_first_unless_another_order_is_asked_for(filled: Office) -> None:
    newest = numbers(filled.ok("list"))
    assert newest[0] == "2026-0009" and newest[-1] == "2025-0001"
    assert numbers(filled.ok("list", "--desc")) == newest
    assert numbers(filled.ok("list", "--sort", "number", "--desc")) == newest
    assert numbers(filled.ok("list", "--sort", "number")) == newest[::-1]


def test_numbers_are_sorted_as_integers(tongliao: Office) -> None:
    from desktop_app.storage.numbers import Numbers

    rows = [
        {"留言编号": str(n), "留言主题": f"第{n}条", "留言详情": f"第{n}条", "收件日期": "2026-09-18"}
        for n in range(1, 4)
    ]
    tongliao.ok("import", tongliao.sheet(rows[:1]))
    given = Numbers.next_register
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Numbers, "next_register", lambda self, year, count=1: [9999, 10000])
        tongliao.ok("import", tongliao.sheet(rows[1:]))
    assert Numbers.next_register is given
    assert numbers(tongliao.ok("list", "--sort", "number")) == ["2026-0001", "2026-9999", "2026-10000"]
    assert tongliao.show("2026-10000")["number"] == "2026-10000"


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("desc", [(), ("--desc",)])
def test_paging_gives_every_case_once_in_every_order(
    filled: Office, sort: str, desc: tuple[str, ...]
) -> None:
    words = ("--sort", sort, *desc)
    whole = filled.ok("list", *words)["cases"]
    assert len(whole) == 10
    for limit in (1, 3, 10):
        assert paged(filled, *words, limit=limit) == [case["number"] for case in whole]
    known = [case for case in whole if case[{"unit": "lead"}.get(sort, sort)] is not None]
    if sort in ("due", "received"):
        days = [case[sort] for case in known]
        assert days == sorted(days, reverse=bool(desc))
        assert whole[: len(known)] == known, "cases without a date come last either way"


def test_paging_goes_on_where_it_was_while_others_come_in(filled: Office) -> None:
    first = filled.ok("list", "--limit", "4")
    filled.message()
    rest = filled.ok("list", "--limit", "50", "--after", first["next"])
    assert numbers(first) + numbers(rest) == numbers(filled.ok("list"))[1:]


def test_a_cursor_belongs_to_its_order(filled: Office) -> None:
    cursor = filled.ok("list", "--limit", "2")["next"]
    assert filled.refused("list", "--sort", "due", "--after", cursor)[0] == "unknown_value"
    assert filled.refused("list", "--after", "nonsense")[0] == "unknown_value"


def test_filters(filled: Office) -> None:
    def found(*words: str) -> set[str]:
        document = filled.ok("list", *words)
        assert document["total"] == len(document["cases"])
        return set(numbers(document))

    assert found("--status", "待签收") == {"2026-0001", "2026-0002"}
    assert found("--unit", "住建局") == {"2026-0002"}
    assert "2026-0009" in found("--unit", "教育局"), "as a supporting unit"
    assert found("--category", "建议") == {"2026-0009"}
    assert found("--text", "校车") == {"2026-0008"}
    assert found("--text", "校车", "--status", "待签收") == set()
    assert found("--due-from", "2026-11-01") == {"2026-0009"}
    assert found("--due-to", "2026-09-29") == {*(f"2026-000{n}" for n in (1, 2, 4, 5, 6, 7))}
    assert found("--overdue") == {"2026-0004", "2026-0005"}
    for case in filled.ok("list", "--overdue")["cases"]:
        assert case["overdue"] and case["was_overdue"] and case["days_overdue"] == 19


def test_filters_that_mean_nothing_are_refused(filled: Office) -> None:
    assert filled.refused("list", "--status", "发呆")[0] == "unknown_value"
    assert filled.refused("list", "--category", "表扬")[0] == "unknown_value"
    assert filled.refused("list", "--unit", "天文局")[0] == "unknown_unit"
    assert filled.ok("list", "--category", "其他")["total"] == 0


def test_archived_cases_are_listed(tongliao: Office) -> None:
    number = tongliao.reviewed()
    tongliao.act(number, "publish", "2026-09-24")
    tongliao.act(number, "close", "2026-09-28")
    tongliao.act(number, "archive", "2026-09-28")
    assert numbers(tongliao.ok("list")) == [number]
    assert numbers(tongliao.ok("list", "--status", "已归档")) == [number]


def test_the_shape_of_a_case(both: Office) -> None:
    number = both.replied()
    case = both.show(number)
    assert set(case) >= SHOW_KEYS
    (held,) = case["assignments"]
    promised = {"unit", "role", "dispatched", "received", "how_received", "due", "ended", "how"}
    assert set(held) >= promised and (held["unit"], held["role"]) == ("甲市教育局", "lead")
    assert (held["dispatched"], held["received"]) == ("2026-09-19", "2026-09-21")
    assert [event["action"] for event in case["events"]] == [
        *("register", "accept", "dispatch", "receive", "reply")
    ]
    assert all(set(event) >= {"id", "action", "on", "entered", "by", "keys"} for event in case["events"])
    assert all(event["by"] == "王敏" for event in case["events"])
    assert case["events"][1]["keys"] == {"category": "投诉"}
    assert case["open_items"] and case["allowed"]
    for item in case["open_items"]:
        assert set(item) >= {"kind", "clause", "since", "until", "blocking", "closed_by"}
    assert all(set(offer) == {"action", "clause"} for offer in case["allowed"])
    assert both.show(f"board:{case['board_number']}") == case
    assert both.show(" ２０２６－1 ")["number"] == number


def test_the_clock_of_a_case(both: Office) -> None:
    number = both.dispatched()
    expected = both.show(number)
    assert expected["due_from"] == "dispatch"
    both.act(number, "receive", "2026-09-21", manner="签收")
    case = both.show(number)
    due, reminder = ("2026-10-12", "2026-10-10") if both.regulation == X else ("2026-09-29", "2026-09-28")
    assert (case["due"], case["reminder"], case["due_from"]) == (due, reminder, "receipt")
    assert case["overdue"] and case["was_overdue"]
    both.act(number, "reply", "2026-10-29", **reply_keys())
    answered = both.show(number)
    assert (answered["overdue"], answered["was_overdue"], answered["days_overdue"]) == (False, True, 0)


def test_what_is_protected_is_masked_until_revealed(tongliao: Office) -> None:
    text = "我叫常乐，电话13904750001，身份证152301198001011234，住科尔沁区明仁大街12号3单元502室，请帮忙。"
    number = tongliao.replied(
        text="已与常乐（13904750001）说明。", 留言用户="常乐", 联系方式="13904750001", 留言详情=text
    )
    secrets = ("常乐", "13904750001", "152301198001011234")
    for words in (("show", number), ("list",), ("todo",)):
        shown = tongliao.call(*words).out
        assert not [secret for secret in secrets if secret in shown], words
        people = tongliao.call(*words, json_wanted=False).out
        assert not [secret for secret in secrets if secret in people], words
    revealed = tongliao.ok("show", number, "--reveal", "--reason", "电话联系留言人")
    assert revealed["text"] == text
    assert (revealed["citizen"]["name"], revealed["citizen"]["contact"]) == ("常乐", "13904750001")
    event = tongliao.show(number)["events"][-1]
    assert (event["action"], event["by"]) == ("reveal", "王敏")


def test_revealing_needs_a_reason_and_the_right(tongliao: Office) -> None:
    number = tongliao.message()
    assert tongliao.refused("show", number, "--reveal") == ("missing_key", None)
    assert tongliao.refused("show", number, "--reveal", "--reason", "  ") == ("missing_key", None)
    for user in ("钱领导", "孙管理"):
        asked = ("show", number, "--reveal", "--reason", "看看")
        assert tongliao.refused(*asked, user=user)[0] == "not_allowed_for_role"
    assert [event["action"] for event in tongliao.show(number)["events"]] == ["register"]
    assert tongliao.ok("show", number, "--reveal", "--reason", "核对", user="李审核")["number"] == number


def test_who_may_look(tongliao: Office) -> None:
    number = tongliao.message()
    for words in (("list",), ("show", number), ("todo",)):
        for user in ("周经办", "李审核", "钱领导"):
            tongliao.ok(*words, user=user)
        assert tongliao.refused(*words, user="孙管理")[0] == "not_allowed_for_role"


@pytest.mark.parametrize("number", ["2026-0009", "board:404", "第九件", "2026", "board:"])
@pytest.mark.parametrize("user", ["王敏", "钱领导", "孙管理"])
def test_an_unknown_case_is_found_out_first(tongliao: Office, tmp_path: Any, number: str, user: str) -> None:
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF-1.4")
    for words in (
        ("show", number),
        ("show", number, "--reveal"),
        ("act", number, "accept"),
        ("attach", number, file, "--as", "scan"),
        ("form", number, "slip", "-o", tmp_path / "slip.docx"),
        ("form", number, "no-such-form", "-o", tmp_path / "slip.docx"),
    ):
        assert tongliao.refused(*words, user=user) == ("unknown_case", None)


def test_todo(both: Office) -> None:
    first, second = both.received(), both.message()
    document = both.ok("todo", "--on", "2026-10-12" if both.regulation == X else "2026-09-29")
    assert set(document) == {"date", "items"}
    for item in document["items"]:
        assert set(item) >= {"kind", "number", "clause", "since", "until", "blocking"}
    kinds = {(item["kind"], item["number"]) for item in document["items"]}
    assert kinds >= {("今日到期", first), ("今日须提醒", first), ("待初审", second)}
    assert both.ok("todo")["date"] == both.today
    late = {item["kind"] for item in both.ok("todo")["items"] if item["number"] == first}
    assert "逾期" in late and "今日到期" not in late


def test_of_a_day_gone_by_todo_lists_what_was_open_already(both: Office) -> None:
    number = both.message()
    received = date.fromisoformat(both.show(number)["received"])
    before = both.ok("todo", "--on", received - timedelta(days=1))["items"]
    then = both.ok("todo", "--on", received)["items"]
    assert number not in {item["number"] for item in before}
    assert number in {item["number"] for item in then}


def test_tables_for_people(filled: Office) -> None:
    listed = filled.call("list", "--limit", "2", json_wanted=False).out.splitlines()
    assert listed[0].split() == ["登记号", "状态", "到期", "类别", "承办单位", "标题"]
    assert listed[-1] == "共 10 件，后面还有"
    shown = filled.call("show", "2026-0004", json_wanted=False).out
    assert "逾期 19 个工作日" in shown and "可办：" in shown
    assert "待初审" in filled.call("todo", json_wanted=False).out


def test_an_office_s_own_regulation_stays_with_its_cases(tongliao: Office) -> None:
    number = tongliao.message()
    assert tongliao.show(number)["regulation"] == T
