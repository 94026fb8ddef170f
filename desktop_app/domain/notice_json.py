"""A holiday notice as JSON, in the shape of NateScarlet/holiday-cn: ``{"year", "days": [{"name", "date", "isOffDay"}]}``.

`source`, `issuer` may stand beside; anything else (`papers`, `$schema`) is left alone.
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from desktop_app.domain.notice_read import (
    FIRST_YEAR,
    LAST_YEAR,
    NATIONAL_ISSUER,
    NoticeRead,
    Scope,
    checked,
    in_order,
    title_of,
)
from desktop_app.domain.work_calendar import Notice, NoticeDay
from desktop_app.errors import Fault

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHAPE = '应当是 {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]} 这样'


def read_notice_json(
    text: str, file: str, year: int | None = None, region: str = "", source: str = ""
) -> NoticeRead:
    """The notice in a JSON text. `year` and `source`, where given, are the operator's own word.

    Whatever is wrong stands in the faults, each with its place; nothing is raised.
    """
    scope = Scope.HOLIDAYS if region else Scope.YEAR
    try:
        told = json.loads(text)
    except ValueError as error:
        where = f"第 {error.lineno} 行" if isinstance(error, json.JSONDecodeError) else ""
        return NoticeRead(None, scope, (Fault(file, where, "不是正确的 JSON"),), ())
    if not isinstance(told, dict) or not isinstance(told.get("days"), list):
        return NoticeRead(None, scope, (Fault(file, "", f"内容不对，{_SHAPE}"),), ())
    faults: list[Fault] = []
    days = [day for place, one in enumerate(told["days"], start=1) if (day := _day(one, place, file, faults))]
    of_year = _year(told.get("year"), year, file, faults)
    if of_year is None:
        return NoticeRead(None, scope, tuple(faults), ())
    notice = Notice(
        of_year,
        source or _words(told.get("source")) or title_of(of_year, region),
        _words(told.get("issuer")) or region or NATIONAL_ISSUER,
        in_order(days),
        region,
    )
    return checked(notice, scope, file, faults, ())


def _year(told: Any, wanted: int | None, file: str, faults: list[Fault]) -> int | None:
    if told is None and wanted is None:
        faults.append(Fault(file, "year", "没有写年份；请补上 year，或者另外指定年份"))
        return None
    if told is not None and (type(told) is not int or not FIRST_YEAR <= told <= LAST_YEAR):
        faults.append(Fault(file, "year", f"应当是 {FIRST_YEAR} 到 {LAST_YEAR} 的年份，现为 {told!r}"))
        return None
    if told is not None and wanted is not None and told != wanted:
        faults.append(Fault(file, "year", f"文件里是 {told} 年，与指定的 {wanted} 年不符"))
    return wanted if told is None else int(told)


def _day(one: Any, place: int, file: str, faults: list[Fault]) -> NoticeDay | None:
    where = f"days 第 {place} 项"
    if not isinstance(one, dict):
        faults.append(Fault(file, where, '应当是 {"name", "date", "isOffDay"}'))
        return None
    name, day, is_off = one.get("name"), one.get("date"), one.get("isOffDay")
    wrong = []
    if not isinstance(name, str) or not name.strip():
        wrong.append("name 应当是节日的名称")
    if (found := _date(day)) is None:
        wrong.append(f"date 应当是 2027-01-01 这样的日期，现为 {day!r}")
    if type(is_off) is not bool:
        wrong.append("isOffDay 应当是 true 或 false")
    faults += [Fault(file, where, reason) for reason in wrong]
    return None if wrong or found is None else NoticeDay(found, str(name).strip(), bool(is_off))


def _date(text: Any) -> date | None:
    if not isinstance(text, str) or _ISO.fullmatch(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _words(told: Any) -> str:
    return told.strip() if isinstance(told, str) else ""
