"""Every figure of the office, defined once: what is counted, of what, and how the awkward cases are treated.

A figure counts cases, is one count divided by others, or is a number of working days of the cases it lists. The
period picks cases by their registration date (收件日期), and everything is then told of these same cases as they stand
on the day of asking: so each number opens its list, and a rate never divides one lot of cases by another. What puts a
case among those counted is in figures_of_cases, the sums are in figures_summed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

COHORT = "统计时段按收件日期划定：只统计收件日期在时段之内的件，这些件的各项数字以统计当日的登记为准；已作废的件不计。"
"""Which date puts a case into a period."""

OF_UNITS = (
    "按单位统计时，件归现在（或最后）牵头的单位；退件、延期、逾期、退回重办和提醒、催办、督办、移交归当时牵头的单位，"
    "所以先后由几个单位办理的件，几个单位各计一件，合计只计一件。协办单位只计退件和协办。"
)
"""Which unit gets what of a case that several had."""

NOBODY = "（无承办单位）"
UNSAID = "（未填）"
"""Names of the groups of cases that no unit leads, and of those of which it is not recorded."""

RANKING_MINIMUM = 10
"""No unit is ranked by a rate whose denominator is smaller."""


class Kind(StrEnum):
    """`COUNT`: cases. `RATE`: from 0 to 1, None where the denominator is 0. `DAYS`: working days, None without cases."""

    COUNT = "count"
    RATE = "rate"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure. `name` heads a column, `words` say what is counted, `treatment` what counts and what does not.

    For a rate `numerator` and `denominator` name counts that are added up; for days `numerator` names the count whose
    cases have them. `promised`: among the keys that the command line promises. `action`: the step whose article in
    the case's regulation the figure rests on, empty where none does.
    """

    key: str
    name: str
    words: str
    treatment: str = ""
    kind: Kind = Kind.COUNT
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    promised: bool = True
    action: str = ""

    @property
    def in_full(self) -> str:
        """Words and treatment together, as they stand at the end of a bulletin."""
        return self.words + self.treatment


def _further(key: str, name: str, words: str, treatment: str = "", action: str = "") -> Definition:
    return Definition(key, name, words, treatment, promised=False, action=action)


_STANDING = "现行有效的答复指牵头单位最后报来、没有退回重办的一份。"
_CLOCKLESS = "没有办理时限的件（随主件答复的并案件、接收的旧件）不计；重新办理的，以重新交办后的答复为准。"
_OVERDUE = (
    "逾期后才申请延期的，即使获准也计；同意退件、改派以前已经逾期的，计入当时的单位；"
    "未领办的件按办法规定的起算日计；暂定的日期按现有日期计。"
)

DEFINITIONS: tuple[Definition, ...] = (
    Definition("received", "收到", "收到的留言。"),
    Definition(
        "accepted", "受理", "已受理的件。", "受理后又定为不予受理的不计；接收的旧件也计。", action="accept"
    ),
    Definition("refused", "不予受理", "不予受理的件。", "重新受理的不计。", action="refuse"),
    Definition("dispatched", "交办", "交办过的件。", "不论交办几次，计一件。", action="dispatch"),
    Definition("replied", "已答复", "承办单位已报来答复的件。", _STANDING + _CLOCKLESS, action="reply"),
    Definition(
        "on_time",
        "按期答复",
        "现行有效的答复在当时的到期日以前（含当日）报来，并且办理中不曾逾期的件。",
        "批准的延期计入到期日；退回重办的，以重办期限为到期日。",
        action="reply",
    ),
    Definition("overdue", "逾期", "答复报来时已过期限，或者今天仍未答复而已过期限的件。", _OVERDUE),
    Definition("extended", "延期", "批准过延期的件。", "只申请、未获准的不计。", action="approve-extension"),
    Definition("returned", "退件", "承办单位退回并经同意的件。", "不予退件的不计。", action="return"),
    Definition("reworked", "退回重办", "答复曾被退回重办的件。", "不论退回几次，计一件。", action="rework"),
    Definition("reminded", "提醒", "发过提醒的件。", "不论几次，计一件。", action="remind"),
    Definition("urged", "催办", "发过催办的件。", "不论几次，计一件。", action="urge"),
    Definition("supervised", "督办", "发过督办的件。", "不论几次，计一件。", action="supervise"),
    Definition("transferred", "移交", "已移交的件。", "不论几次，计一件。", action="transfer"),
    Definition("published", "公开答复", "答复已公开的件。", "随主件答复的不计。", action="publish"),
    Definition(
        "private", "直接答复", "不公开、直接答复本人的件。", "随主件答复的不计。", action="answer-privately"
    ),
    Definition("satisfied", "满意", "最后一次回访为满意的件。", action="follow-up"),
    Definition("rather_satisfied", "基本满意", "最后一次回访为基本满意的件。", action="follow-up"),
    Definition("dissatisfied", "不满意", "最后一次回访为不满意的件。", action="follow-up"),
    Definition("unreached", "未联系上", "最后一次回访未联系上的件。", action="follow-up"),
    Definition(
        "on_time_rate",
        "按期答复率",
        "按期答复的件除以已答复的件。",
        "还没有答复的不在其中，另见“应答复件按期率”。",
        Kind.RATE,
        ("on_time",),
        ("replied",),
    ),
    Definition(
        "satisfaction_rate",
        "满意率",
        "回访满意与基本满意的件除以联系上的件。",
        "未联系上、没有回访的不计；领导留言板上网民自己的评价另计一组。",
        Kind.RATE,
        ("satisfied", "rather_satisfied"),
        ("satisfied", "rather_satisfied", "dissatisfied"),
        action="follow-up",
    ),
    Definition(
        "median_days",
        "用时中位数",
        "已答复的件从签收（领办）到现行有效的答复，所用工作日的中位数。",
        "签收当日不计；件数为双数时取中间两件的平均。",
        Kind.DAYS,
        ("replied",),
    ),
    Definition(
        "p90_days",
        "九成以内用时",
        "已答复的件里，九成在这么多个工作日之内报来答复。",
        "按天数从少到多排，取第（件数×0.9，进位取整）件的天数。",
        Kind.DAYS,
        ("replied",),
    ),
    _further("pending", "待初审", "还没有初审的件。"),
    _further("closed", "办结", "已办结的件。", "已归档的也计，重新办理的不计。", "close"),
    _further(
        "unanswered", "未答复", "已经交办、由单位牵头，现在没有现行有效的答复，也没有解释办结、不予受理的件。"
    ),
    _further("overdue_open", "逾期未答复", "今天仍未答复而已过期限的件。", _OVERDUE),
    _further("replied_late", "逾期答复", "现行有效的答复已报来，但不按期的件。", _OVERDUE),
    _further("first_replied", "有首次答复", "牵头单位报来过答复的件，不论是否退回重办。"),
    _further("first_on_time", "首次答复按期", "牵头单位的第一份答复在当时的到期日以前（含当日）报来的件。"),
    _further("return_refused", "不予退件", "承办单位申请退回、未获同意的件。", action="refuse-return"),
    _further("returned_late", "迟退", "晚于收件当日才退回的件。", action="return"),
    _further("published_late", "迟公开", "晚于办法规定的日子才公开答复的件。", action="publish"),
    _further("merged", "并案", "并入别的件、随主件答复的件。", action="link-duplicate"),
    _further("explained", "解释办结", "征得同意、向网民解释后办结的件。", action="explain"),
    _further("sent_up", "退回上级", "不属本地管辖、退回上级的件。", action="return-upward"),
    _further(
        "taken_over", "接收旧件", "由旧台账接收、没有办理经过的件。", "没有时限，不计入已答复和各个率。"
    ),
    _further("supporting", "协办", "由本单位协办的件。", "合计为有协办单位的件。"),
    _further("trend", "苗头性倾向性", "研判为苗头性、倾向性问题的件。", action="assess"),
    _further("major", "重大影响", "标为反响强烈、影响面广的件。", action="mark-major"),
    _further("instructed", "领导批示", "有领导批示的件。", action="instruct"),
    _further("provisional", "期限暂定", "期限涉及尚未公布放假安排的年份、日期暂定的件。"),
    _further(
        "board_satisfied",
        "网上评价满意",
        "网民在留言板上评价为满意的件。",
        "基本满意计为满意；自动好评不计。",
    ),
    _further("board_dissatisfied", "网上评价不满意", "网民在留言板上评价为不满意的件。"),
    _further("board_automatic", "自动好评", "网民没有评价、由留言板自动好评的件。", "不计入任何一个率。"),
    Definition(
        "due_rate",
        "应答复件按期率",
        "按期答复的件除以已答复和逾期未答复的件。",
        "还在期限之内、没有答复的不在其中。",
        Kind.RATE,
        ("on_time",),
        ("replied", "overdue_open"),
        promised=False,
    ),
    Definition(
        "first_on_time_rate",
        "首次答复按期率",
        "首次答复按期的件除以有首次答复的件。",
        "退回重办的也以第一份答复为准。",
        Kind.RATE,
        ("first_on_time",),
        ("first_replied",),
        promised=False,
    ),
    Definition(
        "board_satisfaction_rate",
        "网上满意率",
        "网上评价满意的件除以网民自己作了评价的件。",
        "自动好评不计；与回访的满意率是两组数，互不合并。",
        Kind.RATE,
        ("board_satisfied",),
        ("board_satisfied", "board_dissatisfied"),
        promised=False,
    ),
    Definition(
        "wait_median_days",
        "网民等待中位数",
        "已答复网民（公开或者直接）的件，从收件到答复网民所用工作日的中位数。",
        "收件当日不计；随主件答复的不计。",
        Kind.DAYS,
        ("answered",),
        promised=False,
    ),
    Definition(
        "wait_p90_days",
        "网民等待九成以内",
        "已答复网民的件里，九成在这么多个工作日之内得到答复。",
        "取法同“九成以内用时”。",
        Kind.DAYS,
        ("answered",),
        promised=False,
    ),
    _further(
        "answered", "已答复网民", "答复已公开，或者已直接答复网民、上报上级的件。", "随主件答复的不计。"
    ),
)
"""In the order in which they are told; those of the command line first."""

BY_KEY: Mapping[str, Definition] = {one.key: one for one in DEFINITIONS}

PROMISED: tuple[str, ...] = tuple(one.key for one in DEFINITIONS if one.promised)
"""The keys that the command line promises, in its order."""

COUNTS: tuple[str, ...] = tuple(one.key for one in DEFINITIONS if one.kind is Kind.COUNT)


class Grouping(StrEnum):
    """What the cases are sorted by; each case falls into one group of each but `UNIT`, see `OF_UNITS`."""

    UNIT = "unit"
    CATEGORY = "category"
    TOPIC = "topic"
    SOURCE = "source"
    MONTH = "month"


GROUPING_WORDS: Mapping[Grouping, str] = {
    Grouping.UNIT: "承办单位",
    Grouping.CATEGORY: "类别",
    Grouping.TOPIC: "话题",
    Grouping.SOURCE: "板块",
    Grouping.MONTH: "收件月份",
}
