"""The table behind the register: pages come when they are looked at, few are kept, ticks stay with their cases."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.gui import register_model
from desktop_app.gui.operations import Operations
from desktop_app.gui.register_columns import COLUMNS, PLACES
from desktop_app.gui.register_model import ROW_ROLE, SORT_ROLE, RegisterModel
from desktop_app.gui.register_rows import PAGE, PAGES_KEPT
from desktop_app.services import case_list
from desktop_app.services.registration import register_all
from desktop_app.services.session import Session

TODAY = date(2026, 10, 13)
MANY = 20 * PAGE


@pytest.fixture
def model(operations: Operations, qtbot: QtBot) -> RegisterModel:
    return RegisterModel(operations, lambda: TODAY, operations)


@pytest.fixture
def many(session: Session) -> int:
    """Far more cases than the model keeps; how many in all."""
    with session.change() as work:
        register_all(session, work, [_registration(place) for place in range(MANY)])
    return MANY + 20


def _registration(place: int) -> Registration:
    message = Message(
        f"第{place}条留言", f"内容{place}，反映水压不足。", Citizen("王小明"), str(20_000_000 + place)
    )
    return Registration("tongliao-2023", date(2026, 10, 1), "市长板块", message)


def show(qtbot: QtBot, model: RegisterModel, query: CaseQuery) -> None:
    with qtbot.waitSignal(model.opened):
        model.show(query)


def number_of(qtbot: QtBot, model: RegisterModel, row: int) -> str:
    qtbot.waitUntil(lambda: model.case(row) is not None)
    return str(model.index(row, PLACES["number"]).data())


def test_a_list_comes_with_its_length_and_its_first_rows(qtbot: QtBot, model: RegisterModel) -> None:
    assert model.rowCount() == 0
    show(qtbot, model, CaseQuery(descending=True))
    assert (model.rowCount(), model.columnCount(), model.total_exact) == (20, len(COLUMNS), True)
    assert [model.number_at(row) for row in (0, 19)] == ["2026-0020", "2026-0001"]


def test_the_model_keeps_the_promises_of_a_model(
    qtbot: QtBot, qtmodeltester: ModelTester, model: RegisterModel
) -> None:
    show(qtbot, model, CaseQuery())
    qtmodeltester.check(model)


def test_a_cell_answers_by_role(qtbot: QtBot, model: RegisterModel) -> None:
    show(qtbot, model, CaseQuery())
    due = model.index(0, PLACES["due"])
    assert due.data() == "■ 逾期 16 个工作日"
    assert due.data(SORT_ROLE) == "2026-09-15"
    assert due.data(ROW_ROLE).number == "2026-0001"
    assert due.data(Qt.ItemDataRole.AccessibleTextRole) == "期限 ■ 逾期 16 个工作日"
    title = model.index(0, PLACES["title"]).data(Qt.ItemDataRole.ToolTipRole)
    assert title == "<p>关于1号小区供水水压不足的留言（王** · 市长板块）</p>"
    assert model.headerData(PLACES["unit"], Qt.Orientation.Horizontal) == "承办单位"


def test_markup_in_a_title_is_shown_as_it_was_written(
    qtbot: QtBot, model: RegisterModel, session: Session
) -> None:
    message = Message("<b>“条例”</b>", "内容", Citizen("王小明"), "30000000")
    with session.change() as work:
        register_all(session, work, [Registration("tongliao-2023", TODAY, "市长板块", message)])
    show(qtbot, model, CaseQuery(descending=True))
    tip = model.index(0, PLACES["title"]).data(Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("<p>&lt;b&gt;“条例”&lt;/b&gt;")


def test_any_place_of_a_long_list_comes_and_little_is_kept(
    qtbot: QtBot, model: RegisterModel, many: int
) -> None:
    show(qtbot, model, CaseQuery())
    assert model.rowCount() == many
    for row in (many - 1, 0, many // 2, 3 * PAGE + 1, many - PAGE, 7):
        assert number_of(qtbot, model, row) == f"2026-{row + 1:04d}"
        assert model.rows_kept <= PAGE * PAGES_KEPT


def test_scrolling_on_begins_where_the_last_page_ended(
    qtbot: QtBot, model: RegisterModel, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    near: list[object] = []
    whole = case_list.list_window

    def noted(*asked: object) -> object:
        near.append(asked[4])
        return whole(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(register_model.case_list, "list_window", noted)
    show(qtbot, model, CaseQuery())
    assert number_of(qtbot, model, PAGE) == f"2026-{PAGE + 1:04d}"
    assert number_of(qtbot, model, 2 * PAGE) == f"2026-{2 * PAGE + 1:04d}"
    assert [place[0] for place in near if isinstance(place, tuple)] == [PAGE, 2 * PAGE]


def test_pages_that_were_only_passed_by_are_not_asked_for(
    qtbot: QtBot, model: RegisterModel, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    whole = case_list.list_window

    def noted(*given: object) -> object:
        asked.append(given[2])  # type: ignore[arg-type]
        return whole(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(register_model.case_list, "list_window", noted)
    show(qtbot, model, CaseQuery())
    for page in range(2, 15):
        model.case(page * PAGE)
    number_of(qtbot, model, 14 * PAGE)
    assert asked == [13 * PAGE]


def test_a_list_anew_grows_and_keeps_its_rows(qtbot: QtBot, model: RegisterModel, session: Session) -> None:
    show(qtbot, model, CaseQuery())
    held = model.index(3, 1)
    with session.change() as work:
        register_all(session, work, [_registration(0), _registration(1)])
    with (
        qtbot.waitSignal(model.rowsInserted),
        qtbot.waitSignal(model.opened, check_params_cb=lambda other: not other),
    ):
        model.refresh()
    assert model.rowCount() == 22
    assert held.isValid() and held.data() == "2026-0004"


def test_a_count_of_candidates_becomes_exact_at_the_end_of_the_list(
    qtbot: QtBot, model: RegisterModel, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = case_list.open_list

    def too_many(*asked: object) -> object:
        found = whole(*asked)  # type: ignore[arg-type]
        return type(found)(found.total + 2 * PAGE, False, found.window, None)

    measured = case_list.ListMeasures(many + 2 * PAGE, False, ())
    monkeypatch.setattr(register_model.case_list, "open_list", too_many)
    monkeypatch.setattr(register_model.case_list, "measure_list", lambda *asked: measured)
    show(qtbot, model, CaseQuery())
    assert not model.total_exact
    model.case(model.rowCount() - 1)
    qtbot.waitUntil(lambda: model.total_exact)
    assert model.rowCount() == many


def test_of_a_very_long_list_the_numbers_at_hand_go_without_a_gap(
    qtbot: QtBot, model: RegisterModel, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_list, "NUMBERS_AT_ONCE", 100)
    show(qtbot, model, CaseQuery())
    assert model.numbers is None
    number_of(qtbot, model, PAGE)
    number_of(qtbot, model, 10 * PAGE)
    around = model.numbers_around(5)
    assert around == [f"2026-{row + 1:04d}" for row in range(2 * PAGE)]
    known: list[object] = []
    model.fetch_numbers(known.append)
    qtbot.waitUntil(lambda: bool(known))
    assert len(model.numbers_around(5)) == many


def test_ticks_stay_with_their_cases_whatever_is_shown(qtbot: QtBot, model: RegisterModel) -> None:
    show(qtbot, model, CaseQuery())
    with qtbot.waitSignal(model.ticks_changed):
        model.toggle(["2026-0003", "2026-0001"])
    show(qtbot, model, CaseQuery(status="待初审"))
    assert model.ticked == ("2026-0003", "2026-0001")
    show(qtbot, model, CaseQuery())
    tick = model.index(0, PLACES["tick"])
    assert tick.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert tick.data(Qt.ItemDataRole.AccessibleTextRole) == "已勾选"
    model.toggle(["2026-0001", "2026-0002"])
    assert set(model.ticked) == {"2026-0001", "2026-0002", "2026-0003"}
    model.toggle(["2026-0001", "2026-0002"])
    assert model.ticked == ("2026-0003",)
