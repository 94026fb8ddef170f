"""From facts to the words on paper."""

from __future__ import annotations

import dataclasses
import io
from datetime import date

import docx
import pytest

from desktop_app.documents.fields import CODE, FIELDS
from desktop_app.documents.forms import load_form
from desktop_app.documents.paper_catalogue import PAPERS, REMINDER, SLIP, SUPERVISION_LETTER, URGE
from desktop_app.documents.papers.facts import DueFact, InstructionFact
from desktop_app.documents.papers.notices import reminder_values, urge_values
from desktop_app.documents.papers.slip import slip_values
from desktop_app.documents.papers.supervision import letter_values
from desktop_app.documents.recorded_values import Values
from tests.documents.paper_samples import DONE_SLIP, LETTER, MATTER, NOTICE
from tests.documents.paper_samples import SLIP as SLIP_FACTS

_ALL = {
    SLIP: slip_values(SLIP_FACTS),
    SUPERVISION_LETTER: letter_values(LETTER),
    REMINDER: reminder_values(NOTICE),
    URGE: urge_values(NOTICE),
}


@pytest.mark.parametrize("form_id", _ALL)
def test_every_field_a_template_may_hold_gets_a_value(form_id: str) -> None:
    values = _ALL[form_id]
    offered = {one.name for one in FIELDS.values() if form_id in one.forms} - {CODE}  # given to every paper
    given = {name for name, value in values.items() if isinstance(value, str)}
    rows = {
        f"{name}.{key}" for name, value in values.items() if not isinstance(value, str) for key in value[0]
    }
    assert offered <= given | rows
    assert {*given, *rows} <= FIELDS.keys()
    assert form_id in PAPERS


def row(values: Values) -> dict[str, str]:
    (only,) = values["件"]
    assert not isinstance(only, str)
    return dict(only)


def test_dates_are_written_as_papers_write_them() -> None:
    values = slip_values(SLIP_FACTS)
    assert values["交办时间"] == "2026年9月23日"
    assert values["留言时间"] == "2026年9月21日 08:05"
    assert (
        slip_values(dataclasses.replace(SLIP_FACTS, written=date(2026, 1, 5)))["留言时间"] == "2026年1月5日"
    )


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, ""),
        (DueFact(date(2026, 10, 9)), "2026年10月9日"),
        (DueFact(date(2026, 10, 9), from_dispatch=True), "2026年10月9日\n（暂计，未签收，按交办日预计）"),
        (DueFact(date(2027, 1, 5), holidays_unknown=True), "2027年1月5日\n（暂定，放假安排未发布）"),
    ],
)
def test_a_deadline_says_when_it_is_not_certain(due: DueFact | None, words: str) -> None:
    assert slip_values(dataclasses.replace(SLIP_FACTS, due=due))["到期日期"] == words


def test_what_has_not_happened_is_left_for_the_pen() -> None:
    values = slip_values(SLIP_FACTS)
    assert [values[name] for name in ("签收人", "签收时间", "办前联系", "办理情况", "主要负责人")] == [""] * 5
    assert values["是否宜公开"] == "□是　□否"
    assert str(values["审签日期"]).split() == ["年", "月", "日"]


def test_what_has_happened_is_printed() -> None:
    values = slip_values(DONE_SLIP)
    assert values["签收时间"] == "2026年9月21日"
    assert values["办前联系"] == "2026年9月22日 电话 已联系，说明了办理安排"
    assert values["办后回访"] == "电话 满意"
    assert values["是否宜公开"] == "√是　□否"
    assert values["审签日期"] == "2026年10月9日"
    assert values["办理时限"] == "10个工作日\n（自领办之日起）"


def test_secrecy_goes_before_urgency() -> None:
    for secrecy, urgency, marks in (
        ("", "", ("", "")),
        ("", "特急", ("特急", "")),
        ("内部", "", ("内部", "")),
        ("内部", "特急", ("内部", "特急")),
    ):
        values = letter_values(dataclasses.replace(LETTER, secrecy=secrecy, urgency=urgency))
        assert (values["首行标注"], values["次行标注"]) == marks


def test_a_letter_names_its_grounds_and_its_article() -> None:
    words = letter_values(LETTER)["缘由"]
    assert "存在逾期办理、久催不办问题" in words
    assert "《通辽市人民网地方领导留言板市长板块“民盼通办”工作办法（暂行）》第十九条的规定" in words
    led = dataclasses.replace(LETTER, grounds=(), cause="已列为政府督办事项")
    assert "已列为政府督办事项。" in letter_values(led)["缘由"]


def test_a_case_says_what_was_sent_before() -> None:
    assert row(letter_values(LETTER)) == {
        "序号": "1",
        "编号": "2026-0312",
        "标题": MATTER.title,
        "交办日期": "2026年9月23日",
        "到期日期": "2026年10月9日",
        "工作日": "逾期2个工作日",
        "此前文书": "通民盼提〔2026〕21号\n2026年10月8日\n催办单\n2026年10月10日",
    }
    bare = dataclasses.replace(MATTER, due=None, days_left=None, earlier=())
    told = row(letter_values(dataclasses.replace(LETTER, matters=(bare,))))
    assert (told["到期日期"], told["工作日"], told["此前文书"]) == ("—", "", "—")


@pytest.mark.parametrize(("left", "words"), [(3, "剩余3个工作日"), (0, "当日到期"), (-1, "逾期1个工作日")])
def test_days_are_counted_from_the_deadline(left: int, words: str) -> None:
    matter = dataclasses.replace(MATTER, days_left=left)
    assert row(reminder_values(dataclasses.replace(NOTICE, matters=(matter,))))["工作日"] == words


def test_a_long_list_is_summed_up() -> None:
    few = letter_values(dataclasses.replace(LETTER, matters=(MATTER,) * 3))["存在问题"]
    assert str(few).count("2026-0312号留言") == 3
    in_time = dataclasses.replace(MATTER, days_left=1)
    many = letter_values(dataclasses.replace(LETTER, matters=(*(MATTER,) * 4, in_time)))["存在问题"]
    assert many == "上表所列5件留言至今仍未报送合格的答复材料，其中4件已超过办理时限。"


def test_instructions_stand_word_for_word() -> None:
    instructions = (
        InstructionFact("甲", date(2026, 10, 8), "请抓紧。"),
        InstructionFact("乙", None, "同意。"),
    )
    matter = dataclasses.replace(MATTER, instructions=instructions)
    values = letter_values(dataclasses.replace(LETTER, matters=(matter,)))
    assert values["领导批示"] == "甲（2026年10月8日）：请抓紧。\n乙：同意。"


def test_the_writers_own_words_win() -> None:
    facts = dataclasses.replace(
        LETTER, title="督办函甲", problems="问题甲", demands="要求甲", signatory="署名甲"
    )
    values = letter_values(facts)
    assert [values[name] for name in ("函件标题", "存在问题", "办理要求", "署名")] == [
        "督办函甲",
        "问题甲",
        "要求甲",
        "署名甲",
    ]


def test_which_time_it_is() -> None:
    assert urge_values(dataclasses.replace(NOTICE, occasion=2))["第几次"] == "第二次"


@pytest.mark.parametrize("phone", ["", "0475-8230001"])
def test_nothing_is_said_of_a_contact_that_the_office_has_not_named(phone: str) -> None:
    office = dataclasses.replace(NOTICE.office, contact="", phone=phone)
    filled = load_form(URGE).fill({**urge_values(dataclasses.replace(NOTICE, office=office)), CODE: ""})
    words = "".join(one.text for one in docx.Document(io.BytesIO(filled.bytes)).paragraphs)
    assert ("联系人" in words) is bool(phone)
