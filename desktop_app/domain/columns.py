"""Which column of a sheet of messages holds what, told by the names that exports give them (docs/command-line.md, 导入).

Names are compared folded: full and half width, case, white space, brackets and asterisks make no difference,
and a remark in brackets (（必填）) is passed over where the name without it is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.domain.message_text import ZERO_WIDTH, fold
from desktop_app.errors import BadData, Fault

RATINGS = (
    "grade_resolution",
    "grade_manner",
    "grade_speed",
    "satisfaction",
    "automatic_praise",
    "review_text",
    "reviewed_on",
)
"""The citizen's judgement, kept as given. Automatic praise is no satisfaction and is counted apart."""

SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "board_number": ("留言编号", "编号", "tid", "信件编号", "留言id", "帖子编号", "留言号"),
    "title": ("留言主题", "标题", "主题", "subject", "留言标题", "信件标题", "title"),
    "text": ("留言详情", "内容", "留言内容", "content", "详情", "信件内容", "留言正文", "正文"),
    "time": ("留言时间", "时间", "日期", "dateline", "留言日期", "提交时间", "发布时间", "来信时间"),
    "citizen": ("留言用户", "网民", "网友", "姓名", "nickName", "留言人", "用户", "用户名", "昵称", "网名",
                "网民姓名", "网友姓名", "网民昵称", "网友昵称", "留言网友", "留言网民", "来信人"),
    "contact": ("联系方式", "电话", "手机", "联系电话", "手机号", "手机号码", "电话号码"),
    "work_unit": ("单位", "工作单位"),
    "address": ("地址", "住址", "联系地址", "家庭住址", "家庭地址", "通讯地址"),
    "ip": ("ip", "ip地址"),
    "board": ("板块", "留言对象", "forumName", "留言板块", "版块"),
    "kind": ("类型", "类别", "typeName", "留言类型", "留言类别"),
    "domain": ("领域", "domainName", "一级分类", "一级标签", "留言领域"),
    "received_on": ("收件日期", "收件日", "收到日期", "收件时间"),
    "handed_down_by": ("上级交办单位", "上级单位"),
    "handed_down_on": ("上级交办日期", "政研室交办日期", "上级交办时间"),
    "upstream_due": ("上级时限", "上级办理时限", "上级要求时限", "上级反馈时限"),
    "answer": ("答复意见", "回复内容", "answerContent", "答复内容", "回复意见"),
    "answered_at": ("答复时间", "answerDateline", "回复时间", "答复日期", "回复日期"),
    "answered_by": ("回复单位", "answerOrganization", "答复单位"),
    "grade_resolution": ("解决程度", "gradeLevel"),
    "grade_manner": ("办理态度", "gradeManner"),
    "grade_speed": ("办理速度", "gradeSpeed"),
    "satisfaction": ("满意程度", "满意度"),
    "automatic_praise": ("是否自动好评", "自动好评"),
    "review_text": ("评价内容",),
    "reviewed_on": ("评价日期", "评价时间"),
}  # fmt: skip
"""Field → the names it goes by; the first is what the program calls it to the user."""

FAULT_COLUMNS = ("原表行号", "未导入原因")
"""What the sheet to mend adds; when it comes back mended they are nobody's data and are passed over."""

DATELINES = ("dateline", "answerDateline")
"""Columns in which a number is seconds since 1970, as the board's own interface gives it."""

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_PASSED_OVER = re.compile(rf"[\s()\[\]【】〔〕*※:_{ZERO_WIDTH}]")


def folded_name(name: str) -> str:
    """A column's name as it is compared: `留言编号＊（必填）` and ` 留言编号` are one."""
    plain = fold(name)
    return _PASSED_OVER.sub("", _BRACKETED.sub("", plain)) or _PASSED_OVER.sub("", plain)


_FIELD_OF = {folded_name(name): field for field, names in SYNONYMS.items() for name in names}
_FAULT_NAMES = frozenset(map(folded_name, FAULT_COLUMNS))
_DATELINE_NAMES = frozenset(map(folded_name, DATELINES))

KNOWN_NAMES: frozenset[str] = frozenset(_FIELD_OF)
"""All known names, folded: by them the header row of a sheet is found."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column (0-based) holds which field; `unknown` columns are kept with the case as given."""

    header: tuple[str, ...]
    fields: Mapping[str, int]
    unknown: tuple[int, ...]

    @property
    def holds_messages(self) -> bool:
        """Whether a title or a text can be had at all; without either no row can be a case."""
        return "title" in self.fields or "text" in self.fields

    def counts_seconds(self, field: str) -> bool:
        """Whether numbers in the field's column are seconds since 1970 (the board's dateline)."""
        return folded_name(self.header[self.fields[field]]) in _DATELINE_NAMES

    def name_of(self, field: str) -> str:
        """The sheet's own name of the field's column; the program's where the sheet has none."""
        index = self.fields.get(field)
        return SYNONYMS[field][0] if index is None else self.header[index]


def recognise(header: Sequence[str], chosen: Mapping[str, str] | None = None) -> ColumnMap:
    """Finds each field's column by name; what the user chose goes before what the names say.

    `chosen`: field (English, or any of its names) → column name; an empty column name means that the field
    has no column. Where two columns claim a field, the first has it and the other is kept as extra.
    Raises BadData for a field or a column that does not exist.
    """
    fields: dict[str, int] = {}
    absent: set[str] = set()
    for key, column in (chosen or {}).items():
        field = _field(key)
        if column:
            fields[field] = _column(header, column)
        else:
            absent.add(field)
    for index, name in enumerate(header):
        known = _FIELD_OF.get(folded_name(name))
        if known and known not in fields and known not in absent and index not in fields.values():
            fields[known] = index
    unknown = tuple(
        index
        for index, name in enumerate(header)
        if index not in fields.values() and folded_name(name) not in _FAULT_NAMES
    )
    return ColumnMap(tuple(header), fields, unknown)


def _field(key: str) -> str:
    field = key if key in SYNONYMS else _FIELD_OF.get(folded_name(key))
    if field is None:
        known = "、".join(f"{name}（{names[0]}）" for name, names in SYNONYMS.items())
        raise BadData(Fault("列的对应", key, f"没有这个字段；可用的有：{known}"), code="unknown_value")
    return field


def _column(header: Sequence[str], name: str) -> int:
    if name in header:
        return header.index(name)
    folded = [folded_name(each) for each in header]
    if folded_name(name) in folded:
        return folded.index(folded_name(name))
    known = "、".join(each for each in header if each) or "（一列也没有）"
    raise BadData(Fault("列的对应", name, f"表中没有这一列；表中有：{known}"), code="unknown_value")
