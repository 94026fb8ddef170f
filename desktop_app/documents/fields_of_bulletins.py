"""Fields of 督查通报 and 办理情况报告: text in sentences, tables, charts. Whatever of a citizen might stand in them is
covered before they are made (services/bulletin_matter)."""

from __future__ import annotations

from functools import partial

from desktop_app.documents import paper_catalogue as forms
from desktop_app.documents.field import fact

SORTS, UNITS, NAMED, PROBLEMS, TERMS = "分类", "单位", "重点", "问题", "指标"
"""Lists of a bulletin."""
CHARTS = ("图一", "图二", "图三")

_BULLETIN = (forms.BULLETIN,)
_field = partial(fact, forms=_BULLETIN)
_wanted = partial(_field, required=_BULLETIN)


BULLETIN_FIELDS = (
    _wanted("报头", "红色报头：通报或报告的名称，由办法规定", "督查通报", line_chars=12),
    _wanted("期号", "期号；草稿为空", "〔2026〕第3期"),
    _wanted("印发单位", "印发通报的本单位", "自治区人民政府督查室"),
    _wanted("通报标题", "标题", "关于2026年第三季度人民网网友留言办理情况的通报"),
    _wanted("导语", "正文第一段：依据、时段、统计截止日", "现将2026年第三季度网友留言办理情况通报如下。", paragraphs=True),
    _wanted("总体情况", "收到、受理、交办、答复、满意率，一段一事", "本期共收到网友留言1508件。", paragraphs=True),
    _wanted("分类情况", "按类别、来源", "按类别，投诉450件（占29.8%）。", paragraphs=True),
    _wanted("热点问题", "话题、增加较多的、苗头性倾向性的", "反映较多的话题依次为：供暖113件。", paragraphs=True,
            vanishes=True),
    _wanted("单位情况", "承办件数、按期答复率的高低", "本期有32个单位承办。", paragraphs=True),
    _wanted("督办情况", "提醒、催办、督办、移交、延期、退件、重办", "共发出提醒单209份（涉及215件）。", paragraphs=True),
    _wanted("重点难点", "批示、重大影响、多人反映的", "本期有领导批示的22件。", paragraphs=True),
    _wanted("问题情况", "逾期、退回重办、催办无果，点名", "一是逾期的，19个单位、111件。", paragraphs=True),
    _wanted("工作要求", "对各承办单位的要求", "一要压实责任。", paragraphs=True),
    _field("结束语", "特此通报、特此报告", "特此通报。", vanishes=True),
    _field("图一", "各月收到和答复件数", "", picture=True),
    _field("图一名称", "图一的名称；没有图时空", "图1　各月收到和答复的件", vanishes=True),
    _field("图二", "话题", "", picture=True),
    _field("图二名称", "图二的名称；没有图时空", "图2　反映较多的话题", vanishes=True),
    _field("图三", "各单位按期、逾期件数", "", picture=True),
    _field("图三名称", "图三的名称；没有图时空", "图3　各单位按期和逾期答复的件", vanishes=True),
    _wanted(f"{SORTS}.名称", "类别的名称", "投诉"),
    _wanted(f"{SORTS}.收到", "收到的件", "450"),
    _field(f"{SORTS}.占比", "占全部收到的件", "29.8%"),
    _field(f"{SORTS}.已答复", "已答复的件", "430"),
    _field(f"{SORTS}.按期率", "按期答复率", "91.6%"),
    _field(f"{SORTS}.满意率", "满意率", "92.9%"),
    _field(f"{UNITS}.名次", "按期答复率的名次；件数少的不排", "1"),
    _wanted(f"{UNITS}.名称", "承办单位", "市住房和城乡建设局"),
    _wanted(f"{UNITS}.承办", "交办给它牵头的件", "72"),
    _wanted(f"{UNITS}.已答复", "已答复的件", "70"),
    _wanted(f"{UNITS}.按期", "按期答复的件", "66"),
    _wanted(f"{UNITS}.按期率", "按期答复率", "94.3%"),
    _wanted(f"{UNITS}.逾期", "逾期的件", "5"),
    _field(f"{UNITS}.延期", "批准延期的件", "3"),
    _field(f"{UNITS}.退件", "同意退件的件", "1"),
    _field(f"{UNITS}.重办", "退回重办的件", "2"),
    _field(f"{UNITS}.催办", "发过催办的件", "2"),
    _field(f"{UNITS}.督办", "发过督办的件", "0"),
    _field(f"{UNITS}.满意率", "满意率", "90%"),
    _wanted(f"{NAMED}.登记号", "登记号", "2026-0312"),
    _wanted(f"{NAMED}.标题", "标题，已遮盖；控告、检举件不列", "某小区二次供水水压不足"),
    _wanted(f"{NAMED}.情形", "批示、重大影响、苗头性、移交", "领导批示"),
    _field(f"{NAMED}.承办单位", "承办单位", "市住房和城乡建设局"),
    _field(f"{NAMED}.进展", "现在的状态", "已回复"),
    _wanted(f"{PROBLEMS}.承办单位", "承办单位", "市住房和城乡建设局"),
    _wanted(f"{PROBLEMS}.逾期", "逾期的件数", "5"),
    _wanted(f"{PROBLEMS}.退回重办", "退回重办的件数", "2"),
    _wanted(f"{PROBLEMS}.催办无果", "催办无果的件数", "1"),
    _field(f"{PROBLEMS}.登记号", "这些件的登记号；控告、检举件不列", "2026-0312、2026-0320"),
    _wanted(f"{TERMS}.名称", "指标的名称", "按期答复率"),
    _wanted(f"{TERMS}.口径", "怎样计算", "按期答复的件除以已答复的件。"),
    _field("统计口径", "时段和按单位统计的说明", "统计时段按收件日期划定。", paragraphs=True, vanishes=True),
)  # fmt: skip
