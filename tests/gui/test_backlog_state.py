"""Old cases as they are typed: the fields of both regulations, what is read, proposed and told. No window."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.domain.backlog_lines import facts_of
from desktop_app.domain.backlog_trials import Bench
from desktop_app.domain.national_notices import standard_calendar
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.gui import backlog_state as state
from desktop_app.gui.backlog_fields import (
    CLEARED,
    DEFAULTS,
    USUALLY_KEPT,
    VERDICT,
    columns_of,
    is_shown,
    known_of_reply,
    proposals,
    required_now,
)
from desktop_app.gui.backlog_state import Draft
from desktop_app.services import regulations

TODAY = date(2026, 10, 13)
T, X = "tongliao-2023", "xizang-2017"
UNITS = UnitRegister([Unit("市住房和城乡建设局", ("市住建局",)), Unit("市教育局")])

TYPED = {
    **DEFAULTS,
    "register.on": "0918",
    "register.title": "路灯不亮",
    "accept.category": "投诉",
    "dispatch.on": "9-19",
    "dispatch.lead": "市住建局",
    "receive.on": "9.22",
}


def bench(regulation: str = T) -> Bench:
    roles = frozenset(("operator", "reviewer"))
    return Bench(regulations.load(regulation), standard_calendar(), UNITS, roles, TODAY)


def read(typed: dict[str, str], regulation: str = T, year: int = 2025) -> state.Reading:
    return state.read(typed, USUALLY_KEPT, year, bench(regulation))


def names(regulation: Regulation) -> list[str]:
    return [
        field.name
        for column in columns_of(regulation)
        for group in column
        for row in group.rows
        for field in row
    ]


@pytest.mark.parametrize("one", regulations.load_all(), ids=lambda one: str(one.id))
def test_every_fact_of_a_file_has_its_field(one: Regulation) -> None:
    elsewhere = {"register.source"}  # stands above the form
    facts = {f"{action}.{key}" for action, key in facts_of(one)}
    assert set(names(one)) == facts - elsewhere | {VERDICT}
    assert len(names(one)) == len(set(names(one)))


def test_fields_are_called_what_the_regulation_calls_the_steps() -> None:
    def title(regulation: str, name: str) -> str:
        fields = [
            f for c in columns_of(regulations.load(regulation)) for g in c for row in g.rows for f in row
        ]
        return next(field.title for field in fields if field.name == name)

    assert (title(T, "receive.on"), title(X, "receive.on")) == ("签收日期", "领办日期")
    assert title(X, "sign-off.by") == "审定人" and "sign-off.by" not in names(regulations.load(T))


def test_days_are_read_in_the_year_at_hand() -> None:
    reading = read(TYPED)
    assert reading.faults == () and reading.trial is not None
    days = [reading.line.facts[name] for name in ("register.on", "dispatch.on", "receive.on")]
    assert days == ["2025-09-18", "2025-09-19", "2025-09-22"]


def test_a_file_across_new_year_needs_no_year_typed() -> None:
    typed = TYPED | {"register.on": "1229", "dispatch.on": "1230", "receive.on": "0105"}
    assert read(typed).line.facts["receive.on"] == "2026-01-05"


def test_what_is_no_day_is_told_by_its_field() -> None:
    reading = read(TYPED | {"dispatch.on": "13-40"})
    (fault,) = reading.faults_so_far
    assert (fault.field, fault.text) == ("dispatch.on", "没有 13 月。")
    assert reading.trial is None


def test_what_is_still_missing_is_no_fault_while_one_types() -> None:
    reading = read(TYPED | {"dispatch.lead": ""})
    assert reading.faults_so_far == ()
    assert [(one.field, one.code) for one in reading.faults] == [("dispatch.lead", "missing_key")]


def test_a_day_that_is_wrong_is_told_before_the_unit_is_typed() -> None:
    reading = read(TYPED | {"dispatch.on": "9-17", "dispatch.lead": ""})
    assert [one.field for one in reading.faults_so_far] == ["dispatch.on"]


def test_words_of_the_command_line_stand_in_no_fault() -> None:
    (fault,) = read(TYPED | {"reply.on": "9-25"}).faults
    assert fault.text == "“登记答复”缺少答复内容。（第十一条）"


def test_what_is_kept_waits_for_its_step() -> None:
    kept = {"pass-review.by": "主任", "archive.retention": "10年"}
    assert read(TYPED | kept).faults == ()
    typed = read(TYPED | {"reply.signer": "雷局长"})
    assert [one.field for one in typed.faults] == ["reply.on"]


def test_a_message_not_accepted_asks_for_the_day() -> None:
    typed = {**TYPED, VERDICT: "refuse"}
    assert [one.field for one in read(typed).faults] == ["refuse.on"]
    refused = {"refuse.on": "9-19", "refuse.ground": "涉军涉安", "refuse.not_told_reason": "无法联系"}
    reading = read(typed | refused)
    assert reading.faults == ()
    assert not any(name.startswith(("accept", "dispatch")) for name in reading.line.facts)


def test_protected_words_are_asked_about_once_they_are_there() -> None:
    reply = {"reply.on": "9-25", "reply.text": "请拨打 13912345678。", "reply.signer": "无"}
    reply |= {"reply.stamped": "no", "reply.handler": "无", "reply.phone": "无"}
    review = {"pass-review.on": "9-25", "pass-review.by": "主任"}
    reading = read(TYPED | reply | review)
    assert reading.protected and "cleared" not in reading.faults[0].text
    values = TYPED | reply | review
    one = regulations.load(T)
    assert not is_shown(CLEARED, values, one, protected=False)
    assert is_shown(CLEARED, values, one, protected=True)
    assert read(values | {CLEARED: "yes"}).faults == ()


def test_an_extension_is_asked_about_where_there_was_one() -> None:
    one = regulations.load(X)
    fields = ("apply-extension.on", "apply-extension.progress", "approve-extension.by")
    assert not any(is_shown(name, TYPED, one, False) for name in fields)
    asked = TYPED | {"apply-extension.days": "5"}
    assert all(is_shown(name, asked, one, False) for name in fields)
    assert "apply-extension.on" in required_now(asked, one)


def test_a_private_answer_and_a_public_one_exclude_each_other() -> None:
    one = regulations.load(T)
    private = TYPED | {"pass-review.public": "no"}
    assert is_shown("publish.on", TYPED, one, False) and not is_shown("post-note.on", TYPED, one, False)
    assert is_shown("post-note.on", private, one, False) and not is_shown("publish.on", private, one, False)


def test_required_is_what_the_regulation_asks_of_steps_that_were_taken() -> None:
    replied = TYPED | {"reply.on": "9-25"}
    t, x = required_now(replied, regulations.load(T)), required_now(replied, regulations.load(X))
    assert "reply.signer" in t and "reply.signer" not in x
    assert "pass-review.by" not in t


def test_a_day_is_proposed_only_where_nothing_hangs_on_it() -> None:
    typed = {"register.on": "2025-09-18 周四"}
    proposed = proposals(typed, {})
    assert proposed["dispatch.on"] == "2025-09-18 周四"
    assert "receive.on" not in proposed and "reply.on" not in proposed
    replied = typed | {"dispatch.on": "9-19", "reply.on": "9-25"}
    assert proposals(replied, {})["pass-review.on"] == "9-25"
    assert "dispatch.on" not in proposals(replied, {})


def test_who_signed_the_last_answer_of_a_unit_is_proposed_for_its_next() -> None:
    answer = {"reply.signer": "雷局长", "reply.handler": "韦科员", "reply.phone": "0475-0000104"}
    known = {"市教育局": known_of_reply(answer | {"reply.text": "已更换。"})}
    assert known["市教育局"] == answer
    proposed = proposals({"dispatch.lead": "市教育局", "reply.signer": "钱副局长"}, known)
    assert proposed["reply.handler"] == "韦科员" and "reply.signer" not in proposed
    assert "reply.handler" not in proposals({"dispatch.lead": "市公安局"}, known)


def test_a_day_is_shown_as_it_is_understood() -> None:
    calendar = standard_calendar()
    values = {"register.on": "1229", "dispatch.on": "0101", "receive.on": "xx"}
    assert state.day_as_read("register.on", values, 2025, calendar) == "2025-12-29 周一"
    assert state.day_as_read("dispatch.on", values, 2025, calendar) == "2026-01-01 周四 休"
    assert state.day_as_read("receive.on", values, 2025, calendar) == "xx"
    assert state.day_as_read("reply.on", values, 2025, calendar) == ""


def test_the_outlook_says_what_would_become_of_the_file() -> None:
    assert state.outlook(read(TYPED), TODAY) == (
        "将登记 4 步，登记后为“办理中” · 期限 2025年9月28日 周日 · 逾期"
    )
    assert state.outlook(read({**DEFAULTS}), TODAY) == ""


def test_a_draft_comes_back_as_it_was_kept() -> None:
    draft = Draft({"register.title": "路灯", "reply.text": ""}, frozenset((VERDICT,)), "2025", T, "市长板块")
    again = Draft.read(draft.written())
    assert again == Draft({"register.title": "路灯"}, frozenset((VERDICT,)), "2025", T, "市长板块")
    assert Draft.read({}) is None


def test_a_form_is_fresh_until_something_is_typed_that_does_not_stay() -> None:
    assert state.is_fresh({**DEFAULTS, "pass-review.by": "主任"}, USUALLY_KEPT)
    assert state.is_fresh(DEFAULTS, ())
    assert not state.is_fresh({**DEFAULTS, "register.title": "路"}, USUALLY_KEPT)
