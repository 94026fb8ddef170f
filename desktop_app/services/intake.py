"""Bringing a file of messages in, whole or not at all, and taking it back whole.

rows = imported + duplicates + rejected, always; what repeats an earlier message is named with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.incoming import IncomingMessage, Rejected
from desktop_app.domain.messages import Registration
from desktop_app.domain.office_records import ImportBatch
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.repeats import Earlier, Known, Sorted, Sorting, keys_of
from desktop_app.domain.repeats import Registered as KnownCase
from desktop_app.domain.rights import Right
from desktop_app.errors import Cancelled, Refusal
from desktop_app.services import regulations
from desktop_app.services.journaling import note
from desktop_app.services.near_repeats import Near, NearRepeats
from desktop_app.services.registration import register_all
from desktop_app.services.session import Session
from desktop_app.services.taking_back import later_acts, take_back
from desktop_app.services.taking_over import OldLedger, take_over

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

FUTURE_DATE = "date_in_future"
Progress = Callable[[int, int], bool]
"""Called with rows done and rows in all, while they are only looked at with none done (in a trial without comparing
messages, looking at them is all there is to do); False stops the import, and nothing of it stays."""

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file read: its messages and the rows that could not be read, with what the file is known by.

    `bring_in` takes the messages out as it registers them: those of a large file would be held twice, for each text
    that went to the database is kept as the database wanted it, too.
    """

    file: str
    sha256: str
    rows: int
    messages: list[IncomingMessage]
    rejected: tuple[Rejected, ...]


@dataclass(frozen=True, slots=True)
class RepeatOf:
    """A row and the case it repeats: `number` is the case that already is, `of` says it in words or number."""

    row: int
    number: str | None
    of: str


@dataclass(frozen=True, slots=True)
class SuspectedOf(RepeatOf):
    """The same of a row that was brought in all the same: `reason` tells people why it should be looked at, `likeness`
    (0 to 1) how much of the shorter text is in the longer."""

    reason: str = ""
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of every row. `batch` is None for a dry run."""

    batch: int | None
    rows: int
    numbers: tuple[str, ...]
    duplicates: tuple[RepeatOf, ...]
    rejected: tuple[Rejected, ...]
    suspected: tuple[SuspectedOf, ...]
    """The likest first."""
    compared: bool = True
    """Whether messages were compared word by word; else only what is the same to the letter is suspected."""

    @property
    def imported(self) -> int:
        return self.rows - len(self.duplicates) - len(self.rejected)


def bring_in(
    session: Session,
    incoming: Incoming,
    regulation: Regulation,
    source: str,
    on: date,
    dry_run: bool = False,
    progress: Progress | None = None,
    compared: bool = True,
    old: OldLedger | None = None,
) -> Brought:
    """Register every new message of a file under `regulation`; `on` dates those that bear no date of their own.

    Without a `source` each message comes from the column of the board that its own row names. A dry run may go without
    the messages being `compared` word by word, which takes most of its time. With `old` the rows are those of an old
    ledger, and come in as closed cases.
    """
    session.require(Right.REGISTER)
    if source:
        source = source_of(regulation, source)
    if dry_run:
        with session.read() as work:
            found = _sorted(session, work, incoming, on, progress, counted=not compared)
            near = _near(work, list(found.new), found, None, progress)[0] if compared else {}
            return replace(_brought(None, incoming, found, near, {}), compared=compared)
    with session.change(called="导入留言") as work:
        found = _sorted(session, work, incoming, on, progress)
        batch = work.batches.add(_batch_of(session, incoming, found))
        _journal_batch(session, work, batch, incoming, found)

        def register(part: Sequence[IncomingMessage]) -> dict[int, str]:
            given = [_registration(regulation, source, on, one, batch) for one in part]
            registered = register_all(session, work, given, with_likeness=False)
            if old is not None:
                take_over(
                    session, work, old, [(one.row, done) for one, done in zip(part, registered, strict=True)]
                )
            # Part by part: to write the search index of a large file at its end would take minutes that can't be
            # stopped, and hold its words until then.
            work.settle()
            return {one.row: done.number for one, done in zip(part, registered, strict=True)}

        waiting = list(found.new)
        incoming.messages.clear()
        found = replace(found, new=())
        near, numbers = _near(work, waiting, found, register, progress)
        return _brought(batch, incoming, found, near, numbers)


def _near(
    work: Work,
    waiting: list[IncomingMessage],
    found: Sorted,
    register: Callable[[Sequence[IncomingMessage]], dict[int, str]] | None,
    progress: Progress | None,
) -> tuple[dict[int, Near], dict[int, str]]:
    """Part by part: what looks like an earlier message, then the part registered, so that the next is held against it.

    Returns both by row; no numbers without `register`. Nothing is left `waiting`.
    """
    repeats = NearRepeats(work)
    known = {one.row: one.of for one in found.suspected}
    near: dict[int, Near] = {}
    numbers: dict[int, str] = {}
    total = len(waiting)
    while waiting:
        part = waiting[:_CHUNK]
        del waiting[:_CHUNK]
        near |= repeats.look(part, known)
        if register is not None:
            part_numbers = register(part)
            repeats.registered(part_numbers)
            numbers |= part_numbers
        _tell(progress, total - len(waiting), total)
    repeats.settle()
    return near, numbers


def _registration(
    regulation: Regulation, source: str, on: date, one: IncomingMessage, batch: int
) -> Registration:
    named = regulation.term("source", one.message.board)
    own = named.value if named is not None else source_of(regulation, "")
    return Registration(
        regulation.id, one.registered_on(on), source or own, one.message, batch, one.row, one.handed_down
    )


def source_of(regulation: Regulation, source: str) -> str:
    """The regulation's own word for a column of the board; its first where none is given."""
    if not source:
        return regulation.values("source")[0]
    term = regulation.term("source", source)
    if term is None:
        known = "、".join(regulation.values("source"))
        raise Refusal("unknown_value", f"《{regulation.title}》不办理“{source}”的留言；可填：{known}。")
    return term.value


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None and not progress(done, total):
        raise Cancelled


def _sorted(
    session: Session,
    work: Work,
    incoming: Incoming,
    on: date,
    progress: Progress | None,
    counted: bool = False,
) -> Sorted:
    early = [one for one in incoming.messages if one.registered_on(on) <= session.today]
    late = [_in_future(one, on) for one in incoming.messages if one.registered_on(on) > session.today]
    sorting = Sorting()
    for start in range(0, len(early), _CHUNK):
        _tell(progress, start if counted else 0, len(early))
        part = early[start : start + _CHUNK]
        sorting.take(part, known_to(work, part))
    found = sorting.sorted()
    return replace(found, conflicts=(*found.conflicts, *late))


def _in_future(one: IncomingMessage, on: date) -> Rejected:
    day = one.registered_on(on)
    return Rejected(
        one.row,
        FUTURE_DATE,
        f"第 {one.row} 行：日期 {day.isoformat()} 在今天之后；请改正收件日期或留言时间后重新导入该行",
    )


def known_to(work: Work, messages: Sequence[IncomingMessage]) -> Known:
    """What of the register could repeat one of these messages, looked up in bulk; part by part, so that of a large
    file only what was found is held."""
    by_number: dict[str, KnownCase] = {}
    by_whole: dict[str, str] = {}
    by_alike: dict[str, str] = {}
    for start in range(0, len(messages), _CHUNK):
        keys = [keys_of(one.message) for one in messages[start : start + _CHUNK]]
        numbers = work.content_index.by_board_numbers({key.number for key in keys if key.number})
        by_number |= {number: KnownCase(found[0][1], found[0][0]) for number, found in numbers.items()}
        by_whole |= _first(work.content_index.by_digests({key.whole for key in keys if not key.number}))
        by_alike |= _first(work.content_index.by_likeness({one for key in keys for one in key.alike}))
    return Known(by_number, by_whole, by_alike)


def _first(found: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The case registered first, where several bear the same key."""
    return {key: numbers[0] for key, numbers in found.items()}


def _batch_of(session: Session, incoming: Incoming, found: Sorted) -> ImportBatch:
    return ImportBatch(
        file=incoming.file,
        sha256=incoming.sha256,
        by=session.user.name,
        entered=session.clock.now(),
        rows=incoming.rows,
        imported=len(found.new),
        duplicates=len(found.duplicates),
        rejected=len(found.conflicts) + len(incoming.rejected),
    )


def _journal_batch(session: Session, work: Work, batch: int, incoming: Incoming, found: Sorted) -> None:
    facts = {
        "batch": str(batch),
        "sha256": incoming.sha256,
        "rows": str(incoming.rows),
        "imported": str(len(found.new)),
    }
    note(session, work, "import", facts, {"file": incoming.file})


def _brought(
    batch: int | None, incoming: Incoming, found: Sorted, near: Mapping[int, Near], numbers: dict[int, str]
) -> Brought:
    return Brought(
        batch=batch,
        rows=incoming.rows,
        numbers=tuple(numbers.values()),
        duplicates=tuple(
            RepeatOf(one.row, _number_of(one.of, numbers), _in_words(one.of, numbers))
            for one in found.duplicates
        ),
        rejected=tuple(sorted((*incoming.rejected, *found.conflicts), key=lambda one: one.row)),
        suspected=_suspected(found, near, numbers),
    )


def _suspected(found: Sorted, near: Mapping[int, Near], numbers: dict[int, str]) -> tuple[SuspectedOf, ...]:
    """What is known by its keys, and what was found by comparing, the likest first."""
    alike = [
        SuspectedOf(one.row, numbers.get(one.row), _in_words(one.of, numbers))
        for one in found.suspected
        if one.row not in near
    ]
    ranked = sorted(near.items(), key=lambda pair: (-pair[1].likeness.score, pair[0]))
    return (
        *alike,
        *(
            SuspectedOf(
                row, numbers.get(row), _in_words(one.of, numbers), one.likeness.words, one.likeness.content
            )
            for row, one in ranked
        ),
    )


def _number_of(of: Earlier, numbers: dict[int, str]) -> str | None:
    return of.number if of.number is not None else numbers.get(of.row or 0)


def _in_words(of: Earlier, numbers: dict[int, str]) -> str:
    return _number_of(of, numbers) or f"第 {of.row} 行"


def undo(session: Session, batch_id: int) -> tuple[str, ...]:
    """Take a whole import back: its cases are voided, their numbers stay used. Refusal `nothing_to_undo`."""
    session.require(Right.REGISTER)
    with session.change(called="撤销导入") as work:
        batch = work.batches.get(batch_id)
        if batch is None:
            raise Refusal("nothing_to_undo", f"没有第 {batch_id} 批导入。")
        if batch.undone:
            raise Refusal("nothing_to_undo", f"第 {batch_id} 批导入已经撤销过。")
        rows = [row for row in work.cases.of_batch(batch_id) if not row.voided]
        _refuse_where_worked_on(work, [row.number for row in rows], batch_id)
        take_back(session, work, rows, batch_id, f"撤销第 {batch_id} 批")
        work.batches.mark_undone(batch_id, session.clock.now())
        return tuple(row.number for row in rows)


def _refuse_where_worked_on(work: Work, numbers: Sequence[str], batch: int) -> None:
    worked = [number for number in numbers if later_acts(work.journal.of_case(number))]
    if worked:
        raise Refusal(
            "nothing_to_undo",
            f"第 {batch} 批中已有 {len(worked)} 件办理过（如 {worked[0]}），不能整批撤销。",
            None,
            "请先作废这些件后来的记录，或逐件不予受理。",
        )


def default_regulation(session: Session, regulation_id: str | None) -> Regulation:
    """The regulation named, else the office's own."""
    if regulation_id is not None:
        return regulations.load(regulation_id)
    with session.read() as work:
        return session.default_regulation(work)
