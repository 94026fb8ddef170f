"""补录旧件: an old case typed from its paper file, registered and brought through its steps in one transaction.

All goes through the ordinary rules of registering and of acting; a line that breaks one leaves nothing. What is
typed at one sitting is a batch, so that it can be taken back like an import.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.backlog_lines import BacklogLine, WrongFact, fact
from desktop_app.domain.backlog_trials import Bench, Trial, try_out
from desktop_app.domain.history import REGISTER
from desktop_app.domain.incoming import IncomingMessage
from desktop_app.domain.messages import Registration
from desktop_app.domain.office_records import ImportBatch
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.repeats import keys_of
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services import regulations
from desktop_app.services.cases import act_in
from desktop_app.services.intake import known_to
from desktop_app.services.queries import Listed, listed_row
from desktop_app.services.registration import register_all
from desktop_app.services.session import Session
from desktop_app.services.taking_back import later_acts, take_back

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

SITTING = "补录旧件"
"""What stands for the name of a file in the batch of a sitting."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A line that was recorded: the case as the list shows it, its sitting, and an earlier case that it looks like."""

    case: Listed
    batch: int
    alike: str = ""

    @property
    def number(self) -> str:
        return self.case.number


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page works with: every regulation with the bench for it, and the office's own."""

    benches: tuple[Bench, ...]
    own: str

    def bench(self, regulation_id: str) -> Bench:
        return next(one for one in self.benches if one.regulation.id == regulation_id)


def desk(session: Session) -> Desk:
    """Everything by which lines are judged as they are typed; read again when units or settings change."""
    session.require(Right.REGISTER)
    with session.read() as work:
        benches = tuple(_bench(session, work, one) for one in regulations.load_all())
        return Desk(benches, session.default_regulation(work).id)


def _bench(session: Session, work: Work, regulation: Regulation) -> Bench:
    return Bench(regulation, session.calendar(), session.units(work), session.roles, session.today)


def enter(session: Session, regulation_id: str, line: BacklogLine, batch: int | None = None) -> Entered:
    """Record one old case under a regulation; `batch` is the sitting, None where it begins with this line.

    Raises WrongFact where the rules, the register or the line itself forbid it; then nothing of it stays.
    """
    session.require(Right.REGISTER)
    with session.change() as work:
        trial = try_out(line, _bench(session, work, regulations.load(regulation_id)))
        alike = _earlier_like(work, trial)
        sitting = _sitting(session, work, batch)
        number = _register(session, work, regulation_id, trial, sitting)
        for step in trial.steps:
            act_in(session, work, number, step.action, step.keys, step.on)
        _check_in_one_piece(work, number)
        row = work.cases.get(number)
        assert row is not None
        return Entered(listed_row(row, trial.message, session), sitting.id, alike)


def _register(session: Session, work: Work, regulation_id: str, trial: Trial, sitting: ImportBatch) -> str:
    place = sitting.rows + 1
    _count(work, sitting, rows=place, imported=sitting.imported + 1)
    (done,) = register_all(
        session,
        work,
        [
            Registration(
                regulation_id,
                trial.received,
                trial.source,
                trial.message,
                sitting.id,
                place,
                steps=len(trial.steps),
            )
        ],
    )
    return done.number


def _count(work: Work, sitting: ImportBatch, *, rows: int, imported: int) -> None:
    """A line that was taken back counts with those that did not come in: rows are in all what was typed."""
    work.batches.count(sitting.id, rows=rows, imported=imported, duplicates=0, rejected=rows - imported)


def _sitting(session: Session, work: Work, batch: int | None) -> ImportBatch:
    """The batch of this sitting; a new one where it was taken back meanwhile, or where none was begun."""
    begun = work.batches.get(batch) if batch is not None else None
    if begun is not None and not begun.undone:
        return begun
    new = ImportBatch(SITTING, "", session.user.name, session.clock.now(), 0, 0)
    made = work.batches.get(work.batches.add(new))
    assert made is not None
    return made


def _check_in_one_piece(work: Work, number: str) -> None:
    """Taking the line back later rests on its steps lying right behind its registration."""
    if later_acts(work.journal.of_case(number)):
        raise AssertionError(f"{number}: the steps of an old case are not in one piece")


def _earlier_like(work: Work, trial: Trial) -> str:
    """An earlier case that this one looks like, or nothing. WrongFact where one bears its board number already."""
    keys = keys_of(trial.message)
    known = known_to(work, [IncomingMessage(1, trial.message)])
    registered = known.by_number.get(keys.number) if keys.number else None
    if registered is not None:
        raise WrongFact(
            fact(REGISTER, "board_number"),
            "unknown_value",
            f"留言编号 {trial.message.board_number} 已登记为 {registered.number}。",
            None,
            "请核对编号；确是同一件的，到该件中补登后来的各步。",
        )
    # Files seldom give the hour, and little of the text: what would make a row of a sheet a duplicate is a likeness here.
    whole = known.by_whole.get(keys.whole)
    return whole or next((known.by_alike[one] for one in keys.alike if one in known.by_alike), "")


def sitting(session: Session, batch: int) -> tuple[Listed, ...]:
    """The lines of a sitting as they stand now, in the order in which they were typed; voided ones too."""
    session.require(Right.REGISTER)
    with session.read() as work:
        rows = work.cases.of_batch(batch)
        messages = work.messages.get_many([row.number for row in rows])
        return tuple(listed_row(row, messages[row.number], session) for row in rows)


def undo_line(session: Session, number: str) -> Listed:
    """Take one line back: its case is voided, its number stays used. Refusal `nothing_to_undo`."""
    session.require(Right.REGISTER)
    with session.change() as work:
        row = work.cases.get(number)
        batch = work.batches.get(row.batch) if row is not None and row.batch is not None else None
        if row is None or batch is None or batch.file != SITTING:
            raise Refusal("nothing_to_undo", f"{number} 不是补录的旧件。")
        if row.voided:
            raise Refusal("nothing_to_undo", f"{number} 已经作废。")
        if later_acts(work.journal.of_case(number)):
            raise Refusal(
                "nothing_to_undo",
                f"{number} 补录以后又办理过，不能整件撤销。",
                None,
                "请打开该件，逐步更正。",
            )
        take_back(session, work, [row], batch.id, f"撤销补录的 {number}")
        _count(work, batch, rows=batch.rows, imported=batch.imported - 1)
        voided = work.cases.get(number)
        assert voided is not None
        return listed_row(voided, work.messages.get(number), session)
