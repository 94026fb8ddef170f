"""Columns told by their names."""

from __future__ import annotations

import pytest

from desktop_app.domain.columns import KNOWN_NAMES, SYNONYMS, folded_name, recognise
from desktop_app.errors import BadData

# docs/command-line.md, 导入, word for word; a slash divides the fields.
PROMISED = (
    "留言编号 编号 tid 信件编号 / 留言主题 标题 主题 subject / 留言详情 内容 留言内容 content / "
    "留言时间 时间 日期 dateline / 留言用户 网民 网友 姓名 nickName / 联系方式 电话 手机 / 单位 工作单位 / "
    "地址 住址 / IP ip / 板块 留言对象 forumName / 类型 类别 typeName / 领域 domainName 一级分类 一级标签 / "
    "收件日期 / 答复意见 回复内容 / 答复时间 / 回复单位 / 解决程度 gradeLevel / 办理态度 gradeManner / "
    "办理速度 gradeSpeed / 满意程度 / 是否自动好评 / 评价内容 / 评价日期"
)
FIELDS = (
    "board_number title text time citizen contact work_unit address ip board kind domain received_on answer "
    "answered_at answered_by grade_resolution grade_manner grade_speed satisfaction automatic_praise review_text "
    "reviewed_on"
)


@pytest.mark.parametrize(("names", "field"), list(zip(PROMISED.split(" / "), FIELDS.split(), strict=True)))
def test_the_promised_names_are_known(names: str, field: str) -> None:
    for name in names.split():
        assert recognise((name,)).fields == {field: 0}


def test_no_name_belongs_to_two_fields() -> None:
    assert len(KNOWN_NAMES) == sum(len({folded_name(name) for name in names}) for names in SYNONYMS.values())


@pytest.mark.parametrize(
    "name", [" 留言编号 ", "*留言编号", "留言编号＊", "留言编号（必填）", "【留言编号】", "留 言\n编号：",
     "ＴＩＤ", "留言编号(board id)"],
)  # fmt: skip
def test_form_makes_no_difference(name: str) -> None:
    assert recognise((name,)).fields == {"board_number": 0}


def test_unknown_columns_are_listed_and_the_first_claim_counts() -> None:
    columns = recognise(("点赞数", "时间", "留言主题", "留言时间", ""))
    assert columns.fields == {"time": 1, "title": 2}
    assert columns.unknown == (0, 3, 4)
    assert columns.name_of("time") == "时间"
    assert columns.name_of("text") == "留言详情"
    assert columns.holds_messages


def test_what_the_user_chose_goes_first() -> None:
    header = ("时间", "留言时间", "备注", "标题")
    columns = recognise(header, {"time": "留言时间", "留言详情": " 备注", "title": ""})
    assert columns.fields == {"time": 1, "text": 2}
    assert columns.unknown == (0, 3)


def test_a_column_chosen_for_one_field_serves_no_other() -> None:
    assert recognise(("标题", "主题"), {"text": "标题"}).fields == {"text": 0, "title": 1}


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"colour": "标题"}, "没有这个字段；可用的有：board_number（留言编号）"),
        ({"text": "正文栏"}, "没有这一列；表中有：标题"),
    ],
)
def test_what_does_not_exist_is_named(chosen: dict[str, str], says: str) -> None:
    with pytest.raises(BadData, match=says) as caught:
        recognise(("标题", ""), chosen)
    assert caught.value.code == "unknown_value"


def test_no_messages_without_a_title_or_a_text() -> None:
    assert not recognise(("一级分类", "二级分类")).holds_messages
    assert not recognise(()).holds_messages


def test_seconds_are_counted_in_the_boards_own_columns() -> None:
    assert recognise(("dateline",)).counts_seconds("time")
    assert not recognise(("留言时间",)).counts_seconds("time")
