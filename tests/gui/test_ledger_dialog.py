"""导出台账 by mouse and keys: which ledger, of which days, with which columns, and who may take it uncovered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.documents.case_ledger import office_ledgers
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.users import Role
from desktop_app.gui import ledger_state as state
from desktop_app.gui.frame_jobs import export_ledger
from desktop_app.gui.ledger_dialog import LedgerDialog
from desktop_app.gui.ledger_state import LedgerOrder
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.services.session import Session

FILTERED = CaseQuery(status="办理中")
Ask = Callable[[], LedgerDialog]


@pytest.fixture
def orders() -> list[LedgerOrder]:
    return []


@pytest.fixture
def ask(session: Session, tmp_path: Path, qtbot: QtBot, orders: list[LedgerOrder]) -> Iterator[Ask]:
    """Opens the dialog; a second time with what was set the first."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()

    def opened() -> LedgerDialog:
        settings = WindowSettings(tmp_path, session.user.name)
        dialog = LedgerDialog(parent, session, office_ledgers(session), FILTERED, settings, orders.append)
        dialog.open()
        return dialog

    yield opened


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    target = tmp_path / "台账"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    return target.with_suffix(".xlsx")


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_enter_takes_the_register_as_it_is_filtered(
    ask: Ask, saved: Path, qtbot: QtBot, orders: list[LedgerOrder], session: Session
) -> None:
    dialog = ask()
    assert "登记台账" in dialog.ledger.currentText() and dialog.dated.text() == "按收件日期"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    (order,) = orders
    assert (order.query, order.ledger, order.within, order.reason) == (FILTERED, "register", None, "")
    assert order.target == saved
    assert export_ledger(order, session, lambda *_: True) == 6
    assert saved.exists()


def test_another_ledger_of_all_cases_of_a_month_with_fewer_columns(
    ask: Ask, saved: Path, qtbot: QtBot, orders: list[LedgerOrder], session: Session
) -> None:
    dialog = ask()
    dialog.ledger.setCurrentIndex(dialog.ledger.findData("assignment"))
    click(qtbot, dialog.every)
    dialog.period.setFocus()
    qtbot.keyClick(dialog.period, Qt.Key.Key_Down)
    assert dialog.period.currentText() == "本月（10月）"
    dialog.columns.setFocus()
    qtbot.keyClick(dialog.columns, Qt.Key.Key_Space)
    assert "number" not in dialog.chosen
    click(qtbot, dialog.make)
    (order,) = orders
    assert (order.query, order.ledger) == (CaseQuery(), "assignment")
    assert order.within == (date(2026, 10, 1), date(2026, 10, 31))
    assert "number" not in order.columns and "title" in order.columns
    again = ask()
    again.ledger.setCurrentIndex(again.ledger.findData("assignment"))
    assert again.chosen == order.columns
    click(qtbot, again.all_columns)
    assert "number" in again.chosen


def test_without_a_column_nothing_is_written(
    ask: Ask, saved: Path, qtbot: QtBot, orders: list[LedgerOrder]
) -> None:
    dialog = ask()
    for place in range(dialog.columns.count()):
        dialog.columns.item(place).setCheckState(Qt.CheckState.Unchecked)
    click(qtbot, dialog.make)
    assert not orders and dialog.fault.isVisible() and dialog.fault.text() == "至少要选一栏。"


def test_uncovered_it_wants_a_reason(ask: Ask, saved: Path, qtbot: QtBot, orders: list[LedgerOrder]) -> None:
    dialog = ask()
    assert not dialog.reason.isVisible()
    click(qtbot, dialog.uncovered)
    assert dialog.reason.isVisible()
    click(qtbot, dialog.make)
    assert not orders and "理由" in dialog.fault.text()
    dialog.reason.setText("送档案室核对")
    click(qtbot, dialog.make)
    assert orders[0].reason == "送档案室核对"


def test_who_may_not_cannot_ask_for_it_uncovered(ask: Ask, session: Session) -> None:
    session.user = replace(session.user, roles=frozenset((Role.OPERATOR,)))
    dialog = ask()
    assert not dialog.uncovered.isEnabled() and "审核" in dialog.uncovered.toolTip()


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2026, 1, 31), ["本月（1月）", "上月（2025年12月）"]),
        (date(2028, 3, 1), ["本月（3月）", "上月（2028年2月）"]),
    ],
)
def test_periods_follow_the_day(today: date, months: list[str]) -> None:
    found = state.spans(today)
    assert [span.name for span in found[1:3]] == months
    for span in found[1:]:
        assert span.within is not None and span.within[0].day == 1
        assert (span.within[1].replace(day=1).toordinal() - span.within[0].toordinal()) < 366


def test_the_last_day_of_february_belongs_to_it() -> None:
    assert state.spans(date(2028, 3, 9))[2].within == (date(2028, 2, 1), date(2028, 2, 29))
