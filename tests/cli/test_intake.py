"""`liuyan import` and its undo: every row accounted for, repeats and conflicts told, a batch taken back whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.offices import Office, T, X


def row(number: int | str, **columns: str) -> dict[str, str]:
    given = {
        "留言编号": str(number),
        "留言用户": "云朵",
        "留言主题": f"第 {number} 号：路灯不亮",
        "留言详情": f"第 {number} 号。小区东门外的路灯坏了半个月。",
        "收件日期": "2026-09-18",
    }
    return given | columns


def nameless(**columns: str) -> dict[str, str]:
    """A message that the board gave no number."""
    return {**row("", 留言主题="公交车太少", 留言时间="2026-09-17 08:00:00"), **columns}


def summed(document: Any) -> bool:
    return bool(
        document["rows"] == document["imported"] + len(document["duplicates"]) + len(document["rejected"])
        and document["imported"] == len(document["numbers"])
    )


def test_every_row_is_imported_a_duplicate_or_rejected(tongliao: Office) -> None:
    rows = [
        row(1),
        row(2),
        row(1),  # again, the same
        row(2, 留言详情="同一编号，内容却变了，说的是另一件事。"),
        {"留言编号": ""},  # empty: no row at all
        row(3, 收件日期="昨天"),
        row(4, 收件日期="2026-12-31"),
        row(5, 留言主题="", 留言详情=""),
        row(6),
    ]
    document = tongliao.ok("import", tongliao.sheet(rows))
    assert set(document) == {*("batch", "rows", "imported", "duplicates", "rejected", "suspected", "numbers")}
    assert summed(document)
    assert (document["batch"], document["rows"], document["imported"]) == (1, 8, 3)
    assert document["numbers"] == ["2026-0001", "2026-0002", "2026-0003"]
    assert document["duplicates"] == [{"row": 4, "number": "2026-0001", "of": "2026-0001"}]
    assert [(one["row"], one["reason"]) for one in document["rejected"]] == [
        *((5, "number_conflict"), (7, "bad_time"), (8, "date_in_future"), (9, "no_content"))
    ]
    assert all(f"第 {one['row']} 行" in one["message"] for one in document["rejected"])
    # The same person, the same words but for a number: looked at by a person, and brought in all the same.
    assert {(one["row"], one["of"]) for one in document["suspected"]} == {(3, "2026-0001"), (10, "2026-0001")}
    tongliao.verified()


def test_what_is_registered_already_is_told_with_its_case(tongliao: Office) -> None:
    tongliao.ok("import", tongliao.sheet([row(1), row(2), nameless()]))
    again = [
        row(1, 收件日期="2026-09-20"),
        row(2, 留言主题="换了主题"),
        nameless(),
        nameless(留言时间="2026-09-18 09:00:00"),
        row(9, 留言主题="第 1 号：路灯不亮", 留言详情="第 1 号。小区东门外的路灯坏了半个月。"),
    ]
    document = tongliao.ok("import", tongliao.sheet(again))
    assert summed(document)
    assert document["duplicates"] == [
        {"row": 2, "number": "2026-0001", "of": "2026-0001"},
        {"row": 4, "number": "2026-0003", "of": "2026-0003"},
    ]
    (conflict,) = document["rejected"]
    assert (conflict["row"], conflict["reason"]) == (3, "number_conflict")
    assert "2026-0002" in conflict["message"]
    suspected = [(one["row"], one["number"], one["of"], one["likeness"]) for one in document["suspected"]]
    assert suspected == [(5, "2026-0004", "2026-0003", 1.0), (6, "2026-0005", "2026-0001", 1.0)]
    assert [one["reason"] for one in document["suspected"]] == ["同一人；内容约 100% 相同；主题相同"] * 2


def test_the_first_event_bears_the_day_of_receipt_else_of_the_message_else_on(tongliao: Office) -> None:
    rows = [
        row(1, 收件日期="2026-09-03", 留言时间="2026-09-01 23:59:59"),
        row(2, 收件日期="", 留言时间="2019/2/28 11:25:05"),
        row(3, 收件日期="", 留言时间=""),
    ]
    numbers = tongliao.ok("import", tongliao.sheet(rows), "--on", "2026-09-05")["numbers"]
    days = ["2026-09-03", "2019-02-28", "2026-09-05"]
    assert [tongliao.show(number)["received"] for number in numbers] == days
    assert [tongliao.show(number)["events"][0]["on"] for number in numbers] == days
    # One series a year of registration.
    assert numbers == ["2026-0001", "2019-0001", "2026-0002"]
    today = tongliao.ok("import", tongliao.sheet([row(4, 收件日期="")]))["numbers"][0]
    assert tongliao.show(today)["received"] == tongliao.today


def test_a_dry_run_tells_all_and_keeps_nothing(tongliao: Office) -> None:
    file = tongliao.sheet([row(1), row(1), row(2, 收件日期="昨天")])
    document = tongliao.ok("import", file, "--dry-run")
    assert (document["batch"], document["numbers"]) == (None, [])
    assert (document["rows"], document["imported"]) == (3, 1)
    assert document["duplicates"] == [{"row": 3, "number": None, "of": "第 2 行"}]
    assert tongliao.ok("list")["total"] == 0
    assert tongliao.ok("import", file)["numbers"] == ["2026-0001"]


def test_undo_voids_a_batch_and_its_numbers_stay_used(tongliao: Office) -> None:
    first = tongliao.ok("import", tongliao.sheet([row(1), row(2)]))
    second = tongliao.ok("import", tongliao.sheet([row(3)]))
    tongliao.ok("show", "2026-0001", "--reveal", "--reason", "核对")
    undone = tongliao.ok("import", "undo", str(first["batch"]))
    assert undone == {"batch": 1, "voided": 2, "numbers": ["2026-0001", "2026-0002"]}
    assert [case["number"] for case in tongliao.ok("list")["cases"]] == second["numbers"]
    assert tongliao.ok("list", "--text", "第 1 号")["total"] == 0
    gone = tongliao.show("2026-0001")
    assert (gone["status"], gone["voided"], gone["allowed"], gone["open_items"]) == ("已作废", True, [], [])
    assert tongliao.show("board:1")["number"] == "2026-0001"
    assert tongliao.act_refused("2026-0001", "accept", category="投诉")[0] == "wrong_state"
    # The same messages may come in again; they are no duplicates, and get new numbers.
    again = tongliao.ok("import", tongliao.sheet([row(1), row(2, 留言主题="改过的主题")]))
    assert again["numbers"] == ["2026-0004", "2026-0005"]
    assert tongliao.show("board:1")["number"] == "2026-0004"
    assert tongliao.verified()["cases"] == 5


def test_undo_is_refused_where_there_is_nothing_to_undo(tongliao: Office) -> None:
    batch = str(tongliao.ok("import", tongliao.sheet([row(1), row(2)]))["batch"])
    assert tongliao.refused("import", "undo", "99") == ("nothing_to_undo", None)
    tongliao.act("2026-0002", "accept", "2026-09-18", category="投诉")
    assert tongliao.refused("import", "undo", batch) == ("nothing_to_undo", None)
    assert tongliao.show("2026-0001")["status"] == "待初审"
    accepted = tongliao.show("2026-0002")["events"][-1]["id"]
    tongliao.act("2026-0002", "correct", event=str(accepted), reason="误登")
    # What was taken back has still happened.
    assert tongliao.refused("import", "undo", batch) == ("nothing_to_undo", None)
    empty = tongliao.ok("import", tongliao.sheet([row(1)]))
    assert tongliao.ok("import", "undo", str(empty["batch"]))["voided"] == 0
    assert tongliao.refused("import", "undo", str(empty["batch"])) == ("nothing_to_undo", None)


def test_columns_are_mapped_by_hand_and_remembered(tongliao: Office) -> None:
    file = tongliao.sheet([{"甲": "校车太挤", "乙": "早上的校车站都站不下。", "丙": "保留"}])
    assert tongliao.refused("import", file)[0] == "unknown_value"
    assert tongliao.refused("import", file, "--map", "title=丁")[0] == "unknown_value"
    assert tongliao.refused("import", file, "--map", "colour=甲")[0] == "unknown_value"
    mapped = ("--map", "title=甲", "--map", "text=乙")
    assert tongliao.ok("import", file, *mapped, "--dry-run")["imported"] == 1
    (number,) = tongliao.ok("import", file, *mapped)["numbers"]
    case = tongliao.show(number)
    assert (case["title"], case["text"]) == ("校车太挤", "早上的校车站都站不下。")
    assert case["extra"] == {"丙": "保留"}
    next_file = tongliao.sheet([{"甲": "食堂太贵", "乙": "学校食堂一餐二十五元。", "丙": "保留"}])
    assert tongliao.ok("import", next_file)["imported"] == 1


def test_regulation_and_source_are_chosen(tongliao: Office) -> None:
    def imported(number: int, *words: str) -> Any:
        (name,) = tongliao.ok("import", tongliao.sheet([row(number)]), *words)["numbers"]
        case = tongliao.show(name)
        return case["regulation"], case["source"]

    assert imported(1) == (T, "市长板块")
    assert imported(2, "--source", "主席板块") == (T, "主席板块")
    assert imported(3, "--regulation", X) == (X, "主席留言专栏")
    file = tongliao.sheet([row(4)])
    assert tongliao.refused("import", file, "--source", "省长板块")[0] == "unknown_value"
    assert tongliao.refused("import", file, "--regulation", "mars-2030")[0] == "unknown_value"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("空.csv", b""),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("断.xlsx", b"PK\x03\x04" + bytes(60)),
        ("网页.xls", b"<html><body><table></table></body></html>"),
        ("别的.json", b'{"a": 1}'),
        ("文字.docx", b"PK\x03\x04" + bytes(60)),
    ],
)
def test_a_file_that_is_no_table_is_one_sentence(tongliao: Office, name: str, content: bytes) -> None:
    file = tongliao.folder.parent / name
    file.write_bytes(content)
    answer = tongliao.call("import", file)
    assert answer.code == 2
    assert answer.error["code"] == "bad_data" and name in answer.error["message"]
    assert "\n" not in answer.error["message"]


def test_a_missing_file_exits_2(tongliao: Office) -> None:
    answer = tongliao.call("import", tongliao.folder.parent / "没有.xlsx")
    assert (answer.code, answer.error["code"]) == (2, "bad_data")


def test_sheets_of_a_workbook_and_items_of_the_board(tongliao: Office) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["说明"])
    sheet = book.create_sheet("九月")
    sheet.append(["编号", "标题", "内容", "收件日期"])
    sheet.append([31.0, "=1+1", "内容里的换行_x000D_\n第二行\u200b", "2026-09-18"])
    file = tongliao.folder.parent / "book.xlsx"
    book.save(file)
    (number,) = tongliao.ok("import", file, "--sheet", "九月")["numbers"]
    case = tongliao.show(number)
    assert (case["board_number"], case["text"]) == ("31", "内容里的换行\n第二行")
    assert tongliao.call("import", file, "--sheet", "十月").code == 2

    items = [
        {
            "tid": 41,
            "nickName": "山风",
            "subject": "施工扰民",
            "content": "夜里还在打桩。",
            "dateline": 1758153600,
        }
    ]
    board = tongliao.folder.parent / "board.json"
    board.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
    (number,) = tongliao.ok("import", board)["numbers"]
    case = tongliao.show(number)
    assert (case["title"], case["board_number"], case["received"]) == ("施工扰民", "41", "2025-09-18")


def test_an_earlier_answer_of_the_board_is_no_act_of_this_office(tongliao: Office) -> None:
    answered = row(1, 答复意见="已转有关部门，请您耐心等候。", 答复时间="2026-09-20 10:00:00")
    (number,) = tongliao.ok("import", tongliao.sheet([answered]))["numbers"]
    case = tongliao.show(number)
    assert case["answer"] == "已转有关部门，请您耐心等候。"
    assert case["status"] == "待初审" and [event["action"] for event in case["events"]] == ["register"]


def test_only_operators_bring_in(tongliao: Office) -> None:
    file = tongliao.sheet([row(1)])
    for user in ("李审核", "钱领导", "孙管理"):
        assert tongliao.refused("import", file, user=user)[0] == "not_allowed_for_role"
        assert tongliao.refused("import", "undo", "1", user=user)[0] == "not_allowed_for_role"
        # Who may not is told so before anybody looks into the file.
        assert tongliao.refused("import", "no-such-file.csv", user=user)[0] == "not_allowed_for_role"
    assert tongliao.ok("import", file, user="周经办")["imported"] == 1
    assert tongliao.show("2026-0001")["events"][0]["by"] == "周经办"


def test_for_people_the_import_is_told_in_sentences(tongliao: Office) -> None:
    file = tongliao.sheet([row(1), row(1), row(2, 收件日期="昨天")])
    said = tongliao.call("import", file, json_wanted=False).out.splitlines()
    assert said[0] == "共 3 行：导入 1，重复 1，未导入 1。批号 1（可用 import undo 1 撤销）。"
    assert said[1].startswith("第 4 行") and said[2] == "第 3 行与 2026-0001 重复，没有再登记。"


def test_a_folder_is_no_file(tongliao: Office, tmp_path: Path) -> None:
    assert tongliao.call("import", tmp_path).code == 2
