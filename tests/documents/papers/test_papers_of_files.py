"""时限计算说明, 案卷封面, 归档文件目录, 备考表."""

from __future__ import annotations

import dataclasses
import re

from desktop_app.documents.papers.deadline_note import deadline_note_facts, deadline_note_values
from desktop_app.documents.papers.file_catalogue import file_catalogue_facts, file_catalogue_values
from desktop_app.documents.papers.file_cover import file_cover_facts, file_cover_values
from desktop_app.documents.papers.file_note import file_note_facts, file_note_values
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.office_records import Attachment
from desktop_app.services.papers import Filed
from tests.documents.paper_cases import BARE, CITIZEN, EXTREME, T, X, paper_source, source_of, steps_to


def rows(values: Values, name: str) -> list[dict[str, str]]:
    found = values[name]
    assert not isinstance(found, str)
    return [dict(row) for row in found]


def test_every_day_is_counted_or_told_why_not() -> None:
    steps = [*steps_to("deadline-note", T, BARE), ("receive", "2026-09-24", {"by": "孙科"})]
    values = deadline_note_values(deadline_note_facts(source_of("deadline-note", T, steps)))
    days = rows(values, "日")
    assert (values["到期日"], values["提醒日"]) == ("2026年10月9日 星期五", "2026年10月8日 星期四")
    assert days[0] == {
        "日期": "2026年9月24日", "星期": "星期四", "计数": "不计", "理由": "起算当日，不计入", "通知": "—",
    }  # fmt: skip
    assert days[1] == {
        "日期": "2026年9月25日", "星期": "星期五", "计数": "不计", "理由": "中秋节放假", "通知": "①",
    }  # fmt: skip
    assert [day["计数"] for day in days if day["计数"] != "不计"] == [f"第{n}日" for n in range(1, 6)]
    assert days[-1]["日期"] == "2026年10月9日" and len(days) == 16
    assert values["通知名录"] == "①国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）"
    assert values["计入天数"] == "计入5日，不计入10日"


def test_every_rule_stands_with_its_article() -> None:
    rules = rows(deadline_note_values(deadline_note_facts(paper_source("deadline-note", T))), "规则")
    told = [(rule["内容"], rule["依据"]) for rule in rules]
    assert told == [
        ("从收到之日 2026年9月24日 起算", "第十一条"),
        ("开始的当日不计入，自下一日开始计算", "《中华人民共和国民法典》第二百零一条"),
        ("期限 5 个工作日，当日止", "第十一条"),
        ("准予延期 2 个工作日，从原到期日接着算", "第十四条"),
        ("提醒日为到期日前的最后一个工作日", "第十三条"),
    ]


def test_a_count_that_touches_a_year_without_its_notice_is_open() -> None:
    steps = [
        ("accept", "2026-12-21", {"category": "咨询"}),
        ("dispatch", "2026-12-21", {"lead": "自治区住房和城乡建设厅"}),
        ("receive", "2026-12-21", {}),
    ]
    values = deadline_note_values(deadline_note_facts(source_of("deadline-note", X, steps)))
    assert values["到期日"] == "2027年1月5日 星期二"
    assert "暂定" in str(values["暂定说明"]) and "全国年节及纪念日放假办法" in str(values["通知名录"])


def test_a_catalogue_lists_the_message_each_paper_once_and_each_file() -> None:
    values = file_catalogue_values(file_catalogue_facts(paper_source("file-catalogue", T)))
    documents = rows(values, "文件")
    assert [(one["序号"], one["题名"], one["责任者"], one["日期"]) for one in documents] == [
        ("1", "网民留言：某小区二次供水水压不足，高层住户早晚停水", "网民", "20260921"),
        ("2", "人民网地方领导留言板咨询事项承办单", "通辽市政府门户网站运维中心", "20260923"),
        ("3", "延期办理申请表", "市住房和城乡建设局", "20260929"),
        ("4", "签章答复", "市住房和城乡建设局", "20260930"),
        ("5", "承办单扫描件", "", "20261013"),
    ]
    assert documents[1]["文号"] == "通民盼办〔2026〕118号"
    assert all(one["档号"] == one["密级"] == one["页数"] == "" for one in documents)
    assert all(re.fullmatch("[0-9]{8}", one["日期"]) for one in documents)


def test_a_document_bears_the_day_of_its_step_and_not_of_its_printing() -> None:
    source = paper_source("file-catalogue", T)
    printed = [dataclasses.replace(one, made="2026-12-31T08:00:00.000+08:00") for one in source.filed.papers]
    source = dataclasses.replace(source, filed=Filed(tuple(printed)))
    documents = rows(file_catalogue_values(file_catalogue_facts(source)), "文件")
    assert [one["日期"] for one in documents] == ["20260921", "20260923", "20260929", "20260930"]


def test_replies_and_instructions_lie_in_the_file_and_a_signed_copy_is_not_counted_twice() -> None:
    steps = [
        *steps_to("file-catalogue", T)[:-1],
        ("instruct", "2026-10-12", {"leader": "李某某", "principal": "yes", "text": "阅。"}),
        ("close", "2026-10-13", {}),
    ]
    bare = rows(file_catalogue_values(file_catalogue_facts(source_of("file-catalogue", T, steps))), "文件")
    assert [(one["题名"], one["责任者"]) for one in bare[1:]] == [
        ("答复材料", "市住房和城乡建设局"),
        ("领导批示", "李某某"),
    ]
    signed = rows(file_catalogue_values(file_catalogue_facts(paper_source("file-catalogue", T))), "文件")
    assert not [one for one in signed if one["题名"] == "答复材料"]


def test_a_paper_made_twice_is_one_document() -> None:
    source = paper_source("file-catalogue", X)
    twice = dataclasses.replace(source, filed=Filed((*source.filed.papers, *source.filed.papers)))
    assert len(rows(file_catalogue_values(file_catalogue_facts(twice)), "文件")) == 4


def test_the_name_of_a_file_does_not_name_the_citizen() -> None:
    named = Attachment(
        1, "", "other", f"{CITIZEN.name}来信.jpg", 1, "", "2026-10-01T00:00:00.000+08:00", "王敏"
    )
    source = dataclasses.replace(paper_source("file-catalogue", T), filed=Filed((), (named,)))
    titles = [one["题名"] for one in rows(file_catalogue_values(file_catalogue_facts(source)), "文件")]
    assert not any(CITIZEN.name in title for title in titles)
    assert any(title.endswith("来信") for title in titles)


def test_a_cover_spans_the_documents_and_leaves_pages_to_the_pen() -> None:
    values = file_cover_values(file_cover_facts(paper_source("file-cover", T)))
    assert values["起止日期"] == "2026年9月21日至2026年10月13日"
    assert (values["件数"], values["页数"], values["保管期限"]) == ("5", "", "")
    steps = [*steps_to("file-cover", T), ("archive", "2026-10-14", {"retention": "10年"})]
    archived = file_cover_values(file_cover_facts(source_of("file-cover", T, steps)))
    assert (archived["保管期限"], archived["归档日期"]) == ("10年", "2026年10月14日")


def test_a_note_counts_and_tells_of_a_second_beginning() -> None:
    assert file_note_values(file_note_facts(paper_source("file-note", T)))["情况说明"] == (
        "本卷共有文件5件，其中随卷保存的电子件2件，目录附后。"
    )
    bare = file_note_values(file_note_facts(paper_source("file-note", T, BARE)))
    assert bare["情况说明"] == "本卷共有文件2件，目录附后。"
    steps = [
        *steps_to("file-note", T),
        ("archive", "2026-10-14", {}),
        ("reopen", "2026-10-20", {"reason": "补充材料", "to": "待归档"}),
        ("close", "2026-10-21", {}),
    ]
    assert "曾重新办理1次" in str(
        file_note_values(file_note_facts(source_of("file-note", T, steps)))["情况说明"]
    )


def test_forty_documents_are_forty_lines() -> None:
    values = file_catalogue_values(file_catalogue_facts(paper_source("file-catalogue", T, EXTREME)))
    assert values["件数"] == "44" and len(rows(values, "文件")) == 44
