"""What the import page shows, without a window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_app.documents.tables import Row, Table
from desktop_app.domain.incoming import Rejected
from desktop_app.gui import import_state as state
from desktop_app.gui.import_state import FileRead, RowLine
from desktop_app.services.intake import Brought, RepeatOf, SuspectedOf

HEADER = ("留言编号", "题目", "留言详情", "备注")


def table(*cells: tuple[str, ...]) -> Table:
    return Table("a.csv", "", (), HEADER, tuple(Row(place, row) for place, row in enumerate(cells, 2)))


def test_columns_are_recognised_and_what_was_chosen_goes_first() -> None:
    plain = state.columns_of(HEADER, {})
    assert (plain["board_number"], plain["title"], plain["text"]) == ("留言编号", "", "留言详情")
    chosen = state.columns_of(HEADER, {"title": "题目", "text": "", "contact": "没有的列"})
    assert (chosen["title"], chosen["text"], chosen["contact"]) == ("题目", "", "")


def test_only_what_names_do_not_tell_is_said_to_the_import() -> None:
    read = FileRead(Path("a.csv"), table(), {}, 1)
    plain = state.columns_of(HEADER, {})
    assert state.chosen_columns(read, plain) == {}
    assert state.chosen_columns(read, plain | {"title": "题目"})["title"] == "题目"
    remembered = FileRead(Path("a.csv"), table(), {"title": "题目"}, 1)
    assert state.chosen_columns(remembered, plain)["title"] == ""


def test_a_file_without_title_and_text_and_a_column_given_twice_are_told() -> None:
    plain = state.columns_of(HEADER, {})
    assert state.faults_of_columns(plain) == ""
    assert "没有认出" in state.faults_of_columns(plain | {"text": ""})
    assert "“留言详情”" in state.faults_of_columns(plain | {"title": "留言详情"})


def test_headings_say_what_a_column_was_taken_for() -> None:
    plain = state.columns_of(HEADER, {})
    assert state.heading_of("留言详情", plain) == "留言详情\n→ 留言详情"
    assert state.heading_of("备注", plain) == "备注\n原样另存"
    assert state.heading_of("", plain).startswith("（无列名）")


def test_the_preview_is_short_and_keeps_row_numbers() -> None:
    [(number, cells)] = state.preview(table(("1", "路\n灯", "字" * 100, "")))
    assert number == 2
    assert cells[1] == "路 灯"
    assert cells[2] == "字" * 60 + "…"
    assert len(state.preview(table(*[("1", "a", "b", "")] * 500))) == state.PREVIEW_ROWS


BROUGHT = Brought(
    batch=None,
    rows=10,
    numbers=(),
    duplicates=(RepeatOf(3, "2026-0001", "2026-0001"),),
    rejected=(Rejected(4, "bad_time", "第 4 行“留言时间”：看不出"), Rejected(6, "x", "第 6 行：不对")),
    suspected=(SuspectedOf(5, None, "第 2 行"), SuspectedOf(7, "2026-0009", "2026-0001", "同一人", 0.9)),
)


def test_the_numbers_always_come_out_even() -> None:
    assert state.forecast(BROUGHT) == "共 10 行：可导入 7 件，重复 1 行，不能导入 2 行；其中疑似重复 2 件。"
    later = state.forecast(replace(BROUGHT, compared=False))
    assert later.endswith("其中疑似重复 2 件。表很大，内容相近的在导入时比对。")
    assert state.outcome(BROUGHT).startswith("共 10 行：已导入 7 件")


def test_single_rows_are_listed_with_their_numbers() -> None:
    assert state.rejected_lines(BROUGHT) == (RowLine(4, "“留言时间”：看不出"), RowLine(6, "不对"))
    assert state.duplicate_lines(BROUGHT) == (RowLine(3, "与 2026-0001 相同，不再登记"),)
    assert state.suspected_lines(BROUGHT) == (
        RowLine(5, "与第 2 行相似，请初审时看一看"),
        RowLine(7, "登记为 2026-0009，与 2026-0001 相似（同一人），请初审时看一看"),
    )
