"""历次通报 without Qt: the lines of the table, what has become of an issue's figures since, and proposed file names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.documents.papers.bulletin_numbers import period_words
from desktop_app.domain.bulletin_records import CaseChange, Differences, IssuedBulletin
from desktop_app.domain.figures import BY_KEY
from desktop_app.domain.wording import long_date

PERIOD_SETTING = "bulletins/period"
"""Where the page of figures leaves the period for which a bulletin is wanted."""
COLUMNS = (("期号", 12), ("时段", 22), ("印发日期", 12), ("标题", 40), ("经手人", 8))
NONE = "还没有印发过通报。选好时段，先出一份草稿看看；改定以后再印发。"
_SHOWN = 40


def row_of(one: IssuedBulletin) -> tuple[str, ...]:
    """One issue as a line of the table."""
    number = one.number or "（无期号）"
    return number, period_words(one.first, one.last), one.issued_on.isoformat(), one.title, one.by


def differences_words(bulletin: IssuedBulletin, found: Differences) -> str:
    """What is told otherwise now than it was: sums first, then the corrections case by case."""
    head = f"{bulletin.number}的数字按{long_date(bulletin.told_on)}的登记冻结。"
    if not found.cases:
        return f"{head}现在统计，与印发时一样。"
    changed = [
        f"{one.name} {found.then.count(key)} → {found.now.count(key)}"
        for key, one in BY_KEY.items()
        if one.kind.value == "count" and found.then.count(key) != found.now.count(key)
    ]
    lines = [f"{head}以后有 {len(found.cases)} 件的情况变了，其中 {len(found.corrections)} 件是更正或补登。"]
    if changed:
        lines.append(f"合计的变化（件）：{'；'.join(changed)}。")
    lines += [_change_words(one) for one in found.corrections[:_SHOWN]]
    if len(found.corrections) > _SHOWN:
        lines.append(f"……另有 {len(found.corrections) - _SHOWN} 件。")
    return "\n".join(lines)


def _change_words(one: CaseChange) -> str:
    told = []
    if one.no_longer:
        told.append(f"不再计入{'、'.join(BY_KEY[key].name for key in one.no_longer)}")
    if one.now_also:
        told.append(f"新计入{'、'.join(BY_KEY[key].name for key in one.now_also)}")
    return f"{one.number}（{one.cause.value}）：{'，'.join(told)}。"


def issue_warning(first: date, last: date, today: date) -> str:
    """What issuing will do, before it is done; or why it cannot be."""
    if last > today:
        return f"时段到{long_date(last)}才结束，现在还不能印发，只能出草稿。"
    return (
        f"印发{period_words(first, last)}的通报：编下一期号，各项数字按今天（{long_date(today)}）的登记冻结，"
        "以后的更正另行列出；工作台上这个时期的通报事项随之办结。印发以后不能撤销。"
    )


def kept_period(kept: Mapping[str, object], today: date) -> tuple[date, date]:
    """The period left by another page; else the last quarter that is over."""
    try:
        return date.fromisoformat(str(kept.get("first"))), date.fromisoformat(str(kept.get("last")))
    except ValueError:
        return last_quarter(today)


def last_quarter(today: date) -> tuple[date, date]:
    from desktop_app.domain.office_items import QUARTER, period_of

    period = period_of(QUARTER, today).before
    return period.first, period.last


def file_name(first: date, last: date, draft: bool) -> str:
    """``通报 2026年第三季度（草稿）.docx``."""
    return f"通报 {period_words(first, last)}{'（草稿）' if draft else ''}.docx"
