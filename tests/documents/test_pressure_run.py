"""The one key with its files: papers of all units in one file, the telephone list beside it, all on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from desktop_app.documents import pressure_run
from desktop_app.documents.office_suite import can_make_pdf
from desktop_app.documents.pdf_pages import PdfPages
from desktop_app.documents.pressure_run import pages_of_files, press_and_print
from desktop_app.documents.telephone_list import Call, telephone_list
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.errors import BadData, StorageProblem
from desktop_app.services import office
from desktop_app.services.case_view import view_case
from desktop_app.services.cases import act
from desktop_app.services.registration import register_one
from desktop_app.services.reminders import OVERDUE, REMINDER
from desktop_app.services.session import OfficeClock, Session
from tests.cli.offices import FIRST, PASSWORD, T, X, found_quickly

UNITS = (
    Unit("甲市教育局", ("教育局",), head="雷局长", phone="0475-1111111"),
    Unit("甲市住建局", ("住建局",), head="李局长", phone="0475-2222222"),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Two cases with one unit and one with another to be reminded of on 28 September."""
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 9, 28))
    office.bring_in_units(opened, UNITS)
    for place, unit in enumerate(("教育局", "住建局", "教育局")):
        received(opened, unit, f"第{place}处路灯不亮")
    yield opened
    opened.database.close()


def received(session: Session, unit: str, title: str, regulation: str = T, on: str = "2026-09-21") -> str:
    source = {T: "市长板块", X: "主席留言专栏"}[regulation]
    message = Message(title, f"{title}。", Citizen("常乐", "13904750001"))
    number = register_one(session, Registration(regulation, date(2026, 9, 18), source, message)).number
    act(session, number, "accept", {"category": "投诉"}, date(2026, 9, 18))
    for action, keys in (("dispatch", {"lead": unit}), ("receive", {"manner": "签收"})):
        act(session, number, action, keys, date.fromisoformat(on))
    return number


def words_of(file: Path) -> str:
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def recorded(session: Session, number: str) -> list[str]:
    return [event.action for event in view_case(session, number).events][4:]


def test_papers_and_telephone_list(session: Session, tmp_path: Path) -> None:
    run = press_and_print(REMINDER, tmp_path / "papers", session)
    assert run.trouble is None
    (papers,) = run.papers
    assert (papers.name, run.calls.name if run.calls else "") == (
        "提醒单 9月28日 2份3件.docx",
        "电话提醒清单 9月28日.docx",
    )
    words = words_of(papers)
    assert all(f"第{place}处路灯不亮" in words for place in range(3))
    assert "甲市教育局主要负责同志雷局长" in words and "甲市住建局主要负责同志李局长" in words
    calls = words_of(tmp_path / "papers" / "电话提醒清单 9月28日.docx")
    assert "2026-0001、2026-0003" in calls and "0475-1111111" in calls and "李局长" in calls
    assert "常乐" not in words + calls
    for number in ("2026-0001", "2026-0002", "2026-0003"):
        assert recorded(session, number) == ["remind", "paper"]


@pytest.mark.skipif(not can_make_pdf(), reason="LibreOffice is not on this machine")
def test_list_and_papers_become_the_pages_of_one_print(session: Session, tmp_path: Path) -> None:
    run = press_and_print(REMINDER, tmp_path, session)
    pdf, starts = pages_of_files(run.files, None, session)
    with PdfPages(pdf) as pages:
        assert "电话提醒清单" in pages.words(0)
        assert [pages.words(start).count("提醒单") > 0 for start in starts[1:]] == [True, True]
    assert len(starts) == 3


def test_nothing_to_do_makes_no_file(session: Session, tmp_path: Path) -> None:
    run = press_and_print(OVERDUE, tmp_path / "papers", session)
    assert (run.pressed.done, run.papers, run.calls) == ((), (), None)
    assert list((tmp_path / "papers").iterdir()) == []


def test_names_that_are_taken_are_left_alone(session: Session, tmp_path: Path) -> None:
    press_and_print(REMINDER, tmp_path, session)
    received(session, "教育局", "又一处路灯不亮")
    run = press_and_print(REMINDER, tmp_path, session)
    assert [file.name for file in (*run.papers, run.calls) if file] == [
        "提醒单 9月28日 1份1件.docx",
        "电话提醒清单 9月28日（2）.docx",
    ]


def test_papers_of_two_regulations_lie_in_one_file(session: Session, tmp_path: Path) -> None:
    received(session, "住建局", "藏区留言", X)
    october = replace(session, clock=OfficeClock(date(2026, 10, 12)))
    received(october, "教育局", "十月路灯不亮", on="2026-09-30")
    run = press_and_print(REMINDER, tmp_path, october)
    (papers,) = run.papers
    words = words_of(papers)
    assert "藏区留言" in words and "十月路灯不亮" in words
    assert len(run.pressed.done) == 2


def test_a_bad_template_stops_before_anything_is_recorded(session: Session, tmp_path: Path) -> None:
    own = session.folder / "forms"
    own.mkdir()
    (own / "reminder.docx").write_bytes(b"no template")
    with pytest.raises(BadData):
        press_and_print(REMINDER, tmp_path, session)
    assert recorded(session, "2026-0001") == []


def test_a_folder_that_takes_no_file_stops_before_anything_is_recorded(
    session: Session, tmp_path: Path
) -> None:
    (tmp_path / "papers").write_bytes(b"a file")
    with pytest.raises(StorageProblem):
        press_and_print(REMINDER, tmp_path / "papers", session)
    assert recorded(session, "2026-0001") == []


def test_what_was_recorded_stands_though_its_files_could_not_be_made(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> object:
        raise StorageProblem("disk_full", "磁盘已满。", "请腾出空间。")

    monkeypatch.setattr(pressure_run, "fill_papers", full)
    run = press_and_print(REMINDER, tmp_path, session)
    assert run.trouble is not None and "磁盘已满" in str(run.trouble)
    assert (run.pressed.cases, run.papers) == (3, ())
    assert recorded(session, "2026-0001") == ["remind"]


def test_the_list_repeats_its_heading_and_has_a_row_a_unit(tmp_path: Path) -> None:
    calls = [Call(f"单位{place}", "", "", (f"2026-{place:04d}",), "") for place in range(1, 31)]
    file = tmp_path / "list.docx"
    file.write_bytes(telephone_list("电话提醒清单", "某市　30 个单位", calls))
    (table,) = docx.Document(str(file)).tables
    assert len(table.rows) == 31
    assert [cell.text for cell in table.rows[1].cells] == ["1", "单位1", "", "", "1", "2026-0001", "", ""]
    assert "w:tblHeader" in table.rows[0]._tr.xml
