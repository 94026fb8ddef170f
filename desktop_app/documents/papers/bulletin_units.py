"""A bulletin's sentences about units: who has how much, who is prompt and who is not, and what was done about it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.documents.papers.bulletin_numbers import NAMED, listed_counts, rate, rate_with_counts
from desktop_app.domain.figures import NOBODY, RANKING_MINIMUM, Grouping
from desktop_app.domain.figures_summed import Ranking, ranked
from desktop_app.services.bulletin_matter import BulletinMatter

RANKED_BY = "on_time_rate"
_A_LINE, _MOST_NUMBERS = 4, 8

_PRESSED = (("remind", "提醒单"), ("urge", "催办单"), ("supervise", "督办文书"), ("transfer", "移交函"))
_PRESSED_KEYS = {"remind": "reminded", "urge": "urged", "supervise": "supervised", "transfer": "transferred"}


def units(matter: BulletinMatter) -> list[str]:
    groups = [
        one for one in matter.now.by(Grouping.UNIT) if one.name != NOBODY and one.sums.count("dispatched")
    ]
    if not groups:
        return ["本期没有承办单位。"]
    ordered = sorted(groups, key=lambda one: (-one.sums.count("dispatched"), one.name))
    if len(ordered) == 1:
        told = [f"本期由{ordered[0].name}一个单位承办，共{ordered[0].sums.count('dispatched')}件。"]
    else:
        most = "，".join(f"{one.name}{one.sums.count('dispatched')}件" for one in ordered[:3])
        told = [f"本期有{len(ordered)}个单位承办（先后由几个单位承办的，各单位都计）。承办较多的是：{most}。"]
    return [*told, _ranking(ranked(groups, RANKED_BY))]


def _ranking(ranking: Ranking) -> str:
    """Small numbers are not ranked: where few cases are behind a rate, its order says nothing."""
    enough = [one for _, one in ranking.placed]
    if not enough:
        return f"各单位已答复的都不足{RANKING_MINIMUM}件，不作排名。"
    if len(enough) == 1:
        only = enough[0]
        return (
            f"已答复{RANKING_MINIMUM}件以上的只有{only.name}，按期答复率{rate_with_counts(only.sums, RANKED_BY)}，"
            "不作排名。"
        )
    best = [one for place, one in ranking.placed if place == 1]
    told = (
        f"已答复{RANKING_MINIMUM}件以上的{len(enough)}个单位中，按期答复率最高的是"
        f"{'、'.join(one.name for one in best[:NAMED])}"
        + (f"等{len(best)}个单位" if len(best) > NAMED else "")
        + f"，为{rate(best[0].sums, RANKED_BY)}"
    )
    last = [one for one in reversed(enough) if one not in best][:3]
    if last:
        low = "，".join(f"{one.name}{rate_with_counts(one.sums, RANKED_BY)}" for one in last)
        told += f"；较低的是{low}"
    few = f"已答复不足{RANKING_MINIMUM}件的{len(ranking.too_few)}个单位不作排名。" if ranking.too_few else ""
    return f"{told}。{few}"


def pressure(matter: BulletinMatter) -> list[str]:
    """三单一函, extensions and returns."""
    sums = matter.now.total
    papers = [
        f"{words}{sums.sheets(action)}份（涉及{sums.count(_PRESSED_KEYS[action])}件）"
        for action, words in _PRESSED
        if sums.sheets(action)
    ]
    known = "、".join(
        words.removesuffix("单").removesuffix("文书").removesuffix("函")
        for action, words in _PRESSED
        if action in matter.regulation.actions
    )
    told = [f"对本期的件共发出{'，'.join(papers)}。" if papers else f"对本期的件没有发出{known}文书。"]
    others = listed_counts(
        sums,
        (
            ("extended", "批准延期"),
            ("returned", "同意退件"),
            ("return_refused", "不予退件"),
            ("reworked", "退回重办"),
        ),
    )
    if others:
        told.append(f"{others}。")
    late = listed_counts(
        sums, (("returned_late", "未在收件当日退件的"), ("published_late", "未在规定的日子公开答复的"))
    )
    if late:
        told.append(f"{late}。")
    return ["".join(told)]


Problem = tuple[str, str, tuple[str, ...]]
"""A unit, what was wrong, and its cases."""

PROBLEMS = OVERDUE, SENT_BACK, VAIN = "逾期", "退回重办", "催办无果"


def problems(matter: BulletinMatter) -> list[Problem]:
    """By unit, those with most cases first within each kind."""
    groups = [one for one in matter.now.by(Grouping.UNIT) if one.name != NOBODY]
    found: list[Problem] = []
    for words, key in ((OVERDUE, "overdue"), (SENT_BACK, "reworked")):
        of = [(one.name, words, tuple(one.sums.cases.get(key, ()))) for one in groups if one.sums.count(key)]
        found += sorted(of, key=lambda one: (-len(one[2]), one[0]))
    vain = [(unit, VAIN, numbers) for unit, numbers in matter.in_vain.items()]
    return found + sorted(vain, key=lambda one: (-len(one[2]), one[0]))


_SAID = {
    OVERDUE: "逾期答复或者逾期未答复",
    SENT_BACK: "答复不符合要求、被退回重办",
    VAIN: "催办以后仍未按要求答复",
}


def shortcomings(matter: BulletinMatter) -> list[str]:
    found = problems(matter)
    if not found:
        return ["本期没有发现逾期、退回重办和催办无果的情况。"]
    told = []
    for kind in PROBLEMS:
        of = [(unit, len(numbers)) for unit, what, numbers in found if what == kind]
        if not of:
            continue
        cases = len({number for _, what, numbers in found if what == kind for number in numbers})
        several = f"{len(of)}个单位、{cases}件" if len(of) > 1 else f"{of[0][0]}{cases}件"
        who = ""
        if len(of) > 1:
            who = "：" + "，".join(f"{unit}{count}件" for unit, count in of[:NAMED])
            who += f"，其余{len(of) - NAMED}个单位见下表" if len(of) > NAMED else ""
        told.append(f"{_SAID[kind]}的，{several}{who}。")
    late = matter.now.total.late_by()
    if any(numbers for _, numbers in late):
        by = "，".join(f"{words}{len(numbers)}件" for words, numbers in late if numbers)
        told.append(f"逾期的长短：{by}。")
    return [f"{_ORDINALS[place]}{one}" for place, one in enumerate(told)] if len(told) > 1 else told


_ORDINALS = ("一是", "二是", "三是", "四是")


def numbers_words(numbers: Sequence[str], withheld: frozenset[str]) -> str:
    """Register numbers for the table, so many a line; accusations are not among them, and a long list is cut."""
    shown = [one for one in numbers if one not in withheld]
    hidden = len(numbers) - len(shown)
    lines = [shown[at : at + _A_LINE] for at in range(0, min(len(shown), _MOST_NUMBERS), _A_LINE)]
    words = "、\n".join("、".join(line) for line in lines)
    if len(shown) > _MOST_NUMBERS:
        words += f"等{len(shown)}件"
    return words + (f"（另有{hidden}件不列）" if hidden else "") if words else f"（{hidden}件不列）"
