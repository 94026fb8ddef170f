"""What the page of holiday notices shows, without a window."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.entered_notices import EnteredNotice, calendar_with
from desktop_app.domain.national_notices import national_notices, standard_calendar
from desktop_app.domain.notice_read import NoticeRead, Scope
from desktop_app.domain.work_calendar import Notice, NoticeDay
from desktop_app.errors import Fault
from desktop_app.gui import holidays_state as state
from desktop_app.services.holidays import Change, Standing
from desktop_app.services.recount import Moved, Moves

TODAY = date(2026, 12, 22)
NOTICE = Notice(
    2027,
    "2027年的通知",
    "国务院办公厅",
    (
        NoticeDay(date(2026, 12, 27), "元旦", False),
        NoticeDay(date(2027, 1, 1), "元旦", True),
        *(NoticeDay(date(2027, 2, day), "春节", True) for day in range(5, 10)),
        NoticeDay(date(2027, 2, 14), "春节", False),
    ),
)
ENTERED = EnteredNotice(7, NOTICE, Scope.YEAR, "2026-12-22T09:00:00.000+08:00", "王敏")
AFTER = calendar_with([ENTERED])


def moved(number: str = "2026-0001", new_due: date = date(2026, 12, 30), **facts: object) -> Moved:
    known: dict[str, object] = {
        "number": number,
        "title": "路灯不亮",
        "is_open": True,
        "old_due": date(2026, 12, 31),
        "new_due": new_due,
        "old_reminder": date(2026, 12, 30),
        "new_reminder": date(2026, 12, 29),
        "old_provisional": False,
        "new_provisional": False,
    }
    return Moved(**(known | facts))  # type: ignore[arg-type]


def change(moves: Moves | None = None, **facts: object) -> Change:
    known: dict[str, object] = {"before": standard_calendar(), "after": AFTER}
    return Change(NOTICE, moves or Moves(), **(known | facts))  # type: ignore[arg-type]


def test_the_list_tells_where_a_notice_holds_and_how_it_came() -> None:
    built_in = national_notices()[-1]
    local = EnteredNotice(
        9, Notice(2027, "藏历", "拉萨市", (), "西藏"), Scope.HOLIDAYS, "2027-01-02T", "孙管理"
    )
    lines = state.notice_lines(
        (
            Standing(NOTICE, ENTERED, True),
            Standing(built_in, None, True),
            Standing(local.notice, local, False),
        )
    )
    assert [(line.year, line.where, line.came, line.event) for line in lines] == [
        (2027, "全国", "王敏 2026-12-22 录入", 7),
        (2026, "全国", "程序自带", None),
        (2027, "西藏", "孙管理 2027-01-02 录入，已被后来的代替", 9),
    ]
    assert lines[0].spoken == "2027年 全国  2027年的通知\n王敏 2026-12-22 录入"


def test_what_was_read_in_one_line() -> None:
    assert (
        state.found_words(NoticeRead(NOTICE, Scope.YEAR, (), ())) == "2027年 全国：放假 6 天，调休上班 2 天"
    )
    assert state.found_words(NoticeRead(None, Scope.YEAR, (), ())) == ""


def test_a_fault_is_told_without_the_name_of_the_text() -> None:
    assert state.fault_words(Fault("粘贴的文字", "第 2 行“x”", "不符")) == "第 2 行“x”：不符"
    assert state.fault_words(Fault("粘贴的文字", "", "没有年份")) == "没有年份"


def test_the_year_marks_what_would_be_otherwise() -> None:
    months = state.year_cells(standard_calendar(), AFTER, 2027, TODAY)
    assert [len(month) for month in months] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    february = {cell.date.day: cell for cell in months[1]}
    assert {day for day, cell in february.items() if cell.changed} == {9, 14}
    assert (february[9].corner, february[9].off) == ("休", True)
    assert (february[14].corner, february[14].off) == ("班", False)
    assert february[14].spoken == "2027年2月14日 星期日，星期日，调休上班；现在是星期日，休息日（暂定）"
    # 清明 is off by the statute alone; this notice does not name it.
    assert {cell.date.day for cell in months[3] if cell.changed} == {5}


def test_a_month_in_a_sentence_for_screen_readers() -> None:
    months = state.year_cells(standard_calendar(), AFTER, 2027, TODAY)
    assert state.month_spoken(months[1]) == "2027年2月，休 5 天，班 1 天，改变 2 天"
    assert state.month_spoken(months[6]) == "2027年7月，没有放假和调休"


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (date(2027, 2, 20), "2月：5日至9日 春节放假；14日（周日）上班"),
        (date(2027, 1, 1), "1月：1日 元旦放假"),
        (date(2027, 7, 1), "7月：没有放假和调休"),
    ],
)
def test_a_month_in_words(month: date, words: str) -> None:
    assert state.month_words(AFTER, month) == words


def test_two_holidays_side_by_side_are_named_apart() -> None:
    assert state.month_words(standard_calendar(), date(2026, 2, 1)).startswith(
        "2月：14日（周六）上班；15日至23日 春节"
    )


def test_days_beyond_the_year_shown_are_named() -> None:
    assert state.beyond_words(change(), 2027) == "通知还安排了 2026年12月27日班"
    assert "2027年1月1日休" in state.beyond_words(change(), 2026)


def test_what_moves_stands_in_groups() -> None:
    certain = moved("2026-0002", date(2026, 12, 31), new_reminder=date(2026, 12, 30), old_provisional=True)
    settled = moved("2026-0003", is_open=False)
    found = change(Moves((moved(),), (certain,), (settled,)))
    assert state.moves_heading(found, withdrawing=False) == "录入后，1 件的期限改变"
    groups = state.move_groups(found, TODAY)
    assert [group.heading for group in groups] == [
        "期限改变  1 件",
        "日期不变，由暂定成为确定  1 件",
        "已办结，按新安排重算  1 件",
    ]
    assert groups[0].lines[0].note == "到期 12-31 周四 → 12-30 周三　提醒 12-30 周三 → 12-29 周二"
    assert groups[1].lines[0].note == "到期 12-31 周四（暂定） → 12-31 周四"


def test_where_only_the_reminder_moves_that_is_told() -> None:
    found = change(Moves((moved(new_due=date(2026, 12, 31)),)))
    (group,) = state.move_groups(found, TODAY)
    assert group.lines[0].note == "到期 12-31 周四 不变　提醒 12-30 周三 → 12-29 周二"


def test_nothing_moving_is_said_as_well() -> None:
    assert state.moves_heading(change(), withdrawing=True) == "撤销后，没有件的期限改变"
    assert state.move_groups(change(), TODAY) == ()
    only_certain = change(Moves(confirmed=(moved(),)))
    assert state.moves_heading(only_certain, withdrawing=False) == "录入后，没有件改变日期"


def test_a_long_list_is_cut_and_says_so() -> None:
    many = tuple(moved(f"2026-{place:04d}") for place in range(1, state.MOST_LINES + 4))
    (group,) = state.move_groups(change(Moves(many)), TODAY)
    assert len(group.lines) == state.MOST_LINES
    assert group.heading == "期限改变  503 件（列出前 500 件）"


def test_what_was_done_is_told() -> None:
    entered = change(Moves((moved(),)), replaced=("旧的",))
    assert (
        state.done_words(entered, withdrawn=False)
        == "已录入“2027年的通知”，代替了“旧的”，1 件的期限改变，已记入各件的经过。"
    )
    assert state.done_words(change(), withdrawn=True) == "已撤销“2027年的通知”，没有件改变期限。"
