"""Proving document numbers: no gap in a series and year, and each number tied to the record that took it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from desktop_app.domain.archive_numbers import FILE_NUMBER, FileNumber, FileSeries
from desktop_app.domain.corrections import Step
from desktop_app.domain.events import Event
from desktop_app.domain.issued_numbers import numbers_borne
from desktop_app.domain.office_records import DocumentOfCase, Problem
from desktop_app.domain.renumbering import number_taken
from desktop_app.services.issued_papers import missing_numbers

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

KIND = "numbering"


def series_problems(work: Work) -> Iterator[Problem]:
    """Gaps in the series, numbers beyond their counter, numbers of no case, and numbers wrongly void or standing."""
    ends = work.numbers.series()
    for gap in missing_numbers(work.issued.each(), ends):
        yield Problem(KIND, gap.document, f"文号不连续：缺 {gap.document}，其后的号已经编出。")
    last = {(series, year): serial for series, year, serial in ends}
    for one in work.issued.each():
        if one.serial > last.get((one.series, one.year), 0):
            yield Problem(KIND, one.text, f"{one.text} 超出了已编的最后一号。")
        if not one.of_cases:
            yield Problem(KIND, one.text, f"{one.text} 没有任何办件的记录。")
        elif one.voided == any(of.standing for of in one.of_cases):
            state = "已作废而仍有办件使用" if one.voided else "未作废而已没有办件使用"
            yield Problem(KIND, one.text, f"{one.text} {state}。")


def file_number_problems(work: Work) -> Iterator[Problem]:
    """档号 given twice, and 件号 that were skipped."""
    items: dict[FileSeries, set[int]] = {}
    for event in work.journal.each_of_action(FILE_NUMBER):
        number = FileNumber.of_keys(event.keys)
        seen = items.setdefault(number.series, set())
        if number.item in seen:
            yield Problem(KIND, event.case or "", f"档号 {number} 编给了两件。")
        seen.add(number.item)
    for series, seen in sorted(items.items()):
        for item in sorted(set(range(1, max(seen))) - seen):
            yield Problem(KIND, str(FileNumber(series, item)), f"件号不连续：缺 {FileNumber(series, item)}。")


def case_problems(
    case: str, events: Iterable[Event], steps: Iterable[Step], held: Mapping[str, DocumentOfCase]
) -> Iterator[Problem]:
    """The numbers kept for a case against those its records took and its steps bear."""
    taken = {number: event.id for event in events if (number := number_taken(event))}
    for number in sorted(taken.keys() | held.keys()):
        kept = held.get(number)
        if kept is None:
            yield Problem(KIND, case, f"{case} 的第 {taken[number]} 号记录用了 {number}，发文登记中没有。")
        elif number not in taken:
            yield Problem(KIND, case, f"{number} 登记在 {case} 名下，而该件没有编这个号的记录。")
        elif kept.event_id != taken[number]:
            yield Problem(KIND, case, f"{number} 所属的记录与 {case} 的经过不一致。")
    borne = numbers_borne(case, steps)
    standing = {number: one for number, one in held.items() if one.standing}
    for number in sorted(borne.keys() | standing.keys()):
        if number in held and borne.get(number) != standing.get(number):
            yield Problem(KIND, case, f"{number} 的发文登记与 {case} 的记录不一致。")
