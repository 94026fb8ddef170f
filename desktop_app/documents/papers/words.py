"""Dates, deadlines, ticks and lists as papers write them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from desktop_app.documents.papers.facts import ContactFact, DueFact, InstructionFact
from desktop_app.domain.wording import chinese_number, long_date

BY_HAND = "　　　　年　　月　　日"
"""Where a date is left for the pen."""


def day_words(day: date | None) -> str:
    """``2026年10月9日``; blank where it has not come."""
    return long_date(day) if day is not None else ""


def day_or_by_hand(day: date | None) -> str:
    return long_date(day) if day is not None else BY_HAND


def moment_words(moment: datetime | date | None) -> str:
    """``2026年9月21日 08:05``; the day alone where no time of day is known."""
    if moment is None:
        return ""
    words = long_date(moment)
    return f"{words} {moment:%H:%M}" if isinstance(moment, datetime) else words


def due_words(due: DueFact | None) -> str:
    """The day, and below it why it is not certain, if it is not."""
    if due is None:
        return ""
    words = long_date(due.on)
    if due.from_dispatch:
        words += "\n（暂计，未签收，按交办日预计）"
    if due.holidays_unknown:
        words += "\n（暂定，放假安排未发布）"
    return words


def standing_words(days_left: int | None, overdue: bool = False) -> str:
    """``剩余2个工作日``, ``当日到期``, ``逾期2个工作日``; ``已逾期`` on the days off right after the deadline."""
    if days_left is None:
        return ""
    if days_left == 0:
        return "已逾期" if overdue else "当日到期"
    return f"逾期{-days_left}个工作日" if days_left < 0 else f"剩余{days_left}个工作日"


def instruction_words(instructions: Iterable[InstructionFact]) -> str:
    """One line an instruction: who, when, word for word."""
    return "\n".join(
        f"{one.leader}（{long_date(one.on)}）：{one.text}" if one.on else f"{one.leader}：{one.text}"
        for one in instructions
    )


def contact_words(contacts: Iterable[ContactFact]) -> str:
    return "\n".join(
        " ".join(words for words in (day_words(one.on), one.channel, one.result) if words) for one in contacts
    )


def ticked(answer: bool | None) -> str:
    """Yes and no with the one that holds ticked; both open where it is not known."""
    if answer is None:
        return "□是　□否"
    return "√是　□否" if answer else "□是　√否"


def ticked_of(choices: Iterable[str], chosen: str) -> str:
    """Every choice, the one made ticked."""
    return "　".join(f"{'√' if one == chosen else '□'}{one}" for one in choices)


def occasion_words(count: int) -> str:
    """``第二次``."""
    return f"第{chinese_number(count)}次"


def sentence(words: str) -> str:
    """Ended by a full stop, unless it ends in some mark of its own; blank stays blank."""
    plain = words.rstrip(" \n\t　，、；")
    return plain if not plain or plain[-1] in "。！？；…”）" else f"{plain}。"


def shortened(text: str, most: int) -> str:
    """At most so many characters, lines flush left; where more were written, that is said."""
    plain = "\n".join(line.strip() for line in text.strip().splitlines())
    return plain if len(plain) <= most else f"{plain[:most].rstrip()}……（下略，全文见原件）"


def clipped(title: str, most: int) -> str:
    """A title within a title: no longer than it can bear."""
    return title if len(title) <= most else f"{title[:most].rstrip()}……"
