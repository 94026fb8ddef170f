"""Lawful disposal: the words of a case are gone from everywhere, and the journal is whole all the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update

from desktop_app.documents.case_papers import make_paper
from desktop_app.documents.papers_again import remake
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.messages import Registration
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role
from desktop_app.errors import Refusal
from desktop_app.services import attachments, disposal, drafts, office, verification
from desktop_app.services.case_loading import load_case
from desktop_app.services.case_view import reveal_case, view_case
from desktop_app.services.cases import act
from desktop_app.services.queries import list_cases
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from desktop_app.storage.tables import protected_words
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly
from tests.engines import behind
from tests.sentinels import MESSAGE, NAME, TYPED, leaks_in, typed_into

TODAY = date(2026, 10, 30)
WHY, WHO = "保管期限届满，经鉴定予以销毁", "中心主任"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, TODAY)
    office.bring_in_units(opened, [Unit("甲市教育局", ("教育局",)), Unit("甲市住建局", ("住建局",))])
    yield opened
    opened.database.close()


def step(session: Session, number: str, action: str, on: str, **keys: str) -> int:
    return act(
        session, number, action, typed_into(action, keys, short_words=False), date.fromisoformat(on)
    ).event


@pytest.fixture
def archived(session: Session, tmp_path: Path) -> str:
    number = register_one(session, Registration(T, date(2026, 9, 18), "市长板块", MESSAGE)).number
    step(session, number, "accept", "2026-09-18", category="投诉")
    step(session, number, "dispatch", "2026-09-19", lead="教育局")
    make_paper(session, number, "slip")
    step(session, number, "receive", "2026-09-19", manner="签收")
    contact = step(session, number, "contact", "2026-09-20", when="办前", channel="电话")
    act(
        session,
        number,
        "correct",
        {"event": str(contact), "reason": TYPED, "result": f"改为{TYPED}"},
        date(2026, 9, 21),
    )
    reply = {"signer": "赵局长", "stamped": "yes", "handler": "孙科员", "phone": "0475-8230001"}
    step(session, number, "reply", "2026-09-22", **reply)
    step(session, number, "pass-review", "2026-09-22", by="主任", public="yes", public_text="已修好。")
    step(session, number, "publish", "2026-09-22")
    step(session, number, "follow-up", "2026-09-23", result="满意")
    scan = tmp_path / f"{NAME}.pdf"
    scan.write_bytes(TYPED.encode())
    attachments.attach(session, number, scan, "scan")
    step(session, number, "close", "2026-09-23")
    step(session, number, "archive", "2026-09-23")
    drafts.keep_draft(session, number, "reopen", {"reason": TYPED})
    return number


def test_nothing_that_anybody_can_read_holds_a_word_of_it(session: Session, archived: str) -> None:
    before = view_case(session, archived)
    done = disposal.dispose_words(session, archived, WHY, WHO)
    assert done.words > 10 and done.papers == 1 and done.files == 1
    after = reveal_case(session, archived, "核对")
    assert leaks_in(repr(dataclasses.astuple(after))) == []
    assert [one.action for one in after.events][:-2] == [one.action for one in before.events]
    assert after.row.status == before.row.status and after.row.replied == before.row.replied
    with session.read() as work:
        assert work.attachments._contents.names() == set()
    assert drafts.drafts_of(session, archived, ["reopen"]) == {}
    assert verification.verify(session).problems == ()


@pytest.mark.parametrize("word", [NAME, "13987650123", "栖鹤里"])
def test_it_is_found_by_no_search(session: Session, archived: str, word: str) -> None:
    assert list_cases(session, CaseQuery(text=word)).total == 1
    disposal.dispose_words(session, archived, WHY, WHO)
    assert list_cases(session, CaseQuery(text=word)).total == 0


def test_no_table_holds_a_word_of_it(session: Session, archived: str) -> None:
    disposal.dispose_words(session, archived, WHY, WHO)
    with behind(session.folder, session.database.key) as driver:
        rows = {name: str(found) for name, found in driver.everything().items()}
    assert {name: found for name, told in rows.items() if (found := leaks_in(told))} == {}


def test_papers_stay_on_record_and_cannot_be_made_again(session: Session, archived: str) -> None:
    (paper,) = view_case(session, archived).papers
    disposal.dispose_words(session, archived, WHY, WHO)
    assert view_case(session, archived).papers == (paper,)
    with pytest.raises(Refusal) as caught:
        remake(session, archived, paper.id)
    assert caught.value.code == "form_not_available"


def test_a_correction_of_words_alone_is_no_voiding_after_its_words_are_gone(
    session: Session, archived: str
) -> None:
    with session.read() as work:
        before = load_case(work, archived)
    disposal.dispose_words(session, archived, WHY, WHO)
    with session.read() as work:
        after = load_case(work, archived)
    assert [step.id for step in after.steps if step.action == "contact"] == [
        step.id for step in before.steps if step.action == "contact"
    ]
    assert len(after.case.contacts) == 1 and after.case.contacts[0].result == ""


def test_words_taken_out_without_a_record_of_it_are_a_fault(session: Session, archived: str) -> None:
    with session.change() as work:
        work.cases._connection.execute(update(protected_words).values(words=None, salt=""))
    problems = verification.verify(session).problems
    assert {one.kind for one in problems if one.where == archived} >= {"words_missing"}


@pytest.mark.parametrize(("reason", "decided_by"), [("", WHO), (" ", WHO), (WHY, "")])
def test_it_wants_a_reason_and_a_decision(
    session: Session, archived: str, reason: str, decided_by: str
) -> None:
    with pytest.raises(Refusal) as caught:
        disposal.dispose_words(session, archived, reason, decided_by)
    assert caught.value.code == "missing_key"
    assert NAME in leaks_in(reveal_case(session, archived, "核对").message.text)


def test_only_a_reviewer_disposes_and_only_of_what_is_done_with(session: Session, archived: str) -> None:
    running = register_one(session, Registration(T, date(2026, 9, 18), "市长板块", MESSAGE)).number
    with pytest.raises(Refusal) as caught:
        disposal.dispose_words(session, running, WHY, WHO)
    assert caught.value.code == "wrong_state"
    operator = dataclasses.replace(session.user, roles=frozenset({Role.OPERATOR}))
    with pytest.raises(Refusal) as caught:
        disposal.dispose_words(dataclasses.replace(session, user=operator), archived, WHY, WHO)
    assert caught.value.code == "not_allowed_for_role"
    disposal.dispose_words(session, archived, WHY, WHO)
    with pytest.raises(Refusal) as caught:
        disposal.dispose_words(session, archived, WHY, WHO)
    assert caught.value.code == "nothing_to_undo"


def test_another_case_keeps_its_words(session: Session, archived: str) -> None:
    other = register_one(session, Registration(T, date(2026, 9, 18), "市长板块", MESSAGE)).number
    disposal.dispose_words(session, archived, WHY, WHO)
    assert NAME in leaks_in(reveal_case(session, other, "核对").message.text)
    assert verification.verify(session).problems == ()
