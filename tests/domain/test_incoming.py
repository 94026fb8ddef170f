"""From row to message, or to the reason why not."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop_app.domain.columns import recognise
from desktop_app.domain.incoming import IncomingMessage, Rejected, cell_text, read_row
from desktop_app.domain.message_times import Cell
from desktop_app.domain.messages import Citizen


def read(**cells: Cell) -> IncomingMessage | Rejected:
    """Row 7 with these cells; the names of the arguments are the header."""
    return read_row(7, tuple(cells.values()), recognise(tuple(cells)))


def message(**cells: Cell) -> IncomingMessage:
    result = read(**cells)
    assert isinstance(result, IncomingMessage)
    return result


def rejected(**cells: Cell) -> Rejected:
    result = read(**cells)
    assert isinstance(result, Rejected)
    assert result.row == 7
    return result


def test_a_whole_row() -> None:
    got = message(
        留言编号=10234.0,
        留言用户=" 河畔 ",
        留言主题="路\u200b灯",
        留言时间="2020/1/6 9:09:38",
        留言详情="\n\t坏了_x000D_\n三天 ",
        手机=13800001234.0,
        单位="一中",
        住址="河东",
        IP="10.1.*.*",
        板块="市长",
        类型="投诉/求助",
        一级标签="城建",
        收件日期=date(2020, 1, 8),
        答复意见="已修 ",
        答复时间=datetime(2020, 1, 20, 10, 0),
        回复单位="城管局",
        解决程度=5.0,
        是否自动好评=True,
        评价日期="2020/2/1",
        点赞数=3.0,
        备注=" 原样 ",
    )
    assert got.row == 7
    kept = got.message
    assert kept.citizen == Citizen("河畔", "13800001234", "一中", "河东", "10.1.*.*")
    assert (kept.title, kept.raw_title) == ("路灯", "路\u200b灯")
    assert (kept.text, kept.raw_text) == ("坏了\n三天", "\n\t坏了_x000D_\n三天 ")
    assert (kept.board_number, kept.written) == ("10234", "2020-01-06 09:09:38")
    assert (kept.board, kept.kind, kept.domain) == ("市长", "投诉/求助", "城建")
    assert (kept.answer, kept.answered_at, kept.answered_by) == ("已修", "2020-01-20 10:00:00", "城管局")
    assert kept.ratings == {"grade_resolution": "5", "automatic_praise": "TRUE", "reviewed_on": "2020-02-01"}
    assert kept.extra == {"点赞数": "3", "备注": " 原样 "}
    assert got.remarks == ()


def test_the_cell_as_it_came_is_kept_only_where_cleaning_changed_it() -> None:
    kept = message(标题="路灯", 内容="坏了").message
    assert (kept.raw_title, kept.raw_text) == ("", "")


def test_the_date_of_the_first_event() -> None:
    on = date(2024, 5, 1)
    both = message(标题="甲", 留言时间="2020/1/6 9:00", 收件日期="2020/1/8")
    assert both.registered_on(on) == date(2020, 1, 8)
    assert message(标题="甲", 留言时间="2020/1/6 9:00").registered_on(on) == date(2020, 1, 6)
    assert message(标题="甲", 留言时间=None).registered_on(on) == on


@pytest.mark.parametrize(
    ("cell", "number"),
    [(10234.0, "10234"), (10234, "10234"), ("10234.0", "10234"), ('="0012"', "0012"), (" 0012\u200b", "0012"),
     ("12345678901234567890", "12345678901234567890"), (12345678901234567890, "12345678901234567890"),
     (float(2**53 - 1), str(2**53 - 1)), ("A-7.50", "A-7.50"), (None, "")],
)  # fmt: skip
def test_board_numbers_are_text(cell: Cell, number: str) -> None:
    assert message(标题="甲", 编号=cell).message.board_number == number


def test_no_content() -> None:
    fault = rejected(留言编号=1.0, 留言主题=" \u3000", 留言详情="\u200b_x000D_")
    assert fault.reason == "no_content"
    assert fault.message == "第 7 行：留言主题和留言详情都是空的；请补上其中一项，或删去该行"
    assert rejected(留言编号=1.0).reason == "no_content"


@pytest.mark.parametrize("column", ["留言时间", "收件日期"])
def test_bad_time(column: str) -> None:
    fault = rejected(标题="甲", **{column: "2019/13/40"})
    assert fault.reason == "bad_time"
    assert fault.message == f"第 7 行“{column}”：“2019/13/40” 没有 13 月"


def test_a_long_wrong_time_is_cut_in_the_message() -> None:
    assert "“" + "长" * 30 + "…”" in rejected(标题="甲", 时间="长" * 500).message


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("编号", float(2**53)),
        ("编号", 1.1010119900307e17),
        ("编号", "1.23457E+11"),
        ("手机", "1.38E+10"),
        ("手机", 1e17),
    ],
)
def test_a_number_that_lost_digits(column: str, cell: Cell) -> None:
    fault = rejected(标题="甲", **{column: cell})
    assert fault.reason == "number_lost_digits"
    assert fault.message.startswith(f"第 7 行“{column}”：")


def test_what_is_no_ground_to_turn_a_row_away_is_remarked() -> None:
    got = message(标题="甲", 答复时间="年底前", 评价日期="2019/13/1", 用户序号=1e17)
    assert got.message.answered_at == "年底前"
    assert got.message.ratings == {"reviewed_on": "2019/13/1"}
    assert got.message.extra == {"用户序号": "100000000000000000"}
    assert [remark[:13] for remark in got.remarks] == [
        "第 7 行“答复时间”：“",
        "第 7 行“评价日期”：“",
        "第 7 行“用户序号”：1",
    ]


def test_extra_columns_keep_apart_whatever_their_names() -> None:
    columns = recognise(("标题", "备注", "备注", "", "备注", "空"))
    got = read_row(2, ("甲", "一", "二", "三", "四", None), columns)
    assert isinstance(got, IncomingMessage)
    assert got.message.extra == {"备注": "一", "备注（2）": "二", "第4列": "三", "备注（3）": "四"}


def test_a_row_shorter_than_its_header() -> None:
    got = read_row(2, ("甲",), recognise(("标题", "内容", "备注")))
    assert isinstance(got, IncomingMessage)
    assert got.message.text == ""


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), ("a", "a"), (1.0, "1"), (1.5, "1.5"), (-0.0, "0"), (float("inf"), "inf"), (False, "FALSE"), (7, "7"),
     (date(2020, 1, 6), "2020-01-06"), (datetime(2020, 1, 6, 9), "2020-01-06 09:00:00")],
)  # fmt: skip
def test_cells_as_text(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text
