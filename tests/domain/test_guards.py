"""What the office itself may not do, each with its clause."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_app.domain.guards import GUARDS, Stage, stage_of
from desktop_app.domain.messages import Citizen

Walks = Any


def test_a_limit_may_be_shorter_only(both: Walks) -> None:
    longest = "10" if both.is_x else "5"
    refused = both.accepted().refused("dispatch", "2026-09-19", lead="教育局", days=str(int(longest) + 1))
    assert refused.code == "limit_longer_than_regulation"
    assert refused.clause == ("第五条（四）" if both.is_x else "第十一条")
    assert both.dispatched(days=longest).case.lead.days == int(longest)
    assert both.dispatched(days="1").case.lead.days == 1


def test_an_application_is_recorded_whatever_it_asks_but_not_granted_above_the_cap(both: Walks) -> None:
    walk = both.extension(both.received(), "2026-09-22", "60")
    level = both.levels(walk)[0]
    refused = walk.refused("approve-extension", "2026-09-22", level=level, by="主任")
    assert refused.code == "extension_over_cap"
    assert refused.clause == ("第五条（四）" if both.is_x else "第十四条")
    both.grant(walk, "2026-09-22", "20" if both.is_x else "3")
    assert walk.case.lead.granted_days == (20 if both.is_x else 3)


def test_all_extensions_of_one_assignment_stay_within_the_cap(both: Walks) -> None:
    walk = both.grant(both.extension(both.received(), "2026-09-22", "2"), "2026-09-22")
    both.extension(walk, "2026-09-23", "20" if both.is_x else "3")
    level = both.levels(walk)[0]
    assert walk.refused("approve-extension", level=level, by="主任").code == "extension_over_cap"
    both.grant(walk, "2026-09-23", "18" if both.is_x else "1")
    walk.act("change-units", "2026-09-24", lead="住建局", reason="调整").act("receive", "2026-09-24")
    again = both.grant(both.extension(walk, "2026-09-25", "3"), "2026-09-25")
    assert again.case.lead.granted_days == 3


def test_levels_approve_one_after_the_other(tongliao: Walks) -> None:
    walk = tongliao.extension(tongliao.received(), "2026-09-22", "3")
    assert walk.refused("approve-extension", level="交办单位", by="主任").code == "wrong_state"
    assert walk.refused("approve-extension", level="政研室", by="处长").code == "unknown_value"
    walk.act("approve-extension", "2026-09-22", level="承办单位", by="赵局", days="2")
    assert walk.case.lead.granted_days == 0 and walk.items()["延期待批"].clause == "第十四条"
    more = walk.refused("approve-extension", "2026-09-22", level="交办单位", by="主任", days="3")
    assert more.code == "unknown_value" and "减少" in more.message
    walk.act("approve-extension", "2026-09-22", level="交办单位", by="主任")
    assert walk.case.lead.granted_days == 2


def test_cases_from_above_ask_one_level_more(tongliao: Walks) -> None:
    walk = tongliao.extension(tongliao.received(source="主席板块"), "2026-09-22", "3")
    assert tongliao.levels(walk) == ("承办单位主要负责人", "交办单位", "政研室")
    for level in ("承办单位主要负责人", "交办单位"):
        walk.act("approve-extension", "2026-09-22", level=level, by="某")
    assert walk.case.lead.granted_days == 0
    walk.act("approve-extension", "2026-09-23", level="政研室", by="处长", days="1")
    assert walk.case.lead.granted_days == 1


def test_a_refused_extension_leaves_the_date_and_may_be_asked_again(both: Walks) -> None:
    walk = both.received()
    due = walk.clock.due
    both.extension(walk, "2026-09-22", "2")
    walk.act("refuse-extension", "2026-09-22", level=both.levels(walk)[0], by="主任", opinion="理由不足")
    assert walk.clock.due == due
    assert both.grant(both.extension(walk, "2026-09-23", "1"), "2026-09-23").clock.due > due


def test_a_private_reply_never_goes_public(both: Walks) -> None:
    walk = both.to_publish("no")
    for keys in ({}, {"text": "全文"}, {"text": "全文", "cleared": "yes"}):
        refused = walk.refused("publish", "2026-09-25", **keys)
        assert refused.code == "reply_not_public"
        assert refused.clause == ("第五条（三）" if both.is_x else "第十八条")


def test_a_public_reply_is_not_answered_in_private(both: Walks) -> None:
    walk = both.to_publish()
    assert walk.refused("answer-privately", by="孙科", channel="电话").code == "wrong_state"
    if not both.is_x:
        assert walk.refused("post-note", text="说明").code == "wrong_state"


CITIZEN = Citizen(name="王小明", contact="13904750000", address="甲市乙街3号楼501")


def test_protected_words_stop_a_public_text_until_looked_at(both: Walks) -> None:
    clause = "第六条" if both.is_x else "第七条（二）"
    walk = both.reply(
        both.received(citizen=CITIZEN), "2026-09-25", text="王小明您好，您的电话13904750000已记录。"
    )
    refused = walk.refused("pass-review", "2026-09-25", by="审核员", public="yes")
    assert (refused.code, refused.clause) == ("protected_data_in_public_text", clause)
    assert "王小明" in refused.message and "13904750000" in refused.message
    walk.act("pass-review", "2026-09-25", by="审核员", public="yes", public_text="您好，来信已办结。")
    if both.is_x:
        walk.act("sign-off", "2026-09-25", by="秘书长")
    other = walk.refused("publish", "2026-09-25", text="王小明您好，已办结。")
    assert (other.code, other.clause) == ("protected_data_in_public_text", clause)
    assert walk.act("publish", "2026-09-25").case.publications[0].text == "您好，来信已办结。"


def test_what_was_looked_at_once_need_not_be_again_while_it_is_the_same(both: Walks) -> None:
    text = "王小明同志反映的问题已办结。"
    walk = both.reply(both.received(citizen=CITIZEN), "2026-09-25", text=text)
    walk.act("pass-review", "2026-09-25", by="审核员", public="yes", cleared="yes")
    if both.is_x:
        walk.act("sign-off", "2026-09-25", by="秘书长")
    assert walk.refused("publish", text=text + "电话13904750000。").code == "protected_data_in_public_text"
    assert walk.act("publish", "2026-09-25", text=text).case.publications[0].text == text


def test_a_private_reply_may_name_the_citizen_but_the_note_may_not(tongliao: Walks) -> None:
    walk = tongliao.reply(tongliao.received(citizen=CITIZEN), "2026-09-25", text="王小明您好")
    tongliao.review(walk, "no").act("answer-privately", "2026-09-25", by="孙科", channel="电话")
    refused = walk.refused("post-note", text="已直接答复王小明。")
    assert (refused.code, refused.clause) == ("protected_data_in_public_text", "第七条（二）")
    assert walk.act("post-note", "2026-09-26", text="已直接答复留言人。").case.public_note_on is not None


def test_the_units_and_its_handlers_telephone_may_stand(both: Walks) -> None:
    text = "如有疑问请联系承办单位，电话0475-8230001；经办人电话0475-8239999。"
    walk = both.reply(both.received(citizen=CITIZEN), "2026-09-25", text=text, phone="0475-8239999")
    assert both.review(walk).status in ("待审定", "待公开")


def test_urging_without_result_needs_an_urge_that_was_served(both: Walks) -> None:
    clause = "第五条（四）" if both.is_x else "第二十条"
    walk = both.received()
    refused = walk.refused("supervise", "2026-10-20", to="教育局", ground="催办无果")
    assert (refused.code, refused.clause) == ("no_served_urge", clause)
    walk.act("urge", "2026-10-14", to="教育局")
    assert walk.refused("supervise", "2026-10-20", to="教育局", ground="催办无果").code == "no_served_urge"
    walk.act("serve", "2026-10-15", paper="urge", manner="传真")
    assert walk.refused("supervise", "2026-10-14", to="教育局", ground="催办无果").code == "no_served_urge"
    walk.act("supervise", "2026-10-20", to="教育局", ground="催办无果")
    assert walk.case.pressure[-1].ground == "催办无果"


def test_other_grounds_need_no_urge(both: Walks) -> None:
    walk = both.received()
    grounds = [
        one for one in walk.regulation.vocabularies["supervision_ground"] if "after_urge" not in one.flags
    ]
    assert len(grounds) >= 5
    for ground in grounds:
        walk.act("supervise", "2026-09-28", to="教育局", ground=ground.value)


def test_blocking_items_cannot_be_set_aside_and_stop_the_end(tongliao: Walks) -> None:
    walk = tongliao.to_publish("no").act("answer-privately", "2026-09-25", by="孙科", channel="电话")
    refused = walk.refused("close")
    assert (refused.code, refused.clause) == ("open_items_remain", "第十八条")
    assert walk.refused("waive", item="公开说明", reason="略", by="主任").code == "open_items_remain"
    walk.act("post-note", "2026-09-28", text="已直接答复留言人。")
    assert walk.act("close", "2026-09-28").status == "待归档"


def test_in_tongliao_a_refusal_is_told_or_excused_before_the_end(tongliao: Walks) -> None:
    walk = tongliao.new().act(
        "refuse", ground="涉密", explanation="涉及国家秘密", suggestion="请向主管机关反映"
    )
    refused = walk.refused("close")
    assert (refused.code, refused.clause) == ("open_items_remain", "第五条")
    assert walk.act("tell-refusal", channel="电话").act("close").status == "待归档"
    excused = tongliao.new().act("refuse", ground="涉密", not_told_reason="涉密")
    assert excused.act("close").status == "待归档"


def test_in_xizang_telling_a_refusal_is_optional(xizang: Walks) -> None:
    assert xizang.new().act("refuse", ground="恶意攻击").act("close").status == "待归档"


def test_only_items_that_are_open_can_be_set_aside(both: Walks) -> None:
    walk = both.new()
    assert walk.refused("waive", item="逾期", reason="略", by="主任").code == "unknown_value"
    assert walk.refused("waive", item="天气", reason="略", by="主任").code == "unknown_value"
    assert "待初审" not in walk.act("waive", item="待初审", reason="略", by="主任").items()


def test_a_refused_message_has_no_reply_to_send_back(both: Walks) -> None:
    walk = both.replied().act("refuse", "2026-09-28", ground="无法联系", not_told_reason="无法联系")
    walk.act("close", "2026-09-28")
    assert walk.status == "待归档"
    refused = walk.refused("rework", ground="答非所问", due="2026-11-30")
    assert refused.code == "wrong_state" and "答复" in refused.message


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_every_guard_is_used_by_some_regulation(xizang: Walks, tongliao: Walks, name: str) -> None:
    rules = [*xizang.new().regulation.actions.values(), *tongliao.new().regulation.actions.values()]
    assert any(name in rule.guards for rule in rules)
    assert stage_of(name) in Stage
