"""Old cases typed as lines: recorded whole through the ordinary rules, or not at all, and taken back as a sitting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.documents.unit_files import read_units
from desktop_app.domain.backlog_lines import BacklogLine, WrongFact, facts_of
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import backlog, case_view, intake, office, queries, regulations, verification
from desktop_app.services.cases import act
from desktop_app.services.session import Session
from tests.cli.offices import BOTH, DATA, FIRST, PASSWORD, T, X, found_quickly
from tests.engines import copy_office

TODAY = date(2026, 10, 30)

WHOLE = {
    "register.on": "2025-09-18",
    "register.title": "路灯不亮",
    "register.text": "小区东门外的路灯坏了。",
    "register.citizen": "常乐",
    "register.contact": "13800001234",
    "register.board_number": "700001",
    "accept.category": "投诉",
    "dispatch.on": "2025-09-19",
    "dispatch.lead": "教育局",
    "dispatch.supporting": "住建局、交通局",
    "receive.on": "2025-09-22",
    "reply.on": "2025-09-25",
    "reply.text": "已更换灯具并恢复照明。",
    "reply.signer": "雷局长",
    "reply.stamped": "yes",
    "reply.handler": "韦科员",
    "reply.phone": "0475-0000104",
    "pass-review.on": "2025-09-25",
    "pass-review.by": "主任",
    "pass-review.public": "yes",
    "publish.on": "2025-09-25",
    "close.on": "2025-09-28",
    "archive.on": "2025-10-09",
    "archive.retention": "10年",
}
SIGNED_OFF = {"sign-off.on": "2025-09-25", "sign-off.by": "秘书长"}
PRIVATE = {
    "pass-review.public": "no",
    "pass-review.private_reason": "个人隐私",
    "publish.on": "",
    "answer-privately.on": "2025-09-25",
    "answer-privately.by": "韦科员",
    "answer-privately.channel": "电话",
}
REFUSED = {
    "register.on": "2025-09-18",
    "register.title": "法院判错了",
    "refuse.on": "2025-09-19",
    "refuse.ground": "已进入司法程序",
    "refuse.explanation": "此案已由法院受理。",
    "refuse.suggestion": "请依法上诉。",
    "tell-refusal.on": "2025-09-19",
    "tell-refusal.channel": "电话",
    "close.on": "2025-09-20",
    "archive.on": "2025-09-22",
}


def whole(regulation: str) -> dict[str, str]:
    """A file from receipt to archive."""
    return WHOLE | (SIGNED_OFF if regulation == X else {})


def but(facts: dict[str, str], **other: str) -> dict[str, str]:
    """The facts with others in their place: `dispatch__lead` stands for `dispatch.lead`."""
    return facts | {_name(given): value for given, value in other.items()}


def _name(given: str) -> str:
    action, key = given.split("__")
    return f"{action.replace('_', '-')}.{key}"


@pytest.fixture(params=BOTH)
def regulation(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def office_with_units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, copied for each test: founding an office takes its time on purpose."""
    folder = tmp_path_factory.mktemp("template") / "office"
    found_quickly(folder, T)
    opened = office.enter(folder, FIRST, PASSWORD, TODAY)
    office.bring_in_units(opened, read_units(DATA / "units.csv"))
    opened.close()
    return folder


@pytest.fixture
def session(office_with_units: Path, tmp_path: Path) -> Iterator[Session]:
    copy_office(office_with_units, tmp_path / "office")
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, TODAY)
    yield opened
    opened.close()


def enter(
    session: Session, regulation: str, facts: dict[str, str], batch: int | None = None
) -> backlog.Entered:
    return backlog.enter(session, regulation, BacklogLine(facts), batch)


def wrong(session: Session, regulation: str, facts: dict[str, str]) -> WrongFact:
    """The fact that is to blame; nothing of the line stays."""
    with session.read() as work:
        before = work.journal.last()
    with pytest.raises(WrongFact) as refused:
        enter(session, regulation, facts)
    with session.read() as work:
        assert work.journal.last() == before
        assert work.batches.all() == []
    assert queries.count_cases(session, CaseQuery()) == 0
    return refused.value


def verified(session: Session) -> None:
    assert verification.verify(session).problems == ()


# ------------------------------------------------------------------ whole files


def test_a_file_is_recorded_from_receipt_to_archive_with_its_own_days(
    session: Session, regulation: str
) -> None:
    entered = enter(session, regulation, whole(regulation))
    view = case_view.view_case(session, entered.number)
    assert (entered.number, view.row.status, view.row.received) == (
        "2025-0001",
        "已归档",
        date(2025, 9, 18),
    )
    steps = [(event.action, event.on.isoformat()) for event in view.events]
    signed = [("sign-off", "2025-09-25")] if regulation == X else []
    assert steps == [
        ("register", "2025-09-18"),
        ("accept", "2025-09-18"),
        ("dispatch", "2025-09-19"),
        ("receive", "2025-09-22"),
        ("reply", "2025-09-25"),
        ("pass-review", "2025-09-25"),
        *signed,
        ("publish", "2025-09-25"),
        ("close", "2025-09-28"),
        ("archive", "2025-10-09"),
    ]
    assert (view.row.lead, view.row.supporting) == (
        "甲市教育局",
        ("甲市住房和城乡建设局", "甲市交通运输局"),
    )
    assert entered.case.row == view.row and not view.row.was_overdue
    verified(session)


def test_a_late_answer_is_recorded_and_marked(session: Session, regulation: str) -> None:
    late = {"reply.on": "2025-11-20", "publish.on": "2025-11-20", "pass-review.on": "2025-11-20"}
    late |= {"close.on": "2025-11-21", "archive.on": "2025-11-21"}
    late |= {"sign-off.on": "2025-11-20"} if regulation == X else {}
    assert enter(session, regulation, whole(regulation) | late).case.row.was_overdue
    verified(session)


def test_a_line_may_stop_anywhere(session: Session, regulation: str) -> None:
    facts = whole(regulation)
    expected = ["待交办", "待签收", "办理中", "待审核"]
    expected += ["待审定", "待公开"] if regulation == X else ["待公开"]
    expected += ["已回复", "待归档", "已归档"]
    stops = ["accept", "dispatch", "receive", "reply", "pass-review"]
    stops += ["sign-off"] if regulation == X else []
    stops += ["publish", "close", "archive"]
    found = []
    for place, _ in enumerate(stops):
        taken = {"register", *stops[: place + 1]}
        line = {name: value for name, value in facts.items() if name.split(".")[0] in taken}
        line |= {"register.board_number": "", "register.title": f"第 {place} 件"}
        found.append(enter(session, regulation, line).case.row.status)
    assert found == expected
    verified(session)


def test_an_answer_given_to_the_citizen_alone(session: Session, regulation: str) -> None:
    facts = whole(regulation) | PRIVATE
    if regulation == T:
        assert wrong(session, regulation, facts).fact == "post-note.on"
        facts |= {"post-note.on": "2025-09-26", "post-note.text": "已直接答复留言人。"}
    row = enter(session, regulation, facts).case.row
    assert (row.status, row.private, row.published) == ("已归档", True, None)
    verified(session)


def test_a_message_that_was_not_accepted(session: Session, regulation: str) -> None:
    row = enter(session, regulation, REFUSED).case.row
    assert (row.status, row.category, row.due) == ("已归档", "", None)
    verified(session)


def test_an_extension_is_agreed_to_level_by_level(session: Session, regulation: str) -> None:
    asked = {
        "apply-extension.days": "3",
        "apply-extension.on": "2025-09-26",
        "apply-extension.reason": "无",
        "apply-extension.applicant": "无",
        "approve-extension.on": "2025-09-28",
        "approve-extension.by": "无",
    }
    asked |= {"apply-extension.progress": "无"} if regulation == X else {}
    plain = enter(session, regulation, whole(regulation)).case.row
    facts = whole(regulation) | asked | {"register.board_number": "700002", "reply.on": "2025-09-28"}
    facts |= {"pass-review.on": "2025-09-28", "publish.on": "2025-09-28"}
    facts |= {"sign-off.on": "2025-09-28"} if regulation == X else {}
    longer = enter(session, regulation, facts).case.row
    assert plain.due is not None and longer.due is not None
    assert longer.due == session.calendar().nth_working_day_after(plain.due, 3)
    approvals = [
        event.keys["level"]
        for event in case_view.view_case(session, longer.number).events
        if event.action == "approve-extension"
    ]
    assert approvals == (["交办单位"] if regulation == X else ["承办单位主要负责人", "交办单位"])


def test_what_came_from_above_has_one_level_more(session: Session) -> None:
    facts = whole(T) | {"register.source": "主席板块", "apply-extension.days": "2"}
    facts |= {"apply-extension.on": "2025-09-25", "apply-extension.reason": "无"}
    facts |= {"apply-extension.applicant": "无", "approve-extension.on": "2025-09-25"}
    facts |= {"approve-extension.by": "无"}
    view = case_view.view_case(session, enter(session, T, facts).number)
    assert [event.action for event in view.events].count("approve-extension") == 3


# ------------------------------------------------------------------ which fact is wrong


@pytest.mark.parametrize(
    ("other", "fact", "code"),
    [
        ({"register__on": ""}, "register.on", "missing_key"),
        ({"register__on": "2026-11-01"}, "register.on", "date_in_future"),
        ({"register__on": "18日"}, "register.on", "unknown_value"),
        ({"register__title": " "}, "register.title", "missing_key"),
        ({"register__source": "县长板块"}, "register.source", "unknown_value"),
        ({"accept__category": ""}, "accept.category", "missing_key"),
        ({"accept__category": "表扬"}, "accept.category", "unknown_value"),
        ({"dispatch__on": "2025-09-17"}, "dispatch.on", "date_before_previous"),
        ({"dispatch__on": ""}, "dispatch.on", "missing_key"),
        ({"dispatch__lead": ""}, "dispatch.lead", "missing_key"),
        ({"dispatch__lead": "东海龙宫"}, "dispatch.lead", "unknown_unit"),
        ({"dispatch__supporting": "住建局、东海龙宫"}, "dispatch.supporting", "unknown_unit"),
        ({"receive__on": "2025-09-18"}, "receive.on", "date_before_previous"),
        ({"reply__on": "2025-09-20"}, "reply.on", "date_before_previous"),
        ({"reply__text": ""}, "reply.text", "missing_key"),
        ({"reply__text": "请拨打 13912345678 联系常乐。"}, "reply.text", "protected_data_in_public_text"),
        ({"pass_review__by": ""}, "pass-review.by", "missing_key"),
        ({"pass_review__public": ""}, "pass-review.public", "missing_key"),
        ({"pass_review__public": "no"}, "pass-review.private_reason", "missing_key"),
        ({"publish__on": "2025-09-24"}, "publish.on", "date_before_previous"),
        ({"close__on": "2025-09-24"}, "close.on", "date_before_previous"),
        ({"archive__on": "2025-09-27"}, "archive.on", "date_before_previous"),
        ({"archive__on": ""}, "archive.on", "missing_key"),
        ({"contact__on": "2025-09-25"}, "contact.on", "unknown_value"),
    ],
)
def test_the_wrong_fact_is_named_and_nothing_stays(
    session: Session, regulation: str, other: dict[str, str], fact: str, code: str
) -> None:
    told = wrong(session, regulation, but(whole(regulation), **other))
    assert (told.fact, told.code) == (fact, code)


@pytest.mark.parametrize(
    ("left_out", "fact"),
    [
        (("dispatch", "receive"), "dispatch.on"),
        (("reply",), "reply.on"),
        (("pass-review",), "pass-review.on"),
        (("publish",), "publish.on"),
        (("close",), "close.on"),
    ],
)
def test_a_step_that_was_skipped_is_to_blame(
    session: Session, regulation: str, left_out: tuple[str, ...], fact: str
) -> None:
    facts = whole(regulation)
    facts = {name: value for name, value in facts.items() if name.split(".")[0] not in left_out}
    told = wrong(session, regulation, facts)
    assert (told.fact, told.code) == (fact, "wrong_state")
    assert "还缺" in told.message


def test_what_was_never_signed_for_is_taken_as_received_with_the_answer(
    session: Session, regulation: str
) -> None:
    facts = {name: value for name, value in whole(regulation).items() if name != "receive.on"}
    view = case_view.view_case(session, enter(session, regulation, facts).number)
    assert view.case.lead is not None and view.case.lead.presumed


def test_a_refused_message_goes_no_further(session: Session, regulation: str) -> None:
    told = wrong(session, regulation, REFUSED | {"accept.category": "投诉"})
    assert (told.fact, told.code) == ("accept.category", "wrong_state")


def test_a_refusal_has_to_be_told_or_excused(session: Session) -> None:
    untold = {name: value for name, value in REFUSED.items() if not name.startswith("tell")}
    assert wrong(session, T, untold).fact == "tell-refusal.on"
    unsaid = untold | {"refuse.explanation": "", "refuse.suggestion": ""}
    assert wrong(session, T, unsaid).fact == "refuse.explanation"
    assert enter(session, T, unsaid | {"refuse.not_told_reason": "无法联系"}).case.row.status == "已归档"


@pytest.mark.parametrize("key", ["signer", "stamped", "handler", "phone"])
def test_what_is_not_known_of_an_answer_is_said_to_be_so(session: Session, key: str) -> None:
    """T 第十一条 asks for them all; an old file may have none of them."""
    told = wrong(session, T, whole(T) | {f"reply.{key}": ""})
    assert (told.fact, told.code, told.clause) == (f"reply.{key}", "missing_key", "第十一条")
    enter(session, T, whole(T) | {f"reply.{key}": "no" if key == "stamped" else "无"})


def test_an_extension_beyond_the_cap_is_refused_where_it_was_asked_for(session: Session) -> None:
    facts = whole(T) | {"apply-extension.days": "9", "apply-extension.on": "2025-09-24"}
    facts |= {"apply-extension.reason": "无", "apply-extension.applicant": "无"}
    facts |= {"approve-extension.on": "2025-09-25", "approve-extension.by": "无"}
    told = wrong(session, T, facts)
    assert (told.fact, told.code) == ("apply-extension.days", "extension_over_cap")


def test_words_that_were_looked_at_may_stand(session: Session, regulation: str) -> None:
    facts = whole(regulation) | {"reply.text": "请拨打 13912345678。", "pass-review.cleared": "yes"}
    assert enter(session, regulation, facts).case.row.status == "已归档"


def test_a_step_that_the_regulation_does_not_have_is_no_fact_of_its_files(session: Session) -> None:
    assert wrong(session, T, whole(T) | SIGNED_OFF).fact == "sign-off.on"
    assert wrong(session, X, whole(X) | {"post-note.on": "2025-09-26"}).fact == "post-note.on"


def test_every_fact_of_both_regulations_is_a_key_of_its_step() -> None:
    for one in regulations.load_all():
        names = facts_of(one)
        assert len(names) == len(set(names))
        assert (("sign-off", "on") in names) == ("sign-off" in one.actions)


def test_one_who_does_not_review_cannot_enter_a_review(session: Session, regulation: str) -> None:
    session.user = User("周经办", frozenset((Role.OPERATOR,)))
    told = wrong(session, regulation, whole(regulation))
    assert (told.fact, told.code) == ("pass-review.on", "not_allowed_for_role")
    in_hand = {
        name: value
        for name, value in whole(regulation).items()
        if name.split(".")[0] in ("register", "accept", "dispatch", "receive", "reply")
    }
    assert enter(session, regulation, in_hand).case.row.status == "待审核"


def test_who_may_only_look_enters_nothing(session: Session, regulation: str) -> None:
    session.user = User("钱领导", frozenset((Role.VIEWER,)))
    with pytest.raises(Refusal) as refused:
        enter(session, regulation, whole(regulation))
    assert refused.value.code == "not_allowed_for_role"


# ------------------------------------------------------------------ the same file twice


def test_a_board_number_that_is_registered_is_not_entered_again(session: Session, regulation: str) -> None:
    first = enter(session, regulation, whole(regulation))
    with pytest.raises(WrongFact) as refused:
        enter(session, regulation, whole(regulation) | {"register.title": "另一件"})
    assert refused.value.fact == "register.board_number" and first.number in refused.value.message
    assert queries.count_cases(session, CaseQuery()) == 1


def test_a_file_that_looks_like_an_earlier_one_is_entered_and_told_of(session: Session) -> None:
    facts = whole(T) | {"register.board_number": ""}
    first = enter(session, T, facts)
    assert first.alike == ""
    assert enter(session, T, facts).alike == first.number


# ------------------------------------------------------------------ taking back


def test_a_sitting_is_one_batch(session: Session) -> None:
    first = enter(session, T, whole(T))
    second = enter(session, X, whole(X) | {"register.board_number": "2"}, first.batch)
    assert second.batch == first.batch
    with session.read() as work:
        (batch,) = work.batches.all()
        rows = work.cases.of_batch(first.batch)
    assert (batch.rows, batch.imported, batch.by) == (2, 2, FIRST)
    assert [row.number for row in rows] == [first.number, second.number]


def test_a_line_is_taken_back_with_its_paper_numbers(session: Session) -> None:
    entered = enter(session, T, whole(T))
    with session.read() as work:
        (document,) = work.issued.of_case(entered.number)
    listed = backlog.undo_line(session, entered.number)
    assert listed.row.voided and queries.count_cases(session, CaseQuery()) == 0
    with session.read() as work:
        spoiled = work.issued.find(document.text)
        (batch,) = work.batches.all()
    assert spoiled is not None and entered.number in spoiled.voided_reason
    assert (batch.rows, batch.imported, batch.rejected) == (1, 0, 1)
    # Its number stays used, and the same file may be entered anew.
    assert enter(session, T, whole(T), entered.batch).number == "2025-0002"
    verified(session)


def test_a_line_is_not_taken_back_twice_nor_after_it_was_worked_on(session: Session) -> None:
    in_hand = {
        name: value for name, value in whole(T).items() if name.split(".")[0] in ("register", "accept")
    }
    entered = enter(session, T, in_hand)
    act(session, entered.number, "dispatch", {"lead": "教育局"}, date(2025, 9, 20))
    with pytest.raises(Refusal) as refused:
        backlog.undo_line(session, entered.number)
    assert refused.value.code == "nothing_to_undo" and "又办理过" in refused.value.message
    other = enter(session, T, whole(T) | {"register.board_number": "2"}, entered.batch)
    backlog.undo_line(session, other.number)
    with pytest.raises(Refusal, match="已经作废"):
        backlog.undo_line(session, other.number)


def test_what_was_not_typed_from_paper_is_not_taken_back_as_a_line(session: Session, tmp_path: Path) -> None:
    from desktop_app.documents.message_files import bring_in_file

    file = tmp_path / "one.csv"
    file.write_text("留言主题,留言详情,收件日期\n路灯,不亮,2025-09-18\n", encoding="utf-8")
    (number,) = bring_in_file(session, file).numbers
    for wanted in (number, "2025-0099"):
        with pytest.raises(Refusal) as refused:
            backlog.undo_line(session, wanted)
        assert refused.value.code == "nothing_to_undo"


def test_a_whole_sitting_is_taken_back_like_an_import(session: Session) -> None:
    first = enter(session, T, whole(T))
    second = enter(session, T, whole(T) | {"register.board_number": "2"}, first.batch)
    backlog.undo_line(session, first.number)
    case_view.reveal_case(session, second.number, "核对")
    assert intake.undo(session, first.batch) == (second.number,)
    # What is typed on after that begins another sitting.
    third = enter(session, T, whole(T), first.batch)
    assert third.batch != first.batch
    verified(session)


def test_a_sitting_with_a_case_worked_on_since_stays(session: Session) -> None:
    in_hand = {
        name: value for name, value in whole(T).items() if name.split(".")[0] in ("register", "accept")
    }
    entered = enter(session, T, in_hand)
    act(session, entered.number, "dispatch", {"lead": "教育局"}, date(2025, 9, 20))
    with pytest.raises(Refusal) as refused:
        intake.undo(session, entered.batch)
    assert refused.value.code == "nothing_to_undo"
