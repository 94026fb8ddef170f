"""`liuyan deadline`: a due date and its reasons, from a regulation and a day alone; needs no data folder.

Starts quickly and counts quickly: nothing of the storage or the window is imported, and a batch keeps what it
has already answered.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from desktop_app.domain.deadlines import UNIT_WORDS, CountedDay, Deadline, check_extension, deadline
from desktop_app.domain.national_notices import standard_calendar
from desktop_app.domain.regulation import Limits, Regulation
from desktop_app.domain.wording import full_date
from desktop_app.domain.work_calendar import PROVISIONAL
from desktop_app.errors import LiuyanError, Refusal
from desktop_app.services import regulations

if TYPE_CHECKING:
    from desktop_app.cli.console import Console

Document = dict[str, Any]

LAST_YEAR = 2100
"""The lunar table, and with it the statutory days, ends here."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `deadline` to the command line."""
    parser = commands.add_parser("deadline", help="计算到期日、提醒日，并逐日说明理由")
    parser.add_argument("--regulation", metavar="ID", help="办法的编号，如 tongliao-2023")
    parser.add_argument("--start", metavar="DATE", help="领办或收到之日，如 2026-09-24")
    parser.add_argument(
        "--extend", metavar="N", action="append", type=int, default=[], help="延期天数，可多次"
    )
    parser.add_argument("--batch", metavar="FILE.jsonl", type=Path, help="成批计算，一行一个")
    parser.set_defaults(run=partial(run, parser.error))


def run(misused: Callable[[str], NoReturn], arguments: argparse.Namespace, console: Console) -> int:
    """Answers one question, or a file of them. `misused` ends the program for a call not understood."""
    single = (arguments.regulation, arguments.start)
    if arguments.batch is not None:
        if any(single) or arguments.extend:
            misused("--batch 不能与 --regulation、--start、--extend 同用")
        try:
            lines = arguments.batch.open("rb")
        except OSError as error:
            misused(f"不能读取 {arguments.batch}：{error.strerror}")
        with lines:
            for answer in answers(lines):
                console.line(answer)
        return 0
    if not all(single):
        misused("需要 --regulation 和 --start，或者 --batch")
    regulation = regulations.load(arguments.regulation, rules=False)
    start = _date(arguments.start)
    limits = regulation.limits_on(start)
    found = _count(limits, start, tuple(arguments.extend), reasons=True)
    console.answer(_document(regulation, limits, found), partial(_table, regulation, limits, found))
    return 0


def answers(lines: Iterable[bytes]) -> Iterator[Document]:
    """One document a line of the batch, in order; a bad line answers with its error and stops nothing."""
    for line in lines:
        try:
            yield _answer(*_question(line))
        except LiuyanError as error:
            yield {"error": _error(error)}


def _question(line: bytes) -> tuple[str, str, tuple[int, ...]]:
    """Regulation, start and extensions of one line, or a Refusal."""
    try:
        asked = json.loads(line)
    except ValueError:
        raise Refusal("unknown_value", "这一行不是正确的 JSON。") from None
    if not isinstance(asked, dict):
        raise Refusal("unknown_value", '这一行应当是 {"regulation", "start", "extend"}。')
    for key in ("regulation", "start"):
        if key not in asked:
            raise Refusal("missing_key", f"缺少 {key}。")
        if not isinstance(asked[key], str):
            raise Refusal(
                "unknown_value", f"{key} 应当是文字：{json.dumps(asked[key], ensure_ascii=False)}。"
            )
    extend = asked.get("extend") or []
    if not isinstance(extend, list) or any(type(days) is not int for days in extend):
        raise Refusal("unknown_value", "extend 应当是整数的列表，如 [3]。")
    return asked["regulation"], asked["start"], tuple(extend)


@lru_cache(maxsize=16384)
def _answer(regulation_id: str, start: str, extensions: tuple[int, ...]) -> Document:
    regulation = regulations.load(regulation_id, rules=False)
    day = _date(start)
    limits = regulation.limits_on(day)
    document = _document(regulation, limits, _count(limits, day, extensions, reasons=False))
    del document["days"]
    return document


def _count(limits: Limits, start: date, extensions: Sequence[int], *, reasons: bool) -> Deadline:
    """The deadline under the limits in force on its start. Extensions together above the cap are refused."""
    for place, days in enumerate(extensions):
        if days < 1:
            raise Refusal("unknown_value", f"延期天数应当是正整数，不能是 {days}。")
        check_extension(limits.extension, extensions[:place], days, limits.extension.article)
    return deadline(
        standard_calendar(), start, limits.reply, extensions, limits.extension.unit, reasons=reasons
    )


def _document(regulation: Regulation, limits: Limits, found: Deadline) -> Document:
    return {
        "regulation": regulation.id,
        "start": found.start.isoformat(),
        "limit": found.limit,
        "limit_unit": found.unit,
        "extended": found.extended,
        "due": found.due.isoformat(),
        "reminder": found.reminder.isoformat(),
        "provisional": found.provisional,
        "provisional_years": list(found.provisional_years),
        "before_in_force": regulation.before_in_force(found.start),
        "days": [_day(day) for day in found.days],
        "clauses": _clauses(regulation, limits, bool(found.extensions)),
    }


def _day(day: CountedDay) -> Document:
    return {
        "date": day.date.isoformat(),
        "working": day.working,
        "why": day.why,
        "number": day.number,
        "source": day.source,
        "provisional": day.provisional,
    }


def _clauses(regulation: Regulation, limits: Limits, extended: bool) -> list[str]:
    """The articles that were applied, each once."""
    clock = regulation.clock
    applied = [clock.article, limits.reply.article, clock.reminder_article]
    if extended:
        applied.insert(2, limits.extension.article)
    return list(dict.fromkeys(article for article in applied if article))


def _table(regulation: Regulation, limits: Limits, found: Deadline, document: Document) -> str:
    """For people: the dates, then every day with why it counts or not."""
    rows = [
        ("办法", regulation.title),
        (regulation.clock.starts_with, f"{full_date(found.start)}（当日不计）"),
        ("期限", f"{found.limit} {UNIT_WORDS[found.unit]}（{limits.reply.article}）"),
    ]
    if found.extensions:
        unit = UNIT_WORDS[found.extension_unit]
        rows.append(("延期", f"{found.extended} {unit}（{limits.extension.article}）"))
    rows += [
        ("到期", f"{full_date(found.due)}，当日止"),
        ("提醒", f"{full_date(found.reminder)}（{regulation.clock.reminder_article}）"),
    ]
    if found.provisional:
        years = "、".join(f"{year}年" for year in found.provisional_years)
        rows.append(("注意", f"{PROVISIONAL}：{years}"))
    if regulation.before_in_force(found.start):
        rows.append(("注意", f"办法自{full_date(regulation.in_force)}起施行，此前的日期按最早的规定计算"))
    lines = [f"{name}  {text}" for name, text in rows]
    lines.append("")
    lines += [
        f"{day.date.isoformat()}  {'不计' if day.number is None else f'第 {day.number} 日'}  {day.why}"
        for day in found.days
    ]
    return "\n".join(lines)


def _date(text: str) -> date:
    """An ISO date up to 2100; however old it is, it is not refused."""
    try:
        if _ISO.fullmatch(text) is None:
            raise ValueError
        found = date.fromisoformat(text)
    except ValueError:
        raise Refusal("unknown_value", f"日期应当写成 2026-09-24 这样：{text}。") from None
    if found.year > LAST_YEAR:
        raise Refusal("unknown_value", f"只能推算到 {LAST_YEAR} 年：{text}。")
    return found


def _error(error: LiuyanError) -> Document:
    clause = error.clause if isinstance(error, Refusal) else None
    return {"code": getattr(error, "code", "bad_data"), "message": error.message, "clause": clause}
