"""The register of issued papers, spoiled sheets, and what `verify` says of numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role
from desktop_app.domain.workflow import prepare
from desktop_app.errors import Refusal
from desktop_app.services import office
from desktop_app.services.case_loading import load_case, situation_of
from desktop_app.services.case_view import view_case
from desktop_app.services.cases import act, record_prepared
from desktop_app.services.document_numbers import form_numbered, issue_number
from desktop_app.services.issued_papers import IssuedPaper, list_issued, series_choices
from desktop_app.services.queries import list_cases
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from desktop_app.services.spoiled_papers import void
from desktop_app.services.verification import verify
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly
from tests.engines import behind

A, B = "2026-0001", "2026-0002"
SLIP_A, SLIP_B = "通民盼办〔2026〕1号", "通民盼办〔2026〕2号"
URGE_1, URGE_2, URGE_3 = (f"通民盼催〔2026〕{serial}号" for serial in (1, 2, 3))


def day(number: int, month: int = 10) -> date:
    return date(2026, month, number)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An office with two cases that were dispatched; nobody has received the slips."""
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 10, 30))
    office.bring_in_units(opened, [Unit("甲市教育局", ("教育局",)), Unit("甲市住建局", ("住建局",))])
    for _ in (A, B):
        message = Message("路灯不亮", "路灯坏了。", Citizen("常乐", "13904750001"))
        number = register_one(opened, Registration(T, day(18, 9), "市长板块", message)).number
        act(opened, number, "accept", {"category": "投诉"}, day(18, 9))
        act(opened, number, "dispatch", {"lead": "教育局"}, day(21, 9))
    yield opened
    opened.database.close()


def urge_together(session: Session, *numbers: str) -> str:
    """One 催办单 about several cases of one unit, under one number."""
    with session.change() as work:
        prepared = []
        for number in numbers:
            loaded = load_case(work, number)
            situation = situation_of(session, work, loaded)
            prepared.append((loaded, prepare(situation, "urge", {"to": "教育局"}, day(9), session.roles)))
        regulation, step = prepared[0][0].regulation, prepared[0][1]
        form = form_numbered(regulation, step)
        assert form is not None
        text = issue_number(session, work, regulation, form.series, form.title, 2026, numbers)
        for loaded, step in prepared:
            record_prepared(session, work, loaded, replace(step, keys={**step.keys, "document": text}))
    return text


def serve_alone(session: Session, number: str, paper: str, on: date) -> None:
    """Delivery told of one of a joint paper's cases only, as in old records."""
    with session.change() as work:
        loaded = load_case(work, number)
        situation = situation_of(session, work, loaded)
        keys = {"paper": paper, "manner": "当面"}
        record_prepared(session, work, loaded, prepare(situation, "serve", keys, on, session.roles))


def listed(session: Session, **wanted: object) -> dict[str, IssuedPaper]:
    return {one.document: one for one in list_issued(session, **wanted)}  # type: ignore[arg-type]


def whole(session: Session) -> bool:
    return verify(session).problems == ()


def refusal_of(session: Session, number: str, reason: str = "印废") -> str:
    before = list_issued(session)
    with pytest.raises(Refusal) as refused:
        void(session, number, reason)
    assert list_issued(session) == before
    return refused.value.code


# ------------------------------------------------------------------ the register


def test_the_register_tells_of_every_number_what_its_paper_is(session: Session) -> None:
    act(session, A, "receive", {"by": "李某", "manner": "当面"}, day(22, 9))
    act(session, A, "urge", {"to": "教育局局长"}, day(9))
    act(session, A, "serve", {"paper": URGE_1, "manner": "传真"}, day(10))
    assert list_issued(session) == (
        IssuedPaper(
            *(SLIP_A, T, "slip", 2026, 1, day(21, 9), "人民网地方领导留言板咨询事项承办单", "甲市教育局"),
            cases=(A,),
            served_on=day(22, 9),
            served_manner="当面",
            by=FIRST,
        ),
        IssuedPaper(
            *(SLIP_B, T, "slip", 2026, 2, day(21, 9), "人民网地方领导留言板咨询事项承办单", "甲市教育局"),
            cases=(B,),
            by=FIRST,
        ),
        IssuedPaper(
            *(URGE_1, T, "urge", 2026, 1, day(9), "催办单", "教育局局长"),
            cases=(A,),
            served_on=day(10),
            served_manner="传真",
            by=FIRST,
        ),
    )
    assert whole(session)


@pytest.mark.parametrize("word", ["urge", "催办单", "通民盼催"])
def test_a_series_is_known_by_its_id_its_paper_or_its_first_words(session: Session, word: str) -> None:
    act(session, A, "urge", {"to": "教育局"}, day(9))
    assert set(listed(session, series=word)) == {URGE_1}


def test_a_series_nobody_knows_is_refused_with_those_there_are(session: Session) -> None:
    with pytest.raises(Refusal, match="催办单") as refused:
        list_issued(session, series="红头")
    assert refused.value.code == "unknown_value"


def test_the_register_is_narrowed_by_year_and_days(session: Session) -> None:
    act(session, A, "urge", {"to": "教育局"}, day(9))
    assert set(listed(session, year=2026)) == {SLIP_A, SLIP_B, URGE_1}
    assert listed(session, year=2025) == {}
    assert set(listed(session, on_from=day(1))) == {URGE_1}
    assert set(listed(session, on_to=day(30, 9))) == {SLIP_A, SLIP_B}
    assert listed(session, on_from=day(22, 9), on_to=day(8)) == {}


def test_what_one_may_choose_is_what_was_issued(session: Session) -> None:
    act(session, A, "urge", {"to": "教育局"}, day(9))
    assert [(one.series, one.title, one.prefix, one.years) for one in series_choices(session)] == [
        ("slip", "人民网地方领导留言板咨询事项承办单", "通民盼办", (2026,)),
        ("urge", "催办单", "通民盼催", (2026,)),
    ]


def test_a_corrected_step_is_told_as_corrected(session: Session) -> None:
    done = act(session, A, "urge", {"to": "教育局"}, day(9))
    act(session, A, "correct", {"event": str(done.event), "to": "住建局", "on": "2026-10-08", "reason": "误"})
    assert (listed(session)[URGE_1].to, listed(session)[URGE_1].on) == ("住建局", day(8))
    assert whole(session)


def test_the_reason_of_a_voided_number_names_no_citizen(session: Session) -> None:
    void(session, SLIP_A, "常乐的电话13904750001印错")
    reason = listed(session)[SLIP_A].voided_reason
    assert "印错" in reason and "常乐" not in reason and "13904750001" not in reason


def test_an_administrator_sees_no_register(session: Session) -> None:
    session.user = replace(session.user, roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(Refusal) as refused:
        list_issued(session)
    assert refused.value.code == "not_allowed_for_role"


# ------------------------------------------------------------------ one number of several cases


def test_a_joint_paper_has_one_number_and_all_its_cases(session: Session) -> None:
    assert urge_together(session, A, B) == URGE_1
    assert listed(session)[URGE_1].cases == (A, B)
    serve_alone(session, A, URGE_1, day(10))
    assert listed(session)[URGE_1].served_on is None
    serve_alone(session, B, URGE_1, day(11))
    assert listed(session)[URGE_1].served_on == day(11)
    assert whole(session)


def test_one_case_taken_off_leaves_the_number_to_the_others(session: Session) -> None:
    urge_together(session, A, B)

    def last_event(number: str) -> str:
        return str(view_case(session, number).events[-1].id)

    act(session, A, "correct", {"event": last_event(A), "reason": "不是这一件"})
    assert (listed(session)[URGE_1].cases, listed(session)[URGE_1].voided) == ((B,), False)
    assert whole(session)
    taken_back = last_event(A)
    act(session, B, "correct", {"event": last_event(B), "reason": "催错了"})
    found = listed(session)[URGE_1]
    assert (found.cases, found.voided_reason, found.replaced_by) == ((A, B), "催错了", "")
    assert whole(session)
    act(session, A, "correct", {"event": taken_back, "reason": "原来没有错"})
    assert (listed(session)[URGE_1].cases, listed(session)[URGE_1].voided) == ((A,), False)
    assert whole(session)


# ------------------------------------------------------------------ spoiled sheets


def test_a_spoiled_sheet_s_number_stays_used_and_its_step_bears_the_next(session: Session) -> None:
    act(session, A, "urge", {"to": "教育局"}, day(9))
    done = void(session, URGE_1, "打印时卡纸")
    assert (done.voided, done.document, done.cases) == (URGE_1, URGE_2, (A,))
    found = listed(session)
    assert (found[URGE_1].voided_reason, found[URGE_1].replaced_by) == ("打印时卡纸", URGE_2)
    assert (found[URGE_2].on, found[URGE_2].to, found[URGE_2].title) == (day(9), "教育局", "催办单")
    assert view_case(session, A).case.pressure[-1].number == URGE_2
    assert whole(session)
    assert act(session, B, "urge", {"to": "教育局"}, day(9)).document == URGE_3


def test_a_spoiled_slip_is_found_by_its_new_number(session: Session) -> None:
    new = void(session, "通民盼办[2026]1号", "盖章模糊").document
    assert view_case(session, A).case.assignments[0].number == new
    assert [one.number for one in list_cases(session, CaseQuery(text=new), 10).cases] == [A]
    assert whole(session)


def test_a_sheet_may_be_spoiled_twice_and_is_served_under_its_last_number(session: Session) -> None:
    act(session, A, "urge", {"to": "教育局"}, day(9))
    void(session, URGE_1, "卡纸")
    void(session, URGE_2, "又卡纸")
    act(session, A, "serve", {"paper": "urge", "manner": "当面"}, day(10))
    assert listed(session)[URGE_3].served_on == day(10)
    assert whole(session)


def test_a_spoiled_joint_sheet_is_renumbered_on_every_case(session: Session) -> None:
    urge_together(session, A, B)
    assert void(session, URGE_1, "卡纸").cases == (A, B)
    assert {view_case(session, number).case.pressure[-1].number for number in (A, B)} == {URGE_2}
    assert listed(session)[URGE_2].cases == (A, B)
    assert whole(session)


def test_a_renumbered_step_that_is_voided_takes_its_new_number_with_it(session: Session) -> None:
    step = act(session, A, "urge", {"to": "教育局"}, day(9)).event
    void(session, URGE_1, "卡纸")
    correction = act(session, A, "correct", {"event": str(step), "reason": "催错了"}).event
    found = listed(session)
    assert [found[one].voided_reason for one in (URGE_1, URGE_2)] == ["卡纸", "催错了"]
    act(session, A, "correct", {"event": str(correction), "reason": "没有催错"})
    assert [listed(session)[one].voided for one in (URGE_1, URGE_2)] == [True, False]
    assert whole(session)


def test_a_step_whose_number_was_spoiled_meanwhile_cannot_stand_again(session: Session) -> None:
    urge_together(session, A, B)
    step = view_case(session, A).events[-1].id
    correction = act(session, A, "correct", {"event": str(step), "reason": "不是这一件"}).event
    void(session, URGE_1, "卡纸")
    with pytest.raises(Refusal, match=f"换为 {URGE_2}") as refused:
        act(session, A, "correct", {"event": str(correction), "reason": "原来没有错"})
    assert refused.value.code == "nothing_to_undo"
    assert whole(session)


def test_the_record_of_a_spoiled_sheet_is_no_step_to_correct(session: Session) -> None:
    act(session, A, "urge", {"to": "教育局"}, day(9))
    void(session, URGE_1, "卡纸")
    event = view_case(session, A).events[-1]
    assert (event.action, event.title, event.void) == ("renumber", "文号作废换号", False)
    with pytest.raises(Refusal) as refused:
        act(session, A, "correct", {"event": str(event.id), "reason": "误"})
    assert refused.value.code == "nothing_to_undo"


def test_a_number_is_not_changed_by_correcting_its_step(session: Session) -> None:
    step = act(session, A, "urge", {"to": "教育局"}, day(9)).event
    with pytest.raises(Refusal, match="文书字号由程序编") as refused:
        act(session, A, "correct", {"event": str(step), "document": "通民盼催〔2026〕99号", "reason": "误"})
    assert refused.value.code == "unknown_value"


def test_a_paper_that_went_out_keeps_its_number(session: Session) -> None:
    act(session, A, "receive", {"by": "李某", "manner": "当面"}, day(22, 9))
    assert refusal_of(session, SLIP_A) == "wrong_state"
    act(session, A, "urge", {"to": "教育局"}, day(9))
    act(session, A, "serve", {"paper": URGE_1, "manner": "当面"}, day(10))
    assert refusal_of(session, URGE_1) == "wrong_state"


def test_what_cannot_be_voided_is_told_why(session: Session) -> None:
    assert refusal_of(session, URGE_1) == "unknown_value"
    assert refusal_of(session, "随便写的") == "unknown_value"
    assert refusal_of(session, SLIP_A, " ") == "missing_key"
    void(session, SLIP_A, "印废")
    assert refusal_of(session, SLIP_A) == "nothing_to_undo"
    session.user = replace(session.user, roles=frozenset({Role.VIEWER}))
    assert refusal_of(session, SLIP_B) == "not_allowed_for_role"


def test_a_sheet_of_last_year_spoiled_in_january_keeps_its_year(session: Session) -> None:
    session.clock = replace(session.clock, fixed=date(2027, 1, 4))
    assert void(session, SLIP_A, "印废").document == "通民盼办〔2026〕3号"


# ------------------------------------------------------------------ verify


def test_a_gap_is_named_in_the_register_and_by_verify(session: Session) -> None:
    with behind(session.folder, session.database.key) as driver:
        driver.execute("UPDATE counters SET last = 4 WHERE series LIKE '%/slip'")
    missing = [one.document for one in list_issued(session) if one.missing]
    assert missing == ["通民盼办〔2026〕3号", "通民盼办〔2026〕4号"]
    assert [(one.kind, one.where) for one in verify(session).problems] == [
        ("numbering", document) for document in missing
    ]


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("DELETE FROM document_cases", SLIP_A),
        ("UPDATE document_cases SET event_id = NULL", A),
        ("UPDATE document_cases SET event_id = 1", A),
        ("UPDATE document_cases SET addressee = '别处'", A),
        ("UPDATE document_cases SET issued_on = '2026-01-01'", A),
        ("UPDATE document_cases SET standing = 0", SLIP_A),
        ("UPDATE documents_issued SET voided_reason = '印废'", SLIP_A),
        ("UPDATE counters SET last = 1 WHERE series <> ''", SLIP_B),
        (
            "INSERT INTO document_cases "
            f"SELECT '{SLIP_B}', case_id, event_id, standing, issued_on, addressee, served_on, served_manner "
            f"FROM document_cases WHERE number_text = '{SLIP_A}'",
            A,
        ),
    ],
)
def test_a_number_that_is_not_its_record_s_is_found(session: Session, statement: str, where: str) -> None:
    with behind(session.folder, session.database.key) as driver:
        driver.execute(statement)
    found = [(one.kind, one.where) for one in verify(session).problems]
    assert ("numbering", where) in found and {kind for kind, _ in found} == {"numbering"}
