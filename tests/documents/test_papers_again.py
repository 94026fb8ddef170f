"""A paper of the file, made again to the byte, whatever has happened since; or a plain word why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents import case_papers, forms, own_templates
from desktop_app.documents.papers_again import remake, remake_many
from desktop_app.documents.recorded_values import values_of, values_text
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.paths import forms_folder
from desktop_app.services import office
from desktop_app.services.cases import act
from desktop_app.services.pressure import press_many
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from desktop_app.services.spoiled_papers import void
from desktop_app.services.verification import verify
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

ON = date(2026, 10, 9)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An office with two cases that were dispatched; the text of the second has what XML cannot hold."""
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 10, 30))
    office.bring_in_units(opened, [Unit("甲市教育局", ("教育局",)), Unit("甲市住建局", ("住建局",))])
    for text in ("路灯坏了。\n请修。", "水压<不足> & {{标题}}\t\x0b。"):
        message = Message("路灯不亮", text, Citizen("常乐", "13904750001"))
        number = register_one(opened, Registration(T, date(2026, 9, 18), "市长板块", message)).number
        act(opened, number, "accept", {"category": "投诉"}, date(2026, 9, 18))
        act(opened, number, "dispatch", {"lead": "教育局"}, date(2026, 9, 21))
    yield opened
    opened.database.close()


def made(session: Session, number: str, form: str = "slip") -> tuple[case_papers.MadePaper, int]:
    """A paper made now, and the id it was noted under."""
    paper = case_papers.make_paper(session, number, form)
    with session.read() as work:
        return paper, work.papers.of_case(number)[-1].id


def events_of(session: Session, number: str, action: str) -> list[Mapping[str, str]]:
    with session.read() as work:
        return [event.keys for event in work.journal.of_case(number) if event.action == action]


@pytest.mark.parametrize("number", ["2026-0001", "2026-0002"])
def test_a_paper_is_the_same_to_the_byte_though_its_case_went_on(session: Session, number: str) -> None:
    first, paper = made(session, number)
    act(session, number, "receive", {"by": "李某", "manner": "签收"}, date(2026, 9, 22))
    assert case_papers.make_paper(session, number, "slip").data != first.data
    again = remake(session, number, paper)
    assert again == first


def test_a_paper_is_the_same_though_the_office_changed_its_template(session: Session) -> None:
    first, paper = made(session, "2026-0001")
    own = session.folder / own_templates.FORMS_FOLDER
    own.mkdir()
    (own / "slip.docx").write_bytes((forms_folder() / "slip-anonymous.docx").read_bytes())
    with pytest.raises(forms.BadData):
        case_papers.make_paper(session, "2026-0001", "slip")
    assert remake(session, "2026-0001", paper).data == first.data


def test_a_look_makes_no_new_paper_and_is_noted(session: Session) -> None:
    first, paper = made(session, "2026-0001")
    remake(session, "2026-0001", paper)
    with session.read() as work:
        assert [one.id for one in work.papers.of_case("2026-0001")] == [paper]
    (noted,) = events_of(session, "2026-0001", "paper-again")
    assert noted == {
        "form": "slip",
        "document": first.document,
        "paper": str(paper),
        "sha256": first.sha256,
    }
    assert verify(session).problems == ()


def test_a_print_run_is_made_again_of_its_papers(session: Session) -> None:
    numbers = ["2026-0001", "2026-0002"]
    run = case_papers.make_papers(session, numbers, "slip")
    with session.read() as work:
        wanted = [(number, work.papers.of_case(number)[-1].id) for number in numbers]
    again = remake_many(session, wanted)
    assert case_papers.merge_made(again) == case_papers.merge_made(run)


def test_a_joint_paper_is_the_same_whichever_of_its_cases_it_is_asked_of(session: Session) -> None:
    numbers = ["2026-0001", "2026-0002"]
    press_many(session, numbers, "urge", {"to": "教育局"}, ON)
    first, _ = made(session, numbers[0], "urge")
    with session.read() as work:
        papers = [work.papers.of_case(number)[-1] for number in numbers]
    assert [one.joint for one in papers] == [True, True]
    again = [remake(session, one.case, one.id) for one in papers]
    assert [one.data for one in again] == [first.data] * 2
    assert [one.case for one in again] == numbers


def test_a_paper_whose_number_was_spoiled_since_is_made_again_as_it_was(session: Session) -> None:
    act(session, "2026-0001", "urge", {"to": "教育局"}, ON)
    first, paper = made(session, "2026-0001", "urge")
    new = void(session, first.document, "卡纸").document
    assert remake(session, "2026-0001", paper).data == first.data
    assert made(session, "2026-0001", "urge")[0].document == new


def test_a_paper_that_the_case_does_not_have_is_refused(session: Session) -> None:
    _, paper = made(session, "2026-0001")
    for number, wanted in (("2026-0002", paper), ("2026-0001", paper + 1)):
        with pytest.raises(Refusal, match=f"没有第 {wanted} 号") as refused:
            remake(session, number, wanted)
        assert refused.value.code == "unknown_value"


def test_of_many_none_is_made_where_one_cannot_be(session: Session) -> None:
    _, paper = made(session, "2026-0001")
    with pytest.raises(Refusal):
        remake_many(session, [("2026-0001", paper), ("2026-0002", 99)])
    assert events_of(session, "2026-0001", "paper-again") == []


def test_a_paper_of_an_earlier_program_cannot_be_made_again(session: Session) -> None:
    _, paper = made(session, "2026-0001")
    with session.change() as work:
        old = work.papers.get(paper)
        assert old is not None
        work.papers.add(replace(old, sha256="ab", filled=""))
    with pytest.raises(Refusal, match="以前的程序") as refused:
        remake(session, "2026-0001", paper + 1)
    assert refused.value.code == "form_not_available"


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE paper_templates SET content = x'504b'", "模板"),
        ("DELETE FROM paper_templates", "模板"),
        ("UPDATE paper_values SET filled = replace(filled, '路灯', '路等')", "填写的内容"),
    ],
)
def test_what_was_altered_since_is_named(session: Session, statement: str, named: str) -> None:
    _, paper = made(session, "2026-0001")
    with session.change() as work:
        work._connection.exec_driver_sql(statement)
    with pytest.raises(StorageProblem, match=f"存下的{named}与记录不符") as told:
        remake(session, "2026-0001", paper)
    assert told.value.code == "damaged"


def test_a_program_that_fills_otherwise_says_so(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    _, paper = made(session, "2026-0001")
    monkeypatch.setattr("desktop_app.documents.forms.render", lambda pieces, filling: "<w/>")
    with pytest.raises(Refusal, match="程序换过版本") as refused:
        remake(session, "2026-0001", paper)
    assert refused.value.code == "form_not_available"


def test_a_template_kept_may_lack_what_is_required_only_since() -> None:
    data = (forms_folder() / "slip-anonymous.docx").read_bytes()
    with pytest.raises(forms.BadData, match="网民姓名"):
        forms.template_of("slip", data, "slip.docx")
    assert forms.template_of("slip", data, "slip.docx", kept=True).data == data


def test_a_slip_is_not_made_again_for_a_unit_accused_since(session: Session) -> None:
    _, paper = made(session, "2026-0001")
    act(session, "2026-0001", "complained-of", {"kind": "控告检举", "unit": "教育局"}, ON)
    with pytest.raises(Refusal) as refused:
        remake(session, "2026-0001", paper)
    assert refused.value.code == "unit_complained_of"


def test_one_who_may_only_look_makes_nothing_again(session: Session) -> None:
    _, paper = made(session, "2026-0001")
    session.user = replace(session.user, roles=frozenset({Role.VIEWER}))
    with pytest.raises(Refusal) as refused:
        remake(session, "2026-0001", paper)
    assert refused.value.code == "not_allowed_for_role"


@given(
    st.dictionaries(
        st.text(),
        st.text() | st.lists(st.dictionaries(st.text(), st.text(), max_size=3), max_size=3),
        max_size=4,
    )
)
def test_values_come_back_as_they_were(values: dict[str, str | list[dict[str, str]]]) -> None:
    assert values_of(values_text(values)) == values
