"""What past cases speak for, in the forms: shown with its reason, taken by one key, never by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.gui.background_learning import BackgroundLearning
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.operations import Operations
from desktop_app.services import suggestions
from desktop_app.services.cases import act
from desktop_app.services.session import Session
from tests.gui.case_desk import NEW, press
from tests.gui.conftest import TODAY, Frame


@pytest.fixture
def learned(session: Session, opened: Callable[[str], CasePage]) -> Callable[[str], CasePage]:
    for number in ("2026-0018", "2026-0019", "2026-0020"):
        act(session, number, "accept", {"category": "咨询", "urgency": "一般"}, TODAY)
    suggestions.refresh(session)
    return opened


def test_a_category_is_proposed_and_taken_by_one_key(
    learned: Callable[[str], CasePage], qtbot: QtBot
) -> None:
    page = learned(NEW)
    panel = press(page, "accept", qtbot)
    advice = panel.advice("category")
    assert panel.values()["category"] == ""
    assert advice is not None
    assert advice.isVisible()
    qtbot.keyClick(panel, Qt.Key.Key_F4)
    assert panel.values()["category"] == advice.advice.value
    assert not advice.isVisible()


def test_a_unit_is_proposed_with_its_reason_and_by_click(
    session: Session, learned: Callable[[str], CasePage], qtbot: QtBot, frame: Frame
) -> None:
    act(session, NEW, "accept", {"category": "投诉", "urgency": "一般"}, TODAY)
    page = learned(NEW)
    panel = press(page, "dispatch", qtbot)
    advice = panel.advice("lead")
    assert advice is not None
    assert panel.values()["lead"] == ""
    assert advice.advice.why
    for number, link in advice.links.items():
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
        assert frame.opened[-1][0] == number
    qtbot.mouseClick(advice.take_button, Qt.MouseButton.LeftButton)
    assert panel.values()["lead"] == advice.advice.value


def test_learning_goes_on_behind_the_work(session: Session, operations: Operations, qtbot: QtBot) -> None:
    behind = BackgroundLearning(operations, True, operations)
    assert suggestions.is_due(session)
    behind.look()
    qtbot.waitUntil(lambda: not suggestions.is_due(session), timeout=60_000)
    assert not operations.busy
    qtbot.waitUntil(lambda: not behind._learning)
