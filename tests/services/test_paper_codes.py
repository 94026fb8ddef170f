"""Codes of papers lead to their own case in their own office, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Message, Registration
from desktop_app.domain.paper_codes import PaperCode, read_code
from desktop_app.domain.units import Unit
from desktop_app.errors import Refusal
from desktop_app.services import cases, office, paper_codes, papers, registration
from desktop_app.services.paper_codes import CodedPaper
from desktop_app.services.session import OfficeClock, Session
from tests.engines import copy_office, place

TODAY = date(2026, 10, 13)
PASSWORD = "gou-chang-de-mi-ma"

Opened = Callable[[str], Session]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """An office with two cases that are out with a unit, and its data key: a copy of it opens at once."""
    folder = tmp_path_factory.mktemp("office") / "data"
    office.found(place(folder), "甲市运维中心", "tongliao-2023", "王敏", PASSWORD, OfficeClock(TODAY))
    session = office.enter(folder, "王敏", PASSWORD, TODAY)
    office.bring_in_units(session, [Unit("市教育局"), Unit("市公安局")])
    for title in ("路灯不亮", "学校收费"):
        entry = Registration("tongliao-2023", date(2026, 10, 9), "市长板块", Message(title, f"{title}。"))
        number = registration.register_one(session, entry).number
        cases.act(session, number, "accept", {"category": "投诉", "urgency": "一般"}, date(2026, 10, 9))
        cases.act(session, number, "dispatch", {"lead": "市教育局"}, date(2026, 10, 12))
    key = session.database.key
    session.close()
    return folder, key


@pytest.fixture
def opened(template: tuple[Path, bytes], tmp_path: Path) -> Iterator[Opened]:
    """Offices of their own that know the very same cases."""
    sessions = []

    def make(name: str) -> Session:
        copy_office(template[0], tmp_path / name)
        session = office.enter_with_key(tmp_path / name, "王敏", template[1], TODAY)
        sessions.append(session)
        return session

    yield make
    for session in sessions:
        session.close()


def code_of(session: Session, number: str = "2026-0001") -> str:
    return papers.paper_source(session, number, "slip").code


def refused(session: Session, text: str) -> str:
    with pytest.raises(Refusal) as caught:
        paper_codes.coded_paper(session, text)
    return caught.value.code


def test_a_slips_code_leads_to_its_case_and_names_its_paper(opened: Opened) -> None:
    session = opened("甲市")
    source = papers.paper_source(session, "2026-0002", "slip")
    found = paper_codes.coded_paper(session, source.code)
    assert found == CodedPaper("2026-0002", "slip", source.document, source.basis.event)
    assert source.document.startswith("通民盼办〔2026〕")
    anonymous = papers.paper_source(session, "2026-0002", "slip-anonymous").code
    assert paper_codes.coded_paper(session, anonymous).form == "slip-anonymous"


def test_an_office_draws_its_number_once(opened: Opened) -> None:
    session = opened("甲市")
    drawn = paper_codes.own_office_code(session)
    assert paper_codes.own_office_code(session) == drawn
    read = read_code(code_of(session))
    assert read is not None and read.office == drawn


def test_before_any_paper_was_made_no_code_is_this_offices(opened: Opened) -> None:
    assert refused(opened("甲市"), str(PaperCode("483920", "2026-0001", "slip", 4))) == "code_of_other_office"


def test_another_offices_paper_is_told_apart_though_its_numbers_exist_here(opened: Opened) -> None:
    here, there = opened("甲市"), opened("乙市")
    code_of(here)
    assert refused(here, code_of(there)) == "code_of_other_office"


def test_a_misread_code_leads_nowhere(opened: Opened) -> None:
    session = opened("甲市")
    code = code_of(session)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert refused(session, wrong) == "code_misread"
    assert refused(session, "路灯") == "code_misread"


def test_a_code_whose_event_is_another_cases_leads_nowhere(opened: Opened) -> None:
    session = opened("甲市")
    one, other = (read_code(code_of(session, number)) for number in ("2026-0001", "2026-0002"))
    assert one is not None and other is not None
    assert refused(session, str(PaperCode(one.office, one.number, "slip", other.event))) == "code_mismatch"
    assert refused(session, str(PaperCode(one.office, one.number, "slip", 9999))) == "code_mismatch"
    assert refused(session, str(PaperCode(one.office, "2026-0404", "slip", 1))) == "unknown_case"


def test_a_code_says_nothing_of_who_wrote(opened: Opened) -> None:
    assert set(code_of(opened("甲市"))) <= set("0123456789-")


def test_a_form_without_a_number_in_codes_bears_none() -> None:
    assert paper_codes.code_for("483920", "2026-0001", "一种新文书", 4) == ""
