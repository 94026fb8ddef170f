"""Keys as they are given, and as they are recorded."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.domain.actions import ACTIONS
from desktop_app.domain.step_reading import required_keys

Walks = Any


def recorded(walk: Any) -> dict[str, str]:
    return dict(walk.events[-1].keys)


def test_words_become_the_regulations_own(both: Walks) -> None:
    walk = both.new().act("accept", category=" 其他 ", urgency="一般", ground="其他", topic=" 教育 ")
    keys = recorded(walk)
    assert keys["category"] == "其它" and keys["topic"] == "教育"
    assert keys["ground"] == walk.regulation.values("acceptance_ground")[-1]


def test_units_become_their_full_names_and_are_named_once(both: Walks) -> None:
    walk = both.accepted().act(
        "dispatch", "2026-09-19", lead="市教育局", supporting="住建局、一中，住建局,甲市住建局", days="03"
    )
    keys = recorded(walk)
    assert keys["lead"] == "甲市教育局" and keys["supporting"] == "甲市住建局,甲市第一中学"
    assert keys["days"] == "3"


@pytest.mark.parametrize(
    ("action", "keys", "code"),
    [
        ("accept", {}, "missing_key"),
        ("accept", {"category": "  "}, "missing_key"),
        ("accept", {"category": "闲聊"}, "unknown_value"),
        ("accept", {"category": "咨询", "urgency": "火急"}, "unknown_value"),
        ("accept", {"category": "咨询", "colour": "红"}, "unknown_value"),
        ("refuse", {}, "missing_key"),
        ("refuse", {"ground": "重复", "not_told_reason": "其他"}, "missing_key"),
    ],
)
def test_refused_at_screening(both: Walks, action: str, keys: dict[str, str], code: str) -> None:
    refused = both.new().refused(action, **keys)
    assert (refused.code, refused.clause) == (code, both.new().regulation.actions[action].article)


def test_what_may_be_chosen_is_listed(both: Walks) -> None:
    message = both.new().refused("accept", category="闲聊").message
    assert all(word in message for word in ("咨询", "投诉", "求助", "建议", "其它"))


def test_a_duplicate_names_the_earlier_case_or_its_number_in_words(both: Walks) -> None:
    walk = both.new()
    assert "duplicate_of" in walk.refused("refuse", ground="重复", not_told_reason="其他").message
    walk.act("refuse", ground="重复", duplicate_of="2026-0007", not_told_reason="其他")
    assert walk.case.refusal.duplicate_of == "2026-0007"


def test_in_tongliao_a_refusal_explains_itself_or_says_why_not(tongliao: Walks) -> None:
    for keys in ({}, {"explanation": "说明"}, {"suggestion": "建议"}):
        refused = tongliao.new().refused("refuse", ground="涉密", **keys)
        assert refused.code == "missing_key" and "或者" in refused.message
    tongliao.new().act("refuse", ground="涉密", explanation="说明", suggestion="建议")
    tongliao.new().act("refuse", ground="涉密", not_told_reason="涉密")


def test_in_xizang_other_grounds_want_a_reason(xizang: Walks) -> None:
    assert xizang.new().refused("refuse", ground="其他").code == "missing_key"
    assert xizang.new().act("refuse", ground="其他", explanation="另有途径").status == "不予受理"
    assert xizang.new().act("refuse", ground="恶意攻击").status == "不予受理"


def test_what_only_one_of_the_two_requires(xizang: Walks, tongliao: Walks) -> None:
    asks = {"days": "2", "reason": "复杂", "applicant": "赵局"}
    assert xizang.received().refused("apply-extension", **asks).code == "missing_key"
    assert tongliao.received().act("apply-extension", "2026-09-22", **asks).status == "办理中"
    assert xizang.received().act("reply", "2026-09-22", text="答复").status == "待审核"
    full = {"text": "答复", "signer": "无", "stamped": "no", "handler": "孙科", "phone": "8230001"}
    for missing in ("signer", "stamped", "handler", "phone"):
        given = {name: value for name, value in full.items() if name != missing}
        refused = tongliao.received().refused("reply", "2026-09-22", **given)
        assert (refused.code, refused.clause) == ("missing_key", "第十一条") and missing in refused.message
    assert tongliao.received().act("reply", "2026-09-22", **full).status == "待审核"


def test_numbers_dates_and_yes_or_no(both: Walks) -> None:
    for days in ("0", "-1", "2.5", "五", "１", "10000", "²"):
        assert both.accepted().refused("dispatch", lead="教育局", days=days).code == "unknown_value"
    for due in ("明天", "2026-13-01", "2026/10/09"):
        refused = both.replied().refused("rework", ground="其他", due=due)
        assert refused.code == "unknown_value" and "2026-10-09" in refused.message
    assert both.replied().refused("pass-review", by="审核员", public="是").code == "unknown_value"


def test_a_paper_is_named_by_its_number_or_by_its_form(both: Walks) -> None:
    walk = both.received().act("urge", "2026-10-14", to="教育局")
    first = walk.case.pressure[0].number
    walk.act("urge", "2026-10-16", to="教育局").act("serve", "2026-10-19", paper="urge")
    assert [one.served_on is not None for one in walk.case.pressure] == [False, True]
    walk.act("serve", "2026-10-15", paper=first, received_by="孙科")
    assert walk.case.pressure[0].served_to == "孙科"
    assert walk.refused("serve", paper="某号").code == "unknown_value"
    assert walk.refused("serve", paper="supervision-letter").code == "form_not_available"
    assert recorded(walk.act("serve", paper="slip"))["paper"] == walk.case.lead.number


def test_required_keys_of_every_action_exist(both: Walks) -> None:
    for rule in both.new().regulation.actions.values():
        marked = {key.name for key in ACTIONS[rule.name].keys if key.required}
        assert marked <= required_keys(rule) <= {key.name for key in ACTIONS[rule.name].keys}


def test_half_of_a_surrogate_pair_is_not_recorded(both: Walks) -> None:
    walk = both.new().act("accept", category="投诉", topic="a\ud83db")
    assert walk.case.topic == "a\ufffdb"


def test_a_word_of_a_list_may_itself_hold_commas(both: Walks) -> None:
    walk = both.replied()
    terms = walk.regulation.values("review_check")
    walk.act("pass-review", by="钱审", public="yes", public_text="已办。", checks=",".join(terms))
    assert walk.case.review.checks == terms
    assert any("、" in term or "，" in term for term in terms)


def test_words_of_a_list_are_told_apart_however_they_are_separated(both: Walks) -> None:
    first, *_, last = (term for term in both.new().regulation.vocabularies["review_check"])
    words = "、".join(term.short[0] if term.short else term.value for term in (first, last))
    walk = both.replied().act("pass-review", by="钱审", public="yes", public_text="已办。", checks=words)
    assert walk.case.review.checks == (first.value, last.value)
