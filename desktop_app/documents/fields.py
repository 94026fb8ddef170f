"""The one dictionary of fields: what may stand between `{{` and `}}` in a template, and what it means.

An office that edits its own copy of a template may use any field listed here for that paper, in any place and
as often as it likes. Fields of a list stand in a table row and are written with the list's name: `{{件.标题}}`;
the row is repeated for each member of the list.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.documents.paper_catalogue import (
    REMINDER,
    SLIP,
    SLIP_ANONYMOUS,
    SUPERVISION_LETTER,
    URGE,
)

CASES = "件"
"""The list of cases a letter or a reminder speaks of."""
CODE = "识别码"
"""In text the code itself; as the alternative text of a picture, the picture is drawn as its QR code."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the papers.

    name: as written in a template, with the list's name in front where it belongs to one (`件.标题`).
    forms: papers that can fill it; required: those whose template must hold it.
    protected: the citizen's identity (X6, T7.2); kept out of papers without identity.
    paragraphs: free text; where it has a paragraph to itself, each line of the text gets a like paragraph.
    vanishes: when it is empty, the paragraph it stands in is left out.
    line_chars: it must stay on one line that holds so many characters; longer text is drawn narrower.
    """

    name: str
    meaning: str
    forms: frozenset[str]
    required: frozenset[str] = frozenset()
    protected: bool = False
    paragraphs: bool = False
    vanishes: bool = False
    line_chars: int | None = None

    @property
    def group(self) -> str | None:
        """The list it belongs to, or None."""
        head, dot, _ = self.name.partition(".")
        return head if dot else None


_SLIPS = (SLIP, SLIP_ANONYMOUS)
_NOTICES = (REMINDER, URGE)
_ADDRESSED = (SUPERVISION_LETTER, *_NOTICES)
_ALL = (*_SLIPS, *_ADDRESSED)


def _field(
    name: str,
    meaning: str,
    forms: tuple[str, ...],
    required: tuple[str, ...] = (),
    *,
    protected: bool = False,
    paragraphs: bool = False,
    vanishes: bool = False,
    line_chars: int | None = None,
) -> Field:
    return Field(
        name,
        meaning,
        frozenset(forms),
        frozenset(required),
        protected,
        paragraphs,
        vanishes,
        line_chars,
    )


_EVERY_PAPER = (
    _field("文书名称", "文书的全称，由办法规定", (*_SLIPS, *_NOTICES), (*_SLIPS, *_NOTICES), line_chars=20),
    _field(CODE, "印在纸上、扫描后用来归件的编号；写在图片的可选文字里，图片就换成它的二维码", _ALL, _SLIPS),
    _field("交办单位", "本单位名称", _ALL),
    _field("交办单位联系人", "本单位联系人", _ALL),
    _field("交办单位电话", "本单位联系电话", _ALL),
)

_SLIP = (
    _field("承办单编号", "承办单的字号，如 通民盼承〔2026〕118号", _SLIPS, _SLIPS),
    _field("登记号", "留言的登记号，如 2026-0312", _SLIPS, _SLIPS),
    _field("留言编号", "留言板自己的编号", _SLIPS),
    _field("板块", "留言所在板块", _SLIPS),
    _field("标题", "留言标题", _SLIPS, _SLIPS),
    _field("类别", "咨询、投诉等类别", _SLIPS),
    _field("领域", "城建、交通等领域", _SLIPS),
    _field("留言时间", "网民留言的时间", _SLIPS),
    _field("网民姓名", "网民姓名或昵称", (SLIP,), (SLIP,), protected=True),
    _field("网民联系方式", "网民电话等", (SLIP,), (SLIP,), protected=True),
    _field("留言内容", "留言全文，一字不改", _SLIPS, _SLIPS, paragraphs=True),
    _field("交办时间", "交办日期", _SLIPS, _SLIPS),
    _field("牵头单位", "承办（牵头）单位", _SLIPS, _SLIPS),
    _field("协办单位", "协办单位，以顿号分隔", _SLIPS),
    _field("急缓", "一般、加急、特急", _SLIPS),
    _field("办理时限", "如 5个工作日，自收到之日起", _SLIPS, _SLIPS),
    _field("到期日期", "到期日期；签收前为暂计日期并注明", _SLIPS, _SLIPS),
    _field("拟办意见", "交办单位的拟办意见", _SLIPS, paragraphs=True),
    _field("领导批示", "批示领导、日期、原文", (*_SLIPS, SUPERVISION_LETTER), paragraphs=True, vanishes=True),
    _field("签收人", "承办单位签收人", _SLIPS),
    _field("签收时间", "签收日期", _SLIPS),
    _field("办前联系", "办前联系网民的时间、方式、结果", _SLIPS),
    _field("办后回访", "办后回访网民的时间、方式、结果", _SLIPS),
    _field("办理情况", "承办单位的办理情况", _SLIPS, paragraphs=True),
    _field("回复意见", "承办单位的回复意见", _SLIPS, paragraphs=True),
    _field("是否宜公开", "√是　□否", _SLIPS),
    _field("不宜公开理由", "不宜公开的理由", _SLIPS),
    _field("经办人", "承办单位经办人", _SLIPS),
    _field("经办人电话", "承办单位经办人电话", _SLIPS),
    _field("主要负责人", "审签的主要负责人", _SLIPS),
    _field("审签日期", "审签日期；未审签时留空待填", _SLIPS),
)

_LETTER = (SUPERVISION_LETTER,)
_ADDRESSED_FIELDS = (
    _field("发文机关标志", "信函首页红色的发文机关名称", _LETTER, _LETTER, line_chars=16),
    _field("发文字号", "如 通民盼督〔2026〕3号", _ADDRESSED, _ADDRESSED),
    _field("首行标注", "密级和保密期限；没有密级时为紧急程度", _LETTER),
    _field("次行标注", "有密级时的紧急程度", _LETTER, vanishes=True),
    _field("函件标题", "督办函的标题", _LETTER, _LETTER),
    _field("主送", "主送单位", _ADDRESSED, _ADDRESSED),
    _field("缘由", "正文第一段：所涉留言、存在问题和依据", _LETTER, _LETTER, paragraphs=True),
    _field("存在问题", "存在问题的具体情况", _LETTER, _LETTER, paragraphs=True),
    _field("办理要求", "对承办单位的要求", _LETTER, _LETTER, paragraphs=True),
    _field("新期限", "重新确定的办理期限", _LETTER, vanishes=True),
    _field("反馈方式", "书面反馈到哪里、怎样反馈", _LETTER, vanishes=True),
    _field("署名", "发文机关署名", _ADDRESSED, _ADDRESSED),
    _field("成文日期", "如 2026年10月9日", _ADDRESSED, _ADDRESSED),
    _field("联系人", "发文机关联系人", _LETTER, _LETTER),
    _field("联系电话", "发文机关联系电话", _LETTER, _LETTER),
    _field("抄送", "抄送机关，以顿号、逗号分隔", _LETTER, vanishes=True),
    _field("依据", "提醒、催办所依据的办法和条款", _NOTICES),
    _field("事项", "正文一段：提醒或催办什么", _NOTICES, _NOTICES, paragraphs=True),
    _field("第几次", "第几次提醒、催办", _NOTICES),
    _field("送达方式", "电话、书面、系统等", _NOTICES),
    _field("接话人", "对方接话人或接收人", _NOTICES),
    _field("对方答复", "对方的答复", _NOTICES, paragraphs=True),
    _field("送达时间", "提醒、催办送达的时间", _NOTICES),
)

_CASE_FIELDS = (
    _field("件.序号", "在本文书中的序号", _ADDRESSED),
    _field("件.编号", "留言登记号", _ADDRESSED, _ADDRESSED),
    _field("件.标题", "留言标题", _ADDRESSED, _ADDRESSED),
    _field("件.交办日期", "交办日期", _ADDRESSED),
    _field("件.到期日期", "到期日期；签收前为暂计日期并注明", _ADDRESSED, _ADDRESSED),
    _field("件.工作日", "剩余或逾期的工作日数", _ADDRESSED),
    _field("件.此前文书", "此前提醒、催办的字号与日期", _LETTER),
)

FIELDS: dict[str, Field] = {
    field.name: field for field in (*_EVERY_PAPER, *_SLIP, *_ADDRESSED_FIELDS, *_CASE_FIELDS)
}
"""Every field by its name."""


def fields_of(form_id: str) -> dict[str, Field]:
    """The fields a template of this paper may hold, by name."""
    return {name: field for name, field in FIELDS.items() if form_id in field.forms}


def required_fields(form_id: str) -> tuple[str, ...]:
    """The fields a template of this paper must hold, in the dictionary's order."""
    return tuple(name for name, field in FIELDS.items() if form_id in field.required)
