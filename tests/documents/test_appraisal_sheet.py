"""The appraisal as a workbook: every line as it was found, sums that add up, ready to be printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.documents.appraisal_sheet import DETAILS, SUMS, WORDS, write_appraisal
from desktop_app.services import appraisal, office, sample_year
from desktop_app.services.appraisal import Decision
from desktop_app.services.sample_office import PASSWORD
from desktop_app.services.sample_year import YearWanted
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, T

END = date(2026, 12, 31)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("year") / "office"
    sample_year.make(folder, YearWanted(T, 2026, 80, 2, END))
    opened = office.enter(folder, FIRST, PASSWORD, END)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def book(session: Session, tmp_path_factory: pytest.TempPathFactory) -> Any:
    appraisal.set_points(session, {"逾期办理": "2", "网民不满意": "0.5"})
    first = appraisal.appraisal(session, 2026).deductions[0].deduction.found
    named = (2026, first.case, first.kind)
    appraisal.appeal(session, *named, "=理由", first.event)
    appraisal.override(session, *named, Decision("0", "中心主任", "属实"), first.event)
    file = tmp_path_factory.mktemp("sheet") / "考核.xlsx"
    assert write_appraisal(appraisal.appraisal(session, 2026), file) > 10
    return openpyxl.load_workbook(file)


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    return [row for row in sheet.iter_rows(min_row=4, values_only=True) if any(row)]


def test_the_details_are_what_was_found(session: Session, book: Any) -> None:
    listed = appraisal.appraisal(session, 2026).deductions
    told = {(row[1], row[2], row[4], row[6], row[8]) for row in rows(book[DETAILS])}
    assert len(rows(book[DETAILS])) == len(listed)
    assert told == {
        (one.unit, one.kind, one.case, one.on.isoformat(), one.document or "—")
        for one in (each.deduction.found for each in listed)
    }
    assert {row[12] for row in rows(book[DETAILS])} <= {2, 0.5, 0, "未设定，不计分"}


def test_an_appeal_and_a_decision_stand_beside_their_line(book: Any) -> None:
    (line,) = [row for row in rows(book[DETAILS]) if row[10]]
    assert "=理由" in line[10] and FIRST in line[10]
    assert "中心主任决定不扣" in line[11] and line[12] == 0


def test_the_sums_add_up(book: Any) -> None:
    head = [cell.value for cell in book[SUMS][3]]
    *units, whole = rows(book[SUMS])
    assert whole[1] == "合计"
    for column in range(2, len(head)):
        assert sum(row[column] for row in units) == pytest.approx(whole[column]), head[column]
    by_unit: dict[str, float] = {}
    for row in rows(book[DETAILS]):
        by_unit[row[1]] = by_unit.get(row[1], 0) + (row[12] if not isinstance(row[12], str) else 0)
    assert {row[1]: row[-1] for row in units} == pytest.approx(by_unit)


def test_what_each_costs_is_told_and_what_was_not_set_says_so(book: Any) -> None:
    told = {row[0]: row[2] for row in rows(book[WORDS]) if row[4]}
    assert told["逾期办理"] == 2 and told["网民不满意"] == 0.5
    assert told["推诿扯皮"] == "未设定，不计分"
    assert "没有设定分值" in book[SUMS]["A2"].value


@pytest.mark.parametrize("name", [SUMS, DETAILS, WORDS])
def test_it_is_set_up_for_print(book: Any, name: str) -> None:
    sheet = book[name]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$3"


def test_a_year_without_failings_says_so(session: Session, tmp_path: Path) -> None:
    assert write_appraisal(appraisal.appraisal(session, 2025), tmp_path / "空.xlsx") == 0
    empty = openpyxl.load_workbook(tmp_path / "空.xlsx")
    assert rows(empty[SUMS]) == [("本年没有扣分情形。", *[None] * (empty[SUMS].max_column - 1))]
