"""No page, list, tool tip, title or line for the reader of a screen names the citizen before somebody reveals them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.domain.messages import Registration
from desktop_app.gui.case_page import CasePage
from desktop_app.gui.main_window import MainWindow
from desktop_app.gui.operations import Operations
from desktop_app.gui.window_settings import WindowSettings
from desktop_app.gui.workspace import PLACES
from desktop_app.services import attachments, drafts
from desktop_app.services.cases import act
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from tests.gui.case_desk import shown
from tests.sentinels import MESSAGE, NAME, TYPED, leaks_in, leaks_on, texts_of_widgets, typed_into

_REST_MS = 400
"""Longer than any page waits before it looks something up."""


@pytest.fixture
def number(session: Session, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A case with the citizen's words in every field that took any, overdue, so that all pages speak of it."""
    made = register_one(session, Registration("tongliao-2023", date(2026, 9, 1), "市长板块", MESSAGE)).number
    for action, on, keys in (
        ("accept", "2026-09-08", {"category": "投诉", "topic": "路灯"}),
        ("assess", "2026-09-08", {"demand": "合理", "trend": "yes"}),
        ("dispatch", "2026-09-08", {"lead": "市住房和城乡建设局"}),
        ("receive", "2026-09-08", {"by": "李某", "manner": "签收"}),
        ("complained-of", "2026-09-08", {"kind": "投诉", "unit": "市住房和城乡建设局"}),
        ("contact", "2026-09-08", {"when": "办前", "channel": "电话"}),
        ("return", "2026-09-08", {"signer": "钱副局", "suggested_unit": "市公安局"}),
        ("refuse-return", "2026-09-09", {}),
        ("apply-extension", "2026-09-10", {"days": "2", "applicant": "张平"}),
        ("approve-extension", "2026-09-10", {"level": "承办单位主要负责人", "by": "张平"}),
        ("remind", "2026-09-14", {"to": "张平", "channel": "电话"}),
        ("urge", "2026-09-18", {"to": "市住房和城乡建设局", "channel": "书面"}),
        ("serve", "2026-09-18", {"paper": "urge", "manner": "当面", "received_by": "李某"}),
        ("instruct", "2026-09-19", {"leader": "市长", "principal": "yes"}),
        ("supervise", "2026-09-22", {"to": "市住房和城乡建设局", "ground": "催办无果", "copies": "督查室"}),
        ("mark-major", "2026-09-22", {}),
        ("investigate", "2026-09-22", {"by": "督查室", "units": "市公安局"}),
        ("reply", "2026-09-23", {"signer": "张平", "stamped": "yes", "handler": "李某", "phone": "0475-1111111"}),
    ):  # fmt: skip
        act(session, made, action, typed_into(action, keys), date.fromisoformat(on))
    scan = tmp_path_factory.mktemp("scan") / f"{NAME}的身份证.pdf"
    scan.write_bytes(b"%PDF-1.4")
    attachments.attach(session, made, scan, "scan")
    drafts.keep_draft(session, made, "rework", {"opinion": "请说明"})
    return made


@pytest.fixture
def window(
    qtbot: QtBot, number: str, operations: Operations, settings: WindowSettings
) -> Iterator[MainWindow]:
    made = MainWindow(operations, settings)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show_as_left()
    made.activateWindow()
    yield made
    made.close()


def where_leaked() -> str:
    """The first words that name the citizen on any window of the program, dialog, menu or tip that stands open."""
    texts = [text for widget in QApplication.topLevelWidgets() for text in texts_of_widgets(widget)]
    return "\n".join([text[:300] for text in texts if leaks_in(text)][:8])


@pytest.mark.parametrize("place", [place.id for place in PLACES if place.id != "case"])
def test_no_page_names_the_citizen(window: MainWindow, qtbot: QtBot, place: str) -> None:
    window.workspace.open(place)
    qtbot.wait(_REST_MS)
    assert where_leaked() == ""


def test_the_page_of_the_case_names_nobody_until_it_is_revealed(
    window: MainWindow, qtbot: QtBot, number: str
) -> None:
    window.workspace.open_case(number)
    page = window.workspace.page("case")
    assert isinstance(page, CasePage)
    qtbot.waitUntil(lambda: shown(page) == number)
    qtbot.wait(_REST_MS)
    assert where_leaked() == ""
    page.details.reveal.emit("核对")
    qtbot.waitUntil(lambda: NAME in leaks_on(window))


@pytest.mark.parametrize(
    "step", ["pass-review", "rework", "supervise", "transfer", "change-units", "contact", "correct"]
)
def test_no_form_proposes_what_is_covered(window: MainWindow, qtbot: QtBot, number: str, step: str) -> None:
    window.workspace.open_case(number)
    page = window.workspace.page("case")
    assert isinstance(page, CasePage)
    qtbot.waitUntil(lambda: shown(page) == number)
    if step == "correct":
        assert page.file is not None
        page.forms.open_correction(page.file.view.events[-2].id)
    else:
        page.forms.open_step(step)
    qtbot.wait(_REST_MS)
    assert where_leaked() == ""
    assert page.form is not None
    assert not [name for name, value in page.form.values().items() if "**" in value]


def test_a_search_for_the_citizen_shows_no_more_than_was_typed(
    window: MainWindow, qtbot: QtBot, number: str
) -> None:
    window.workspace.open("register")
    window.search.setText("路灯坏了")
    window.search.returnPressed.emit()
    qtbot.wait(_REST_MS)
    assert where_leaked() == ""
    assert TYPED
