"""What superiors, leaders and the citizen said, as facts; the chain of evidence as lines; the steps sorted out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.message_points import read
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.ratings import rating_of
from desktop_app.gui.action_fields import action_form
from desktop_app.gui.case_file import CaseFile, read_case_file
from desktop_app.gui.case_steps import barred_steps, possible_steps
from desktop_app.gui.evidence_state import NOT_SERVED, EvidenceLine, evidence_lines
from desktop_app.gui.form_shapes import Shape
from desktop_app.gui.oversight_facts import marks, oversight_groups, ties
from desktop_app.gui.story_state import story
from desktop_app.services.case_view import CaseView, reveal_case, view_case
from desktop_app.services.cases import act
from desktop_app.services.registration import register_one
from desktop_app.services.regulations import load_all
from desktop_app.services.session import Session

NEW, RUNNING, OVERDUE = "2026-0009", "2026-0006", "2026-0001"
REPLY = {"text": "已办。", "signer": "张平", "stamped": "yes", "handler": "李某", "phone": "0475-3333333"}


def facts(view: CaseView) -> dict[str, dict[str, str]]:
    return {
        group.heading: {fact.label: fact.value for fact in group.facts} for group in oversight_groups(view)
    }


# ------------------------------------------------------------------ facts


def test_a_plain_case_has_none_of_this(session: Session) -> None:
    view = view_case(session, RUNNING)
    assert oversight_groups(view) == () and marks(view) == () and ties(view) == ()


def test_an_assessment_and_its_words(session: Session) -> None:
    act(
        session,
        RUNNING,
        "assess",
        {"demand": "不合理", "trend": "yes", "note": "留言人 13912345678 多次来电"},
    )
    act(session, RUNNING, "mark-major", {"reason": "涉及三个小区"})
    view = view_case(session, RUNNING)
    judged = facts(view)["研判"]
    assert judged["诉求性质"] == "不合理" and judged["苗头性、倾向性"] == "是"
    assert "13912345678" not in judged["研判意见"] and "多次来电" in judged["研判意见"]
    assert judged["重大影响"] == "10月13日 周二　涉及三个小区"
    assert marks(view) == ("重大影响", "苗头性、倾向性")
    assert "13912345678" in facts(reveal_case(session, RUNNING, "核对"))["研判"]["研判意见"]


def test_merged_cases_lead_to_each_other(session: Session) -> None:
    act(session, NEW, "link-duplicate", {"of": RUNNING})
    (tie,) = ties(view_case(session, NEW))
    assert (tie.words, tie.number) == ("并入", RUNNING)
    (back,) = ties(view_case(session, RUNNING))
    assert (back.words, back.number) == ("并入本件", NEW)
    act(session, RUNNING, "reply", REPLY)
    act(session, RUNNING, "pass-review", {"by": "王敏", "public": "yes"})
    act(session, RUNNING, "publish", {})
    (answered,) = ties(view_case(session, NEW))
    assert (answered.words, answered.number) == ("10月13日 周二 随主件答复", RUNNING)


def test_the_offices_calls_and_the_boards_ratings_are_two_series(session: Session) -> None:
    act(session, RUNNING, "reply", REPLY)
    act(session, RUNNING, "pass-review", {"by": "王敏", "public": "yes"})
    act(session, RUNNING, "publish", {})
    act(session, RUNNING, "follow-up", {"result": "不满意", "channel": "电话", "solved": "no"})
    view = view_case(session, RUNNING)
    given = {
        "grade_resolution": "5",
        "satisfaction": "满意",
        "automatic_praise": "是",
        "reviewed_on": "2026-10-12",
    }
    told = facts(replace(view, rating=rating_of(given)))["满意度"]
    assert told["回访"] == "10月13日 周二　不满意，电话，未解决"
    assert told["网上评价（自动好评，不计入）"] == (
        "解决程度 5　办理态度 —　办理速度 —（满分 5）　满意　10月12日 周一"
    )
    own = facts(replace(view, rating=rating_of({**given, "automatic_praise": "否"})))["满意度"]
    assert "网上评价" in own


def test_a_rating_that_came_with_the_message_is_shown(session: Session) -> None:
    message = Message(
        "路灯", "路灯坏了。", Citizen("李四"), ratings={"grade_manner": "4", "review_text": "打 13912345678"}
    )
    one = Registration("tongliao-2023", date(2026, 10, 8), "市长板块", message)
    view = view_case(session, register_one(session, one).number)
    words = facts(view)["满意度"]["网上评价"]
    assert "办理态度 4" in words and "13912345678" not in words


# ------------------------------------------------------------------ the chain of evidence


def lines(session: Session, number: str) -> dict[str, EvidenceLine]:
    return {line.what: line for line in evidence_lines(view_case(session, number))}


def test_lines_of_evidence_tell_service_and_by_whom_it_is_known(session: Session) -> None:
    act(session, OVERDUE, "urge", {"to": "市住建局", "channel": "书面", "by": "王敏"})
    urge = lines(session, OVERDUE)["催办"]
    assert urge.service == NOT_SERVED and urge.paper == urge.document and not urge.served
    assert urge.about == "→ 市住建局　王敏　书面"
    act(session, OVERDUE, "serve", {"paper": "urge", "manner": "当面", "received_by": "张平"})
    assert lines(session, OVERDUE)["催办"].service == "10-13 周二 当面 张平收（王敏登记）"
    assert lines(session, OVERDUE)["交办"].service == "09-08 周二 签收 李某收"


def test_who_may_only_look_is_offered_no_service(viewer_session: Session) -> None:
    assert all(line.paper == "" for line in evidence_lines(view_case(viewer_session, OVERDUE)))


# ------------------------------------------------------------------ steps


def steps(session: Session, number: str) -> tuple[list[str], list[str]]:
    found = possible_steps(read_case_file(session, number))
    return [one.action for one in found if one.main], [one.action for one in found if not one.main]


def test_buttons_are_what_moves_the_case_or_is_asked_for(session: Session) -> None:
    main, rest = steps(session, RUNNING)
    assert main == ["reply", "refuse", "link-duplicate", "explain"]
    assert {"contact", "remind", "instruct", "serve"} <= set(rest)
    assert steps(session, OVERDUE)[0][:2] == ["urge", "reply"]


@pytest.mark.parametrize("number", [f"2026-{serial:04d}" for serial in range(1, 10)])
def test_never_more_than_five_buttons_and_no_step_is_lost(session: Session, number: str) -> None:
    file = read_case_file(session, number)
    main, rest = steps(session, number)
    assert 1 <= len(main) <= 5
    titles = {rule.title for rule in file.view.regulation.actions.values()}
    barred = {step.split("（")[0] for group in barred_steps(file) for step in group.steps}
    offered = {file.view.regulation.actions[name].title for name in (*main, *rest)}
    assert offered | barred | {"免办事项", "更正"} == titles


def test_what_has_nothing_to_be_done_to_stands_far_off(session: Session) -> None:
    near = {
        step: group.near for group in barred_steps(read_case_file(session, RUNNING)) for step in group.steps
    }
    assert near["审核通过（第七条（一））"]
    assert not near["反馈批示（第十六条）"] and not near["专项督办（第二十条）"]


# ------------------------------------------------------------------ forms


@pytest.mark.parametrize("regulation", load_all(), ids=lambda one: one.id)
def test_every_step_of_either_regulation_has_a_form_with_editors_for_all_its_fields(
    session: Session, regulation: object
) -> None:
    file = as_under(read_case_file(session, RUNNING), regulation)
    for name in file.view.regulation.actions:
        form = action_form(file, name)
        assert form.title and all(isinstance(field.shape, Shape) and field.title for field in form.fields)


def as_under(file: CaseFile, regulation: object) -> CaseFile:
    """The same case as another regulation's forms see it."""
    view = replace(file.view, regulation=regulation, case=replace(file.view.case, source="主席留言专栏"))  # type: ignore[arg-type]
    return replace(file, view=view, situation=replace(file.situation, regulation=regulation, case=view.case))  # type: ignore[arg-type]


def test_a_message_that_asks_nothing_is_asked_about_by_its_title(session: Session) -> None:
    message = Message("楼道堆满杂物", "楼道里堆满了杂物，走不过去。", Citizen("李四"))
    one = Registration("tongliao-2023", date(2026, 10, 8), "市长板块", message)
    number = register_one(session, one).number
    for action, keys in (
        ("accept", {"category": "投诉"}),
        ("dispatch", {"lead": "市教育局"}),
        ("receive", {}),
        ("reply", REPLY),
    ):
        act(session, number, action, keys)
    field = action_form(read_case_file(session, number), "pass-review").field("points")
    assert field is not None and field.shape is Shape.POINTS
    assert [point.words for point in read(field.default)] == ["楼道堆满杂物"]


# ------------------------------------------------------------------ the story


def test_events_that_the_program_writes_are_told_in_the_offices_words(session: Session) -> None:
    act(session, NEW, "link-duplicate", {"of": RUNNING})
    act(session, RUNNING, "reply", REPLY)
    act(session, RUNNING, "pass-review", {"by": "王敏", "public": "yes", "checks": "逐点答复,不涉密"})
    act(session, RUNNING, "publish", {})
    told = {line.action: line for line in story(view_case(session, RUNNING))}
    assert told["linked"].title == "有件并入" and told["linked"].quiet and not told["linked"].correctable
    assert [(note.label, note.words) for note in told["linked"].notes] == [("登记号", NEW)]
    checks = {note.label: note.words for note in told["pass-review"].notes}["审核要点"]
    assert checks == "逐点答复，没有答非所问；不涉及国家秘密、商业秘密、个人隐私"
    other = {line.action: line for line in story(view_case(session, NEW))}
    assert other["answer-with"].title == "随主件答复"
    assert ("主件", RUNNING) in [(note.label, note.words) for note in other["answer-with"].notes]


def test_no_label_of_a_story_is_a_key_of_the_program(session: Session) -> None:
    act(session, NEW, "link-duplicate", {"of": RUNNING})
    link = view_case(session, NEW).events[-1]
    act(session, NEW, "correct", {"event": str(link.id), "reason": "并错了"})
    reveal_case(session, NEW, "核对")
    for number in (NEW, RUNNING, OVERDUE):
        for line in story(view_case(session, number)):
            assert not line.title.isascii(), line
            assert all(not note.label.isascii() for note in line.notes), line
