"""督查通报 (X 第五条（七）), 办理情况报告 (T 第二十一条): from what a period tells to the values of the template."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence

from desktop_app.documents.fields_of_bulletins import CHARTS, NAMED, PROBLEMS, SORTS, TERMS, UNITS
from desktop_app.documents.papers import bulletin_units as of_units
from desktop_app.documents.papers import bulletin_words as words
from desktop_app.documents.papers.bulletin_numbers import percent, period_words, rate
from desktop_app.documents.recorded_values import Values
from desktop_app.domain.figures import COHORT, NOBODY, OF_UNITS, UNSAID, Grouping
from desktop_app.domain.figures_summed import Group, ranked, register_order
from desktop_app.domain.wording import long_date
from desktop_app.services.bulletin_matter import BulletinMatter, Notable

BY_FIGURE, BY_REGISTER = "figure", "register"
ORDERS: Mapping[str, str] = {BY_FIGURE: "按承办件数", BY_REGISTER: "按名册次序"}
"""How units follow each other in their table."""

DRAFT = "（草稿，未编期号）"
_NONE = "（本期没有）"
_NO_DEMANDS = "请各承办单位对照存在的问题认真整改，按期办结、如实答复。"
_UNRANKED = "—"

Row = dict[str, str]


def title_of(matter: BulletinMatter) -> str:
    """``关于2026年第三季度人民网网友留言办理情况的通报``."""
    return matter.rule.title.replace("{period}", period_words(matter.first, matter.last))


def bulletin_values(
    matter: BulletinMatter, charts: Mapping[str, tuple[str, bytes]], number: str = "", order: str = BY_FIGURE
) -> Values:
    """The fields of the bulletin. `charts`: by field, the caption and the picture as PNG; without `number` a draft."""
    values: Values = {
        "报头": matter.rule.name,
        "期号": number or DRAFT,
        "印发单位": matter.office,
        "成文日期": long_date(matter.today),
        "通报标题": title_of(matter),
        "主送": matter.rule.addressee,
        "导语": words.opening(matter),
        "总体情况": _text(words.whole(matter)),
        "分类情况": _text(words.sorts(matter)),
        "热点问题": _text(words.topics(matter)),
        "单位情况": _text(of_units.units(matter)),
        "督办情况": _text(of_units.pressure(matter)),
        "重点难点": _text(words.notable(matter)),
        "问题情况": _text(of_units.shortcomings(matter)),
        "工作要求": _text(list(matter.rule.demands) or [_NO_DEMANDS]),
        "结束语": matter.rule.closing,
        "署名": matter.office,
        "联系人": matter.contact,
        "联系电话": matter.phone,
        "统计口径": _text([COHORT, OF_UNITS]),
        SORTS: _rows(_sort_rows(matter), "名称"),
        UNITS: _rows(_unit_rows(matter, order), "名称"),
        NAMED: _rows([_named_row(one) for one in words.named_cases(matter)], "标题"),
        PROBLEMS: _rows(_problem_rows(matter), "承办单位"),
        TERMS: [{"名称": name, "口径": told} for name, told in words.definitions(matter)],
    }
    for place, name in enumerate((name for name in CHARTS if name in charts), start=1):
        caption, picture = charts[name]
        values[name] = base64.b64encode(picture).decode("ascii")
        values[f"{name}名称"] = f"图{place}　{caption}"
    return values


def _text(paragraphs: Sequence[str]) -> str:
    return "\n".join(paragraphs)


def _rows(rows: list[Row], first: str) -> list[Row]:
    return rows or [{first: _NONE}]


def _sort_rows(matter: BulletinMatter) -> list[Row]:
    received = matter.now.total.count("received")
    return [
        {
            "名称": "尚未分类" if one.name == UNSAID else one.name,
            "收到": str(one.sums.count("received")),
            "占比": percent(one.sums.count("received"), received),
            "已答复": str(one.sums.count("replied")),
            "按期率": rate(one.sums, "on_time_rate"),
            "满意率": rate(one.sums, "satisfaction_rate"),
        }
        for one in matter.now.by(Grouping.CATEGORY)
    ]


_COUNTS = (
    *(
        ("承办", "dispatched"),
        ("已答复", "replied"),
        ("按期", "on_time"),
        ("逾期", "overdue"),
        ("延期", "extended"),
    ),
    *(("退件", "returned"), ("重办", "reworked"), ("催办", "urged"), ("督办", "supervised")),
)


def _unit_rows(matter: BulletinMatter, order: str) -> list[Row]:
    groups = [
        one for one in matter.now.by(Grouping.UNIT) if one.name != NOBODY and one.sums.count("dispatched")
    ]
    places = {one.name: str(place) for place, one in ranked(groups, of_units.RANKED_BY).placed}
    if len(places) < 2:
        places = {}
    rows = []
    for one in sorted(groups, key=_unit_order(matter, order)):
        row = {"名次": places.get(one.name, _UNRANKED), "名称": one.name}
        row |= {column: str(one.sums.count(key)) for column, key in _COUNTS}
        row |= {"按期率": rate(one.sums, "on_time_rate"), "满意率": rate(one.sums, "satisfaction_rate")}
        rows.append(row)
    return rows


def _unit_order(matter: BulletinMatter, order: str) -> Callable[[Group], tuple[int, str]]:
    if order == BY_REGISTER:
        places = {unit.name: place for place, unit in enumerate(matter.units)}
        return lambda one: (places.get(one.name, len(places)), one.name)
    return lambda one: (-one.sums.count("dispatched"), one.name)


def _named_row(one: Notable) -> Row:
    return {
        "登记号": one.number,
        "标题": one.title,
        "情形": "、".join(one.why),
        "承办单位": one.unit,
        "进展": one.status,
    }


def _problem_rows(matter: BulletinMatter) -> list[Row]:
    """A line a unit, those with most to answer for first."""
    by_unit: dict[str, dict[str, tuple[str, ...]]] = {}
    for unit, what, numbers in of_units.problems(matter):
        by_unit.setdefault(unit, {})[what] = numbers
    return [
        {
            "承办单位": unit,
            **{what: str(len(found.get(what, ()))) for what in of_units.PROBLEMS},
            "登记号": of_units.numbers_words(_in_register_order(found.values()), matter.withheld),
        }
        for unit, found in sorted(by_unit.items(), key=lambda one: (-_weight(one[1]), one[0]))
    ]


def _weight(found: Mapping[str, Sequence[str]]) -> int:
    return sum(map(len, found.values()))


def _in_register_order(lists: Iterable[Sequence[str]]) -> list[str]:
    return sorted({number for numbers in lists for number in numbers}, key=register_order)
