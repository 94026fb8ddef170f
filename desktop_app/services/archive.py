"""What is archived: which cases, their 档号, and all that is kept of each (X 第五条（六）, T 第十六条)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.archive_numbers import (
    FILE_NUMBER,
    FileNumber,
    FileSeries,
    file_number_of,
    fonds_fault,
    retention_code,
)
from desktop_app.domain.case import Case
from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.messages import Message
from desktop_app.domain.numbering import RegisterNumber, parse_register_number
from desktop_app.domain.office_records import EventProof
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services import settings_keys
from desktop_app.services.case_loading import Loaded, find_row, load_case
from desktop_app.services.case_view import CaseView, view_of
from desktop_app.services.edited_meanwhile import Edited, merged
from desktop_app.services.journaling import note
from desktop_app.services.seen_by import hidden_events
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


_EDITED = Edited(
    "档号里的代码",
    {"fonds": "全宗号", "section": "机构（问题）代码"},
    "change-settings",
    lambda event: bool({settings_keys.ARCHIVE_FONDS, settings_keys.ARCHIVE_SECTION} & event.keys.keys()),
)


@dataclass(frozen=True, slots=True)
class ArchiveSettings:
    """全宗号 and 机构代码 as the archives gave them to the office; blank where they are not known yet."""

    fonds: str
    section: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A register number of the year that is in no package of it, and why."""

    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class ToArchive:
    """What a package is made of: cases in the order of their 档号, and for a whole year the numbers it leaves out."""

    numbers: tuple[str, ...]
    year: int | None = None
    absent: tuple[Absent, ...] = ()


@dataclass(frozen=True, slots=True)
class KeptCase:
    """All that is known of one case that goes into a package.

    masked: its view with everything protected covered, for catalogues; view: in the clear, for its own folder.
    proofs: its events as the journal holds them, without those this user may not read.
    """

    view: CaseView
    masked: CaseView
    message: Message
    number: FileNumber | None
    proofs: tuple[EventProof, ...]
    office: str


def settings(session: Session) -> ArchiveSettings:
    with session.read() as work:
        return _settings(work)


def put_settings(
    session: Session, wanted: ArchiveSettings, shown: ArchiveSettings | None = None
) -> ArchiveSettings:
    """Keep 全宗号 and 机构代码. Refusal `unknown_value` for what cannot stand in a 档号; `EditedMeanwhile` where
    somebody else changed since `shown` what is changed here."""
    session.require(Right.KEEP_OFFICE)
    for title, text in (("全宗号", wanted.fonds), ("机构代码", wanted.section)):
        if fault := fonds_fault(text.strip()):
            raise Refusal(
                "unknown_value", f"{title}“{text}”不能用：{fault}。", None, "请按档案馆给的代码填写。"
            )
    cleaned = ArchiveSettings(wanted.fonds.strip(), wanted.section.strip())
    with session.change() as work:
        before, seen = asdict(_settings(work)), asdict(shown) if shown is not None else None
        kept = ArchiveSettings(**merged(session, work, _EDITED, before, seen, asdict(cleaned)))
        values = {settings_keys.ARCHIVE_FONDS: kept.fonds, settings_keys.ARCHIVE_SECTION: kept.section}
        changed = {key: value for key, value in values.items() if (work.settings.get(key) or "") != value}
        for key, value in changed.items():
            work.settings.put(key, value)
        if changed:
            note(session, work, _EDITED.action, changed)
    return kept


def of_numbers(session: Session, numbers: Sequence[str]) -> ToArchive:
    """These cases, each once. Refusal `unknown_case`; `wrong_state` for one that is not closed."""
    with session.read() as work:
        rows = {}
        for number in numbers:
            row = find_row(work, number)
            session.require(Right.WORK_ON_CASES)
            rows[row.number] = row
        for row in rows.values():
            _refuse_open(row)
    return ToArchive(tuple(rows))


def of_year(session: Session, year: int) -> ToArchive:
    """Every archived case that was closed in the year; and why each other number of that year's register is not among
    them, so that no gap goes unexplained."""
    session.require(Right.WORK_ON_CASES)
    chosen: list[CaseRow] = []
    absent: list[Absent] = []
    with session.read() as work:
        for row in work.cases.all():
            closed_in = row.closed.year if row.closed is not None else None
            if row.archived is not None and closed_in == year and not row.voided:
                chosen.append(row)
            elif row.year == year:
                absent.append(Absent(row.number, _why_absent(row, closed_in)))
    chosen.sort(key=lambda row: (row.closed or row.received, row.year, row.serial))
    return ToArchive(tuple(row.number for row in chosen), year, tuple(absent))


def _refuse_open(row: CaseRow) -> None:
    if row.closed is None or row.voided:
        state = "已作废" if row.voided else row.status
        raise Refusal(
            "wrong_state",
            f"{row.number} 现为“{state}”，还没有办结，不能制作归档数据包。",
            None,
            "请先办结（close）、归档（archive）。",
        )


def _why_absent(row: CaseRow, closed_in: int | None) -> str:
    if row.voided:
        return "已作废"
    if row.archived is not None:
        return f"归入 {closed_in} 年度"
    return f"现为“{row.status}”，尚未归档"


def give_file_numbers(session: Session, numbers: Iterable[str]) -> dict[str, FileNumber | None]:
    """The 档号 of each case; one that has none yet, and whose retention period is known, is given the next.

    All in one transaction, so that no 件号 is skipped. None where the period is not known: no number is invented.
    """
    given: dict[str, FileNumber | None] = {}
    with session.change() as work:
        kept = _settings(work)
        for number in numbers:
            loaded = load_case(work, number)
            session.require(Right.WORK_ON_CASES)
            given[number] = _number_for(session, work, loaded, kept)
    return given


def _number_for(session: Session, work: Work, loaded: Loaded, kept: ArchiveSettings) -> FileNumber | None:
    series = _series_of(loaded.case, kept)
    if series is None:
        return None
    borne = file_number_of(loaded.events)
    if borne is not None and borne.series == series:
        return borne
    item = work.numbers.next_file(series.name, series.year)
    number = FileNumber(series, item)
    replaced = {"replaces": str(borne)} if borne is not None else {}
    note(session, work, FILE_NUMBER, {**number.keys, **replaced}, case=loaded.case.number)
    return number


def _series_of(case: Case, kept: ArchiveSettings) -> FileSeries | None:
    code = retention_code(case.retention)
    if not code or case.closed_on is None:
        return None
    return FileSeries(kept.fonds, case.closed_on.year, code, kept.section)


def kept_case(session: Session, number: str) -> KeptCase:
    """All there is of one case. Refusal `unknown_case`, `wrong_state`."""
    with session.read() as work:
        loaded = load_case(work, number)
        session.require(Right.WORK_ON_CASES)
        _refuse_open(loaded.row)
        hidden = hidden_events(loaded.events, loaded.regulation, session.roles)
        proofs = work.journal.proofs_of_case(loaded.case.number)
        return KeptCase(
            view=view_of(session, work, loaded, revealed=True),
            masked=view_of(session, work, loaded, revealed=False),
            message=loaded.message,
            number=file_number_of(loaded.events),
            proofs=tuple(one.withheld(hidden[one.id]) if one.id in hidden else one for one in proofs),
            office=session.office_name(work),
        )


def note_package(
    session: Session, chosen: ToArchive, digest: str, files: int, publish: Callable[[], None]
) -> None:
    """Note that a package went out, with the digest of its index, by which it can be proven later.

    `publish` puts it in its place, last in the transaction: what it raises takes the note back.
    """
    session.require(Right.WORK_ON_CASES)
    scope = f"{chosen.year}年度" if chosen.year is not None else "、".join(chosen.numbers[:20])
    facts = {"scope": scope, "cases": str(len(chosen.numbers)), "files": str(files), "sha256": digest}
    with session.change() as work:
        note(session, work, PACKAGE, facts)
        publish()


PACKAGE = "export-archive"
"""Record in the journal that a package was made."""


def package_known(session: Session, digest: str) -> bool:
    """Whether a package with an index of that digest was made by this office."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        return any(event.keys.get("sha256") == digest for event in work.journal.of_office(PACKAGE))


def papers_known(session: Session, number: str) -> frozenset[str]:
    """SHA-256 of every paper and attachment that the office has on record for the case; empty for an unknown one."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        row = work.cases.get(str(parse_register_number(number)))
        if row is None:
            return frozenset()
        papers = {one.sha256 for one in work.papers.of_case(row.number)}
        return frozenset(papers | {one.sha256 for one in work.attachments.of_case(row.number)})


def register_ends(session: Session) -> dict[int, int]:
    """The last serial of the register, by year."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        return dict(work.numbers.register_ends())


def number_of_serial(year: int, serial: int) -> str:
    return str(RegisterNumber(year, serial))


def _settings(work: Work) -> ArchiveSettings:
    def kept(key: str) -> str:
        return work.settings.get(key) or ""

    return ArchiveSettings(kept(settings_keys.ARCHIVE_FONDS), kept(settings_keys.ARCHIVE_SECTION))


def office_and_head(session: Session) -> tuple[str, tuple[int, str]]:
    """The office's name, and number and SM3 of the newest record in its journal."""
    with session.read() as work:
        return session.office_name(work), work.journal.last() or (0, "")
