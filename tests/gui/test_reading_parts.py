"""Small widgets of the case page: reading text, unit line, flow of buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.gui.flow_layout import FlowLayout
from desktop_app.gui.reading_text import ReadingText
from desktop_app.gui.unit_edit import UnitEdit

UNITS = UnitRegister(
    (
        Unit("通辽市住房和城乡建设局", ("市住建局",)),
        Unit("通辽市公安局", ("市公安局",)),
        Unit("科尔沁区教育局"),
    )
)


def lines_of(text: ReadingText) -> list[int]:
    """Letters on each line of the first paragraph."""
    layout = text.document().firstBlock().layout()
    return [layout.lineAt(place).textLength() for place in range(layout.lineCount())]


def test_text_runs_forty_letters_a_line(qtbot: QtBot) -> None:
    text = ReadingText("留言")
    qtbot.addWidget(text)
    text.show_text("国" * 100)
    assert lines_of(text) == [40, 40, 20]


def test_lines_are_one_and_six_tenths_high(qtbot: QtBot) -> None:
    text = ReadingText("留言")
    qtbot.addWidget(text)
    text.show_text("一\n二")
    form = text.document().lastBlock().blockFormat()
    assert form.lineHeight() == 160
    assert form.lineHeightType() == QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


def test_the_text_is_shown_as_written_and_as_tall_as_it_is(qtbot: QtBot) -> None:
    text = ReadingText("留言")
    qtbot.addWidget(text)
    text.show_text("<b>不是标签</b>\n\n第三行")
    assert text.toPlainText() == "<b>不是标签</b>\n\n第三行"
    short = text.height()
    text.show_text("字" * 20_000)
    assert text.height() > short * 50


def test_fewer_letters_where_there_is_less_room(qtbot: QtBot) -> None:
    text = ReadingText("留言")
    qtbot.addWidget(text)
    text.show_text("国" * 50)
    text.set_letters(25)
    assert lines_of(text) == [25, 25]


def test_a_unit_is_offered_by_short_name_and_by_pinyin(qtbot: QtBot) -> None:
    line = UnitEdit(UNITS)
    qtbot.addWidget(line)
    line.show()
    for typed, found in (
        ("住建", "通辽市住房和城乡建设局"),
        ("gaj", "通辽市公安局"),
        ("keerqin", "科尔沁区教育局"),
    ):
        line.clear()
        line.setText(typed)
        line.textEdited.emit(typed)
        assert line.offered()[0] == found


def test_several_units_stand_apart(qtbot: QtBot) -> None:
    line = UnitEdit(UNITS, several=True)
    qtbot.addWidget(line)
    line.show()
    qtbot.keyClicks(line, "gaj")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    line.setText(line.text() + "、")
    qtbot.keyClicks(line, "jyj")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "通辽市公安局、科尔沁区教育局"


def test_a_short_name_becomes_the_full_one_when_the_field_is_left(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    line, other = UnitEdit(UNITS, parent=holder), QPushButton("其他", holder)
    holder.show()
    holder.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    line.setText("市住建局")
    other.setFocus()
    qtbot.waitUntil(lambda: line.text() == "通辽市住房和城乡建设局")


def test_buttons_flow_into_lines_as_wide_as_there_is_room(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, gap=8)
    buttons = [QPushButton(f"步骤{place}") for place in range(6)]
    for button in buttons:
        button.setFixedSize(100, 30)
        flow.addWidget(button)
    assert flow.heightForWidth(6 * 100 + 5 * 8) == 30
    assert flow.heightForWidth(6 * 100 + 5 * 8 - 1) == 68
    assert flow.heightForWidth(100) == 6 * 30 + 5 * 8
