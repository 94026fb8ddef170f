"""A bulletin's figures in sentences: the whole, sorts, topics, what is named, what each figure means.

Each sentence holds for 0, 1 and many, and is left out where there is nothing to tell.
"""

from __future__ import annotations

from desktop_app.documents.papers.bulletin_numbers import (
    NAMED,
    listed_counts,
    percent,
    period_words,
    rate_with_counts,
    span_words,
)
from desktop_app.domain.figures import BY_KEY, RANKING_MINIMUM, UNSAID, Grouping
from desktop_app.domain.figures_summed import Group, Sums
from desktop_app.domain.wording import long_date
from desktop_app.services.bulletin_matter import (
    INSTRUCTED,
    MAJOR,
    TRANSFERRED,
    TREND,
    BulletinMatter,
    Notable,
    days_before,
)

_RISING_FROM, _RISING_BY = 5, 3
"""A topic is told to have grown from so many cases on, and by at least so many."""
_MANY_TRENDS, _MOST_NAMED = 15, 30
"""More cases of a trend than these are told by topic and not one by one; so many cases are named at most."""
_WEIGHT = (TRANSFERRED, MAJOR, INSTRUCTED, TREND)


def opening(matter: BulletinMatter) -> str:
    words = matter.regulation.words
    period, span = period_words(matter.first, matter.last), span_words(matter.first, matter.last)
    told = f"（收件日期{span}）" if matter.first != matter.last and span != period else ""
    basis = f"根据《{matter.regulation.title}》{matter.rule.article}的规定，" if matter.rule.article else ""
    until = f"各项数字以{long_date(matter.today)}的登记为准。"
    return f"{basis}现将{period}{told}{words.message}办理情况{_verb(matter)}如下，{until}"


def _verb(matter: BulletinMatter) -> str:
    return "报告" if "报告" in matter.rule.name else "通报"


def whole(matter: BulletinMatter) -> list[str]:
    sums, message = matter.now.total, matter.regulation.words.message
    received = sums.count("received")
    if not received:
        return [f"本期没有收到{message}。"]
    ways = listed_counts(
        sums,
        (("accepted", "受理"), ("refused", "不予受理"), ("sent_up", "退回上级"), ("pending", "待初审")),
    )
    merged = sums.count("merged")
    first = (
        f"本期共收到{message}{received}件{_compared(matter)}。其中{ways}。"
        if ways
        else (f"本期共收到{message}{received}件{_compared(matter)}。")
    )
    if merged:
        first += f"反映同一事项、并案办理的{merged}件。"
    told = [first, _answers(sums), _satisfaction(matter)]
    if sums.count("provisional"):
        told.append(
            f"有{sums.count('provisional')}件的到期日涉及尚未公布放假安排的年份，为暂定日期，"
            "安排公布后重新计算，有关数字以重新计算的为准。"
        )
    return [one for one in told if one]


def _compared(matter: BulletinMatter) -> str:
    """Beside last year and the days before; nothing is said of a time with no cases, from which the office may have
    none at all."""
    received = matter.now.total.count("received")
    told = []
    for words, sums in (("去年同期", matter.before), ("上一时段", matter.previous)):
        then = sums.count("received")
        if then:
            told.append(f"{_difference(received, then, words)}")
    return f"，{'，'.join(told)}" if told else ""


def _difference(now: int, then: int, words: str) -> str:
    if now == then:
        return f"与{words}（{then}件）持平"
    more = now > then
    change = percent(abs(now - then), then)
    return f"比{words}（{then}件）{'增加' if more else '减少'}{abs(now - then)}件（{'增长' if more else '下降'}{change}）"


def _answers(sums: Sums) -> str:
    dispatched, replied = sums.count("dispatched"), sums.count("replied")
    if not dispatched:
        return "还没有交办的件。"
    told = [f"交办{dispatched}件。"]
    if replied:
        late = sums.count("replied_late")
        told.append(
            f"承办单位已报来答复{replied}件，其中按期答复{sums.count('on_time')}件，"
            f"按期答复率{rate_with_counts(sums, 'on_time_rate')}"
            + (f"；逾期答复{late}件。" if late else "。")
        )
    else:
        told.append("承办单位还没有报来答复。")
    unanswered, overdue = sums.count("unanswered"), sums.count("overdue_open")
    if unanswered:
        told.append(
            f"尚未答复{unanswered}件，" + (f"其中{overdue}件已经逾期。" if overdue else "都在办理期限以内。")
        )
    median, ninth = sums.value("median_days"), sums.value("p90_days")
    if median is not None:
        told.append(f"从签收（领办）到答复，所用工作日的中位数为{median:g}个，九成在{ninth}个工作日以内。")
    ends = listed_counts(
        sums,
        (
            ("published", "公开答复"),
            ("private", "直接答复本人"),
            ("explained", "解释办结"),
            ("closed", "办结"),
        ),
    )
    if ends:
        told.append(f"{ends}。")
    return "".join(told)


def _satisfaction(matter: BulletinMatter) -> str:
    sums, citizen = matter.now.total, matter.regulation.words.citizen
    reached = sums.ratio("satisfaction_rate")[1]
    told = []
    if reached:
        results = listed_counts(
            sums, (("satisfied", "满意"), ("rather_satisfied", "基本满意"), ("dissatisfied", "不满意"))
        )
        told.append(f"回访联系上{reached}件，{results}，满意率{rate_with_counts(sums, 'satisfaction_rate')}")
    if sums.count("unreached"):
        told.append(f"回访未联系上{sums.count('unreached')}件")
    words = f"{'；'.join(told)}。" if told else "本期的件还没有回访。"
    judged, automatic = sums.ratio("board_satisfaction_rate")[1], sums.count("board_automatic")
    if judged:
        words += (
            f"{citizen}在留言板上自行评价{judged}件，满意{sums.count('board_satisfied')}件，"
            f"网上满意率{rate_with_counts(sums, 'board_satisfaction_rate')}，与回访分开计算。"
        )
    if automatic:
        words += f"另有留言板自动好评{automatic}件，不计入满意率。"
    return words


def sorts(matter: BulletinMatter) -> list[str]:
    received = matter.now.total.count("received")
    if not received:
        return ["本期没有可以分类的件。"]
    told = []
    for grouping, words in ((Grouping.CATEGORY, "按类别"), (Grouping.SOURCE, "按来源")):
        groups = matter.now.by(grouping)
        if grouping is Grouping.SOURCE and len(groups) < 2:
            continue
        told.append(f"{words}，{'，'.join(_share(one, received) for one in groups)}。")
    return told


def _share(group: Group, received: int) -> str:
    name = "尚未分类" if group.name == UNSAID else group.name
    count = group.sums.count("received")
    return f"{name}{count}件（占{percent(count, received)}）"


def topics(matter: BulletinMatter) -> list[str]:
    """Hot topics, those that have grown, and trends."""
    received = matter.now.total.count("received")
    named = [one for one in matter.now.by(Grouping.TOPIC) if one.name != UNSAID]
    told = []
    if named:
        hot = "，".join(_share(one, received) for one in named[:NAMED])
        told.append(f"反映较多的话题依次为：{hot}。" if len(named) > 1 else f"反映的话题为：{hot}。")
    grown = [
        f"{one.name}（由{matter.topics_before.get(one.name, 0)}件增至{one.sums.count('received')}件）"
        for one in named
        if _has_grown(matter.topics_before.get(one.name, 0), one.sums.count("received"))
    ]
    if grown and matter.topics_before:
        told.append(f"与上一时段相比，增加较多的是：{'，'.join(grown[:NAMED])}。")
    trends = matter.now.total.count("trend")
    if trends:
        marked = sorted(named, key=lambda one: -one.sums.count("trend"))
        of = [f"{one.name}{one.sums.count('trend')}件" for one in marked if one.sums.count("trend")]
        where = f"，涉及{'、'.join(of[:NAMED])}" if of else ""
        told.append(f"研判为苗头性、倾向性问题的{trends}件{where}，应当提前介入、及时研究。")
    return told


def _has_grown(before: int, now: int) -> bool:
    return now >= _RISING_FROM and now - before >= _RISING_BY and 2 * now >= 3 * before


def notable(matter: BulletinMatter) -> list[str]:
    sums = matter.now.total
    told = listed_counts(
        sums,
        (
            ("instructed", "有领导批示的"),
            ("major", "反映强烈、影响较大的"),
            ("trend", "研判为苗头性、倾向性问题的"),
            ("transferred", "移交纪检监察机关的"),
        ),
    )
    words = [f"本期{told}。" if told else "本期没有领导批示、影响较大和苗头性、倾向性的件。"]
    if len(_weighty(matter)) > _MOST_NAMED:
        words[0] += f"下表列出其中{_MOST_NAMED}件。"
    if matter.repeated:
        joined = "；".join(
            f"“{one.title}”（{one.number}，连同并案共{one.joined + 1}件）" for one in matter.repeated[:NAMED]
        )
        words.append(f"多人反映同一事项的有{len(matter.repeated)}项，件数较多的是：{joined}。")
    return words


def named_cases(matter: BulletinMatter) -> tuple[Notable, ...]:
    """Those for the table, what weighs most first and no more than a reader takes in; cases that only show a trend are
    told by topic once they are many."""
    return tuple(_weighty(matter)[:_MOST_NAMED])


def _weighty(matter: BulletinMatter) -> list[Notable]:
    trends = [one for one in matter.notable if one.why == (TREND,)]
    left_out = trends if len(trends) > _MANY_TRENDS else []
    named = [one for one in matter.notable if one not in left_out]
    return sorted(named, key=lambda one: min(_WEIGHT.index(why) for why in one.why))


_DEFINED = (
    *(
        "received",
        "accepted",
        "refused",
        "merged",
        "dispatched",
        "replied",
        "on_time",
        "on_time_rate",
        "overdue",
    ),
    *("unanswered", "median_days", "p90_days", "extended", "returned", "reworked", "reminded", "urged"),
    *("supervised", "transferred", "published", "private", "satisfaction_rate", "board_satisfaction_rate"),
    *("board_automatic", "trend"),
)


def definitions(matter: BulletinMatter) -> list[tuple[str, str]]:
    """Every figure of the text and its tables, with what it counts; steps that the regulation does not know left out."""
    listed = [BY_KEY[key] for key in _DEFINED]
    told = [
        (one.name, one.in_full) for one in listed if not one.action or one.action in matter.regulation.actions
    ]
    limit = matter.regulation.limits_on(matter.last).after_urge.days
    told.append(
        ("催办无果", f"催办送达（没有登记送达的，发出）后{limit}个工作日内没有报来答复的件，按单位计。")
    )
    told.append(
        (
            "上一时段",
            f"本期以前同样长的一段：{span_words(*days_before(matter.first, matter.last))}。",
        )
    )
    told.append(("排名", f"按期答复率的分母不小于{RANKING_MINIMUM}件的单位才排名，相同的并列。"))
    return told
