"""移交函, the report of it, 批示件办理结果专报 and 联合调研记录: what was done, in its order."""

from __future__ import annotations

import pytest

from desktop_app.documents.papers.instruction_report import (
    instruction_report_facts,
    instruction_report_values,
)
from desktop_app.documents.papers.investigation import investigation_facts, investigation_values
from desktop_app.documents.papers.supervision import letter_facts, letter_values
from desktop_app.documents.papers.transfer import (
    EvidenceItem,
    evidence_items,
    transfer_facts,
    transfer_letter_values,
    transfer_report_values,
)
from tests.documents.paper_cases import BARE, T, X, paper_source, source_of, steps_to


def test_a_transfer_tells_every_step_before_it_with_its_number() -> None:
    values = transfer_letter_values(transfer_facts(paper_source("transfer-letter", T)))
    rows = [(row["日期"], row["事项"], row["字号"]) for row in values["经过"]]  # type: ignore[index]
    assert rows == [
        ("2026年9月21日", "收件", "—"),
        ("2026年9月23日", "交办", "通民盼办〔2026〕118号"),
        ("2026年9月24日", "签收", "—"),
        ("2026年9月29日", "提醒", "通民盼提〔2026〕21号"),
        ("2026年10月12日", "催办", "通民盼催〔2026〕9号"),
        ("2026年10月14日", "批示", "—"),
        ("2026年10月16日", "督办", "通民盼督〔2026〕3号"),
    ]
    assert "2026年10月13日送达" in values["经过"][4]["情况"]  # type: ignore[index]
    assert "协办市水务集团、科尔沁区人民政府" in values["经过"][1]["情况"]  # type: ignore[index]


def test_what_came_after_the_transfer_is_not_in_it() -> None:
    steps = [*steps_to("transfer-letter", T), ("reply", "2026-10-28", {"text": "现在报来了"})]
    values = transfer_letter_values(transfer_facts(source_of("transfer-letter", T, steps)))
    assert len(values["经过"]) == 7


def test_the_letter_goes_to_the_discipline_inspection_and_the_report_to_the_supervisors() -> None:
    letter = transfer_letter_values(transfer_facts(paper_source("transfer-letter", T)))
    report = transfer_report_values(transfer_facts(paper_source("transfer-report", T)))
    assert (letter["主送"], report["主送"]) == ("市纪委监委", "市政府督查室")
    assert letter["发文字号"] == report["移交字号"] == "通民盼移〔2026〕1号"
    assert "发文字号" not in report and "经市政府办公室主任决定" in str(letter["缘由"])


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("", ()),
        ("答复材料，1份，3页", (EvidenceItem("答复材料", "1", "3"),)),
        ("1. 现场照片（一式2份，共6页）", (EvidenceItem("现场照片", "2", "6"),)),
        ("催办单、督办函各1份", (EvidenceItem("催办单、督办函", "1"),)),
        ("督办函两份；网页截图", (EvidenceItem("督办函", "两"), EvidenceItem("网页截图"))),
    ],
)
def test_materials_are_listed_with_copies_and_pages(typed: str, items: tuple[EvidenceItem, ...]) -> None:
    assert evidence_items(typed) == items


def test_a_leader_reads_his_own_words_what_was_done_and_what_is_next() -> None:
    values = instruction_report_values(instruction_report_facts(paper_source("instruction-report", X)))
    assert values["主送"] == "李某某"
    assert values["领导批示"] == "李某某（2026年9月25日）：请督查室盯住，结果报我。"
    course = str(values["办理过程"]).splitlines()
    assert course[0] == "2026年9月21日，收件：主席留言专栏网友留言，投诉。"
    assert course[1].startswith("2026年9月23日，交办（通民盼办〔2026〕118号）：自治区住房和城乡建设厅")
    assert not any("批示" in line for line in course)
    assert values["下一步"] == "继续督促物业公开维修基金使用情况。"


def test_of_several_leaders_each_reads_his_own_and_a_stranger_all() -> None:
    steps = steps_to("instruction-report", T, BARE)
    other = ("instruct", "2026-09-26", {"leader": "王某某", "principal": "no", "text": "阅。"})
    own = instruction_report_values(
        instruction_report_facts(source_of("instruction-report", T, [*steps[:-1], other, steps[-1]]))
    )
    assert "王某某" not in str(own["领导批示"])
    last = ("feedback", "2026-10-09", {"to": "市政府", "text": "已办"})
    everyone = instruction_report_values(
        instruction_report_facts(source_of("instruction-report", T, [*steps[:-1], other, last]))
    )
    assert str(everyone["领导批示"]).count("\n") == 1


def test_an_investigation_says_why_it_was_made() -> None:
    values = investigation_values(investigation_facts(paper_source("investigation", X)))
    assert values["调研缘由"] == "多名住户反映，当地媒体已报道。"
    assert values["参加单位"] == "住建局、水务集团"


@pytest.mark.parametrize(
    ("regulation", "ground", "words"),
    [
        (T, "催办无果", "经催办仍未报送答复意见"),
        (T, "推诿扯皮", "存在推诿扯皮问题"),
        (T, "两次退回重办", "因两次退回重办列为督办事项"),
        (X, "主要领导批示", "因主要领导批示列为督办事项"),
    ],
)
def test_a_letter_says_a_failing_as_one_and_a_cause_as_one(regulation: str, ground: str, words: str) -> None:
    steps = steps_to("supervision-letter", regulation)
    last = ("supervise", "2026-10-16", {**steps[-1][2], "ground": ground})
    values = letter_values(letter_facts(source_of("supervision-letter", regulation, [*steps[:-1], last])))
    assert f"{words}。根据" in str(values["缘由"])


def test_a_letter_printed_later_tells_how_the_case_stood_when_it_was_sent() -> None:
    steps = [*steps_to("supervision-letter", T), ("reply", "2026-10-19", {"text": "已办"}),
             ("rework", "2026-10-20", {"ground": "答非所问", "due": "2026-10-28"})]  # fmt: skip
    (row,) = letter_values(letter_facts(source_of("supervision-letter", T, steps)))["件"]
    assert not isinstance(row, str)
    assert (row["到期日期"], row["工作日"]) == ("2026年10月9日", "逾期6个工作日")


def test_a_letter_covers_the_citizen_and_leaves_the_office_s_own_numbers() -> None:
    steps = steps_to("supervision-letter", T)
    typed = {**steps[-1][2], "demands": "请联系刘某某（13800005678），结果报我中心，电话0475-8812345。"}
    values = letter_values(
        letter_facts(source_of("supervision-letter", T, [*steps[:-1], ("supervise", "2026-10-16", typed)]))
    )
    demands = str(values["办理要求"])
    assert "0475-8812345" in demands and "刘某某" not in demands and "13800005678" not in demands


def test_a_letter_carries_what_the_writer_wanted() -> None:
    values = letter_values(letter_facts(paper_source("supervision-letter", T)))
    assert values["存在问题"] == "至今未报送答复材料，也未说明原因。"
    assert values["新期限"] == "2026年10月20日当日止"
    assert values["反馈方式"] == "书面报送我单位"
    assert values["领导批示"] == "李某某（2026年10月14日）：请住建局抓紧解决。"
