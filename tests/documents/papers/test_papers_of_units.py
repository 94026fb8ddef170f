"""退办单 and 退回重办通知: why it goes back, and what is said to that."""

from __future__ import annotations

from desktop_app.documents.papers.return_slip import return_facts, return_values
from desktop_app.documents.papers.rework import rework_facts, rework_values
from desktop_app.documents.papers.words import BY_HAND
from tests.documents.paper_cases import BARE, ORDINARY, T, X, paper_source, source_of, steps_to


def test_a_return_on_the_day_of_receipt_and_one_that_came_late() -> None:
    values = return_values(return_facts(paper_source("return", T)))
    assert (values["收到日期"], values["退件日期"]) == ("2026年9月24日", "2026年9月24日")
    assert values["当日退件"] == "收到当日退回"
    late = [*steps_to("return", T, BARE)[:-1], ("return", "2026-09-28", {"reason": "不属职责"})]
    assert return_values(return_facts(source_of("return", T, late)))["当日退件"] == "晚于收到当日"


def test_the_offices_answer_in_the_words_of_the_regulation() -> None:
    assert return_values(return_facts(paper_source("return", T)))["处理意见"] == (
        "不予退办。小区二次供水属住建部门职责。"
    )
    steps = [*steps_to("return", X, ORDINARY)[:-1], ("accept-return", "2026-09-25", {"reason": "另交水利厅"})]
    values = return_values(return_facts(source_of("return", X, steps)))
    assert (values["处理意见"], values["处理日期"]) == ("同意退件。另交水利厅。", "2026年9月25日")


def test_an_unanswered_return_leaves_a_place_for_the_answer() -> None:
    values = return_values(return_facts(paper_source("return", T, BARE)))
    assert (values["处理意见"], values["处理日期"], values["分管领导"]) == ("", BY_HAND, "")


def test_a_receipt_that_was_only_presumed_says_so() -> None:
    steps = [*steps_to("return", T, BARE)[:2], ("return", "2026-09-25", {"reason": "不属职责"})]
    assert return_values(return_facts(source_of("return", T, steps)))["收到日期"] == "2026年9月25日（推定）"


def test_a_supporting_unit_returns_under_its_own_name() -> None:
    steps = [*steps_to("return", T)[:3], ("return", "2026-09-24", {"reason": "无关", "unit": "市水务集团"})]
    assert return_values(return_facts(source_of("return", T, steps)))["退件单位"] == "市水务集团"


def test_a_reply_sent_back_is_told_with_what_is_wrong_with_it() -> None:
    values = rework_values(rework_facts(paper_source("rework", T)))
    assert (values["存在问题"], values["新期限"]) == ("答非所问", "2026年10月12日当日止")
    assert (values["主送"], values["第几次"], values["原答复日期"]) == (
        "市住房和城乡建设局", "第一次", "2026年9月30日",
    )  # fmt: skip
    assert str(values["原答复摘要"]).startswith("经核实，该小区")


def test_the_second_time_is_the_second_and_a_long_reply_is_cut_and_says_so() -> None:
    steps = [
        *steps_to("rework", T),
        ("reply", "2026-10-09", {"text": "又是一样的答复。" * 100}),
        ("rework", "2026-10-10", {"ground": "敷衍塞责", "due": "2026-10-14"}),
    ]
    values = rework_values(rework_facts(source_of("rework", T, steps)))
    assert values["第几次"] == "第二次"
    assert str(values["原答复摘要"]).endswith("……（下略，全文见原件）")
    assert len(str(values["原答复摘要"])) < 320
