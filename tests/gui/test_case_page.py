"""办件详情 driven by clicks and keys on a real small office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.gui.case_page import CasePage
from desktop_app.gui.choice_editors import RowEditor
from desktop_app.gui.page import PageContext
from desktop_app.services.cases import act
from desktop_app.services.session import Session
from tests.gui.case_desk import (
    CTRL,
    NEW,
    OVERDUE,
    RUNNING,
    fill,
    form_of,
    press,
    shown,
    view,
)


def test_nothing_is_shown_before_a_case_is_opened(case_page: CasePage) -> None:
    assert case_page._empty.isVisible()
    assert "留言台账" in case_page._empty.text()


def test_the_heading_tells_number_state_and_deadline(opened: Callable[[str], CasePage]) -> None:
    page = opened(OVERDUE)
    assert page.heading.deadline.text().startswith("■ 逾期 ")
    assert "当日止" in page.heading.deadline.text()
    assert page.heading.deadline.property("tone") == "overdue"
    assert page.heading._status.text() == "办理中"


def test_why_unfolds_every_day_of_the_count(opened: Callable[[str], CasePage], qtbot: QtBot) -> None:
    page = opened("2026-0005")
    assert not page.heading.count.isVisible()
    qtbot.mouseClick(page.heading.why_button, Qt.MouseButton.LeftButton)
    assert page.heading.count.isVisible()
    table = page.heading.count.table
    assert table.rowCount() == len(view(page).days) > 0
    assert table.item(table.rowCount() - 1, 1).text() == "第 5 日"


def test_identity_is_masked_until_a_reason_is_given(opened: Callable[[str], CasePage], qtbot: QtBot) -> None:
    page = opened(NEW)
    assert view(page).message.citizen.contact == "138****0008"
    qtbot.mouseClick(page.details.reveal_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.details.bar.confirm_button, Qt.MouseButton.LeftButton)
    assert "理由" in page.details.bar._fault.text()
    page.details.bar.reason.setText("与留言人联系核实")
    qtbot.keyClick(page.details.bar.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view(page).revealed)
    assert view(page).message.citizen.contact == "13800000008"
    assert [event.action for event in view(page).events][-1] == "reveal"
    assert not page.details.reveal_button.isVisible()


def test_another_case_is_masked_again(opened: Callable[[str], CasePage], qtbot: QtBot) -> None:
    page = opened(NEW)
    page.details.reveal.emit("核对")
    qtbot.waitUntil(lambda: view(page).revealed)
    opened(RUNNING)
    opened(NEW)
    assert not view(page).revealed


def test_the_primary_step_stands_first_and_has_the_focus(opened: Callable[[str], CasePage]) -> None:
    page = opened(NEW)
    assert next(iter(page.steps.buttons)) == "accept"
    assert page.steps.buttons["accept"].property("role") == "primary"
    assert QApplication.focusWidget() is page.steps.buttons["accept"]


def test_what_cannot_be_done_stands_below_with_reason_and_clause(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened(NEW)
    assert "交办（第十条）：须在“待交办”时办理" in page.steps.near.text()
    assert "归档（" not in page.steps.near.text()
    qtbot.mouseClick(page.steps.more_button, Qt.MouseButton.LeftButton)
    assert page.steps.far.isVisible()
    assert "归档（第十六条）：须在“待归档”时办理" in page.steps.far.text()


def test_alt_arrows_go_along_the_list_and_stop_at_its_ends(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened("2026-0002")
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(page, Qt.Key.Key_Up, alt)
    qtbot.waitUntil(lambda: shown(page) == "2026-0001")
    assert not page.heading.before_button.isEnabled()
    qtbot.keyClick(page, Qt.Key.Key_Up, alt)
    assert page.number == "2026-0001"
    qtbot.keyClick(page, Qt.Key.Key_Down, alt)
    qtbot.waitUntil(lambda: shown(page) == "2026-0002")


def test_an_advisory_item_is_set_aside_from_its_line(opened: Callable[[str], CasePage], qtbot: QtBot) -> None:
    page = opened(RUNNING)
    kind = "承办单位信息不全"
    qtbot.mouseClick(page.items.waive_buttons[kind], Qt.MouseButton.LeftButton)
    panel = form_of(page)
    assert panel.values()["item"] == kind
    fill(panel, "reason", "正在收集")
    qtbot.keyClick(panel, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: kind not in [item.kind for item in view(page).open_items])
    assert page.form is None


def test_papers_of_the_state_can_be_made_and_are_listed(
    opened: Callable[[str], CasePage], context: PageContext, tmp_path: Path, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    assert ("slip", "open") in page.papers.buttons
    page.desk._make(RUNNING, "slip", tmp_path, opened=False)
    qtbot.waitUntil(lambda: bool(view(page).papers))
    (file,) = tmp_path.glob("*.docx")
    assert file.name.startswith(RUNNING)


def test_a_file_is_kept_with_the_case(
    opened: Callable[[str], CasePage], tmp_path: Path, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    scan = tmp_path / "签章答复.pdf"
    scan.write_bytes(b"%PDF-1.4")
    page.desk.keep(RUNNING, scan, "signed-reply")
    qtbot.waitUntil(lambda: bool(view(page).attachments))
    page.desk._context.settings.put("papers/folder", str(tmp_path / "copies"))
    page.desk._copied = lambda file, opened: copied.append(file)  # type: ignore[method-assign]
    copied: list[Path] = []
    page.papers.attachment_wanted.emit(view(page).attachments[0].id, "open")
    qtbot.waitUntil(lambda: bool(copied))
    assert copied[0].read_bytes() == b"%PDF-1.4"


@pytest.mark.parametrize("name", ["答复.exe", "答复.docm", "答复.pdf.lnk", "答复"])
def test_a_file_that_may_be_a_program_is_not_opened(
    opened: Callable[[str], CasePage], context: PageContext, tmp_path: Path, qtbot: QtBot, name: str
) -> None:
    page = opened(RUNNING)
    given = tmp_path / name
    given.write_bytes(b"MZ")
    page.desk.keep(RUNNING, given, "other")
    qtbot.waitUntil(lambda: bool(view(page).attachments))
    told: list[str] = []
    page.desk._tell = lambda words, kind="done": told.append(words)  # type: ignore[method-assign]
    context.settings.put("papers/folder", str(tmp_path / "copies"))
    page.papers.attachment_wanted.emit(view(page).attachments[0].id, "open")
    assert "不打开" in told[0] and not (tmp_path / "copies").exists()


def test_who_may_only_look_gets_no_buttons(
    viewer_session: Session, opened: Callable[[str], CasePage]
) -> None:
    page = opened(RUNNING)
    assert page.steps.buttons == {}
    assert not page.details.reveal_button.isVisible()
    assert "只能查看" in page.steps._empty.text()


def test_a_case_changed_elsewhere_is_shown_anew_and_the_open_form_stays(
    opened: Callable[[str], CasePage], session: Session, qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = press(page, "contact", qtbot)
    fill(panel, "result", "正在写")
    act(session, RUNNING, "remind", {"to": "市教育局"})
    page.refresh()
    qtbot.waitUntil(lambda: bool(view(page).case.pressure))
    assert page.form is panel and panel.values()["result"] == "正在写"


def test_every_button_and_field_has_a_name_for_readers(
    opened: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = opened(RUNNING)
    panel = press(page, "reply", qtbot)
    for field in panel.form.fields:
        editor = panel.editor(field.name)
        target = editor if isinstance(editor, RowEditor) else editor.focusProxy()
        assert isinstance(target, QWidget)
        assert target.accessibleName().startswith(field.title)
    assert panel.editor("text").focusProxy().accessibleName().endswith("必填")  # type: ignore[union-attr]


def test_the_slip_without_identity_is_proposed_where_the_unit_is_complained_of(
    opened: Callable[[str], CasePage], session: Session
) -> None:
    act(session, "2026-0007", "complained-of", {"kind": "投诉", "unit": "市住建局"}, date(2026, 10, 12))
    page = opened("2026-0007")
    first = next(form for form, way in page.papers.buttons if way == "print")
    assert first == "slip-anonymous"
    words = [one.text() for one in page.papers.findChildren(QLabel)]
    assert any("建议" in text and "隐去" in text for text in words)
    other = opened(RUNNING)
    assert next(form for form, way in other.papers.buttons if way == "print") == "slip"
