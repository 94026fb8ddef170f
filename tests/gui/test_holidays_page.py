"""Holiday notices through clicks and keys: read live, entered, looked at and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.domain.users import Role, User
from desktop_app.gui.holidays_page import HolidaysPage
from desktop_app.gui.page import PageContext
from desktop_app.gui.register_page import RegisterPage
from desktop_app.services import verification
from desktop_app.services.case_view import view_case
from desktop_app.services.cases import act
from desktop_app.services.session import OfficeClock, Session
from tests.gui.conftest import dispatch
from tests.gui.typing_chinese import type_in

TEXT = (Path(__file__).parents[1] / "data" / "notices" / "2027-made-up.txt").read_text(encoding="utf-8")
SOURCE = "国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕99号）"
LOCAL = "2026年藏历新年：12月24日（周四）至25日（周五）放假调休，共2天。12月26日（周六）上班。"
Key = Qt.Key


@pytest.fixture
def december(session: Session) -> Session:
    """The end of 2026: 2026-0009 was taken on the 24th, due on the 31st."""
    session.clock = OfficeClock(date(2026, 12, 31))
    dispatch(session, "2026-0009", "市教育局", date(2026, 12, 24), date(2026, 12, 24))
    return session


@pytest.fixture
def page(qtbot: QtBot, december: Session, context: PageContext) -> HolidaysPage:
    made = HolidaysPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    qtbot.waitUntil(lambda: made.notices.count() > 20)
    made.focus_first()
    return made


def paste(page: HolidaysPage, text: str) -> None:
    """As Ctrl+V puts it there."""
    page.entry.text.setFocus()
    page.entry.text.selectAll()
    QApplication.clipboard().setText(text)
    page.entry.text.paste()


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def heading(page: HolidaysPage) -> str:
    return page.effect.heading.text() if page.effect.heading.isVisible() else ""


def lines(page: HolidaysPage) -> list[str]:
    return [line.number for group in page.effect.moves.cases.groups for line in group.lines]


def entered(page: HolidaysPage, qtbot: QtBot) -> None:
    """The made-up notice of 2027 entered by paste and click."""
    paste(page, TEXT)
    qtbot.waitUntil(page.entry.confirm.isEnabled)
    click(qtbot, page.entry.confirm)
    qtbot.waitUntil(lambda: page.notices.item(0).text().startswith("2027年 全国 · 王敏"))


def due(session: Session, number: str = "2026-0009") -> date | None:
    return view_case(session, number).row.due


def test_a_notice_is_pasted_looked_at_and_entered(
    page: HolidaysPage, qtbot: QtBot, december: Session, frame: object
) -> None:
    assert not page.entry.confirm.isEnabled()
    paste(page, TEXT)
    qtbot.waitUntil(page.entry.confirm.isEnabled)
    assert page.entry.found.text() == "2027年 全国：放假 30 天，调休上班 6 天"
    assert not page.entry.findings.isVisible()
    assert page.effect.shown_year == 2027
    assert heading(page).startswith("录入后，1 件的期限改变；通知还安排了 2026年12月27日班")
    assert lines(page) == ["2026-0009"]
    assert due(december) == date(2026, 12, 31), "nothing is written before it is confirmed"

    click(qtbot, page.entry.confirm)
    qtbot.waitUntil(lambda: bool(frame.messages))  # type: ignore[attr-defined]
    said = frame.messages[0]  # type: ignore[attr-defined]
    assert said.text == f"已录入“{SOURCE}”，1 件的期限改变，已记入各件的经过。"
    assert due(december) == date(2026, 12, 30)
    assert page.entry.text.toPlainText() == ""
    qtbot.waitUntil(lambda: page.notices.item(0).text().startswith("2027年 全国 · 王敏"))
    assert verification.verify(december).problems == ()

    said.undo()
    qtbot.waitUntil(lambda: len(frame.messages) == 2)  # type: ignore[attr-defined]
    assert frame.messages[1].text == f"已撤销“{SOURCE}”，1 件的期限改变，已记入各件的经过。"  # type: ignore[attr-defined]
    assert due(december) == date(2026, 12, 31)
    assert verification.verify(december).problems == ()


def test_ctrl_enter_confirms(page: HolidaysPage, qtbot: QtBot, december: Session) -> None:
    qtbot.keyClick(page.entry.text, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.notices.item(0).text().startswith("2026年")
    paste(page, TEXT)
    qtbot.waitUntil(page.entry.confirm.isEnabled)
    qtbot.keyClick(page.entry.text, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.notices.item(0).text().startswith("2027年"))
    assert due(december) == date(2026, 12, 30)


def test_faults_stand_beside_and_keep_it_from_being_entered(page: HolidaysPage, qtbot: QtBot) -> None:
    paste(page, TEXT.replace("共9天", "共8天").replace("1月30日（周六）", "1月30日（周日）"))
    qtbot.waitUntil(page.entry.findings.isVisible)
    assert page.entry.verdict.text() == "有 2 处不对，改好后才能录入"
    said = page.entry.findings.toPlainText().splitlines()
    assert said[0].startswith("✕ 第 7 行“2月5日（农历除夕、周五）至13日")
    assert said[1] == "✕ 第 7 行“1月30日（周日）”：2027-01-30 是星期六，与所写的星期不符"
    assert not page.entry.confirm.isEnabled()
    assert heading(page) == "" and not page.effect.moves.isVisible()
    page.entry.text.selectAll()
    page.entry.text.paste()
    paste(page, TEXT)
    qtbot.waitUntil(page.entry.confirm.isEnabled)
    assert not page.entry.findings.isVisible()


def test_doubts_are_told_and_let_pass(page: HolidaysPage, qtbot: QtBot) -> None:
    paste(page, "2027年元旦：1月1日（周五）至3日（周日）放假，共3天。")
    qtbot.waitUntil(page.entry.findings.isVisible)
    assert page.entry.findings.toPlainText().startswith("！ 没有写到这些法定节假日")
    assert not page.entry.verdict.isVisible()
    assert page.entry.confirm.isEnabled()


def test_the_year_can_be_said_where_the_text_does_not(page: HolidaysPage, qtbot: QtBot) -> None:
    paste(page, "元旦：1月1日至3日放假，共3天。")
    qtbot.waitUntil(page.entry.findings.isVisible)
    assert "没有写是哪一年" in page.entry.findings.toPlainText()
    page.entry.year.setFocus()
    qtbot.keyClicks(page.entry.year, "2027")
    qtbot.waitUntil(page.entry.confirm.isEnabled)
    assert page.entry.found.text().startswith("2027年 全国")


def test_a_local_notice_names_its_place(page: HolidaysPage, qtbot: QtBot, december: Session) -> None:
    dispatch(december, "2026-0010", "市教育局", date(2026, 12, 21), date(2026, 12, 21))
    paste(page, LOCAL)
    qtbot.keyClick(page.entry.where, Key.Key_Down)
    assert page.entry.region.hasFocus()
    assert "请写明是哪个地方的通知" in page.entry.findings.toPlainText()
    type_in(page.entry.region, "西藏自治区")
    qtbot.waitUntil(page.entry.confirm.isEnabled)
    type_in(page.entry.source, "藏政办发〔2026〕1号")
    assert not page.entry.confirm.isEnabled(), "what was typed since is not read yet"
    qtbot.waitUntil(page.entry.confirm.isEnabled)
    assert lines(page) == ["2026-0010"]
    click(qtbot, page.entry.confirm)
    qtbot.waitUntil(lambda: any("西藏自治区" in page.notices.item(at).text() for at in range(3)))
    assert due(december, "2026-0010") == date(2026, 12, 29)
    assert december.calendar().day(date(2026, 12, 24)).source == "藏政办发〔2026〕1号"
    assert page.entry.region.text() == "西藏自治区", "the place stays for the next notice"


def test_a_notice_chosen_shows_what_taking_it_back_would_do(
    page: HolidaysPage, qtbot: QtBot, december: Session
) -> None:
    entered(page, qtbot)
    assert not page.undo.isEnabled()
    page.notices.setFocus()
    qtbot.mouseClick(
        page.notices.viewport(),
        Qt.MouseButton.LeftButton,
        pos=page.notices.visualItemRect(page.notices.item(0)).center(),
    )
    qtbot.waitUntil(lambda: heading(page).startswith("撤销后，1 件的期限改变"))
    assert page.effect.words.isVisible(), "without it the year is provisional again"
    qtbot.keyClick(page.notices, Key.Key_Down)
    qtbot.waitUntil(lambda: page.effect.shown_year == 2026)
    assert not page.undo.isEnabled(), "what is built in cannot be taken back"
    assert heading(page) == ""
    qtbot.keyClick(page.notices, Key.Key_Up)
    qtbot.waitUntil(lambda: page.effect.shown_year == 2027 and page.undo.isEnabled())
    click(qtbot, page.undo)
    qtbot.waitUntil(lambda: page.notices.item(0).text().startswith("2026年"))
    assert due(december) == date(2026, 12, 31)
    assert verification.verify(december).problems == ()


def test_a_refused_withdrawal_says_why(page: HolidaysPage, qtbot: QtBot, frame: object) -> None:
    entered(page, qtbot)
    paste(page, "国务院办公厅关于调整2027年劳动节假期安排的通知\n2027年5月1日至4日放假调休，共4天。")
    qtbot.waitUntil(page.entry.confirm.isEnabled)
    click(qtbot, page.entry.confirm)
    qtbot.waitUntil(lambda: page.notices.item(1).text().startswith("2027年 全国 · 王敏"))
    page.notices.setCurrentRow(0)
    qtbot.waitUntil(lambda: any(one.kind == "refused" for one in frame.messages))  # type: ignore[attr-defined]
    refused = next(one for one in frame.messages if one.kind == "refused")  # type: ignore[attr-defined]
    assert "后来有过调整，不能先撤销它" in refused.text


def test_the_year_turns_and_a_month_is_told_in_words(page: HolidaysPage, qtbot: QtBot) -> None:
    paste(page, TEXT)
    qtbot.waitUntil(page.entry.confirm.isEnabled)
    february = page.effect.year.months[1]
    assert february.accessibleName() == "2027年2月，休 9 天，班 1 天，改变 5 天"
    qtbot.mouseClick(february, Qt.MouseButton.LeftButton)
    assert page.effect.month.text() == "2月：5日至13日 春节放假；14日（周日）上班"
    february.setFocus()
    qtbot.keyClick(february, Key.Key_PageUp)
    assert page.effect.shown_year == 2026
    assert "2027年1月30日班" in heading(page)
    click(qtbot, page.effect.forward)
    click(qtbot, page.effect.forward)
    assert page.effect.shown_year == 2028
    assert page.effect.words.isVisible()
    qtbot.keyClick(february, Key.Key_Home)
    assert page.effect.shown_year == 2026


def test_a_day_speaks_in_its_tooltip(page: HolidaysPage, qtbot: QtBot) -> None:
    paste(page, TEXT)
    qtbot.waitUntil(page.entry.confirm.isEnabled)
    february = page.effect.year.months[1]
    assert february.day_at(february.square_of(date(2027, 2, 9)).center()) == date(2027, 2, 9)
    assert february.day_at(QPointF(1, 1)) is None


@pytest.mark.parametrize("kind", ["text", "json"])
def test_a_file_is_opened(
    page: HolidaysPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    file = tmp_path / f"2027.{kind}"
    if kind == "json":
        days = [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]
        file.write_text(json.dumps({"year": 2027, "days": days}), encoding="utf-8")
    else:
        file.write_bytes(TEXT.encode("gb18030"))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    click(qtbot, page.entry.open)
    qtbot.waitUntil(page.entry.confirm.isEnabled)
    assert page.entry.found.text().startswith("2027年 全国")
    click(qtbot, page.entry.clear_all)
    assert page.entry.text.toPlainText() == "" and not page.entry.confirm.isEnabled()


def test_a_file_is_dropped_and_one_that_is_no_text_says_so(
    page: HolidaysPage, qtbot: QtBot, tmp_path: Path, frame: object
) -> None:
    good, bad = tmp_path / "2027.txt", tmp_path / "2027.docx"
    good.write_text(TEXT, encoding="utf-8")
    bad.write_bytes(b"PK\x03\x04" + b"\0" * 40)
    for file in (bad, good):
        brought = QMimeData()
        brought.setUrls([QUrl.fromLocalFile(str(file))])
        actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        page.dropEvent(QDropEvent(QPointF(9, 9), actions, brought, buttons, Qt.KeyboardModifier.NoModifier))
        if file is bad:
            qtbot.waitUntil(lambda: bool(frame.messages))  # type: ignore[attr-defined]
    assert "复制全文粘贴进来" in frame.messages[0].text  # type: ignore[attr-defined]
    qtbot.waitUntil(page.entry.confirm.isEnabled)


def test_who_may_not_enter_may_look(qtbot: QtBot, december: Session, context: PageContext) -> None:
    december.user = User("赵科长", frozenset((Role.VIEWER,)))
    made = HolidaysPage(replace(context, session=december))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.notices.count() > 20)
    assert not made.entry.isEnabled()
    made.notices.setCurrentRow(0)
    assert not made.undo.isEnabled()


def test_a_year_is_asked_for_from_elsewhere(page: HolidaysPage) -> None:
    page.show_year(2028)
    assert page.effect.shown_year == 2028
    assert page.effect.words.text().startswith("2028 年放假安排尚未录入")
    page.focus_first()
    assert page.entry.text.hasFocus()


def test_a_case_that_moves_is_opened_with_its_neighbours(
    page: HolidaysPage, qtbot: QtBot, frame: object
) -> None:
    paste(page, TEXT)
    qtbot.waitUntil(lambda: lines(page) == ["2026-0009"])
    moves = page.effect.moves
    moves.setCurrentIndex(moves.cases.index(0, 0, moves.cases.index(0, 0)))
    qtbot.keyClick(moves, Key.Key_Return)
    assert frame.opened == [("2026-0009", ["2026-0009"])]  # type: ignore[attr-defined]


def test_other_pages_count_by_what_was_entered(
    page: HolidaysPage, qtbot: QtBot, december: Session, context: PageContext
) -> None:
    register = RegisterPage(context)
    qtbot.addWidget(register)
    register.show()
    qtbot.waitUntil(lambda: register.model.rowCount() == 20)
    entered(page, qtbot)

    def shown() -> date | None:
        rows = [register.model.case(at) for at in range(20)]
        return next(one.row.due for one in rows if one is not None and one.number == "2026-0009")

    qtbot.waitUntil(lambda: shown() == date(2026, 12, 30))
    act(december, "2026-0009", "remind", {"to": "赵局", "channel": "电话"}, date(2026, 12, 29))
    assert verification.verify(december).problems == ()


@pytest.fixture(autouse=True)
def clipboard(qapp: QApplication) -> Callable[[], str]:
    """What the tests copy is gone afterwards."""
    QApplication.clipboard().clear()
    return QApplication.clipboard().text
