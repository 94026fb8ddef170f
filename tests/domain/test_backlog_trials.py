"""Old cases tried out in memory: whatever a line says, it passes or one of its facts is to blame."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.backlog_lines import ON, STEPS, BacklogLine, WrongFact, fact, facts_of, title_of
from desktop_app.domain.backlog_trials import Bench, try_out
from desktop_app.domain.national_notices import standard_calendar
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.services import regulations

ALL = regulations.load_all()
BENCHES = {
    one.id: Bench(
        one,
        standard_calendar(),
        UnitRegister([Unit("甲局", ("甲",)), Unit("乙局")]),
        frozenset(("operator", "reviewer")),
        date(2026, 10, 30),
    )
    for one in ALL
}
T, X = "tongliao-2023", "xizang-2017"
IN_HAND = {
    "register.on": "2025-09-18",
    "register.title": "路灯不亮",
    "accept.category": "投诉",
    "dispatch.on": "2025-09-19",
    "dispatch.lead": "甲",
}


def wrong(facts: dict[str, str], regulation: str = T) -> WrongFact:
    with pytest.raises(WrongFact) as told:
        try_out(BacklogLine(facts), BENCHES[regulation])
    return told.value


def test_the_case_stands_where_the_line_leaves_it() -> None:
    trial = try_out(BacklogLine(IN_HAND), BENCHES[T])
    assert [step.action for step in trial.steps] == ["accept", "dispatch"]
    assert trial.situation.case.status == "待签收"
    assert trial.situation.clock is not None and trial.situation.clock.due == date(2025, 9, 26)


@pytest.mark.parametrize(
    ("regulation", "said"),
    [(T, "“公开答复”之前还缺：登记答复、审核通过。"), (X, "“公开答复”之前还缺：登记答复、审核通过、审定。")],
)
def test_all_steps_that_are_skipped_are_named_as_the_regulation_has_them(regulation: str, said: str) -> None:
    told = wrong(IN_HAND | {"publish.on": "2025-09-25"}, regulation)
    assert (told.fact, told.message) == ("reply.on", said)


def test_a_step_to_which_no_way_leads_is_itself_to_blame() -> None:
    refused = {"register.on": "2025-09-18", "register.title": "题", "refuse.on": "2025-09-18"}
    refused |= {"refuse.ground": "涉军涉安", "refuse.not_told_reason": "无法联系"}
    told = wrong(refused | {"dispatch.on": "2025-09-19", "dispatch.lead": "甲"})
    assert (told.fact, told.code) == ("dispatch.on", "wrong_state")
    assert "没有“交办”这一步" in told.message


def test_the_first_thing_wrong_is_told_first() -> None:
    late = IN_HAND | {"dispatch.on": "2025-09-17", "dispatch.lead": "龙宫", "archive.retention": "10年"}
    assert wrong(late).fact == "dispatch.on"
    assert wrong(late | {"dispatch.on": "2025-09-19"}).fact == "dispatch.lead"
    assert wrong(late | {"dispatch.on": "2025-09-19", "dispatch.lead": "甲"}).fact == "archive.on"


@pytest.mark.parametrize("one", ALL, ids=lambda one: str(one.id))
def test_every_fact_has_a_name_on_paper(one: Regulation) -> None:
    titles = {fact(*name): title_of(*name, one) for name in facts_of(one)}
    assert all(titles.values())
    assert titles["receive.on"] == f"{one.actions['receive'].title}日期"


_DAYS = st.dates(date(2025, 9, 10), date(2025, 10, 20)).map(date.isoformat)
_WORDS = st.sampled_from(
    ("", "无", "甲", "甲、乙局", "龙宫", "投诉", "10年", "涉军涉安", "3", "99", "yes", "no", "13912345678")
)


@given(st.sampled_from((T, X)), st.data())
def test_whatever_a_line_says_it_passes_or_one_of_its_facts_is_to_blame(
    regulation: str, data: st.DataObject
) -> None:
    names = [fact(*one) for one in facts_of(BENCHES[regulation].regulation)]
    chosen = data.draw(st.lists(st.sampled_from(names), unique=True))
    given_facts = {name: data.draw(_DAYS | _WORDS if name.endswith(f".{ON}") else _WORDS) for name in chosen}
    line = BacklogLine(IN_HAND | given_facts)
    try:
        trial = try_out(line, BENCHES[regulation])
    except WrongFact as told:
        assert told.fact in names and told.message
    else:
        taken = {step.action for step in trial.steps}
        assert taken == {action for action in STEPS if line.has(action)}
