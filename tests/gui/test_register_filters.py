"""The states above the register, whatever their counts."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionButton
from pytestqt.qtbot import QtBot

from desktop_app.gui.register_filters import RegisterFilters
from desktop_app.gui.theme import SIZES, apply_theme
from desktop_app.services.case_list import ListFacts
from desktop_app.services.queries import Counts
from tests.gui.conftest import TODAY

STATES = ("待初审", "待交办", "待签收", "办理中", "待审核", "已归档")


@pytest.mark.parametrize("size", SIZES)
def test_a_million_is_not_cut_off_when_it_is_chosen(qtbot: QtBot, qapp: QApplication, size: str) -> None:
    apply_theme(qapp, size)
    filters = RegisterFilters(TODAY)
    qtbot.addWidget(filters)
    filters.resize(1366, 120)
    counts = Counts({"已归档": 995_800, "办理中": 4_200}, 1_304)
    filters.show_facts(ListFacts(counts, STATES, (), ()))
    filters.show()
    places = {}
    for name in ("已归档", "全部"):
        button = filters.state_button(name)
        button.click()
        option = QStyleOptionButton()
        button.initStyleOption(option)
        inside = button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button)
        bold = QFont(button.font())
        bold.setBold(True)
        assert QFontMetrics(bold).horizontalAdvance(button.text()) <= inside.width()
        places[name] = [filters.state_button(one).x() for one in STATES]
    assert places["已归档"] == places["全部"]
    apply_theme(qapp)
