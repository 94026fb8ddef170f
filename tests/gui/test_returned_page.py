"""A filled slip comes back through the window: shown beside what was understood, corrected, recorded, kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from desktop_app.documents.docx_text import Cells
from desktop_app.documents.pdf_pages import PageImage
from desktop_app.documents.returned_papers import read_returned
from desktop_app.gui import returned_job
from desktop_app.gui import returned_state as state
from desktop_app.gui.page import PageContext
from desktop_app.gui.returned_page import ReturnedPage
from desktop_app.services import case_view, drafts
from desktop_app.services.session import Session
from tests.documents.returned_samples import ANSWER, filled, save
from tests.gui.case_desk import CTRL
from tests.gui.conftest import Frame

NUMBER = "2026-0006"
"""In hand with 市教育局 since 12 October."""


def slip_of(session: Session, number: str = NUMBER) -> bytes:
    from desktop_app.documents.case_papers import make_paper

    return make_paper(session, number, "slip").data


@pytest.fixture
def no_suite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returned_job, "can_draw", lambda: False)


@pytest.fixture
def page(qtbot: QtBot, context: PageContext, no_suite: None) -> ReturnedPage:
    made = ReturnedPage(context)
    qtbot.addWidget(made)
    made.resize(1366, 620)
    made.show()
    return made


@pytest.fixture
def answered(session: Session, tmp_path: Path) -> Path:
    return save(filled(slip_of(session)), tmp_path, "回复.docx")


def opened(page: ReturnedPage, qtbot: QtBot, file: Path) -> None:
    page.open_file(file)
    qtbot.waitUntil(lambda: page.file is not None and page.file.path == file)


def value(page: ReturnedPage, name: str) -> str:
    assert page.panel is not None
    return page.panel.editor(name).value()


def submit(page: ReturnedPage, qtbot: QtBot) -> None:
    assert page.panel is not None
    qtbot.keyClick(page.panel, Qt.Key.Key_Return, CTRL)


def test_the_paper_stands_beside_what_was_understood(
    page: ReturnedPage, qtbot: QtBot, answered: Path, session: Session
) -> None:
    opened(page, qtbot, answered)
    assert page.heading.text().startswith(f"{NUMBER}　关于6号小区")
    assert "审签 2026-10-09" in page.paper.text()
    assert not page.doubts.isVisible()
    assert ANSWER["经办人"] in page.text.toPlainText()
    told = {name: value(page, name) for name in ("text", "handling", "suggested_public", "signer", "handler")}
    assert told == {
        "text": ANSWER["回复意见"],
        "handling": ANSWER["办理情况"],
        "suggested_public": "yes",
        "signer": "张平",
        "handler": "李伟",
    }
    assert value(page, "stamped") == ""
    assert case_view.view_case(session, NUMBER).case.status == "办理中"


def test_what_the_paper_leaves_open_is_told_and_not_made_up(
    page: ReturnedPage, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    file = save(filled(slip_of(session), {**ANSWER, "经办人": "", "是否宜公开": "□是　□否"}), tmp_path)
    opened(page, qtbot, file)
    assert page.doubts.text().split("\n") == ["▲ “是否宜公开”没有勾选。", "▲ “经办人”是空的。"]
    assert (value(page, "handler"), value(page, "suggested_public")) == ("", "")


def test_confirmed_it_is_the_reply_and_the_file_is_kept(
    page: ReturnedPage, qtbot: QtBot, answered: Path, session: Session, frame: Frame
) -> None:
    opened(page, qtbot, answered)
    assert page.panel is not None
    page.panel.editor("stamped").set_value("yes")
    page.panel.editor("handler").set_value("赵刚")
    submit(page, qtbot)
    qtbot.waitUntil(lambda: page.file is None)
    view = case_view.view_case(session, NUMBER)
    reply = view.case.reply_in
    assert reply is not None and (reply.text, reply.handler) == (ANSWER["回复意见"], "赵刚")
    assert [(one.name, one.kind) for one in view.attachments] == [("回复.docx", "signed-reply")]
    assert frame.messages[-1].text == f"{NUMBER} 已登记答复，现为“待审核”；文件已存为附件（签章答复）。"
    assert page.steps.currentIndex() == 0 and page.choose.hasFocus()
    assert drafts.drafts_of(session, NUMBER, ["reply"]) == {}


def test_what_was_recorded_can_be_taken_back(
    page: ReturnedPage, qtbot: QtBot, answered: Path, session: Session, frame: Frame
) -> None:
    opened(page, qtbot, answered)
    assert page.panel is not None
    page.panel.editor("stamped").set_value("no")
    submit(page, qtbot)
    qtbot.waitUntil(lambda: page.file is None)
    undo = frame.messages[-1].undo
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: case_view.view_case(session, NUMBER).case.status == "办理中")


def test_what_is_still_missing_is_told_beside_its_field(
    page: ReturnedPage, qtbot: QtBot, answered: Path, session: Session
) -> None:
    opened(page, qtbot, answered)
    submit(page, qtbot)
    assert page.panel is not None and "已盖章" in page.panel.fault("stamped")
    assert case_view.view_case(session, NUMBER).attachments == ()


def test_a_refusal_leaves_the_form_and_records_nothing(
    page: ReturnedPage, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    file = save(filled(slip_of(session, "2026-0001")), tmp_path)
    opened(page, qtbot, file)
    panel = page.panel
    assert panel is not None
    panel.editor("stamped").set_value("no")
    panel.editor("on").set_value("2026-09-01")
    submit(page, qtbot)
    qtbot.waitUntil(panel.do_button.isEnabled)
    assert page.panel is panel and panel.fault("on")
    assert case_view.view_case(session, "2026-0001").attachments == ()


def test_a_case_that_cannot_be_answered_says_so_at_once(
    page: ReturnedPage, qtbot: QtBot, answered: Path, session: Session
) -> None:
    opened(page, qtbot, answered)
    assert page.panel is not None
    page.panel.editor("stamped").set_value("no")
    submit(page, qtbot)
    qtbot.waitUntil(lambda: page.file is None)
    opened(page, qtbot, answered)
    assert "已经在 2026-0006 的附件里" in page.doubts.text()
    assert "待审核" in page.doubts.text()


def test_leaving_keeps_what_was_typed_as_a_draft(
    page: ReturnedPage, qtbot: QtBot, answered: Path, session: Session
) -> None:
    opened(page, qtbot, answered)
    assert page.panel is not None
    page.panel.editor("handler").set_value("赵刚")
    qtbot.keyClick(page.panel, Qt.Key.Key_Escape)
    assert page.steps.currentIndex() == 0
    qtbot.waitUntil(
        lambda: drafts.drafts_of(session, NUMBER, ["reply"]).get("reply", {}).get("handler") == "赵刚"
    )


@pytest.mark.parametrize("content", [b"", b"no docx"])
def test_what_is_no_slip_says_why(page: ReturnedPage, qtbot: QtBot, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "别的.docx"
    file.write_bytes(content)
    page.open_file(file)
    qtbot.waitUntil(page.unreadable.isVisible)
    assert page.unreadable.text().startswith("✕ 别的.docx：不是可读的 docx 文件")
    assert page.choose.hasFocus()


def test_another_offices_slip_says_so(
    page: ReturnedPage, qtbot: QtBot, answered: Path, session: Session
) -> None:
    with session.change() as work:
        work.settings.put("office.code", "100000")
    page.open_file(answered)
    qtbot.waitUntil(page.unreadable.isVisible)
    assert "不是本单位文书上的识别码" in page.unreadable.text()


def test_a_file_is_dropped(page: ReturnedPage, qtbot: QtBot, answered: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(answered))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys))
    qtbot.waitUntil(lambda: page.file is not None)


def test_its_pages_come_beside_the_text_once_they_are_drawn(
    page: ReturnedPage, qtbot: QtBot, answered: Path
) -> None:
    opened(page, qtbot, answered)
    assert page.file is not None
    white = PageImage(60, 90, b"\xff" * (60 * 90 * 3))
    page.show_pages(page.file, [white, white])
    assert [page.views.tabText(at) for at in range(page.views.count())] == ["文字", "版面"]
    assert page.views.currentWidget() is page.turner
    qtbot.waitUntil(lambda: page.turner.place.text() == "第 2 页，共 2 页")
    qtbot.mouseClick(page.turner.back, Qt.MouseButton.LeftButton)
    assert page.turner.place.text() == "第 1 页，共 2 页"
    earlier = page.file
    opened(page, qtbot, answered.rename(answered.with_name("另一份.docx")))
    assert page.views.count() == 1
    page.show_pages(earlier, [white])
    assert page.views.count() == 1


def test_the_case_is_opened_from_here(page: ReturnedPage, qtbot: QtBot, answered: Path, frame: Frame) -> None:
    opened(page, qtbot, answered)
    qtbot.mouseClick(page.open_case, Qt.MouseButton.LeftButton)
    assert frame.opened[-1][0] == NUMBER


def test_text_is_shown_as_text(session: Session, tmp_path: Path) -> None:
    answer = {**ANSWER, "回复意见": "<b>不是</b>粗体 & <img src=x>"}
    read = read_returned(save(filled(slip_of(session), answer), tmp_path))
    html = state.as_html(read.blocks, {"text": read.paper.text})
    assert "&lt;b&gt;不是&lt;/b&gt;粗体 &amp; &lt;img" in html
    assert html.count('class="taken"') == 1 and f'<a name="{state.ANSWER}">' in html
    assert state.as_html(("一段", Cells((("甲",), ("乙", "丙")))), {}).count("colspan") == 1


def test_the_day_is_proposed_as_anywhere(page: ReturnedPage, qtbot: QtBot, answered: Path) -> None:
    opened(page, qtbot, answered)
    assert value(page, "on") == date(2026, 10, 13).isoformat()
