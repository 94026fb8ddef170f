"""Proving that the data are whole: pages, chain, projection, numbers, attachments, backups."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.corrections import effective_steps
from desktop_app.domain.entered_notices import ENTER, WITHDRAW, edition_of, fold_entered, write_entered
from desktop_app.domain.events import Event
from desktop_app.domain.history import REGISTER, fold
from desktop_app.domain.losses import RECOVER, Losses, losses_told
from desktop_app.domain.office_records import Problem
from desktop_app.domain.projection import row_of
from desktop_app.domain.rights import Right
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.services import (
    figure_facts,
    issued_bulletins,
    kept_items,
    numbering_check,
    office_place,
    regulations,
    sealed_history,
    searched_words,
)
from desktop_app.services.disposal import DISPOSE
from desktop_app.services.earlier_keys import key_for
from desktop_app.services.kept_likeness import KeptKeys
from desktop_app.services.registration import message_words
from desktop_app.services.session import CALENDAR_EDITION, Session
from desktop_app.services.stages import Progress, Stages, Watch

if TYPE_CHECKING:
    from desktop_app.services.sealed_history import EarlierCopy
    from desktop_app.storage.work import Work


_TOLD_EVERY = 100
_MOST_TOLD = 1_000
"""Problems of one kind that are told one by one: where a million cases have it, one more tells nothing new."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at, and everything found wrong with it."""

    cases: int
    events: int
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()
    """What is odd and no fault: the clock went back between two entries."""


def verify(
    session: Session,
    in_place: bool = True,
    against: EarlierCopy | None = None,
    progress: Progress | None = None,
) -> Verified:
    """Look at everything: the encrypted pages, the chains of the journal and the access log, their seals, each case
    built again from its events, document numbers, paper templates, attachments, and the backups in the data folder.

    `in_place`: what lies around the database as well, as it does not of a backup that was unpacked. `against`:
    a further backup that tells what once stood in the chains. All is read piece by piece, so that memory does not
    grow with the register; `progress` is told three passes over its cases: the chain, each case, the search index.
    """
    session.require(Right.VERIFY)
    session.require_cases()
    from desktop_app.storage import backup, integrity

    Stages(progress, 3, _size(session)).watch(0, 1)(0)
    problems = list(integrity.check_pages(session.database))
    notes: list[Problem] = []
    counted = events = 0
    try:
        with session.read() as work:
            counted, events = work.cases.count(), work.journal.count()
            stages = Stages(progress, 3, counted)
            chain, each, index = stages.watch(0, events), stages.watch(1, counted), stages.watch(2, counted)
            problems += sealed_history.chain_problems(session, work, in_place, against, chain)
            notes += _first_of_each_kind(sealed_history.clock_notes(work))
            notes += _accounts_note(session, work)
            problems += _first_of_each_kind(_projection_problems(session, work, each))
            problems += searched_words.index_problems(work, index)
            problems += _calendar_problems(work)
            problems += numbering_check.series_problems(work)
            problems += numbering_check.file_number_problems(work)
            problems += work.papers.check()
            problems += work.attachments.check()
            problems += issued_bulletins.check(work)
    except StorageProblem as problem:
        # What can't be read is a finding too, and no reason to keep the others back.
        problems.append(Problem("storage", office_place.shown(session.folder), problem.message))
    for kept in backup.backups(session.folder / backup.BACKUPS_FOLDER):
        problems += backup.check_backup(kept.path, key_for(session, kept.path))
    return Verified(counted, events, tuple(problems), tuple(notes))


def _first_of_each_kind(problems: Iterable[Problem]) -> Iterator[Problem]:
    """As many of each kind as one may want to read, and of how many more there are one line."""
    found: Counter[str] = Counter()
    for problem in problems:
        found[problem.kind] += 1
        if found[problem.kind] <= _MOST_TOLD:
            yield problem
    for kind, many in found.items():
        if many > _MOST_TOLD:
            yield Problem(kind, "", f"此外还有 {many - _MOST_TOLD:,} 处同类的情况，没有一一列出。")


def _size(session: Session) -> int:
    """How many cases there are, to tell before the pages are looked at; none where even that can't be read."""
    try:
        with session.read() as work:
            return work.cases.count()
    except StorageProblem:
        return 0


def _projection_problems(session: Session, work: Work, watch: Watch) -> Iterator[Problem]:
    """Each case row against what its events make of it, rows and events that lack each other, and what likeness goes
    by."""
    losses = losses_told(event.keys for event in work.journal.of_office(RECOVER))
    likeness, items = KeptKeys(work), kept_items.Proof(session, work)
    for done, (number, row, events) in enumerate(_side_by_side(work), start=1):
        if row is not None and events:
            yield from _case_problems(session, work, row, events, losses, likeness, items)
        elif row is not None:
            yield Problem("projection", number, f"{number} 在登记簿中而没有任何记录。")
        elif number not in losses.cases:
            yield Problem("projection", number, f"{number} 有记录而登记簿中没有这一件。")
        if done % _TOLD_EVERY == 0:
            watch(done)
    yield from likeness.problems()


def _side_by_side(work: Work) -> Iterator[tuple[str, CaseRow | None, list[Event]]]:
    """Every number of the register that has a row or events, with both, in order."""
    Entry = tuple[tuple[int, int], str, CaseRow | None, list[Event]]
    rows: Iterator[Entry] = ((_place(row.number), row.number, row, []) for row in work.cases.all())
    told: Iterator[Entry] = (
        (_place(number), number, None, events) for number, events in work.journal.by_case()
    )
    for _, entries in groupby(merge(rows, told, key=itemgetter(0)), key=itemgetter(0)):
        found = list(entries)
        yield found[0][1], next((row for _, _, row, _ in found if row is not None), None), found[-1][3]


def _place(number: str) -> tuple[int, int]:
    year, _, serial = number.partition("-")
    return int(year), int(serial)


def _case_problems(
    session: Session,
    work: Work,
    row: CaseRow,
    events: list[Event],
    losses: Losses,
    likeness: KeptKeys,
    items: kept_items.Proof,
) -> Iterator[Problem]:
    if events[0].action != REGISTER:
        yield Problem("projection", row.number, f"{row.number} 的第一条记录不是登记。")
        return
    try:
        message = work.messages.get(row.number)
        regulation = regulations.load(row.regulation)
        steps = effective_steps(events)
        case = fold(row.number, steps, regulation)
        rebuilt = row_of(case, message, regulation, session.calendar(), row.batch)
    except (LiuyanError, LookupError, ValueError) as error:
        yield Problem("projection", row.number, f"{row.number} 不能由记录重建：{error}")
        return
    differing = [one.name for one in fields(CaseRow) if getattr(rebuilt, one.name) != getattr(row, one.name)]
    if differing:
        yield Problem("projection", row.number, f"{row.number} 与记录不一致：{'、'.join(differing)}。")
    if events[0].id not in losses.words and message_words(message) != dict(events[0].protected):
        yield Problem("projection", row.number, f"{row.number} 的留言与登记时的记录不一致。")
    yield from _unsaid_disposal(row.number, events, losses)
    yield from numbering_check.case_problems(row.number, events, steps, work.issued.held_by(row.number))
    yield from figure_facts.check(session, work, case, message, regulation)
    yield from items.problems(row, events[-1].id, case, message.citizen)
    yield from searched_words.case_problems(work, case, message)
    likeness.take(case, message)


def _unsaid_disposal(number: str, events: list[Event], losses: Losses) -> Iterator[Problem]:
    """Words that are gone though no disposal after them is on record: somebody took them out past the program."""
    told = max((event.id for event in events if event.action == DISPOSE), default=0)
    for event in events:
        if event.disposed and event.id > told and event.id not in losses.words:
            yield Problem(
                "words_missing",
                number,
                f"{number} 第 {event.id} 号记录的受保护文字不在了，又没有销毁的记录。",
            )


def _calendar_problems(work: Work) -> Iterator[Problem]:
    """The holiday notices entered against what the journal makes of them."""
    told = fold_entered(work.journal.of_office(ENTER, WITHDRAW))
    kept = {(row.year, row.region): row.text for row in work.notices.all()}
    for year, region in sorted(told.keys() | kept.keys()):
        wanted = write_entered(told.get((year, region), ()))
        if kept.get((year, region), write_entered(())) != wanted:
            yield Problem(
                "calendar", f"{year} {region}".strip(), f"{region}{year} 年录入的放假安排与记录不一致。"
            )
    if (work.settings.get(CALENDAR_EDITION) or "") != edition_of(kept.values()):
        yield Problem("calendar", CALENDAR_EDITION, "放假安排的版本标记与录入的放假安排不一致。")


def _accounts_note(session: Session, work: Work) -> list[Problem]:
    if not session.database.on_server or work.logins.kept:
        return []
    words = (
        "全部席位共用一个数据库账号，服务器不再按角色限制：建立单位的账号没有建立账号的权限（CREATEROLE）。"
    )
    return [Problem("one_account", "server", words)]


def try_migrations(folder: Path) -> str:
    """Make an empty office by every migration step, as the self-test does; returns the schema it ended at."""
    from desktop_app.storage import migrate

    folder.mkdir(parents=True, exist_ok=True)
    return migrate.made_by_steps(folder / "empty.db", secrets.token_bytes(32))
